#include "adapters/formats/json_shape.h"

#include <string.h>

struct scan {
	struct json_shape *shape;
	const char *at;
	int depth;
	int key_depth;    /* of the object whose keys are kept */
	bool expects_key; /* a string would be a key */
	bool keys_done;
	bool one_line;
	bool wrong;
};

static void add_key(struct scan *scan, const char *key, size_t length)
{
	struct json_shape *shape = scan->shape;

	if (scan->keys_done || scan->depth != scan->key_depth || shape->count == SHAPE_KEYS ||
		length >= SHAPE_KEY)
		return;
	memcpy(shape->keys[shape->count], key, length);
	shape->keys[shape->count++][length] = '\0';
}

static void scan_string(struct scan *scan)
{
	const char *start = ++scan->at;

	while (*scan->at && *scan->at != '"')
		scan->at += *scan->at == '\\' && scan->at[1] ? 2 : 1;
	if (!*scan->at)
		return;
	if (scan->expects_key)
		add_key(scan, start, (size_t)(scan->at - start));
	scan->expects_key = false;
	scan->at++;
}

static void scan_bracket(struct scan *scan)
{
	char bracket = *scan->at++;

	if (bracket == '{' || bracket == '[') {
		scan->depth++;
		scan->expects_key = bracket == '{';
		return;
	}
	if (scan->depth == scan->key_depth)
		scan->keys_done = true;
	scan->depth--;
	scan->expects_key = false;
}

static void scan_token(struct scan *scan)
{
	static const char *const words[] = {"true", "false", "null"};

	switch (*scan->at) {
	case '\n':
		scan->one_line = false;
		scan->at++;
		return;
	case ' ':
	case '\t':
	case '\r':
	case ':': scan->at++; return;
	case ',':
		scan->expects_key = scan->depth == scan->key_depth && scan->shape->count > 0;
		scan->at++;
		return;
	case '"': scan_string(scan); return;
	case '{':
	case '[':
	case '}':
	case ']': scan_bracket(scan); return;
	default: break;
	}
	for (size_t i = 0; i < 3; i++) {
		if (strncmp(scan->at, words[i], strlen(words[i])) == 0) {
			scan->at += strlen(words[i]);
			return;
		}
	}
	if (strchr("-+0123456789.eE", *scan->at))
		scan->at++;
	else
		scan->wrong = true;
}

void json_shape_look(struct json_shape *shape, const char *text)
{
	struct scan scan = {.shape = shape, .one_line = true};

	*shape = (struct json_shape){0};
	scan.at = text + strspn(text, " \t\r\n");
	if (*scan.at != '{' && *scan.at != '[')
		return;
	shape->root = *scan.at;
	scan.key_depth = shape->root == '{' ? 1 : 2;
	do
		scan_token(&scan);
	while (*scan.at && scan.depth > 0 && !scan.wrong);
	shape->closed = scan.depth == 0;
	scan.at += strspn(scan.at, " \t\r\n");
	if (scan.wrong)
		shape->root = 0;
	if (!shape->closed)
		return;
	shape->lines = shape->root == '{' && scan.one_line && (*scan.at == '{' || !*scan.at);
	if (*scan.at && !shape->lines && shape->root == '[')
		shape->root = 0;
}

bool json_shape_has(const struct json_shape *shape, const char *key)
{
	for (size_t i = 0; i < shape->count; i++)
		if (strcmp(shape->keys[i], key) == 0)
			return true;
	return false;
}
