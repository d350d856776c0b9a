#include <string.h>

#include "domain/search/letters.h"
#include "domain/search/match_step.h"

static size_t point_length(const char *text)
{
	size_t length = 1;

	while (((unsigned char)text[length] & 0xc0) == 0x80)
		length++;
	return length;
}

bool match_fuzzy(const char *text, size_t length, const char *begin, const char *end)
{
	const char *stop = text + length;

	while (text < stop) {
		size_t step = point_length(text);
		const char *place = step == 1 ? memchr(begin, *text, (size_t)(end - begin))
					      : memmem(begin, (size_t)(end - begin), text, step);

		if (!place)
			return false;
		begin = place + step;
		text += step;
	}
	return true;
}

static bool fuzzy_in_a_tag(const struct match_step *step, const char *tags, const char *end)
{
	while (tags < end) {
		const char *comma = memchr(tags, ',', (size_t)(end - tags));
		const char *stop = comma ? comma : end;

		if (match_fuzzy(step->text, step->length, tags, stop))
			return true;
		tags = stop + 1;
	}
	return false;
}

bool match_fuzzy_in(
	const struct match_step *step, const struct match_fields *fields, unsigned places)
{
	for (size_t i = 0; i < 3; i++)
		if ((places >> i & 1) && match_fuzzy(step->text, step->length, fields->begin[i],
						 fields->begin[i + 1] - 1))
			return true;
	return (places & IN_TAGS) && fuzzy_in_a_tag(step, fields->begin[3], fields->begin[4] - 1);
}

/*
 * Where the letters are found one after the other, the first at its first place: if no field ends
 * between the first and the last, this settles it. NULL if they are not in the row at all.
 */
static const char *last_letter(const struct match_step *step, const char **begin, const char *end)
{
	const char *text = step->text;
	const char *stop = text + step->length;
	const char *at = *begin;

	*begin = NULL;
	while (text < stop) {
		size_t length = point_length(text);
		const char *place = length == 1 ? memchr(at, *text, (size_t)(end - at))
						: memmem(at, (size_t)(end - at), text, length);

		if (!place)
			return NULL;
		if (!*begin)
			*begin = place;
		at = place + length;
		text += length;
	}
	return at;
}

bool match_fuzzy_row(const struct match_step *step, const struct match_rows *rows, size_t row)
{
	const struct row_table *table = rows->table;
	const char *first = table->folded + table->folded_at[row];
	struct match_fields fields;
	const char *last;

	if (step->letters & ~table->letters[row])
		return false;
	if (!step->length || (step->length == 1 && letter_is_plain((unsigned char)*step->text)))
		return true;
	last = last_letter(step, &first, table->folded + table->folded_at[row + 1]);
	if (!last)
		return false;
	if (!memchr(first, '\0', (size_t)(last - first)) &&
		!memchr(first, ',', (size_t)(last - first)))
		return true;
	match_fields_find(&fields, table, row, 4);
	return match_fuzzy_in(step, &fields, step->places);
}
