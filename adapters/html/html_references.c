#include "adapters/html/html_references.h"

#include <stdint.h>
#include <string.h>

#include "adapters/html/xml_library.h"

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

static const char *meaning_of_number(uint32_t number)
{
	if (number >= 0x80 && number < 0xa0)
		return windows[number - 0x80];
	if (number == 0 || number > 0x10ffff || (number >= 0xd800 && number < 0xe000))
		return "\xef\xbf\xbd";
	return NULL;
}

static void add_character(struct buffer *out, uint32_t point)
{
	if (point < 0x80) {
		buffer_add_char(out, (char)point);
		return;
	}
	if (point < 0x800) {
		buffer_add_char(out, (char)(0xc0 | point >> 6));
	} else if (point < 0x10000) {
		buffer_add_char(out, (char)(0xe0 | point >> 12));
		buffer_add_char(out, (char)(0x80 | (point >> 6 & 0x3f)));
	} else {
		buffer_add_char(out, (char)(0xf0 | point >> 18));
		buffer_add_char(out, (char)(0x80 | (point >> 12 & 0x3f)));
		buffer_add_char(out, (char)(0x80 | (point >> 6 & 0x3f)));
	}
	buffer_add_char(out, (char)(0x80 | (point & 0x3f)));
}

static void add_number(struct buffer *out, uint32_t number)
{
	const char *meaning = meaning_of_number(number);

	if (meaning)
		buffer_add_string(out, meaning);
	else
		add_character(out, number);
}

/* Those that every page has; the others are libxml2's. */
static uint32_t number_of_name(const char *name)
{
	static const struct {
		const char *name;
		uint32_t number;
	} common[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''},
		{"nbsp", 0xa0}};
	struct xml_library library;
	const htmlEntityDesc *found = NULL;

	for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		if (strcmp(common[i].name, name) == 0)
			return common[i].number;
	if (xml_library_open(&library, NULL) == STATUS_OK)
		found = library.lookup_entity((const xmlChar *)name);
	return found ? found->value : 0;
}

static size_t decode_name(const char *at, const char *end, struct buffer *out)
{
	char name[HTML_REFERENCE_MAX];
	size_t length = 0;
	uint32_t number;

	for (at++; at < end && length < sizeof(name) - 1; at++) {
		if (!((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
			    (*at >= '0' && *at <= '9')))
			break;
		name[length++] = *at;
	}
	name[length] = '\0';
	if (!length || at == end || *at != ';')
		return 0;
	number = number_of_name(name);
	if (!number)
		return 0;
	add_character(out, number);
	return length + 2;
}

size_t html_reference_decode(const char *at, const char *end, struct buffer *out)
{
	uint32_t number;
	size_t length;

	if (end - at < 3)
		return 0;
	if (at[1] != '#')
		return decode_name(at, end, out);
	length = read_reference(at, end, &number);
	if (length)
		add_number(out, number);
	return length;
}
