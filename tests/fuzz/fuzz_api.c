#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/http_api/linkding_json.h"
#include "adapters/json/json_guard.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/search/query.h"
#include "tests/fuzz/fuzz_case.h"

static const struct json_bounds bounds = {.values = 20000, .depth = 32};

/* Any text is a query, but for a regular expression or a date that cannot be read. */
static void ask(const char *text)
{
	struct query_error failure = {0};
	char *translated = linkding_query(text);
	struct query *query = query_parse(translated, &failure);

	if (!query && !*failure.message)
		abort();
	query_free(query);
	free(translated);
}

static void take_in(const struct linkding_bookmark *sent)
{
	struct tag_set known = {0}, tags = {0};
	struct error error = {0};
	char *notes = linkding_notes(sent, "known");

	tag_set_add_list(&known, "two words,c,unread", NULL);
	if (linkding_tags(sent, &known, &tags, &error) != STATUS_OK && !*error.text)
		abort();
	for (size_t i = 0; i < tags.count; i++)
		if (!*tags.tags[i] || strchr(tags.tags[i], ','))
			abort();
	tag_set_finish(&known);
	tag_set_finish(&tags);
	free(notes);
}

/* The body of a request: refused with the field and why, or taken in as it is. */
static void post(const char *text, size_t length)
{
	struct linkding_bookmark sent;
	const char *field = NULL;
	struct error error = {0};
	json_t *body = NULL;

	if (json_guard_allows(text, length, &bounds))
		body = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
	if (json_is_object(body)) {
		if (linkding_read(&sent, body, &field, &error) == STATUS_OK)
			take_in(&sent);
		else if (!field || !*error.text)
			abort();
	}
	json_decref(body);
}

/* What a client of the HTTP API sends: a query, and a body of JSON. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = memory_copy_bytes((const char *)data, size);

	if (text_is_valid(text, strlen(text)))
		ask(text);
	post(text, size);
	free(text);
	return 0;
}
