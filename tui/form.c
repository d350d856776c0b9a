#include "tui/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "tui/number.h"

static const char *const labels[FORM_FIELDS] = {
	[FIELD_URL] = "Address",
	[FIELD_TITLE] = "Title",
	[FIELD_TAGS] = "Tags",
	[FIELD_NOTES] = "Notes",
};

#define LABEL_WIDTH  10
#define FORM_COLUMNS 76
#define NOTES_ROWS   5 /* at most, for notes of several lines */

/*
 * What stands in a field is exactly what the bookmark has, so that what is not edited stays as it
 * is. A pasted or typed title or address is one line; notes keep their lines.
 */
static void form_fill_field(struct form *form, enum form_field field, const char *text)
{
	struct line_editor *line = &form->lines[field];

	line_editor_init(line, NULL);
	line_editor_set_exact(line, text);
	line->exact = field == FIELD_NOTES;
	form->before[field] = memory_copy_string(line->text);
}

/* "a,b" → "a, b"; yours to free. */
static char *spaced(const char *tags)
{
	char *result = memory_new(2 * strlen(tags) + 1);
	char *end = result;

	for (; *tags; tags++) {
		*end++ = *tags;
		if (*tags == ',')
			*end++ = ' ';
	}
	return result;
}

void form_open_empty(struct form *form, const char *url)
{
	form_close(form);
	form->open = true;
	for (int i = 0; i < FORM_FIELDS; i++)
		form_fill_field(form, (enum form_field)i, "");
	line_editor_set(&form->lines[FIELD_URL], url);
}

void form_suggest(struct form *form, const char *title, const struct tag_set *tags)
{
	char *joined = tag_set_join(tags);
	char *list = spaced(joined);

	line_editor_set(&form->lines[FIELD_TAGS], list);
	if (title && *title) {
		line_editor_set(&form->lines[FIELD_TITLE], title);
		form->title_typed = true;
	}
	free(list);
	free(joined);
}

void form_open_row(struct form *form, const struct row *row)
{
	char *tags = spaced(row->tags);

	form_close(form);
	form->open = true;
	form->id = row->id;
	form->field = FIELD_TITLE;
	form->title_typed = *row->title != '\0';
	form_fill_field(form, FIELD_URL, row->url);
	form_fill_field(form, FIELD_TITLE, row->title);
	form_fill_field(form, FIELD_TAGS, tags);
	form_fill_field(form, FIELD_NOTES, row->notes);
	free(tags);
}

void form_close(struct form *form)
{
	for (int i = 0; i < FORM_FIELDS; i++) {
		if (form->open)
			line_editor_finish(&form->lines[i]);
		free(form->before[i]);
	}
	completion_finish(&form->completion);
	free(form->fetched_for);
	*form = (struct form){0};
}

void form_move(struct form *to, struct form *from)
{
	form_close(to);
	*to = *from;
	*from = (struct form){0};
}

bool form_field_changed(const struct form *form, enum form_field field)
{
	return strcmp(form->lines[field].text, form->before[field]) != 0;
}

bool form_changed(const struct form *form)
{
	for (int i = 0; i < FORM_FIELDS; i++) {
		if (form_field_changed(form, (enum form_field)i))
			return true;
	}
	return false;
}

void form_offer_title(struct form *form, const char *title)
{
	form->fetching = false;
	if (form->title_typed || form->lines[FIELD_TITLE].length > 0)
		return;
	line_editor_set(&form->lines[FIELD_TITLE], title);
}

void form_refuse(struct form *form, enum form_field field, const char *why)
{
	form->field = field;
	form->wrong = true;
	snprintf(form->remark, sizeof(form->remark), "%.150s", why);
}

/* What goes into an empty field, of a new bookmark. */
static const char *const wanted[FORM_FIELDS] = {
	[FIELD_URL] = "example.org/page",
	[FIELD_TITLE] = "left empty: what the page calls itself",
	[FIELD_TAGS] = "separated by commas",
	[FIELD_NOTES] = "",
};

static void draw_field(const struct form *form, struct canvas *canvas, const struct area *area,
	enum form_field field, int rows)
{
	bool active = form->field == field;
	int row = (int)field;

	if (active)
		canvas_write_glyph(canvas, area, row, 0, GLYPH_CURSOR, STYLE_ACCENT);
	canvas_write(
		canvas, area, row, 1, labels[field], active ? STYLE_ACCENT : STYLE_TEXT, false);
	if (field == FIELD_TITLE && form->fetching && form->lines[field].length == 0 && !active)
		canvas_write(
			canvas, area, row, LABEL_WIDTH, "asking the page for it", STYLE_DIM, true);
	else if (rows > 1)
		line_editor_draw_lines(
			&form->lines[field], canvas, area, row, rows, LABEL_WIDTH, active);
	else
		line_editor_draw(&form->lines[field], canvas, area, row, LABEL_WIDTH, active);
	if (form->lines[field].length == 0 && !form->fetching && !form->id)
		canvas_write(canvas, area, row, LABEL_WIDTH, wanted[field], STYLE_DIM, true);
}

/* What the field under the cursor can be completed by, or the remark. */
static void draw_remark(
	const struct form *form, struct canvas *canvas, const struct area *area, int row)
{
	const struct completion *completion = &form->completion;
	char count[NUMBER_SIZE];
	int column = 1;

	if (completion->count == 0) {
		canvas_write(canvas, area, row, 1, form->remark,
			form->wrong ? STYLE_ERROR : STYLE_WARNING, true);
		return;
	}
	for (size_t i = 0; i < completion->count && column < area->columns; i++) {
		enum style style = i == completion->chosen ? STYLE_ACCENT : STYLE_TAG;
		column +=
			canvas_write(canvas, area, row, column, completion->words[i], style, true);
		if (completion->counts) {
			number_print(completion->counts[i], count);
			column++;
			column += canvas_write(canvas, area, row, column, count, STYLE_DIM, true);
		}
		column += 2;
	}
}

#define MARGIN_LEAST 12

/* Beside the box no bits of rows are left; where there is much of them, a gap. */
static void clear_for(const struct area *box, const struct area *body, struct canvas *canvas)
{
	int margin = body->columns - box->columns < 2 * MARGIN_LEAST ? body->columns : 1;
	int from = box->column - margin > body->column ? box->column - margin : body->column;
	int to = box->column + box->columns + margin;
	struct area around = {box->row, from, box->rows, to - from};

	if (to > body->column + body->columns)
		around.columns = body->column + body->columns - from;
	canvas_clear(canvas, &around);
}

static int notes_rows(const struct form *form, int room)
{
	size_t lines = line_editor_lines(&form->lines[FIELD_NOTES]);
	int most = room - (FORM_FIELDS - 1) - 3;

	most = most > NOTES_ROWS ? NOTES_ROWS : most < 1 ? 1 : most;
	return lines < (size_t)most ? (int)lines : most;
}

void form_draw(const struct form *form, struct canvas *canvas, const struct area *body)
{
	int columns = body->columns < FORM_COLUMNS ? body->columns : FORM_COLUMNS;
	int notes = notes_rows(form, body->rows);
	int rows = FORM_FIELDS - 1 + notes + 3;
	const char *title = form->id ? " Edit bookmark " : " Add bookmark ";

	if (rows > body->rows)
		rows = body->rows;
	struct area box = {body->row + (body->rows - rows) / 3,
		body->column + (body->columns - columns) / 2, rows, columns};
	struct area inside = {box.row + 1, box.column + 1, rows - 2, columns - 2};
	clear_for(&box, body, canvas);
	if (rows >= FORM_FIELDS + 2) {
		canvas_frame(canvas, &box, STYLE_DIM);
		canvas_write(canvas, &box, 0, 2, title, STYLE_HEADING, true);
	} else {
		inside = box;
	}
	for (int i = 0; i < FORM_FIELDS; i++)
		draw_field(form, canvas, &inside, (enum form_field)i, i == FIELD_NOTES ? notes : 1);
	draw_remark(form, canvas, &inside, FORM_FIELDS - 1 + notes);
}
