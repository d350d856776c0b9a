#include "tests/fuzz/fuzz_case.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_format("jsonl", data, size);
	return 0;
}
