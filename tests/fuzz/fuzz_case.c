#include "tests/fuzz/fuzz_case.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "adapters/formats/formats.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/bookmarks/url.h"

static void promise(bool kept)
{
	if (!kept)
		abort();
}

static void check_text(const char *text)
{
	char *trimmed = text_trim(memory_copy_string(text));

	promise(text_is_valid(text, strlen(text)));
	promise(strcmp(text, trimmed) == 0);
	free(trimmed);
}

static void check_found(const struct bookmark *found)
{
	check_text(found->url);
	check_text(found->title);
	check_text(found->notes);
	promise(url_has_scheme(found->url));
	for (size_t i = 0; i < found->tags.count; i++)
		check_text(found->tags.tags[i]);
}

static void read_all(struct bookmark_source *source)
{
	for (;;) {
		struct found_bookmark found = {0};
		struct error error = {{0}};
		enum source_step step = source->next(source, &found, &error);

		if (step == SOURCE_BOOKMARK)
			check_found(found.bookmark);
		else if (step == SOURCE_END)
			return;
		else
			promise(error.text[0]);
		if (step == SOURCE_FAILED)
			return;
	}
}

static void read_input(struct input *input, const char *name)
{
	const struct format *format = name ? format_find(name) : format_detect(input);
	struct bookmark_source *source;
	struct error error = {{0}};
	enum status status = STATUS_OK;

	if (!format)
		return;
	source = format->reader->open(format->reader, input, &status, &error);
	promise(source || (status != STATUS_OK && error.text[0]));
	if (!source)
		return;
	read_all(source);
	format->reader->close(source);
}

void fuzz_format(const char *format, const uint8_t *data, size_t size)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	char *path = memory_print("/proc/self/fd/%d", fd);
	struct input *input = NULL;

	promise(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	promise(input_open(path, &input, NULL) == STATUS_OK);
	if (!input_is_blank(input))
		read_input(input, format);
	input_close(input);
	free(path);
	close(fd);
}
