#include "domain/bookmarks/address_line.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/bookmarks/url.h"

static const char blanks[] = " \t\r\n\f\v";

/* The word at *at, moved behind it: up to a blank, or what stands in quotes. False at the end. */
static bool next_word(const char **at, struct buffer *word, bool *quoted)
{
	buffer_clear(word);
	*at += strspn(*at, blanks);
	*quoted = **at == '"';
	if (!**at)
		return false;
	if (!*quoted) {
		size_t length = strcspn(*at, blanks);

		buffer_add(word, *at, length);
		*at += length;
		return true;
	}
	for (++*at; **at && **at != '"'; ++*at) {
		if (**at == '\\' && (*at)[1])
			++*at;
		buffer_add_char(word, **at);
	}
	*at += **at == '"';
	return true;
}

/* Newsboat's own marks: the title has a "~" in front, "!" hides a feed from its list. */
static bool read_newsboat(struct address_line *line, const char *rest)
{
	struct buffer word = {0};
	const char *at = rest;
	bool quoted;

	if (!strstr(rest, "\"~"))
		return false;
	while (next_word(&at, &word, &quoted)) {
		const char *text = buffer_text(&word);

		if (quoted && text[0] == '~') {
			free(line->title);
			line->title = memory_copy_string(text + 1);
		} else if (strcmp(text, "!") != 0) {
			tag_set_add_list(&line->tags, text, NULL);
		}
	}
	buffer_finish(&word);
	return true;
}

static char *title_of(const char *rest)
{
	char *title;
	size_t length;

	if (*rest == '|')
		rest++;
	title = text_trim(memory_copy_string(rest));
	length = strlen(title);
	if (length > 1 && title[0] == '"' && title[length - 1] == '"') {
		title[length - 1] = '\0';
		memmove(title, title + 1, length - 1);
	}
	return title;
}

/* Prose has a first word too; so where more follows, an address has something of one. */
static bool is_address(const char *url)
{
	return url_has_scheme(url) || strpbrk(url, ".:/");
}

void address_line_read(struct address_line *line, const char *text)
{
	struct buffer url = {0};
	const char *rest = text;
	bool quoted;

	address_line_finish(line);
	line->title = memory_copy_string("");
	next_word(&rest, &url, &quoted);
	rest += strspn(rest, blanks);
	if (*rest && !is_address(buffer_text(&url))) {
		buffer_finish(&url);
		line->url = text_trim(memory_copy_string(text));
		return;
	}
	line->url = buffer_take(&url);
	if (!*rest || read_newsboat(line, rest))
		return;
	free(line->title);
	line->title = title_of(rest);
}

void address_line_finish(struct address_line *line)
{
	free(line->url);
	free(line->title);
	tag_set_finish(&line->tags);
	*line = (struct address_line){0};
}
