#include "tests/fuzz/fuzz_case.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_format("xbel", data, size);
	fuzz_format("opml", data, size);
	fuzz_format("plist", data, size);
	fuzz_format(NULL, data, size);
	return 0;
}
