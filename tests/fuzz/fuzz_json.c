#include "tests/fuzz/fuzz_case.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_format("json", data, size);
	return 0;
}
