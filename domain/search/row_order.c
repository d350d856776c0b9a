#include "domain/search/row_order.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "domain/memory.h"

/* A row with what it is ordered by; of a text the first bytes, which mostly decide. */
struct key {
	uint64_t value;
	row_ref ref;
};

struct ordering {
	const struct stock *stock;
	enum row_order order;
};

/* As people see it: the address where there is no title. */
static const char *text_of(const struct ordering *ordering, row_ref ref)
{
	size_t row;
	const struct row_table *table = stock_row(ordering->stock, ref, &row);
	const char *title = table->folded + table->folded_at[row];

	if (ordering->order == BY_FOLDED_TITLE &&
		(*title || !(table->flags[row] & ROW_TITLE_FOLDED)))
		return title;
	return row_table_field(table, row, 1);
}

static uint64_t value_of(const struct ordering *ordering, row_ref ref)
{
	size_t row;
	const struct row_table *table = stock_row(ordering->stock, ref, &row);
	uint64_t value = 0;
	const char *text;

	if (ordering->order == LAST_MODIFIED)
		return ~((uint64_t)table->modified[row] ^ (UINT64_C(1) << 63));
	text = text_of(ordering, ref);
	memcpy(&value, text, strnlen(text, sizeof(value)));
	return be64toh(value);
}

static int64_t id_of(const struct stock *stock, row_ref ref)
{
	size_t row;
	const struct row_table *table = stock_row(stock, ref, &row);

	return table->ids[row];
}

static int compare(const void *a, const void *b, void *ordering_)
{
	const struct ordering *ordering = ordering_;
	const struct key *left = a;
	const struct key *right = b;
	int texts = 0;

	if (left->value != right->value)
		return left->value < right->value ? -1 : 1;
	if (ordering->order != LAST_MODIFIED)
		texts = strcmp(text_of(ordering, left->ref), text_of(ordering, right->ref));
	if (texts)
		return texts;
	return id_of(ordering->stock, left->ref) > id_of(ordering->stock, right->ref) ? -1 : 1;
}

void row_order_sort(const struct stock *stock, enum row_order order, row_ref *refs, size_t count)
{
	struct ordering ordering = {stock, order};
	struct key *keys = memory_array(count, sizeof(*keys));

	for (size_t i = 0; i < count; i++)
		keys[i] = (struct key){value_of(&ordering, refs[i]), refs[i]};
	if (count)
		qsort_r(keys, count, sizeof(*keys), compare, &ordering);
	for (size_t i = 0; i < count; i++)
		refs[i] = keys[i].ref;
	free(keys);
}
