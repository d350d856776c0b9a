#include "tui/row_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "tui/relative_time.h"
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

static int draw_text(const struct drawing *drawing, int column, int width, const char *text,
	enum style style, enum place place)
{
	char *displayable = shown(text, width + 1);
	int used = draw_shown(drawing, column, width, displayable, style, place);

	free(displayable);
	return used;
}

/* "https://github.com/a/b" → "github.com/a/b": what is left says all, in fewer columns. */
static const char *without_scheme(const char *url)
{
	const char *rest = strstr(url, "://");

	return rest && rest[3] ? rest + 3 : url;
}

static void draw_notes(const struct drawing *drawing, const struct row *row, int column, int width)
{
	const char *address = without_scheme(row->url);

	if (!*row->notes && !*row->title)
		return; /* the address stands in the title's place already */
	if (!*row->notes) {
		draw_text(drawing, column, width, address, STYLE_DIM, IN_URL);
		return;
	}
	int used = draw_text(drawing, column, width, row->notes, STYLE_TEXT, IN_NOTES);
	int host = (int)strcspn(address, "/?#");
	if (used + 2 + host > width)
		return;
	char *name = memory_copy_bytes(address, (size_t)host);
	draw_text(drawing, column + used + 2, width - used - 2, name, STYLE_DIM, IN_URL);
	free(name);
}

/* With the blank behind it, in the same style: that is shorter to write. */
static int draw_tag(const struct drawing *drawing, int column, int width, const char *tag)
{
	int used = draw_shown(drawing, column, width, tag, STYLE_TAG, IN_TAGS);

	if (used < width)
		canvas_write_displayable(drawing->canvas, drawing->area, drawing->line,
			column + used, " ", 1, STYLE_TAG);
	return used + 1;
}

/* "a,b" → "#a #b", as many as fit whole; the first is cut if it must be. */
static void draw_tags(const struct drawing *drawing, const char *tags, int column, int width)
{
	struct buffer tag = {0};
	int used = 0;

	while (*tags && used < width) {
		size_t length = strcspn(tags, ",");
		buffer_clear(&tag);
		buffer_add_char(&tag, '#');
		buffer_add(&tag, tags, length);
		char *displayable = shown(buffer_text(&tag), width);
		int needed = (int)text_width(displayable);
		if (used == 0 || used + needed <= width)
			used += draw_tag(drawing, column + used, width - used, displayable);
		free(displayable);
		tags += length + (tags[length] == ',');
	}
	buffer_finish(&tag);
}

static void draw_age(
	const struct drawing *drawing, int64_t added, int64_t now, int column, int width)
{
	char age[AGE_SIZE];

	char text[AGE_SIZE + 4];

	relative_time_print(added, now, age);
	/* With the blank at the edge, in the same style: that is shorter to write. */
	int length = snprintf(text, sizeof(text), "%s ", age);
	canvas_write(drawing->canvas, drawing->area, drawing->line, column + width + 1 - length,
		text, STYLE_DIM, false);
}

static void draw_marks(const struct drawing *drawing, const struct row_state *state)
{
	if (state->cursor)
		canvas_write_glyph(drawing->canvas, drawing->area, drawing->line, 0, GLYPH_CURSOR,
			STYLE_ACCENT);
	if (state->marked)
		canvas_write_glyph(drawing->canvas, drawing->area, drawing->line,
			state->cursor ? 1 : 0, GLYPH_MARK, STYLE_ACCENT);
}

void row_view_draw(const struct row *row, const struct row_state *state,
	const struct row_columns *columns, struct canvas *canvas, const struct area *area, int line)
{
	struct drawing drawing = {canvas, area, line, state->query};
	bool titled = *row->title != '\0';

	draw_marks(&drawing, state);
	draw_text(&drawing, columns->title, columns->title_width,
		titled ? row->title : without_scheme(row->url), STYLE_TITLE,
		titled ? IN_TITLE : IN_URL);
	if (columns->notes_width)
		draw_notes(&drawing, row, columns->notes, columns->notes_width);
	if (columns->tags_width)
		draw_tags(&drawing, row->tags, columns->tags, columns->tags_width);
	if (columns->relative_time_width)
		draw_age(&drawing, row->added, state->now, columns->age,
			columns->relative_time_width);
	if (state->marked)
		canvas_emphasise(canvas, area, line, 0, area->columns, EMPHASIS_MARK);
	if (state->cursor)
		canvas_emphasise(canvas, area, line, 0, area->columns, EMPHASIS_CURSOR);
}
