#ifndef TUI_BARS_H
#define TUI_BARS_H

#include "tui/screen.h"

/* The lines at the edges of the screen: what is shown, what was said, which keys there are. */
void bars_draw_title(struct screen *screen, struct canvas *canvas, const struct area *area);
void bars_draw_status(struct screen *screen, struct canvas *canvas, const struct area *area);
void bars_draw_hints(struct screen *screen, struct canvas *canvas, const struct area *area);

/* The commands that what was typed after ":" may mean, drawn upwards from the end of an area. */
void bars_draw_palette(struct screen *screen, struct canvas *canvas, const struct area *body);

#endif
