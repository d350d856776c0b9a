#include "adapters/cli/output.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "adapters/cli/complaint.h"
#include "domain/base/text.h"
#include "domain/bookmarks/url.h"

#define DEFAULT_COLUMNS 80
#define LEAST_COLUMNS   20

static const char *const sequences[] = {
	[PAINT_NONE] = "",
	[PAINT_ID] = "\033[33m",
	[PAINT_TITLE] = "\033[1m",
	[PAINT_URL] = "\033[36m",
	[PAINT_TAGS] = "\033[32m",
	[PAINT_LABEL] = "\033[2m",
	[PAINT_MARK] = "\033[1;31m",
};

static bool knows_colors(FILE *file)
{
	const char *kind = getenv("TERM");
	const char *never = getenv("NO_COLOR");

	return isatty(fileno(file)) && kind && *kind && strcmp(kind, "dumb") != 0 &&
	       (!never || !*never);
}

static size_t columns_of(FILE *file)
{
	struct winsize size = {0};
	const char *columns = getenv("COLUMNS");
	long given = columns ? strtol(columns, NULL, 10) : 0;

	if (!isatty(fileno(file)))
		return SIZE_MAX;
	if (!ioctl(fileno(file), TIOCGWINSZ, &size) && size.ws_col)
		given = size.ws_col;
	if (given <= 0)
		return DEFAULT_COLUMNS;
	return given < LEAST_COLUMNS ? LEAST_COLUMNS : (size_t)given;
}

void output_init(struct output *output, FILE *file, const char *color)
{
	bool always = color && !strcmp(color, "always");
	bool never = color && !strcmp(color, "never");
	bool colors = always || (!never && knows_colors(file));

	*output = (struct output){
		.file = file,
		.colors = colors,
		.links = colors && isatty(fileno(file)),
		.columns = columns_of(file),
	};
}

static void output_check(struct output *output, bool written)
{
	if (!written && !output->error)
		output->error = errno ? errno : EIO;
}

void output_bytes(struct output *output, const char *bytes, size_t length)
{
	if (!output->error)
		output_check(output, fwrite(bytes, 1, length, output->file) == length);
}

void output_string(struct output *output, const char *safe)
{
	output_bytes(output, safe, strlen(safe));
}

void output_text(struct output *output, const char *text)
{
	char *safe = text_printable(text);

	output_string(output, safe);
	free(safe);
}

void output_format(struct output *output, const char *format, ...)
{
	va_list arguments;

	if (output->error)
		return;
	va_start(arguments, format);
	output_check(output, vfprintf(output->file, format, arguments) >= 0);
	va_end(arguments);
}

void output_line(struct output *output, struct buffer *take)
{
	buffer_add_char(take, '\n');
	output_bytes(output, take->text, take->length);
	buffer_finish(take);
}

void output_spaces(struct output *output, size_t count)
{
	if (count)
		output_format(output, "%*s", (int)count, "");
}

void output_paint(struct output *output, enum paint paint)
{
	if (output->colors)
		output_string(output, sequences[paint]);
}

void output_plain(struct output *output)
{
	if (output->colors)
		output_string(output, "\033[0m");
}

/* An address may hold anything; within a sequence only visible ASCII is sent. */
static void put_escaped(struct output *output, const char *url)
{
	for (const unsigned char *byte = (const unsigned char *)url; *byte; byte++)
		if (*byte > 0x20 && *byte < 0x7f)
			output_bytes(output, (const char *)byte, 1);
		else
			output_format(output, "%%%02X", *byte);
}

void output_link(struct output *output, const char *url)
{
	if (!output->links || !url_is_web(url))
		return;
	output_string(output, "\033]8;;");
	put_escaped(output, url);
	output_string(output, "\033\\");
}

void output_unlink(struct output *output)
{
	if (output->links)
		output_string(output, "\033]8;;\033\\");
}

bool output_broken(const struct output *output)
{
	return output->error;
}

void output_flush(struct output *output)
{
	if (!output->error)
		output_check(output, !fflush(output->file));
}

enum exit_code output_finish(struct output *output)
{
	output_flush(output);
	if (!output->error || output->error == EPIPE)
		return EXIT_DONE;
	complain("standard output cannot be written: %s", strerror(output->error));
	return EXIT_FAILED;
}
