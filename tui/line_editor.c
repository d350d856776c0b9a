#include "tui/line_editor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "tui/key.h"

void history_add(struct history *history, const char *line)
{
	if (!*line)
		return;
	for (size_t i = 0; i < history->count; i++) {
		if (strcmp(history->lines[i], line) != 0)
			continue;
		free(history->lines[i]);
		memmove(history->lines + i, history->lines + i + 1,
			(--history->count - i) * sizeof(*history->lines));
		break;
	}
	if (history->count == HISTORY_MAX) {
		free(history->lines[0]);
		memmove(history->lines, history->lines + 1,
			--history->count * sizeof(*history->lines));
	}
	history->lines = memory_grow(
		history->lines, history->count, &history->capacity, sizeof(*history->lines));
	history->lines[history->count++] = memory_copy_string(line);
}

void history_finish(struct history *history)
{
	for (size_t i = 0; i < history->count; i++)
		free(history->lines[i]);
	free(history->lines);
	*history = (struct history){0};
}

static size_t before(const struct line_editor *editor, size_t at)
{
	return at - text_cluster_before(editor->text, at);
}

static size_t after(const struct line_editor *editor, size_t at)
{
	return at + text_cluster(editor->text + at);
}

static bool ends_word(char byte)
{
	return byte == ' ' || byte == ',' || byte == '/' || byte == '\n' || byte == '\t';
}

static size_t word_before(const struct line_editor *editor)
{
	size_t at = editor->cursor;

	while (at > 0 && ends_word(editor->text[at - 1]))
		at--;
	while (at > 0 && !ends_word(editor->text[at - 1]))
		at = before(editor, at);
	return at;
}

static size_t word_after(const struct line_editor *editor)
{
	size_t at = editor->cursor;

	while (at < editor->length && ends_word(editor->text[at]))
		at++;
	while (at < editor->length && !ends_word(editor->text[at]))
		at = after(editor, at);
	return at;
}

static void remove_bytes(struct line_editor *editor, size_t from, size_t to)
{
	memmove(editor->text + from, editor->text + to, editor->length - to + 1);
	editor->length -= to - from;
	editor->cursor = from;
}

static enum edit_result erase(struct line_editor *editor, size_t from, size_t to)
{
	if (from == to)
		return EDIT_MOVED;
	remove_bytes(editor, from, to);
	return EDIT_CHANGED;
}

static enum edit_result kill(struct line_editor *editor, size_t from, size_t to)
{
	if (from == to)
		return EDIT_MOVED;
	free(editor->killed);
	editor->killed = memory_copy_bytes(editor->text + from, to - from);
	return erase(editor, from, to);
}

static enum edit_result move(struct line_editor *editor, size_t to)
{
	editor->cursor = to;
	return EDIT_MOVED;
}

static void insert_bytes(struct line_editor *editor, const char *bytes, size_t length)
{
	if (!editor->exact && editor->length + length > LINE_MAX_BYTES)
		return;
	if (editor->length + length + 1 > editor->capacity) {
		editor->capacity = (editor->length + length + 1) * 2;
		editor->text = memory_resize(editor->text, editor->capacity, 1);
	}
	memmove(editor->text + editor->cursor + length, editor->text + editor->cursor,
		editor->length - editor->cursor + 1);
	memcpy(editor->text + editor->cursor, bytes, length);
	editor->length += length;
	editor->cursor += length;
}

static enum edit_result insert_character(struct line_editor *editor, int32_t key)
{
	char name[KEY_NAME_SIZE];

	if (key == KEYCAP_SPACE)
		snprintf(name, sizeof(name), " ");
	else
		key_print(key, name);
	insert_bytes(editor, name, strlen(name));
	return EDIT_CHANGED;
}

static enum edit_result recall(struct line_editor *editor, int step)
{
	struct history *history = editor->history;

	if (!history || (step < 0 && editor->recalled == 0))
		return EDIT_IGNORED;
	if (step > 0 && editor->recalled == history->count)
		return EDIT_MOVED;
	if (editor->recalled == 0) {
		free(editor->typed);
		editor->typed = memory_copy_string(editor->text);
	}
	size_t recalled = step > 0 ? editor->recalled + 1 : editor->recalled - 1;
	line_editor_set(
		editor, recalled == 0 ? editor->typed : history->lines[history->count - recalled]);
	editor->recalled = recalled;
	return EDIT_CHANGED;
}

void line_editor_init(struct line_editor *editor, struct history *history)
{
	*editor = (struct line_editor){.capacity = 64, .history = history};
	editor->text = memory_new(editor->capacity);
}

void line_editor_finish(struct line_editor *editor)
{
	free(editor->text);
	free(editor->killed);
	free(editor->typed);
	*editor = (struct line_editor){0};
}

void line_editor_set(struct line_editor *editor, const char *text)
{
	editor->length = editor->cursor = editor->recalled = 0;
	editor->text[0] = '\0';
	line_editor_insert(editor, text);
}

void line_editor_set_exact(struct line_editor *editor, const char *text)
{
	line_editor_set(editor, "");
	editor->exact = true;
	char *valid = text_valid(text, strlen(text));
	insert_bytes(editor, valid, strlen(valid));
	free(valid);
}

void line_editor_insert(struct line_editor *editor, const char *text)
{
	char *valid = text_valid(text, strlen(text));
	size_t length = 0;

	for (const char *at = valid; *at; at++) {
		unsigned char byte = (unsigned char)*at;
		bool blank = byte == '\n' || byte == '\t' || byte == '\r';
		if (blank && !editor->exact)
			valid[length++] = ' ';
		else if (blank || (byte >= 32 && byte != 127))
			valid[length++] = *at;
	}
	insert_bytes(editor, valid, length);
	free(valid);
}

void line_editor_replace(struct line_editor *editor, size_t from, const char *text)
{
	if (from > editor->cursor)
		return;
	remove_bytes(editor, from, editor->cursor);
	line_editor_insert(editor, text);
}

static enum edit_result yank(struct line_editor *editor)
{
	if (!editor->killed)
		return EDIT_MOVED;
	insert_bytes(editor, editor->killed, strlen(editor->killed));
	return EDIT_CHANGED;
}

static enum edit_result insert_break(struct line_editor *editor)
{
	if (!editor->exact)
		return EDIT_MOVED;
	insert_bytes(editor, "\n", 1);
	return EDIT_CHANGED;
}

/* Where the line that holds a byte begins. */
static size_t line_begin(const struct line_editor *editor, size_t at)
{
	while (at > 0 && editor->text[at - 1] != '\n')
		at--;
	return at;
}

static size_t line_end(const struct line_editor *editor, size_t at)
{
	return at + strcspn(editor->text + at, "\n");
}

/* To the line that begins there, as far into it as the cursor is into its own. */
static enum edit_result go_to_line(struct line_editor *editor, size_t begin)
{
	size_t end = line_end(editor, begin);
	size_t own = line_begin(editor, editor->cursor);

	while (own < editor->cursor && begin < end) {
		own = after(editor, own);
		begin = after(editor, begin);
	}
	return move(editor, begin);
}

static enum edit_result go_up(struct line_editor *editor)
{
	size_t begin = line_begin(editor, editor->cursor);

	return begin > 0 ? go_to_line(editor, line_begin(editor, begin - 1)) : EDIT_IGNORED;
}

static enum edit_result go_down(struct line_editor *editor)
{
	size_t end = line_end(editor, editor->cursor);

	return end < editor->length ? go_to_line(editor, end + 1) : EDIT_IGNORED;
}

enum edit_result line_editor_do(struct line_editor *editor, enum line_edit edit)
{
	size_t at = editor->cursor;

	switch (edit) {
	case LINE_START: return move(editor, 0);
	case LINE_END: return move(editor, editor->length);
	case LINE_LEFT: return move(editor, before(editor, at));
	case LINE_RIGHT: return move(editor, after(editor, at));
	case LINE_WORD_LEFT: return move(editor, word_before(editor));
	case LINE_WORD_RIGHT: return move(editor, word_after(editor));
	case LINE_ERASE_LEFT: return erase(editor, before(editor, at), at);
	case LINE_ERASE_RIGHT: return erase(editor, at, after(editor, at));
	case LINE_KILL_WORD_LEFT: return kill(editor, word_before(editor), at);
	case LINE_KILL_WORD_RIGHT: return kill(editor, at, word_after(editor));
	case LINE_KILL_START: return kill(editor, 0, at);
	case LINE_KILL_END: return kill(editor, at, editor->length);
	case LINE_YANK: return yank(editor);
	case LINE_BREAK: return insert_break(editor);
	case LINE_OLDER: return recall(editor, 1);
	case LINE_NEWER: return recall(editor, -1);
	case LINE_ABOVE: return go_up(editor);
	case LINE_BELOW: return go_down(editor);
	case LINE_EDITS: break;
	}
	return EDIT_IGNORED;
}

enum edit_result line_editor_type(struct line_editor *editor, int32_t key)
{
	if (key < KEYCAP_SPACE || key >= KEYCAP_FIRST || (key >= 127 && key < 160))
		return EDIT_IGNORED;
	return insert_character(editor, key);
}

size_t line_editor_word(const struct line_editor *editor, const char *separators)
{
	size_t at = editor->cursor;

	while (at > 0 && !strchr(separators, editor->text[at - 1]))
		at--;
	return at;
}

/* The first byte to show, so that what is before the cursor fits into columns. */
static size_t scroll(const struct line_editor *editor, size_t columns)
{
	size_t from = editor->cursor;
	size_t width = 0;

	while (from > 0) {
		size_t at = before(editor, from);
		char *cluster = memory_copy_bytes(editor->text + at, from - at);
		char *displayable = text_displayable(cluster);
		width += text_width(displayable);
		free(displayable);
		free(cluster);
		if (width > columns)
			break;
		from = at;
	}
	return from;
}

/* Line ends and tabs are signs, in another style than the characters that look like them. */
static int draw_part(struct canvas *canvas, const struct area *area, int row, int column,
	const char *text, bool cut)
{
	int begin = column;

	while (true) {
		size_t length = strcspn(text, "\n\t");
		char *run = memory_copy_bytes(text, length);
		column += canvas_write(canvas, area, row, column, run, STYLE_TEXT, cut);
		free(run);
		text += length;
		if (!*text || column >= area->columns)
			return column - begin;
		column += canvas_write_glyph(canvas, area, row, column,
			*text++ == '\n' ? GLYPH_LINE_END : GLYPH_TAB, STYLE_ACCENT);
	}
}

int line_editor_draw(const struct line_editor *editor, struct canvas *canvas,
	const struct area *area, int row, int column, bool active)
{
	int room = area->columns - column - 1;

	if (room <= 0)
		return 0;
	size_t from = active ? scroll(editor, (size_t)room) : 0;
	char *head = memory_copy_bytes(editor->text + from, editor->cursor - from);
	int used = draw_part(canvas, area, row, column, head, false);
	int cursor = column + used;
	/* No more than can show: a line may hold 64 kB. */
	size_t rest = editor->length - editor->cursor;
	size_t most = (size_t)room * CELL_CHARACTERS * 4;
	char *tail = memory_copy_bytes(editor->text + editor->cursor, rest < most ? rest : most);
	used += draw_part(canvas, area, row, cursor, tail, true);
	free(tail);
	free(head);
	if (active)
		canvas_park(canvas, area, row, cursor, true);
	return used;
}

size_t line_editor_lines(const struct line_editor *editor)
{
	size_t lines = 1;

	for (const char *at = editor->text; (at = strchr(at, '\n')); at++)
		lines++;
	return lines;
}

/* The begin of the first line in sight, which is the first of all or not far above the cursor. */
static size_t first_in_sight(const struct line_editor *editor, int rows, bool active)
{
	size_t begin = active ? line_begin(editor, editor->cursor) : 0;

	for (int above = 1; above < rows && begin > 0; above++)
		begin = line_begin(editor, begin - 1);
	return begin;
}

void line_editor_draw_lines(const struct line_editor *editor, struct canvas *canvas,
	const struct area *area, int row, int rows, int column, bool active)
{
	size_t begin = first_in_sight(editor, rows, active);

	for (int i = 0; i < rows && begin <= editor->length; i++) {
		size_t end = line_end(editor, begin);
		bool here = active && editor->cursor >= begin && editor->cursor <= end;
		struct line_editor line = {
			.text = memory_copy_bytes(editor->text + begin, end - begin),
			.length = end - begin,
			.cursor = here ? editor->cursor - begin : 0};
		line_editor_draw(&line, canvas, area, row + i, column, here);
		free(line.text);
		begin = end + 1;
	}
}
