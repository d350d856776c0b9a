#include "adapters/cli/edit_form.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"

static const char help[] =
	"# Change what stands behind the colons; notes are everything below \"notes:\".\n"
	"# An empty file changes nothing.\n";

char *edit_form_print(const struct bookmark *bookmark)
{
	struct buffer text = {0};

	buffer_add_string(&text, help);
	buffer_print(&text, "url: %s\ntitle: %s\ntags: ", bookmark->url, bookmark->title);
	for (size_t i = 0; i < bookmark->tags.count; i++)
		buffer_print(&text, "%s%s", i ? ", " : "", bookmark->tags.tags[i]);
	buffer_print(&text, "\nnotes:\n%s%s", bookmark->notes, *bookmark->notes ? "\n" : "");
	return buffer_take(&text);
}

static char **field_of(struct edit_form *form, const char *line, size_t length)
{
	const struct {
		const char *name;
		char **value;
	} fields[] = {{"url", &form->url}, {"title", &form->title}, {"tags", &form->tags}};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (strlen(fields[i].name) == length && !memcmp(fields[i].name, line, length))
			return fields[i].value;
	return NULL;
}

static enum status read_line(
	struct edit_form *form, const char *line, long number, struct error *error)
{
	size_t length = strcspn(line, ":");
	char **field = line[length] ? field_of(form, line, length) : NULL;

	if (!field) {
		error_set(error, "line %ld: \"%s\" is none of url:, title:, tags:, notes:", number,
			line);
		return STATUS_INVALID;
	}
	free(*field);
	*field = text_trim(memory_copy_string(line + length + 1));
	return STATUS_OK;
}

static bool is_blank_or_comment(const char *line)
{
	return line[0] == '#' || line[strspn(line, " \t\r")] == '\0';
}

static bool begins_notes(const char *line)
{
	return !strncmp(line, "notes:", 6);
}

static enum status read_lines(struct edit_form *form, char *text, struct error *error)
{
	enum status status = STATUS_OK;
	char *rest = text;
	char *line;

	form->empty = true;
	for (long number = 1; !status && rest; number++) {
		if (begins_notes(rest)) {
			form->notes = text_trim(memory_copy_string(rest + strlen("notes:")));
			form->empty = false;
			return STATUS_OK;
		}
		line = strsep(&rest, "\n");
		if (is_blank_or_comment(line))
			continue;
		form->empty = false;
		status = read_line(form, line, number, error);
	}
	return status;
}

enum status edit_form_read(struct edit_form *form, const char *text, struct error *error)
{
	char *copy = text_valid(text, strlen(text));
	enum status status;

	*form = (struct edit_form){0};
	status = read_lines(form, copy, error);
	free(copy);
	return status;
}

void edit_form_finish(struct edit_form *form)
{
	free(form->url);
	free(form->title);
	free(form->tags);
	free(form->notes);
	*form = (struct edit_form){0};
}

static const char *differing(const char *now, const char *before)
{
	char *trimmed = text_trim(memory_copy_string(before));
	bool same = !now || !strcmp(now, trimmed);

	free(trimmed);
	return same ? NULL : now;
}

bool edit_form_patch(
	const struct edit_form *form, const struct bookmark *bookmark, struct bookmark_patch *patch)
{
	*patch = (struct bookmark_patch){
		.url = differing(form->url, bookmark->url),
		.title = differing(form->title, bookmark->title),
		.notes = differing(form->notes, bookmark->notes),
	};
	if (form->tags) {
		tag_set_add_list(&patch->tags, form->tags, NULL);
		if (!tag_set_equal(&patch->tags, &bookmark->tags))
			patch->tag_edit = TAGS_SET;
	}
	return patch->url || patch->title || patch->notes || patch->tag_edit == TAGS_SET;
}
