#include <stdlib.h>
#include <string.h>

#include "adapters/stars/star_batch.h"
#include "domain/base/text.h"
#include "domain/bookmarks/url.h"
#include "tests/fuzz/fuzz_case.h"

static const struct forge forge = {.id = "id", .full_name = "full_name", .address = "html_url"};

static int is_good(const struct remote_star *star)
{
	return star->repository != 0 && *star->title && url_is_web(star->url) &&
	       text_is_valid(star->title, strlen(star->title)) &&
	       text_is_valid(star->notes, strlen(star->notes));
}

/* A page of any bytes: refused whole with a reason, or only stars that can be stored. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct star_batch batch = {0};
	struct error error = {0};
	enum status status = star_batch_read(&batch, &forge, (const char *)data, size, &error);

	if (status != STATUS_OK && (batch.count > 0 || error.text[0] == '\0'))
		abort();
	for (size_t i = 0; i < batch.count; i++)
		if (!is_good(&batch.stars[i]))
			abort();
	star_batch_finish(&batch);
	free(star_batch_member((const char *)data, size, "message"));
	return 0;
}
