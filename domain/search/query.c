#include "domain/search/query.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"

void query_free(struct query *query)
{
	if (!query)
		return;
	for (size_t i = 0; i < query->count; i++)
		query_free(query->children[i]);
	free(query->children);
	free(query->text);
	free(query->spelling);
	free(query);
}

size_t query_error_column(const struct query_error *error, const char *text)
{
	size_t length = strlen(text);
	char *before = memory_copy_bytes(text, error->at < length ? error->at : length);
	char *shown = text_displayable(before);
	size_t columns = text_width(shown);

	free(before);
	free(shown);
	return columns;
}

static bool is_operator_word(const struct query *query)
{
	return query->spelling &&
	       (strcmp(query->spelling, "OR") == 0 || strcmp(query->spelling, "AND") == 0);
}

static void print(const struct query *query, struct buffer *out);

static void print_children(const struct query *query, struct buffer *out)
{
	for (size_t i = 0; i < query->count; i++) {
		if (i && query->kind == QUERY_OR)
			buffer_add_string(out, " OR ");
		else if (i && is_operator_word(query->children[i]))
			buffer_add_string(out, " AND ");
		else if (i)
			buffer_add_string(out, " ");
		print(query->children[i], out);
	}
}

/* Behind "f(x" a group's ")" would belong to the word if no blank stood between them. */
static bool ends_open(const char *word)
{
	size_t open = 0;

	for (const char *at = word; at && *at; at++) {
		if (*at == '(')
			open++;
		else if (*at == ')' && open)
			open--;
	}
	return open > 0;
}

/* The word that stands last in a group; NULL if that is a group itself. */
static const char *last_word(const struct query *group)
{
	const struct query *last = group;

	while (last->count) {
		last = last->children[last->count - 1];
		if (last->grouped)
			return NULL;
	}
	return last->spelling;
}

/* Nothing is ever put in quotes: an open quote elsewhere in the text would close on them. */
static void print(const struct query *query, struct buffer *out)
{
	if (query->grouped)
		buffer_add_string(out, "(");
	if (query->kind == QUERY_NOT)
		buffer_add_string(out, query->dash ? "-" : "NOT ");
	if (query->spelling)
		buffer_add_string(out, query->spelling);
	print_children(query, out);
	if (query->grouped)
		buffer_add_string(out, ends_open(last_word(query)) ? " )" : ")");
}

char *query_print(const struct query *query)
{
	struct buffer out = {0};

	print(query, &out);
	return buffer_take(&out);
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_terms(const struct query *a, const struct query *b)
{
	return a->kind == b->kind && a->places == b->places && a->prefix == b->prefix &&
	       a->from == b->from && a->until == b->until && same_text(a->text, b->text);
}

bool query_equal(const struct query *a, const struct query *b)
{
	if (!same_terms(a, b) || a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!query_equal(a->children[i], b->children[i]))
			return false;
	return true;
}

/* What a longer word holds, it holds; what is asked of fewer places, was asked of those. */
static bool term_narrows(const struct query *longer, const struct query *shorter)
{
	if (query_equal(longer, shorter))
		return true;
	if (longer->kind != shorter->kind)
		return false;
	if (longer->kind == QUERY_WORD || longer->kind == QUERY_FUZZY)
		return (longer->places & ~shorter->places) == 0 &&
		       strstr(longer->text, shorter->text) != NULL;
	if (longer->kind == QUERY_TAG)
		return shorter->prefix &&
		       strncmp(longer->text, shorter->text, strlen(shorter->text)) == 0;
	return false;
}

static bool any_narrows(const struct query *longer, const struct query *term)
{
	if (longer->kind != QUERY_AND)
		return term_narrows(longer, term);
	for (size_t i = 0; i < longer->count; i++)
		if (term_narrows(longer->children[i], term))
			return true;
	return false;
}

bool query_narrows(const struct query *longer, const struct query *shorter)
{
	if (shorter->kind == QUERY_ALL)
		return true;
	if (shorter->kind != QUERY_AND)
		return any_narrows(longer, shorter);
	for (size_t i = 0; i < shorter->count; i++)
		if (!any_narrows(longer, shorter->children[i]))
			return false;
	return true;
}
