#include "adapters/files/decoder.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "adapters/files/charset.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"

#define REPLACEMENT       "\xef\xbf\xbd"
#define LONGEST_CHARACTER 16

struct decoder {
	iconv_t conversion;
	bool is_utf8;
	bool mend;
	char rest[LONGEST_CHARACTER]; /* the beginning of a character */
	size_t rest_length;
};

/* By the first of the names that iconv knows. */
static iconv_t open_conversion(const char *names)
{
	iconv_t conversion = (iconv_t)-1;

	while (*names && conversion == (iconv_t)-1) {
		size_t length = strcspn(names, " ");
		char *name = memory_copy_bytes(names, length);

		conversion = iconv_open("UTF-8", name);
		free(name);
		names += length + (names[length] == ' ');
	}
	return conversion;
}

struct decoder *decoder_new(const char *charset, bool mend)
{
	iconv_t conversion = open_conversion(charset_iconv_names(charset));
	struct decoder *decoder;

	if (conversion == (iconv_t)-1)
		return NULL;
	decoder = memory_new(sizeof(*decoder));
	decoder->conversion = conversion;
	decoder->is_utf8 = strcasecmp(charset, "UTF-8") == 0;
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

/* Bytes at the end that begin a UTF-8 character without ending it. */
static size_t unfinished(const char *bytes, size_t length)
{
	for (size_t back = 1; back <= 3 && back <= length; back++) {
		unsigned char c = (unsigned char)bytes[length - back];

		if (c >= 0xc0)
			return back < (c < 0xe0 ? 2u : c < 0xf0 ? 3u : 4u) ? back : 0;
		if (c < 0x80)
			break;
	}
	return 0;
}

/* UTF-8 that needs no mending is passed on as it is. */
static size_t pass_or_convert(
	struct decoder *decoder, const char *bytes, size_t length, struct buffer *out)
{
	size_t rest = unfinished(bytes, length);

	if (!decoder->is_utf8 || !text_is_valid(bytes, length - rest))
		return convert(decoder, bytes, length, out);
	buffer_add(out, bytes, length - rest);
	return rest;
}

static void add_with_rest(
	struct decoder *decoder, const char *bytes, size_t length, struct buffer *out)
{
	struct buffer whole = {0};
	size_t left;

	buffer_add(&whole, decoder->rest, decoder->rest_length);
	buffer_add(&whole, bytes, length);
	left = pass_or_convert(decoder, whole.text, whole.length, out);
	memcpy(decoder->rest, whole.text + whole.length - left, left);
	decoder->rest_length = left;
	buffer_finish(&whole);
}

void decoder_add(
	struct decoder *decoder, const char *bytes, size_t length, bool last, struct buffer *out)
{
	if (decoder->is_utf8 && !decoder->mend) {
		buffer_add(out, bytes, length);
		return;
	}
	add_with_rest(decoder, bytes, length, out);
	if (last && decoder->rest_length > 0) {
		buffer_add_string(out, REPLACEMENT);
		decoder->rest_length = 0;
	}
}
