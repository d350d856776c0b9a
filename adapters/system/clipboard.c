#include "adapters/system/clipboard.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapters/system/spawn.h"
#include "domain/memory.h"

#define PATIENCE_MS 2000

struct helper {
	const char *variable; /* has to be set; NULL: none has */
	char *words[4];
};

static const struct helper helpers[] = {
	{"WAYLAND_DISPLAY", {"wl-copy", NULL}},
	{"DISPLAY", {"xclip", "-selection", "clipboard", NULL}},
	{"DISPLAY", {"xsel", "-b", "-i", NULL}},
	{NULL, {"pbcopy", NULL}},
};

static const struct helper *find_helper(void)
{
	for (size_t i = 0; i < sizeof(helpers) / sizeof(*helpers); i++) {
		const char *value = helpers[i].variable ? getenv(helpers[i].variable) : "set";

		if (value && *value && spawn_finds(helpers[i].words[0]))
			return &helpers[i];
	}
	return NULL;
}

static char *without_controls(const char *text)
{
	char *copy = memory_copy_string(text);
	char *end = copy;

	for (const char *c = text; *c; c++)
		if ((unsigned char)*c >= 0x20 && *c != 0x7f)
			*end++ = *c;
	*end = '\0';
	return copy;
}

/* xclip and wl-copy stay to serve the text, from a process of their own. */
static enum status run(const struct helper *helper, int input, struct reason *reason)
{
	struct spawn spawn = {
		.words = helper->words,
		.input = input,
		.output = SPAWN_NULL,
		.errors = SPAWN_NULL,
		.own_session = true,
	};
	enum status status;
	pid_t process;
	int code = 0;

	status = spawn_start(&spawn, &process, reason);
	if (status != STATUS_OK)
		return status;
	if (spawn_wait(process, PATIENCE_MS, &code) == SPAWN_ENDED && code) {
		reason_say(reason, "%s failed with exit code %d", helper->words[0], code);
		return STATUS_IO;
	}
	return STATUS_OK;
}

enum status clipboard_copy(const char *text, struct reason *reason)
{
	const struct helper *helper = find_helper();
	enum status status = STATUS_IO;
	char *clean;
	int input;

	if (!helper) {
		reason_say(reason, "no clipboard helper was found (wl-copy, xclip, xsel, pbcopy)");
		return STATUS_NOT_FOUND;
	}
	clean = without_controls(text);
	input = spawn_input(clean, strlen(clean));
	if (input < 0)
		reason_say(reason, "cannot hand the text to %s", helper->words[0]);
	else
		status = run(helper, input, reason);
	if (input >= 0)
		close(input);
	free(clean);
	return status;
}
