#include "adapters/html/html_mender.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

/* Longer than any tag's name or reference that is looked for. */
#define LONGEST 24

/* "Ÿ" is what &#159; was meant to be; five are free. */
static const char *const windows[32] = {"€", "\xef\xbf\xbd", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰",
	"Š", "‹", "Œ", "\xef\xbf\xbd", "Ž", "\xef\xbf\xbd", "\xef\xbf\xbd", "‘", "’", "“", "”", "•",
	"–", "—", "˜", "™", "š", "›", "œ", "\xef\xbf\xbd", "ž", "Ÿ"};

static int digit_value(char c, int base)
{
	int value = c >= '0' && c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

	if (c < '0' || (c > '9' && (c | 0x20) < 'a'))
		return -1;
	return value < base ? value : -1;
}

/* The number of the reference at "&#", and the length of all of it; 0 if it is none. */
static size_t read_reference(const char *at, const char *end, uint32_t *number)
{
	const char *start = at;
	int base = 10, digits = 0;

	at += 2;
	if (at < end && (*at | 0x20) == 'x') {
		base = 16;
		at++;
	}
	for (*number = 0; at < end && digit_value(*at, base) >= 0; at++, digits++)
		if (*number <= 0x10ffff)
			*number = *number * (uint32_t)base + (uint32_t)digit_value(*at, base);
	if (!digits)
		return 0;
	return (size_t)(at - start) + (at < end && *at == ';');
}

static const char *meaning_of(uint32_t number)
{
	if (number >= 0x80 && number < 0xa0)
		return windows[number - 0x80];
	if (number == 0 || number > 0x10ffff || (number >= 0xd800 && number < 0xe000))
		return "\xef\xbf\xbd";
	return NULL;
}

static bool is_foreign_tag(const char *at, const char *end)
{
	static const char *const names[] = {"script", "style", "xmp", "plaintext"};

	at++;
	if (at < end && *at == '/')
		at++;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t length = strlen(names[i]);

		if ((size_t)(end - at) >= length && strncasecmp(at, names[i], length) == 0)
			return true;
	}
	return false;
}

/* Writes what stands at "<", "&" or a carriage return mended, and returns how much of it that took.
 */
static size_t mend(const char *at, const char *end, struct buffer *out)
{
	const char *meaning = NULL;
	size_t length = 0;
	uint32_t number;

	if (*at == '\r') {
		buffer_add_char(out, '\n');
		return end - at > 1 && at[1] == '\n' ? 2 : 1;
	}
	if (*at == '<') {
		buffer_add_string(out, is_foreign_tag(at, end) ? "&lt;" : "<");
		return 1;
	}
	if (end - at > 2 && at[1] == '#')
		length = read_reference(at, end, &number);
	if (length)
		meaning = meaning_of(number);
	if (!meaning) {
		buffer_add_char(out, '&');
		return 1;
	}
	buffer_add_string(out, meaning);
	return length;
}

/* Whether a "<" begins a tag that is looked for: by one letter, which most tags do not have. */
static bool may_be_foreign(const char *at, const char *end)
{
	at += end - at > 1 && at[1] == '/' ? 2 : 1;
	return at >= end || strchr("sSxXpP", *at);
}

/* Copies what needs no mending, and stops at what might need it. */
static const char *copy_plain(const char *at, const char *end, struct buffer *out)
{
	const char *start = at;

	while (at < end && *at != '&' && *at != '\r' && (*at != '<' || !may_be_foreign(at, end)))
		at++;
	buffer_add(out, start, (size_t)(at - start));
	return at;
}

void html_mender_add(
	struct html_mender *mender, const char *bytes, size_t length, bool last, struct buffer *out)
{
	struct buffer whole = mender->rest;
	const char *at, *end;

	mender->rest = (struct buffer){0};
	buffer_add(&whole, bytes, length);
	at = whole.text;
	end = at + whole.length;
	while ((at = copy_plain(at, end, out)) < end) {
		if (!last && end - at < LONGEST) {
			buffer_add(&mender->rest, at, (size_t)(end - at));
			break;
		}
		at += mend(at, end, out);
	}
	buffer_finish(&whole);
}

void html_mender_finish(struct html_mender *mender)
{
	buffer_finish(&mender->rest);
}
