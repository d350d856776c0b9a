#ifndef TUI_WELCOME_H
#define TUI_WELCOME_H

#include "tui/screen.h"

/* What an empty library says: what one can do, by which key. */
void welcome_draw(const struct screen *screen, struct canvas *canvas, const struct area *area);

#endif
