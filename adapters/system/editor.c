#include "adapters/system/editor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/system/argv.h"
#include "adapters/system/descriptor.h"
#include "adapters/system/directory.h"
#include "adapters/system/platform.h"
#include "adapters/system/spawn.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"

/* The file that is edited, alone in a folder of its own. */
struct draft {
	char *folder;
	char *path;
};

static const char *base_folder(void)
{
	static const char *const variables[] = {"XDG_RUNTIME_DIR", "TMPDIR"};

	for (size_t i = 0; i < 2; i++) {
		const char *value = platform_secure_env(variables[i]);

		if (value && *value == '/' && access(value, W_OK | X_OK) == 0)
			return value;
	}
	return "/tmp";
}

static enum status editor_explain(const char *what, const char *path, struct error *error)
{
	return error_fail(STATUS_IO, error, "cannot %s %s: %s", what, path, strerror(errno));
}

static enum status draft_fill(const char *path, const char *text, struct error *error)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	bool written;

	if (fd < 0)
		return editor_explain("write", path, error);
	written = descriptor_write(fd, text, strlen(text));
	if (close(fd) == 0 && written)
		return STATUS_OK;
	return editor_explain("write", path, error);
}

static enum status draft_make(struct draft *draft, const char *text, struct error *error)
{
	draft->folder = memory_print("%s/barky-XXXXXX", base_folder());
	draft->path = NULL;
	if (!mkdtemp(draft->folder))
		return editor_explain("make", draft->folder, error);
	draft->path = memory_print("%s/bookmark.txt", draft->folder);
	return draft_fill(draft->path, text, error);
}

void editor_remove_draft(const char *draft)
{
	char *folder = draft ? directory_of(draft) : NULL;

	if (!folder)
		return;
	unlink(draft);
	rmdir(folder);
	free(folder);
}

void editor_name_draft(const char *draft, struct error *error)
{
	struct error why;

	if (!error || !draft)
		return;
	why = *error;
	error_set(error, "%.250s: your text is kept in %s", why.text, draft);
}

void edited_finish(struct edited *edited)
{
	free(edited->text);
	free(edited->draft);
	*edited = (struct edited){0};
}

static void draft_finish(struct draft *draft)
{
	free(draft->path);
	free(draft->folder);
}

static const char *editor_command(void)
{
	static const char *const variables[] = {"VISUAL", "EDITOR"};

	for (size_t i = 0; i < 2; i++) {
		const char *value = getenv(variables[i]);

		if (value && value[strspn(value, " \t")])
			return value;
	}
	return "vi";
}

/* As system(3) does: C-c and C-\\ on the terminal are the editor's. */
static int wait_undisturbed(pid_t process)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, interrupt, quit;
	int code = -1;

	sigaction(SIGINT, &ignore, &interrupt);
	sigaction(SIGQUIT, &ignore, &quit);
	spawn_wait(process, -1, &code);
	sigaction(SIGINT, &interrupt, NULL);
	sigaction(SIGQUIT, &quit, NULL);
	return code;
}

static enum status wait_for(pid_t process, const char *program, struct error *error)
{
	int code = wait_undisturbed(process);

	if (code == 0)
		return STATUS_OK;
	return error_fail(STATUS_IO, error, "the editor %s ended with exit code %d", program, code);
}

static enum status run_editor(const struct draft *draft, struct error *error)
{
	struct argv words = {0};
	struct spawn spawn = {.input = SPAWN_OURS, .output = SPAWN_OURS, .errors = SPAWN_OURS};
	enum status status = argv_split(&words, editor_command(), error);
	pid_t process;

	argv_add(&words, draft->path);
	spawn.words = words.items;
	if (status == STATUS_OK)
		status = spawn_start(&spawn, &process, error);
	if (status == STATUS_OK)
		status = wait_for(process, words.items[0], error);
	argv_finish(&words);
	return status;
}

static enum status inspect(int fd, const char *path, struct error *error)
{
	struct stat found;

	if (fstat(fd, &found) != 0)
		return editor_explain("read", path, error);
	if (!S_ISREG(found.st_mode) || found.st_uid != geteuid())
		return error_fail(
			STATUS_INVALID, error, "%s is not a regular file of yours any more", path);
	if (found.st_size > EDITOR_MAX_BYTES)
		return error_fail(STATUS_INVALID, error, "%s is larger than %d bytes", path,
			EDITOR_MAX_BYTES);
	return STATUS_OK;
}

static char *read_bytes(int fd, size_t *length)
{
	size_t capacity = 0;
	char *bytes = NULL;
	ssize_t got;

	*length = 0;
	do {
		if (*length + 65536 > capacity) {
			capacity = capacity ? 2 * capacity : 131072;
			bytes = memory_resize(bytes, capacity, 1);
		}
		got = read(fd, bytes + *length, 65536);
		*length += got > 0 ? (size_t)got : 0;
	} while ((got > 0 && *length <= EDITOR_MAX_BYTES) || (got < 0 && errno == EINTR));
	return bytes;
}

static bool all_lines_end_in_cr_lf(const char *bytes, size_t length)
{
	const char *end = bytes + length;
	const char *line = bytes;
	const char *feed;
	size_t lines = 0;

	while (line < end && (feed = memchr(line, '\n', (size_t)(end - line)))) {
		if (feed == line || feed[-1] != '\r')
			return false;
		line = feed + 1;
		lines++;
	}
	return lines > 0;
}

/* Takes off what the editor put on; a CR of the text itself stands before the one of the line. */
static size_t normalise(char *bytes, size_t length)
{
	static const char mark[] = "\xef\xbb\xbf";
	size_t kept = 0;

	if (length >= 3 && memcmp(bytes, mark, 3) == 0)
		memmove(bytes, bytes + 3, length -= 3);
	if (!all_lines_end_in_cr_lf(bytes, length))
		return length;
	for (size_t i = 0; i < length; i++)
		if (bytes[i] != '\r' || i + 1 == length || bytes[i + 1] != '\n')
			bytes[kept++] = bytes[i];
	return kept;
}

static char *read_text(int fd)
{
	size_t length;
	char *bytes = read_bytes(fd, &length);
	char *text = text_valid(bytes, normalise(bytes, length));

	free(bytes);
	return text;
}

/* *text stays NULL if the file is gone. */
static enum status draft_read(const char *path, char **text, struct error *error)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	enum status status;

	if (fd < 0)
		return errno == ENOENT ? STATUS_OK : editor_explain("read", path, error);
	status = inspect(fd, path, error);
	if (status == STATUS_OK)
		*text = read_text(fd);
	close(fd);
	return status;
}

static bool draft_is_wanted(const char *text, const char *before)
{
	return text && strcmp(text, before) != 0 && text[strspn(text, " \t\r\n")];
}

/* One time in the editor; *text stays NULL if nothing is wanted. */
static enum status edit_once(
	const struct editing *editing, const struct draft *draft, char **text, struct error *error)
{
	enum status status = run_editor(draft, error);

	if (status == STATUS_OK)
		status = draft_read(draft->path, text, error);
	if (status != STATUS_OK)
		return status;
	if (draft_is_wanted(*text, editing->text))
		return editing->check ? editing->check(editing->self, *text, error) : STATUS_OK;
	free(*text);
	*text = NULL;
	return STATUS_OK;
}

/* Whether there is something in it that somebody may want back. */
static bool draft_is_worth_keeping(const struct draft *draft, const char *before)
{
	struct stat found;
	char *text = NULL;
	bool worth;

	if (!draft->path || lstat(draft->path, &found) != 0)
		return false;
	worth = draft_read(draft->path, &text, NULL) != STATUS_OK || draft_is_wanted(text, before);
	free(text);
	return worth;
}

static void draft_abandon(const struct draft *draft, const char *before, struct error *error)
{
	if (draft_is_worth_keeping(draft, before))
		editor_name_draft(draft->path, error);
	else if (draft->path)
		editor_remove_draft(draft->path);
}

enum status editor_edit(const struct editing *editing, struct edited *edited, struct error *error)
{
	struct error why = {0};
	struct draft draft;
	enum status status;

	*edited = (struct edited){0};
	status = draft_make(&draft, editing->text, &why);
	while (status == STATUS_OK) {
		status = edit_once(editing, &draft, &edited->text, &why);
		if (status == STATUS_OK || !edited->text || !editing->again ||
			!editing->again(editing->self, &why))
			break;
		free(edited->text);
		edited->text = NULL;
		status = STATUS_OK;
	}
	if (status == STATUS_OK && edited->text) {
		edited->draft = memory_copy_string(draft.path);
	} else if (status == STATUS_OK) {
		editor_remove_draft(draft.path);
	} else {
		edited_finish(edited);
		draft_abandon(&draft, editing->text, &why);
	}
	if (error)
		*error = why;
	draft_finish(&draft);
	return status;
}
