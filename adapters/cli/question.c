#include "adapters/cli/question.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <string.h>
#include <unistd.h>

bool question_can_be_asked(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

bool question_ask(const char *format, ...)
{
	va_list arguments;
	char *line = NULL;
	size_t capacity = 0;
	bool yes;

	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputs(" [y/N] ", stderr);
	if (getline(&line, &capacity, stdin) < 0) {
		fputs("\n", stderr);
		free(line);
		return false;
	}
	line[strcspn(line, "\r\n")] = '\0';
	yes = !strcasecmp(line, "y") || !strcasecmp(line, "yes");
	free(line);
	return yes;
}
