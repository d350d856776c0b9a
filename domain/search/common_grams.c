#include "domain/search/common_grams.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/search/letters.h"
#include "domain/search/row_block.h"

#define SAMPLE 4096 /* rows */

/* One row in so many has a gram that is common, if it has two bytes; one that is very common. */
#define COMMON_PART      32
#define VERY_COMMON_PART 16

/* Longer ones are typed from the beginning of a word. */
#define INNER_LONGEST 3

#define TWOS          65536

/* One more byte behind a gram, with what was counted of it. */
struct step {
	uint32_t key; /* gram << 8 | byte; 0: a free slot, as no gram goes on with a NUL */
	int gram;     /* that it leads to; -1 while it is only counted */
	uint32_t rows;
	uint32_t last_row;
};

struct gram_walk {
	int *twos;
	struct step *steps; /* a hash table */
	size_t mask;
};

static size_t two_of(const char *two)
{
	return (size_t)(unsigned char)two[0] << 8 | (unsigned char)two[1];
}

static struct step *slot_of(const struct gram_walk *walk, uint32_t key)
{
	size_t slot = key * UINT32_C(0x9e3779b1) >> 8;

	while (walk->steps[slot & walk->mask].key && walk->steps[slot & walk->mask].key != key)
		slot++;
	return &walk->steps[slot & walk->mask];
}

static uint32_t key_of(int gram, char byte)
{
	return (uint32_t)gram << 8 | (unsigned char)byte;
}

int gram_walk_begin(const struct gram_walk *walk, const char *two)
{
	return walk->twos[two_of(two)];
}

int gram_walk_on(const struct gram_walk *walk, int gram, char byte)
{
	const struct step *step = slot_of(walk, key_of(gram, byte));

	return step->key ? step->gram : -1;
}

static struct gram_walk *walk_over(size_t steps)
{
	struct gram_walk *walk = memory_new(sizeof(*walk));
	size_t slots = 64;

	while (slots < steps * 4)
		slots *= 2;
	walk->mask = slots - 1;
	walk->steps = memory_array(slots, sizeof(*walk->steps));
	walk->twos = memory_array(TWOS, sizeof(*walk->twos));
	memset(walk->twos, -1, TWOS * sizeof(*walk->twos));
	return walk;
}

void gram_walk_free(struct gram_walk *walk)
{
	if (!walk)
		return;
	free(walk->steps);
	free(walk->twos);
	free(walk);
}

static void lead_to(
	const struct gram_walk *walk, const struct common_gram *grams, size_t count, size_t number)
{
	const struct common_gram *gram = &grams[number];
	const struct common_gram *before;
	struct step *step;

	if (gram->length == GRAM_SHORTEST) {
		walk->twos[two_of(gram->bytes)] = (int)number;
		return;
	}
	before = common_grams_longest(grams, count, gram->bytes, gram->length - 1u);
	step = slot_of(walk, key_of((int)(before - grams), gram->bytes[gram->length - 1]));
	step->key = key_of((int)(before - grams), gram->bytes[gram->length - 1]);
	step->gram = (int)number;
}

struct gram_walk *gram_walk_new(const struct common_gram *grams, size_t count)
{
	struct gram_walk *walk = walk_over(count);

	for (size_t i = 0; i < count; i++)
		lead_to(walk, grams, count, i);
	return walk;
}

static int compare(const void *a, const void *b)
{
	return memcmp(a, b, GRAM_LONGEST);
}

const struct common_gram *common_grams_longest(
	const struct common_gram *grams, size_t count, const char *text, size_t length)
{
	struct common_gram wanted = {0};

	if (length > GRAM_LONGEST)
		length = GRAM_LONGEST;
	for (; length >= GRAM_SHORTEST && count; length--) {
		const struct common_gram *found;

		memset(wanted.bytes, 0, sizeof(wanted.bytes));
		memcpy(wanted.bytes, text, length);
		found = bsearch(&wanted, grams, count, sizeof(*grams), compare);
		if (found)
			return found;
	}
	return NULL;
}

/* The grams that are chosen, shorter ones first: each is its beginning and one byte more. */
struct choice {
	const struct row_table *table;
	size_t stride; /* between rows of the sample */
	struct common_gram *grams;
	size_t count;
	size_t capacity;
	struct gram_walk *walk; /* over all of them, while the next length is counted */
};

static bool may_be_in(char byte)
{
	return (unsigned char)byte > ' ' && byte != ',';
}

static bool are_many(const struct choice *choice, size_t rows, size_t part)
{
	return rows * part * choice->stride >= choice->table->count;
}

static void choose(struct choice *choice, const char *bytes, size_t length, size_t rows)
{
	struct common_gram *gram;

	choice->grams = memory_grow(
		choice->grams, choice->count, &choice->capacity, sizeof(*choice->grams));
	gram = &choice->grams[choice->count++];
	*gram = (struct common_gram){.length = (uint8_t)length};
	gram->very_common = are_many(choice, rows, VERY_COMMON_PART);
	memcpy(gram->bytes, bytes, length);
}

static void count_twos(const struct choice *choice, uint32_t *rows, uint32_t *last_row)
{
	const struct row_table *table = choice->table;

	for (size_t row = 0; row < table->count; row += choice->stride) {
		const char *at = table->folded + table->folded_at[row];
		const char *end = table->folded + table->folded_at[row + 1];

		for (; at + 1 < end; at++) {
			size_t two = two_of(at);

			rows[two] += last_row[two] != (uint32_t)row + 1;
			last_row[two] = (uint32_t)row + 1;
		}
	}
}

static void choose_twos(struct choice *choice)
{
	uint32_t *rows = memory_array(TWOS, sizeof(*rows));
	uint32_t *last_row = memory_array(TWOS, sizeof(*last_row));

	count_twos(choice, rows, last_row);
	for (size_t two = 0; two < TWOS; two++) {
		const char bytes[2] = {(char)(two >> 8), (char)(two & 0xff)};

		if (may_be_in(bytes[0]) && may_be_in(bytes[1]) &&
			are_many(choice, rows[two], COMMON_PART))
			choose(choice, bytes, 2, rows[two]);
	}
	free(rows);
	free(last_row);
}

static bool may_begin(const char *row, const char *place, size_t length)
{
	return length <= INNER_LONGEST ||
	       (((unsigned char)*place >= 0x80 || letter_is_plain((unsigned char)*place)) &&
		       letter_starts_word(row, place));
}

/* The chosen gram of this length at a place; -1 if there is none. */
static int gram_at(const struct choice *choice, const char *place, size_t length)
{
	int gram = gram_walk_begin(choice->walk, place);

	for (size_t i = GRAM_SHORTEST; i < length && gram >= 0; i++)
		gram = gram_walk_on(choice->walk, gram, place[i]);
	return gram;
}

static void count_step(struct gram_walk *counts, int gram, char byte, size_t row)
{
	struct step *step = slot_of(counts, key_of(gram, byte));

	if (!step->key)
		*step = (struct step){.key = key_of(gram, byte), .gram = -1};
	step->rows += step->last_row != (uint32_t)row + 1;
	step->last_row = (uint32_t)row + 1;
}

/* How many rows go on behind each gram of the length before, and how. */
static struct gram_walk *count_steps(const struct choice *choice, size_t length)
{
	const struct row_table *table = choice->table;
	struct gram_walk *counts = walk_over(choice->count * 64);

	for (size_t row = 0; row < table->count; row += choice->stride) {
		const char *begin = table->folded + table->folded_at[row];
		const char *end = table->folded + table->folded_at[row + 1];

		for (const char *at = begin; (size_t)(end - at) > length; at++) {
			int gram = gram_at(choice, at, length - 1);

			if (gram >= 0 && may_be_in(at[length - 1]) && may_begin(begin, at, length))
				count_step(counts, gram, at[length - 1], row);
		}
	}
	return counts;
}

static void choose_longer(struct choice *choice, size_t length)
{
	struct gram_walk *counts = count_steps(choice, length);

	for (size_t i = 0; i <= counts->mask; i++) {
		const struct step *step = &counts->steps[i];
		char bytes[GRAM_LONGEST];

		if (!step->key || !are_many(choice, step->rows, VERY_COMMON_PART))
			continue;
		memcpy(bytes, choice->grams[step->key >> 8].bytes, length - 1);
		bytes[length - 1] = (char)(step->key & 0xff);
		choose(choice, bytes, length, step->rows);
	}
	gram_walk_free(counts);
}

struct common_gram *common_grams_choose(const struct row_table *table, size_t *count)
{
	struct choice choice = {.table = table, .stride = table->count / SAMPLE + 1};

	choose_twos(&choice);
	for (size_t length = GRAM_SHORTEST + 1; length <= GRAM_LONGEST && choice.count; length++) {
		size_t before = choice.count;

		qsort(choice.grams, choice.count, sizeof(*choice.grams), compare);
		choice.walk = gram_walk_new(choice.grams, choice.count);
		choose_longer(&choice, length);
		gram_walk_free(choice.walk);
		if (choice.count == before)
			break;
	}
	if (choice.count)
		qsort(choice.grams, choice.count, sizeof(*choice.grams), compare);
	*count = choice.count;
	return choice.grams;
}
