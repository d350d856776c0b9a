#include "adapters/formats/mozlz4.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/formats/json_stream.h"
#include "adapters/system/shared_library.h"
#include "domain/base/memory.h"

#define HEAD_LENGTH 12

bool mozlz4_is_one(const struct input *input)
{
	return input->head_length > HEAD_LENGTH && memcmp(input->head, "mozLz40", 8) == 0;
}

#ifdef HAVE_LZ4

struct lz4_library {
	int (*decompress)(const char *from, char *to, int from_size, int to_capacity);
};

static const struct library_function functions[] = {
	{"LZ4_decompress_safe", offsetof(struct lz4_library, decompress)},
};

static uint32_t size_within(const struct input *input)
{
	const unsigned char *bytes = (const unsigned char *)input->head + 8;

	return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
	       (uint32_t)bytes[3] << 24;
}

static enum status decompress(
	const struct buffer *bytes, uint32_t size, struct buffer *text, struct error *error)
{
	struct lz4_library library;
	enum status status = shared_library_open(LZ4_SONAME, functions, 1, &library, error);
	char *plain;
	int length;

	if (status != STATUS_OK)
		return status;
	plain = memory_new((size_t)size + 1);
	length = library.decompress(
		bytes->text + HEAD_LENGTH, plain, (int)(bytes->length - HEAD_LENGTH), (int)size);
	if (length >= 0)
		buffer_add(text, plain, (size_t)length);
	else
		error_set(error, "its compressed text is damaged");
	free(plain);
	return length >= 0 ? STATUS_OK : STATUS_INVALID;
}

enum status mozlz4_read(struct input *input, struct buffer *text, struct error *error)
{
	uint32_t size = size_within(input);
	struct buffer bytes = {0};
	enum status status;

	if (size > JSON_DOCUMENT_MAX) {
		error_set(error, "it is longer than %u MiB", JSON_DOCUMENT_MAX >> 20);
		return STATUS_INVALID;
	}
	status = input_read_all(input, JSON_DOCUMENT_MAX, &bytes, error);
	if (status == STATUS_OK)
		status = decompress(&bytes, size, text, error);
	buffer_finish(&bytes);
	return status;
}

#else

enum status mozlz4_read(struct input *input, struct buffer *text, struct error *error)
{
	(void)input;
	(void)text;
	error_set(error, "this barky was built without lz4, which .jsonlz4 needs");
	return STATUS_INVALID;
}

#endif
