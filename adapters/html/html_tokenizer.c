#include "adapters/html/html_tokenizer.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "adapters/html/xml_library.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"

/* No reference is longer. */
#define HTML_REFERENCE_MAX 40

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
	char bytes[TEXT_POINT_MAX];

	buffer_add(out, bytes, text_encode((int32_t)point, bytes));
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

/*
 * Adds the character that a reference at "&" stands for: by its number or by a name of HTML 4,
 * whose ";" has to be there (WHATWG HTML, 13.2.5.72–80): what is no character becomes U+FFFD, and
 * 128–159 what they were meant to be in Windows-1252. Returns its length; 0 if it is none.
 */
static size_t html_reference_decode(const char *at, const char *end, struct buffer *out)
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

#define TAG_MAX        (16u << 20)
#define ATTRIBUTES_MAX 256

static const char blanks[] = " \t\n\f\r";

/* What is being passed over, up to its mark. */
enum skipping { SKIP_NOTHING, SKIP_COMMENT, SKIP_DECLARATION };

/* How far the end of a tag was looked for. */
struct tag_scan {
	size_t length;
	bool value_next; /* a quote would begin a value */
	char quote;      /* the one that ends it; 0: none is open */
};

struct html_tokenizer {
	const struct html_events *events;
	void *self;
	struct buffer held; /* what cannot be told yet: the beginning of a tag or a reference */
	long line;
	bool is_stopped;
	bool is_self_closing; /* the tag that is told of */
	struct tag_scan scan;
	enum skipping skipping;
	enum html_content content;
	struct buffer name;   /* of the tag */
	struct buffer raw;    /* the name of the element whose content is no markup */
	struct buffer values; /* names and values of a tag's attributes, a NUL behind each */
	size_t starts[ATTRIBUTES_MAX * 2];
	const char *attributes[ATTRIBUTES_MAX * 2 + 1];
	struct buffer text; /* decoded */
};

struct html_tokenizer *html_tokenizer_new(const struct html_events *events, void *self)
{
	struct html_tokenizer *tokenizer = memory_new(sizeof(*tokenizer));

	tokenizer->events = events;
	tokenizer->self = self;
	tokenizer->line = 1;
	return tokenizer;
}

void html_tokenizer_free(struct html_tokenizer *tokenizer)
{
	if (!tokenizer)
		return;
	buffer_finish(&tokenizer->held);
	buffer_finish(&tokenizer->name);
	buffer_finish(&tokenizer->raw);
	buffer_finish(&tokenizer->values);
	buffer_finish(&tokenizer->text);
	free(tokenizer);
}

void html_tokenizer_set_content(struct html_tokenizer *tokenizer, enum html_content content)
{
	tokenizer->content = content;
	buffer_clear(&tokenizer->raw);
	buffer_add(&tokenizer->raw, tokenizer->name.text, tokenizer->name.length);
}

bool html_tokenizer_is_self_closing(const struct html_tokenizer *tokenizer)
{
	return tokenizer->is_self_closing;
}

void html_tokenizer_stop(struct html_tokenizer *tokenizer)
{
	tokenizer->is_stopped = true;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_html_blank(char c)
{
	return c && strchr(blanks, c);
}

static void count_lines(struct html_tokenizer *tokenizer, const char *at, const char *end)
{
	while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
		tokenizer->line++;
		at++;
	}
}

/*
 * Adds a text with its references decoded and its line ends as line feeds. Returns where it had to
 * stop because the end of a reference may still come.
 */
static const char *tokenizer_decode(
	const char *at, const char *end, bool references, bool last, struct buffer *out)
{
	while (at < end) {
		const char *start = at;
		size_t length = 0;

		while (at < end && *at != '\r' && (*at != '&' || !references))
			at++;
		buffer_add(out, start, (size_t)(at - start));
		if (at == end)
			break;
		if (*at == '\r') {
			if (end - at == 1 && !last)
				break;
			buffer_add_char(out, '\n');
			at += end - at > 1 && at[1] == '\n' ? 2 : 1;
			continue;
		}
		if (!last && (size_t)(end - at) < HTML_REFERENCE_MAX)
			break;
		length = html_reference_decode(at, end, out);
		if (!length)
			buffer_add_char(out, *at);
		at += length ? length : 1;
	}
	return at;
}

/* Returns where it stopped: at the end, or before what may be the beginning of a reference. */
static const char *emit_text(
	struct html_tokenizer *tokenizer, const char *at, const char *end, bool last)
{
	const char *stopped;

	buffer_clear(&tokenizer->text);
	stopped = tokenizer_decode(
		at, end, tokenizer->content != HTML_RAWTEXT, last, &tokenizer->text);
	count_lines(tokenizer, at, stopped);
	if (tokenizer->text.length && tokenizer->events->text)
		tokenizer->events->text(
			tokenizer->self, tokenizer->text.text, tokenizer->text.length);
	return stopped;
}

/*
 * Behind the ">" of the tag at at; NULL if it is not there yet: then what was looked at is not
 * looked at again. Quotes count behind "=" only.
 */
static const char *tag_end(struct html_tokenizer *tokenizer, const char *at, const char *end)
{
	struct tag_scan *scan = &tokenizer->scan;

	for (const char *c = at + scan->length + 1; c < end; c++) {
		if (scan->quote) {
			c = memchr(c, scan->quote, (size_t)(end - c));
			if (!c)
				break;
			scan->quote = '\0';
		} else if (*c == '>') {
			*scan = (struct tag_scan){0};
			return c + 1;
		} else if (scan->value_next && (*c == '"' || *c == '\'')) {
			scan->quote = *c;
		}
		if (!is_html_blank(*c))
			scan->value_next = *c == '=';
	}
	scan->length = (size_t)(end - at) - 1;
	return NULL;
}

static size_t add_lower(struct buffer *out, const char *from, const char *to)
{
	size_t start = out->length;

	for (; from < to; from++)
		buffer_add_char(out, *from >= 'A' && *from <= 'Z' ? (char)(*from | 0x20) : *from);
	buffer_add_char(out, '\0');
	return start;
}

static size_t add_value(struct buffer *out, const char *from, const char *to)
{
	size_t start = out->length;

	tokenizer_decode(from, to, true, true, out);
	buffer_add_char(out, '\0');
	return start;
}

/* The value behind "=", quoted or up to a blank or the tag's end. Returns where it goes on. */
static const char *take_value(const char *at, const char *end, size_t *start, struct buffer *out)
{
	const char *from, *close;

	while (at < end && is_html_blank(*at))
		at++;
	if (at < end && (*at == '"' || *at == '\'')) {
		from = at + 1;
		close = memchr(from, *at, (size_t)(end - from));
		*start = add_value(out, from, close ? close : end);
		return close ? close + 1 : end;
	}
	for (from = at; at < end && !is_html_blank(*at);)
		at++;
	*start = add_value(out, from, at);
	return at;
}

/* The attributes of a tag, from behind its name up to its ">". */
static void take_attributes(struct html_tokenizer *tokenizer, const char *at, const char *end)
{
	size_t count = 0;

	buffer_clear(&tokenizer->values);
	while (count < ATTRIBUTES_MAX) {
		const char *name, *behind;

		while (at < end && (is_html_blank(*at) || *at == '/'))
			at++;
		if (at == end)
			break;
		for (name = at++; at < end && !is_html_blank(*at) && *at != '/' && *at != '=';)
			at++;
		tokenizer->starts[count * 2] = add_lower(&tokenizer->values, name, at);
		for (behind = at; behind < end && is_html_blank(*behind);)
			behind++;
		if (behind < end && *behind == '=')
			at = take_value(behind + 1, end, &tokenizer->starts[count * 2 + 1],
				&tokenizer->values);
		else
			tokenizer->starts[count * 2 + 1] = add_value(&tokenizer->values, at, at);
		count++;
	}
	for (size_t i = 0; i < count * 2; i++)
		tokenizer->attributes[i] = tokenizer->values.text + tokenizer->starts[i];
	tokenizer->attributes[count * 2] = NULL;
}

static void emit_tag(struct html_tokenizer *tokenizer, const char *at, const char *end)
{
	const struct html_events *events = tokenizer->events;
	bool is_end = at[1] == '/';
	const char *name = at + 1 + is_end, *behind = name;

	while (behind < end - 1 && !is_html_blank(*behind) && *behind != '/')
		behind++;
	buffer_clear(&tokenizer->name);
	add_lower(&tokenizer->name, name, behind);
	if (is_end) {
		tokenizer->content = HTML_MARKUP;
		if (events->end)
			events->end(tokenizer->self, tokenizer->name.text);
	} else if (events->start) {
		tokenizer->is_self_closing = end - at > 2 && end[-2] == '/';
		take_attributes(tokenizer, behind, end - 1);
		events->start(tokenizer->self, tokenizer->name.text, tokenizer->attributes,
			tokenizer->line);
	}
	count_lines(tokenizer, at, end);
}

/* Within raw text only the end tag of its element counts. */
static bool ends_content(const struct html_tokenizer *tokenizer, const char *at, const char *end)
{
	size_t length = tokenizer->raw.length - 1; /* without the NUL */

	if (tokenizer->content == HTML_MARKUP)
		return true;
	return (size_t)(end - at) > length + 2 && at[1] == '/' &&
	       strncasecmp(at + 2, tokenizer->raw.text, length) == 0 &&
	       (is_html_blank(at[2 + length]) || strchr("/>", at[2 + length]));
}

/* How far must be seen at a "<" to tell what it begins. */
static size_t look_ahead(const struct html_tokenizer *tokenizer)
{
	return tokenizer->content == HTML_MARKUP ? 4 : tokenizer->raw.length + 3;
}

/*
 * What a "<" begins, which is there as far as has to be seen: returns where it ends, at if the rest
 * of it is missing.
 */
static const char *take_markup(struct html_tokenizer *tokenizer, const char *at, const char *end)
{
	bool is_tag = end - at > 1 &&
		      (is_letter(at[1]) || (at[1] == '/' && end - at > 2 && is_letter(at[2])));
	const char *behind;

	if (is_tag && ends_content(tokenizer, at, end)) {
		behind = tag_end(tokenizer, at, end);
		if (!behind)
			return at;
		emit_tag(tokenizer, at, behind);
		return behind;
	}
	if (tokenizer->content == HTML_MARKUP && end - at > 1 && strchr("!?/", at[1]) && at[1]) {
		bool is_comment = end - at > 3 && memcmp(at, "<!--", 4) == 0;

		tokenizer->skipping = is_comment ? SKIP_COMMENT : SKIP_DECLARATION;
		return at + (is_comment ? 2 : 1);
	}
	emit_text(tokenizer, at, at + 1, true);
	return at + 1;
}

/* Passes over a comment or a declaration; what may be the beginning of its end stays. */
static const char *skip(struct html_tokenizer *tokenizer, const char *at, const char *end)
{
	const char *mark = tokenizer->skipping == SKIP_COMMENT ? "-->" : ">";
	size_t length = strlen(mark);
	const char *found = memmem(at, (size_t)(end - at), mark, length);
	const char *stop = found ? found + length : end - at < 2 ? at : end - 2;

	count_lines(tokenizer, at, stop);
	if (found)
		tokenizer->skipping = SKIP_NOTHING;
	return stop;
}

/* Takes what can be told; returns where that ends. */
static const char *take_all(
	struct html_tokenizer *tokenizer, const char *at, const char *end, bool last)
{
	while (at < end && !tokenizer->is_stopped) {
		const char *tag, *stopped;

		if (tokenizer->skipping) {
			at = skip(tokenizer, at, end);
			if (tokenizer->skipping)
				return at;
			continue;
		}
		tag = memchr(at, '<', (size_t)(end - at));
		stopped = emit_text(tokenizer, at, tag ? tag : end, last || tag);
		if (!tag || tokenizer->is_stopped)
			return stopped;
		if (!last && (size_t)(end - tag) < look_ahead(tokenizer))
			return tag;
		at = take_markup(tokenizer, tag, end);
		if (at == tag)
			return tag;
	}
	return tokenizer->is_stopped ? end : at;
}

enum status html_tokenizer_feed(struct html_tokenizer *tokenizer, const char *bytes, size_t length,
	bool last, struct error *error)
{
	struct buffer *held = &tokenizer->held;
	const char *rest, *end;

	buffer_add(held, bytes, length);
	end = buffer_text(held) + held->length;
	rest = take_all(tokenizer, held->text, end, last);
	held->length = last ? 0 : (size_t)(end - rest);
	memmove(held->text, rest, held->length);
	if (held->length <= TAG_MAX)
		return STATUS_OK;
	return error_fail(STATUS_INVALID, error, "line %ld: a tag of more than %u MiB",
		tokenizer->line, TAG_MAX >> 20);
}

const char *html_attribute(const char *const *attributes, const char *name)
{
	for (; *attributes; attributes += 2)
		if (strcmp(attributes[0], name) == 0)
			return attributes[1];
	return NULL;
}
