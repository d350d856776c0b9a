#include <stdlib.h>
#include <string.h>

#include "adapters/http/http_answer.h"
#include "adapters/stars/forge_answer.h"
#include "domain/base/memory.h"
#include "tests/fuzz/fuzz_case.h"

/* A header of any bytes: what is found stands in it, and a page has a number that can be. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const relations[] = {"next", "prev", "first", "last"};
	char *header = memory_copy_bytes((const char *)data, size);
	int64_t seconds;

	for (size_t i = 0; i < sizeof(relations) / sizeof(relations[0]); i++) {
		char *link = link_header_find(header, relations[i]);

		if (link &&
			(!strstr(header, link) || strchr(link, '>') || link_header_page(link) < 0))
			abort();
		free(link);
	}
	if (http_date_read(header, &seconds) && size < strlen("Sun, 06 Nov 1994 08:49:37 GMT"))
		abort();
	free(header);
	return 0;
}
