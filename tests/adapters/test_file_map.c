#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/system/file_map.h"

#define SIZE ((size_t)40000) /* some pages, the last one not full */

static char path[] = "/tmp/barky-test-file-map-XXXXXX";

static struct file_map *map_of_letters(void)
{
	char *bytes = malloc(SIZE);
	struct file_map *map;
	int fd;

	strcpy(path + strlen(path) - 6, "XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	memset(bytes, 'a', SIZE);
	assert_int_equal(write(fd, bytes, SIZE), SIZE);
	free(bytes);
	map = file_map_new(fd, SIZE);
	assert_non_null(map);
	return map;
}

static void it_is_the_file_and_zeros_behind_it(void **state)
{
	struct file_map *map = map_of_letters();

	(void)state;
	assert_int_equal(strlen(file_map_bytes(map)), SIZE);
	assert_false(file_map_changed(map));
	file_map_free(map);
	unlink(path);
}

static void what_is_cut_off_reads_as_zeros(void **state)
{
	struct file_map *map = map_of_letters();
	struct file_map *other;
	char first[sizeof(path)];

	(void)state;
	memcpy(first, path, sizeof(path));
	other = map_of_letters();
	assert_int_equal(truncate(first, 5000), 0);
	assert_true(file_map_changed(map));
	assert_int_equal(file_map_bytes(map)[4999], 'a');
	for (size_t i = 8192; i < SIZE; i += 512)
		assert_int_equal(file_map_bytes(map)[i], 0);
	assert_int_equal(strlen(file_map_bytes(other)), SIZE);
	assert_false(file_map_changed(other));
	assert_int_equal(truncate(first, (off_t)SIZE), 0);
	assert_true(file_map_changed(map));
	file_map_free(map);
	file_map_free(other);
	unlink(first);
	unlink(path);
}

static void a_file_in_its_place_changes_nothing(void **state)
{
	struct file_map *map = map_of_letters();
	char other[sizeof(path) + 6];
	int fd;

	(void)state;
	snprintf(other, sizeof(other), "%s.new", path);
	fd = open(other, O_CREAT | O_WRONLY, 0600);
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(rename(other, path), 0);
	assert_int_equal(strlen(file_map_bytes(map)), SIZE);
	assert_false(file_map_changed(map));
	file_map_free(map);
	unlink(path);
}

static void what_is_no_file_is_not_mapped(void **state)
{
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	assert_null(file_map_new(fds[0], SIZE));
	assert_null(file_map_new(fds[1], 0));
	assert_int_equal(fcntl(fds[0], F_GETFD), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_the_file_and_zeros_behind_it),
		cmocka_unit_test(what_is_cut_off_reads_as_zeros),
		cmocka_unit_test(a_file_in_its_place_changes_nothing),
		cmocka_unit_test(what_is_no_file_is_not_mapped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
