#include "adapters/schedule/due_round.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "domain/base/memory.h"

void due_round_fail(
	struct due_round *round, enum status status, const char *name, const struct error *why)
{
	const char *text = why && *why->text ? why->text : status_message(status);

	if (status == STATUS_OK || round->status != STATUS_OK)
		return;
	round->status = status;
	if (name)
		error_set(&round->error, "%s: %s", name, text);
	else
		error_set(&round->error, "%s", text);
}

void due_round_say(struct due_round *round, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = memory_vprint(format, arguments);
	va_end(arguments);
	if (round->words.length)
		buffer_add_string(&round->words, "; ");
	buffer_add_string(&round->words, text);
	free(text);
}
