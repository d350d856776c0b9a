#include "adapters/system/editor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/system/spawn.h"
#include "adapters/system/argv.h"
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
		const char *value = secure_getenv(variables[i]);

		if (value && *value == '/' && access(value, W_OK | X_OK) == 0)
			return value;
	}
	return "/tmp";
}

static enum status explain(const char *what, const char *path, struct error *error)
{
	error_set(error, "cannot %s %s: %s", what, path, strerror(errno));
	return STATUS_IO;
}

static enum status fill(const char *path, const char *text, struct error *error)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	size_t length = strlen(text);
	bool written;

	if (fd < 0)
		return explain("write", path, error);
	written = write(fd, text, length) == (ssize_t)length;
	if (close(fd) == 0 && written)
		return STATUS_OK;
	return explain("write", path, error);
}

static enum status draft_make(struct draft *draft, const char *text, struct error *error)
{
	draft->folder = memory_print("%s/barky-XXXXXX", base_folder());
	draft->path = NULL;
	if (!mkdtemp(draft->folder))
		return explain("make", draft->folder, error);
	draft->path = memory_print("%s/bookmark.txt", draft->folder);
	return fill(draft->path, text, error);
}

static void draft_remove(struct draft *draft)
{
	if (draft->path)
		unlink(draft->path);
	rmdir(draft->folder);
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
	error_set(error, "the editor %s ended with exit code %d", program, code);
	return STATUS_IO;
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

static enum status inspect(int fd, const struct draft *draft, struct error *error)
{
	struct stat found;

	if (fstat(fd, &found) != 0)
		return explain("read", draft->path, error);
	if (!S_ISREG(found.st_mode) || found.st_uid != geteuid()) {
		error_set(error, "%s is not a regular file of yours any more", draft->path);
		return STATUS_INVALID;
	}
	if (found.st_size > EDITOR_MAX_BYTES) {
		error_set(error, "%s is larger than %d bytes", draft->path, EDITOR_MAX_BYTES);
		return STATUS_INVALID;
	}
	return STATUS_OK;
}

static char *read_bytes(int fd)
{
	char *bytes = memory_new(EDITOR_MAX_BYTES + 1);
	size_t length = 0;
	ssize_t got;
	char *text;

	while (length < EDITOR_MAX_BYTES &&
		(got = read(fd, bytes + length, EDITOR_MAX_BYTES - length)) != 0) {
		if (got < 0 && errno != EINTR)
			break;
		length += got > 0 ? (size_t)got : 0;
	}
	text = text_valid(bytes, length);
	free(bytes);
	return text;
}

static enum status draft_read(const struct draft *draft, char **text, struct error *error)
{
	int fd = open(draft->path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	enum status status;

	if (fd < 0)
		return explain("read", draft->path, error);
	status = inspect(fd, draft, error);
	if (status == STATUS_OK)
		*text = read_bytes(fd);
	close(fd);
	return status;
}

static bool is_wanted(const char *text, const char *before)
{
	return strcmp(text, before) != 0 && text[strspn(text, " \t\r\n")];
}

/* One time in the editor; *edited stays NULL if nothing is wanted. */
static enum status edit_once(const struct editing *editing, const struct draft *draft,
	char **edited, struct error *error)
{
	enum status status = run_editor(draft, error);
	char *text = NULL;

	if (status == STATUS_OK)
		status = draft_read(draft, &text, error);
	if (status != STATUS_OK)
		return status;
	if (!is_wanted(text, editing->text)) {
		free(text);
		return STATUS_OK;
	}
	*edited = text;
	return editing->check ? editing->check(editing->self, text, error) : STATUS_OK;
}

static void name_the_file(const struct draft *draft, struct error *error)
{
	struct error why;

	if (!error || !draft->path)
		return;
	why = *error;
	error_set(error, "%.250s: your text is kept in %s", why.text, draft->path);
}

enum status editor_edit(const struct editing *editing, char **edited, struct error *error)
{
	struct error why = {0};
	struct draft draft;
	enum status status;

	*edited = NULL;
	status = draft_make(&draft, editing->text, &why);
	while (status == STATUS_OK) {
		status = edit_once(editing, &draft, edited, &why);
		if (status == STATUS_OK || !*edited || !editing->again ||
			!editing->again(editing->self, &why))
			break;
		free(*edited);
		*edited = NULL;
		status = STATUS_OK;
	}
	if (status == STATUS_OK) {
		draft_remove(&draft);
	} else {
		free(*edited);
		*edited = NULL;
		name_the_file(&draft, &why);
	}
	if (error)
		*error = why;
	draft_finish(&draft);
	return status;
}
