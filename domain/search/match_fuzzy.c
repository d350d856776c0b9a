#include <string.h>

#include "domain/search/bits.h"
#include "domain/search/lane.h"
#include "domain/search/match_step.h"

static size_t point_length(const char *text)
{
	size_t length = 1;

	while (((unsigned char)text[length] & 0xc0) == 0x80)
		length++;
	return length;
}

void fuzzy_letters_of(struct fuzzy_letters *letters, const char *text, size_t length)
{
	*letters = (struct fuzzy_letters){.length = (uint8_t)length};
	for (size_t i = 0; i < length; i++) {
		const char *known = memchr(letters->distinct, text[i], letters->count);

		if (length > FUZZY_LONGEST || (unsigned char)text[i] >= 0x80) {
			letters->count = 0;
			return;
		}
		letters->order[i] = known ? (uint8_t)(known - letters->distinct) : letters->count;
		if (!known)
			letters->distinct[letters->count++] = text[i];
	}
}

/* What can be looked at in one go: bits of a word stand for bytes of a text. */
#define WINDOW 64

/* Where a byte stands in the window that begins here, all of which can be read. */
static inline uint64_t places_of(char byte, const char *begin)
{
	const lane bytes = lane_of(byte);

	return lane_bits((lane)(lane_load(begin) == bytes)) |
	       lane_bits((lane)(lane_load(begin + LANE) == bytes)) << LANE |
	       lane_bits((lane)(lane_load(begin + 2 * LANE) == bytes)) << 2 * LANE |
	       lane_bits((lane)(lane_load(begin + 3 * LANE) == bytes)) << 3 * LANE;
}

static void find_letters(const struct fuzzy_letters *letters, const char *begin, uint64_t *places)
{
	for (size_t i = 0; i < letters->count; i++)
		places[i] = places_of(letters->distinct[i], begin);
}

/*
 * How many letters of the word, from one on, stand in the places that are left, each behind the
 * one before. Without a branch, as none could be foretold: once a letter is not there, nothing is
 * left for those behind it.
 */
static size_t stand_in_order(
	const struct fuzzy_letters *letters, size_t from, const uint64_t *places, uint64_t left)
{
	size_t count = 0;

	for (size_t i = from; i < letters->length; i++) {
		uint64_t here = places[letters->order[i]] & left;

		left &= ~(here ^ (here - 1)); /* up to the lowest bit, or all if there is none */
		count += here != 0;
	}
	return count;
}

static uint64_t first_places(size_t count)
{
	return count < WINDOW ? (UINT64_C(1) << count) - 1 : UINT64_MAX;
}

static bool stand_in_text(const struct fuzzy_letters *letters, const char *begin, const char *end)
{
	uint64_t places[FUZZY_LONGEST];
	size_t found = 0;

	for (; begin < end && found < letters->length; begin += WINDOW) {
		find_letters(letters, begin, places);
		found +=
			stand_in_order(letters, found, places, first_places((size_t)(end - begin)));
	}
	return found == letters->length;
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

/* Windows may reach over the end, as far as there is something to read. */
static bool stand_between(
	const struct match_step *step, const char *begin, const char *end, const char *readable)
{
	if (!step->fuzzy.count || readable - end < WINDOW)
		return match_fuzzy(step->text, step->length, begin, end);
	return stand_in_text(&step->fuzzy, begin, end);
}

static bool stand_in_long_tags(
	const struct match_step *step, const char *tags, const char *end, const char *readable)
{
	while (tags < end) {
		const char *comma = memchr(tags, ',', (size_t)(end - tags));
		const char *stop = comma ? comma : end;

		if (stand_between(step, tags, stop, readable))
			return true;
		tags = stop + 1;
	}
	return false;
}

/* Tags that are one window: each between two commas. */
static bool stand_in_short_tags(
	const struct fuzzy_letters *letters, const char *tags, const char *end)
{
	uint64_t places[FUZZY_LONGEST];
	uint64_t left = first_places((size_t)(end - tags));
	uint64_t commas;

	find_letters(letters, tags, places);
	if (stand_in_order(letters, 0, places, left) < letters->length)
		return false;
	for (commas = places_of(',', tags) & left; commas; commas &= commas - 1) {
		uint64_t tag = left & (commas ^ (commas - 1));

		if (stand_in_order(letters, 0, places, tag) == letters->length)
			return true;
		left &= ~tag;
	}
	return stand_in_order(letters, 0, places, left) == letters->length;
}

static bool stand_in_a_tag(
	const struct match_step *step, const char *tags, const char *end, const char *readable)
{
	if (!step->fuzzy.count || end - tags > WINDOW || readable - tags < WINDOW ||
		memchr(step->fuzzy.distinct, ',', step->fuzzy.count))
		return stand_in_long_tags(step, tags, end, readable);
	return stand_in_short_tags(&step->fuzzy, tags, end);
}

bool match_fuzzy_in(
	const struct match_step *step, const struct row_table *table, size_t row, enum sense place)
{
	const char *begin = row_table_field(table, row, place);
	const char *end = row_table_field(table, row, place + 1) - 1;
	const char *readable = table->folded + table->folded_at[table->count];

	if (place == SENSE_TAGS)
		return stand_in_a_tag(step, begin, end, readable);
	return stand_between(step, begin, end, readable);
}

/* Rows of a run that may hold the letters in each place; of these, none for sure. */
struct places {
	uint64_t bits[SENSE_TAGS + 1][RUN_WORDS];
};

/* Looks in the title first: in what else they are, ranking asks for itself. */
static bool is_in_order(const struct match_question *question, size_t row)
{
	const uint8_t title = 1u << SENSE_TITLE;
	const struct match_step *step = question->step;
	const struct places *places = question->more;
	enum sense place = SENSE_TITLE;

	while (place <= SENSE_TAGS &&
		!(bits_has(places->bits[place], row) &&
			match_fuzzy_in(step, question->rows->table, question->first + row, place)))
		place++;
	if (step->sight) {
		step->sight->stands[row] = place == SENSE_TITLE ? title : 0;
		step->sight->looked[row] = title;
	}
	return place <= SENSE_TAGS;
}

void match_fuzzy_rows(const struct match_step *step, const struct match_rows *rows, size_t first,
	size_t count, uint64_t *bits)
{
	struct places places = {0};
	const struct match_question question = {step, rows, first, is_in_order, &places};
	uint64_t open[RUN_WORDS];

	if (step->sight)
		memset(step->sight->looked, 0, count);
	if (!step->length || !match_known(step, SENSE_ROW, rows, first, count, bits, open))
		return;
	for (enum sense place = SENSE_TITLE; place <= SENSE_TAGS; place++) {
		uint64_t sure[RUN_WORDS];

		if (!(step->places >> place & 1))
			continue;
		memcpy(sure, open, BITS_WORDS(count) * sizeof(*open));
		match_known(step, place, rows, first, count, sure, places.bits[place]);
	}
	match_ask(&question, count, open);
	bits_or(bits, open, BITS_WORDS(count));
}
