#define NCURSES_WIDECHAR 1

#include "tui/terminal.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <curses.h>
#include <term.h>

/* Capabilities that <term.h> names like things of ours. */
#undef columns
#undef lines
#undef key_print

#include "domain/base/memory.h"
#include "tui/key.h"
#include "tui/painter.h"
#include "tui/tty.h"

#define ESCAPE_DELAY_MS 25

struct terminal {
	SCREEN *curses;
	WINDOW *input; /* a pad: reading from it never draws */
	struct termios modes;
	struct error_output errors;
	int log_fd;
	bool colour;
	bool mouse;
	bool title;
	char clear[64];
	struct painter painter;
	bool cursor_shown;
	pthread_t owner; /* the one thread that may call curses */
};

/* Sequences that terminfo may not know are given codes past curses' last key. */
#define OWN_CODES 600

static const struct {
	int code;
	int32_t key;
} keys[] = {
	{KEY_UP, KEYCAP_UP},
	{KEY_DOWN, KEYCAP_DOWN},
	{KEY_LEFT, KEYCAP_LEFT},
	{KEY_RIGHT, KEYCAP_RIGHT},
	{KEY_HOME, KEYCAP_HOME},
	{KEY_END, KEYCAP_END},
	{KEY_FIND, KEYCAP_HOME},
	{KEY_SELECT, KEYCAP_END},
	{KEY_PPAGE, KEYCAP_PAGE_UP},
	{KEY_NPAGE, KEYCAP_PAGE_DOWN},
	{KEY_BACKSPACE, KEYCAP_BACKSPACE},
	{KEY_DC, KEYCAP_DELETE},
	{KEY_IC, KEYCAP_INSERT},
	{KEY_BTAB, KEYCAP_BACK_TAB},
	{KEY_ENTER, KEYCAP_ENTER},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Curses knows no locks: another thread would draw into the middle of a frame. */
static void check_thread(const struct terminal *terminal)
{
	if (pthread_equal(terminal->owner, pthread_self()))
		return;
	fputs("barky: the terminal was used by a thread that does not own it\n", stderr);
	abort();
}

/* -- what the painter is told of the terminal, by its terminfo entry */

/* What nearly all terminals say, who count from 1; terminfo's machine takes long to say it. */
#define ANSI_TO    "\033[%i%p1%d;%p2%dH"
#define ANSI_ALONG "\033[%i%p1%dG"

static char *put_number(char *to, int number)
{
	if (number >= 10)
		to = put_number(to, number / 10);
	*to = (char)('0' + number % 10);
	return to + 1;
}

static const char *to(int row, int column)
{
	static char sequence[32] = "\033[";
	char *end = sequence + 2;

	if (strcmp(cursor_address, ANSI_TO) != 0)
		return tiparm(cursor_address, row, column);
	end = put_number(end, row + 1);
	*end++ = ';';
	end = put_number(end, column + 1);
	end[0] = 'H';
	end[1] = '\0';
	return sequence;
}

static const char *along(int column)
{
	static char sequence[16] = "\033[";
	char *end = sequence + 2;

	if (strcmp(column_address, ANSI_ALONG) != 0)
		return tiparm(column_address, column);
	end = put_number(end, column + 1);
	end[0] = 'G';
	end[1] = '\0';
	return sequence;
}

static const char *ink(int colour)
{
	return tiparm(set_a_foreground, colour);
}

static const char *region(int top, int bottom)
{
	return tiparm(change_scroll_region, top, bottom);
}

/* Letters are never drawn as lines, so going back from that is no part of becoming plain. */
static const char *plain(void)
{
	static const char letters[] = "\033(B";
	size_t length = sizeof(letters) - 1;

	return exit_attribute_mode && strncmp(exit_attribute_mode, letters, length) == 0
		       ? exit_attribute_mode + length
		       : exit_attribute_mode;
}

/* Bits of terminfo's ncv, as of its attributes in the order of sgr's parameters. */
#define NCV_UNDERLINE 2
#define NCV_REVERSE   4
#define NCV_DIM       16
#define NCV_BOLD      32

static unsigned not_coloured(void)
{
	int ncv = no_color_video > 0 ? no_color_video : 0;

	return (ncv & NCV_UNDERLINE ? LOOK_UNDERLINE : 0u) |
	       (ncv & NCV_REVERSE ? LOOK_REVERSE : 0u) | (ncv & NCV_DIM ? LOOK_DIM : 0u) |
	       (ncv & NCV_BOLD ? LOOK_BOLD : 0u);
}

static void set_up_painter(struct terminal *terminal)
{
	bool scrolls =
		change_scroll_region && scroll_forward && scroll_reverse && !non_dest_scroll_region;
	struct painter_sequences sequences = {
		.clear = terminal->clear,
		.clear_to_end = clr_eol,
		.plain = plain(),
		.attributes = {enter_bold_mode, enter_underline_mode, enter_reverse_mode,
			enter_dim_mode, enter_italics_mode},
		.not_coloured = not_coloured(),
		.feeds_lines = cursor_down && strcmp(cursor_down, "\n") == 0,
		.keeps_last_corner = !auto_right_margin || eat_newline_glitch,
		.to = to,
		.along = column_address ? along : NULL,
		.ink = ink,
		.region = scrolls ? region : NULL,
		.up = scroll_forward,
		.down = scroll_reverse,
	};

	snprintf(terminal->clear, sizeof(terminal->clear), "%s%s",
		exit_attribute_mode ? exit_attribute_mode : "", clear_screen);
	painter_init(&terminal->painter, &sequences);
}

static int colours(const struct terminal *terminal)
{
	return terminal->colour && set_a_foreground && max_colors > 0 ? max_colors : 0;
}

static bool can_address_the_cursor(struct error *error)
{
	const char *name = getenv("TERM");
	int failure;

	if (!name || !*name) {
		error_set(error, "TERM is not set: try TERM=xterm-256color barky");
		return false;
	}
	if (setupterm(NULL, STDOUT_FILENO, &failure) != OK) {
		error_set(error,
			"the terminal \"%.60s\" is not known here: try TERM=xterm-256color barky, "
			"or "
			"install its terminfo entry (package ncurses-term, or the terminal's own)",
			name);
		return false;
	}
	bool good = cursor_address && clear_screen && clr_eol;
	del_curterm(cur_term);
	if (!good)
		error_set(error,
			"the terminal \"%.60s\" cannot move its cursor: use another, or "
			"'barky list' and the other commands",
			name);
	return good;
}

/* What a crash has to undo. */
static void arm(struct terminal *terminal)
{
	const char *const parts[] = {tty_undo(terminal->title), keypad_local, cursor_normal,
		exit_attribute_mode, exit_ca_mode};

	crash_arm(STDOUT_FILENO, parts, COUNT(parts), &terminal->modes);
}

static void listen_to_mouse(const struct terminal *terminal)
{
	mmask_t wanted = BUTTON1_PRESSED | BUTTON1_RELEASED | BUTTON1_CLICKED |
			 BUTTON1_DOUBLE_CLICKED | BUTTON1_TRIPLE_CLICKED | BUTTON4_PRESSED |
			 BUTTON5_PRESSED;

	/* While it is off, reports that come all the same are for the decoder, which drops them. */
	if (key_mouse)
		define_key(key_mouse, terminal->mouse ? KEY_MOUSE : 0);
	mouseinterval(0);
	mousemask(terminal->mouse ? wanted : 0, NULL);
}

/* False without memory for them: a program that hears no key could not be left. */
static bool set_up_keys(struct terminal *terminal)
{
	raw();
	noecho();
	nonl();
	terminal->input = newpad(1, 1);
	if (!terminal->input)
		return false;
	keypad(terminal->input, TRUE);
	keypad(stdscr, TRUE);
	nodelay(terminal->input, TRUE);
	if (!getenv("ESCDELAY"))
		set_escdelay(ESCAPE_DELAY_MS);
	for (size_t i = 0; key_sequence(i); i++)
		define_key(key_sequence(i)->bytes,
			OWN_CODES + (int)(key_sequence(i)->key - KEYCAP_FIRST));
	return true;
}

/* To the alternate screen. */
static void enter(void)
{
	endwin();
	doupdate();
}

/* Curses takes SIGTSTP away and back in each frame, unless it finds it handled: the loop does. */
static SCREEN *start_curses(void)
{
	void (*before)(int) = signal(SIGTSTP, SIG_IGN);
	SCREEN *curses = newterm(NULL, stdout, stdin);

	signal(SIGTSTP, before);
	return curses;
}

enum status terminal_open(
	struct terminal **made, const struct terminal_options *options, struct error *error)
{
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return error_fail(
			STATUS_INVALID, error, "needs a terminal; use 'barky list' in pipes");
	if (!can_address_the_cursor(error))
		return STATUS_INVALID;
	struct terminal *terminal = memory_new(sizeof(*terminal));
	terminal->errors.before = -1;
	terminal->owner = pthread_self();
	tcgetattr(STDIN_FILENO, &terminal->modes);
	terminal->log_fd = options->log_fd;
	terminal->colour = options->colour;
	terminal->mouse = options->mouse;
	terminal->title = options->title && tty_has_title(getenv("TERM"));
	terminal->cursor_shown = true;
	/* They would freeze the size. */
	unsetenv("COLUMNS");
	unsetenv("LINES");
	terminal->curses = start_curses();
	if (terminal->curses)
		arm(terminal);
	if (!terminal->curses || !set_up_keys(terminal)) {
		endwin();
		crash_disarm();
		free(terminal);
		return error_fail(STATUS_INVALID, error, "the terminal cannot be set up");
	}
	set_up_painter(terminal);
	painter_dress(&terminal->painter, options->theme, colours(terminal));
	listen_to_mouse(terminal);
	typeahead(-1); /* a frame is whole: keys are taken before one is drawn */
	enter();
	tty_enter(STDOUT_FILENO, terminal->title);
	error_output_turn(&terminal->errors, terminal->log_fd);
	*made = terminal;
	return STATUS_OK;
}

void terminal_close(struct terminal *terminal)
{
	if (!terminal)
		return;
	terminal_leave(terminal);
	delwin(terminal->input);
	/* Not delscreen(): what it frees it reads first, which without memory was never made. */
	painter_finish(&terminal->painter);
	free(terminal);
}

void terminal_measure(struct terminal *terminal, int *rows, int *columns)
{
	struct winsize size;

	check_thread(terminal);
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0 &&
		(size.ws_row != LINES || size.ws_col != COLS)) {
		resizeterm(size.ws_row, size.ws_col);
		painter_forget(&terminal->painter);
	}
	getmaxyx(stdscr, *rows, *columns);
}

void terminal_look(struct terminal *terminal, const struct theme *theme, bool mouse)
{
	terminal->mouse = mouse;
	painter_dress(&terminal->painter, theme, colours(terminal));
	listen_to_mouse(terminal);
}

static void show_cursor(struct terminal *terminal, bool shown)
{
	if (shown != terminal->cursor_shown)
		curs_set(shown ? 1 : 0);
	terminal->cursor_shown = shown;
}

void terminal_draw(struct terminal *terminal, const struct canvas *canvas)
{
	check_thread(terminal);
	if (!canvas->cursor_shown)
		show_cursor(terminal, false);
	tty_write(STDOUT_FILENO, painter_paint(&terminal->painter, canvas));
	show_cursor(terminal, canvas->cursor_shown);
}

void terminal_forget(struct terminal *terminal)
{
	painter_forget(&terminal->painter);
}

static struct terminal_input read_mouse(void)
{
	struct terminal_input input = {.type = TERMINAL_MOUSE};
	MEVENT event;

	if (getmouse(&event) != OK)
		return (struct terminal_input){.type = TERMINAL_UNIT, .unit = KEYCAP_LAST};
	input.row = event.y;
	input.column = event.x;
	if (event.bstate & BUTTON4_PRESSED)
		input.pointer = POINTER_UP;
	else if (event.bstate & BUTTON5_PRESSED)
		input.pointer = POINTER_DOWN;
	else if (event.bstate & (BUTTON1_DOUBLE_CLICKED | BUTTON1_TRIPLE_CLICKED))
		input.pointer = POINTER_DOUBLE;
	else if (event.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED))
		input.pointer = POINTER_CLICK;
	else
		return (struct terminal_input){.type = TERMINAL_UNIT, .unit = KEYCAP_LAST};
	return input;
}

static int32_t key_of(int code)
{
	if (code >= OWN_CODES)
		return KEYCAP_FIRST + (code - OWN_CODES);
	if (code >= KEY_F(1) && code <= KEY_F(12))
		return KEYCAP_F1 + (code - KEY_F(1));
	for (size_t i = 0; i < COUNT(keys); i++) {
		if (keys[i].code == code)
			return keys[i].key;
	}
	return KEYCAP_LAST; /* a key that means nothing */
}

struct terminal_input terminal_read(struct terminal *terminal)
{
	check_thread(terminal);
	int code = wgetch(terminal->input);

	if (code == ERR)
		return (struct terminal_input){.type = TERMINAL_NOTHING};
	if (code == KEY_MOUSE)
		return read_mouse();
	return (struct terminal_input){
		.type = TERMINAL_UNIT, .unit = code < 256 ? code : key_of(code)};
}

void terminal_leave(struct terminal *terminal)
{
	check_thread(terminal);
	mousemask(0, NULL);
	fflush(stdout);
	tty_write(STDOUT_FILENO, tty_undo(terminal->title));
	show_cursor(terminal, true);
	endwin();
	fflush(stdout);
	tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal->modes);
	crash_disarm();
	error_output_restore(&terminal->errors);
}

void terminal_return(struct terminal *terminal)
{
	check_thread(terminal);
	error_output_turn(&terminal->errors, terminal->log_fd);
	reset_prog_mode();
	raw();
	listen_to_mouse(terminal);
	arm(terminal);
	painter_forget(&terminal->painter);
	clearok(curscr, TRUE);
	wnoutrefresh(stdscr);
	doupdate();
	tty_enter(STDOUT_FILENO, terminal->title);
}

bool terminal_copy(struct terminal *terminal, const char *text)
{
	(void)terminal;
	fflush(stdout);
	return tty_copy(STDOUT_FILENO, text);
}

/* curses_version() adds the date of a patch: "ncurses 6.4.20221231". */
const char *terminal_library(void)
{
	return "ncurses " NCURSES_VERSION;
}
