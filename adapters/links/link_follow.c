#include "adapters/links/link_follow.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/bookmarks/url.h"

/* The bookmark that has an address, or gets it by an edit before; 0 if none. */
static enum status find_holder(const struct link_follow *follow, const char *normal, int64_t *id)
{
	struct catalogue *catalogue = follow->catalogue;

	for (size_t i = 0; i < follow->count; i++) {
		if (strcmp(follow->normals[i], normal) == 0) {
			*id = follow->edits[i].id;
			return STATUS_OK;
		}
	}
	return catalogue->find(catalogue, normal, id, NULL);
}

/* Takes the normal form. */
static void add_edit(struct link_follow *follow, const struct bookmark *bookmark, char *take_normal)
{
	follow->edits = memory_grow(
		follow->edits, follow->count, &follow->capacity, sizeof(*follow->edits));
	follow->normals = memory_grow(
		follow->normals, follow->count, &follow->normal_capacity, sizeof(*follow->normals));
	follow->edits[follow->count] = (struct bookmark_edit){
		.id = bookmark->id, .patch.url = memory_copy_string(bookmark->link.url)};
	follow->normals[follow->count++] = take_normal;
}

void link_follow_add(struct link_follow *follow, const struct bookmark *bookmark)
{
	const char *url = bookmark->link.url;
	char *normal = NULL;
	int64_t holder = 0;

	if (bookmark->deleted || bookmark->link.state != LINK_MOVED || !url ||
		url_normal_form(url, &normal, NULL) != STATUS_OK)
		return;
	if (find_holder(follow, normal, &holder) == STATUS_OK &&
		(!holder || holder == bookmark->id)) {
		add_edit(follow, bookmark, normal);
		return;
	}
	if (follow->left)
		follow->left(follow->self, bookmark, holder);
	free(normal);
}

void link_follow_finish(struct link_follow *follow)
{
	for (size_t i = 0; i < follow->count; i++) {
		free((char *)follow->edits[i].patch.url);
		free(follow->normals[i]);
	}
	free(follow->edits);
	free(follow->normals);
	*follow = (struct link_follow){0};
}
