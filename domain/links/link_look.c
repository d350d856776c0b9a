#include "domain/links/link_look.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/memory.h"
#include "domain/bookmarks/url.h"
#include "domain/bookmarks/url_parts.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

bool link_status_is_ok(int status)
{
	static const int refusals[] = {401, 403, 405, 406, 429, 451};

	for (size_t i = 0; i < COUNT(refusals); i++)
		if (status == refusals[i])
			return true;
	return status >= 200 && status < 300;
}

static bool is_missing(const struct link_look *look)
{
	return look->no_such_host || look->status == 404 || look->status == 410;
}

/* -- redirects */

/* The normal form without the scheme and the fragment, which no server sees. */
static char *comparable_address(const char *url)
{
	char *normal = NULL;
	char *address = NULL;

	if (url_normal_form(url, &normal, NULL) == STATUS_OK) {
		normal[strcspn(normal, "#")] = '\0';
		address = memory_copy_string(normal + strcspn(normal, ":"));
	}
	free(normal);
	return address;
}

static bool is_https(const char *url)
{
	struct url_parts parts;

	url_split(url, &parts);
	return url_scheme_is(&parts, "https");
}

/* But for the scheme, which may have become https, and a final "/". */
static bool is_same_address(const char *url, const char *target)
{
	char *a = comparable_address(url), *b = comparable_address(target);
	bool same = a && b && strcmp(a, b) == 0 && (is_https(target) || !is_https(url));

	free(a);
	free(b);
	return same;
}

static bool is_front_page(const struct url_parts *parts)
{
	return parts->query.length == 0 && strspn(parts->path.start, "/") >= parts->path.length;
}

/* "Sign-In.php" is "signin": letters alone, in lower case, up to the first dot. */
static void plain_word(struct url_span segment, char word[32])
{
	size_t length = 0;

	for (size_t i = 0; i < segment.length && segment.start[i] != '.' && length < 31; i++) {
		char letter = (char)(segment.start[i] | 0x20);

		if (letter >= 'a' && letter <= 'z')
			word[length++] = letter;
	}
	word[length] = '\0';
}

static bool is_login_word(struct url_span segment)
{
	static const char *const words[] = {"login", "signin", "logon", "wplogin", "userlogin",
		"servicelogin", "authenticate", "oauth", "sso", "saml"};
	char word[32];

	plain_word(segment, word);
	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

/* The next piece up to one of these characters; false at the end. */
static bool next_piece(struct url_span *rest, const char *separators, struct url_span *piece)
{
	size_t length = 0;

	if (rest->length == 0)
		return false;
	while (length < rest->length && !strchr(separators, rest->start[length]))
		length++;
	*piece = (struct url_span){rest->start, length};
	length += length < rest->length;
	*rest = (struct url_span){rest->start + length, rest->length - length};
	return true;
}

/* A parameter that says where to come back to: such a page stands before another one. */
static bool is_way_back(struct url_span parameter)
{
	static const char *const names[] = {"next", "return", "returnto", "returnurl", "returnurl",
		"redirect", "redirecturl", "redirectto", "redirecturi", "continue", "goto", "dest",
		"destination", "backurl", "service", "from", "target"};
	struct url_span name = parameter;
	char word[32];

	name.length = 0;
	while (name.length < parameter.length && parameter.start[name.length] != '=')
		name.length++;
	if (parameter.length - name.length < 3)
		return false;
	plain_word(name, word);
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(word, names[i]) == 0)
			return true;
	return false;
}

static bool is_login_page(const struct url_parts *parts)
{
	struct url_span rest = parts->path, piece;

	while (next_piece(&rest, "/", &piece))
		if (is_login_word(piece))
			return true;
	rest = parts->query;
	while (next_piece(&rest, "&;", &piece))
		if (is_way_back(piece))
			return true;
	rest = (struct url_span){parts->host.start, parts->host.length};
	return next_piece(&rest, ".", &piece) && is_login_word(piece);
}

bool link_is_move(const char *url, const char *target)
{
	struct url_parts from, to;

	url_split(url, &from);
	url_split(target, &to);
	if (!url_parts_are_web(&to) || is_same_address(url, target))
		return false;
	if (is_front_page(&to) && !is_front_page(&from))
		return false;
	return !is_login_page(&to) || is_login_page(&from);
}

/* A fragment is the reader's own, and goes along where the new address has none. */
static char *moved_address(const char *url, const char *target)
{
	const char *fragment = strchr(url, '#');

	return memory_print("%s%s", target, fragment && !strchr(target, '#') ? fragment : "");
}

/* -- states */

static void set_state(
	struct bookmark_link *after, const struct bookmark_link *before, enum link_state state)
{
	after->state = state;
	after->since = before->state == state ? before->since : after->checked;
}

static void judge_answer(const struct bookmark_link *before, const struct link_look *look,
	struct bookmark_link *after)
{
	if (!look->target || !look->permanent || !link_is_move(look->url, look->target)) {
		set_state(after, before, LINK_OK);
		return;
	}
	set_state(after, before, LINK_MOVED);
	after->status = look->redirect;
	after->url = moved_address(look->url, look->target);
	if (before->url && strcmp(before->url, after->url) != 0)
		after->since = after->checked;
}

/* A clock that was set back does not make two looks a day apart. */
static void judge_missing(const struct bookmark_link *before, const struct link_look *look,
	struct bookmark_link *after)
{
	bool again = before->missing_since > 0 && before->missing_since <= look->at;

	after->missing_since = again ? before->missing_since : look->at;
	if (look->at - after->missing_since >= LINK_DAY)
		set_state(after, before, LINK_DEAD);
	else
		set_state(after, before, LINK_FAILING);
}

void link_judge(const struct bookmark_link *before, const struct link_look *look,
	struct bookmark_link *after)
{
	*after = (struct bookmark_link){.checked = look->at, .status = look->status};
	if (!look->no_such_host && link_status_is_ok(look->status)) {
		judge_answer(before, look, after);
		return;
	}
	if (is_missing(look))
		judge_missing(before, look, after);
	else
		set_state(after, before, LINK_FAILING);
	after->reason = memory_copy_string(look->reason ? look->reason : "it does not work");
}
