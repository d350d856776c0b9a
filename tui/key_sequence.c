#include "tui/key_sequence.h"

#include "tui/key.h"

static const struct key_sequence sequences[] = {
	{"\033[200~", KEYCAP_PASTE_BEGIN},
	{"\033[201~", KEYCAP_PASTE_END},
	{"\033[A", KEYCAP_UP},
	{"\033[B", KEYCAP_DOWN},
	{"\033[C", KEYCAP_RIGHT},
	{"\033[D", KEYCAP_LEFT},
	{"\033OA", KEYCAP_UP},
	{"\033OB", KEYCAP_DOWN},
	{"\033OC", KEYCAP_RIGHT},
	{"\033OD", KEYCAP_LEFT},
	{"\033[H", KEYCAP_HOME},
	{"\033[F", KEYCAP_END},
	{"\033OH", KEYCAP_HOME},
	{"\033OF", KEYCAP_END},
	{"\033[1~", KEYCAP_HOME},
	{"\033[4~", KEYCAP_END},
	{"\033[7~", KEYCAP_HOME},
	{"\033[8~", KEYCAP_END},
	{"\033[Z", KEYCAP_BACK_TAB},
	{"\033[2~", KEYCAP_INSERT},
	{"\033[3~", KEYCAP_DELETE},
	{"\033[5~", KEYCAP_PAGE_UP},
	{"\033[6~", KEYCAP_PAGE_DOWN},
	{"\033[1;5C", KEYCAP_CTRL_RIGHT},
	{"\033[1;5D", KEYCAP_CTRL_LEFT},
	{"\033[1;3C", KEYCAP_CTRL_RIGHT},
	{"\033[1;3D", KEYCAP_CTRL_LEFT},
	{"\033Oc", KEYCAP_CTRL_RIGHT},
	{"\033Od", KEYCAP_CTRL_LEFT},
	{"\033OP", KEYCAP_F1},
	{"\033OR", KEYCAP_F1 + 2},
	{"\033OS", KEYCAP_F1 + 3},
	{"\033[11~", KEYCAP_F1},
	{"\033[13~", KEYCAP_F1 + 2},
	{"\033[14~", KEYCAP_F1 + 3},
	{"\033[15~", KEYCAP_F1 + 4},
};

const struct key_sequence *key_sequence(size_t index)
{
	return index < sizeof(sequences) / sizeof(sequences[0]) ? &sequences[index] : NULL;
}
