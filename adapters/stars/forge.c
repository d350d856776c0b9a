#include "adapters/stars/forge.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/http/origin.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"

static const struct forge forges[] = {
	{
		.name = "github",
		.api = "https://api.github.com",
		.variable = "BARKY_GITHUB_API",
		.user_path = "/users/%s/starred",
		.own_path = "/user/starred",
		.who_path = "/user",
		.login = "login",
		.oldest = "sort=created&direction=asc&per_page=100",
		.newest = "sort=created&direction=desc&per_page=100",
		.per_page = 100,
		.github_token = true,
		.ordered = true,
		.accept = "Accept: application/vnd.github.star+json",
		.version = "X-GitHub-Api-Version: 2022-11-28",
		.authorization = "Authorization: Bearer %s",
		.id = "id",
		.full_name = "full_name",
		.address = "html_url",
	},
	{
		.name = "gitea",
		.user_path = "/api/v1/users/%s/starred",
		.own_path = "/api/v1/user/starred",
		.who_path = "/api/v1/user",
		.login = "login",
		.oldest = "limit=50",
		.newest = "limit=50",
		.per_page = 50,
		.accept = "Accept: application/json",
		.authorization = "Authorization: token %s",
		.id = "id",
		.full_name = "full_name",
		.address = "html_url",
	},
	{
		.name = "gitlab",
		.api = "https://gitlab.com",
		.user_path = "/api/v4/users/%s/starred_projects",
		.who_path = "/api/v4/user",
		.login = "username",
		.oldest = "order_by=id&sort=asc&per_page=100",
		.newest = "order_by=id&sort=desc&per_page=100",
		.per_page = 100,
		.accept = "Accept: application/json",
		.authorization = "Authorization: Bearer %s",
		.id = "id",
		.full_name = "path_with_namespace",
		.address = "web_url",
	},
};

const struct forge *forge_find(const char *name)
{
	size_t length = strcspn(name, "@");

	for (size_t i = 0; i < sizeof(forges) / sizeof(forges[0]); i++)
		if (strlen(forges[i].name) == length && strncmp(forges[i].name, name, length) == 0)
			return &forges[i];
	return NULL;
}

static const char unreserved[] = "abcdefghijklmnopqrstuvwxyz"
				 "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				 "0123456789-_.~";

static char *forge_encode(const char *text)
{
	struct buffer out = {0};

	for (; *text; text++) {
		if (strchr(unreserved, *text))
			buffer_add_char(&out, *text);
		else
			buffer_print(&out, "%%%02X", (unsigned char)*text);
	}
	return buffer_take(&out);
}

/* A base of "https://host/api/v3/" keeps its path, and loses the slashes behind it. */
static void add_base(struct buffer *url, const char *base)
{
	size_t length = strlen(base);

	while (length > 0 && base[length - 1] == '/')
		length--;
	buffer_add(url, base, length);
}

/* The %s of a row's path, filled in: the formats are rows of a table, but data all the same. */
static void add_path(struct buffer *url, const char *path, const char *user)
{
	const char *hole = strstr(path, "%s");

	if (!hole) {
		buffer_add_string(url, path);
		return;
	}
	buffer_add(url, path, (size_t)(hole - path));
	buffer_add_string(url, user);
	buffer_add_string(url, hole + 2);
}

char *forge_page_url(
	const struct forge *forge, const char *base, const char *user, bool newest_first, int page)
{
	struct buffer url = {0};
	char *encoded = forge_encode(user ? user : "");

	add_base(&url, base);
	add_path(&url, user ? forge->user_path : forge->own_path, encoded);
	buffer_print(&url, "?%s", newest_first ? forge->newest : forge->oldest);
	if (page > 1)
		buffer_print(&url, "&page=%d", page);
	free(encoded);
	return buffer_take(&url);
}

char *forge_identity(const struct forge *forge, const char *base)
{
	char *host, *identity;

	if (origin_is_loopback(base) ||
		(forge->api && origin_check(forge->api, base, NULL) == STATUS_OK))
		return memory_copy_string(forge->name);
	host = origin_host(base);
	identity = memory_print("%s@%s", forge->name, host);
	free(host);
	return identity;
}
