#include "adapters/html/html_title.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/files/charset.h"
#include "adapters/files/decoder.h"
#include "adapters/html/html_tokenizer.h"
#include "domain/bookmarks/bookmark.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"

#define TITLE_MAX 4096
#define PIECE     4096

/* How much of a page browsers look through for its charset. */
#define LOOKED_AT 1024

struct search {
	struct html_tokenizer *tokenizer;
	struct buffer text;
	struct buffer og_title; /* what <meta property="og:title"> says */
	bool inside;
	bool found;
	int foreign; /* how deep within elements whose titles are not the page's */
};

static struct decoder *choose_decoder(const char *page, size_t length, const char *content_type)
{
	const char *charset = charset_of_content_type(content_type);
	struct decoder *decoder = NULL;

	if (!charset)
		charset = charset_declared(page, length < LOOKED_AT ? length : LOOKED_AT);
	if (charset)
		decoder = decoder_new(charset, true);
	if (!decoder)
		decoder = decoder_new(text_is_valid(page, length) ? "UTF-8" : "WINDOWS-1252", true);
	return decoder;
}

static void decode(const char *page, size_t length, const char *content_type, struct buffer *out)
{
	size_t mark = 0;
	const char *charset = charset_of_mark(page, length, &mark);
	struct decoder *decoder =
		charset ? decoder_new(charset, true) : choose_decoder(page, length, content_type);

	if (decoder)
		decoder_add(decoder, page + mark, length - mark, true, out);
	decoder_free(decoder);
}

/* A drawing's title is its own, and what is in a template is not there yet. */
static bool is_foreign(const char *name)
{
	static const char *const names[] = {"svg", "math", "template"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* As browsers read them with scripting on (WHATWG HTML, 13.2.6.4). */
static enum html_content content_of(const char *name)
{
	static const char *const raw[] = {
		"script", "style", "noscript", "iframe", "xmp", "noembed", "noframes"};

	if (strcmp(name, "title") == 0 || strcmp(name, "textarea") == 0)
		return HTML_RCDATA;
	for (size_t i = 0; i < sizeof(raw) / sizeof(raw[0]); i++)
		if (strcmp(raw[i], name) == 0)
			return HTML_RAWTEXT;
	return HTML_MARKUP;
}

static void keep_og_title(struct search *search, const char *const *attributes)
{
	const char *property = html_attribute(attributes, "property");
	const char *content = html_attribute(attributes, "content");

	if (property && content && strcmp(property, "og:title") == 0 && !search->og_title.length)
		buffer_add(&search->og_title, content, strnlen(content, TITLE_MAX));
}

static void on_start(void *self, const char *name, const char *const *attributes, long line)
{
	struct search *search = self;

	(void)line;
	search->foreign += is_foreign(name);
	if (search->foreign)
		return;
	html_tokenizer_set_content(search->tokenizer, content_of(name));
	if (strcmp(name, "meta") == 0)
		keep_og_title(search, attributes);
	search->inside = !search->found && strcmp(name, "title") == 0;
}

static void on_end(void *self, const char *name)
{
	struct search *search = self;

	search->foreign -= search->foreign > 0 && is_foreign(name);
	search->found = search->found || search->inside;
	search->inside = false;
}

static void on_text(void *self, const char *text, size_t length)
{
	struct search *search = self;

	if (search->inside && search->text.length + length <= TITLE_MAX)
		buffer_add(&search->text, text, length);
}

static const struct html_events events = {
	.start = on_start,
	.end = on_end,
	.text = on_text,
};

/* In pieces, so that what stands behind the title is not read. */
static void look(struct search *search, const char *html, size_t length)
{
	search->tokenizer = html_tokenizer_new(&events, search);
	for (size_t at = 0; at < length && !search->found; at += PIECE) {
		size_t piece = length - at < PIECE ? length - at : PIECE;

		if (html_tokenizer_feed(
			    search->tokenizer, html + at, piece, at + piece == length, NULL))
			break;
	}
	html_tokenizer_free(search->tokenizer);
}

/* As a browser shows it: any run of blanks and line ends is one blank. */
static void collapse(struct buffer *from, struct buffer *to)
{
	const char *at = buffer_text(from);

	while (*at) {
		size_t word = strcspn(at, " \t\r\n\f");

		buffer_add(to, at, word);
		at += word;
		if (*at)
			buffer_add_char(to, ' ');
		at += strspn(at, " \t\r\n\f");
	}
}

enum status html_title_read(const char *page, size_t length, const char *content_type, char **title,
	struct error *error)
{
	struct search search = {0};
	struct buffer decoded = {0}, collapsed = {0};

	(void)error;
	decode(page, length, content_type, &decoded);
	look(&search, buffer_text(&decoded), decoded.length);
	collapse(search.text.length ? &search.text : &search.og_title, &collapsed);
	*title = bookmark_clean_title(buffer_text(&collapsed));
	buffer_finish(&decoded);
	buffer_finish(&search.text);
	buffer_finish(&search.og_title);
	buffer_finish(&collapsed);
	return STATUS_OK;
}
