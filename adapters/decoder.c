#include "adapters/decoder.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/memory.h"

#define REPLACEMENT       "\xef\xbf\xbd"
#define LONGEST_CHARACTER 16

struct decoder {
	iconv_t conversion;
	bool passes; /* UTF-8 as it stands */
	bool mend;
	char rest[LONGEST_CHARACTER]; /* the beginning of a character */
	size_t rest_length;
};

struct mark {
	const char *bytes;
	size_t length;
	const char *charset;
};

const char *decoder_charset_of_mark(const char *bytes, size_t length, size_t *mark_length)
{
	static const struct mark marks[] = {
		{"\xef\xbb\xbf", 3, "UTF-8"},
		{"\xff\xfe\0\0", 4, "UTF-32LE"},
		{"\0\0\xfe\xff", 4, "UTF-32BE"},
		{"\xff\xfe", 2, "UTF-16LE"},
		{"\xfe\xff", 2, "UTF-16BE"},
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (length >= marks[i].length &&
			memcmp(bytes, marks[i].bytes, marks[i].length) == 0) {
			*mark_length = marks[i].length;
			return marks[i].charset;
		}
	}
	*mark_length = 0;
	return NULL;
}

struct decoder *decoder_new(const char *charset, bool mend)
{
	bool is_utf8 = strcasecmp(charset, "UTF-8") == 0 || strcasecmp(charset, "UTF8") == 0;
	iconv_t conversion = iconv_open("UTF-8", is_utf8 ? "UTF-8" : charset);
	struct decoder *decoder;

	if (conversion == (iconv_t)-1)
		return NULL;
	decoder = memory_new(sizeof(*decoder));
	decoder->conversion = conversion;
	decoder->passes = is_utf8 && !mend;
	decoder->mend = mend;
	return decoder;
}

void decoder_free(struct decoder *decoder)
{
	if (!decoder)
		return;
	iconv_close(decoder->conversion);
	free(decoder);
}

static void add_mended(
	const struct decoder *decoder, const char *text, size_t length, struct buffer *out)
{
	const char *nul;

	while (decoder->mend && (nul = memchr(text, '\0', length))) {
		buffer_add(out, text, (size_t)(nul - text));
		buffer_add_string(out, REPLACEMENT);
		length -= (size_t)(nul - text) + 1;
		text = nul + 1;
	}
	buffer_add(out, text, length);
}

/* Returns what is left: the beginning of a character. */
static size_t convert(struct decoder *decoder, const char *bytes, size_t length, struct buffer *out)
{
	char *from = (char *)bytes, piece[4096];

	while (length > 0) {
		char *to = piece;
		size_t room = sizeof(piece);
		size_t result = iconv(decoder->conversion, &from, &length, &to, &room);
		int error = errno;

		add_mended(decoder, piece, sizeof(piece) - room, out);
		if (result != (size_t)-1 || error == E2BIG)
			continue;
		if (error == EINVAL && length < LONGEST_CHARACTER / 2)
			break;
		buffer_add_string(out, REPLACEMENT);
		from++;
		length--;
	}
	return length;
}

static void add_with_rest(
	struct decoder *decoder, const char *bytes, size_t length, struct buffer *out)
{
	struct buffer whole = {0};
	size_t left;

	buffer_add(&whole, decoder->rest, decoder->rest_length);
	buffer_add(&whole, bytes, length);
	left = convert(decoder, whole.text, whole.length, out);
	memcpy(decoder->rest, whole.text + whole.length - left, left);
	decoder->rest_length = left;
	buffer_finish(&whole);
}

void decoder_add(
	struct decoder *decoder, const char *bytes, size_t length, bool last, struct buffer *out)
{
	if (decoder->passes) {
		buffer_add(out, bytes, length);
		return;
	}
	add_with_rest(decoder, bytes, length, out);
	if (last && decoder->rest_length > 0) {
		buffer_add_string(out, REPLACEMENT);
		decoder->rest_length = 0;
	}
}
