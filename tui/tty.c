#include "tui/tty.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "domain/base/memory.h"

/* A limit that terminals have in common, of the encoded text. */
#define CLIPBOARD_MAX 74000

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* One to three bytes become four characters. */
static char *encode(const unsigned char *bytes, size_t count, char *to)
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
		to = encode((const unsigned char *)text + i, length - i < 3 ? length - i : 3, to);
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
