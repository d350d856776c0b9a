#ifndef DOMAIN_BASE_STATUS_H
#define DOMAIN_BASE_STATUS_H

/*
 * How a call ended. Adapters translate their own errors to these at their border (an SQLite
 * result code, a curl code, an errno), so that nothing above knows where the trouble came from.
 * What is particular to one case goes into a struct error (domain/base/error.h).
 */
enum status {
	STATUS_OK,

	/* the asker can mend it */
	STATUS_INVALID,      /* a value that cannot be used */
	STATUS_DUPLICATE,    /* the address is in the library already */
	STATUS_NOT_FOUND,    /* no such bookmark, tag, user */
	STATUS_NOTHING_LEFT, /* nothing to undo or redo */
	STATUS_REFUSED,      /* a receiver of an about-to signal objected */
	STATUS_CONFLICT,     /* something else changed it meanwhile: the address is in use again */
	STATUS_INTERRUPTED,  /* stopped by the user; what was acknowledged is kept */

	/* the library cannot be used */
	STATUS_BUSY,      /* locked by another program for longer than the wait */
	STATUS_DAMAGED,   /* the file is corrupt */
	STATUS_FULL,      /* no space left */
	STATUS_READ_ONLY, /* the file or its folder cannot be written */
	STATUS_TOO_NEW,   /* written by a later barky */
	STATUS_FOREIGN,   /* not a barky library */
	STATUS_IO,        /* the file cannot be read, written or made */

	/* the remote side failed */
	STATUS_NETWORK,      /* no connection, TLS, timeout */
	STATUS_REMOTE,       /* an HTTP error, a malformed answer */
	STATUS_UNAUTHORISED, /* the token was refused, or one is needed */
	STATUS_NO_SUCH_USER,
	STATUS_RATE_LIMITED, /* come back later; what arrived is kept */

	STATUS_COUNT
};

/*
 * The table of statuses. A number that is none of them is taken for STATUS_IO, so that nothing
 * here can crash: one plain sentence without a full stop ("the disk is full"), the name that
 * scripts read ("full"), and the code the program ends with (README, "exit codes").
 */
const char *status_message(enum status status);
const char *status_name(enum status status);
int status_exit_code(enum status status);

#endif
