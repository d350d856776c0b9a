#include "domain/search/query.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/base/timestamp.h"
#include "domain/bookmarks/link.h"
#include "domain/bookmarks/url.h"
#include "domain/search/regex.h"

/* ---- what it is made of ---- */

/* The pieces that a query is made of: where they begin and end, and what they are. */
enum token_type { TOKEN_END, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_AND, TOKEN_OR, TOKEN_NOT, TOKEN_TERM };

struct token {
	enum token_type type;
	size_t begin;
	size_t end;
	bool dash; /* of a term or a group: begins with a "-" that says without */
	enum query_kind kind;
	unsigned places; /* of a word with its field */
	size_t value;    /* what is looked for, without quotes and field names */
	size_t value_end;
};

/* Parentheses stand no deeper than this; those beyond are looked for as they stand. */
#define QUERY_DEPTH_MAX 64

/* A text with what had to be read ahead to know: which "(" opens a group. The text is lent. */
struct query_lexer {
	const char *text;
	size_t length;
	bool *literal;         /* by byte: this "(" opens nothing */
	size_t no_regex_after; /* beyond this no "/" ends one outside a group */
	size_t no_regex_inside;
};

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
	{"is:", QUERY_UNTAGGED, 0, "untagged"},
	{"is:", QUERY_UNSTARRED, 0, "unstarred"},
	{"is:", QUERY_DUPLICATE, 0, "duplicate"},
	{"is:", QUERY_LINK, LINK_DEAD, "dead"},
	{"is:", QUERY_LINK, LINK_MOVED, "moved"},
	{"is:", QUERY_LINK, LINK_FAILING, "failing"},
	{"is:", QUERY_LINK, LINK_UNCHECKED, "unchecked"},
};

const char *query_state_word(size_t index)
{
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (fields[i].value && index-- == 0)
			return fields[i].value;
	return NULL;
}

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

/* The token at or after a byte, when so many groups are open there. */
static struct token query_lexer_token(struct query_lexer *lexer, size_t at, size_t depth)
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

static void query_lexer_init(struct query_lexer *lexer, const char *text)
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

static void query_lexer_finish(struct query_lexer *lexer)
{
	free(lexer->literal);
}

/* ---- its dates ---- */

#define DAY INT64_C(86400)

/* A day, a month or a year: its first second, and the first one after it. */
struct period {
	int64_t begin;
	int64_t end;
};

static bool number(const char *text, size_t digits, int *value)
{
	*value = 0;
	for (size_t i = 0; i < digits; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		*value = *value * 10 + (text[i] - '0');
	}
	return true;
}

static bool first_of(int year, int month, int64_t *seconds)
{
	if (year <= 9999)
		return timestamp_of_day(year, month, 1, seconds);
	*seconds = INT64_MAX;
	return true;
}

static bool read_year(const char *text, struct period *period)
{
	int year;

	return number(text, 4, &year) && first_of(year, 1, &period->begin) &&
	       first_of(year + 1, 1, &period->end);
}

static bool read_month(const char *text, struct period *period)
{
	int year;
	int month;

	return number(text, 4, &year) && text[4] == '-' && number(text + 5, 2, &month) &&
	       timestamp_of_day(year, month, 1, &period->begin) &&
	       first_of(month < 12 ? year : year + 1, month % 12 + 1, &period->end);
}

static bool read_day(const char *text, struct period *period)
{
	int year;
	int month;
	int day;

	if (!number(text, 4, &year) || text[4] != '-' || !number(text + 5, 2, &month) ||
		text[7] != '-' || !number(text + 8, 2, &day) ||
		!timestamp_of_day(year, month, day, &period->begin))
		return false;
	period->end = period->begin + DAY;
	return true;
}

static bool read_period(const char *text, size_t length, struct period *period)
{
	switch (length) {
	case 4: return read_year(text, period);
	case 7: return read_month(text, period);
	case 10: return read_day(text, period);
	default: return false;
	}
}

static bool read_range(const char *text, size_t length, const char *dots, int64_t *from,
	int64_t *until, size_t *at)
{
	size_t first = (size_t)(dots - text);
	size_t second = length - first - 2;
	struct period period = {0};

	*at = 0;
	if (first && !read_period(text, first, &period))
		return false;
	if (first)
		*from = period.begin;
	*at = first ? first + 2 : 0;
	if (second && !read_period(dots + 2, second, &period))
		return false;
	if (second)
		*until = period.end;
	return first || second;
}

static bool read_compared(
	const char *text, size_t length, int64_t *from, int64_t *until, size_t *at)
{
	bool or_equal = length > 1 && text[1] == '=';
	struct period period;

	*at = or_equal ? 2 : 1;
	if (!read_period(text + *at, length - *at, &period))
		return false;
	if (*text == '<')
		*until = or_equal ? period.end : period.begin;
	else
		*from = or_equal ? period.begin : period.end;
	return true;
}

/*
 * The dates of a query, in UTC: 2024, 2024-05, 2024-05-01; <, <=, >, >= before one; or a range
 * 2023-01..2023-06 with its ends, either of which may be missing. Gives from <= time < until,
 * INT64_MIN and INT64_MAX where it is open. False if it cannot be read: *at says where.
 */
static bool query_dates_read(
	const char *text, size_t length, int64_t *from, int64_t *until, size_t *at)
{
	const char *dots = memmem(text, length, "..", 2);
	struct period period;

	*from = INT64_MIN;
	*until = INT64_MAX;
	*at = 0;
	if (length && (*text == '<' || *text == '>'))
		return read_compared(text, length, from, until, at);
	if (dots)
		return read_range(text, length, dots, from, until, at);
	if (!read_period(text, length, &period))
		return false;
	*from = period.begin;
	*until = period.end;
	return true;
}

/* ---- its meaning ---- */

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

	if (list->kind != kind) {
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

static struct query *negated(struct query *query)
{
	struct query *outer = new_query(QUERY_NOT);

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
		query = negated(query);
	return without ? negated(query) : query;
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
