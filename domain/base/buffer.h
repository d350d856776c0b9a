#ifndef DOMAIN_BASE_BUFFER_H
#define DOMAIN_BASE_BUFFER_H

#include <stddef.h>

/*
 * Bytes that grow: what is built a piece at a time. text is NUL-terminated once something was
 * added or buffer_text() was asked for; { 0 } is an empty buffer, and owns nothing.
 */
struct buffer {
	char *text;
	size_t length; /* without the NUL */
	size_t capacity;
};

void buffer_finish(struct buffer *buffer); /* leaves it empty */
void buffer_clear(struct buffer *buffer);  /* empty, but keeps its memory for the next use */

void buffer_add(struct buffer *buffer, const char *bytes, size_t length);
void buffer_add_char(struct buffer *buffer, char byte);
void buffer_add_string(struct buffer *buffer, const char *string);

__attribute__((format(printf, 2, 3))) void buffer_print(
	struct buffer *buffer, const char *format, ...);

const char *buffer_text(struct buffer *buffer); /* lent; never NULL */
char *buffer_take(struct buffer *buffer);       /* yours; the buffer is empty afterwards */

#endif
