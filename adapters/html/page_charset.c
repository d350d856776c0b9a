#include "adapters/html/page_charset.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/memory.h"

#define LOOKED_THROUGH 1024

static const char charset_bytes[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-_.:";

/* What stands behind the next "charset=", quoted or not. */
static char *find(const char *text)
{
	const char *at = text;

	while ((at = strcasestr(at, "charset"))) {
		size_t length;

		at += strlen("charset");
		at += strspn(at, " \t\r\n");
		if (*at != '=')
			continue;
		at++;
		at += strspn(at, " \t\r\n\"'");
		length = strspn(at, charset_bytes);
		if (length > 0 && length < 40)
			return memory_copy_bytes(at, length);
	}
	return NULL;
}

char *page_charset_of_type(const char *content_type)
{
	return content_type ? find(content_type) : NULL;
}

/* HTML's own rule: a page that can say so in ASCII is not UTF-16. */
static char *believe(char *charset)
{
	if (!charset || strncasecmp(charset, "utf-16", 6) != 0)
		return charset;
	free(charset);
	return memory_copy_string("UTF-8");
}

char *page_charset_of_meta(const char *page, size_t length)
{
	char *beginning =
		memory_copy_bytes(page, length < LOOKED_THROUGH ? length : LOOKED_THROUGH);
	char *charset = NULL;
	const char *at = beginning;

	while (!charset && (at = strcasestr(at, "<meta"))) {
		size_t tag = strcspn(at, ">");
		char *meta = memory_copy_bytes(at, tag);

		charset = find(meta);
		free(meta);
		at += tag;
	}
	free(beginning);
	return believe(charset);
}
