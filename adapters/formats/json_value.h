#ifndef ADAPTERS_FORMATS_JSON_VALUE_H
#define ADAPTERS_FORMATS_JSON_VALUE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "domain/base/error.h"

/* What is wrong with a text that should be a JSON value. */
enum json_fault {
	JSON_FINE,
	JSON_NOT_UTF8,
	JSON_NO_JSON, /* its syntax */
	JSON_UNUSABLE /* a key twice, a NUL, a number too large; or a bomb: nested too deep, or of
			 so many parts that it would take far more memory than its text */
};

/* *value is the caller's to json_decref(). line is that of the text, for the reason. */
enum json_fault json_value_parse(
	const char *text, size_t length, long line, json_t **value, struct error *error);

#endif
