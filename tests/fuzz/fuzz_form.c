#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/files/edit_buffer.h"
#include "domain/base/memory.h"
#include "tests/fuzz/fuzz_case.h"

static void promise(bool kept)
{
	if (!kept)
		abort();
}

static void check_patch(const struct edit_form *form)
{
	struct bookmark bookmark;
	struct bookmark_patch patch = {0};

	bookmark_init(&bookmark);
	bookmark_set(&bookmark.url, "https://a.example/");
	bookmark_set(&bookmark.notes, "one\r\ntwo\tthree\n\n");
	tag_set_add(&bookmark.tags, "a");
	edit_form_patch(form, &bookmark, &patch);
	tag_edits_finish(&patch);
	bookmark_finish(&bookmark);
}

/* A bookmark that is printed and comes back untouched has not changed, whatever it holds. */
static void check_untouched(const char *text)
{
	struct bookmark bookmark;
	struct bookmark_patch patch = {0};
	struct edit_form form;
	char *printed;

	bookmark_init(&bookmark);
	bookmark_set(&bookmark.url, "https://a.example/");
	bookmark_take(&bookmark.title, bookmark_clean_title(text));
	bookmark_take(&bookmark.notes, bookmark_clean_notes(text));
	printed = edit_form_print(&bookmark);
	promise(edit_form_read(&form, printed, NULL) == STATUS_OK && !form.empty);
	promise(!edit_form_patch(&form, &bookmark, &patch));
	tag_edits_finish(&patch);
	edit_form_finish(&form);
	bookmark_finish(&bookmark);
	free(printed);
}

/* What an editor left. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = memory_copy_bytes((const char *)data, size);
	struct edit_form form;
	struct error error = {{0}};

	if (edit_form_read(&form, text, &error) == STATUS_OK)
		check_patch(&form);
	else
		promise(error.text[0]);
	edit_form_finish(&form);
	check_untouched(text);
	free(text);
	return 0;
}
