#include "adapters/formats/json_value.h"

#include "domain/base/text.h"

#define DEPTH_MAX 256

/* A bookmark takes some 200 bytes of text; jansson takes as much for a mere "[]". */
#define BYTES_A_PART 16
#define PARTS_FREE   10000

/* What a value will cost, before it is parsed: its objects and arrays, and how deep they are. */
struct measure {
	size_t parts;
	int depth;
	int deepest;
};

static void measure(const char *text, size_t length, struct measure *measure)
{
	bool in_string = false;

	for (size_t i = 0; i < length; i++) {
		char c = text[i];

		if (in_string) {
			if (c == '\\')
				i++;
			else
				in_string = c != '"';
		} else if (c == '"') {
			in_string = true;
		} else if (c == '{' || c == '[') {
			measure->parts++;
			if (++measure->depth > measure->deepest)
				measure->deepest = measure->depth;
		} else if (c == '}' || c == ']') {
			measure->depth--;
		}
	}
}

static bool is_bomb(const char *text, size_t length, struct error *error)
{
	struct measure found = {0};

	measure(text, length, &found);
	if (found.deepest > DEPTH_MAX)
		error_set(error, "it is nested more than %d deep", DEPTH_MAX);
	else if (found.parts > PARTS_FREE + length / BYTES_A_PART)
		error_set(error, "it is made of too many empty parts");
	else
		return false;
	return true;
}

static enum json_fault fault_of(const json_error_t *failure)
{
	switch (json_error_code(failure)) {
	case json_error_duplicate_key:
	case json_error_null_character:
	case json_error_null_byte_in_key:
	case json_error_numeric_overflow:
	case json_error_stack_overflow: return JSON_UNUSABLE;
	case json_error_unknown:
	case json_error_out_of_memory:
	case json_error_cannot_open_file:
	case json_error_invalid_argument:
	case json_error_invalid_utf8:
	case json_error_premature_end_of_input:
	case json_error_end_of_input_expected:
	case json_error_invalid_syntax:
	case json_error_invalid_format:
	case json_error_wrong_type:
	case json_error_null_value:
	case json_error_item_not_found:
	case json_error_index_out_of_range: break;
	}
	return JSON_NO_JSON;
}

enum json_fault json_value_parse(
	const char *text, size_t length, long line, json_t **value, struct error *error)
{
	enum json_fault fault;
	json_error_t failure;

	if (!text_is_valid(text, length)) {
		error_set(error, "it is not UTF-8");
		return JSON_NOT_UTF8;
	}
	if (is_bomb(text, length, error))
		return JSON_UNUSABLE;
	*value = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &failure);
	if (*value)
		return JSON_FINE;
	fault = fault_of(&failure);
	if (json_error_code(&failure) == json_error_null_character)
		error_set(error, "it holds a NUL");
	else if (fault == JSON_UNUSABLE || failure.line <= 1)
		error_set(error, "%s", failure.text);
	else
		error_set(error, "line %ld: %s", line + failure.line - 1, failure.text);
	return fault;
}
