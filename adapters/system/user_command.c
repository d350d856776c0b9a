#include "adapters/system/user_command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapters/json/json_writer.h"
#include "adapters/system/directory.h"
#include "adapters/system/spawn.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/bookmarks/placeholder.h"

static bool has_field(const char *word)
{
	for (; *word; word++)
		if (placeholder_length(word))
			return true;
	return false;
}

static bool is_shell(const char *program)
{
	static const char *const shells[] = {"sh", "bash", "dash", "zsh", "ksh", "mksh", "ash",
		"busybox", "fish", "csh", "tcsh"};

	for (size_t i = 0; i < sizeof(shells) / sizeof(shells[0]); i++)
		if (!strcmp(directory_entry(program), shells[i]))
			return true;
	return false;
}

/* "-c", "-ec": the next word is a text to run. */
static bool begins_script(const struct argv *words, size_t i)
{
	const char *word = words->items[i];
	bool shell = false;

	for (size_t before = 0; before < i && !shell; before++)
		shell = is_shell(words->items[before]);
	return shell && word[0] == '-' && word[1] && word[strlen(word) - 1] == 'c';
}

static enum status check_word(const struct argv *words, size_t i, struct error *error)
{
	const char *word = words->items[i];
	const char *unknown = placeholder_unknown(word);

	if (unknown)
		return error_fail(STATUS_INVALID, error, "there is no field %.*s",
			(int)placeholder_length(unknown), unknown);
	if (i > 0 && has_field(word) && begins_script(words, i - 1))
		return error_fail(STATUS_INVALID, error,
			"a shell would run what a field holds: put it behind, as in sh -c 'echo "
			"\"$1\"' sh {title}");
	return STATUS_OK;
}

static const char *read_marks(struct user_command *command, const char *text)
{
	for (;; text++) {
		if (*text == '&')
			command->background = true;
		else if (*text == '|')
			command->input = true;
		else if (*text != ' ' && *text != '\t')
			return text;
	}
}

enum status user_command_read(struct user_command *command, const char *text, struct error *error)
{
	bool fields_used = false;
	enum status status;

	*command = (struct user_command){0};
	status = argv_split(&command->words, read_marks(command, text), error);
	if (status == STATUS_OK && command->words.count == 0)
		status = error_fail(STATUS_INVALID, error, "there is no program to start");
	for (size_t i = 0; status == STATUS_OK && i < command->words.count; i++) {
		status = check_word(&command->words, i, error);
		fields_used |= has_field(command->words.items[i]);
	}
	command->input |= !fields_used;
	return status;
}

void user_command_finish(struct user_command *command)
{
	argv_finish(&command->words);
}

static void add_filled(struct argv *words, const char *word, const struct bookmark *bookmark)
{
	struct buffer filled = {0};

	while (*word) {
		size_t length = placeholder_length(word);
		char *text;

		if (!length) {
			buffer_add_char(&filled, *word++);
			continue;
		}
		text = placeholder_fill(word, bookmark);
		buffer_add_string(&filled, text);
		free(text);
		word += length;
	}
	argv_add(words, buffer_text(&filled));
	buffer_finish(&filled);
}

static struct argv user_command_fill(
	const struct user_command *command, const struct bookmark *bookmarks, size_t count)
{
	struct argv words = {0};

	for (size_t i = 0; i < command->words.count; i++) {
		const char *word = command->words.items[i];

		if (!has_field(word))
			argv_add(&words, word);
		for (size_t b = 0; has_field(word) && b < count; b++)
			add_filled(&words, word, &bookmarks[b]);
	}
	return words;
}

/* The array that "list --json" would print; a descriptor, or -1. */
static int make_input(const struct bookmark *bookmarks, size_t count)
{
	struct buffer text = {0};
	struct json_writer json = {.out = &text};
	int fd;

	json_open_array(&json);
	for (size_t i = 0; i < count; i++)
		json_put_bookmark(&json, &bookmarks[i]);
	json_close_array(&json);
	buffer_add_char(&text, '\n');
	fd = spawn_input(buffer_text(&text), text.length);
	buffer_finish(&text);
	return fd;
}

static enum status user_command_launch(const struct user_command *command,
	const struct bookmark *bookmarks, size_t count, struct spawn *spawn, pid_t *process,
	struct error *error)
{
	struct argv words = user_command_fill(command, bookmarks, count);
	enum status status = STATUS_OK;

	spawn->words = words.items;
	if (command->input) {
		spawn->input = make_input(bookmarks, count);
		if (spawn->input < 0)
			status = error_fail(STATUS_IO, error,
				"there is no room for what %s is to read", command->words.items[0]);
	}
	if (status == STATUS_OK)
		status = spawn_start(spawn, process, error);
	if (command->input && spawn->input >= 0)
		close(spawn->input);
	argv_finish(&words);
	return status;
}

enum status user_command_run(const struct user_command *command, const struct bookmark *bookmarks,
	size_t count, struct error *error)
{
	struct spawn spawn = {.input = SPAWN_OURS, .output = SPAWN_OURS, .errors = SPAWN_OURS};
	pid_t process;
	enum status status =
		user_command_launch(command, bookmarks, count, &spawn, &process, error);

	return status == STATUS_OK ? spawn_result(process, -1, command->words.items[0], error)
				   : status;
}

enum status user_command_start(const struct user_command *command, const struct bookmark *bookmarks,
	size_t count, int errors, pid_t *process, struct error *error)
{
	struct spawn spawn = {.input = SPAWN_NULL,
		.output = SPAWN_NULL,
		.errors = errors >= 0 ? errors : SPAWN_NULL,
		.own_session = true};

	return user_command_launch(command, bookmarks, count, &spawn, process, error);
}
