#include "domain/base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"

#define REPLACEMENT   0xfffd
#define C0_AS_NONCHAR 0xfdd0 /* U+FDD0 to U+FDEF are 32, and never text */
#define FOLDED_MAX    64     /* code points of one folded; the longest is 18 */

size_t text_encode(int32_t point, char bytes[static TEXT_POINT_MAX])
{
	return (size_t)utf8proc_encode_char(point, (uint8_t *)bytes);
}

static void push_point(struct buffer *buffer, int32_t point)
{
	char bytes[TEXT_POINT_MAX];

	buffer_add(buffer, bytes, text_encode(point, bytes));
}

static char *taken(struct buffer *buffer, size_t *length)
{
	if (length)
		*length = buffer->length;
	return buffer_take(buffer);
}

/* The bytes of the code point at text; one, and U+FFFD, where it is not UTF-8. */
static size_t next_point(const char *text, size_t length, int32_t *point)
{
	utf8proc_ssize_t taken_in;

	if ((unsigned char)*text < 0x80) {
		*point = (unsigned char)*text;
		return 1;
	}
	taken_in = utf8proc_iterate((const uint8_t *)text, (utf8proc_ssize_t)length, point);
	if (taken_in > 0)
		return (size_t)taken_in;
	*point = REPLACEMENT;
	return 1;
}

static bool is_mark(int32_t point)
{
	utf8proc_category_t category = utf8proc_category(point);

	return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
	       category == UTF8PROC_CATEGORY_ME;
}

/* Letters with a stroke or joined ones: no decomposition takes them apart, and people do. */
static const struct {
	int32_t letter;
	char typed[3];
} letters_as_typed[] = {
	{0xe6, "ae"},  /* æ */
	{0xf0, "d"},   /* ð */
	{0xf8, "o"},   /* ø */
	{0xfe, "th"},  /* þ */
	{0x111, "d"},  /* đ */
	{0x127, "h"},  /* ħ */
	{0x131, "i"},  /* ı */
	{0x138, "k"},  /* ĸ */
	{0x142, "l"},  /* ł */
	{0x153, "oe"}, /* œ */
	{0x167, "t"},  /* ŧ */
};

static void push_folded(struct buffer *buffer, int32_t point)
{
	for (size_t i = 0; i < sizeof(letters_as_typed) / sizeof(*letters_as_typed); i++) {
		if (letters_as_typed[i].letter != point)
			continue;
		buffer_add_string(buffer, letters_as_typed[i].typed);
		return;
	}
	push_point(buffer, point);
}

/*
 * Case folding comes before the marks go, so that an iota written below (U+0345, a mark that
 * folds to a letter) is the same letter in composed and decomposed text.
 */
static void fold_point(struct buffer *buffer, int32_t point)
{
	const utf8proc_option_t how = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD;
	int32_t folded[FOLDED_MAX];
	int last_class = 0;
	utf8proc_ssize_t count;

	if (point < 0x20) {
		push_point(buffer, C0_AS_NONCHAR + point);
		return;
	}
	count = utf8proc_decompose_char(point, folded, FOLDED_MAX, how, &last_class);
	for (utf8proc_ssize_t i = 0; i < count && i < FOLDED_MAX; i++)
		if (!is_mark(folded[i]))
			push_folded(buffer, folded[i]);
}

static bool folds_alone(unsigned char byte)
{
	return byte >= 0x20 && byte < 0x80;
}

static char lower(char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : byte;
}

static size_t fold_plain(struct buffer *buffer, const char *text, size_t length)
{
	size_t begin = buffer->length;
	size_t count = 0;

	while (count < length && folds_alone((unsigned char)text[count]))
		count++;
	buffer_add(buffer, text, count);
	for (size_t i = begin; i < buffer->length; i++)
		buffer->text[i] = lower(buffer->text[i]);
	return count;
}

char *text_fold(const char *text, size_t length, size_t *folded_length)
{
	struct buffer buffer = {0};
	size_t at = 0;
	int32_t point;

	while (at < length) {
		at += fold_plain(&buffer, text + at, length - at);
		if (at < length) {
			at += next_point(text + at, length - at, &point);
			fold_point(&buffer, point);
		}
	}
	return taken(&buffer, folded_length);
}

char *text_fold_origins(const char *text, size_t length, size_t *folded_length, size_t **origins)
{
	struct buffer buffer = {0};
	size_t capacity = length * 2 + 16;
	size_t step;
	int32_t point;

	*origins = NULL;
	if (fold_plain(&buffer, text, length) == length)
		return taken(&buffer, folded_length);
	buffer_clear(&buffer);
	size_t *from = memory_array(capacity, sizeof(*from));
	for (size_t at = 0; at < length; at += step) {
		size_t before = buffer.length;
		bool plain = folds_alone((unsigned char)text[at]);

		if (plain) {
			step = fold_plain(&buffer, text + at, length - at);
		} else {
			step = next_point(text + at, length - at, &point);
			fold_point(&buffer, point);
		}
		if (buffer.length >= capacity) {
			capacity = buffer.length * 2;
			from = memory_resize(from, capacity, sizeof(*from));
		}
		for (size_t i = before; i < buffer.length; i++)
			from[i] = plain ? at + (i - before) : at;
	}
	from[buffer.length] = length;
	*origins = from;
	return taken(&buffer, folded_length);
}

const char *text_fold_version(void)
{
	return utf8proc_unicode_version();
}

/* Bytes of the printable ASCII that text begins with. */
static size_t plain_length(const char *text)
{
	size_t length = 0;

	while (folds_alone((unsigned char)text[length]) && text[length] != 0x7f)
		length++;
	return length;
}

static bool is_plain(const char *text)
{
	return text[plain_length(text)] == '\0';
}

char *text_fold_case(const char *text)
{
	struct buffer buffer = {0};
	uint8_t *mapped = NULL;
	char *copy;

	if (is_plain(text)) {
		fold_plain(&buffer, text, strlen(text));
		return taken(&buffer, NULL);
	}
	utf8proc_map((const uint8_t *)text, 0, &mapped,
		UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
	if (!mapped)
		return memory_copy_string(text);
	copy = memory_copy_string((const char *)mapped);
	free(mapped);
	return copy;
}

/* Bytes at text, in steps of a word, that are ASCII and no NUL. */
static size_t plain_words(const char *text, size_t length)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;
	size_t at = 0;
	uint64_t word;

	for (; at + sizeof(word) <= length; at += sizeof(word)) {
		memcpy(&word, text + at, sizeof(word));
		if ((word | ((word - ones) & ~word)) & highs)
			break;
	}
	return at;
}

bool text_is_ascii(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	return true;
}

bool text_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool text_is_valid(const char *text, size_t length)
{
	size_t step;
	int32_t point;

	for (size_t at = plain_words(text, length); at < length; at += step) {
		if (text[at] == '\0')
			return false;
		step = next_point(text + at, length - at, &point);
		if (step == 1 && point == REPLACEMENT)
			return false;
		step += plain_words(text + at + step, length - at - step);
	}
	return true;
}

char *text_valid(const char *text, size_t length)
{
	struct buffer buffer = {0};
	size_t step;
	int32_t point;

	if (text_is_valid(text, length))
		return memory_copy_bytes(text, length);
	for (size_t at = 0; at < length; at += step) {
		step = next_point(text + at, length - at, &point);
		push_point(&buffer, point ? point : REPLACEMENT);
	}
	return taken(&buffer, NULL);
}

/* White_Space of Unicode's PropList. */
static bool is_blank(int32_t point)
{
	return point == ' ' || (point >= '\t' && point <= '\r') || point == 0x85 || point == 0xa0 ||
	       point == 0x1680 || (point >= 0x2000 && point <= 0x200a) || point == 0x2028 ||
	       point == 0x2029 || point == 0x202f || point == 0x205f || point == 0x3000;
}

size_t text_blank(const char *text)
{
	utf8proc_ssize_t step = 1;
	int32_t point = (unsigned char)*text;

	if ((unsigned char)*text >= 0x80)
		step = utf8proc_iterate((const uint8_t *)text, -1, &point);
	return step > 0 && is_blank(point) ? (size_t)step : 0;
}

size_t text_letter_or_digit(const char *text)
{
	int32_t point;
	utf8proc_ssize_t length = utf8proc_iterate((const uint8_t *)text, -1, &point);
	utf8proc_category_t category;

	if (length < 1)
		return 0;
	category = utf8proc_category(point);
	if (category == UTF8PROC_CATEGORY_ND)
		return (size_t)length;
	return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO ? (size_t)length
										    : 0;
}

/* Bytes of the blank that ends at end; 0 if none does. */
static size_t blank_before(const char *text, size_t end)
{
	size_t start = end - 1;
	int32_t point;

	while (start > 0 && end - start < 3 && ((unsigned char)text[start] & 0xc0) == 0x80)
		start--;
	if (next_point(text + start, end - start, &point) != end - start)
		return 0;
	return is_blank(point) ? end - start : 0;
}

char *text_trim(char *text)
{
	size_t end = strlen(text), begin = 0, blank;

	while ((blank = text_blank(text + begin)))
		begin += blank;
	while (end > begin && (blank = blank_before(text, end)))
		end -= blank;
	if (begin)
		memmove(text, text + begin, end - begin);
	text[end - begin] = '\0';
	return text;
}

static bool turns_text_around(int32_t point)
{
	return point == 0x61c || point == 0x200e || point == 0x200f ||
	       (point >= 0x2028 && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
}

static void push_code(struct buffer *buffer, int32_t point)
{
	static const char digits[] = "0123456789ABCDEF";
	char mark[6];
	size_t length = 0;

	mark[length++] = '<';
	for (int shift = point > 0xff ? 12 : 4; shift >= 0; shift -= 4)
		mark[length++] = digits[point >> shift & 0xf];
	mark[length++] = '>';
	buffer_add(buffer, mark, length);
}

static void push_printable(struct buffer *buffer, int32_t point)
{
	char caret[2] = {'^', 0};

	if (point == '\n' || point == '\r' || point == '\t') {
		buffer_add(buffer, " ", 1);
	} else if (point < 0x20 || point == 0x7f) {
		caret[1] = (char)(point ^ 0x40);
		buffer_add(buffer, caret, 2);
	} else if ((point >= 0x80 && point < 0xa0) || turns_text_around(point)) {
		push_code(buffer, point);
	} else {
		push_point(buffer, point);
	}
}

char *text_printable(const char *text)
{
	struct buffer buffer = {0};
	size_t length = strlen(text);
	int32_t point;

	if (is_plain(text))
		return memory_copy_bytes(text, length);
	for (size_t at = 0; at < length;) {
		size_t plain = plain_length(text + at);
		buffer_add(&buffer, text + at, plain);
		at += plain;
		if (at == length)
			break;
		at += next_point(text + at, length - at, &point);
		push_printable(&buffer, point);
	}
	return taken(&buffer, NULL);
}
