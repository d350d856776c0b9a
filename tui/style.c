#include "tui/style.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE, BRIGHT };

static const char *const style_names[STYLE_COUNT] = {
	[STYLE_TEXT] = "text",
	[STYLE_HEADING] = "heading",
	[STYLE_TITLE] = "title",
	[STYLE_DIM] = "dim",
	[STYLE_ADDRESS] = "address",
	[STYLE_TAG] = "tag",
	[STYLE_ACCENT] = "accent",
	[STYLE_KEY] = "key",
	[STYLE_GOOD] = "good",
	[STYLE_WARNING] = "warning",
	[STYLE_ERROR] = "error",
};

static const struct {
	const char *word;
	int colour;
} colours[] = {
	{"default", LOOK_DEFAULT},
	{"black", BLACK},
	{"red", RED},
	{"green", GREEN},
	{"yellow", YELLOW},
	{"blue", BLUE},
	{"magenta", MAGENTA},
	{"cyan", CYAN},
	{"white", WHITE},
	{"grey", BRIGHT + BLACK},
	{"bright-red", BRIGHT + RED},
	{"bright-green", BRIGHT + GREEN},
	{"bright-yellow", BRIGHT + YELLOW},
	{"bright-blue", BRIGHT + BLUE},
	{"bright-magenta", BRIGHT + MAGENTA},
	{"bright-cyan", BRIGHT + CYAN},
	{"bright-white", BRIGHT + WHITE},
};

static const struct {
	const char *word;
	unsigned attribute;
} attributes[] = {
	{"bold", LOOK_BOLD},
	{"underline", LOOK_UNDERLINE},
	{"reverse", LOOK_REVERSE},
	{"faint", LOOK_DIM},
	{"italic", LOOK_ITALIC},
};

/*
 * Of 16 colours the terminal's own, so that light, dark and transparent palettes all work; none of
 * the bright ones, as Solarized has its greys there, and for what leads on (keys, accents) none of
 * green, cyan and yellow, which xterm's own black on white hides. From 256 colours on mid-tones,
 * which have a contrast of at least 3 on black, white and both of Solarized's backgrounds
 * (tests/tui/test_style.c reckons it).
 */
static const struct theme themes[] = {
	{"calm",
		{
			[STYLE_TEXT] = {LOOK_DEFAULT, LOOK_DEFAULT, 0},
			[STYLE_HEADING] = {LOOK_DEFAULT, LOOK_DEFAULT, LOOK_BOLD},
			[STYLE_TITLE] = {LOOK_DEFAULT, LOOK_DEFAULT, 0},
			[STYLE_DIM] = {LOOK_DEFAULT, 244, LOOK_DIM_OF_FEW},
			[STYLE_ADDRESS] = {CYAN, 31, 0},
			[STYLE_TAG] = {GREEN, 64, 0},
			[STYLE_ACCENT] = {MAGENTA, 166, LOOK_BOLD},
			[STYLE_KEY] = {MAGENTA, 166, 0},
			[STYLE_GOOD] = {GREEN, 64, 0},
			[STYLE_WARNING] = {MAGENTA, 166, LOOK_BOLD},
			[STYLE_ERROR] = {RED, 196, LOOK_BOLD},
		}},
	{"vivid",
		{
			[STYLE_TEXT] = {LOOK_DEFAULT, LOOK_DEFAULT, 0},
			[STYLE_HEADING] = {MAGENTA, 134, LOOK_BOLD},
			[STYLE_TITLE] = {LOOK_DEFAULT, LOOK_DEFAULT, LOOK_BOLD},
			[STYLE_DIM] = {LOOK_DEFAULT, 244, LOOK_DIM_OF_FEW},
			[STYLE_ADDRESS] = {CYAN, 30, 0},
			[STYLE_TAG] = {MAGENTA, 133, 0},
			[STYLE_ACCENT] = {MAGENTA, 165, LOOK_BOLD},
			[STYLE_KEY] = {MAGENTA, 31, LOOK_BOLD},
			[STYLE_GOOD] = {GREEN, 64, LOOK_BOLD},
			[STYLE_WARNING] = {MAGENTA, 166, LOOK_BOLD},
			[STYLE_ERROR] = {RED, 196, LOOK_BOLD},
		}},
	{"plain",
		{
			[STYLE_TEXT] = {LOOK_DEFAULT, LOOK_DEFAULT, 0},
			[STYLE_HEADING] = {LOOK_DEFAULT, LOOK_DEFAULT, LOOK_BOLD},
			[STYLE_TITLE] = {LOOK_DEFAULT, LOOK_DEFAULT, 0},
			[STYLE_DIM] = {LOOK_DEFAULT, LOOK_DEFAULT, 0},
			[STYLE_ADDRESS] = {LOOK_DEFAULT, LOOK_DEFAULT, 0},
			[STYLE_TAG] = {LOOK_DEFAULT, LOOK_DEFAULT, 0},
			[STYLE_ACCENT] = {LOOK_DEFAULT, LOOK_DEFAULT, LOOK_BOLD},
			[STYLE_KEY] = {LOOK_DEFAULT, LOOK_DEFAULT, LOOK_BOLD},
			[STYLE_GOOD] = {LOOK_DEFAULT, LOOK_DEFAULT, 0},
			[STYLE_WARNING] = {LOOK_DEFAULT, LOOK_DEFAULT, LOOK_BOLD},
			[STYLE_ERROR] = {LOOK_DEFAULT, LOOK_DEFAULT, LOOK_BOLD},
		}},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool read_number(const char *word, struct look *look)
{
	char *end;
	long number = strtol(word, &end, 10);

	if (end == word || *end || number < 0 || number > 255)
		return false;
	if (number < 16)
		look->colour = (int)number;
	look->fine_colour = number < 16 ? LOOK_DEFAULT : (int)number;
	return true;
}

static bool look_read_word(const char *word, struct look *look)
{
	for (size_t i = 0; i < COUNT(attributes); i++) {
		if (strcasecmp(word, attributes[i].word) == 0) {
			look->attributes |= attributes[i].attribute;
			return true;
		}
	}
	for (size_t i = 0; i < COUNT(colours); i++) {
		if (strcasecmp(word, colours[i].word) == 0) {
			look->colour = colours[i].colour;
			look->fine_colour = LOOK_DEFAULT;
			return true;
		}
	}
	return read_number(word, look);
}

static enum status read_look(const char *words, struct look *look, struct error *error)
{
	char buffer[128];
	char *rest = buffer;
	char *word;

	if (strlen(words) >= sizeof(buffer))
		return error_fail(STATUS_INVALID, error, "too many words for a style");
	memcpy(buffer, words, strlen(words) + 1);
	while ((word = strtok_r(rest, " \t,", &rest))) {
		if (!look_read_word(word, look))
			return error_fail(STATUS_INVALID, error,
				"\"%s\" is neither a colour nor an attribute", word);
	}
	return STATUS_OK;
}

const struct theme *theme_shipped(size_t index)
{
	return index < COUNT(themes) ? &themes[index] : NULL;
}

const struct theme *theme_find(const char *name)
{
	for (size_t i = 0; i < COUNT(themes); i++) {
		if (strcasecmp(name, themes[i].name) == 0)
			return &themes[i];
	}
	return NULL;
}

enum status theme_change(
	struct theme *theme, const char *style, const char *words, struct error *error)
{
	struct look look = {LOOK_DEFAULT, LOOK_DEFAULT, 0};

	for (int i = 0; i < STYLE_COUNT; i++) {
		if (strcasecmp(style, style_names[i]) != 0)
			continue;
		enum status status = read_look(words, &look, error);
		if (status == STATUS_OK)
			theme->looks[i] = look;
		return status;
	}
	return error_fail(STATUS_INVALID, error, "there is no style \"%s\"", style);
}

static void fit_colour(struct look *look, int available)
{
	if (look->attributes & LOOK_DIM_OF_FEW && available < 256)
		look->attributes |= LOOK_DIM;
	look->attributes &= ~(unsigned)LOOK_DIM_OF_FEW;
	if (available == 0) {
		look->colour = LOOK_DEFAULT;
	} else if (available >= 256 && look->fine_colour != LOOK_DEFAULT) {
		look->colour = look->fine_colour;
	} else if (look->colour == BRIGHT + BLACK && available < 16) {
		look->colour = LOOK_DEFAULT;
	} else if (look->colour >= BRIGHT && available < 16) {
		look->colour -= BRIGHT;
		look->attributes |= LOOK_BOLD;
	}
}

struct look theme_look(
	const struct theme *theme, enum style style, unsigned emphasis, int available)
{
	struct look look = theme->looks[style];

	if (emphasis & EMPHASIS_MATCH)
		look.attributes |= LOOK_UNDERLINE | LOOK_BOLD;
	if (emphasis & EMPHASIS_MARK)
		look.attributes |= LOOK_BOLD;
	if (emphasis & EMPHASIS_CURSOR) {
		/* One look for the whole row: it reads as one bar, and costs few bytes. */
		look.colour = look.fine_colour = LOOK_DEFAULT;
		look.attributes &= LOOK_BOLD | LOOK_UNDERLINE;
		look.attributes |= LOOK_REVERSE;
		if (!(emphasis & (EMPHASIS_MARK | EMPHASIS_MATCH)))
			look.attributes &= ~(unsigned)LOOK_BOLD;
	}
	fit_colour(&look, available);
	return look;
}
