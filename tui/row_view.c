#include "tui/row_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/search/search.h"
#include "tui/relative_time.h"
#include "tui/link_words.h"
#include "tui/marks.h"

/* Where a row is drawn, and what is emphasised in it. */
struct drawing {
	struct canvas *canvas;
	const struct area *area;
	int line;
	const struct query *query;
};

/* The beginning of a text that may be long, made displayable. */
static char *shown(const char *text, int columns)
{
	size_t most = (size_t)columns * CELL_CHARACTERS * 4;
	size_t length = strnlen(text, most + 1);

	if (length <= most)
		return text_displayable(text);
	while (most > 0 && ((unsigned char)text[most] & 0xC0) == 0x80)
		most--;
	char *part = memory_copy_bytes(text, most);
	char *displayable = text_displayable(part);
	free(part);
	return displayable;
}

/* Draws a displayable text into a column of the row; returns the columns used. */
static int draw_shown(const struct drawing *drawing, int column, int width, const char *text,
	enum style style, enum place place)
{
	struct area cell = *drawing->area;

	if (column + width < cell.columns)
		cell.columns = column + width;
	int used = canvas_write_cut(drawing->canvas, &cell, drawing->line, column, text, style);
	marks_draw(drawing->query, place, text, drawing->canvas, &cell, drawing->line, column,
		column + used);
	return used;
}

/* A longer text is not looked at as a whole. */
#define SHORT_BYTES 256

static int draw_text(const struct drawing *drawing, int column, int width, const char *text,
	enum style style, enum place place)
{
	bool plain = strnlen(text, SHORT_BYTES) < SHORT_BYTES && text_is_plain(text);
	char *made = plain ? NULL : shown(text, width + 1);
	int used = draw_shown(drawing, column, width, made ? made : text, style, place);

	free(made);
	return used;
}

const char *row_view_without_scheme(const char *url)
{
	const char *rest = strstr(url, "://");

	return rest && rest[3] ? rest + 3 : url;
}

/* How far into a long text a match is looked for, to be shown. */
#define LOOKED_AT 4096

/* Where a displayable text has its first match; false if nowhere. */
static bool first_match(
	const struct query *query, enum place place, const char *text, struct text_range *range)
{
	return query && query_marks(query, place, text, range, 1) > 0;
}

static bool has_match(const struct query *query, enum place place, const char *text)
{
	struct text_range range;

	if (!query)
		return false;
	char *part = memory_copy_bytes(text, strnlen(text, LOOKED_AT));
	bool found = first_match(query, place, part, &range);

	free(part);
	return found;
}

/* From a little before the match on, behind an ellipsis; yours to free. */
static char *from_match(const char *text, const struct text_range *match, int width)
{
	size_t at = match->begin;
	int before = 0;

	while (at > 0 && before < width / 3) {
		at -= text_cluster_before(text, at);
		before++;
	}
	return memory_print("…%s", text + at);
}

/* As draw_text(), but begun later where a match would be cut off. */
static int draw_matched(const struct drawing *drawing, int column, int width, const char *text,
	enum style style, enum place place)
{
	struct text_range match;

	if (!drawing->query)
		return draw_text(drawing, column, width, text, style, place);
	char *part = memory_copy_bytes(text, strnlen(text, LOOKED_AT));
	char *displayable = text_displayable(part);
	bool cut = first_match(drawing->query, place, displayable, &match) &&
		   text_fit(displayable, (size_t)width) < match.end;
	char *later = cut ? from_match(displayable, &match, width) : NULL;
	int used = draw_shown(drawing, column, width, later ? later : displayable, style, place);

	free(later);
	free(displayable);
	free(part);
	return used;
}

/* Notes with the host behind them; the address where it is what matched, or where there are none.
 */
static void draw_notes(const struct drawing *drawing, const struct row *row, int column, int width)
{
	const struct query *query = drawing->query;
	const char *address = row_view_without_scheme(row->url);

	if (!*row->notes && !*row->title)
		return; /* the address stands in the title's place already */
	bool for_address = query && *row->title && !has_match(query, IN_TITLE, row->title) &&
			   !has_match(query, IN_NOTES, row->notes) &&
			   has_match(query, IN_URL, address);
	if (!*row->notes || for_address) {
		draw_matched(drawing, column, width, address, STYLE_DIM, IN_URL);
		return;
	}
	int used = draw_matched(drawing, column, width, row->notes, STYLE_TEXT, IN_NOTES);
	int host = (int)strcspn(address, "/?#");
	if (used + 2 + host > width)
		return;
	char *name = memory_copy_bytes(address, (size_t)host);
	draw_text(drawing, column + used + 2, width - used - 2, name, STYLE_DIM, IN_URL);
	free(name);
}

/* Where the tags of a row stand: those that match first, as many as fit whole. */
#define TAGS_SHOWN 64

struct tag_slot {
	const char *tag;
	size_t length;
	char *text; /* "#tag", displayable */
	int column;
	int width;
	bool matches;
};

static char *with_sign(const char *tag, size_t length)
{
	char *name = memory_new(length + 2);

	name[0] = '#';
	memcpy(name + 1, tag, length);
	return name;
}

static size_t slots_of_tags(
	const struct query *query, const char *tags, int width, struct tag_slot *slots)
{
	size_t count = 0;

	for (int matches = query ? 1 : 0; matches >= 0; matches--) {
		for (const char *tag = tags; *tag && count < TAGS_SHOWN;) {
			size_t length = strcspn(tag, ",");
			char *name = with_sign(tag, length);
			bool found = has_match(query, IN_TAGS, name);
			if (found == (matches == 1))
				slots[count++] = (struct tag_slot){
					.tag = tag, .length = length, .text = shown(name, width)};
			free(name);
			tag += length + (tag[length] == ',');
		}
	}
	return count;
}

/* Returns how many are shown; the first always is, cut if it must be. rest: how many are not. */
static size_t place_tags(struct tag_slot *slots, size_t count, int width, size_t *rest)
{
	int used = 0;
	size_t placed = 0;

	for (; placed < count; placed++) {
		struct tag_slot *slot = &slots[placed];
		int reserve = placed + 1 < count ? 3 : 0; /* for " +2" */
		slot->column = used;
		slot->width = (int)text_width(slot->text);
		if (placed > 0 && used + slot->width + reserve > width)
			break;
		used += slot->width + 1;
	}
	*rest = count - placed;
	return placed;
}

static void free_tags(struct tag_slot *slots, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(slots[i].text);
}

/* With the blank behind it, in the same style: that is shorter to write. */
static void draw_tag(const struct drawing *drawing, int column, int width, const char *tag)
{
	int used = draw_shown(drawing, column, width, tag, STYLE_TAG, IN_TAGS);

	if (used < width)
		canvas_write_displayable(drawing->canvas, drawing->area, drawing->line,
			column + used, " ", 1, STYLE_TAG);
}

/* "a,b" → "#a #b +2". */
static void draw_tags(const struct drawing *drawing, const char *tags, int column, int width)
{
	struct tag_slot slots[TAGS_SHOWN];
	size_t count = slots_of_tags(drawing->query, tags, width, slots);
	size_t rest;
	size_t placed = place_tags(slots, count, width, &rest);
	int reserve = rest > 0 && placed == 1 ? 3 : 0;
	char more[24];

	for (size_t i = 0; i < placed; i++)
		draw_tag(drawing, column + slots[i].column, width - slots[i].column - reserve,
			slots[i].text);
	if (rest > 0) {
		struct tag_slot *last = &slots[placed - 1];
		int at = last->column + last->width + 1;
		snprintf(more, sizeof(more), "+%zu", rest);
		if (at + (int)strlen(more) > width)
			at = width - (int)strlen(more);
		canvas_write(drawing->canvas, drawing->area, drawing->line, column + at, more,
			STYLE_DIM, false);
	}
	free_tags(slots, count);
}

const char *row_view_tag_at(const struct row *row, const struct query *query,
	const struct row_columns *columns, int column, size_t *length)
{
	struct tag_slot slots[TAGS_SHOWN];
	const char *found = NULL;
	size_t rest;
	size_t count = slots_of_tags(query, row->tags, columns->tags_width, slots);
	size_t placed = place_tags(slots, count, columns->tags_width, &rest);

	column -= columns->tags;
	for (size_t i = 0; i < placed && columns->tags_width > 0; i++) {
		if (column < slots[i].column || column >= slots[i].column + slots[i].width)
			continue;
		found = slots[i].tag;
		*length = slots[i].length;
	}
	free_tags(slots, count);
	return found;
}

static void draw_age(
	const struct drawing *drawing, int64_t added, int64_t now, int column, int width)
{
	char text[AGE_SIZE + 1];

	relative_time_print(added, now, text);
	size_t length = strlen(text);
	/* With the blank at the edge, in the same style: that is shorter to write. */
	text[length++] = ' ';
	canvas_write_displayable(drawing->canvas, drawing->area, drawing->line,
		column + width + 1 - (int)length, text, length, STYLE_DIM);
}

/*
 * Before the title, as far as two places go: the cursor, a mark, and a quiet sign where a link has
 * moved or is gone; of three the mark gives way, as the whole row is bold.
 */
static void draw_signs(
	const struct drawing *drawing, const struct row *row, const struct row_state *state)
{
	struct canvas *canvas = drawing->canvas;
	enum glyph glyph;
	enum style style;
	int column = 0;

	if (state->cursor)
		canvas_write_glyph(
			canvas, drawing->area, drawing->line, column++, GLYPH_CURSOR, STYLE_ACCENT);
	if (state->marked)
		canvas_write_glyph(
			canvas, drawing->area, drawing->line, column++, GLYPH_MARK, STYLE_ACCENT);
	if (link_sign(row->link, &glyph, &style))
		canvas_write_glyph(canvas, drawing->area, drawing->line, column > 1 ? 1 : column,
			glyph, style);
}

void row_view_draw(const struct row *row, const struct row_state *state,
	const struct row_columns *columns, struct canvas *canvas, const struct area *area, int line)
{
	struct drawing drawing = {canvas, area, line, state->query};
	bool titled = *row->title != '\0';

	int title_width = columns->title_width;
	int notes_width = columns->notes_width;
	int used;

	/* An empty place gives its room to what stands before it. */
	if (notes_width && columns->tags_width && !*row->tags)
		notes_width += columns->tags - columns->notes - notes_width + columns->tags_width;
	if (columns->notes_width && (!*row->notes || !titled))
		title_width += columns->notes - columns->title - title_width + notes_width;
	else if (!columns->notes_width && columns->tags_width && !*row->tags)
		title_width += columns->tags - columns->title - title_width + columns->tags_width;
	draw_signs(&drawing, row, state);
	used = draw_matched(&drawing, columns->title, title_width,
		titled ? row->title : row_view_without_scheme(row->url), STYLE_TITLE,
		titled ? IN_TITLE : IN_URL);
	if (columns->notes_width && used <= columns->title_width)
		draw_notes(&drawing, row, columns->notes, notes_width);
	if (columns->tags_width && *row->tags)
		draw_tags(&drawing, row->tags, columns->tags, columns->tags_width);
	if (columns->age_width)
		draw_age(&drawing, row->added, state->now, columns->age, columns->age_width);
	if (state->marked)
		canvas_emphasise(canvas, area, line, 0, area->columns, EMPHASIS_MARK);
	if (state->cursor)
		canvas_emphasise(canvas, area, line, 0, area->columns, EMPHASIS_CURSOR);
}

/* "a,b" → "#a #b". */
static char *with_signs(const char *tags)
{
	char *signs = memory_new(strlen(tags) * 3 + 2);
	char *to = signs;

	*to++ = '#';
	for (; *tags; tags++) {
		if (*tags == ',')
			to = stpcpy(to, " #");
		else
			*to++ = *tags;
	}
	return signs;
}

static char *dates(const struct row *row)
{
	char added[DAY_SIZE];
	char modified[DAY_SIZE];

	day_print(row->added, added);
	day_print(row->modified, modified);
	if (strcmp(added, modified) == 0)
		return memory_print("added %s", added);
	return memory_print("added %s, changed %s", added, modified);
}

static void page_add_tags(struct page *page, const char *tags)
{
	char *signs = with_signs(tags);

	page_add(page, signs, STYLE_TAG, IN_TAGS);
	free(signs);
}

/* A note may be a book; where only its beginning can be seen, no more of it is looked at. */
static void add_notes(struct page *page, const char *notes, size_t most)
{
	size_t length = strnlen(notes, most);
	char *part = memory_copy_bytes(notes, length);

	page_add(page, part, STYLE_TEXT, IN_NOTES);
	free(part);
}

static void add_remarks(const struct row *row, struct page *page)
{
	const char *link = link_state_words(row->link);

	if (*link)
		page_add(page, link, row->link == LINK_DEAD ? STYLE_ERROR : STYLE_WARNING, 0);
	if (row->unstarred)
		page_add(page, "no longer starred", STYLE_WARNING, 0);
}

void bookmark_page_make(const struct row *row, int columns, size_t most, struct page *page)
{
	page_start(page, columns);
	if (*row->title)
		page_add(page, row->title, STYLE_HEADING, IN_TITLE);
	page_add(page, row->url, STYLE_ADDRESS, IN_URL);
	if (*row->notes) {
		page_blank(page);
		add_notes(page, row->notes, most);
	}
	page_blank(page);
	if (*row->tags)
		page_add_tags(page, row->tags);
	char *when = dates(row);
	char *last = memory_print("%s, %s, number %lld", when, row->source, (long long)row->id);
	page_add(page, last, STYLE_DIM, 0);
	add_remarks(row, page);
	free(last);
	free(when);
}

void bookmark_page_make_short(const struct row *row, int columns, struct page *page)
{
	page_start(page, columns);
	page_add(page, row_label(row), STYLE_HEADING, *row->title ? IN_TITLE : IN_URL);
	if (*row->title)
		page_add(page, row->url, STYLE_ADDRESS, IN_URL);
	if (*row->tags)
		page_add_tags(page, row->tags);
	add_remarks(row, page);
	if (*row->notes)
		add_notes(page, row->notes, BOOKMARK_PAGE_PREVIEW);
}
