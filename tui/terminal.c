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
#include "tui/tty.h"
#include "tui/key.h"

#define ESCAPE_DELAY_MS 25
/*
 * The terminal's own colours as a pair of their own: going back to pair 0 would reset every
 * attribute too, which is longer to write.
 */
#define PLAIN_PAIR (STYLE_COUNT + 1)
#define EMPHASES   8
#define RUN_MAX    256

/* What a style and an emphasis are for curses; the pairs are few enough for COLOR_PAIR(). */
struct dress {
	attr_t attributes;
	short pair;
};

struct terminal {
	SCREEN *curses;
	WINDOW *input; /* a pad: reading from it never draws */
	struct termios modes;
	struct error_output errors;
	int log_fd;
	bool colour;
	bool mouse;
	bool title;
	struct dress dresses[STYLE_COUNT][EMPHASES];
	struct canvas shown;
	bool forgotten;
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

static attr_t curses_attributes(unsigned attributes)
{
	return (attributes & LOOK_BOLD ? WA_BOLD : 0) |
	       (attributes & LOOK_UNDERLINE ? WA_UNDERLINE : 0) |
	       (attributes & LOOK_REVERSE ? WA_REVERSE : 0) | (attributes & LOOK_DIM ? WA_DIM : 0) |
	       (attributes & LOOK_ITALIC ? WA_ITALIC : 0);
}

static void dress(struct terminal *terminal, const struct theme *theme)
{
	int colours = terminal->colour ? COLORS : 0;

	for (int style = 0; style < STYLE_COUNT; style++) {
		for (unsigned emphasis = 0; emphasis < EMPHASES; emphasis++) {
			struct look look = theme_look(theme, (enum style)style, emphasis, colours);
			struct dress *made = &terminal->dresses[style][emphasis];
			made->attributes = curses_attributes(look.attributes);
			made->pair = 0;
			if (!terminal->colour)
				continue;
			made->pair = (short)(look.colour == LOOK_DEFAULT ? PLAIN_PAIR : style + 1);
			init_pair(made->pair, (short)look.colour, -1);
		}
	}
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
	bool good = cursor_address && clr_eos;
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

static void set_up_colours(struct terminal *terminal)
{
	terminal->colour = terminal->colour && has_colors();
	if (!terminal->colour)
		return;
	start_color();
	use_default_colors();
}

/*
 * As long as curses takes the screen for one not used yet, it flushes what it writes after every
 * move of the cursor, a hundred times a frame. What tells it otherwise is to leave and come back.
 */
static void start_gathering(void)
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
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		error_set(error, "needs a terminal; use 'barky list' in pipes");
		return STATUS_INVALID;
	}
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
	terminal->forgotten = terminal->cursor_shown = true;
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
		error_set(error, "the terminal cannot be set up");
		return STATUS_INVALID;
	}
	set_up_colours(terminal);
	dress(terminal, options->theme);
	listen_to_mouse(terminal);
	typeahead(-1); /* a frame is whole: keys are taken before one is drawn */
	start_gathering();
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
	canvas_finish(&terminal->shown);
	free(terminal);
}

void terminal_measure(struct terminal *terminal, int *rows, int *columns)
{
	struct winsize size;

	check_thread(terminal);
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0 &&
		(size.ws_row != LINES || size.ws_col != COLS)) {
		resizeterm(size.ws_row, size.ws_col);
		terminal->forgotten = true;
	}
	getmaxyx(stdscr, *rows, *columns);
}

void terminal_look(struct terminal *terminal, const struct theme *theme, bool mouse)
{
	terminal->mouse = mouse;
	dress(terminal, theme);
	listen_to_mouse(terminal);
	terminal->forgotten = true;
}

static bool same(const struct cell *a, const struct cell *b)
{
	return memcmp(a, b, sizeof(*a)) == 0 && (a->width != 2 || b[1].width == 0);
}

static bool make_character(
	const struct terminal *terminal, const struct cell *cell, cchar_t *character)
{
	const struct dress *dress = &terminal->dresses[cell->style][cell->emphasis % EMPHASES];
	wchar_t text[CELL_CHARACTERS + 1] = {0};

	memcpy(text, cell->text, sizeof(cell->text));
	return setcchar(character, text, dress->attributes, dress->pair, NULL) == OK;
}

/*
 * Changed cells that stand side by side go to curses in one call. Of ASCII, which most of them are,
 * it takes each as a number; anything else it has to take apart and to measure.
 */
struct run {
	int row;
	int begin;
	int length;
	bool ascii;
	chtype letters[RUN_MAX];
	cchar_t characters[RUN_MAX];
};

static void run_write(struct run *run)
{
	if (run->length > 0 && run->ascii)
		mvaddchnstr(run->row, run->begin, run->letters, run->length);
	else if (run->length > 0)
		mvadd_wchnstr(run->row, run->begin, run->characters, run->length);
	run->length = 0;
}

static void run_add(
	struct run *run, const struct terminal *terminal, const struct cell *cell, int column)
{
	const struct dress *dress = &terminal->dresses[cell->style][cell->emphasis % EMPHASES];
	bool ascii = cell->length == 1 && cell->text[0] < 0x80;

	if (run->length == RUN_MAX || (run->length > 0 && ascii != run->ascii))
		run_write(run);
	if (run->length == 0)
		run->begin = column;
	run->ascii = ascii;
	if (ascii)
		run->letters[run->length++] =
			(chtype)cell->text[0] | dress->attributes | (chtype)COLOR_PAIR(dress->pair);
	else if (make_character(terminal, cell, &run->characters[run->length]))
		run->length++;
	else
		run_write(run);
}

static void terminal_draw_row(
	struct terminal *terminal, const struct canvas *canvas, int row, bool all)
{
	const struct cell *cells = canvas_cell(canvas, row, 0);
	const struct cell *before = canvas_cell(&terminal->shown, row, 0);
	struct run run; /* not all of it at once: it is long */

	run.row = row;
	run.length = 0;
	for (int column = 0; column < canvas->columns; column++) {
		if (cells[column].width == 0)
			continue;
		if (all || !same(&cells[column], &before[column]))
			run_add(&run, terminal, &cells[column], column);
		else
			run_write(&run);
	}
	run_write(&run);
}

/* Most rows are as they were: those cost a comparison. */
static void draw_changed_rows(struct terminal *terminal, const struct canvas *canvas)
{
	size_t columns = (size_t)canvas->columns;

	for (int row = 0; row < canvas->rows; row++) {
		struct cell *shown = &terminal->shown.cells[(size_t)row * columns];
		const struct cell *cells = &canvas->cells[(size_t)row * columns];
		if (memcmp(cells, shown, columns * sizeof(*cells)) == 0)
			continue;
		terminal_draw_row(terminal, canvas, row, false);
		memcpy(shown, cells, columns * sizeof(*cells));
	}
}

static void draw_all_rows(struct terminal *terminal, const struct canvas *canvas)
{
	werase(stdscr);
	clearok(curscr, TRUE);
	for (int row = 0; row < canvas->rows; row++)
		terminal_draw_row(terminal, canvas, row, true);
	canvas_copy(&terminal->shown, canvas);
}

void terminal_draw(struct terminal *terminal, const struct canvas *canvas)
{
	check_thread(terminal);
	bool all = terminal->forgotten || terminal->shown.rows != canvas->rows ||
		   terminal->shown.columns != canvas->columns;

	if (all)
		draw_all_rows(terminal, canvas);
	else
		draw_changed_rows(terminal, canvas);
	terminal->forgotten = false;
	if (canvas->cursor_shown != terminal->cursor_shown || all)
		curs_set(canvas->cursor_shown ? 1 : 0);
	terminal->cursor_shown = canvas->cursor_shown;
	move(canvas->cursor_row, canvas->cursor_column);
	wnoutrefresh(stdscr);
	doupdate();
}

void terminal_forget(struct terminal *terminal)
{
	terminal->forgotten = true;
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
	curs_set(1);
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
	terminal->forgotten = true;
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
