#ifndef ADAPTERS_DOCTOR_DOCTOR_H
#define ADAPTERS_DOCTOR_DOCTOR_H

#include "adapters/bootstrap.h"
#include "adapters/system/config.h"

/* Looks at everything barky stands on, and says what is wrong and how to mend it. */
enum doctor_verdict {
	DOCTOR_FINE,
	DOCTOR_NOTE, /* works, but could be better */
	DOCTOR_WRONG
};

/* subject: "library", "terminal" …; text: a line, which may quote what came from outside. */
typedef void (*doctor_tell_fn)(
	void *self, enum doctor_verdict verdict, const char *subject, const char *text);

struct doctor {
	const char *path;            /* of the library */
	struct library *library;     /* NULL: it could not be opened, and */
	const struct error *trouble; /* this is why */
	const struct config *config;
	bool has_terminal; /* there is one to look at */
	doctor_tell_fn tell;
	void *self;
};

/* Tells of each check, in order. Changes nothing. Returns how many are wrong. */
size_t doctor_examine(const struct doctor *doctor);

#endif
