#include "adapters/formats/lists.h"

#include <string.h>

/* Behind the blanks and the bullet that a line begins with. */
static const char *behind_bullet(const char *line)
{
	line += strspn(line, " \t");
	if (strchr("0123456789", *line))
		line += strspn(line, "0123456789.)");
	else
		line += strspn(line, "-*+");
	return line + strspn(line, " \t");
}

size_t list_items_with(const char *text, const char *mark)
{
	size_t count = 0;

	while (*text) {
		count += strncmp(behind_bullet(text), mark, strlen(mark)) == 0;
		text += strcspn(text, "\r\n");
		text += strspn(text, "\r\n");
	}
	return count;
}
