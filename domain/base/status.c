#include "domain/base/status.h"

static const char *const sentences[STATUS_COUNT] = {
	[STATUS_OK] = "done",
	[STATUS_INVALID] = "the value cannot be used",
	[STATUS_DUPLICATE] = "the address is in the library already",
	[STATUS_NOT_FOUND] = "no such bookmark",
	[STATUS_NOTHING_LEFT] = "nothing is left to take back",
	[STATUS_REFUSED] = "the change was refused",
	[STATUS_CONFLICT] = "the address is in use again",
	[STATUS_INTERRUPTED] = "stopped",
	[STATUS_BUSY] = "another program holds the library",
	[STATUS_DAMAGED] = "the library is damaged",
	[STATUS_FULL] = "the disk is full",
	[STATUS_READ_ONLY] = "the library cannot be written",
	[STATUS_TOO_NEW] = "the library was written by a later barky",
	[STATUS_FOREIGN] = "the file is not a barky library",
	[STATUS_IO] = "the file cannot be read or written",
	[STATUS_NETWORK] = "the network failed",
	[STATUS_REMOTE] = "the remote side failed",
	[STATUS_UNAUTHORISED] = "the token was refused",
	[STATUS_NO_SUCH_USER] = "no such user",
	[STATUS_RATE_LIMITED] = "the rate limit is reached",
};

const char *status_message(enum status status)
{
	return sentences[status];
}
