#ifndef DOMAIN_BASE_MEMORY_H
#define DOMAIN_BASE_MEMORY_H

#include <stdarg.h>
#include <stddef.h>

/*
 * Memory that is there or the program ends: none of these returns NULL. When memory runs out the
 * hook runs (the screen gives the terminal back), one line goes to standard error and the program
 * exits with 1; the running transaction is rolled back by the library at its next opening.
 */
void *memory_new(size_t size);                             /* zeroed */
void *memory_array(size_t count, size_t size);             /* zeroed, checked for overflow */
void *memory_resize(void *old, size_t count, size_t size); /* checked for overflow */
char *memory_copy_string(const char *string);
char *memory_copy_bytes(const char *bytes, size_t length); /* adds the NUL */

__attribute__((format(printf, 1, 2))) char *memory_print(const char *format, ...);
__attribute__((format(printf, 1, 0))) char *memory_vprint(const char *format, va_list arguments);

/*
 * Makes room for one more item: returns items or a larger copy of it, and raises *capacity.
 * Growth is by half, so that pushing is cheap on average.
 */
void *memory_grow(void *items, size_t count, size_t *capacity, size_t item_size);

/* Called once before the program ends for want of memory. NULL takes it away. */
void memory_on_exhaustion(void (*hook)(void));

#endif
