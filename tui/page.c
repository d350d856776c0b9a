#include "tui/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "tui/marks.h"
#include "tui/progress.h"

static struct page_line *page_add_line(struct page *page, char *text, enum style style)
{
	page->lines = memory_grow(page->lines, page->count, &page->capacity, sizeof(*page->lines));
	struct page_line *line = &page->lines[page->count++];
	*line = (struct page_line){.text = text, .style = style};
	return line;
}

/* Bytes of text that go into a row of this many columns: up to the last blank that fits. */
static size_t row_of(const char *text, size_t columns)
{
	size_t fit = text_fit(text, columns);

	if (text[fit] == '\0' || text[fit] == ' ')
		return fit;
	for (size_t at = fit; at > 0; at--) {
		if (text[at - 1] == ' ')
			return at;
	}
	return fit > 0 ? fit : text_cluster(text);
}

static void add_wrapped(
	struct page *page, const char *text, size_t columns, enum style style, unsigned place)
{
	char *displayable = text_displayable(text);
	const char *at = displayable;

	do {
		size_t length = row_of(at, columns ? columns : 1);
		page_add_line(page, memory_copy_bytes(at, length), style)->place = place;
		at += length;
		while (*at == ' ')
			at++;
	} while (*at);
	free(displayable);
}

static void add_paragraphs(
	struct page *page, const char *text, size_t columns, enum style style, unsigned place)
{
	while (true) {
		size_t length = strcspn(text, "\n");
		char *line = memory_copy_bytes(text, length);
		add_wrapped(page, line, columns, style, place);
		free(line);
		if (text[length] == '\0')
			return;
		text += length + 1;
	}
}

static size_t prose(const struct page *page)
{
	return page->columns > PROSE_COLUMNS ? PROSE_COLUMNS
	       : page->columns > 0           ? (size_t)page->columns
					     : 1;
}

void page_start(struct page *page, int columns)
{
	page_finish(page);
	page->columns = columns;
}

void page_finish(struct page *page)
{
	for (size_t i = 0; i < page->count; i++) {
		free(page->lines[i].label);
		free(page->lines[i].text);
	}
	free(page->lines);
	*page = (struct page){0};
}

#define FOLD_GAP   4
#define FOLDS_MOST 3

void page_fold(struct page *page, int least)
{
	page->folds = FOLDS_MOST;
	while (page->folds > 1 && (page->columns + FOLD_GAP) / page->folds - FOLD_GAP < least)
		page->folds--;
	page->columns = (page->columns + FOLD_GAP) / page->folds - FOLD_GAP;
}

size_t page_rows(const struct page *page)
{
	size_t folds = page->folds > 1 ? (size_t)page->folds : 1;

	return (page->count + folds - 1) / folds;
}

void page_blank(struct page *page)
{
	page_add_line(page, memory_copy_string(""), STYLE_TEXT);
}

void page_heading(struct page *page, const char *text)
{
	if (page->count > 0)
		page_blank(page);
	page_add(page, text, STYLE_HEADING, 0);
}

void page_add(struct page *page, const char *text, enum style style, unsigned place)
{
	add_paragraphs(page, text, prose(page), style, place);
}

#define LABELLED_LEAST 12

void page_add_labelled(struct page *page, const char *label, enum style label_style, int width,
	const char *text, enum style style)
{
	size_t first = page->count;
	int room = page->columns - width;

	/* A label that is too wide for its place has a line of its own; in a narrow page each. */
	if (room < LABELLED_LEAST) {
		width = 2;
		room = page->columns - width;
	}
	char *shown = text_displayable(label);
	if ((int)text_width(shown) >= width) {
		page_add_line(page, shown, label_style);
		add_paragraphs(page, text, room > 8 ? (size_t)room : 8, style, 0);
		for (size_t i = first + 1; i < page->count; i++)
			page->lines[i].label_width = width;
		return;
	}
	add_paragraphs(page, text, room > 8 ? (size_t)room : 8, style, 0);
	for (size_t i = first; i < page->count; i++)
		page->lines[i].label_width = width;
	page->lines[first].label = shown;
	page->lines[first].label_style = label_style;
}

#define BAR_COLUMNS 48

void page_add_bar(struct page *page, size_t done, size_t total)
{
	struct page_line *line = page_add_line(page, memory_copy_string(""), STYLE_TEXT);

	line->done = done;
	line->total = total;
}

static void draw_line(const struct page_line *line, struct canvas *canvas, const struct area *area,
	int row, const struct query *query)
{
	if (line->total > 0)
		progress_bar_draw(line->done, line->total, canvas, area, row, 0,
			area->columns < BAR_COLUMNS ? area->columns : BAR_COLUMNS);
	if (line->label)
		canvas_write(canvas, area, row, 0, line->label, line->label_style, false);
	canvas_write_displayable(
		canvas, area, row, line->label_width, line->text, strlen(line->text), line->style);
	if (query && line->place)
		marks_draw(query, (enum place)line->place, line->text, canvas, area, row,
			line->label_width, area->columns);
}

void page_draw(const struct page *page, size_t top, struct canvas *canvas, const struct area *area,
	const struct query *query)
{
	size_t rows = page_rows(page);
	struct area part = *area;

	if (page->folds > 1)
		part.columns = page->columns;
	for (int fold = 0; fold < page->folds || fold == 0; fold++) {
		for (int row = 0; row < area->rows && top + (size_t)row < rows; row++) {
			size_t line = (size_t)fold * rows + top + (size_t)row;
			if (line < page->count)
				draw_line(&page->lines[line], canvas, &part, row, query);
		}
		part.column += page->columns + FOLD_GAP;
	}
}

void pager_finish(struct pager *pager)
{
	free(pager->text);
	free(pager->filter);
	*pager = (struct pager){0};
}

void pager_open(struct pager *pager, enum pager_topic topic, const char *heading)
{
	pager_finish(pager);
	pager->topic = topic;
	snprintf(pager->heading, sizeof(pager->heading), "%s", heading);
}

void pager_filter(struct pager *pager, const char *text)
{
	free(pager->filter);
	pager->filter = memory_copy_string(text);
	pager->scroll = (struct scroll){0};
}

static bool holds(const struct page_line *line, const char *folded)
{
	char *whole = memory_print("%s %s", line->label ? line->label : "", line->text);
	char *text = text_fold(whole, strlen(whole), NULL);
	bool found = strstr(text, folded) != NULL;

	free(text);
	free(whole);
	return found;
}

void pager_sift(const struct pager *pager, struct page *page)
{
	size_t kept = 0;

	if (!pager->filter || !*pager->filter)
		return;
	char *folded = text_fold(pager->filter, strlen(pager->filter), NULL);
	for (size_t i = 0; i < page->count; i++) {
		if (holds(&page->lines[i], folded)) {
			page->lines[kept++] = page->lines[i];
		} else {
			free(page->lines[i].label);
			free(page->lines[i].text);
		}
	}
	page->count = kept;
	free(folded);
}
