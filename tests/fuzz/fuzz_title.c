#include <stdlib.h>
#include <string.h>

#include "adapters/html/html_title.h"
#include "domain/base/text.h"
#include "tests/fuzz/fuzz_case.h"

/* A page of any bytes: its title is UTF-8, without line breaks and blanks at its edges. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *title = html_title_read((const char *)data, size, NULL);
	char *trimmed = text_trim(strdup(title));

	html_title_is_whole((const char *)data, size);
	if (!text_is_valid(title, strlen(title)) || strpbrk(title, "\r\n") ||
		strcmp(title, trimmed) != 0)
		abort();
	free(trimmed);
	free(title);
	return 0;
}
