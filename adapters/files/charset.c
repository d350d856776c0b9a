#include "adapters/files/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"

static const char blanks[] = " \t\r\n\f";

struct charset {
	const char *name;
	const char *iconv; /* what means the same, the best first: with the letters of the makers */
	const char *labels; /* a blank between them */
};

/*
 * https://encoding.spec.whatwg.org/#names-and-labels. What browsers no longer read ("replacement")
 * is read here: a file does no harm by it, and its owner cannot write it anew.
 */
static const struct charset charsets[] = {
	{"UTF-8", "UTF-8",
		"unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8"},
	{"IBM866", "CP866 IBM866", "866 cp866 csibm866 ibm866"},
	{"ISO-8859-2", "ISO-8859-2",
		"csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 "
		"l2 latin2"},
	{"ISO-8859-3", "ISO-8859-3",
		"csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 "
		"l3 latin3"},
	{"ISO-8859-4", "ISO-8859-4",
		"csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 "
		"l4 latin4"},
	{"ISO-8859-5", "ISO-8859-5",
		"csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 "
		"iso_8859-5:1988"},
	{"ISO-8859-6", "ISO-8859-6",
		"arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 "
		"iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 "
		"iso_8859-6:1987"},
	{"ISO-8859-7", "ISO-8859-7",
		"csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 "
		"iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek"},
	{"ISO-8859-8", "ISO-8859-8",
		"csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 "
		"iso88598 iso_8859-8 iso_8859-8:1988 visual"},
	{"ISO-8859-8-I", "ISO-8859-8", "csiso88598i iso-8859-8-i logical"},
	{"ISO-8859-10", "ISO-8859-10",
		"csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6"},
	{"ISO-8859-13", "ISO-8859-13", "iso-8859-13 iso8859-13 iso885913"},
	{"ISO-8859-14", "ISO-8859-14", "iso-8859-14 iso8859-14 iso885914"},
	{"ISO-8859-15", "ISO-8859-15",
		"csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9"},
	{"ISO-8859-16", "ISO-8859-16", "iso-8859-16"},
	{"KOI8-R", "KOI8-R", "cskoi8r koi koi8 koi8-r koi8_r"},
	{"KOI8-U", "KOI8-RU KOI8-U", "koi8-ru koi8-u"},
	{"macintosh", "MACINTOSH MAC", "csmacintosh mac macintosh x-mac-roman"},
	{"windows-874", "CP874 TIS-620 ISO-8859-11",
		"dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874"},
	{"windows-1250", "CP1250 WINDOWS-1250", "cp1250 windows-1250 x-cp1250"},
	{"windows-1251", "CP1251 WINDOWS-1251", "cp1251 windows-1251 x-cp1251"},
	{"windows-1252", "CP1252 WINDOWS-1252",
		"ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 "
		"iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 "
		"x-cp1252"},
	{"windows-1253", "CP1253 WINDOWS-1253", "cp1253 windows-1253 x-cp1253"},
	{"windows-1254", "CP1254 WINDOWS-1254",
		"cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 "
		"iso_8859-9:1989 l5 latin5 windows-1254 x-cp1254"},
	{"windows-1255", "CP1255 WINDOWS-1255", "cp1255 windows-1255 x-cp1255"},
	{"windows-1256", "CP1256 WINDOWS-1256", "cp1256 windows-1256 x-cp1256"},
	{"windows-1257", "CP1257 WINDOWS-1257", "cp1257 windows-1257 x-cp1257"},
	{"windows-1258", "CP1258 WINDOWS-1258", "cp1258 windows-1258 x-cp1258"},
	{"x-mac-cyrillic", "MAC-UK MACUKRAINE MAC-CYRILLIC MACCYRILLIC",
		"x-mac-cyrillic x-mac-ukrainian"},
	{"GBK", "GB18030 GBK",
		"chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk"},
	{"gb18030", "GB18030", "gb18030"},
	{"Big5", "BIG5-HKSCS BIG5", "big5 big5-hkscs cn-big5 csbig5 x-x-big5"},
	{"EUC-JP", "EUC-JP-MS CP51932 EUC-JP", "cseucpkdfmtjapanese euc-jp x-euc-jp"},
	{"ISO-2022-JP", "ISO-2022-JP-MS CP50221 ISO-2022-JP", "csiso2022jp iso-2022-jp"},
	{"Shift_JIS", "CP932 SHIFT_JIS",
		"csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis"},
	{"EUC-KR", "CP949 UHC EUC-KR",
		"cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 "
		"ksc5601 ksc_5601 windows-949"},
	{"ISO-2022-KR", "ISO-2022-KR", "csiso2022kr iso-2022-kr"},
	{"ISO-2022-CN", "ISO-2022-CN-EXT ISO-2022-CN", "iso-2022-cn iso-2022-cn-ext"},
	{"HZ", "HZ", "hz-gb-2312"},
	{"UTF-16BE", "UTF-16BE", "unicodefffe utf-16be"},
	{"UTF-16LE", "UTF-16LE",
		"csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le"},
	{"UTF-32BE", "UTF-32BE", ""}, /* by its mark alone */
	{"UTF-32LE", "UTF-32LE", ""},
	{"x-user-defined", "CP1252 WINDOWS-1252", "x-user-defined"},
};

static bool has_label(const struct charset *charset, const char *label, size_t length)
{
	const char *at = charset->labels;

	while (*at) {
		size_t size = strcspn(at, " ");

		if (size == length && strncasecmp(at, label, length) == 0)
			return true;
		at += size + (at[size] == ' ');
	}
	return false;
}

const char *charset_of_label(const char *label, size_t length)
{
	while (length && memchr(blanks, label[0], sizeof(blanks) - 1)) {
		label++;
		length--;
	}
	while (length && memchr(blanks, label[length - 1], sizeof(blanks) - 1))
		length--;
	for (size_t i = 0; length && i < sizeof(charsets) / sizeof(charsets[0]); i++)
		if (has_label(&charsets[i], label, length))
			return charsets[i].name;
	return NULL;
}

/* The names by which iconv may know it, the best first, a blank between them. */
static const char *charset_iconv_names(const char *charset)
{
	for (size_t i = 0; i < sizeof(charsets) / sizeof(charsets[0]); i++)
		if (strcasecmp(charsets[i].name, charset) == 0)
			return charsets[i].iconv;
	return charset;
}

const char *charset_of_mark(const char *bytes, size_t length, size_t *mark_length)
{
	static const struct {
		const char *bytes;
		size_t length;
		const char *charset;
	} marks[] = {
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

static const char *html_skip_blanks(const char *at, const char *end)
{
	while (at < end && memchr(blanks, *at, sizeof(blanks) - 1))
		at++;
	return at;
}

static bool bytes_begin_with(const char *at, const char *end, const char *word)
{
	return (size_t)(end - at) >= strlen(word) && strncasecmp(at, word, strlen(word)) == 0;
}

/* What stands behind the first "charset=", quoted or up to a blank or ";". */
static const char *charset_in_value(const char *at, const char *end)
{
	for (; at < end; at++) {
		const char *value;
		char quote;

		if (!bytes_begin_with(at, end, "charset"))
			continue;
		value = html_skip_blanks(at + strlen("charset"), end);
		if (value == end || *value != '=')
			continue;
		value = html_skip_blanks(value + 1, end);
		quote = value < end && strchr("\"'", *value) ? *value++ : '\0';
		for (at = value; at < end && (quote ? *at != quote : !strchr(" \t\r\n\f;", *at));)
			at++;
		return charset_of_label(value, (size_t)(at - value));
	}
	return NULL;
}

const char *charset_of_content_type(const char *content_type)
{
	return content_type ? charset_in_value(content_type, content_type + strlen(content_type))
			    : NULL;
}

/* An attribute of a tag: its name and value as they stand. */
struct attribute {
	const char *name;
	size_t name_length;
	const char *value;
	size_t length;
};

/* The next attribute at or behind at, and where it ends; NULL at the end of the tag. */
static const char *next_attribute(const char *at, const char *end, struct attribute *attribute)
{
	while (at < end && strchr(" \t\r\n\f/", *at))
		at++;
	if (at == end || *at == '>')
		return NULL;
	*attribute = (struct attribute){.name = at};
	while (at < end && !(strchr(" \t\r\n\f/>", *at) || (*at == '=' && at > attribute->name)))
		at++;
	attribute->name_length = (size_t)(at - attribute->name);
	at = html_skip_blanks(at, end);
	attribute->value = at;
	if (at == end || *at != '=')
		return at;
	at = html_skip_blanks(at + 1, end);
	attribute->value = at;
	if (at < end && strchr("\"'", *at)) {
		const char *close = memchr(at + 1, *at, (size_t)(end - at - 1));

		attribute->value = at + 1;
		attribute->length = (size_t)((close ? close : end) - attribute->value);
		return close ? close + 1 : end;
	}
	while (at < end && !strchr(" \t\r\n\f>", *at))
		at++;
	attribute->length = (size_t)(at - attribute->value);
	return at;
}

static bool is_named(const struct attribute *attribute, const char *name)
{
	return attribute->name_length == strlen(name) &&
	       strncasecmp(attribute->name, name, attribute->name_length) == 0;
}

/* Of one <meta>, whose attributes begin at at: charset=, or content= of an http-equiv. */
static const char *charset_of_meta(const char *at, const char *end)
{
	const char *direct = NULL, *of_content = NULL;
	bool is_pragma = false;
	struct attribute attribute;

	while ((at = next_attribute(at, end, &attribute))) {
		const char *value_end = attribute.value + attribute.length;

		if (is_named(&attribute, "charset"))
			direct = charset_of_label(attribute.value, attribute.length);
		else if (is_named(&attribute, "content"))
			of_content = charset_in_value(attribute.value, value_end);
		else if (is_named(&attribute, "http-equiv"))
			is_pragma = bytes_begin_with(attribute.value, value_end, "content-type");
	}
	return direct ? direct : is_pragma ? of_content : NULL;
}

static const char *skip_tag(const char *at, const char *end)
{
	struct attribute attribute;

	while (at < end && !strchr(" \t\r\n\f/>", *at))
		at++;
	for (const char *next = at; next; next = next_attribute(next, end, &attribute))
		at = next;
	return at;
}

static const char *skip_comment(const char *at, const char *end)
{
	const char *close = memmem(at + 2, (size_t)(end - at - 2), "-->", 3);

	return close ? close + 3 : end;
}

/* "<?xml version="1.0" encoding="ISO-8859-2"?>", which begins the file or is none. */
static const char *charset_of_xml(const char *text, const char *end)
{
	struct attribute attribute;
	const char *at = text + strlen("<?xml"), *close = memchr(text, '>', (size_t)(end - text));

	if (!close)
		return NULL;
	while ((at = next_attribute(at, close, &attribute)))
		if (is_named(&attribute, "encoding"))
			return charset_of_label(attribute.value, attribute.length);
	return NULL;
}

static const char *find_declaration(const char *text, const char *end)
{
	const char *at = html_skip_blanks(text, end), *found = NULL;

	if (bytes_begin_with(at, end, "<?xml"))
		found = charset_of_xml(at, end);
	while (!found && at < end && (at = memchr(at, '<', (size_t)(end - at)))) {
		bool is_meta = bytes_begin_with(at, end, "<meta") && end - at > 5 &&
			       strchr(" \t\r\n\f/", at[5]);

		if (is_meta)
			found = charset_of_meta(at + 5, end);
		at = bytes_begin_with(at, end, "<!--") ? skip_comment(at, end)
						       : skip_tag(at + 1, end);
	}
	return found;
}

const char *charset_declared(const char *text, size_t length)
{
	const char *found = find_declaration(text, text + length);

	if (!found)
		return NULL;
	if (strncmp(found, "UTF-16", 6) == 0)
		return "UTF-8";
	return strcmp(found, "x-user-defined") == 0 ? "windows-1252" : found;
}

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
