/*
 * Put before the C library (LD_PRELOAD): the allocation number MALLOC_FAILS fails, or with
 * MALLOC_LASTS that and all that follow. How many there were is written to the file MALLOC_COUNT.
 * Only glibc has names for its own allocator below malloc().
 */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static _Atomic uint64_t asked;
static _Atomic uint64_t fails; /* 0: none */
static _Atomic bool lasts;

static uint64_t number_of(const char *text)
{
	uint64_t number = 0;

	for (; text && *text >= '0' && *text <= '9'; text++)
		number = number * 10 + (uint64_t)(*text - '0');
	return number;
}

static bool refused(void)
{
	uint64_t now = ++asked;

	if (!fails || !(lasts ? now >= fails : now == fails))
		return false;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	return refused() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return refused() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return refused() ? NULL : __libc_realloc(old, size);
}

/* The dynamic linker's own requests are over by now. Whom we start is left alone. */
__attribute__((constructor)) static void begin(void)
{
	const char *chosen = getenv("MALLOC_FAILS");

	asked = 0;
	lasts = getenv("MALLOC_LASTS") != NULL;
	fails = number_of(chosen);
	unsetenv("LD_PRELOAD");
}

__attribute__((destructor)) static void tell(void)
{
	const char *path = getenv("MALLOC_COUNT");
	uint64_t count = asked;
	char digits[24];
	size_t at = sizeof(digits);
	int fd;

	fails = 0;
	if (!path)
		return;
	do
		digits[--at] = (char)('0' + count % 10);
	while (count /= 10);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || write(fd, digits + at, sizeof(digits) - at) < 0)
		_exit(99);
	close(fd);
}
