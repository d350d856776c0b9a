libtui_a_SOURCES = \
	tui/action.h \
	tui/canvas.c tui/canvas.h \
	tui/key.c tui/key.h \
	tui/keymap.c tui/keymap.h \
	tui/keymap_table.c \
	tui/layout.c tui/layout.h \
	tui/line_editor.c tui/line_editor.h \
	tui/style.c tui/style.h

TUI_CFLAGS = $(NCURSES_CFLAGS)
libtui_a_CPPFLAGS = $(AM_CPPFLAGS) $(TUI_CFLAGS)
TUI_LIBS = $(NCURSES_LIBS)
