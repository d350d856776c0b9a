#include "adapters/engine/edit_sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/cli/edit_form.h"
#include "adapters/cli/tag_edits.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"

#define RULE "== bookmark "

char *edit_sheet_print(const struct bookmark *bookmarks, size_t count)
{
	struct buffer text = {0};

	for (size_t i = 0; i < count; i++) {
		char *form = edit_form_print(&bookmarks[i]);
		if (count > 1)
			buffer_print(&text, "%s%lld ==\n", RULE, (long long)bookmarks[i].id);
		buffer_print(&text, "%s%s", form, count > 1 ? "\n" : "");
		free(form);
	}
	return buffer_take(&text);
}

/* The bookmark that a line begins; NULL if it begins none. */
static const struct bookmark *begun_by(
	const char *line, const struct bookmark *bookmarks, size_t count)
{
	long long id;
	int end = 0;

	if (sscanf(line, RULE "%lld ==%n", &id, &end) != 1 || end == 0)
		return NULL;
	if (line[end] != '\n' && line[end] != '\r' && line[end] != '\0')
		return NULL;
	for (size_t i = 0; i < count; i++) {
		if (bookmarks[i].id == id)
			return &bookmarks[i];
	}
	return NULL;
}

static void drop_edit(struct bookmark_edit *edit)
{
	tag_edits_finish(&edit->patch);
	*edit = (struct bookmark_edit){0};
}

static enum status read_block(struct edit_sheet *sheet, const char *text, size_t length,
	const struct bookmark *bookmark, struct error *error)
{
	char *block = memory_copy_bytes(text, length);
	struct edit_form *form = &sheet->forms[sheet->form_count++];
	struct bookmark_edit *edit = &sheet->edits[sheet->edit_count];
	enum status status = edit_form_read(form, block, error);

	free(block);
	if (status != STATUS_OK || form->empty)
		return status;
	edit->id = bookmark->id;
	if (edit_form_patch(form, bookmark, &edit->patch))
		sheet->edit_count++;
	else
		drop_edit(edit);
	return STATUS_OK;
}

/* Where the next block begins, from a line on; the end of the text if there is none. */
static const char *next_block(const char *at, const struct bookmark *bookmarks, size_t count)
{
	while (*at && !begun_by(at, bookmarks, count)) {
		at += strcspn(at, "\n");
		at += *at == '\n';
	}
	return at;
}

static const char *after_line(const char *at)
{
	at += strcspn(at, "\n");
	return at + (*at == '\n');
}

static enum status read_blocks(struct edit_sheet *sheet, const char *text,
	const struct bookmark *bookmarks, size_t count, struct error *error)
{
	const char *at = next_block(text, bookmarks, count);
	enum status status = STATUS_OK;

	while (*at && status == STATUS_OK && sheet->form_count < count) {
		const struct bookmark *bookmark = begun_by(at, bookmarks, count);
		const char *from = after_line(at);
		at = next_block(from, bookmarks, count);
		status = read_block(sheet, from, (size_t)(at - from), bookmark, error);
	}
	if (status == STATUS_OK && *at) {
		error_set(error, "there is a bookmark twice in the text");
		status = STATUS_INVALID;
	}
	return status;
}

enum status edit_sheet_read(struct edit_sheet *sheet, const char *text,
	const struct bookmark *bookmarks, size_t count, struct error *error)
{
	*sheet = (struct edit_sheet){0};
	sheet->forms = memory_array(count + 1, sizeof(*sheet->forms));
	sheet->edits = memory_array(count + 1, sizeof(*sheet->edits));
	if (count == 1)
		return read_block(sheet, text, strlen(text), &bookmarks[0], error);
	return read_blocks(sheet, text, bookmarks, count, error);
}

void edit_sheet_finish(struct edit_sheet *sheet)
{
	for (size_t i = 0; i < sheet->edit_count; i++)
		tag_edits_finish(&sheet->edits[i].patch);
	for (size_t i = 0; i < sheet->form_count; i++)
		edit_form_finish(&sheet->forms[i]);
	free(sheet->edits);
	free(sheet->forms);
	*sheet = (struct edit_sheet){0};
}
