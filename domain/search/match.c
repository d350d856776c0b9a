#include "domain/search/match.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/bookmarks/url.h"
#include "domain/bookmarks/url_parts.h"
#include "domain/search/bits.h"
#include "domain/search/text_scan.h"
#include "domain/search/regex.h"
#include "domain/search/trigram_index.h"

#define RUN_WORDS (MATCH_RUN / 64)

/* A term or an operator of the query, prepared. */
struct match_node {
	enum query_kind kind;
	unsigned places;      /* of enum place */
	struct needle needle; /* of WORD, FUZZY, TAG, SITE; length 0 if there is nothing to find */
	struct fuzzy_word fuzzy;
	const char *text; /* the query's */
	size_t length;
	uint64_t letters; /* of text */
	bool prefix;
	bool is_root; /* all of the query */
	int64_t from;
	int64_t until;
	struct regex *regex;
	unsigned cost;
	bool has_words; /* it, or one below it, is a word that ranks */
	struct match_node *children;
	size_t count;
};

struct match {
	struct match_node root;
	bool wants_duplicates;
	unsigned columns;       /* that are read of a row */
	unsigned title_columns; /* to know whether all words are in its title */
};

/* Rough: what a node costs a row that reaches it. Long words are rare, so they come early. */
static unsigned node_cost(const struct match_node *node)
{
	if (node->count)
		return node->children[node->count - 1].cost + 20;
	if (node->kind == QUERY_REGEX || node->kind == QUERY_FUZZY)
		return node->kind == QUERY_REGEX ? 60 : 40;
	if (!node->text)
		return 0;
	return node->length < 8 ? 18 - (unsigned)node->length : 10;
}

static int compare_cost(const void *a, const void *b)
{
	const struct match_node *left = a;
	const struct match_node *right = b;

	return left->cost < right->cost ? -1 : left->cost > right->cost;
}

static void prepare_text(struct match_node *node)
{
	char message[128];
	size_t at;

	node->length = strlen(node->text);
	node->letters = letters_of(node->text, node->length);
	if (node->length)
		needle_init(&node->needle, node->text, node->length);
	if ((node->kind == QUERY_WORD || node->kind == QUERY_FUZZY) && strchr(node->text, ','))
		node->places &= ~(unsigned)IN_TAGS;
	if (node->kind == QUERY_FUZZY)
		fuzzy_word_init(&node->fuzzy, node->text, node->length);
	if (node->kind == QUERY_REGEX)
		node->regex = regex_new(node->text, node->length, message, sizeof(message), &at);
}

/* A word that was asked of one field only is a filter: where it stands says nothing. */
static bool is_ranking_word(const struct query *query)
{
	return (query->kind == QUERY_WORD || query->kind == QUERY_FUZZY) &&
	       query->places == ANYWHERE && *query->text;
}

static void node_init(struct match_node *node, const struct query *query)
{
	node->kind = query->kind;
	node->places = query->places;
	node->text = query->text;
	node->prefix = query->prefix;
	node->from = query->from;
	node->until = query->until;
	node->count = query->count;
	node->has_words = is_ranking_word(query);
	if (node->text)
		prepare_text(node);
	if (node->count)
		node->children = memory_array(node->count, sizeof(*node->children));
	for (size_t i = 0; i < node->count; i++) {
		node_init(&node->children[i], query->children[i]);
		if (node->kind != QUERY_NOT)
			node->has_words |= node->children[i].has_words;
	}
	if (node->count)
		qsort(node->children, node->count, sizeof(*node->children), compare_cost);
	node->cost = node_cost(node);
}

static void node_finish(struct match_node *node)
{
	for (size_t i = 0; i < node->count; i++)
		node_finish(&node->children[i]);
	free(node->children);
	regex_free(node->regex);
}

static bool asks_for(const struct query *query, enum query_kind kind)
{
	if (query->kind == kind)
		return true;
	for (size_t i = 0; i < query->count; i++)
		if (asks_for(query->children[i], kind))
			return true;
	return false;
}

/* What is read of a row to know whether it matches, where words must stand in some places. */
static unsigned node_columns(const struct match_node *node, unsigned places)
{
	unsigned columns = 0;

	if (!node->has_words)
		places = ANYWHERE;
	switch (node->kind) {
	case QUERY_WORD: return node->places & places;
	case QUERY_FUZZY: return (node->places & places) | 1u << COLUMN_LETTERS;
	case QUERY_TAG:
	case QUERY_UNTAGGED: return IN_TAGS | 1u << COLUMN_FLAGS;
	case QUERY_SITE:
	case QUERY_REGEX: return COLUMNS_ROW;
	case QUERY_SOURCE: return 1u << COLUMN_SOURCES | 1u << COLUMN_NAMES;
	case QUERY_ADDED: return 1u << COLUMN_ADDED;
	case QUERY_MODIFIED: return 1u << COLUMN_MODIFIED;
	case QUERY_CHECKED: return 1u << COLUMN_CHECKED;
	case QUERY_LINK:
	case QUERY_UNSTARRED: return 1u << COLUMN_FLAGS;
	case QUERY_ALL:
	case QUERY_DUPLICATE:
	case QUERY_AND:
	case QUERY_OR:
	case QUERY_NOT: break;
	}
	for (size_t i = 0; i < node->count; i++)
		columns |= node_columns(&node->children[i], places);
	return columns;
}

struct match *match_new(const struct query *query)
{
	struct match *match = memory_new(sizeof(*match));

	node_init(&match->root, query);
	match->root.is_root = true;
	match->wants_duplicates = asks_for(query, QUERY_DUPLICATE);
	match->columns = node_columns(&match->root, ANYWHERE);
	match->title_columns = node_columns(&match->root, IN_TITLE);
	return match;
}

void match_free(struct match *match)
{
	if (!match)
		return;
	node_finish(&match->root);
	free(match);
}

bool match_wants_duplicates(const struct match *match)
{
	return match->wants_duplicates;
}

bool match_has_ranks(const struct match *match)
{
	return match->root.has_words;
}

/* The groups of a run that can hold what a node asks for, a bit each. */
static uint64_t node_groups(const struct match_node *node, const struct match_run *run)
{
	const bool is_word = node->kind == QUERY_WORD || node->kind == QUERY_TAG;
	uint64_t all = UINT64_MAX, any = 0;

	if (is_word && node->length >= TRIGRAM_SHORTEST)
		return trigram_index_groups(
			run->segment, node->text, node->length, run->first / ROW_GROUP);
	if (node->kind != QUERY_AND && node->kind != QUERY_OR)
		return UINT64_MAX;
	for (size_t i = 0; i < node->count; i++) {
		const uint64_t groups = node_groups(&node->children[i], run);

		all &= groups;
		any |= groups;
	}
	return node->kind == QUERY_AND ? all : any;
}

/* Drops the rows whose group does not hold what the node asks for. */
static void mask_groups(const struct match_node *node, const struct match_run *run, uint64_t *bits)
{
	const uint64_t groups = run->table->trigrams ? node_groups(node, run) : UINT64_MAX;

	for (size_t i = 0; i < BITS_WORDS(run->count); i++)
		if (!(groups >> i / (ROW_GROUP / 64) & 1))
			bits[i] = 0;
}

/* Opens rows, those that are left and those that share a word with them. */
static bool open_rows(const struct match_run *run, unsigned columns, const uint64_t *bits)
{
	bool sound = true;

	for (size_t first = 0; sound && first < run->count; first += 64)
		if (bits[first / 64])
			sound = row_segment_open(run->segment, columns, run->first + first,
				run->count - first < 64 ? run->count - first : 64);
	return sound;
}

/* Drops the rows that lack a letter of the node's text. */
static void mask_letters(const struct match_node *node, const struct match_run *run, uint64_t *bits)
{
	const uint64_t *letters = run->table->letters + run->first;

	for (size_t word = 0; word < BITS_WORDS(run->count); word++) {
		const size_t left = run->count - word * 64;
		uint64_t have = 0;

		if (!bits[word])
			continue;
		for (size_t i = 0; i < 64 && i < left; i++)
			have |= (uint64_t)((letters[word * 64 + i] & node->letters) ==
					   node->letters)
				<< i;
		bits[word] &= have;
	}
}

/* May what was found at place, in the field of this row that begins there, count? */
typedef bool (*place_test_fn)(const struct match_node *node, const struct row_table *table,
	size_t row, const char *begin, const char *place);

static bool starts_a_word(const struct match_node *node, const struct row_table *table, size_t row,
	const char *begin, const char *place)
{
	(void)node, (void)table, (void)row;
	return letter_starts_word(begin, place);
}

static bool is_a_tag(const struct match_node *node, const struct row_table *table, size_t row,
	const char *begin, const char *place)
{
	const char *after = place + node->length;

	(void)table, (void)row;
	return (place == begin || place[-1] == ',') &&
	       (node->prefix || *after == ',' || *after == '\0');
}

/* "github.com" is in "github.com" and "gist.github.com", and not in "notgithub.com". */
static bool is_under(const struct match_node *node, const char *host, size_t length)
{
	if (length && host[length - 1] == '.')
		length--;
	if (length < node->length)
		return false;
	host += length - node->length;
	return strncasecmp(host, node->text, node->length) == 0 &&
	       (length == node->length || host[-1] == '.');
}

static bool has_site(const struct match_node *node, const struct row_table *table, size_t number)
{
	struct url_parts parts;
	struct row row;
	char *host;
	bool under;

	row_table_row(table, number, &row);
	url_split(row.url, &parts);
	if (url_parts_are_web(&parts) && !(table->flags[number] & ROW_ODD_HOST))
		return is_under(node, parts.host.start, parts.host.length);
	host = url_host(row.url);
	under = is_under(node, host, strlen(host));
	free(host);
	return under;
}

static bool is_on_site(const struct match_node *node, const struct row_table *table, size_t row,
	const char *begin, const char *place)
{
	(void)begin, (void)place;
	return has_site(node, table, row);
}

/* What is looked for in one field of a run: rows that are wanted, and those that have it. */
struct field_scan {
	const struct match_node *node;
	const struct match_run *run;
	enum row_field field;
	place_test_fn may_count; /* NULL: wherever it stands */
	const uint64_t *wanted;
	uint64_t *found;
};

/* The row, from this one on and below last, in whose text a place is: in ever wider steps. */
static size_t row_around(const struct field_scan *scan, size_t row, size_t last, const char *place)
{
	const struct row_table *table = scan->run->table;
	size_t step = 1;

	for (; row + step < last && row_table_text(table, row + step, scan->field) <= place;
		step *= 2)
		row += step;
	for (; step; step /= 2)
		if (row + step < last && row_table_text(table, row + step, scan->field) <= place)
			row += step;
	return row;
}

/* Reads the texts of rows as one, from this one on and below last, and asks which a place is in. */
static void scan_rows(const struct field_scan *scan, size_t row, size_t last)
{
	const struct row_table *table = scan->run->table;
	const char *stop = row_table_text(table, last, scan->field);
	const char *place = row_table_text(table, row, scan->field);

	while (place < stop && (place = needle_find(&scan->node->needle, place, stop)) != NULL) {
		row = row_around(scan, row, last, place);
		if (scan->may_count && !scan->may_count(scan->node, table, row,
					       row_table_text(table, row, scan->field), place)) {
			place++;
			continue;
		}
		bits_add(scan->found, row - scan->run->first);
		place = row_table_text(table, row + 1, scan->field);
	}
}

static void scan_words(const struct field_scan *scan)
{
	const size_t count = scan->run->count;
	size_t end;

	for (size_t first = bits_next(scan->wanted, 0, count); first < count;
		first = bits_next(scan->wanted, end, count)) {
		end = bits_gap(scan->wanted, first, count);
		scan_rows(scan, scan->run->first + first, scan->run->first + end);
	}
}

static void scan_fuzzy(const struct field_scan *scan)
{
	const struct row_table *table = scan->run->table;
	const size_t first = scan->run->first, count = scan->run->count;
	bool (*const holds)(const struct fuzzy_word *, const char *, const char *) =
		scan->field == FIELD_TAGS ? fuzzy_word_in_tags : fuzzy_word_in_text;

	for (size_t i = bits_next(scan->wanted, 0, count); i < count;
		i = bits_next(scan->wanted, i + 1, count))
		if (holds(&scan->node->fuzzy, row_table_text(table, first + i, scan->field),
			    row_table_text_end(table, first + i, scan->field)))
			bits_add(scan->found, i);
}

/* Leaves of the bits those that hold the node's text in one of some places. */
static void find_text(const struct match_node *node, const struct match_run *run, unsigned places,
	void (*scan)(const struct field_scan *), place_test_fn may_count, uint64_t *bits)
{
	const size_t words = BITS_WORDS(run->count);
	uint64_t found[RUN_WORDS] = {0};

	for (enum row_field field = FIELD_TITLE; field < ROW_FIELDS; field++) {
		if (!(places >> field & 1))
			continue;
		scan(&(struct field_scan){node, run, field, may_count, bits, found});
		bits_subtract(bits, found, words);
	}
	memcpy(bits, found, words * sizeof(*bits));
}

/* Where a word must stand to rank so. If it is all the query, it is in no title that was asked. */
static unsigned places_of_rank(
	const struct match_node *node, const struct match_run *run, enum match_rank rank)
{
	if (rank == RANK_TITLE)
		return node->places & IN_TITLE;
	if (rank == RANK_TAGS)
		return node->places & IN_TAGS;
	return node->is_root && run->titles_asked ? node->places & ~(unsigned)IN_TITLE
						  : node->places;
}

/* Of a fuzzy word the letters stand together only where they begin a word. */
static void match_word(const struct match_node *node, const struct match_run *run,
	enum match_rank rank, uint64_t *bits)
{
	const unsigned places = places_of_rank(node, run, rank);

	if (!node->length)
		return;
	if (rank == RANK_STARTS) {
		find_text(node, run, places, scan_words, starts_a_word, bits);
	} else if (node->kind == QUERY_WORD) {
		find_text(node, run, places, scan_words, NULL, bits);
	} else {
		mask_letters(node, run, bits);
		find_text(node, run, places, scan_fuzzy, NULL, bits);
	}
}

typedef bool (*row_test_fn)(const struct match_node *node, const struct match_run *run, size_t row);

static void test_rows(const struct match_node *node, const struct match_run *run, row_test_fn test,
	uint64_t *bits)
{
	for (size_t i = bits_next(bits, 0, run->count); i < run->count;
		i = bits_next(bits, i + 1, run->count))
		if (!test(node, run, run->first + i))
			bits_drop(bits, i);
}

static bool is_untagged(const struct match_node *node, const struct match_run *run, size_t row)
{
	(void)node;
	return *row_table_text(run->table, row, FIELD_TAGS) == '\0' &&
	       (run->table->flags[row] & ROW_TAGS_AS_GIVEN);
}

/* A name that folds to nothing: only a tag that does too, or with a star any tag. */
static bool has_nameless_tag(const struct match_node *node, const struct match_run *run, size_t row)
{
	const char *tags = row_table_text(run->table, row, FIELD_TAGS);
	const char *end = row_table_text_end(run->table, row, FIELD_TAGS);

	if (node->prefix || *tags == '\0')
		return !is_untagged(node, run, row);
	return *tags == ',' || strstr(tags, ",,") || end[-1] == ',';
}

static bool is_odd_site(const struct match_node *node, const struct match_run *run, size_t row)
{
	return (run->table->flags[row] & ROW_ODD_HOST) && has_site(node, run->table, row);
}

static void match_site(const struct match_node *node, const struct match_run *run, uint64_t *bits)
{
	uint64_t odd[RUN_WORDS];

	if (!node->length) {
		memset(bits, 0, BITS_WORDS(run->count) * sizeof(*bits));
		return;
	}
	memcpy(odd, bits, BITS_WORDS(run->count) * sizeof(*bits));
	test_rows(node, run, is_odd_site, odd);
	find_text(node, run, IN_URL, scan_words, is_on_site, bits);
	bits_or(bits, odd, BITS_WORDS(run->count));
}

static bool has_source(const struct match_node *node, const struct match_run *run, size_t row)
{
	const char *name = row_table_source(run->table, row);
	size_t length = strlen(name);
	size_t folded_length;
	char *folded;
	bool same;

	if (length < node->length)
		return false;
	folded = text_fold(name, length, &folded_length);
	same = strncmp(folded, node->text, node->length) == 0 &&
	       (folded[node->length] == '\0' ||
		       (folded[node->length] == ':' && !memchr(node->text, ':', node->length)));
	free(folded);
	return same;
}

static bool was_added(const struct match_node *node, const struct match_run *run, size_t row)
{
	return run->table->added[row] >= node->from && run->table->added[row] < node->until;
}

static bool was_modified(const struct match_node *node, const struct match_run *run, size_t row)
{
	return run->table->modified[row] >= node->from && run->table->modified[row] < node->until;
}

static bool was_checked(const struct match_node *node, const struct match_run *run, size_t row)
{
	const int64_t checked = run->table->checked[row];

	return checked && checked >= node->from && checked < node->until;
}

static bool has_link_state(const struct match_node *node, const struct match_run *run, size_t row)
{
	return row_flags_link(run->table->flags[row]) == (enum link_state)node->places;
}

static bool is_unstarred(const struct match_node *node, const struct match_run *run, size_t row)
{
	(void)node;
	return run->table->flags[row] & ROW_UNSTARRED;
}

static bool is_duplicate(const struct match_node *node, const struct match_run *run, size_t row)
{
	(void)node;
	return run->duplicates && bits_has(run->duplicates, row);
}

static bool fits_regex(const struct match_node *node, const struct match_run *run, size_t number)
{
	struct row row;

	row_table_row(run->table, number, &row);
	return regex_matches(node->regex, row.title, strlen(row.title)) ||
	       regex_matches(node->regex, row.url, strlen(row.url)) ||
	       regex_matches(node->regex, row.notes, strlen(row.notes));
}

static void match_node(const struct match_node *node, const struct match_run *run,
	enum match_rank rank, uint64_t *bits);

/* Of alternatives one is enough: it must rank so, and so it matches. */
static void match_or(const struct match_node *node, const struct match_run *run,
	enum match_rank rank, uint64_t *bits)
{
	const size_t words = BITS_WORDS(run->count);
	uint64_t found[RUN_WORDS] = {0};
	uint64_t one[RUN_WORDS];

	for (size_t i = 0; i < node->count && bits_any(bits, words); i++) {
		memcpy(one, bits, words * sizeof(*bits));
		match_node(&node->children[i], run, rank, one);
		bits_or(found, one, words);
		bits_subtract(bits, one, words);
	}
	memcpy(bits, found, words * sizeof(*bits));
}

static void match_not(const struct match_node *node, const struct match_run *run, uint64_t *bits)
{
	uint64_t found[RUN_WORDS];

	memcpy(found, bits, BITS_WORDS(run->count) * sizeof(*bits));
	match_node(&node->children[0], run, RANK_REST, found);
	bits_subtract(bits, found, BITS_WORDS(run->count));
}

/* What has no word that ranks ranks as one likes: it need only match. */
static void match_node(const struct match_node *node, const struct match_run *run,
	enum match_rank rank, uint64_t *bits)
{
	if (!node->has_words)
		rank = RANK_REST;
	mask_groups(node, run, bits);
	if (!bits_any(bits, BITS_WORDS(run->count)))
		return;
	switch (node->kind) {
	case QUERY_ALL: return;
	case QUERY_AND:
		for (size_t i = 0; i < node->count; i++)
			match_node(&node->children[i], run, rank, bits);
		return;
	case QUERY_OR: match_or(node, run, rank, bits); return;
	case QUERY_NOT: match_not(node, run, bits); return;
	case QUERY_WORD:
	case QUERY_FUZZY: match_word(node, run, rank, bits); return;
	case QUERY_TAG:
		if (node->length)
			find_text(node, run, IN_TAGS, scan_words, is_a_tag, bits);
		else
			test_rows(node, run, has_nameless_tag, bits);
		return;
	case QUERY_SITE: match_site(node, run, bits); return;
	case QUERY_SOURCE: test_rows(node, run, has_source, bits); return;
	case QUERY_ADDED: test_rows(node, run, was_added, bits); return;
	case QUERY_MODIFIED: test_rows(node, run, was_modified, bits); return;
	case QUERY_CHECKED: test_rows(node, run, was_checked, bits); return;
	case QUERY_LINK: test_rows(node, run, has_link_state, bits); return;
	case QUERY_UNTAGGED: test_rows(node, run, is_untagged, bits); return;
	case QUERY_UNSTARRED: test_rows(node, run, is_unstarred, bits); return;
	case QUERY_DUPLICATE: test_rows(node, run, is_duplicate, bits); return;
	case QUERY_REGEX: test_rows(node, run, fits_regex, bits); return;
	}
}

void match_filter(const struct match *match, const struct match_run *run, enum match_rank rank,
	uint64_t bits[static MATCH_RUN / 64])
{
	const unsigned columns = rank == RANK_TITLE ? match->title_columns : match->columns;

	mask_groups(&match->root, run, bits);
	if (open_rows(run, columns, bits))
		match_node(&match->root, run, rank, bits);
	else
		memset(bits, 0, BITS_WORDS(run->count) * sizeof(*bits));
}
