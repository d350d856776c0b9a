#include "tui/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"

static const struct {
	const char *name;
	int32_t key;
} names[] = {
	{"Enter", KEYCAP_ENTER},
	{"Tab", KEYCAP_TAB},
	{"Esc", KEYCAP_ESCAPE},
	{"Space", KEYCAP_SPACE},
	{"Up", KEYCAP_UP},
	{"Down", KEYCAP_DOWN},
	{"Left", KEYCAP_LEFT},
	{"Right", KEYCAP_RIGHT},
	{"Home", KEYCAP_HOME},
	{"End", KEYCAP_END},
	{"PgUp", KEYCAP_PAGE_UP},
	{"PgDn", KEYCAP_PAGE_DOWN},
	{"BSpace", KEYCAP_BACKSPACE},
	{"Del", KEYCAP_DELETE},
	{"Ins", KEYCAP_INSERT},
	{"S-Tab", KEYCAP_BACK_TAB},
	{"C-Left", KEYCAP_CTRL_LEFT},
	{"C-Right", KEYCAP_CTRL_RIGHT},
	{"Return", KEYCAP_ENTER},
	{"Escape", KEYCAP_ESCAPE},
	{"Delete", KEYCAP_DELETE},
	{"Backspace", KEYCAP_BACKSPACE},
	{"PageUp", KEYCAP_PAGE_UP},
	{"PageDown", KEYCAP_PAGE_DOWN},
};

#define NAME_COUNT (sizeof(names) / sizeof(names[0]))

void key_print(int32_t key, char name[static KEY_NAME_SIZE])
{
	char character[TEXT_POINT_MAX + 1] = "";
	const char *alt = key & KEY_ALT ? "M-" : "";

	key &= ~KEY_ALT;
	for (size_t i = 0; i < NAME_COUNT; i++) {
		if (names[i].key == key) {
			snprintf(name, KEY_NAME_SIZE, "%s%s", alt, names[i].name);
			return;
		}
	}
	if (key >= KEYCAP_F1 && key <= KEYCAP_F12) {
		snprintf(name, KEY_NAME_SIZE, "%sF%d", alt, (int)(key - KEYCAP_F1 + 1));
	} else if (key < 32) {
		snprintf(name, KEY_NAME_SIZE, "%sC-%c", alt,
			key == 0    ? '@'
			: key <= 26 ? (char)(key + 'a' - 1)
				    : (char)(key + '@'));
	} else {
		text_encode(key, character);
		snprintf(name, KEY_NAME_SIZE, "%s%s", alt, character);
	}
}

/* Exactly one character, or KEYCAP_NONE. */
static int32_t read_character(const char *text)
{
	struct key_decoder decoder = {0};
	int32_t key = KEYCAP_NONE;

	for (; *text; text++) {
		if (key != KEYCAP_NONE)
			return KEYCAP_NONE;
		key = key_decoder_put(&decoder, (unsigned char)*text, 0).key;
	}
	return decoder.missing ? KEYCAP_NONE : key;
}

static bool drop_prefix(const char **name, const char *const *prefixes)
{
	for (; *prefixes; prefixes++) {
		size_t length = strlen(*prefixes);
		if (strncasecmp(*name, *prefixes, length) == 0 && (*name)[length]) {
			*name += length;
			return true;
		}
	}
	return false;
}

int32_t key_read(const char *name)
{
	static const char *const alts[] = {"M-", "Alt-", "Meta-", NULL};
	static const char *const ctrls[] = {"C-", "Ctrl-", "^", NULL};
	int number;
	char rest;

	for (size_t i = 0; i < NAME_COUNT; i++) {
		if (strcasecmp(name, names[i].name) == 0)
			return names[i].key;
	}
	if (sscanf(name, "F%d%c", &number, &rest) == 1 && number >= 1 && number <= 12)
		return KEYCAP_F1 + number - 1;
	if (drop_prefix(&name, alts)) {
		int32_t key = key_read(name);
		return key == KEYCAP_NONE ? KEYCAP_NONE : key | KEY_ALT;
	}
	if (drop_prefix(&name, ctrls)) {
		int32_t key = read_character(name);
		return key >= '@' && key < 127 ? CTRL_KEY(key) : KEYCAP_NONE;
	}
	return read_character(name);
}

static struct input key_input(int32_t key)
{
	if (key == '\n')
		key = KEYCAP_ENTER;
	if (key == 127 || key == 8)
		key = KEYCAP_BACKSPACE;
	return (struct input){.type = INPUT_KEY, .key = key};
}

static void add_to_paste(struct key_decoder *decoder, const char *bytes, size_t length)
{
	if (decoder->paste_length + length > PASTE_MAX) {
		decoder->cut = true;
		return;
	}
	while (decoder->paste_length + length + 1 > decoder->paste_capacity)
		decoder->paste = memory_grow(
			decoder->paste, decoder->paste_capacity, &decoder->paste_capacity, 1);
	memcpy(decoder->paste + decoder->paste_length, bytes, length);
	decoder->paste_length += length;
}

static void paste_character(struct key_decoder *decoder, int32_t character)
{
	char bytes[TEXT_POINT_MAX];
	bool same_line_end = character == '\n' && decoder->after_return;

	decoder->after_return = character == '\r';
	if (same_line_end)
		return;
	if (character == '\r')
		character = '\n';
	bool control = (character < 32 && character != '\n' && character != '\t') ||
		       (character >= 127 && character < 160);
	if (!control)
		add_to_paste(decoder, bytes, text_encode(character, bytes));
}

static void begin_paste(struct key_decoder *decoder, int64_t now)
{
	decoder->pasting = true;
	decoder->cut = decoder->stalled = decoder->after_return = false;
	decoder->paste_length = 0;
	decoder->paste_since = now;
	decoder->missing = 0;
	decoder->state = DECODER_PLAIN;
}

static struct input end_paste(struct key_decoder *decoder)
{
	decoder->pasting = false;
	decoder->state = DECODER_PLAIN;
	decoder->missing = 0;
	add_to_paste(decoder, "", 0);
	decoder->paste[decoder->paste_length] = '\0';
	return (struct input){.type = INPUT_PASTE, .text = decoder->paste, .cut = decoder->cut};
}

/* Overlong forms, surrogates and what is past U+10FFFF are no characters. */
static bool well_formed(uint32_t character, int length)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};

	return character >= least[length] && character <= 0x10FFFF &&
	       !(character >= 0xD800 && character <= 0xDFFF);
}

/* Feeds one byte of UTF-8; true when a character is whole. */
static bool take_byte(struct key_decoder *decoder, unsigned byte, int32_t *character)
{
	if (decoder->missing > 0 && (byte & 0xC0) == 0x80) {
		decoder->partial = decoder->partial << 6 | (byte & 0x3F);
		*character = (int32_t)decoder->partial;
		return --decoder->missing == 0 && well_formed(decoder->partial, decoder->length);
	}
	decoder->missing = 0;
	if (byte < 0x80) {
		*character = (int32_t)byte;
		return true;
	}
	if (byte < 0xC2 || byte > 0xF4)
		return false;
	decoder->length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
	decoder->missing = decoder->length - 1;
	decoder->partial = byte & (0xFFu >> (decoder->length + 1));
	return false;
}

static struct input put_escaped(struct key_decoder *decoder, int32_t unit)
{
	const struct input none = {0};
	int32_t character;

	if (unit == '[' || unit == 'O') {
		decoder->state = DECODER_SEQUENCE;
		decoder->parameters = unit == 'O';
		return none;
	}
	if (unit == ']' || unit == 'P' || unit == '_' || unit == '^') {
		decoder->state = DECODER_STRING;
		return none;
	}
	if (unit == KEYCAP_ESCAPE)
		return key_input(KEYCAP_ESCAPE);
	if (!take_byte(decoder, (unsigned)unit, &character))
		return none;
	decoder->state = DECODER_PLAIN;
	struct input input = key_input(character);
	input.key |= KEY_ALT;
	return input;
}

/* Within a sequence nobody knows, up to the byte that ends it. */
static void swallow(struct key_decoder *decoder, int32_t unit)
{
	bool first = decoder->state == DECODER_SEQUENCE && !decoder->parameters;

	decoder->parameters = true;
	if (first && unit == 'M') {
		/* xterm's first mouse reports: button, column and row follow as any bytes. */
		decoder->state = DECODER_MOUSE;
		decoder->mouse_bytes = 3;
	} else if (decoder->state == DECODER_MOUSE) {
		if (--decoder->mouse_bytes == 0)
			decoder->state = DECODER_PLAIN;
	} else if (decoder->state == DECODER_STRING) {
		if (unit == 7 || unit == '\\')
			decoder->state = DECODER_PLAIN;
	} else if (unit == KEYCAP_ESCAPE) {
		decoder->state = DECODER_ESCAPE;
	} else if (unit < 0x20 || (unit >= 0x40 && unit <= 0x7E)) {
		decoder->state = DECODER_PLAIN;
	}
}

static struct input put_named(struct key_decoder *decoder, int32_t key, int64_t now)
{
	struct input input = {0};

	if (key == KEYCAP_PASTE_END)
		return decoder->pasting ? end_paste(decoder) : input;
	if (key == KEYCAP_PASTE_BEGIN) {
		begin_paste(decoder, now);
		return input;
	}
	if (decoder->pasting)
		return input;
	input = key_input(key);
	if (decoder->state == DECODER_ESCAPE)
		input.key |= KEY_ALT;
	decoder->state = DECODER_PLAIN;
	decoder->missing = 0;
	return input;
}

void key_decoder_finish(struct key_decoder *decoder)
{
	free(decoder->paste);
	*decoder = (struct key_decoder){0};
}

struct input key_decoder_put(struct key_decoder *decoder, int32_t unit, int64_t now)
{
	const struct input none = {0};
	int32_t character;

	if (unit >= 256)
		return put_named(decoder, unit, now);
	if (decoder->pasting) {
		if (decoder->stalled && (unit == KEYCAP_ESCAPE || unit == CTRL_KEY('c')))
			return end_paste(decoder);
		decoder->stalled = false;
		decoder->paste_since = now;
		if (take_byte(decoder, (unsigned)unit, &character))
			paste_character(decoder, character);
		return none;
	}
	if (decoder->state >= DECODER_SEQUENCE) {
		swallow(decoder, unit);
		return none;
	}
	if (decoder->state == DECODER_ESCAPE)
		return put_escaped(decoder, unit);
	if (unit == KEYCAP_ESCAPE) {
		decoder->state = DECODER_ESCAPE;
		decoder->missing = 0;
		return none;
	}
	return take_byte(decoder, (unsigned)unit, &character) ? key_input(character) : none;
}

struct input key_decoder_drained(struct key_decoder *decoder, int64_t now)
{
	bool escape = decoder->state == DECODER_ESCAPE && !decoder->pasting;

	if (decoder->pasting && !decoder->stalled &&
		now - decoder->paste_since >= PASTE_PATIENCE_MS) {
		decoder->stalled = true;
		return (struct input){.type = INPUT_PASTE_STALLED};
	}
	/* The rest of a mouse report must not run as keys, however late it comes. */
	if (decoder->pasting || decoder->missing || decoder->state == DECODER_MOUSE)
		return (struct input){0};
	decoder->state = DECODER_PLAIN;
	return escape ? key_input(KEYCAP_ESCAPE) : (struct input){0};
}

int key_decoder_wait(const struct key_decoder *decoder, int64_t now)
{
	if (!decoder->pasting || decoder->stalled)
		return -1;
	int64_t left = decoder->paste_since + PASTE_PATIENCE_MS - now;
	return left > 0 ? (int)left : 0;
}
