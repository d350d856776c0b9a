#include "domain/base/text.h"

#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <utf8proc.h>

#include "domain/base/memory.h"

#define REPLACEMENT     0xfffd
#define ZERO_WIDTH_JOIN 0x200d
#define MARKS_MAX       8

/*
 * wcwidth() answers for the locale in force, and in "C" it knows ASCII only. Columns must come
 * out the same whatever the locale, so such a thread borrows C.UTF-8 for the length of one
 * measurement; where the system has no such locale, utf8proc's own table stands in.
 */
struct measure {
	locale_t before;
	locale_t borrowed;
	bool by_table;
};

static bool wcwidth_knows(void)
{
	return wcwidth(0xe9) == 1;
}

static void measure_begin(struct measure *measure)
{
	*measure = (struct measure){0};
	if (wcwidth_knows())
		return;
	measure->borrowed = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	if (measure->borrowed)
		measure->before = uselocale(measure->borrowed);
	measure->by_table = !wcwidth_knows();
}

static void measure_end(struct measure *measure)
{
	if (!measure->borrowed)
		return;
	uselocale(measure->before);
	freelocale(measure->borrowed);
}

static int columns_of(const struct measure *measure, int32_t point)
{
	if (point >= 0x20 && point < 0x7f)
		return 1;
	if (!measure->by_table)
		return wcwidth((wchar_t)point);
	return utf8proc_category(point) == UTF8PROC_CATEGORY_CN ? -1 : utf8proc_charwidth(point);
}

static bool is_ascii(const char *text)
{
	while ((signed char)*text > 0)
		text++;
	return *text == '\0';
}

static size_t next_point(const char *text, int32_t *point)
{
	utf8proc_ssize_t length = utf8proc_iterate((const uint8_t *)text, -1, point);

	if (length > 0)
		return (size_t)length;
	*point = REPLACEMENT;
	return 1;
}

/* Format characters that are drawn: the number signs that stand before digits. */
static bool is_drawn_format(int32_t point)
{
	return (point >= 0x600 && point <= 0x605) || point == 0x6dd || point == 0x70f ||
	       point == 0x890 || point == 0x891 || point == 0x8e2 || point == 0x110bd ||
	       point == 0x110cd;
}

static bool is_left_out(int32_t point)
{
	if (utf8proc_category(point) == UTF8PROC_CATEGORY_CF)
		return !is_drawn_format(point);
	return (point >= 0xfe00 && point <= 0xfe0f) ||   /* variation selectors */
	       (point >= 0xe0100 && point <= 0xe01ef) || /* and more of them */
	       (point >= 0x180b && point <= 0x180f) ||   /* Mongolian ones */
	       (point >= 0x1f3fb && point <= 0x1f3ff) || /* skin tones */
	       point == 0x115f || point == 0x1160 || point == 0x3164 || point == 0xffa0;
}

static bool is_emoji(int32_t point)
{
	return utf8proc_get_property(point)->boundclass ==
	       UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

struct shown {
	char *bytes;
	size_t length;
	unsigned marks; /* of the cluster so far */
	bool has_base;  /* something that a mark can stand on */
	bool emoji;     /* what was kept last is one */
	bool joined;    /* and a joiner follows it */
};

/* False if it is left out. */
static bool layout_show(struct shown *shown, const struct measure *measure, int32_t point)
{
	int columns;

	if (point == ZERO_WIDTH_JOIN) {
		shown->joined = shown->emoji;
		return false;
	}
	if (is_left_out(point))
		return false;
	columns = columns_of(measure, point);
	if (columns == 0 && (!shown->has_base || ++shown->marks > MARKS_MAX))
		return false;
	if (shown->joined && is_emoji(point))
		return false;
	if (columns < 0)
		point = REPLACEMENT;
	if (columns != 0) {
		shown->marks = 0;
		shown->has_base = true;
		shown->emoji = is_emoji(point);
		shown->joined = false;
	}
	shown->length += text_encode(point, shown->bytes + shown->length);
	return true;
}

/* Of these none composes with another, and none is to be taken apart: a text of them is NFC. */
static bool is_composed(const char *text)
{
	static const struct {
		int32_t first, last;
	} letters[] = {
		{0x0, 0x2ff},       /* Latin */
		{0x391, 0x3ce},     /* Greek */
		{0x400, 0x482},     /* Cyrillic */
		{0x5d0, 0x5ea},     /* Hebrew */
		{0x621, 0x64a},     /* Arabic */
		{0x2010, 0x2027},   /* dashes, quotes, dots */
		{0x3041, 0x3096},   /* Hiragana */
		{0x30a1, 0x30fc},   /* Katakana */
		{0x4e00, 0x9fff},   /* Han */
		{0xac00, 0xd7a3},   /* Hangul syllables */
		{0x1f300, 0x1faff}, /* pictures */
	};
	size_t range = 0;
	int32_t point;

	for (size_t at = 0; text[at];) {
		at += next_point(text + at, &point);
		for (range = 0; range < sizeof(letters) / sizeof(*letters); range++) {
			if (point >= letters[range].first && point <= letters[range].last)
				break;
		}
		if (range == sizeof(letters) / sizeof(*letters))
			return false;
	}
	return true;
}

/* utf8proc's own memory, with the C library's free(); a copy of text when it gives none. */
static char *composed(const char *text)
{
	uint8_t *mapped = NULL;

	if (is_composed(text))
		return memory_copy_string(text);
	utf8proc_map((const uint8_t *)text, 0, &mapped,
		UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	return mapped ? (char *)mapped : memory_copy_string(text);
}

/* Composed, and without what is left out; *all tells whether that was nothing. */
static char *reduced(const char *printable, bool *all)
{
	char *text = composed(printable);
	struct shown shown = {.bytes = memory_array(strlen(text) * 3 + 1, 1)};
	struct measure measure;
	int32_t point;

	*all = true;
	measure_begin(&measure);
	for (size_t at = 0; text[at];) {
		at += next_point(text + at, &point);
		*all &= layout_show(&shown, &measure, point);
	}
	measure_end(&measure);
	free(text);
	shown.bytes[shown.length] = '\0';
	return memory_resize(shown.bytes, shown.length + 1, 1);
}

bool text_is_plain(const char *text)
{
	while (*text >= 0x20 && *text < 0x7f)
		text++;
	return *text == '\0';
}

char *text_displayable(const char *text)
{
	char *result;
	bool all = false;

	if (text_is_plain(text))
		return memory_copy_string(text);
	result = text_printable(text);
	/* What something stood between may be one character without it. */
	while (!all) {
		char *before = result;

		result = reduced(before, &all);
		free(before);
	}
	return result;
}

static size_t columns_or_one(const struct measure *measure, int32_t point)
{
	int columns = columns_of(measure, point);

	return columns < 0 ? 1 : (size_t)columns;
}

size_t text_width(const char *text)
{
	struct measure measure;
	size_t width = 0;
	int32_t point;

	if (is_ascii(text))
		return strlen(text);
	measure_begin(&measure);
	for (size_t at = 0; text[at];) {
		at += next_point(text + at, &point);
		width += columns_or_one(&measure, point);
	}
	measure_end(&measure);
	return width;
}

size_t text_cluster(const char *text)
{
	int32_t before;
	int32_t point;
	int32_t state = 0;
	size_t at;

	if (*text == '\0')
		return 0;
	at = next_point(text, &before);
	while (text[at]) {
		size_t step = next_point(text + at, &point);

		if (utf8proc_grapheme_break_stateful(before, point, &state))
			break;
		before = point;
		at += step;
	}
	return at;
}

/* From the beginning: where a cluster begins depends on all that stands before it (flags). */
size_t text_cluster_before(const char *text, size_t end)
{
	size_t at = 0;
	size_t step = text_cluster(text);

	while (step && at + step < end) {
		at += step;
		step = text_cluster(text + at);
	}
	return end > at ? end - at : 0;
}

static size_t cluster_columns(const struct measure *measure, const char *text, size_t length)
{
	size_t columns = 0;
	int32_t point;

	for (size_t at = 0; at < length;) {
		at += next_point(text + at, &point);
		columns += columns_or_one(measure, point);
	}
	return columns;
}

size_t text_fit(const char *text, size_t columns)
{
	struct measure measure;
	size_t used = 0;
	size_t at = 0;
	size_t step;

	/* What follows does not matter, but for a mark on the last letter. */
	while (at < columns && (signed char)text[at] > 0)
		at++;
	if ((signed char)text[at] >= 0)
		return at;
	at = 0;
	measure_begin(&measure);
	while ((step = text_cluster(text + at)) > 0) {
		used += cluster_columns(&measure, text + at, step);
		if (used > columns)
			break;
		at += step;
	}
	measure_end(&measure);
	return at;
}
