#ifndef ADAPTERS_FILES_INPUT_H
#define ADAPTERS_FILES_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/buffer.h"
#include "domain/base/error.h"
#include "domain/base/status.h"

/* Kinds of things that records have and no bookmark can keep. */
#define INPUT_LOSSES 16

/* What is looked at to tell the formats apart. */
#define INPUT_HEAD 65536

/* What bytes are text in when no byte order mark says it (UTF-8, UTF-16 and UTF-32 have theirs). */
enum input_charset {
	INPUT_UTF8,    /* as it stands; the reader refuses what is not UTF-8 */
	INPUT_GUESSED, /* UTF-8 if any of it is, else Windows-1252 */
	INPUT_DECLARED /* what a <meta> or an XML declaration near the beginning says, else
			  guessed; bad bytes and NULs become U+FFFD */
};

/*
 * A file that is read in, as its bytes and as UTF-8 text, from its beginning to its end and again.
 * What is not a regular file (standard input, a pipe) is copied into a nameless temporary one.
 * The fields are for reading. Reasons do not name the file.
 */
struct input {
	char *name;       /* its path, or words for people */
	bool is_standard; /* input; then the name is no path */
	int fd;
	int64_t size;
	int64_t position;          /* bytes read so far */
	char head[INPUT_HEAD + 1]; /* its first bytes, and a NUL */
	size_t head_length;
	char *text_head;         /* the same as UTF-8 text, bad bytes as U+FFFD, cut off anywhere */
	struct decoder *decoder; /* of the text, while it is read */

	/* Records that had what no bookmark can keep, of each kind (adapters/formats/fields.h). */
	size_t lost[INPUT_LOSSES];

	/* What a format keeps of it from recognising to reading, and how that is dropped. */
	void *kept;
	void (*drop_kept)(void *kept);
};

/* path "-" is standard input. STATUS_NOT_FOUND, STATUS_IO; STATUS_INVALID: a folder, or iconv
 * lacks the charset that its byte order mark names. */
enum status input_open(const char *path, struct input **input, struct error *error);
void input_close(struct input *input); /* NULL is nothing */

/* What a file that is one link is called: its name without folder and ending, "" of standard
 * input. The caller frees it. */
char *input_title(const struct input *input);

/* Nothing but blanks. */
bool input_is_blank(const struct input *input);

/* From the beginning. STATUS_INVALID: iconv lacks its charset. */
enum status input_begin_text(struct input *input, enum input_charset charset, struct error *error);

/* Adds the next piece to out; *more is false once there was nothing left. */
enum status input_read_text(
	struct input *input, struct buffer *out, bool *more, struct error *error);

/* Adds its bytes as they are. STATUS_INVALID: there are more than limit. */
enum status input_read_all(
	struct input *input, size_t limit, struct buffer *out, struct error *error);

/* Copies all of it to another descriptor. */
enum status input_copy(struct input *input, int fd, struct error *error);

#endif
