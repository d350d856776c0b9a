#ifndef DOMAIN_SEARCH_QUERY_LEXER_H
#define DOMAIN_SEARCH_QUERY_LEXER_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/search/query.h"

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

void query_lexer_init(struct query_lexer *lexer, const char *text);
void query_lexer_finish(struct query_lexer *lexer);

/* The token at or after a byte, when so many groups are open there. */
struct token query_lexer_token(struct query_lexer *lexer, size_t at, size_t depth);

#endif
