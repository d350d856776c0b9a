#include "domain/search/regex.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "domain/base/memory.h"

#define PATTERN_MAX     16384  /* bytes */
#define STEPS_MAX       200000 /* of one match */
#define MEMORY_MAX      1024   /* KiB of one match */
#define STACK_MIN       (32 * 1024)
#define STACK_MAX       (1024 * 1024)
#define EXHAUSTIONS_MAX 200

struct regex {
	pcre2_code *code;
	pcre2_match_data *found;
	pcre2_match_context *limits;
	pcre2_jit_stack *stack;
	unsigned exhaustions;
};

static pcre2_code *compile(const char *pattern, size_t length, int *error, size_t *at)
{
	const uint32_t options =
		PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
	pcre2_compile_context *context = pcre2_compile_context_create(NULL);
	pcre2_code *code;

	pcre2_set_max_pattern_length(context, PATTERN_MAX);
	pcre2_set_newline(context, PCRE2_NEWLINE_LF);
	code = pcre2_compile((PCRE2_SPTR)pattern, length, options, error, at, context);
	pcre2_compile_context_free(context);
	return code;
}

static void set_limits(struct regex *regex)
{
	regex->limits = pcre2_match_context_create(NULL);
	pcre2_set_match_limit(regex->limits, STEPS_MAX);
	pcre2_set_depth_limit(regex->limits, STEPS_MAX);
	pcre2_set_heap_limit(regex->limits, MEMORY_MAX);
	if (pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE) != 0)
		return;
	regex->stack = pcre2_jit_stack_create(STACK_MIN, STACK_MAX, NULL);
	pcre2_jit_stack_assign(regex->limits, NULL, regex->stack);
}

struct regex *regex_new(const char *pattern, size_t length, char *message, size_t size, size_t *at)
{
	struct regex *regex;
	int error;
	pcre2_code *code = compile(pattern, length, &error, at);

	if (!code) {
		if (pcre2_get_error_message(error, (PCRE2_UCHAR *)message, size) < 0)
			snprintf(message, size, "error %d", error);
		if (*at > length)
			*at = length;
		return NULL;
	}
	regex = memory_new(sizeof(*regex));
	regex->code = code;
	regex->found = pcre2_match_data_create(1, NULL);
	set_limits(regex);
	return regex;
}

void regex_free(struct regex *regex)
{
	if (!regex)
		return;
	pcre2_jit_stack_free(regex->stack);
	pcre2_match_context_free(regex->limits);
	pcre2_match_data_free(regex->found);
	pcre2_code_free(regex->code);
	free(regex);
}

static bool match(
	struct regex *regex, const char *text, size_t length, size_t from, uint32_t options)
{
	int count;

	if (regex->exhaustions > EXHAUSTIONS_MAX)
		return false;
	count = pcre2_match(
		regex->code, (PCRE2_SPTR)text, length, from, options, regex->found, regex->limits);
	if (count < PCRE2_ERROR_PARTIAL)
		regex->exhaustions++;
	return count >= 0;
}

bool regex_matches(struct regex *regex, const char *text, size_t length)
{
	return match(regex, text, length, 0, 0);
}

bool regex_find(struct regex *regex, const char *text, size_t length, size_t from, size_t *begin,
	size_t *end)
{
	const PCRE2_SIZE *span;

	if (!match(regex, text, length, from, PCRE2_NOTEMPTY))
		return false;
	span = pcre2_get_ovector_pointer(regex->found);
	*begin = span[0];
	*end = span[1];
	return *begin < *end;
}
