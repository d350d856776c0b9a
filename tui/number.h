#ifndef TUI_NUMBER_H
#define TUI_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/* "1,204": thousands apart, so that large numbers are read at a glance. */
#define NUMBER_SIZE 32

void number_print(size_t number, char text[static NUMBER_SIZE]);

/* "1 tag", "1,204 tags": returns text. The words are short. */
#define NUMBER_OF_SIZE 80

const char *number_of(
	size_t number, const char *one, const char *many, char text[static NUMBER_OF_SIZE]);

/* Whether somebody typed just this number, with or without the commas. */
bool number_is(size_t number, const char *typed);

#endif
