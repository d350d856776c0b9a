#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <string.h>
#include <unistd.h>

#include "adapters/engine/poll_loop.h"
#include "domain/base/memory.h"

/* A source over a pipe, which notes its turns in a log that all share. */
struct part {
	struct poll_loop *loop;
	char *log;
	char name;
	int fds[2]; /* watched, if not 0 */
	int timeout;
	char seen; /* what came out of the pipe in its turn; NUL: nothing */
	struct part *adds;
	bool leaves;
};

static void part_prepare(void *self, struct poll_loop *loop)
{
	struct part *part = self;

	if (part->fds[0])
		poll_loop_watch(loop, part->fds[0], POLLIN);
}

static int part_timeout(void *self)
{
	return ((struct part *)self)->timeout;
}

static void part_join(struct part *part, struct poll_loop *loop, char *log, char name);

static void part_turn(void *self)
{
	struct part *part = self;

	strncat(part->log, &part->name, 1);
	part->seen = '\0';
	if (part->fds[0] && poll(&(struct pollfd){part->fds[0], POLLIN, 0}, 1, 0) > 0)
		assert_int_equal(read(part->fds[0], &part->seen, 1), 1);
	if (part->adds)
		part_join(part->adds, part->loop, part->log, 'n');
	part->adds = NULL;
	if (part->leaves)
		poll_loop_remove(part->loop, part);
}

static void part_join(struct part *part, struct poll_loop *loop, char *log, char name)
{
	const struct poll_source source = {part_prepare, part_timeout, part_turn, part};

	part->loop = loop;
	part->log = log;
	part->name = name;
	part->timeout = -1;
	poll_loop_add(loop, &source);
}

static void each_source_is_woken_by_its_descriptor_and_gets_a_turn(void **state)
{
	struct http_client *http = http_client_new(NULL);
	struct poll_loop loop;
	struct part a = {0}, b = {0}, c = {0};
	char log[32] = "";

	(void)state;
	poll_loop_init(&loop, http);
	part_join(&a, &loop, log, 'a');
	part_join(&b, &loop, log, 'b');
	part_join(&c, &loop, log, 'c');
	assert_int_equal(pipe(a.fds), 0);
	assert_int_equal(pipe(c.fds), 0);
	assert_int_equal(write(c.fds[1], "x", 1), 1);
	poll_loop_wait(&loop, -1);
	assert_string_equal(log, "abc");
	assert_int_equal(a.seen, '\0');
	assert_int_equal(c.seen, 'x');
	b.timeout = 0; /* or the wait would have no end */
	poll_loop_wait(&loop, -1);
	assert_string_equal(log, "abcabc");
	assert_int_equal(c.seen, '\0');
	for (int i = 0; i < 2; i++) {
		close(a.fds[i]);
		close(c.fds[i]);
	}
	poll_loop_finish(&loop);
	http_client_free(http);
}

static void sources_come_and_go_during_a_turn(void **state)
{
	struct http_client *http = http_client_new(NULL);
	struct poll_loop loop;
	struct part a = {0}, b = {0}, late = {0};
	char log[32] = "";

	(void)state;
	poll_loop_init(&loop, http);
	part_join(&a, &loop, log, 'a');
	part_join(&b, &loop, log, 'b');
	a.leaves = true;
	a.adds = &late;
	poll_loop_wait(&loop, 0);
	assert_string_equal(log, "ab");
	poll_loop_wait(&loop, 0);
	assert_string_equal(log, "abbn");
	poll_loop_remove(&loop, &b);
	poll_loop_wait(&loop, 0);
	assert_string_equal(log, "abbnn");
	poll_loop_finish(&loop);
	http_client_free(http);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_source_is_woken_by_its_descriptor_and_gets_a_turn),
		cmocka_unit_test(sources_come_and_go_during_a_turn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
