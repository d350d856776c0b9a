#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/fuzz_case.h"

/* Any bytes as what Firefox packed: the head that makes one of them, and a size that fits. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *packed = malloc(size + 12);

	memcpy(packed, "mozLz40\0\0\0\0\0", 12);
	packed[9] = 16;
	memcpy(packed + 12, data, size);
	fuzz_format("json", packed, size + 12);
	free(packed);
	fuzz_format(NULL, data, size);
	return 0;
}
