#ifndef DOMAIN_BOOKMARKS_ADDRESS_LINE_H
#define DOMAIN_BOOKMARKS_ADDRESS_LINE_H

#include "domain/bookmarks/tag_set.h"

/*
 * A line of a list of addresses, as people paste them and programs write them. The address ends at
 * its first blank; what follows is the title:
 *
 *   https://a.example/                                 alone
 *   "https://a.example/with blanks"                    in quotes, as barky writes such ones
 *   https://a.example/ | A title                       OneTab
 *   https://a.example/ A title                         qutebrowser's quickmarks, and people
 *   https://a.example/ "~A title" tag "another tag"    newsboat's urls
 *
 * Nothing is checked. The strings are owned, title is "" without one; { 0 } is ready to be read
 * into, and address_line_finish() frees it.
 */
struct address_line {
	char *url; /* "" of a blank line */
	char *title;
	struct tag_set tags;
};

void address_line_read(struct address_line *line, const char *text); /* what it held is freed */
void address_line_finish(struct address_line *line);

#endif
