#ifndef ADAPTERS_LINKS_LINK_TURN_H
#define ADAPTERS_LINKS_LINK_TURN_H

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * Whose turn it is to check the links of a library: one barky at a time, so that no host is asked
 * twice at once. It is a lock on FILE-links, which the system takes back whatever becomes of its
 * holder. {.fd = -1} has none.
 */
struct link_turn {
	int fd;
};

/*
 * REFUSED, with words, while another barky has it. path is the library's; of one without a file
 * (NULL) nobody else can have it.
 */
enum status link_turn_take(struct link_turn *turn, const char *path, struct error *error);
void link_turn_give(struct link_turn *turn); /* where it was taken; else nothing */

#endif
