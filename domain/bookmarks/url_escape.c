#include "domain/bookmarks/url_escape.h"

/* RFC 3986 section 2 of each ASCII character: unreserved, reserved, or held by no URI. */
static const char kinds[] = "................................"
			    ".r.rr.rrrrrrruuruuuuuuuuuurr.r.r"
			    "ruuuuuuuuuuuuuuuuuuuuuuuuuur.r.u"
			    ".uuuuuuuuuuuuuuuuuuuuuuuuuu...u.";

static char kind_of(unsigned char c)
{
	return c < 0x80 ? kinds[c] : '.';
}

bool url_may_hold(char c)
{
	return kind_of((unsigned char)c) != '.';
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

/* What needs no change. */
static size_t plain_length(const char *text, size_t length)
{
	size_t plain = 0;

	while (plain < length && kind_of((unsigned char)text[plain]) != '.')
		plain++;
	return plain;
}

void url_escape(const char *text, size_t length, struct buffer *out)
{
	for (size_t i = 0; i < length; i++) {
		size_t plain = plain_length(text + i, length - i);
		int byte;

		buffer_add(out, text + i, plain);
		i += plain;
		if (i == length)
			break;
		byte = escaped_byte(text + i, length - i);
		if (byte >= 0)
			i += 2;
		else
			byte = (unsigned char)text[i];
		if (kind_of((unsigned char)byte) == 'u')
			buffer_add_char(out, (char)byte);
		else
			add_escaped((unsigned char)byte, out);
	}
}

void url_unescape(const char *text, size_t length, struct buffer *out)
{
	for (size_t i = 0; i < length; i++) {
		int byte = escaped_byte(text + i, length - i);

		if (byte >= 0x80 || (byte >= 0 && kind_of((unsigned char)byte) == 'u')) {
			buffer_add_char(out, (char)byte);
			i += 2;
		} else {
			buffer_add_char(out, text[i]);
		}
	}
}
