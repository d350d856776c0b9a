#ifndef ADAPTERS_DOCTOR_CHECK_H
#define ADAPTERS_DOCTOR_CHECK_H

/* How bad a finding is. */
enum check_level {
	CHECK_FINE,  /* as it should be; worth saying */
	CHECK_NOTE,  /* works, but the user may want to know */
	CHECK_WRONG, /* has to be mended; the line says how */
	CHECK_LEVELS
};

/* One finding: a line for people, lent; it may quote paths, so it is to be made printable. */
typedef void (*check_say_fn)(void *self, enum check_level level, const char *line);

struct check {
	check_say_fn say;
	void *self;
};

__attribute__((format(printf, 3, 4))) void check_say(
	const struct check *check, enum check_level level, const char *format, ...);

#endif
