#include "adapters/files/edit_buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"

/* What stands between two runs of "=" in the line before a form, and the least that is a run. */
#define RULE_WORD  " bookmark "
#define RULE_LEAST 2

static bool is_signed(const char *entry)
{
	return *entry == '+' || *entry == '-';
}

static enum status take_entry(struct bookmark_patch *patch, const char *entry, struct error *error)
{
	struct tag_set *set = *entry == '-' ? &patch->without : &patch->tags;

	if (patch->tag_edit == TAGS_SET && is_signed(entry))
		return error_fail(STATUS_INVALID, error,
			"--tags: \"%s\" has a sign and others have none", entry);
	if (patch->tag_edit == TAGS_ADJUST && !is_signed(entry))
		return error_fail(STATUS_INVALID, error,
			"--tags: \"%s\" has no sign and others have one", entry);
	if (tag_set_add(patch->tag_edit == TAGS_SET ? &patch->tags : set,
		    entry + (patch->tag_edit == TAGS_ADJUST)))
		return STATUS_OK;
	return error_fail(STATUS_INVALID, error, "--tags: \"%s\" is no tag", entry);
}

enum status tag_edits_read(struct bookmark_patch *patch, const char *list, struct error *error)
{
	char *copy = memory_copy_string(list);
	char *rest = copy;
	char *entry;
	enum status status = STATUS_OK;

	patch->tag_edit = TAGS_KEEP;
	while (!status && (entry = strsep(&rest, ","))) {
		entry = text_trim(entry);
		if (!*entry)
			continue;
		if (patch->tag_edit == TAGS_KEEP)
			patch->tag_edit = is_signed(entry) ? TAGS_ADJUST : TAGS_SET;
		status = take_entry(patch, entry, error);
	}
	if (patch->tag_edit == TAGS_KEEP)
		patch->tag_edit = TAGS_SET;
	free(copy);
	return status;
}

void tag_edits_finish(struct bookmark_patch *patch)
{
	tag_set_finish(&patch->tags);
	tag_set_finish(&patch->without);
}

static const char form_help[] =
	"# Change what stands behind the colons; notes are everything below \"notes:\".\n"
	"# An empty file changes nothing.\n";

char *edit_form_print(const struct bookmark *bookmark)
{
	struct buffer text = {0};

	buffer_add_string(&text, form_help);
	buffer_print(&text, "url: %s\ntitle: %s\ntags: ", bookmark->url, bookmark->title);
	for (size_t i = 0; i < bookmark->tags.count; i++)
		buffer_print(&text, "%s%s", i ? ", " : "", bookmark->tags.tags[i]);
	buffer_print(&text, "\nnotes:\n%s%s", bookmark->notes, *bookmark->notes ? "\n" : "");
	return buffer_take(&text);
}

static char **form_field(struct edit_form *form, const char *line, size_t length)
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

static enum status form_read_line(
	struct edit_form *form, const char *line, long number, struct error *error)
{
	size_t length = strcspn(line, ":");
	char **field = line[length] ? form_field(form, line, length) : NULL;

	if (!field)
		return error_fail(STATUS_INVALID, error,
			"line %ld: \"%s\" is none of url:, title:, tags:, notes:", number, line);
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

static enum status form_read_lines(struct edit_form *form, char *text, struct error *error)
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
		status = form_read_line(form, line, number, error);
	}
	return status;
}

enum status edit_form_read(struct edit_form *form, const char *text, struct error *error)
{
	char *copy = text_valid(text, strlen(text));
	enum status status;

	*form = (struct edit_form){0};
	status = form_read_lines(form, copy, error);
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
		struct tag_set tags = {0};

		tag_set_add_list(&tags, form->tags, NULL);
		bookmark_patch_tags(patch, &bookmark->tags, &tags);
		tag_set_finish(&tags);
	}
	return patch->url || patch->title || patch->notes || patch->tag_edit != TAGS_KEEP;
}

static const char *after_line(const char *at)
{
	at += strcspn(at, "\n");
	return at + (*at == '\n');
}

/* The run of "=" that a line before a form begins with; 0 if it is no such line. */
static size_t rule_run(const char *line)
{
	size_t run = strspn(line, "=");

	return run >= RULE_LEAST && !strncmp(line + run, RULE_WORD, strlen(RULE_WORD)) ? run : 0;
}

/* Notes are anybody's words: the lines before the forms are longer than any like them in notes. */
static size_t rule_length(const struct bookmark *bookmarks, size_t count)
{
	size_t length = RULE_LEAST;

	for (size_t i = 0; i < count; i++)
		for (const char *at = bookmarks[i].notes; *at; at = after_line(at))
			if (rule_run(at) >= length)
				length = rule_run(at) + 1;
	return length;
}

static void add_run(struct buffer *text, size_t length)
{
	while (length--)
		buffer_add_char(text, '=');
}

static void add_rule(struct buffer *text, size_t length, int64_t id)
{
	add_run(text, length);
	buffer_print(text, RULE_WORD "%lld ", (long long)id);
	add_run(text, length);
	buffer_add_char(text, '\n');
}

char *edit_buffer_print(const struct bookmark *bookmarks, size_t count)
{
	struct buffer text = {0};
	size_t rule = rule_length(bookmarks, count);

	for (size_t i = 0; i < count; i++) {
		char *form = edit_form_print(&bookmarks[i]);
		if (count > 1)
			add_rule(&text, rule, bookmarks[i].id);
		buffer_print(&text, "%s%s", form, count > 1 ? "\n" : "");
		free(form);
	}
	return buffer_take(&text);
}

/* The bookmarks that a text is about, and how many "=" stand before and behind each. */
struct edit_blocks {
	const struct bookmark *bookmarks;
	size_t count;
	size_t rule;
	bool *begun;
};

/* The bookmark that a line begins; NULL if it begins none. */
static const struct bookmark *begun_by(const char *line, const struct edit_blocks *blocks)
{
	long long id;
	int end = 0;

	if (rule_run(line) != blocks->rule)
		return NULL;
	line += blocks->rule;
	if (sscanf(line, RULE_WORD "%lld %n", &id, &end) != 1 || end == 0 ||
		strspn(line + end, "=") != blocks->rule)
		return NULL;
	line += end + blocks->rule;
	if (*line != '\n' && *line != '\r' && *line != '\0')
		return NULL;
	for (size_t i = 0; i < blocks->count; i++) {
		if (blocks->bookmarks[i].id == id)
			return &blocks->bookmarks[i];
	}
	return NULL;
}

static void drop_edit(struct bookmark_edit *edit)
{
	tag_edits_finish(&edit->patch);
	*edit = (struct bookmark_edit){0};
}

static enum status buffer_read_block(struct edit_buffer *buffer, const char *text, size_t length,
	const struct bookmark *bookmark, struct error *error)
{
	char *block = memory_copy_bytes(text, length);
	struct edit_form *form = &buffer->forms[buffer->form_count++];
	struct bookmark_edit *edit = &buffer->edits[buffer->edit_count];
	enum status status = edit_form_read(form, block, error);

	free(block);
	if (status != STATUS_OK || form->empty)
		return status;
	edit->id = bookmark->id;
	if (edit_form_patch(form, bookmark, &edit->patch))
		buffer->edit_count++;
	else
		drop_edit(edit);
	return STATUS_OK;
}

/* Where the next block begins, from a line on; the end of the text if there is none. */
static const char *next_block(const char *at, const struct edit_blocks *blocks)
{
	while (*at && !begun_by(at, blocks))
		at = after_line(at);
	return at;
}

static enum status buffer_read_blocks(struct edit_buffer *buffer, const char *text,
	const struct edit_blocks *blocks, struct error *error)
{
	const char *at = next_block(text, blocks);
	enum status status = STATUS_OK;

	while (*at && status == STATUS_OK) {
		const struct bookmark *bookmark = begun_by(at, blocks);
		const char *from = after_line(at);
		bool *begun = &blocks->begun[bookmark - blocks->bookmarks];

		if (*begun)
			return error_fail(STATUS_INVALID, error,
				"there is bookmark %lld twice in the text",
				(long long)bookmark->id);
		*begun = true;
		at = next_block(from, blocks);
		status = buffer_read_block(buffer, from, (size_t)(at - from), bookmark, error);
	}
	return status;
}

enum status edit_buffer_read(struct edit_buffer *buffer, const char *text,
	const struct bookmark *bookmarks, size_t count, struct error *error)
{
	struct edit_blocks blocks = {
		.bookmarks = bookmarks, .count = count, .rule = rule_length(bookmarks, count)};
	enum status status;

	*buffer = (struct edit_buffer){0};
	buffer->forms = memory_array(count + 1, sizeof(*buffer->forms));
	buffer->edits = memory_array(count + 1, sizeof(*buffer->edits));
	if (count == 1)
		return buffer_read_block(buffer, text, strlen(text), &bookmarks[0], error);
	blocks.begun = memory_array(count, sizeof(*blocks.begun));
	status = buffer_read_blocks(buffer, text, &blocks, error);
	free(blocks.begun);
	return status;
}

void edit_buffer_finish(struct edit_buffer *buffer)
{
	for (size_t i = 0; i < buffer->edit_count; i++)
		tag_edits_finish(&buffer->edits[i].patch);
	for (size_t i = 0; i < buffer->form_count; i++)
		edit_form_finish(&buffer->forms[i]);
	free(buffer->edits);
	free(buffer->forms);
	*buffer = (struct edit_buffer){0};
}
