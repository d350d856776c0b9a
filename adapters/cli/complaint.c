#include "adapters/cli/complaint.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"

/* One write, so that lines of several programs do not mix. */
static void write_line(const char *line)
{
	char *safe = text_printable(line);
	char *whole = memory_print("%s\n", safe);

	fputs(whole, stderr);
	fflush(stderr);
	free(whole);
	free(safe);
}

static void write_lines(const char *before, const char *format, va_list arguments)
{
	char *text = memory_vprint(format, arguments);
	char *line = memory_print("%s%s", before, text);

	write_line(line);
	free(line);
	free(text);
}

void complain(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	write_lines("barky: ", format, arguments);
	va_end(arguments);
}

void remark(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	write_lines("", format, arguments);
	va_end(arguments);
}

enum exit_code complain_of(const char *what, enum status status, const struct error *error)
{
	const char *why = error && error->text[0] ? error->text : status_message(status);

	if (status && status != STATUS_INTERRUPTED)
		complain("%s: %s", what, why);
	return status_exit_code(status);
}
