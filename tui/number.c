#include "tui/number.h"

#include <stdio.h>
#include <string.h>

void number_print(size_t number, char text[static NUMBER_SIZE])
{
	char digits[NUMBER_SIZE];
	int length = snprintf(digits, sizeof(digits), "%zu", number);

	for (int i = 0; i < length; i++) {
		*text++ = digits[i];
		if ((length - i - 1) % 3 == 0 && i + 1 < length)
			*text++ = ',';
	}
	*text = '\0';
}

const char *number_of(
	size_t number, const char *one, const char *many, char text[static NUMBER_OF_SIZE])
{
	char digits[NUMBER_SIZE];

	number_print(number, digits);
	snprintf(text, NUMBER_OF_SIZE, "%s %s", digits, number == 1 ? one : many);
	return text;
}

bool number_is(size_t number, const char *typed)
{
	char digits[NUMBER_SIZE];
	char *at = digits;

	snprintf(digits, sizeof(digits), "%zu", number);
	for (; *typed; typed++) {
		if (*typed == ',')
			continue;
		if (*typed != *at++)
			return false;
	}
	return *at == '\0';
}
