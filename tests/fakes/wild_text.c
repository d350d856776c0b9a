#include "tests/fakes/wild_text.h"

#include <string.h>

#define MOST_PIECES 12

static const char *const pieces[] = {"a", "B", " ", "e", "\xcc\x81", "\xcc\x86", "\xcd\x85", "é",
	"ß", "İ", "ﬁ", "漢", "か", "\xe3\x82\x99", "가", "\xe1\x86\xa8", "\xe1\x84\x80",
	"\xe1\x85\xa1", "\xe1\x85\x9f", "क", "\xe0\xa4\xbc", "\u200d", "\u200b", "\ufe0f", "👩",
	"🏽", "🇯", "\U0001fae8", "\u202e", "\x1b", "\n", "\xff", "\xe2\x82", "ﾊ", "\u0958"};

static unsigned next_random(unsigned *seed)
{
	return (*seed = *seed * 1103515245u + 12345u) >> 16;
}

void wild_text_make(unsigned *seed, char text[WILD_TEXT])
{
	*text = '\0';
	for (unsigned count = 1 + next_random(seed) % MOST_PIECES; count > 0; count--)
		strcat(text, pieces[next_random(seed) % (sizeof(pieces) / sizeof(*pieces))]);
}
