#include "tui/link_words.h"

#include "domain/base/memory.h"
#include "tui/relative_time.h"

bool link_sign(enum link_state state, enum glyph *glyph, enum style *style)
{
	static const struct {
		enum glyph glyph;
		enum style style;
	} signs[LINK_STATES] = {
		[LINK_MOVED] = {GLYPH_MOVED, STYLE_WARNING},
		[LINK_FAILING] = {GLYPH_FAILING, STYLE_WARNING},
		[LINK_DEAD] = {GLYPH_DEAD, STYLE_ERROR},
	};

	if (state != LINK_MOVED && state != LINK_FAILING && state != LINK_DEAD)
		return false;
	*glyph = signs[state].glyph;
	*style = signs[state].style;
	return true;
}

char *link_sentence(const struct bookmark_link *link, int64_t now)
{
	char since[DAY_SIZE], checked[DAY_SIZE];
	const char *reason = link->reason && *link->reason ? link->reason : "no reason is known";

	day_name_print(link->since, now, since);
	day_name_print(link->checked, now, checked);
	switch (link->state) {
	case LINK_OK: return memory_print("answers; checked %s", checked);
	case LINK_MOVED:
		return memory_print("moved permanently since %s; checked %s", since, checked);
	case LINK_FAILING:
		return memory_print(
			"does not answer since %s: %s; checked %s", since, reason, checked);
	case LINK_DEAD:
		return memory_print("gone since %s: %s; checked %s", since, reason, checked);
	case LINK_UNCHECKED:
	case LINK_STATES: break;
	}
	return memory_copy_string("never checked");
}

const char *link_state_words(enum link_state state)
{
	static const char *const words[LINK_STATES] = {
		[LINK_MOVED] = "moved permanently",
		[LINK_FAILING] = "did not answer when it was asked last",
		[LINK_DEAD] = "gone: not found twice, a day apart",
	};

	return (unsigned)state < LINK_STATES && words[state] ? words[state] : "";
}
