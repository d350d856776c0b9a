libtui_a_SOURCES = \
	tui/action.h \
	tui/actions.c tui/actions.h \
	tui/actions_bookmarks.c \
	tui/actions_files.c \
	tui/actions_form.c \
	tui/actions_move.c \
	tui/actions_program.c \
	tui/actions_tags.c \
	tui/age.c tui/age.h \
	tui/bars.c tui/bars.h \
	tui/bookmark_page.c tui/bookmark_page.h \
	tui/canvas.c tui/canvas.h \
	tui/crash.c tui/crash.h \
	tui/demo.c tui/demo.h \
	tui/error_output.c tui/error_output.h \
	tui/event_loop.c tui/event_loop.h \
	tui/file_completion.c tui/file_completion.h \
	tui/foreground.h \
	tui/form.c tui/form.h \
	tui/help_page.c tui/help_page.h \
	tui/id_set.c tui/id_set.h \
	tui/key.c tui/key.h \
	tui/key_sequence.c tui/key_sequence.h \
	tui/keymap.c tui/keymap.h \
	tui/keymap_print.c \
	tui/keymap_table.c \
	tui/layout.c tui/layout.h \
	tui/line_editor.c tui/line_editor.h \
	tui/list_view.c tui/list_view.h \
	tui/marks.c tui/marks.h \
	tui/messages.c tui/messages.h \
	tui/number.c tui/number.h \
	tui/page.c tui/page.h \
	tui/pager.c tui/pager.h \
	tui/prompt.c tui/prompt.h \
	tui/requests.c tui/requests.h \
	tui/row_view.c tui/row_view.h \
	tui/screen.c tui/screen.h \
	tui/screen_complete.c \
	tui/screen_draw.c \
	tui/screen_hear.c \
	tui/scroll.c tui/scroll.h \
	tui/stars_view.c tui/stars_view.h \
	tui/style.c tui/style.h \
	tui/tag_view.c tui/tag_view.h \
	tui/terminal.c tui/terminal.h \
	tui/trash_view.c tui/trash_view.h \
	tui/tty.c tui/tty.h \
	tui/prompt_words.c tui/prompt_words.h

TUI_CFLAGS = $(NCURSES_CFLAGS)
libtui_a_CPPFLAGS = $(AM_CPPFLAGS) $(TUI_CFLAGS)
TUI_LIBS = $(NCURSES_LIBS)
