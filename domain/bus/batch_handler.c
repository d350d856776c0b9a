#include "domain/bus/handlers.h"

#include <stdlib.h>

#include "domain/base/memory.h"
#include "domain/bus/handling.h"

/* The counts of one command, added to those of the batch. */
static void add_part_counts(struct result *whole, const struct result *part)
{
	counts_add(&whole->counts, &part->counts);
	whole->change = part->change;
}

static void explain_part(
	struct handling *batch, const struct command *command, enum status status, size_t number)
{
	const char *why = batch->result->parts[number].error.text;

	error_set(&batch->result->error, "command %zu (%s): %s", number + 1,
		command_name(command->type), *why ? why : status_message(status));
}

/* One command, as if it came alone, but for the change, which is the batch's. */
static enum status handle_part(struct handling *batch, const struct command *command, size_t number)
{
	struct result *part = &batch->result->parts[number];
	struct handling handling = *batch;
	enum status status;

	part->change = batch->result->change;
	batch->result->part_count = number + 1;
	handling.result = part;
	handling.events->command = command->type;
	status = command_fits_batch(command->type)
			 ? command_handler(command->type)(&handling, command)
			 : STATUS_INVALID;
	if (!command_fits_batch(command->type))
		error_set(&part->error, "it cannot be part of a batch");
	if (status == STATUS_OK)
		add_part_counts(batch->result, part);
	else
		explain_part(batch, command, status, number);
	return status;
}

enum status handle_batch(struct handling *handling, const struct command *command)
{
	const struct command_batch *batch = &command->as.batch;
	enum status status = STATUS_OK;

	handling->result->parts = memory_array(batch->count, sizeof(*handling->result->parts));
	for (size_t i = 0; i < batch->count && status == STATUS_OK; i++)
		status = handle_part(handling, &batch->commands[i], i);
	return status;
}
