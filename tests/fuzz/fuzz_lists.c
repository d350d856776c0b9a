#include "tests/fuzz/fuzz_case.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_format("markdown", data, size);
	fuzz_format("org", data, size);
	fuzz_format("urls", data, size);
	fuzz_format("shortcut", data, size);
	fuzz_format(NULL, data, size);
	return 0;
}
