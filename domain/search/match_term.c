#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/search/bits.h"
#include "domain/search/match_step.h"
#include "domain/base/text.h"
#include "domain/bookmarks/url.h"
#include "domain/bookmarks/url_parts.h"

/* Where not every so many-th row can match, rows are looked at one by one. */
#define SPARSE 3

typedef bool (*row_test_fn)(
	const struct match_step *step, const struct match_rows *rows, size_t row);

/* May the needle that was found here, in this row, count? */
typedef bool (*place_test_fn)(const struct match_step *step, const struct row_table *table,
	size_t row, const char *place);

static bool is_in_field(
	const struct row_table *table, size_t row, const char *place, enum sense field)
{
	return place >= row_table_field(table, row, field) &&
	       place < row_table_field(table, row, field + 1);
}

static bool word_may_stand(
	const struct match_step *step, const struct row_table *table, size_t row, const char *place)
{
	if (step->places == ANYWHERE)
		return true;
	for (enum sense field = SENSE_TITLE; field <= SENSE_TAGS; field++)
		if ((step->places >> field & 1) && is_in_field(table, row, place, field))
			return true;
	return false;
}

static bool tag_may_stand(
	const struct match_step *step, const struct row_table *table, size_t row, const char *place)
{
	const char *after = place + step->length;

	if (!is_in_field(table, row, place, SENSE_TAGS))
		return false;
	return (place[-1] == ',' || place[-1] == '\0') &&
	       (step->prefix || *after == ',' || *after == '\0');
}

/* "github.com" is in "github.com" and "gist.github.com", and not in "notgithub.com". */
static bool is_under(const struct match_step *step, const char *host, size_t length)
{
	if (length && host[length - 1] == '.')
		length--;
	if (length < step->length)
		return false;
	host += length - step->length;
	return strncasecmp(host, step->text, step->length) == 0 &&
	       (length == step->length || host[-1] == '.');
}

static bool has_site(
	const struct match_step *step, const struct row_table *table, size_t row_number)
{
	struct url_parts parts;
	struct row row;
	char *host;
	bool under;

	row_table_row(table, row_number, &row);
	url_split(row.url, &parts);
	if (url_parts_are_web(&parts) && !(table->flags[row_number] & ROW_ODD_HOST))
		return is_under(step, parts.host.start, parts.host.length);
	host = url_host(row.url);
	under = is_under(step, host, strlen(host));
	free(host);
	return under;
}

static bool site_may_stand(
	const struct match_step *step, const struct row_table *table, size_t row, const char *place)
{
	return is_in_field(table, row, place, SENSE_URL) && has_site(step, table, row);
}

static bool stands_in_row(const struct match_step *step, const struct row_table *table, size_t row,
	place_test_fn may_stand)
{
	const char *place = table->folded + table->folded_at[row];
	const char *end = table->folded + table->folded_at[row + 1];

	while ((place = needle_find(&step->needle, place, end)) != NULL) {
		if (may_stand(step, table, row, place))
			return true;
		place++;
	}
	return false;
}

static bool is_found(const struct match_question *question, size_t row)
{
	const place_test_fn *may_stand = question->more;

	return stands_in_row(
		question->step, question->rows->table, question->first + row, *may_stand);
}

/* A word that ranks is looked for once. */
static bool is_seen(const struct match_question *question, size_t row)
{
	struct match_sight *sight = question->step->sight;
	const struct match_seen seen =
		match_look(question->step, question->rows->table, question->first + row);

	sight->stands[row] = seen.stands;
	sight->looked[row] = seen.looked;
	return seen.stands >> SENSE_ROW & 1;
}

/* Reads the text of all rows as one, and asks which row it is in where something is found. */
static void find_in_run(const struct match_step *step, const struct row_table *table, size_t first,
	size_t count, uint64_t *bits, place_test_fn may_stand)
{
	const char *place = table->folded + table->folded_at[first];
	const char *end = table->folded + table->folded_at[first + count];
	uint64_t found[RUN_WORDS] = {0};
	size_t row = first;

	while ((place = needle_find(&step->needle, place, end)) != NULL) {
		uint64_t offset = (uint64_t)(place - table->folded);

		while (table->folded_at[row + 1] <= offset)
			row++;
		if (!bits_has(bits, row - first)) {
			place = table->folded + table->folded_at[row + 1];
		} else if (may_stand(step, table, row, place)) {
			bits_add(found, row - first);
			place = table->folded + table->folded_at[row + 1];
		} else {
			place++;
		}
	}
	memcpy(bits, found, BITS_WORDS(count) * sizeof(*bits));
}

static void find(const struct match_step *step, const struct match_rows *rows, size_t first,
	size_t count, uint64_t *bits, place_test_fn may_stand)
{
	const struct match_question question = {
		step, rows, first, step->sight ? is_seen : is_found, &may_stand};

	uint64_t open[RUN_WORDS];

	if (step->sight)
		memset(step->sight->looked, 0, count);
	if (!match_known(step, SENSE_ROW, rows, first, count, bits, open))
		return;
	if (bits_count(open, BITS_WORDS(count)) * SPARSE < count) {
		match_ask(&question, count, open);
	} else {
		match_trust(rows, first, count, ROW_TEXT, open);
		find_in_run(step, rows->table, first, count, open, may_stand);
	}
	bits_or(bits, open, BITS_WORDS(count));
}

static void test_each(const struct match_step *step, const struct match_rows *rows, size_t first,
	size_t count, uint64_t *bits, row_test_fn test)
{
	for (size_t i = bits_next(bits, 0, count); i < count; i = bits_next(bits, i + 1, count))
		if (!test(step, rows, first + i))
			bits_drop(bits, i);
}

static bool untagged(const struct match_step *step, const struct match_rows *rows, size_t row)
{
	const struct row_table *table = rows->table;
	const char *end = table->folded + table->folded_at[row + 1];

	(void)step;
	return end[-2] == '\0' && (table->flags[row] & ROW_TAGS_FOLDED);
}

/* A name that folds to nothing: only a tag that does too, or with a star any tag. */
static bool nameless_tag_matches(
	const struct match_step *step, const struct match_rows *rows, size_t row)
{
	const char *tags = row_table_field(rows->table, row, SENSE_TAGS);
	const char *end = row_table_field(rows->table, row, ROW_FIELDS);

	if (step->prefix)
		return !untagged(step, rows, row);
	if (*tags == '\0')
		return !untagged(step, rows, row);
	return *tags == ',' || strstr(tags, ",,") || end[-2] == ',';
}

static bool is_odd_site(const struct match_step *step, const struct match_rows *rows, size_t row)
{
	return (rows->table->flags[row] & ROW_ODD_HOST) && has_site(step, rows->table, row);
}

static void match_site(const struct match_step *step, const struct match_rows *rows, size_t first,
	size_t count, uint64_t *bits)
{
	uint64_t odd[RUN_WORDS];

	match_trust(rows, first, count, ROW_ALL, bits);
	memcpy(odd, bits, BITS_WORDS(count) * sizeof(*bits));
	test_each(step, rows, first, count, odd, is_odd_site);
	find(step, rows, first, count, bits, site_may_stand);
	for (size_t i = 0; i < BITS_WORDS(count); i++)
		bits[i] |= odd[i];
}

static bool source_matches(const struct match_step *step, const struct match_rows *rows, size_t row)
{
	const char *name = rows->table->source_names[rows->table->sources[row]];
	size_t length = strlen(name);
	size_t folded_length;
	char *folded;
	bool same;

	if (length < step->length)
		return false;
	folded = text_fold(name, length, &folded_length);
	same = strncmp(folded, step->text, step->length) == 0 &&
	       (folded[step->length] == '\0' ||
		       (folded[step->length] == ':' && !memchr(step->text, ':', step->length)));
	free(folded);
	return same;
}

static bool added_matches(const struct match_step *step, const struct match_rows *rows, size_t row)
{
	return rows->table->added[row] >= step->from && rows->table->added[row] < step->until;
}

static bool modified_matches(
	const struct match_step *step, const struct match_rows *rows, size_t row)
{
	return rows->table->modified[row] >= step->from && rows->table->modified[row] < step->until;
}

static bool is_unstarred(const struct match_step *step, const struct match_rows *rows, size_t row)
{
	(void)step;
	return rows->table->flags[row] & ROW_UNSTARRED;
}

static bool is_duplicate(const struct match_step *step, const struct match_rows *rows, size_t row)
{
	(void)step;
	return rows->duplicates && bits_has(rows->duplicates, row);
}

static bool regex_holds(const struct match_step *step, const struct match_rows *rows, size_t number)
{
	struct row row;

	row_table_row(rows->table, number, &row);
	return regex_matches(step->regex, row.title, strlen(row.title)) ||
	       regex_matches(step->regex, row.url, strlen(row.url)) ||
	       regex_matches(step->regex, row.notes, strlen(row.notes));
}

/* How each kind is asked: of the run's text at once, or of a row, and what of it is read. */
static const struct {
	place_test_fn may_stand;
	row_test_fn test; /* where there is nothing to find, or no text at all */
	unsigned parts;   /* enum row_part */
} terms[] = {
	[QUERY_WORD] = {word_may_stand, NULL, ROW_TEXT},
	[QUERY_TAG] = {tag_may_stand, nameless_tag_matches, ROW_TEXT | ROW_OTHER},
	[QUERY_SOURCE] = {NULL, source_matches, ROW_OTHER},
	[QUERY_ADDED] = {NULL, added_matches, ROW_ORDER},
	[QUERY_MODIFIED] = {NULL, modified_matches, ROW_OTHER},
	[QUERY_UNTAGGED] = {NULL, untagged, ROW_TEXT | ROW_OTHER},
	[QUERY_UNSTARRED] = {NULL, is_unstarred, ROW_OTHER},
	[QUERY_DUPLICATE] = {NULL, is_duplicate, 0},
	[QUERY_REGEX] = {NULL, regex_holds, ROW_ALL},
};

void match_term(const struct match_step *step, const struct match_rows *rows, size_t first,
	size_t count, uint64_t *bits)
{
	if (step->kind == QUERY_SITE && step->length) {
		match_site(step, rows, first, count, bits);
	} else if (step->kind == QUERY_SITE) {
		memset(bits, 0, BITS_WORDS(count) * sizeof(*bits));
	} else if (step->kind == QUERY_FUZZY) {
		match_fuzzy_rows(step, rows, first, count, bits);
	} else if (step->length && terms[step->kind].may_stand) {
		find(step, rows, first, count, bits, terms[step->kind].may_stand);
	} else if (terms[step->kind].test) {
		match_trust(rows, first, count, terms[step->kind].parts, bits);
		test_each(step, rows, first, count, bits, terms[step->kind].test);
	}
}
