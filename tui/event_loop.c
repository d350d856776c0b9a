#include "tui/event_loop.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "domain/base/memory.h"
#include "domain/search/search.h"
#include "tui/key.h"
#include "tui/terminal.h"

/* Keys taken before a frame is drawn, so that a held key cannot starve the screen. */
#define KEYS_A_FRAME 64

/* Letters cost little as long as nothing is looked for, which is done once for all of them. */
#define LETTERS_A_FRAME 4096

struct loop_state {
	struct event_loop *loop;
	struct key_decoder decoder;
	struct canvas canvas;
	int ended_by;
	bool hung_up;
};

void event_loop_tell_time(struct screen *screen)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	screen->now = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
	clock_gettime(CLOCK_REALTIME, &now);
	screen->wall = now.tv_sec;
}

static void measure(struct event_loop *loop)
{
	int rows, columns;

	terminal_measure(loop->terminal, &rows, &columns);
	screen_resize(loop->screen, rows, columns);
}

/* The whole job stops, wrappers too; after fg it goes on here. */
static void suspend(struct event_loop *loop)
{
	terminal_leave(loop->terminal);
	loop->signals.stop_job();
	terminal_return(loop->terminal);
	measure(loop);
}

/* Somebody stopped us without asking (SIGSTOP): the shell has changed the modes meanwhile. */
static void resume(struct event_loop *loop)
{
	terminal_leave(loop->terminal);
	terminal_return(loop->terminal);
	measure(loop);
}

static void take_signal(struct loop_state *state, int number)
{
	if (number == SIGWINCH)
		measure(state->loop);
	else if (number == SIGTSTP)
		suspend(state->loop);
	else if (number == SIGCONT)
		resume(state->loop);
	else
		state->ended_by = number;
}

static void take_signals(struct loop_state *state)
{
	int number;

	while ((number = state->loop->signals.next()) != 0)
		take_signal(state, number);
}

static void take_input(struct screen *screen, const struct input *input)
{
	if (input->type == INPUT_KEY && input->key != KEYCAP_LAST)
		screen_key(screen, input->key);
	else if (input->type == INPUT_PASTE)
		screen_paste(screen, input->text, input->cut);
	else if (input->type == INPUT_PASTE_STALLED)
		screen_say(screen, MESSAGE_INFO,
			"The rest of a paste is on its way · Esc goes on without it");
}

static void take_pointer(struct screen *screen, const struct terminal_input *input)
{
	static const enum mouse mice[] = {
		[POINTER_CLICK] = MOUSE_CLICK,
		[POINTER_DOUBLE] = MOUSE_DOUBLE_CLICK,
		[POINTER_UP] = MOUSE_WHEEL_UP,
		[POINTER_DOWN] = MOUSE_WHEEL_DOWN,
	};

	screen_mouse(screen, mice[input->pointer], input->row, input->column);
}

static bool wants_to_leave(const struct screen *screen)
{
	const struct wishes *wishes = &screen->wishes;

	return wishes->quit || wishes->suspend || wishes->edit || wishes->open || wishes->run;
}

static int keys_a_frame(const struct screen *screen)
{
	return screen->typed ? LETTERS_A_FRAME : KEYS_A_FRAME;
}

/* Takes what waits, up to a frame's worth; true if it came to the end of it. */
static bool take_keys(struct loop_state *state)
{
	struct screen *screen = state->loop->screen;

	for (int taken = 0; taken < keys_a_frame(screen) && !wants_to_leave(screen);) {
		struct terminal_input read = terminal_read(state->loop->terminal);
		if (read.type == TERMINAL_NOTHING) {
			struct input last = key_decoder_drained(&state->decoder, screen->now);
			take_input(screen, &last);
			return true;
		}
		if (read.type == TERMINAL_MOUSE) {
			take_pointer(screen, &read);
			continue;
		}
		struct input input = key_decoder_put(&state->decoder, read.unit, screen->now);
		take_input(screen, &input);
		taken += !state->decoder.pasting;
	}
	return false;
}

/* Copies of the rows, for the editor. */
static struct bookmark *bookmarks_of(struct screen *screen, size_t *count)
{
	struct bookmark *bookmarks =
		memory_array(screen->wishes.edit_count + 1, sizeof(*bookmarks));
	struct row row;

	*count = 0;
	for (size_t i = 0; i < screen->wishes.edit_count; i++) {
		if (!row_store_find(screen->store, screen->wishes.edit[i], &row))
			continue;
		struct bookmark *bookmark = &bookmarks[(*count)++];
		bookmark_init(bookmark);
		bookmark->id = row.id;
		bookmark->added = row.added;
		bookmark->modified = row.modified;
		bookmark_set(&bookmark->url, row.url);
		bookmark_set(&bookmark->title, row.title);
		bookmark_set(&bookmark->notes, row.notes);
		bookmark_set(&bookmark->source, row.source);
		tag_set_add_list(&bookmark->tags, row.tags, NULL);
	}
	return bookmarks;
}

static void give_terminal(struct event_loop *loop)
{
	terminal_leave(loop->terminal);
	loop->signals.lend();
}

static void take_terminal(struct event_loop *loop)
{
	loop->signals.reclaim();
	terminal_return(loop->terminal);
	measure(loop);
	event_loop_tell_time(loop->screen);
}

static void edit(struct event_loop *loop)
{
	struct foreground *foreground = loop->foreground;
	const struct bookmark_edit *edits = NULL;
	struct error error = {""};
	size_t bookmark_count;
	size_t count = 0;
	char *draft = NULL;
	struct bookmark *bookmarks = bookmarks_of(loop->screen, &bookmark_count);

	if (foreground && bookmark_count > 0) {
		give_terminal(loop);
		enum status status = foreground->edit(
			foreground, bookmarks, bookmark_count, &edits, &count, &draft, &error);
		take_terminal(loop);
		screen_edited(loop->screen, status, edits, count, draft, &error);
	}
	for (size_t i = 0; i < bookmark_count; i++)
		bookmark_finish(&bookmarks[i]);
	free(bookmarks);
	free(loop->screen->wishes.edit);
	loop->screen->wishes.edit = NULL;
}

static void browse(struct event_loop *loop)
{
	struct wishes *wishes = &loop->screen->wishes;
	struct error error = {""};
	size_t count = 0;

	while (wishes->open[count])
		count++;
	if (loop->foreground) {
		give_terminal(loop);
		enum status status = loop->foreground->open(loop->foreground,
			(const char *const *)wishes->open, count, wishes->open_any, &error);
		take_terminal(loop);
		if (status != STATUS_OK)
			screen_not_opened(loop->screen, status, error.text, wishes->open[0]);
	}
	wishes_drop_open(wishes);
}

static void run_command(struct event_loop *loop)
{
	struct screen *screen = loop->screen;
	const struct running *running = &screen->running;
	size_t place = (size_t)(running->command - screen->options.commands.all);
	enum status status = STATUS_OK;
	struct error error = {0};

	screen->wishes.run = false;
	if (loop->foreground) {
		give_terminal(loop);
		status = loop->foreground->run(
			loop->foreground, place, running->bookmarks, running->count, &error);
		take_terminal(loop);
	}
	screen_ran(screen, status, &error);
}

static void grant_wishes(struct event_loop *loop)
{
	struct wishes *wishes = &loop->screen->wishes;

	if (wishes->look)
		terminal_look(
			loop->terminal, &loop->screen->options.theme, loop->screen->options.mouse);
	if (wishes->redraw)
		terminal_forget(loop->terminal);
	wishes->look = wishes->redraw = false;
	if (wishes->edit)
		edit(loop);
	if (wishes->open)
		browse(loop);
	if (wishes->run)
		run_command(loop);
	if (wishes->suspend)
		suspend(loop);
	wishes->suspend = false;
	if (wishes->copy)
		terminal_copy(loop->terminal, wishes->copy);
	free(wishes->copy);
	wishes->copy = NULL;
}

static int shorter(int a, int b)
{
	return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

static void wait_for_something(struct loop_state *state, bool drained)
{
	struct event_loop *loop = state->loop;
	struct pollfd fds[] = {{.fd = STDIN_FILENO, .events = POLLIN},
		{.fd = loop->signals.fd, .events = POLLIN},
		{.fd = loop->engine->wake_fd, .events = POLLIN}};
	int wait = drained ? shorter(screen_wait(loop->screen),
				     key_decoder_wait(&state->decoder, loop->screen->now))
			   : 0;

	int ready = poll(fds, 3, wait);
	event_loop_tell_time(loop->screen);
	if (ready <= 0)
		return;
	if (fds[1].revents)
		take_signals(state);
	if (fds[2].revents)
		screen_hear(loop->screen);
	if (fds[0].revents & (POLLHUP | POLLERR | POLLNVAL))
		state->hung_up = true;
}

int event_loop_run(struct event_loop *loop)
{
	struct loop_state state = {.loop = loop};
	struct screen *screen = loop->screen;
	bool drained = true;

	event_loop_tell_time(screen);
	measure(loop);
	while (!screen->wishes.quit && !state.ended_by && !state.hung_up) {
		screen_work(screen);
		if (screen->stale) {
			screen_draw(screen, &state.canvas);
			terminal_draw(loop->terminal, &state.canvas);
		}
		wait_for_something(&state, drained);
		drained = take_keys(&state);
		screen_tick(screen);
		if (!screen->wishes.quit)
			grant_wishes(loop);
	}
	canvas_finish(&state.canvas);
	key_decoder_finish(&state.decoder);
	return state.ended_by ? state.ended_by : state.hung_up ? SIGHUP : 0;
}
