#include "domain/base/counts.h"

#include "domain/base/buffer.h"

static const struct {
	const char *name;
	size_t offset;
} fields[COUNTS] = {
	[COUNT_ADDED] = {"added", offsetof(struct counts, added)},
	[COUNT_UPDATED] = {"updated", offsetof(struct counts, updated)},
	[COUNT_UNCHANGED] = {"unchanged", offsetof(struct counts, unchanged)},
	[COUNT_GONE] = {"unstarred", offsetof(struct counts, gone)},
	[COUNT_SKIPPED] = {"skipped", offsetof(struct counts, skipped)},
};

const char *counts_name(enum count count)
{
	return fields[count].name;
}

size_t counts_value(const struct counts *counts, enum count count)
{
	return *(const size_t *)((const char *)counts + fields[count].offset);
}

void counts_add(struct counts *to, const struct counts *more)
{
	for (int i = 0; i < COUNTS; i++)
		*(size_t *)((char *)to + fields[i].offset) += counts_value(more, (enum count)i);
}

char *counts_print(const struct counts *counts, unsigned which)
{
	struct buffer text = {0};

	for (int i = 0; i < COUNTS; i++)
		if (which & 1u << i)
			buffer_print(&text, "%s%zu %s", text.length ? ", " : "",
				counts_value(counts, (enum count)i), fields[i].name);
	return buffer_take(&text);
}
