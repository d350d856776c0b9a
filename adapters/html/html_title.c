#include "adapters/html/html_title.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/files/charset.h"
#include "adapters/files/decoder.h"
#include "adapters/html/html_mender.h"
#include "adapters/html/html_parser.h"
#include "domain/bookmarks/bookmark.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"

#define TITLE_MAX 4096
#define PIECE     4096

/* How much of a page browsers look through for its charset. */
#define LOOKED_AT 1024

struct search {
	struct buffer text;
	bool inside;
	bool found;
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

static void on_start(void *self, const char *name, const char *const *attributes, long line)
{
	struct search *search = self;

	(void)attributes, (void)line;
	if (search->inside)
		search->found = true;
	search->inside = !search->found && strcmp(name, "title") == 0;
}

static void on_end(void *self, const char *name)
{
	struct search *search = self;

	(void)name;
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
static enum status look(struct search *search, const char *html, size_t length, struct error *error)
{
	struct html_parser *parser = html_parser_new(&events, search, error);
	enum status status = parser ? STATUS_OK : STATUS_IO;

	for (size_t at = 0; at < length && status == STATUS_OK && !search->found; at += PIECE) {
		size_t piece = length - at < PIECE ? length - at : PIECE;

		status = html_parser_feed(parser, html + at, piece, at + piece == length, error);
	}
	html_parser_free(parser);
	return status == STATUS_INVALID ? STATUS_OK : status;
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
	struct html_mender mender = {0};
	struct buffer decoded = {0}, mended = {0}, collapsed = {0};
	enum status status;

	decode(page, length, content_type, &decoded);
	html_mender_add(&mender, buffer_text(&decoded), decoded.length, true, &mended);
	status = look(&search, buffer_text(&mended), mended.length, error);
	collapse(&search.text, &collapsed);
	*title = bookmark_clean_title(buffer_text(&collapsed));
	html_mender_finish(&mender);
	buffer_finish(&decoded);
	buffer_finish(&mended);
	buffer_finish(&search.text);
	buffer_finish(&collapsed);
	return status;
}
