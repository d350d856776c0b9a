#include "adapters/sqlite/tag_list.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"

static bool is_ascii(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	return true;
}

void tag_wanted_init(struct tag_wanted *wanted, const char *tag)
{
	wanted->folded = text_fold_case(tag);
	wanted->ascii = is_ascii(wanted->folded, strlen(wanted->folded));
}

void tag_wanted_finish(struct tag_wanted *wanted)
{
	free(wanted->folded);
	*wanted = (struct tag_wanted){0};
}

static bool equal_ascii(const char *tag, size_t length, const char *folded)
{
	for (size_t i = 0; i < length; i++) {
		char c = tag[i] >= 'A' && tag[i] <= 'Z' ? (char)(tag[i] + 32) : tag[i];

		if (c != folded[i]) /* the NUL at its end differs too */
			return false;
	}
	return folded[length] == '\0';
}

/* A tag beyond ASCII can fold to one within it: the Kelvin sign is a k. */
static bool equal(const char *tag, size_t length, const struct tag_wanted *wanted)
{
	char *copy, *folded;
	bool same;

	if (is_ascii(tag, length))
		return wanted->ascii && equal_ascii(tag, length, wanted->folded);
	copy = memory_copy_bytes(tag, length);
	folded = text_fold_case(copy);
	same = strcmp(folded, wanted->folded) == 0;
	free(folded);
	free(copy);
	return same;
}

bool tag_list_has(const char *list, const struct tag_wanted *wanted)
{
	while (*list) {
		size_t length = strcspn(list, ",");

		if (equal(list, length, wanted))
			return true;
		list += length + (list[length] == ',');
	}
	return false;
}
