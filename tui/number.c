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
