#ifndef ADAPTERS_FORMATS_JSON_SHAPE_H
#define ADAPTERS_FORMATS_JSON_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#define SHAPE_KEYS 40
#define SHAPE_KEY  32

/*
 * What the beginning of a JSON text shows: whether it is an array or an object, and the keys of
 * its first object, which tell one program's file from another's.
 */
struct json_shape {
	char root;   /* '[', '{', or 0: it is no JSON that could hold bookmarks */
	bool closed; /* the root ends within the beginning */
	bool lines;  /* an object that ends in its first line, with another object or nothing behind
		      */
	char keys[SHAPE_KEYS][SHAPE_KEY];
	size_t count;
};

/* text may be cut off anywhere. */
void json_shape_look(struct json_shape *shape, const char *text);
bool json_shape_has(const struct json_shape *shape, const char *key);

#endif
