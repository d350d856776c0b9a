#include "tui/crash.h"

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "domain/base/memory.h"

#define STACK_SIZE 65536

static struct {
	volatile sig_atomic_t armed;
	int fd;
	char undo[CRASH_STRING_MAX];
	size_t length;
	struct termios modes;
	bool installed;
	char stack[STACK_SIZE];
} crash;

void crash_restore(void)
{
	if (!crash.armed)
		return;
	/* Disarmed last: of two threads that fail at once, neither ends before it is all done. */
	tcsetattr(crash.fd, TCSANOW, &crash.modes);
	ssize_t written = write(crash.fd, crash.undo, crash.length);
	(void)written;
	crash.armed = 0;
}

/* The handler was taken away before it was called, so the signal raised again ends the program. */
static void on_crash(int number)
{
	crash_restore();
	raise(number);
}

static void install(void)
{
	static const int signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
	stack_t stack = {.ss_sp = crash.stack, .ss_size = sizeof(crash.stack)};
	struct sigaction action = {.sa_handler = on_crash};

	action.sa_flags = (int)(SA_ONSTACK | SA_RESETHAND);
	sigemptyset(&action.sa_mask);
	sigaltstack(&stack, NULL);
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		sigaction(signals[i], &action, NULL);
	atexit(crash_restore);
	memory_on_exhaustion(crash_restore);
}

/* "$<5>" in a capability is a delay. */
static void add(const char *text)
{
	while (*text && crash.length < CRASH_STRING_MAX) {
		if (text[0] == '$' && text[1] == '<') {
			text += strcspn(text, ">");
			text += *text == '>';
		} else {
			crash.undo[crash.length++] = *text++;
		}
	}
}

void crash_arm(int fd, const char *const *undo, size_t count, const struct termios *modes)
{
	crash.fd = fd;
	crash.length = 0;
	for (size_t i = 0; i < count; i++)
		add(undo[i] ? undo[i] : "");
	crash.modes = *modes;
	if (!crash.installed)
		install();
	crash.installed = true;
	crash.armed = 1;
}

void crash_disarm(void)
{
	crash.armed = 0;
}
