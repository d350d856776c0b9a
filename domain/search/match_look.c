#include "domain/search/letters.h"
#include "domain/search/match_step.h"

static uint8_t sense_bit(enum sense sense)
{
	return (uint8_t)(1u << sense);
}

/* What one more place of a word says. */
static uint8_t senses_of(const struct row_table *table, size_t row, const char *place)
{
	uint8_t senses = sense_bit(SENSE_ROW);

	if (letter_starts_word(row_table_field(table, row, 0), place))
		senses |= sense_bit(SENSE_STARTS);
	if (place < row_table_field(table, row, SENSE_URL))
		senses |= sense_bit(SENSE_TITLE);
	else if (place >= row_table_field(table, row, SENSE_TAGS))
		senses |= sense_bit(SENSE_TAGS);
	return senses;
}

/* A word with a comma is in no tag. */
struct match_seen match_look(
	const struct match_step *word, const struct row_table *table, size_t row)
{
	const uint8_t ranking =
		sense_bit(SENSE_TITLE) | sense_bit(SENSE_STARTS) | sense_bit(SENSE_TAGS);
	const char *end =
		row_table_field(table, row, word->places & IN_TAGS ? ROW_FIELDS : SENSE_TAGS);
	const char *place = row_table_field(table, row, 0);
	uint8_t stands = 0;

	while ((place = needle_find(&word->needle, place, end)) != NULL) {
		stands |= senses_of(table, row, place++);
		if (word->is_alone && (stands & sense_bit(SENSE_TITLE)))
			return (struct match_seen){stands, sense_bit(SENSE_TITLE)};
		if (word->is_alone && (stands & sense_bit(SENSE_STARTS)))
			return (struct match_seen){
				stands, sense_bit(SENSE_TITLE) | sense_bit(SENSE_STARTS)};
		if ((stands & ranking) == ranking)
			break;
	}
	return (struct match_seen){stands, ranking};
}
