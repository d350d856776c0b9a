#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "adapters/sqlite/library_watch.h"
#include "adapters/system/steady_clock.h"
#include "domain/base/memory.h"
#include "tests/fixtures/patience.h"

static void write_to(const char *folder, const char *name)
{
	char *path = memory_print("%s/%s", folder, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, "x", 1), 1);
	close(fd);
	free(path);
}

static void take_away(const char *folder, const char *name)
{
	char *path = memory_print("%s/%s", folder, name);

	unlink(path);
	free(path);
}

/* Looks as often as it asks for, which has an end. */
static void drain(struct library_watch *watch)
{
	int looks = 0;

	while (watch->due) {
		poll(NULL, 0, library_watch_timeout(watch));
		looks += library_watch_take(watch);
		assert_true(looks < 20);
	}
	assert_true(looks >= 3);
	assert_false(library_watch_take(watch));
}

/* Whether a descriptor tells or the time. Fails if nothing does. */
static void wait_for_news(struct library_watch *watch)
{
	const int64_t end = steady_clock_ms() + PATIENCE_MS;

	while (!library_watch_take(watch)) {
		const bool patient = steady_clock_ms() < end; /* PATIENCE_MS */
		assert_true(patient);
		poll(&(struct pollfd){.fd = watch->file.fd, .events = POLLIN}, 1, 20);
	}
}

static void a_write_to_the_library_or_its_log_is_noticed_and_nothing_else(void **state)
{
	char folder[] = "/tmp/barky-watch-XXXXXX";
	struct library_watch watch;
	char *path;

	(void)state;
	assert_non_null(mkdtemp(folder));
	write_to(folder, "l.db");
	path = memory_print("%s/l.db", folder);
	library_watch_init(&watch, path);
	assert_true(watch.file.on);
	assert_false(library_watch_take(&watch));
	write_to(folder, "l.db-wal");
	wait_for_news(&watch);
	drain(&watch);
	write_to(folder, "other.db");
	write_to(folder, "l.db-shm");
	assert_false(library_watch_take(&watch));
	write_to(folder, "l.db");
	wait_for_news(&watch);
	library_watch_finish(&watch);
	take_away(folder, "l.db");
	take_away(folder, "l.db-wal");
	take_away(folder, "l.db-shm");
	take_away(folder, "other.db");
	rmdir(folder);
	free(path);
}

static void a_library_in_memory_is_not_watched(void **state)
{
	struct library_watch watch;

	(void)state;
	library_watch_init(&watch, NULL);
	assert_false(watch.file.on);
	assert_false(library_watch_take(&watch));
	library_watch_finish(&watch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_write_to_the_library_or_its_log_is_noticed_and_nothing_else),
		cmocka_unit_test(a_library_in_memory_is_not_watched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
