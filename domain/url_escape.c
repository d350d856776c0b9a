#include "domain/url_escape.h"

#include <stdbool.h>
#include <string.h>

static bool is_unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("-._~", c));
}

static bool is_reserved(unsigned char c)
{
	return c && strchr(":/?#[]@!$&'()*+,;=", c);
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte that "%XX" at text stands for, -1 if that is no escape. */
static int escaped_byte(const char *text, size_t length)
{
	int high, low;

	if (length < 3 || text[0] != '%')
		return -1;
	high = hex_value(text[1]);
	low = hex_value(text[2]);
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

static void add_escaped(unsigned char byte, struct buffer *out)
{
	static const char hex[] = "0123456789ABCDEF";
	char escape[3] = {'%', hex[byte >> 4], hex[byte & 15]};

	buffer_add(out, escape, sizeof(escape));
}

void url_escape(const char *text, size_t length, struct buffer *out)
{
	for (size_t i = 0; i < length; i++) {
		int byte = escaped_byte(text + i, length - i);

		if (byte >= 0)
			i += 2;
		else if (is_reserved((unsigned char)text[i])) {
			buffer_add_char(out, text[i]);
			continue;
		} else
			byte = (unsigned char)text[i];
		if (is_unreserved((unsigned char)byte))
			buffer_add_char(out, (char)byte);
		else
			add_escaped((unsigned char)byte, out);
	}
}

void url_unescape(const char *text, size_t length, struct buffer *out)
{
	for (size_t i = 0; i < length; i++) {
		int byte = escaped_byte(text + i, length - i);

		buffer_add_char(out, byte < 0 ? text[i] : (char)byte);
		if (byte >= 0)
			i += 2;
	}
}
