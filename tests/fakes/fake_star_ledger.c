#include "tests/fakes/fake_star_ledger.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/bookmarks/bookmark.h"
#include "domain/base/memory.h"

static struct fake_star_ledger *self_of(struct star_ledger *ledger)
{
	return (struct fake_star_ledger *)ledger;
}

static void star_copy(struct star *to, const struct star *from)
{
	to->repository = from->repository;
	to->bookmark = from->bookmark;
	to->starred_at = from->starred_at;
	bookmark_set(&to->title, from->title);
	bookmark_set(&to->url, from->url);
	bookmark_set(&to->notes, from->notes);
	tag_set_copy(&to->tags, &from->tags);
	tag_set_copy(&to->given, &from->given);
}

static void rows_finish(struct fake_stars *rows)
{
	for (size_t i = 0; i < rows->star_count; i++)
		star_finish(&rows->stars[i].star);
	free(rows->stars);
	free(rows->lists);
	free(rows->sightings);
	*rows = (struct fake_stars){0};
}

static void *copy_array(const void *items, size_t count, size_t size)
{
	void *copy = memory_array(count, size);

	if (count)
		memcpy(copy, items, count * size);
	return copy;
}

static void rows_copy(struct fake_stars *to, const struct fake_stars *from)
{
	*to = *from;
	to->lists = copy_array(from->lists, from->list_count, sizeof(*to->lists));
	to->list_capacity = from->list_count;
	to->sightings = copy_array(from->sightings, from->sighting_count, sizeof(*to->sightings));
	to->sighting_capacity = from->sighting_count;
	to->stars = copy_array(from->stars, from->star_count, sizeof(*to->stars));
	to->star_capacity = from->star_count;
	for (size_t i = 0; i < to->star_count; i++) {
		star_init(&to->stars[i].star);
		star_copy(&to->stars[i].star, &from->stars[i].star);
	}
}

static struct fake_star_list *find_list(
	struct fake_star_ledger *self, const char *forge, const char *user)
{
	for (size_t i = 0; i < self->rows.list_count; i++)
		if (strcmp(self->rows.lists[i].forge, forge) == 0 &&
			strcasecmp(self->rows.lists[i].user, user) == 0)
			return &self->rows.lists[i];
	return NULL;
}

static enum status get_list(
	struct star_ledger *ledger, const char *forge, const char *user, struct star_list *list)
{
	const struct fake_star_list *found = find_list(self_of(ledger), forge, user);

	*list = found ? found->list : (struct star_list){0};
	return found ? STATUS_OK : STATUS_NOT_FOUND;
}

static enum status put_list(struct star_ledger *ledger, const char *forge, const char *user,
	const struct star_list *list)
{
	struct fake_stars *rows = &self_of(ledger)->rows;
	struct fake_star_list *found = find_list(self_of(ledger), forge, user);

	if (!found) {
		rows->lists = memory_grow(
			rows->lists, rows->list_count, &rows->list_capacity, sizeof(*rows->lists));
		found = &rows->lists[rows->list_count++];
		*found = (struct fake_star_list){0};
	}
	snprintf(found->forge, sizeof(found->forge), "%s", forge);
	snprintf(found->user, sizeof(found->user), "%s", user);
	found->list = *list;
	return STATUS_OK;
}

static struct fake_star *find_star(
	struct fake_star_ledger *self, const char *forge, int64_t repository)
{
	for (size_t i = 0; i < self->rows.star_count; i++)
		if (self->rows.stars[i].star.repository == repository &&
			strcmp(self->rows.stars[i].forge, forge) == 0)
			return &self->rows.stars[i];
	return NULL;
}

static enum status get_star(
	struct star_ledger *ledger, const char *forge, int64_t repository, struct star *star)
{
	const struct fake_star *found = find_star(self_of(ledger), forge, repository);

	if (!found)
		return STATUS_NOT_FOUND;
	star_copy(star, &found->star);
	return STATUS_OK;
}

static enum status put_star(struct star_ledger *ledger, const char *forge, const struct star *star)
{
	struct fake_stars *rows = &self_of(ledger)->rows;
	struct fake_star *found = find_star(self_of(ledger), forge, star->repository);

	if (!found) {
		rows->stars = memory_grow(
			rows->stars, rows->star_count, &rows->star_capacity, sizeof(*rows->stars));
		found = &rows->stars[rows->star_count++];
		star_init(&found->star);
	}
	snprintf(found->forge, sizeof(found->forge), "%s", forge);
	star_copy(&found->star, star);
	return STATUS_OK;
}

static enum status aliases(struct star_ledger *ledger, const char *forge, int64_t bookmark,
	int64_t **repositories, size_t *count)
{
	const struct fake_stars *rows = &self_of(ledger)->rows;

	*repositories = memory_array(rows->star_count, sizeof(**repositories));
	*count = 0;
	for (size_t i = 0; i < rows->star_count; i++)
		if (rows->stars[i].star.bookmark == bookmark &&
			strcmp(rows->stars[i].forge, forge) == 0)
			(*repositories)[(*count)++] = rows->stars[i].star.repository;
	return STATUS_OK;
}

static enum status tombstone(struct star_ledger *ledger, int64_t bookmark)
{
	struct fake_stars *rows = &self_of(ledger)->rows;

	for (size_t i = 0; i < rows->star_count; i++)
		if (rows->stars[i].star.bookmark == bookmark)
			rows->stars[i].star.bookmark = 0;
	return STATUS_OK;
}

static struct fake_sighting *find_sighting(
	struct fake_star_ledger *self, const char *forge, const char *user, int64_t repository)
{
	for (size_t i = 0; i < self->rows.sighting_count; i++) {
		struct fake_sighting *row = &self->rows.sightings[i];

		if (row->repository == repository && strcmp(row->forge, forge) == 0 &&
			(!user || strcasecmp(row->user, user) == 0))
			return row;
	}
	return NULL;
}

static enum status get_sighting(struct star_ledger *ledger, const char *forge, const char *user,
	int64_t repository, struct star_sighting *sighting)
{
	const struct fake_sighting *found = find_sighting(self_of(ledger), forge, user, repository);

	if (!found)
		return STATUS_NOT_FOUND;
	*sighting = found->sighting;
	return STATUS_OK;
}

static enum status put_sighting(struct star_ledger *ledger, const char *forge, const char *user,
	int64_t repository, const struct star_sighting *sighting)
{
	struct fake_stars *rows = &self_of(ledger)->rows;
	struct fake_sighting *found = find_sighting(self_of(ledger), forge, user, repository);

	if (!found) {
		rows->sightings = memory_grow(rows->sightings, rows->sighting_count,
			&rows->sighting_capacity, sizeof(*rows->sightings));
		found = &rows->sightings[rows->sighting_count++];
	}
	*found = (struct fake_sighting){.repository = repository, .sighting = *sighting};
	snprintf(found->forge, sizeof(found->forge), "%s", forge);
	snprintf(found->user, sizeof(found->user), "%s", user);
	return STATUS_OK;
}

static enum status forget_sighting(
	struct star_ledger *ledger, const char *forge, const char *user, int64_t repository)
{
	struct fake_stars *rows = &self_of(ledger)->rows;
	struct fake_sighting *found = find_sighting(self_of(ledger), forge, user, repository);

	if (found)
		*found = rows->sightings[--rows->sighting_count];
	return STATUS_OK;
}

static enum status unseen(struct star_ledger *ledger, const char *forge, const char *user,
	int64_t walk, int64_t **repositories, size_t *count)
{
	const struct fake_stars *rows = &self_of(ledger)->rows;

	*repositories = memory_array(rows->sighting_count, sizeof(**repositories));
	*count = 0;
	for (size_t i = 0; i < rows->sighting_count; i++)
		if (rows->sightings[i].sighting.seen < walk &&
			strcmp(rows->sightings[i].forge, forge) == 0 &&
			strcasecmp(rows->sightings[i].user, user) == 0)
			(*repositories)[(*count)++] = rows->sightings[i].repository;
	return STATUS_OK;
}

static enum status starred(struct star_ledger *ledger, const char *forge, int64_t repository)
{
	return find_sighting(self_of(ledger), forge, NULL, repository) ? STATUS_OK
								       : STATUS_NOT_FOUND;
}

static enum status unmade(struct star_ledger *ledger, const char *forge, const char *user)
{
	struct fake_star_ledger *self = self_of(ledger);

	for (size_t i = 0; i < self->rows.star_count; i++) {
		const struct star *star = &self->rows.stars[i].star;

		if (star->bookmark && find_sighting(self, forge, user, star->repository) &&
			!fake_library_bookmark(self->library, star->bookmark))
			return STATUS_OK;
	}
	return STATUS_NOT_FOUND;
}

static enum status each_list(struct star_ledger *ledger, star_list_visit_fn visit, void *self)
{
	const struct fake_stars *rows = &self_of(ledger)->rows;

	for (size_t i = 0; i < rows->list_count; i++)
		if (!visit(self, rows->lists[i].forge, rows->lists[i].user, &rows->lists[i].list))
			break;
	return STATUS_OK;
}

static enum status unfinished(struct star_ledger *ledger, char **user, struct star_walk *walk)
{
	const struct fake_stars *rows = &self_of(ledger)->rows;

	for (size_t i = 0; i < rows->list_count; i++)
		if (rows->lists[i].list.walk.kind != WALK_NONE) {
			*user = memory_copy_string(rows->lists[i].user);
			*walk = rows->lists[i].list.walk;
			return STATUS_OK;
		}
	return STATUS_NOT_FOUND;
}

void fake_star_ledger_init(struct fake_star_ledger *ledger, struct fake_library *library)
{
	*ledger = (struct fake_star_ledger){
		.port = {get_list, put_list, get_star, put_star, aliases, tombstone, get_sighting,
			put_sighting, forget_sighting, unseen, starred, unmade, each_list,
			unfinished},
		.library = library,
	};
}

void fake_star_ledger_finish(struct fake_star_ledger *ledger)
{
	rows_finish(&ledger->rows);
	rows_finish(&ledger->before);
}

void fake_star_ledger_begin(struct fake_star_ledger *ledger)
{
	rows_copy(&ledger->before, &ledger->rows);
}

void fake_star_ledger_commit(struct fake_star_ledger *ledger)
{
	rows_finish(&ledger->before);
}

void fake_star_ledger_rollback(struct fake_star_ledger *ledger)
{
	rows_finish(&ledger->rows);
	ledger->rows = ledger->before;
	ledger->before = (struct fake_stars){0};
}
