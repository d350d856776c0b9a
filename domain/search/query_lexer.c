#include "domain/search/query_lexer.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/bookmarks/link.h"

#define RESCANS_MAX 100

/* What may follow a colon's name. A value that is not one of them makes the whole a word. */
struct field {
	const char *name;
	enum query_kind kind;
	unsigned places;
	const char *value; /* NULL: any */
};

static const struct field fields[] = {
	{"title:", QUERY_WORD, IN_TITLE, NULL},
	{"url:", QUERY_WORD, IN_URL, NULL},
	{"notes:", QUERY_WORD, IN_NOTES, NULL},
	{"tag:", QUERY_TAG, 0, NULL},
	{"#", QUERY_TAG, 0, NULL},
	{"~", QUERY_FUZZY, ANYWHERE, NULL},
	{"site:", QUERY_SITE, 0, NULL},
	{"source:", QUERY_SOURCE, 0, NULL},
	{"added:", QUERY_ADDED, 0, NULL},
	{"modified:", QUERY_MODIFIED, 0, NULL},
	{"checked:", QUERY_CHECKED, 0, NULL},
	{"is:", QUERY_LINK, LINK_UNCHECKED, "unchecked"},
	{"is:", QUERY_LINK, LINK_MOVED, "moved"},
	{"is:", QUERY_LINK, LINK_FAILING, "failing"},
	{"is:", QUERY_LINK, LINK_DEAD, "dead"},
	{"is:", QUERY_UNTAGGED, 0, "untagged"},
	{"is:", QUERY_UNSTARRED, 0, "unstarred"},
	{"is:", QUERY_DUPLICATE, 0, "duplicate"},
};

static bool ends_word(const struct query_lexer *lexer, size_t at)
{
	return at >= lexer->length || text_blank(lexer->text + at);
}

static size_t after_blanks(const struct query_lexer *lexer, size_t at)
{
	size_t step;

	while (at < lexer->length && (step = text_blank(lexer->text + at)) > 0)
		at += step;
	return at;
}

/* In a group, a ")" that has no "(" within the word is the group's. */
static size_t word_end(const struct query_lexer *lexer, size_t at, size_t depth)
{
	size_t open = 0;

	for (; !ends_word(lexer, at); at++) {
		if (lexer->text[at] == '(')
			open++;
		else if (lexer->text[at] == ')' && open)
			open--;
		else if (lexer->text[at] == ')' && depth)
			break;
	}
	return at;
}

/* The quote that closes the one at this byte, with something between them; 0 if there is none. */
static size_t closing_quote(const struct query_lexer *lexer, size_t at)
{
	const char *quote;

	if (at >= lexer->length || lexer->text[at] != '"')
		return 0;
	quote = memchr(lexer->text + at + 1, '"', lexer->length - at - 1);
	if (!quote || quote == lexer->text + at + 1)
		return 0;
	return (size_t)(quote - lexer->text);
}

/* The "/" that closes the one at this byte: before a blank or the end, in a group its ")" too. */
static size_t closing_slash(struct query_lexer *lexer, size_t at, size_t depth)
{
	size_t *none = depth ? &lexer->no_regex_inside : &lexer->no_regex_after;

	if (at >= *none)
		return 0;
	for (size_t end = at + 1; end < lexer->length; end++) {
		if (lexer->text[end] != '/' || end == at + 1)
			continue;
		if (ends_word(lexer, end + 1) || (depth && lexer->text[end + 1] == ')'))
			return end;
	}
	*none = at;
	return 0;
}

static bool take_value(
	const struct query_lexer *lexer, struct token *token, size_t at, size_t depth)
{
	size_t quote = closing_quote(lexer, at);

	token->value = quote ? at + 1 : at;
	token->value_end = quote ? quote : word_end(lexer, at, depth);
	token->end = quote ? quote + 1 : token->value_end;
	return token->end > at;
}

static bool take_field(const struct query_lexer *lexer, struct token *token, size_t at,
	size_t depth, const struct field *field)
{
	size_t length = strlen(field->name);

	if (strncmp(lexer->text + at, field->name, length) != 0 ||
		!take_value(lexer, token, at + length, depth))
		return false;
	if (field->value && (strlen(field->value) != token->value_end - token->value ||
				    memcmp(field->value, lexer->text + token->value,
					    token->value_end - token->value) != 0))
		return false;
	token->kind = field->kind;
	token->places = field->places;
	return true;
}

static void take_term(struct query_lexer *lexer, struct token *token, size_t at, size_t depth)
{
	size_t slash = lexer->text[at] == '/' ? closing_slash(lexer, at, depth) : 0;

	if (slash) {
		token->kind = QUERY_REGEX;
		token->value = at + 1;
		token->value_end = slash;
		token->end = slash + 1;
		return;
	}
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		if (take_field(lexer, token, at, depth, &fields[i]))
			return;
	take_value(lexer, token, at, depth);
	token->kind = QUERY_WORD;
	token->places = ANYWHERE;
}

static enum token_type operator_of(const struct query_lexer *lexer, const struct token *token)
{
	const char *word = lexer->text + token->begin;
	size_t length = token->end - token->begin;

	if (length == 2 && memcmp(word, "OR", 2) == 0)
		return TOKEN_OR;
	if (length == 3 && memcmp(word, "AND", 3) == 0)
		return TOKEN_AND;
	if (length == 3 && memcmp(word, "NOT", 3) == 0)
		return TOKEN_NOT;
	return TOKEN_TERM;
}

static bool opens(const struct query_lexer *lexer, size_t at, size_t depth)
{
	return lexer->text[at] == '(' && !lexer->literal[at] && depth < QUERY_DEPTH_MAX &&
	       lexer->text[after_blanks(lexer, at + 1)] != ')';
}

struct token query_lexer_token(struct query_lexer *lexer, size_t at, size_t depth)
{
	struct token token = {.begin = after_blanks(lexer, at)};

	at = token.begin;
	token.end = at + 1;
	if (at >= lexer->length) {
		token.end = at;
	} else if (opens(lexer, at, depth)) {
		token.type = TOKEN_OPEN;
	} else if (lexer->text[at] == '-' && opens(lexer, at + 1, depth)) {
		token.type = TOKEN_OPEN;
		token.dash = true;
		token.end = at + 2;
	} else if (depth && lexer->text[at] == ')') {
		token.type = TOKEN_CLOSE;
	} else {
		token.dash = lexer->text[at] == '-' && lexer->text[at + 1] != '-' &&
			     !ends_word(lexer, at + 1) && !(depth && lexer->text[at + 1] == ')');
		take_term(lexer, &token, at + token.dash, depth);
		token.type = operator_of(lexer, &token);
	}
	return token;
}

/* Reads the whole text once; true if every "(" that could open a group is closed. */
static bool every_group_closes(struct query_lexer *lexer)
{
	size_t open[QUERY_DEPTH_MAX];
	size_t depth = 0;
	struct token token = {0};

	do {
		token = query_lexer_token(lexer, token.end, depth);
		if (token.type == TOKEN_OPEN)
			open[depth++] = token.end - 1;
		else if (token.type == TOKEN_CLOSE)
			depth--;
	} while (token.type != TOKEN_END);
	for (size_t i = 0; i < depth; i++)
		lexer->literal[open[i]] = true;
	return depth == 0;
}

void query_lexer_init(struct query_lexer *lexer, const char *text)
{
	*lexer = (struct query_lexer){.text = text,
		.length = strlen(text),
		.no_regex_after = SIZE_MAX,
		.no_regex_inside = SIZE_MAX};
	lexer->literal = memory_array(lexer->length + 1, sizeof(*lexer->literal));
	for (size_t i = 0; i < RESCANS_MAX; i++)
		if (every_group_closes(lexer))
			return;
	memset(lexer->literal, true, lexer->length);
}

void query_lexer_finish(struct query_lexer *lexer)
{
	free(lexer->literal);
}
