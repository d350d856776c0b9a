#include "tests/fakes/search_oracle.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "domain/base/text.h"
#include "domain/bookmarks/url.h"

enum manner { ANYHOW, AT_STARTS };

static char *fold(const char *text)
{
	size_t length;

	return text_fold(text, strlen(text), &length);
}

static bool is_letter_or_digit(const char *begin, const char *end)
{
	int32_t last = 0;

	while (begin < end)
		begin += utf8proc_iterate((const uint8_t *)begin, -1, &last);
	return strchr("LN", utf8proc_category_string(last)[0]) != NULL;
}

static bool holds_word(const char *text, const char *word, enum manner manner)
{
	char *folded = fold(text);
	bool found = false;

	for (const char *at = folded; (at = strstr(at, word)) && !found; at++)
		if (manner == ANYHOW || at == folded || !is_letter_or_digit(folded, at))
			found = true;
		else if (!*at)
			break;
	free(folded);
	return found;
}

static bool holds_letters(const char *text, const char *letters)
{
	char *folded = fold(text);
	const char *at = folded;

	while (*letters && at) {
		char letter[5] = {0};

		memcpy(letter, letters, utf8proc_utf8class[(uint8_t)*letters]);
		letters += strlen(letter);
		at = strstr(at, letter);
		if (at)
			at += strlen(letter);
	}
	free(folded);
	return at != NULL;
}

static bool word_in(
	const struct query *query, const struct bookmark *one, unsigned places, enum manner manner)
{
	const char *fields[] = {one->title, one->url, one->notes};

	for (size_t i = 0; i < 3 + one->tags.count; i++) {
		const char *text = i < 3 ? fields[i] : one->tags.tags[i - 3];

		if (!(places & query->places & (i < 3 ? 1u << i : IN_TAGS)))
			continue;
		if (query->kind == QUERY_WORD || manner == AT_STARTS) {
			if (holds_word(text, query->text, manner))
				return true;
		} else if (holds_letters(text, query->text)) {
			return true;
		}
	}
	return *query->text == '\0';
}

static bool has_tag(const struct query *query, const struct bookmark *one)
{
	bool found = false;

	for (size_t i = 0; i < one->tags.count; i++) {
		char *tag = fold(one->tags.tags[i]);

		found |= query->prefix ? strncmp(tag, query->text, strlen(query->text)) == 0
				       : strcmp(tag, query->text) == 0;
		free(tag);
	}
	return found;
}

static bool is_on(const char *site, const char *url)
{
	char *host = url_host(url);
	size_t length = strlen(host);
	size_t wanted = strlen(site);
	bool on;

	if (length && host[length - 1] == '.')
		host[--length] = '\0';
	on = wanted && length >= wanted && strcmp(host + length - wanted, site) == 0 &&
	     (length == wanted || host[length - wanted - 1] == '.');

	free(host);
	return on;
}

static bool comes_from(const char *source, const char *wanted)
{
	char *folded = fold(source);
	bool same = strcmp(folded, wanted) == 0;

	if (strchr(folded, ':'))
		*strchr(folded, ':') = '\0';
	same |= strcmp(folded, wanted) == 0;
	free(folded);
	return same;
}

static bool same_page(const char *a, const char *b)
{
	char *left;
	char *right;
	bool same = false;

	if (!url_is_web(a) || !url_is_web(b) || url_normal_form(a, &left, NULL) != STATUS_OK)
		return false;
	if (url_normal_form(b, &right, NULL) == STATUS_OK) {
		same = strcmp(strstr(left, "://"), strstr(right, "://")) == 0;
		free(right);
	}
	free(left);
	return same;
}

static bool has_double(const struct bookmark *one, const struct bookmark *all, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (all[i].id != one->id && !all[i].deleted &&
			((*one->title && strcmp(one->title, all[i].title) == 0) ||
				same_page(one->url, all[i].url)))
			return true;
	return false;
}

static bool fits(const char *pattern, const char *text)
{
	int error;
	size_t at;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
		PCRE2_UTF | PCRE2_UCP, &error, &at, NULL);
	pcre2_match_data *data = pcre2_match_data_create(10, NULL);
	bool matched = pcre2_match(code, (PCRE2_SPTR)text, strlen(text), 0, 0, data, NULL) >= 0;

	pcre2_match_data_free(data);
	pcre2_code_free(code);
	return matched;
}

bool oracle_matches(const struct query *query, const struct bookmark *one,
	const struct bookmark *all, size_t count)
{
	bool every = true;
	bool any = false;

	for (size_t i = 0; i < query->count; i++) {
		bool matches = oracle_matches(query->children[i], one, all, count);

		every &= matches;
		any |= matches;
	}
	switch (query->kind) {
	case QUERY_ALL: return true;
	case QUERY_AND: return every;
	case QUERY_OR: return any;
	case QUERY_NOT: return !any;
	case QUERY_WORD:
	case QUERY_FUZZY: return word_in(query, one, ANYWHERE, ANYHOW);
	case QUERY_TAG: return has_tag(query, one);
	case QUERY_SITE: return is_on(query->text, one->url);
	case QUERY_SOURCE: return comes_from(one->source, query->text);
	case QUERY_ADDED: return one->added >= query->from && one->added < query->until;
	case QUERY_MODIFIED: return one->modified >= query->from && one->modified < query->until;
	case QUERY_CHECKED:
		return one->link.state != LINK_UNCHECKED && one->link.checked >= query->from &&
		       one->link.checked < query->until;
	case QUERY_LINK: return one->link.state == (enum link_state)query->places;
	case QUERY_UNTAGGED: return one->tags.count == 0;
	case QUERY_UNSTARRED: return one->unstarred;
	case QUERY_DUPLICATE: return has_double(one, all, count);
	case QUERY_REGEX:
		return fits(query->text, one->title) || fits(query->text, one->url) ||
		       fits(query->text, one->notes);
	}
	return false;
}

static bool is_word(const struct query *query)
{
	return (query->kind == QUERY_WORD || query->kind == QUERY_FUZZY) &&
	       query->places == ANYWHERE && *query->text;
}

static bool has_words(const struct query *query)
{
	if (query->kind == QUERY_NOT)
		return false;
	for (size_t i = 0; i < query->count; i++)
		if (has_words(query->children[i]))
			return true;
	return is_word(query);
}

/* Does a query that matches do so with its words in these places only? */
static bool all_in(const struct query *query, const struct bookmark *one, unsigned places,
	enum manner manner, const struct bookmark *all, size_t count)
{
	bool every = true;
	bool any = false;

	if (is_word(query))
		return word_in(query, one, places, manner);
	if (query->kind != QUERY_AND && query->kind != QUERY_OR)
		return true;
	for (size_t i = 0; i < query->count; i++) {
		bool in = all_in(query->children[i], one, places, manner, all, count);

		every &= in;
		any |= in && oracle_matches(query->children[i], one, all, count);
	}
	return query->kind == QUERY_AND ? every : any;
}

int oracle_rank(const struct query *query, const struct bookmark *one, const struct bookmark *all,
	size_t count)
{
	if (!has_words(query))
		return 3;
	if (all_in(query, one, IN_TITLE, ANYHOW, all, count))
		return 0;
	if (all_in(query, one, ANYWHERE, AT_STARTS, all, count))
		return 1;
	return all_in(query, one, IN_TAGS, ANYHOW, all, count) ? 2 : 3;
}
