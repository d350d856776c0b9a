#include "adapters/files/file_export.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/formats/formats.h"
#include "adapters/system/directory.h"
#include "adapters/system/atomic_file.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"

#define PIECE 65536

struct file_export {
	const struct format_writer *writer;
	struct atomic_file file; /* unless out is set */
	FILE *out;
	bool owns_out;
	bool is_terminal; /* what out is; it gets no control characters */
	struct buffer text;
	size_t count;
	enum status status; /* the first failure, which stays */
	struct error error;
};

/* Links that are followed to where a file is to be, as the system follows them. */
#define LINKS_MAX 40

static bool is_standard(const char *path)
{
	return !path || strcmp(path, "-") == 0;
}

static bool ends_with(const char *path, const char *ending)
{
	size_t length = strlen(path), tail = strlen(ending);

	return length > tail && strcasecmp(path + length - tail, ending) == 0;
}

const char *file_export_format_of(const char *path)
{
	for (const struct format *format = formats_all(); format->name; format++) {
		const char *const *endings = format->writer ? format->writer->endings : NULL;

		for (; endings && *endings; endings++)
			if (ends_with(path, *endings))
				return format->name;
	}
	return NULL;
}

bool file_export_is_for_people(const char *name)
{
	const struct format *format = format_find(name);

	return format && format->writer && format->writer->is_for_people;
}

static enum status find_writer(
	const char *name, const struct format_writer **writer, struct error *error)
{
	const struct format *format = format_find(name);

	if (!format)
		return error_fail(STATUS_INVALID, error, "there is no format %s", name);
	if (!format->writer)
		return error_fail(STATUS_INVALID, error, "%s can be read, but not written", name);
	*writer = format->writer;
	return STATUS_OK;
}

/* The descriptor that a name like /dev/fd/63 stands for; -1 if it is none. */
static int descriptor_of(const char *path)
{
	static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		const char *number = path + strlen(folders[i]);
		int descriptor = 0;

		if (strncmp(path, folders[i], strlen(folders[i])) != 0 || !*number ||
			strlen(number) > 5 || number[strspn(number, "0123456789")])
			continue;
		for (; *number; number++)
			descriptor = descriptor * 10 + (*number - '0');
		return descriptor;
	}
	return -1;
}

/*
 * Where a name leads by its symbolic links: to a file, which need not be there yet, or to a name of
 * a descriptor. The caller frees it.
 */
static char *followed(const char *path)
{
	char *at = memory_copy_string(path);
	char target[4096];

	for (int i = 0; i < LINKS_MAX && descriptor_of(at) < 0; i++) {
		ssize_t length = readlink(at, target, sizeof(target) - 1);
		char *folder, *next;

		if (length < 0)
			break;
		target[length] = '\0';
		folder = directory_of(at);
		next = *target == '/' ? memory_copy_string(target)
				      : memory_print("%s/%s", folder, target);
		free(folder);
		free(at);
		at = next;
	}
	return at;
}

static enum status open_stream(
	struct file_export *export, const char *path, int fd, struct error *error)
{
	export->out = fd < 0 ? NULL : fdopen(fd, "w");
	if (export->out) {
		export->owns_out = true;
		export->is_terminal = isatty(fd);
		return STATUS_OK;
	}
	error_set(error, "cannot write to %s: %s", path, strerror(errno));
	return status_of_errno(errno);
}

/* What is no regular file is written into, as a shell would; a file is put in its place whole. */
static enum status open_target(struct file_export *export, const char *path, struct error *error)
{
	char *target = followed(path);
	int fd = descriptor_of(target);
	enum status status;
	struct stat about;

	if (fd >= 0)
		status = open_stream(export, path, fcntl(fd, F_DUPFD_CLOEXEC, 3), error);
	else if (stat(target, &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode))
		status = open_stream(
			export, path, open(target, O_WRONLY | O_CLOEXEC | O_NOCTTY), error);
	else
		status = atomic_file_begin(&export->file, target, error);
	free(target);
	return status;
}

/* A line at a time, as everything that a terminal shows. */
static void make_printable(struct buffer *text)
{
	struct buffer printable = {0};
	char *rest = (char *)buffer_text(text), *line;

	while ((line = strsep(&rest, "\n"))) {
		char *shown = text_printable(line);

		buffer_add_string(&printable, shown);
		if (rest)
			buffer_add_char(&printable, '\n');
		free(shown);
	}
	buffer_finish(text);
	*text = printable;
}

static enum status write_out(struct file_export *export)
{
	if (!export->out)
		return atomic_file_write(
			&export->file, export->text.text, export->text.length, &export->error);
	if (export->is_terminal)
		make_printable(&export->text);
	if (fwrite(export->text.text, 1, export->text.length, export->out) == export->text.length)
		return STATUS_OK;
	error_set(&export->error, "writing failed: %s", strerror(errno));
	return status_of_errno(errno);
}

static void flush(struct file_export *export, size_t from)
{
	if (export->status == STATUS_OK && export->text.length > from)
		export->status = write_out(export);
	if (export->text.length > from)
		buffer_clear(&export->text);
}

static enum status answer(const struct file_export *export, struct error *error)
{
	if (export->status != STATUS_OK && error)
		*error = export->error;
	return export->status;
}

enum status file_export_open(const char *path, FILE *out, const char *format,
	struct file_export **opened, struct error *error)
{
	const struct format_writer *writer = NULL;
	enum status status = find_writer(format, &writer, error);
	struct file_export *export;

	if (status != STATUS_OK)
		return status;
	export = memory_new(sizeof(*export));
	export->writer = writer;
	if (is_standard(path)) {
		export->out = out;
		export->is_terminal = isatty(fileno(out));
	} else {
		status = open_target(export, path, error);
	}
	if (status != STATUS_OK) {
		free(export);
		return status;
	}
	if (writer->begin)
		writer->begin(&export->text);
	*opened = export;
	return STATUS_OK;
}

bool file_export_is_stream(const struct file_export *export)
{
	return export->out;
}

enum status file_export_add(
	struct file_export *export, const struct bookmark *bookmark, struct error *error)
{
	if (export->status == STATUS_OK) {
		export->writer->bookmark(&export->text, bookmark, export->count++);
		flush(export, PIECE);
	}
	return answer(export, error);
}

static void free_export(struct file_export *export)
{
	if (export->owns_out && export->out)
		fclose(export->out);
	buffer_finish(&export->text);
	free(export);
}

enum status file_export_close(struct file_export *export, struct error *error)
{
	enum status status;

	if (export->status == STATUS_OK) {
		if (export->writer->end)
			export->writer->end(&export->text, export->count);
		flush(export, 0);
	}
	if (export->status == STATUS_OK && export->out && fflush(export->out) != 0) {
		error_set(&export->error, "writing failed: %s", strerror(errno));
		export->status = status_of_errno(errno);
	}
	if (export->status == STATUS_OK && !export->out)
		export->status = atomic_file_commit(&export->file, true, &export->error);
	else if (!export->out)
		atomic_file_cancel(&export->file);
	status = answer(export, error);
	free_export(export);
	return status;
}

void file_export_abandon(struct file_export *export)
{
	if (!export)
		return;
	if (!export->out)
		atomic_file_cancel(&export->file);
	free_export(export);
}
