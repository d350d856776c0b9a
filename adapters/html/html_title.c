#include "adapters/html/html_title.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "adapters/files/charset.h"
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
	struct buffer description;
	struct buffer og_description;
	bool whole_head; /* what is behind the title is looked for too */
	bool over;
	bool inside;
	bool found;
	int foreign;   /* how deep within elements whose titles are not the page's */
	int templates; /* of these */
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

static bool is_one_of(const char *name, const char *const *names)
{
	while (*names && strcmp(*names, name) != 0)
		names++;
	return *names != NULL;
}

/* A drawing's title is its own, and what is in a template is not there yet. */
static bool is_foreign(const char *name)
{
	static const char *const names[] = {"svg", "math", "template", NULL};

	return is_one_of(name, names);
}

/* What ends a drawing that was not closed (WHATWG HTML, 13.2.6.5). */
static bool ends_foreign(const char *name)
{
	static const char *const names[] = {"b", "big", "blockquote", "body", "br", "center",
		"code", "dd", "div", "dl", "dt", "em", "embed", "h1", "h2", "h3", "h4", "h5", "h6",
		"head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre",
		"ruby", "s", "small", "span", "strong", "strike", "sub", "sup", "table", "tt", "u",
		"ul", "var", NULL};

	return is_one_of(name, names);
}

/* As browsers read them with scripting on (WHATWG HTML, 13.2.6.4). */
static enum html_content content_of(const char *name)
{
	static const char *const raw[] = {"script", "style", "noscript", "iframe", "xmp", "noembed",
		"noframes", "plaintext", NULL};

	if (strcmp(name, "title") == 0 || strcmp(name, "textarea") == 0)
		return HTML_RCDATA;
	return is_one_of(name, raw) ? HTML_RAWTEXT : HTML_MARKUP;
}

/* As much as there is room for, cut between characters. */
static size_t fitting_length(const char *text, size_t length, size_t room)
{
	if (length > room)
		for (length = room; length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80;)
			length--;
	return length;
}

static void keep(struct buffer *text, const char *content)
{
	if (!text->length)
		buffer_add(text, content, fitting_length(content, strlen(content), TITLE_MAX));
}

static void keep_meta(struct search *search, const char *const *attributes)
{
	const char *property = html_attribute(attributes, "property");
	const char *name = html_attribute(attributes, "name");
	const char *content = html_attribute(attributes, "content");

	if (!content)
		return;
	if (property && strcmp(property, "og:title") == 0)
		keep(&search->og_title, content);
	else if (property && strcmp(property, "og:description") == 0)
		keep(&search->og_description, content);
	else if (name && strcasecmp(name, "description") == 0)
		keep(&search->description, content);
}

static bool buffer_is_blank(const struct buffer *text)
{
	return !text->length || strspn(text->text, " \t\r\n\f") == text->length;
}

static void search_stop(struct search *search)
{
	search->over = true;
	html_tokenizer_stop(search->tokenizer);
}

/* A page that has no title in its head may still have one. */
static void search_end_head(struct search *search)
{
	if (search->whole_head && search->found)
		search_stop(search);
}

static void search_on_start(void *self, const char *name, const char *const *attributes, long line)
{
	struct search *search = self;

	(void)line;
	if (search->foreign && !search->templates && ends_foreign(name))
		search->foreign = 0;
	if (is_foreign(name) && !html_tokenizer_is_self_closing(search->tokenizer)) {
		search->foreign++;
		search->templates += strcmp(name, "template") == 0;
	}
	if (search->foreign == search->templates) /* a drawing's scripts and titles are markup */
		html_tokenizer_set_content(search->tokenizer, content_of(name));
	if (search->foreign)
		return;
	if (strcmp(name, "meta") == 0)
		keep_meta(search, attributes);
	search->inside = strcmp(name, "title") == 0;
	if (strcmp(name, "body") == 0)
		search_end_head(search);
}

static void search_on_end(void *self, const char *name)
{
	struct search *search = self;

	if (search->foreign > 0 && is_foreign(name)) {
		search->foreign--;
		search->templates -= search->templates > 0 && strcmp(name, "template") == 0;
	}
	search->found = search->found || (search->inside && !buffer_is_blank(&search->text));
	search->inside = false;
	if (search->found && (!search->whole_head || search->description.length))
		search_stop(search);
	else if (!search->foreign && strcmp(name, "head") == 0)
		search_end_head(search);
}

static void search_on_text(void *self, const char *text, size_t length)
{
	struct search *search = self;

	if (search->inside)
		buffer_add(&search->text, text,
			fitting_length(text, length, TITLE_MAX - search->text.length));
}

static const struct html_events events = {
	.start = search_on_start,
	.end = search_on_end,
	.text = search_on_text,
};

/* In pieces, so that what stands behind the title is not read. */
static void search_feed(struct search *search, const char *html, size_t length)
{
	search->tokenizer = html_tokenizer_new(&events, search);
	for (size_t at = 0; at < length && !search->over; at += PIECE) {
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

static char *clean(struct buffer *text)
{
	struct buffer collapsed = {0};
	char *cleaned;

	collapse(text, &collapsed);
	cleaned = bookmark_clean_title(buffer_text(&collapsed));
	buffer_finish(&collapsed);
	return cleaned;
}

static void search_finish(struct search *search)
{
	buffer_finish(&search->text);
	buffer_finish(&search->og_title);
	buffer_finish(&search->description);
	buffer_finish(&search->og_description);
}

static void search_page(
	struct search *search, const char *page, size_t length, const char *content_type)
{
	struct buffer decoded = {0};

	decode(page, length, content_type, &decoded);
	search_feed(search, buffer_text(&decoded), decoded.length);
	buffer_finish(&decoded);
}

static char *title_of(struct search *search)
{
	return clean(buffer_is_blank(&search->text) ? &search->og_title : &search->text);
}

char *html_title_read(const char *page, size_t length, const char *content_type)
{
	struct search search = {0};
	char *title;

	search_page(&search, page, length, content_type);
	title = title_of(&search);
	search_finish(&search);
	return title;
}

void html_head_read(
	const char *page, size_t length, const char *content_type, struct html_head *head)
{
	struct search search = {.whole_head = true};

	search_page(&search, page, length, content_type);
	head->title = title_of(&search);
	head->description = clean(buffer_is_blank(&search.description) ? &search.og_description
								       : &search.description);
	search_finish(&search);
}

bool html_title_is_whole(const char *page, size_t length)
{
	struct search search = {0};

	search_feed(&search, page, length);
	search_finish(&search);
	return search.found;
}
