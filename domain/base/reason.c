#include "domain/base/reason.h"

#include <stdarg.h>
#include <stdio.h>

void reason_say(struct reason *reason, const char *format, ...)
{
	va_list arguments;

	if (!reason)
		return;
	va_start(arguments, format);
	vsnprintf(reason->text, sizeof(reason->text), format, arguments);
	va_end(arguments);
}

void reason_say_first(struct reason *reason, const char *format, ...)
{
	va_list arguments;

	if (!reason || reason->text[0])
		return;
	va_start(arguments, format);
	vsnprintf(reason->text, sizeof(reason->text), format, arguments);
	va_end(arguments);
}
