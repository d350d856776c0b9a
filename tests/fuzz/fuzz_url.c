#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/bookmarks/url.h"
#include "tests/fuzz/fuzz_case.h"

/* A normal form is its own normal form; what is typed and taken has one. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = memory_copy_bytes((const char *)data, size);
	char *url = NULL, *normal = NULL, *again = NULL;

	if (url_from_typed(text, &url, NULL) == STATUS_OK) {
		if (url_normal_form(url, &normal, NULL) != STATUS_OK ||
			url_normal_form(normal, &again, NULL) != STATUS_OK ||
			strcmp(normal, again) != 0)
			abort();
		free(url_host(url));
		url_is_web(url);
	}
	free(again);
	free(normal);
	free(url);
	free(text);
	return 0;
}
