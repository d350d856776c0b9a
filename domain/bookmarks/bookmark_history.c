#include "domain/bookmarks/bookmark_history.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"

struct bookmark_change *bookmark_history_add(struct bookmark_history *history)
{
	struct bookmark_change *change;

	history->changes = memory_grow(
		history->changes, history->count, &history->capacity, sizeof(*history->changes));
	change = &history->changes[history->count++];
	*change = (struct bookmark_change){0};
	bookmark_init(&change->before);
	bookmark_init(&change->after);
	return change;
}

void bookmark_history_finish(struct bookmark_history *history)
{
	for (size_t i = 0; i < history->count; i++) {
		bookmark_finish(&history->changes[i].before);
		bookmark_finish(&history->changes[i].after);
	}
	free(history->changes);
	*history = (struct bookmark_history){0};
}

static const char *separator(const struct buffer *text)
{
	return text->length ? ", " : "";
}

/* Of a field that was not empty, what it was, as far as a line has room for it. */
static void describe_text(struct buffer *text, const char *name, const char *before)
{
	if (!*before)
		buffer_print(text, "%s%s added", separator(text), name);
	else if (strlen(before) <= 80 && !strchr(before, '\n'))
		buffer_print(text, "%s%s was \"%s\"", separator(text), name, before);
	else
		buffer_print(text, "%s%s changed", separator(text), name);
}

/* " +c" of each tag that only one side has. */
static void describe_tags(
	struct buffer *text, const struct tag_set *of, const struct tag_set *without, char sign)
{
	for (size_t i = 0; i < of->count; i++) {
		if (!tag_set_has(without, of->tags[i]))
			buffer_print(text, " %c%s", sign, of->tags[i]);
	}
}

static void describe_difference(struct buffer *text, const struct bookmark_field *field,
	union bookmark_value before, union bookmark_value after)
{
	switch (field->type) {
	case BOOKMARK_TEXT: describe_text(text, field->label, before.text); break;
	case BOOKMARK_TAGS:
		buffer_print(text, "%s%s", separator(text), field->label);
		describe_tags(text, after.tags, before.tags, '+');
		describe_tags(text, before.tags, after.tags, '-');
		break;
	case BOOKMARK_FLAG:
		buffer_print(text, "%s%s", separator(text),
			after.flag ? field->label : field->label_cleared);
		break;
	case BOOKMARK_TIME: break;
	}
}

char *bookmark_change_describe(const struct bookmark_change *change)
{
	struct buffer text = {0};

	for (size_t i = 0; !change->made && i < BOOKMARK_FIELDS; i++) {
		const struct bookmark_field *field = &bookmark_fields[i];

		if (field->label && !bookmark_field_equal(field, &change->before, &change->after))
			describe_difference(&text, field,
				bookmark_field_value(field, &change->before),
				bookmark_field_value(field, &change->after));
	}
	return buffer_take(&text);
}
