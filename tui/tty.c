#include "tui/tty.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "domain/base/memory.h"
#include "tui/key.h"

#define STACK_SIZE 65536

static struct {
	volatile sig_atomic_t armed;
	int fd;       /* which is drawn on */
	int terminal; /* the same, for the last words alone */
	int nowhere;
	int errors; /* where standard error went before it was turned; -1: it is not */
	char undo[CRASH_STRING_MAX];
	size_t length;
	struct termios modes;
	bool installed;
	char stack[STACK_SIZE];
} crash = {.fd = -1, .terminal = -1, .nowhere = -1, .errors = -1};

/* Restores now, if armed. Safe in a signal handler. */
static void crash_restore(void)
{
	if (!crash.armed)
		return;
	/* What another thread is drawing meanwhile must not come after the last words. */
	dup2(crash.nowhere, crash.fd);
	if (crash.errors >= 0)
		dup2(crash.errors, STDERR_FILENO);
	/* Disarmed last: of two threads that fail at once, neither ends before it is all done. */
	tcsetattr(crash.terminal, TCSANOW, &crash.modes);
	ssize_t written = write(crash.terminal, crash.undo, crash.length);
	(void)written;
	crash.armed = 0;
}

/* Nobody here ends the program while the screen is up: curses does, without memory. */
static void on_exit_of_curses(void)
{
	static const char line[] =
		"barky: curses gave up, out of memory: close something and try again\n";

	if (!crash.armed)
		return;
	crash_restore();
	ssize_t written = write(STDERR_FILENO, line, sizeof(line) - 1);
	(void)written;
}

/* The handler was taken away before it was called, so the signal raised again ends the program. */
static void on_crash(int number)
{
	crash_restore();
	raise(number);
}

static void install(int fd)
{
	static const int signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
	stack_t stack = {.ss_sp = crash.stack, .ss_size = sizeof(crash.stack)};
	struct sigaction action = {.sa_handler = on_crash};

	crash.fd = fd;
	crash.terminal = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	if (crash.terminal >= 0)
		crash.nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	else
		crash.terminal = fd;
	action.sa_flags = (int)(SA_ONSTACK | SA_RESETHAND);
	sigemptyset(&action.sa_mask);
	sigaltstack(&stack, NULL);
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		sigaction(signals[i], &action, NULL);
	atexit(on_exit_of_curses);
	memory_on_exhaustion(crash_restore);
}

/* "$<5>" in a capability is a delay. */
static void tty_add(const char *text)
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
	crash.length = 0;
	for (size_t i = 0; i < count; i++)
		tty_add(undo[i] ? undo[i] : "");
	crash.modes = *modes;
	if (!crash.installed)
		install(fd);
	crash.installed = true;
	crash.armed = 1;
}

void crash_disarm(void)
{
	crash.armed = 0;
}

void error_output_turn(struct error_output *errors, int log)
{
	int target = log >= 0 ? log : open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (errors->before >= 0 || target < 0)
		return;
	fflush(stderr);
	errors->before = crash.errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	dup2(target, STDERR_FILENO);
	if (target != log)
		close(target);
}

void error_output_restore(struct error_output *errors)
{
	if (errors->before < 0)
		return;
	fflush(stderr);
	crash.errors = -1;
	dup2(errors->before, STDERR_FILENO);
	close(errors->before);
	errors->before = -1;
}

static const struct key_sequence sequences[] = {
	{"\033[200~", KEYCAP_PASTE_BEGIN},
	{"\033[201~", KEYCAP_PASTE_END},
	{"\033[A", KEYCAP_UP},
	{"\033[B", KEYCAP_DOWN},
	{"\033[C", KEYCAP_RIGHT},
	{"\033[D", KEYCAP_LEFT},
	{"\033OA", KEYCAP_UP},
	{"\033OB", KEYCAP_DOWN},
	{"\033OC", KEYCAP_RIGHT},
	{"\033OD", KEYCAP_LEFT},
	{"\033[H", KEYCAP_HOME},
	{"\033[F", KEYCAP_END},
	{"\033OH", KEYCAP_HOME},
	{"\033OF", KEYCAP_END},
	{"\033[1~", KEYCAP_HOME},
	{"\033[4~", KEYCAP_END},
	{"\033[7~", KEYCAP_HOME},
	{"\033[8~", KEYCAP_END},
	{"\033[Z", KEYCAP_BACK_TAB},
	{"\033[2~", KEYCAP_INSERT},
	{"\033[3~", KEYCAP_DELETE},
	{"\033[5~", KEYCAP_PAGE_UP},
	{"\033[6~", KEYCAP_PAGE_DOWN},
	{"\033[1;5C", KEYCAP_CTRL_RIGHT},
	{"\033[1;5D", KEYCAP_CTRL_LEFT},
	{"\033[1;3C", KEYCAP_CTRL_RIGHT},
	{"\033[1;3D", KEYCAP_CTRL_LEFT},
	{"\033Oc", KEYCAP_CTRL_RIGHT},
	{"\033Od", KEYCAP_CTRL_LEFT},
	{"\033OP", KEYCAP_F1},
	{"\033OR", KEYCAP_F1 + 2},
	{"\033OS", KEYCAP_F1 + 3},
	{"\033[11~", KEYCAP_F1},
	{"\033[13~", KEYCAP_F1 + 2},
	{"\033[14~", KEYCAP_F1 + 3},
	{"\033[15~", KEYCAP_F1 + 4},
};

const struct key_sequence *key_sequence(size_t index)
{
	return index < sizeof(sequences) / sizeof(sequences[0]) ? &sequences[index] : NULL;
}

#define NAME "/dev/tty"

bool controlling_terminal_take(struct controlling_terminal *streams, struct error *error)
{
	int terminal = open(NAME, O_RDWR | O_CLOEXEC);

	if (terminal < 0) {
		error_set(error,
			"needs a terminal, and there is none (" NAME ": %s); use 'barky list'",
			strerror(errno));
		return false;
	}
	fflush(stdout);
	streams->input = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	streams->output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	dup2(terminal, STDIN_FILENO);
	dup2(terminal, STDOUT_FILENO);
	close(terminal);
	streams->taken = true;
	return true;
}

static void put_back(int kept, int stream)
{
	if (kept < 0)
		return;
	dup2(kept, stream);
	close(kept);
}

void controlling_terminal_give_back(struct controlling_terminal *streams)
{
	if (!streams->taken)
		return;
	fflush(stdout);
	put_back(streams->input, STDIN_FILENO);
	put_back(streams->output, STDOUT_FILENO);
	streams->taken = false;
}

/* A limit that terminals have in common, of the encoded text. */
#define CLIPBOARD_MAX 74000

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* One to three bytes become four characters. */
static char *base64_encode(const unsigned char *bytes, size_t count, char *to)
{
	unsigned value = (unsigned)bytes[0] << 16;

	if (count > 1)
		value |= (unsigned)bytes[1] << 8;
	if (count > 2)
		value |= bytes[2];
	*to++ = digits[value >> 18];
	*to++ = digits[value >> 12 & 63];
	*to++ = count > 1 ? digits[value >> 6 & 63] : '=';
	*to++ = count > 2 ? digits[value & 63] : '=';
	return to;
}

char *tty_clipboard_sequence(const char *text)
{
	size_t length = strlen(text);

	if (length > CLIPBOARD_MAX / 4 * 3)
		return NULL;
	char *sequence = memory_new(length / 3 * 4 + 4 + sizeof("\033]52;c;\033\\"));
	char *to = stpcpy(sequence, "\033]52;c;");
	for (size_t i = 0; i < length; i += 3)
		to = base64_encode(
			(const unsigned char *)text + i, length - i < 3 ? length - i : 3, to);
	stpcpy(to, "\033\\");
	return sequence;
}

void tty_write(int fd, const char *text)
{
	size_t length = strlen(text);

	while (length > 0) {
		ssize_t written = write(fd, text, length);
		if (written <= 0)
			return;
		text += written;
		length -= (size_t)written;
	}
}

void tty_enter(int fd, bool title)
{
	tty_write(fd, "\033[?2004h");
	if (title)
		tty_write(fd, "\033[22;2t\033]2;barky\033\\");
}

#define MODES_OFF "\033[?2004l\033[?1006l\033[?1002l\033[?1000l"

const char *tty_undo(bool title)
{
	return title ? MODES_OFF "\033[23;2t" : MODES_OFF;
}

bool tty_has_title(const char *term)
{
	static const char *const kin[] = {"xterm", "screen", "tmux", "rxvt", "alacritty", "foot",
		"kitty", "konsole", "gnome", "vte", "wezterm", "ghostty"};

	for (size_t i = 0; i < sizeof(kin) / sizeof(kin[0]); i++) {
		if (term && strncmp(term, kin[i], strlen(kin[i])) == 0)
			return true;
	}
	return false;
}

bool tty_copy(int fd, const char *text)
{
	const char *name = getenv("TERM");

	if (!name || strcmp(name, "linux") == 0)
		return false;
	char *sequence = tty_clipboard_sequence(text);
	if (!sequence)
		return false;
	tty_write(fd, sequence);
	free(sequence);
	return true;
}
