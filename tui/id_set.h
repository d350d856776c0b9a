#ifndef TUI_ID_SET_H
#define TUI_ID_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A set of bookmarks, by id: those that are marked. {0} is empty. */
struct id_set {
	int64_t *ids; /* sorted */
	size_t count;
	size_t capacity;
};

void id_set_finish(struct id_set *set);
void id_set_clear(struct id_set *set);
bool id_set_has(const struct id_set *set, int64_t id);
void id_set_add(struct id_set *set, int64_t id);
bool id_set_remove(struct id_set *set, int64_t id);

/* Many at once, in any order. */
void id_set_unite(struct id_set *set, const int64_t *ids, size_t count);
void id_set_subtract(struct id_set *set, const int64_t *ids, size_t count);

/* True if it is in the set now. */
bool id_set_toggle(struct id_set *set, int64_t id);

#endif
