#include "adapters/bootstrap.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/sqlite_catalogue.h"
#include "adapters/sqlite/sqlite_ports.h"
#include "adapters/system/paths.h"
#include "domain/base/clock.h"

static int64_t system_now(struct clock *clock)
{
	(void)clock;
	return (int64_t)time(NULL);
}

/* The machine's clock: implements domain/base/clock.h. Nothing to finish. */
static struct clock system_clock(void)
{
	return (struct clock){.now = system_now};
}

enum { TRASH_DAYS = 30, SECONDS_A_DAY = 24 * 60 * 60 };

static void library_on_waiting(void *self, const char *line)
{
	const struct library *library = self;

	if (library->options.waiting)
		library->options.waiting(library->options.self, line);
}

static enum status open_database(struct library *library, struct error *error)
{
	char *path = path_of_library(library->options.path);
	struct database_options database = {
		.path = path,
		.missing_is_empty = library->options.missing_is_empty,
		.stop = library->options.stop,
		.waiting = library_on_waiting,
		.self = library,
	};
	enum status status;

	if (!path)
		return error_fail(STATUS_IO, error,
			"no home folder is known: name the library with --db FILE");
	status = database_open(&library->database, &database, error);
	free(path);
	return status;
}

/* The log could not be written before it had its new tables. */
static void note_migration(struct library *library)
{
	int version = database_migrated(library->database);
	char subject[32];

	if (!version)
		return;
	snprintf(subject, sizeof(subject), "schema %d", version);
	bus_note(library->bus, LIBRARY_MIGRATED, subject);
}

enum status library_open(
	struct library *library, const struct library_options *options, struct error *error)
{
	enum status status;

	library->clock = system_clock();
	library->options = *options;
	status = open_database(library, error);
	if (status != STATUS_OK)
		return status;
	library->work = sqlite_unit_of_work_new(library->database);
	library->catalogue = sqlite_catalogue_new(library->database);
	library->bus = bus_new(library->work, &library->clock, &library->signals);
	note_migration(library);
	return STATUS_OK;
}

void library_close(struct library *library)
{
	bus_free(library->bus);
	sqlite_catalogue_free(library->catalogue);
	sqlite_unit_of_work_free(library->work);
	database_close(library->database);
	signals_finish(&library->signals);
	*library = (struct library){0};
}

enum status library_purge(struct library *library, struct error *error)
{
	struct command command = {
		.type = EMPTY_TRASH,
		.as.empty_trash.deleted_until =
			library->clock.now(&library->clock) - (int64_t)TRASH_DAYS * SECONDS_A_DAY,
	};
	struct result result = {0};
	enum status status = bus_handle(library->bus, &command, &result);

	if (error)
		*error = result.error;
	result_finish(&result);
	return status;
}
