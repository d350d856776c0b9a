#include "domain/search/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/search/query_dates.h"
#include "domain/search/query_lexer.h"
#include "domain/search/regex.h"
#include "domain/base/text.h"
#include "domain/bookmarks/url.h"

struct parser {
	struct query_lexer lexer;
	size_t at;
	size_t depth;
	struct query_error *error;
	bool failed; /* the first error is the one that is told */
};

static struct query *parse_alternatives(struct parser *parser);

static struct query *new_query(enum query_kind kind)
{
	struct query *query = memory_new(sizeof(*query));

	query->kind = kind;
	return query;
}

static void add_child(struct query *query, struct query *child)
{
	query->children = memory_grow(
		query->children, query->count, &query->capacity, sizeof(*query->children));
	query->children[query->count++] = child;
}

/* list becomes a query of this kind once there is a second part. */
static struct query *joined(struct query *list, enum query_kind kind, struct query *next)
{
	struct query *outer = list;

	if (list->kind != kind || list->grouped) {
		outer = new_query(kind);
		add_child(outer, list);
	}
	add_child(outer, next);
	return outer;
}

static struct token peek(struct parser *parser)
{
	return query_lexer_token(&parser->lexer, parser->at, parser->depth);
}

static bool something_follows(struct parser *parser, const struct token *token)
{
	struct token next = query_lexer_token(&parser->lexer, token->end, parser->depth);

	return next.type != TOKEN_END && next.type != TOKEN_CLOSE;
}

static void say_error(struct parser *parser, const char *message, size_t at)
{
	if (!parser->failed)
		*parser->error = (struct query_error){.at = at};
	if (!parser->failed)
		snprintf(parser->error->message, sizeof(parser->error->message), "%s", message);
	parser->failed = true;
}

static void check_regex(struct parser *parser, const struct query *query, const struct token *token)
{
	char message[128];
	size_t at;
	struct regex *regex =
		regex_new(query->text, strlen(query->text), message, sizeof(message), &at);

	if (!regex)
		say_error(parser, message, token->value + at);
	regex_free(regex);
}

static void read_dates(struct parser *parser, struct query *query, const struct token *token)
{
	size_t at;

	if (!query_dates_read(parser->lexer.text + token->value, token->value_end - token->value,
		    &query->from, &query->until, &at))
		say_error(parser,
			"not a date: write 2024, 2024-05 or 2024-05-01, after <, <=, > or >=, or "
			"as 2023..2024",
			token->value + at);
}

/* As url_host() gives it, whatever was written, but for a full stop at its end. */
static char *host_named(const char *value)
{
	char *url = memory_print("https://%s/", value);
	char *host = url_host(url);
	size_t length = strlen(host);

	if (length && host[length - 1] == '.')
		host[length - 1] = '\0';
	free(url);
	return host;
}

static char *folded(const char *text, size_t length)
{
	size_t folded_length;

	return text_fold(text, length, &folded_length);
}

static void read_text(struct parser *parser, struct query *query, const struct token *token)
{
	size_t length = token->value_end - token->value;
	char *value = memory_copy_bytes(parser->lexer.text + token->value, length);

	if (query->kind == QUERY_TAG && value[length - 1] == '*') {
		query->prefix = true;
		value[--length] = '\0';
	}
	if (query->kind == QUERY_SITE)
		query->text = host_named(value);
	else if (query->kind == QUERY_REGEX)
		query->text = memory_copy_string(value);
	else
		query->text = folded(value, length);
	free(value);
}

static struct query *parse_term(struct parser *parser, const struct token *token)
{
	struct query *query = new_query(token->kind);

	parser->at = token->end;
	query->places = token->places;
	query->spelling = memory_copy_bytes(parser->lexer.text + token->begin + token->dash,
		token->end - token->begin - token->dash);
	switch (query->kind) {
	case QUERY_ADDED:
	case QUERY_MODIFIED:
	case QUERY_CHECKED: read_dates(parser, query, token); break;
	case QUERY_WORD:
	case QUERY_FUZZY:
	case QUERY_TAG:
	case QUERY_SITE:
	case QUERY_SOURCE:
	case QUERY_REGEX: read_text(parser, query, token); break;
	case QUERY_ALL:
	case QUERY_AND:
	case QUERY_OR:
	case QUERY_NOT:
	case QUERY_LINK:
	case QUERY_UNTAGGED:
	case QUERY_UNSTARRED:
	case QUERY_DUPLICATE: break;
	}
	if (query->kind == QUERY_REGEX)
		check_regex(parser, query, token);
	return query;
}

static struct query *negated(struct query *query, bool dash)
{
	struct query *outer = new_query(QUERY_NOT);

	outer->dash = dash;
	add_child(outer, query);
	return outer;
}

static struct query *parse_group(struct parser *parser, const struct token *token)
{
	struct query *query;

	parser->at = token->end;
	parser->depth++;
	query = parse_alternatives(parser);
	parser->at = peek(parser).end; /* of the ")" that the lexer has seen */
	parser->depth--;
	query->grouped = true;
	return query;
}

/* Where an operand must stand, OR and AND are words, and so is a NOT with nothing behind it. */
static struct query *parse_one(struct parser *parser)
{
	struct token token = peek(parser);
	bool without = false;
	struct query *query;

	while (token.type == TOKEN_NOT && something_follows(parser, &token)) {
		without = !without;
		parser->at = token.end;
		token = peek(parser);
	}
	if (token.type == TOKEN_OPEN) {
		query = parse_group(parser, &token);
	} else {
		query = parse_term(parser, &token);
	}
	if (token.dash)
		query = negated(query, true);
	return without ? negated(query, false) : query;
}

static struct query *parse_all(struct parser *parser)
{
	struct query *query = parse_one(parser);

	for (;;) {
		struct token token = peek(parser);

		if (token.type == TOKEN_END || token.type == TOKEN_CLOSE)
			return query;
		if (token.type == TOKEN_OR && something_follows(parser, &token))
			return query;
		if (token.type == TOKEN_AND && something_follows(parser, &token))
			parser->at = token.end;
		else if (token.type == TOKEN_OR || token.type == TOKEN_AND) {
			query = joined(query, QUERY_AND, parse_term(parser, &token));
			continue;
		}
		query = joined(query, QUERY_AND, parse_one(parser));
	}
}

static struct query *parse_alternatives(struct parser *parser)
{
	struct query *query = parse_all(parser);

	for (;;) {
		struct token token = peek(parser);

		if (token.type != TOKEN_OR || !something_follows(parser, &token))
			return query;
		parser->at = token.end;
		query = joined(query, QUERY_OR, parse_all(parser));
	}
}

struct query *query_parse(const char *text, struct query_error *error)
{
	struct parser parser = {.error = error};
	struct query *query;

	query_lexer_init(&parser.lexer, text);
	query = peek(&parser).type == TOKEN_END ? new_query(QUERY_ALL)
						: parse_alternatives(&parser);
	query_lexer_finish(&parser.lexer);
	if (!parser.failed)
		return query;
	query_free(query);
	return NULL;
}
