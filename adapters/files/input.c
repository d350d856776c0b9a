#include "adapters/files/input.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/system/descriptor.h"
#include "adapters/system/directory.h"
#include "adapters/system/platform.h"
#include "adapters/files/charset.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"

#define PIECE 65536

/* What may never end is copied so far: a device that gives zeros, a pipe that somebody feeds. */
#define DEVICE_SIZE_MAX (INT64_C(256) << 20)
#define PIPE_SIZE_MAX   (INT64_C(4096) << 20)

/* A signal ends it: whoever waits for a pipe or a person has to be able to stop. */
static enum status copy_descriptor(int from, int to, int64_t limit, struct error *error)
{
	char piece[PIECE];
	int64_t size = 0;
	ssize_t length;

	while ((length = read(from, piece, sizeof(piece))) > 0) {
		size += length;
		if (size > limit)
			return error_fail(STATUS_INVALID, error, "it is larger than %d MiB",
				(int)(limit >> 20));
		if (!descriptor_write(to, piece, (size_t)length)) {
			bool is_full = errno == ENOSPC || errno == EDQUOT;

			error_set(error, "copying it failed: %s", strerror(errno));
			return is_full ? STATUS_FULL : STATUS_IO;
		}
	}
	if (length == 0)
		return STATUS_OK;
	error_set(error, "%s", strerror(errno));
	return errno == EINTR ? STATUS_INTERRUPTED : STATUS_IO;
}

/* What can only be read once is copied, so that it can be read again. */
static enum status make_seekable(struct input *input, int64_t limit, struct error *error)
{
	int copy = platform_disk_file();
	enum status status;

	if (copy < 0)
		return error_fail(
			STATUS_IO, error, "no temporary file can be made: %s", strerror(errno));
	status = copy_descriptor(input->fd, copy, limit, error);
	if (input->fd != STDIN_FILENO)
		close(input->fd);
	input->fd = copy;
	return status;
}

static enum status look_at(struct input *input, struct error *error)
{
	struct stat about;
	ssize_t length;

	if (fstat(input->fd, &about) < 0)
		return error_fail(STATUS_IO, error, "%s", strerror(errno));
	if (S_ISDIR(about.st_mode))
		return error_fail(STATUS_INVALID, error, "it is a folder, not a file");
	if (!S_ISREG(about.st_mode)) {
		bool is_device = S_ISCHR(about.st_mode) && !isatty(input->fd);
		enum status status =
			make_seekable(input, is_device ? DEVICE_SIZE_MAX : PIPE_SIZE_MAX, error);

		if (status != STATUS_OK || fstat(input->fd, &about) < 0)
			return status == STATUS_OK ? STATUS_IO : status;
	}
	input->size = about.st_size;
	length = pread(input->fd, input->head, INPUT_HEAD, 0);
	if (length < 0)
		return error_fail(STATUS_IO, error, "%s", strerror(errno));
	input->head_length = (size_t)length;
	return STATUS_OK;
}

static enum status begin_decoding(
	const char *charset, bool mend, struct decoder **decoder, struct error *error)
{
	*decoder = decoder_new(charset, mend);
	if (*decoder)
		return STATUS_OK;
	return error_fail(
		STATUS_INVALID, error, "its charset, %s, is not known to iconv here", charset);
}

static enum status make_text_head(struct input *input, struct error *error)
{
	struct buffer text = {0};
	size_t mark;
	const char *charset = charset_of_mark(input->head, input->head_length, &mark);
	struct decoder *decoder;
	enum status status = begin_decoding(charset ? charset : "UTF-8", true, &decoder, error);

	if (status == STATUS_OK)
		decoder_add(decoder, input->head + mark, input->head_length - mark, false, &text);
	decoder_free(decoder);
	input->text_head = buffer_take(&text);
	return status;
}

static int open_for_reading(const char *path)
{
	return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
}

enum status input_open(const char *path, struct input **opened, struct error *error)
{
	bool standard = strcmp(path, "-") == 0;
	struct input *input = memory_new(sizeof(*input));
	enum status status;

	input->name = memory_copy_string(standard ? "standard input" : path);
	input->is_standard = standard;
	input->fd = standard ? STDIN_FILENO : open_for_reading(path);
	if (input->fd < 0) {
		status = errno == ENOENT || errno == ENOTDIR ? STATUS_NOT_FOUND
			 : errno == EINTR                    ? STATUS_INTERRUPTED
							     : STATUS_IO;
		error_set(error, "%s", strerror(errno));
	} else {
		status = look_at(input, error);
	}
	if (status == STATUS_OK)
		status = make_text_head(input, error);
	if (status != STATUS_OK) {
		input_close(input);
		return status;
	}
	*opened = input;
	return STATUS_OK;
}

void input_close(struct input *input)
{
	if (!input)
		return;
	if (input->fd > STDERR_FILENO)
		close(input->fd);
	if (input->kept)
		input->drop_kept(input->kept);
	decoder_free(input->decoder);
	free(input->text_head);
	free(input->name);
	free(input);
}

char *input_title(const struct input *input)
{
	const char *name = input->is_standard ? "" : directory_entry(input->name);
	const char *ending = strrchr(name, '.');

	return memory_copy_bytes(name, ending ? (size_t)(ending - name) : strlen(name));
}

bool input_is_blank(const struct input *input)
{
	if (input->size > (int64_t)input->head_length)
		return false;
	return !input->text_head[strspn(input->text_head, " \t\r\n\f\v")];
}

/* Bytes of the UTF-8 character at text: 0 if it is none, more than left if it is cut off. */
static size_t character_size(const char *text, size_t left)
{
	unsigned char lead = (unsigned char)*text;
	size_t size = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;

	if (size <= 1 || size > left || lead > 0xf4)
		return lead > 0xf4 ? 0 : size;
	return text_is_valid(text, size) ? size : 0;
}

/* Whether some of it is not UTF-8, and whether some of it is and is not ASCII. */
static void look_for_utf8(const struct input *input, bool *bad, bool *good)
{
	char piece[PIECE + 4];
	size_t kept = 0;
	off_t at = 0;
	ssize_t length;

	*bad = *good = false;
	while ((length = pread(input->fd, piece + kept, PIECE, at)) > 0) {
		const char *from = piece, *end = piece + kept + length;

		at += length;
		while (from < end) {
			size_t left = (size_t)(end - from), size = character_size(from, left);

			if (size > left)
				break;
			*bad |= size == 0;
			*good |= size > 1;
			from += size ? size : 1;
		}
		kept = (size_t)(end - from);
		memmove(piece, from, kept);
	}
	*bad |= kept > 0;
}

static const char *guess(const struct input *input)
{
	bool bad, good;

	look_for_utf8(input, &bad, &good);
	return bad && !good ? "windows-1252" : "UTF-8";
}

/* What marked-up text says of itself near its beginning. */
static const char *declared(const struct input *input)
{
	const char *start = input->head + strspn(input->head, " \t\r\n\f");

	return *start == '<' ? charset_declared(input->head, input->head_length) : NULL;
}

enum status input_begin_text(struct input *input, enum input_charset charset, struct error *error)
{
	size_t mark;
	const char *name = charset_of_mark(input->head, input->head_length, &mark);

	if (!name && charset == INPUT_DECLARED)
		name = declared(input);
	if (!name)
		name = charset == INPUT_UTF8 ? "UTF-8" : guess(input);
	decoder_free(input->decoder);
	input->position = (int64_t)mark;
	return begin_decoding(name, charset == INPUT_DECLARED, &input->decoder, error);
}

enum status input_read_text(
	struct input *input, struct buffer *out, bool *more, struct error *error)
{
	char piece[PIECE];
	ssize_t length;

	do
		length = pread(input->fd, piece, sizeof(piece), input->position);
	while (length < 0 && errno == EINTR);
	if (length < 0)
		return error_fail(STATUS_IO, error, "%s", strerror(errno));
	input->position += length;
	*more = length > 0;
	decoder_add(input->decoder, piece, (size_t)length, length == 0, out);
	return STATUS_OK;
}

enum status input_read_all(
	struct input *input, size_t limit, struct buffer *out, struct error *error)
{
	char piece[PIECE];
	ssize_t length;
	off_t at = 0;

	if (input->size > (int64_t)limit)
		return error_fail(STATUS_INVALID, error, "it is larger than %zu MiB", limit >> 20);
	while ((length = pread(input->fd, piece, sizeof(piece), at)) > 0 && out->length <= limit) {
		buffer_add(out, piece, (size_t)length);
		at += length;
	}
	if (length >= 0)
		return STATUS_OK;
	return error_fail(STATUS_IO, error, "%s", strerror(errno));
}

enum status input_copy(struct input *input, int fd, struct error *error)
{
	if (lseek(input->fd, 0, SEEK_SET) < 0)
		return error_fail(STATUS_IO, error, "%s", strerror(errno));
	return copy_descriptor(input->fd, fd, INT64_MAX, error);
}
