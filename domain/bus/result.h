#ifndef DOMAIN_BUS_RESULT_H
#define DOMAIN_BUS_RESULT_H

#include <stddef.h>
#include <stdint.h>

#include "domain/base/counts.h"
#include "domain/bus/command.h"
#include "domain/base/error.h"

/* What became of one item of a command, in the command's order. */
struct result_item {
	enum status status;
	int64_t id; /* the bookmark made or touched; of a DUPLICATE, the one that has the address;
		       0 where there is none, or none any more */
};

/* A change that was taken back or done again. */
struct result_step {
	int64_t change;
	enum command_type command;
	size_t bookmarks;
	char subject[128];
};

/* What the asker of a command hears. result_finish() frees what it holds; { 0 } is empty. */
struct result {
	int64_t change; /* opened or joined; 0 if the command changed nothing */
	struct counts counts;
	size_t new_stars;  /* TAKE_IN_STARS: stars that were not this user's before the walk */
	size_t seen_stars; /* TAKE_IN_STARS: stars the walk had seen before; counted nowhere else */
	struct star_walk walk;     /* BEGIN_STARS: the one to begin or to carry on */
	struct link_counts links;  /* RECORD_LINKS: of those written down */
	struct result_item *items; /* ADD, EDIT, DELETE, RESTORE */
	size_t item_count;
	size_t item_capacity;
	struct result_step *steps; /* UNDO, REDO: latest first, as it was done */
	size_t step_count;
	size_t step_capacity;
	struct result *parts; /* BATCH: of each command, in order, up to the one that failed */
	size_t part_count;
	struct error error; /* why, when the status is not OK */
};

void result_add_item(struct result *result, enum status status, int64_t id);
void result_add_step(struct result *result, const struct result_step *step);

/*
 * The command was rolled back: nothing is counted any more, and no id is told that it would have
 * given. An item that is OK could have been done.
 */
void result_take_back(struct result *result, const struct command *command);
void result_finish(struct result *result);

#endif
