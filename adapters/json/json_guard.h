#ifndef ADAPTERS_JSON_JSON_GUARD_H
#define ADAPTERS_JSON_JSON_GUARD_H

#include <stdbool.h>
#include <stddef.h>

/*
 * What is looked at before a JSON text from outside is read into memory: jansson takes up to 75
 * times the text's size for one that is made of nothing but brackets. One pass, no recursion;
 * what is no JSON may pass, as the reader will refuse it.
 */
struct json_bounds {
	size_t values; /* at most, arrays and objects included */
	size_t depth;
};

bool json_guard_allows(const char *text, size_t length, const struct json_bounds *bounds);

#endif
