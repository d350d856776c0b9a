#ifndef ADAPTERS_JSON_JSON_BUS_H
#define ADAPTERS_JSON_JSON_BUS_H

#include "adapters/bootstrap.h"
#include "adapters/json/json_writer.h"
#include "domain/bus/result.h"

/*
 * The bus for programs: one JSON object in, one out. Commands of the domain, and what only reads:
 * query, show, tags. Whoever has a library has this, whatever way the objects come.
 *
 *   struct json_bus bus = { .library = &library };
 *   status = json_bus_handle(&bus, text, length, &answer);   → {"command": …, "ok": true, …}
 */
struct json_bus {
	struct library *library;

	/*
	 * Takes in stars, which is many transactions: fills result, and may add a member to the
	 * answer. NULL: stars cannot be asked for this way.
	 */
	enum status (*take_stars)(void *self, const struct star_request *request,
		struct result *result, struct json_writer *json);
	void *self;
};

/*
 * Reads a request, does what it asks and adds the answer to out, an object without a line break at
 * its end. "request", any value, is echoed. A byte order mark before it is no error. Nothing of the
 * library is held open when it returns.
 */
enum status json_bus_handle(
	struct json_bus *bus, const char *text, size_t length, struct buffer *out);

/* {"command": "tags"}: an example of every request there is, in the order of the manual; NULL at
 * the end. */
const char *json_bus_form(size_t place);

#endif
