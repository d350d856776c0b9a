#include <stdlib.h>
#include <string.h>

#include "adapters/json/command_json.h"
#include "adapters/json/json_guard.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "tests/fuzz/fuzz_case.h"

static const struct json_bounds bounds = {.values = 100000, .depth = 100};

static void promise(bool kept)
{
	if (!kept)
		abort();
}

/* What was read is written as something that is read again; what was refused has a reason. */
static void check_command(json_t *object)
{
	struct command_json read;
	struct error error = {{0}};
	struct buffer text = {0};
	struct json_writer json = {.out = &text};
	enum status status = command_json_read(&read, object, &error);
	json_t *written;

	promise(status == STATUS_OK || error.text[0]);
	if (status == STATUS_OK) {
		command_json_put(&json, &read.command);
		written = json_loads(buffer_text(&text), 0, NULL);
		promise(json_is_object(written) && json_object_get(written, "command"));
		json_decref(written);
	}
	command_json_finish(&read);
	buffer_finish(&text);
}

/* A line of "barky bus". */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	json_t *object;

	if (!json_guard_allows((const char *)data, size, &bounds))
		return 0;
	object = json_loadb((const char *)data, size, JSON_REJECT_DUPLICATES, NULL);
	if (json_is_object(object))
		check_command(object);
	json_decref(object);
	return 0;
}
