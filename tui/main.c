#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "adapters/bootstrap.h"
#include "adapters/system/browser.h"
#include "adapters/cli/cli.h"
#include "adapters/cli/question.h"
#include "adapters/system/config.h"
#include "adapters/files/edit_buffer.h"
#include "adapters/system/editor.h"
#include "adapters/system/hooks.h"
#include "adapters/engine/engine.h"
#include "adapters/system/paths.h"
#include "adapters/system/screen_state.h"
#include "adapters/system/process_signals.h"
#include "adapters/system/user_command.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "tui/terminal.h"
#include "tui/tty.h"
#include "tui/demo.h"
#include "tui/event_loop.h"
#include "tui/key.h"

/* Everything the screen needs, from the composition root down. */
struct tui {
	struct foreground foreground; /* first, so that it is the tui */
	struct config config;
	struct browser browser;
	struct edit_buffer sheet;
	struct library library;
	struct hooks *hooks; /* NULL: there is no folder of them */
	struct engine_thread *engine;
	struct screen_options options;
	struct screen screen;
	struct terminal *terminal;
	struct event_loop loop;
	struct user_command *commands; /* of the configuration, those that can be used */
	struct bound_command *bound;   /* the same, for the screen */
	size_t command_count;
	const char *color; /* of --color; NULL if not given */
	int log_fd;        /* -1: none */
	char *folder;      /* of a demo's library, removed at the end; NULL: none */
	char *path;
	char *trouble;               /* with the user's editor, the last time; NULL: none */
	volatile sig_atomic_t hurry; /* ends a wait for another program's lock */

	/* Of barky pick: what is done with each bookmark chosen; NULL: this is none. */
	bookmark_visit_fn chosen;
	void *self;
	struct controlling_terminal streams;
	int64_t *ids; /* chosen */
	size_t id_count;
};

static bool is_picking(const struct tui *tui)
{
	return tui->chosen != NULL;
}

static void complain(const char *what, const char *why)
{
	char *line = memory_print("barky: %s%s", what, why);
	char *printable = text_printable(line);

	fprintf(stderr, "%s\n", printable);
	free(printable);
	free(line);
}

struct form_check {
	struct edit_buffer *sheet;
	const struct bookmark *bookmarks;
	size_t count;
};

static enum status check_form(void *self, const char *text, struct error *error)
{
	struct form_check *check = self;

	edit_buffer_finish(check->sheet);
	return edit_buffer_read(check->sheet, text, check->bookmarks, check->count, error);
}

static bool ask_again(void *self, const struct error *why)
{
	(void)self;
	complain("the text cannot be used: ", why->text);
	return question_ask("Open the editor again?");
}

static enum status run_in_foreground(struct foreground *foreground, size_t command,
	const struct bookmark *bookmarks, size_t count, struct error *error)
{
	const struct tui *tui = (struct tui *)foreground;

	return user_command_run(&tui->commands[command], bookmarks, count, error);
}

static void note_trouble(struct tui *tui, enum status status, const struct error *error)
{
	free(tui->trouble);
	tui->trouble = status == STATUS_OK ? NULL : memory_copy_string(error->text);
}

static enum status edit_in_foreground(struct foreground *foreground,
	const struct bookmark *bookmarks, size_t bookmark_count, const struct bookmark_edit **edits,
	size_t *count, char **draft, struct error *error)
{
	struct tui *tui = (struct tui *)foreground;
	struct form_check check = {&tui->sheet, bookmarks, bookmark_count};
	char *text = edit_buffer_print(bookmarks, bookmark_count);
	struct editing editing = {text, check_form, ask_again, &check};
	struct edited edited;
	enum status status = editor_edit(&editing, &edited, error);

	if (status != STATUS_OK || !edited.text)
		edit_buffer_finish(&tui->sheet);
	*edits = tui->sheet.edits;
	*count = tui->sheet.edit_count;
	if (*count == 0)
		editor_remove_draft(edited.draft);
	else
		*draft = memory_copy_string(edited.draft);
	note_trouble(tui, status, error);
	edited_finish(&edited);
	free(text);
	return status;
}

static enum status open_in_foreground(struct foreground *foreground, const char *const *urls,
	size_t count, bool any_scheme, struct error *error)
{
	struct browser browser = ((struct tui *)foreground)->browser;

	browser.any_scheme = any_scheme;
	browser.has_terminal = true;
	return browser_open(&browser, urls, count, error);
}

static void take_styles(struct tui *tui)
{
	struct config *config = &tui->config;
	const struct theme *theme = config->theme ? theme_find(config->theme) : NULL;

	tui->options.theme = theme ? *theme : *theme_shipped(0);
	if (config->theme && !theme)
		config_warn(config, config->theme_line,
			"there is no theme \"%s\": calm, vivid, plain", config->theme);
	for (size_t i = 0; i < config->style_count; i++) {
		const struct config_binding *style = &config->styles[i];
		struct error error = {""};
		if (theme_change(&tui->options.theme, style->action, style->keys, &error))
			config_warn(config, style->line, "%s", error.text);
	}
}

static void take_keys(struct tui *tui)
{
	struct config *config = &tui->config;

	tui->options.keymap = keymap_new();
	for (size_t i = 0; i < config->binding_count; i++) {
		const struct config_binding *binding = &config->bindings[i];
		struct error error = {""};
		if (keymap_bind(tui->options.keymap, binding->action, binding->keys, &error))
			config_warn(config, binding->line, "%s", error.text);
	}
}

static void take_searches(struct tui *tui)
{
	struct config *config = &tui->config;

	for (size_t i = 0; i < config->search_count; i++) {
		const struct config_binding *search = &config->searches[i];
		if (*search->keys)
			saved_searches_put(&tui->options.searches, search->action, search->keys);
		else
			config_warn(config, search->line, "the search %s is empty", search->action);
	}
}

/* Their keys mean nothing else any more in the list and the details. */
static void take_commands(struct tui *tui)
{
	struct config *config = &tui->config;

	tui->commands = memory_array(config->command_count + 1, sizeof(*tui->commands));
	tui->bound = memory_array(config->command_count + 1, sizeof(*tui->bound));
	for (size_t i = 0; i < config->command_count; i++) {
		const struct config_binding *line = &config->commands[i];
		struct user_command *command = &tui->commands[tui->command_count];
		struct error error = {""};
		int32_t key = key_read(line->action);
		if (key == KEYCAP_NONE)
			error_set(&error, "\"%s\" is no key", line->action);
		if (key == KEYCAP_NONE || user_command_read(command, line->keys, &error)) {
			config_warn(config, line->line, "%s", error.text);
			user_command_finish(command);
			continue;
		}
		tui->bound[tui->command_count++] = (struct bound_command){
			key, line->keys, command->words.items[0], command->background};
		keymap_release(tui->options.keymap, AT_LIST | AT_DETAILS, key);
	}
	tui->options.commands = (struct bound_commands){tui->bound, tui->command_count};
}

static void drop_taken(struct tui *tui)
{
	for (size_t i = 0; i < tui->command_count; i++)
		user_command_finish(&tui->commands[i]);
	free(tui->commands);
	free(tui->bound);
	saved_searches_finish(&tui->options.searches);
	keymap_free(tui->options.keymap);
}

/* For doctor, who looks at a configuration without a screen. */
static void check_config(struct config *config)
{
	struct tui tui = {.config = *config};

	take_styles(&tui);
	take_keys(&tui);
	take_searches(&tui);
	take_commands(&tui);
	drop_taken(&tui);
	*config = tui.config;
}

/* As the user left it the last time; no preview where the configuration has it off. */
static void recall_state(struct tui *tui)
{
	struct screen_options *options = &tui->options;
	struct screen_state state = {(int)options->preview, 0, (int)options->order, 0};

	screen_state_read(&state);
	if (tui->config.preview && state.preview_place >= PREVIEW_AUTO &&
		state.preview_place <= PREVIEW_OFF)
		options->preview = (enum preview_place)state.preview_place;
	if (tui->config.preview && state.preview_grow >= -200 && state.preview_grow <= 200)
		options->preview_grow = state.preview_grow;
	if (state.order >= NEWEST_FIRST && state.order <= BEST_FIRST)
		options->order = (enum row_order)state.order;
	options->reverse = state.reverse == 1;
}

/* For those who read slowly, and for tests on a machine with much else to do. */
static int64_t message_ms(void)
{
	const char *text = getenv("BARKY_MESSAGE_MS");
	long value = text ? strtol(text, NULL, 10) : 0;

	return value > 0 && value <= 3600000 ? value : 0;
}

/* A choice is over soon, and a sample library is nobody's: they do nothing by themselves. */
static void keep_to_oneself(struct config *config)
{
	free(config->serve);
	config->serve = NULL;
	for (int job = 0; job < SCHEDULED_JOBS; job++)
		schedule_finish(&config->schedules[job]);
}

static void read_config(struct tui *tui, const struct cli_choice *choice)
{
	char *path = path_of_config(choice->config);

	config_read(&tui->config, path, choice->config != NULL);
	free(path);
	if (choice->demo || is_picking(tui))
		keep_to_oneself(&tui->config);
	take_styles(tui);
	take_keys(tui);
	take_searches(tui);
	if (!is_picking(tui))
		take_commands(tui);
	tui->options.mouse = tui->config.mouse;
	tui->options.preview = tui->config.preview ? PREVIEW_AUTO : PREVIEW_OFF;
	recall_state(tui);
	tui->options.ascii = tui->options.ascii || tui->config.ascii;
	tui->browser = (struct browser){.command = tui->config.browser,
		.schemes = (const char *const *)tui->config.schemes,
		.scheme_count = tui->config.scheme_count};
	tui->options.browses = browser_wants_terminal(&tui->browser);
	tui->options.message_ms = message_ms();
}

static void remember_state(const struct tui *tui)
{
	const struct screen_options *now = &tui->screen.options;
	const struct list_view *list = &tui->screen.list;
	struct screen_state state = {
		(int)now->preview, now->preview_grow, (int)list->order, list->reverse};

	if (now->preview != tui->options.preview ||
		now->preview_grow != tui->options.preview_grow ||
		list->order != tui->options.order || list->reverse != tui->options.reverse)
		screen_state_write(&state);
}

static void say_warnings(struct tui *tui)
{
	for (size_t i = 0; i < tui->config.warning_count; i++)
		screen_say(&tui->screen, MESSAGE_ERROR, "%s", tui->config.warnings[i]);
	if (tui->config.warning_count > 1)
		screen_say(&tui->screen, MESSAGE_ERROR,
			"%zu mistakes in the configuration; M lists them",
			tui->config.warning_count);
}

/* Text is UTF-8 where the system has a locale for it at all; else the screen is ASCII. */
static bool use_locale(void)
{
	setlocale(LC_ALL, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
		return true;
	return setlocale(LC_CTYPE, "C.UTF-8") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* The command line's word is before the configuration's, and both before NO_COLOR. */
static bool wants_colour(const struct tui *tui)
{
	const char *no_colour = getenv("NO_COLOR");

	if (tui->color && strcmp(tui->color, "auto") != 0)
		return strcmp(tui->color, "always") == 0;
	if (tui->config.color != CONFIG_COLOR_AUTO)
		return tui->config.color == CONFIG_COLOR_ALWAYS;
	return !no_colour || !*no_colour;
}

/* What libraries say on standard error while the screen is up: a file in the cache, if there is
 * such a folder. */
static int open_log(void)
{
	char *folder = path_of_cache();
	char *path = memory_print("%s/screen.log", folder ? folder : "");
	int fd = folder ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;

	free(path);
	free(folder);
	return fd;
}

static enum status open_terminal(struct tui *tui, struct error *error)
{
	struct terminal_options options = {.colour = wants_colour(tui),
		.mouse = tui->options.mouse,
		.title = tui->config.window_title,
		.log_fd = tui->log_fd,
		.theme = &tui->options.theme};

	return terminal_open(&tui->terminal, &options, error);
}

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *walk)
{
	(void)info;
	(void)type;
	(void)walk;
	return remove(path);
}

static enum status make_demo_folder(struct tui *tui, struct error *error)
{
	const char *temporary = getenv("TMPDIR");

	tui->folder =
		memory_print("%s/barky-demo-XXXXXX", temporary && *temporary ? temporary : "/tmp");
	if (!mkdtemp(tui->folder)) {
		error_set(error, "no folder for the demo: %s", strerror(errno));
		free(tui->folder);
		tui->folder = NULL;
		return STATUS_IO;
	}
	tui->path = memory_print("%s/barky.db", tui->folder);
	return STATUS_OK;
}

static enum status fill_demo(struct tui *tui, struct error *error)
{
	struct demo demo;
	struct command command = {.type = TAKE_IN_BOOKMARKS,
		.as.take_in_bookmarks = {.source = &demo.source, .origin = "manual"}};
	struct result result = {0};

	demo_init(&demo, time(NULL));
	enum status status = bus_handle(tui->library.bus, &command, &result);
	*error = result.error;
	result_finish(&result);
	demo_finish(&demo);
	return status;
}

/* The library is locked: the screen says so, instead of staying empty. */
static void show_waiting(void *self, const char *line)
{
	struct tui *tui = self;
	struct canvas canvas = {.ascii = tui->options.ascii};
	struct area all = {0, 0, 0, 0};

	terminal_measure(tui->terminal, &all.rows, &all.columns);
	canvas_reset(&canvas, all.rows, all.columns);
	canvas_write(&canvas, &all, 0, 1, line, STYLE_TEXT, true);
	terminal_draw(tui->terminal, &canvas);
	canvas_finish(&canvas);
}

static enum status open_library(
	struct tui *tui, const struct cli_choice *choice, struct error *error)
{
	struct library_options options = {
		.path = choice->library,
		.waiting = show_waiting,
		.self = tui,
		.stop = &tui->hurry,
	};
	enum status status = STATUS_OK;

	if (choice->demo) {
		status = make_demo_folder(tui, error);
		options.path = tui->path;
	}
	if (status == STATUS_OK)
		status = library_open(&tui->library, &options, error);
	if (status == STATUS_OK && tui->hooks)
		hooks_connect(tui->hooks, &tui->library, NULL, NULL);
	if (status == STATUS_OK && choice->demo)
		status = fill_demo(tui, error);
	if (status == STATUS_OK) {
		tui->engine = engine_thread_start(&tui->library, &tui->config, error);
		status = tui->engine ? STATUS_OK : STATUS_IO;
	}
	return status;
}

static int tui_run(struct tui *tui)
{
	struct engine *engine = engine_thread_port(tui->engine);

	screen_init(&tui->screen, engine, &tui->options);
	event_loop_tell_time(&tui->screen);
	say_warnings(tui);
	tui->loop.screen = &tui->screen;
	tui->loop.terminal = tui->terminal;
	tui->loop.engine = engine;
	tui->loop.foreground = &tui->foreground;
	int ended_by = event_loop_run(&tui->loop);
	/* The terminal comes back at once; the engine may take a moment to end. */
	terminal_close(tui->terminal);
	tui->terminal = NULL;
	if (!tui->folder && !is_picking(tui))
		remember_state(tui);
	tui->ids = tui->screen.chosen;
	tui->id_count = ended_by ? 0 : tui->screen.chosen_count;
	tui->screen.chosen = NULL;
	screen_finish(&tui->screen);
	return ended_by;
}

static bool is_interrupted(void *self)
{
	bool interrupted = false;
	int number;

	(void)self;
	while ((number = process_signals_next()) != 0)
		interrupted = interrupted || number == SIGINT || number == SIGTERM ||
			      number == SIGHUP || number == SIGQUIT;
	return interrupted;
}

static void say_that_it_lasts(void *self)
{
	(void)self;
	complain("finishing what was asked for; C-c leaves it undone", "");
}

/* What was asked for and not done is said, with the exit code of its reason. */
static enum exit_code say_leftovers(const struct engine_leftovers *leftovers)
{
	char *what;

	if (leftovers->count == 0)
		return EXIT_DONE;
	what = leftovers->count == 1
		       ? memory_copy_string("1 change was not made: ")
		       : memory_print("%zu changes were not made: ", leftovers->count);
	complain(what, leftovers->error.text);
	free(what);
	return status_exit_code(leftovers->status);
}

/* Several come in the order of their ids, so they are asked for one by one. */
static enum exit_code tell_chosen(struct tui *tui)
{
	struct catalogue *catalogue = tui->library.catalogue;
	struct error error = {""};
	enum status status = STATUS_OK;

	controlling_terminal_give_back(&tui->streams);
	for (size_t i = 0; i < tui->id_count && status == STATUS_OK; i++)
		status = catalogue->each_of(
			catalogue, &tui->ids[i], 1, tui->chosen, tui->self, &error);
	if (status != STATUS_OK)
		complain("pick: ", error.text);
	return status != STATUS_OK  ? status_exit_code(status)
	       : tui->id_count == 0 ? EXIT_INTERRUPTED
				    : EXIT_DONE;
}

/* False: the engine goes on, so the library is not to be touched any more. */
static bool close_library(struct tui *tui, enum exit_code *code)
{
	const struct engine_patience patience = {
		.fd = tui->loop.signals.fd,
		.interrupted = is_interrupted,
		.lasts = say_that_it_lasts,
		.hurry = &tui->hurry,
	};
	struct engine_leftovers leftovers = {0};

	bool over = !tui->engine || engine_thread_stop(tui->engine, &patience, &leftovers);
	if (leftovers.count > 0)
		*code = say_leftovers(&leftovers);
	if (!over)
		return false;
	if (is_picking(tui) && *code == EXIT_DONE)
		*code = tell_chosen(tui);
	hooks_free(tui->hooks);
	tui->hooks = NULL;
	library_close(&tui->library);
	return true;
}

static void remove_demo(struct tui *tui)
{
	if (tui->folder)
		nftw(tui->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	free(tui->folder);
	free(tui->path);
}

static void finish(struct tui *tui)
{
	edit_buffer_finish(&tui->sheet);
	drop_taken(tui);
	config_finish(&tui->config);
	process_signals_finish();
	controlling_terminal_give_back(&tui->streams);
	free(tui->ids);
	free(tui->trouble);
	if (tui->log_fd >= 0)
		close(tui->log_fd);
}

/* Before there is a thread, a terminal or a library: their courier is a fork. */
static void start_hooks(struct tui *tui, const struct cli_choice *choice)
{
	bool wanted = tui->config.hooks && !choice->demo && !is_picking(tui);
	char *folder = wanted ? hooks_folder(tui->config.path) : NULL;

	tui->hooks = hooks_start(folder, choice->library, true);
	free(folder);
}

static void set_up(struct tui *tui, const struct cli_choice *choice)
{
	tui->options.ascii = !use_locale();
	read_config(tui, choice);
	tui->color = choice->color;
	start_hooks(tui, choice);
	tui->loop.signals = (struct signal_port){
		.fd = process_signals_take(),
		.next = process_signals_next,
		.stop_job = process_signals_stop_job,
		.lend = process_signals_lend,
		.reclaim = process_signals_reclaim,
	};
	tui->log_fd = open_log();
}

/* From the terminal's first byte to its last; complains if that cannot be. */
static enum exit_code show(struct tui *tui, const struct cli_choice *choice, int *ended_by)
{
	struct error error = {""};
	enum exit_code code = EXIT_MISUSED;

	if (open_terminal(tui, &error) == STATUS_OK) {
		enum status status = open_library(tui, choice, &error);
		code = status_exit_code(status);
		if (status == STATUS_OK)
			*ended_by = tui_run(tui);
		terminal_close(tui->terminal);
		if (status != STATUS_OK && !*error.text)
			error_set(&error, "%s", status_message(status));
	}
	if (code != EXIT_DONE)
		complain(is_picking(tui) ? "pick: " : "", error.text);
	if (*ended_by && tui->trouble)
		complain("edit: ", tui->trouble);
	return code;
}

static enum exit_code run_program(struct tui *tui, const struct cli_choice *choice)
{
	int ended_by = 0;
	bool closed = true;

	set_up(tui, choice);
	enum exit_code code = show(tui, choice, &ended_by);
	closed = close_library(tui, &code);
	remove_demo(tui);
	if (closed)
		finish(tui); /* else the engine has still to do with it */
	if (ended_by && (code == EXIT_DONE || is_picking(tui)))
		process_signals_end_by(ended_by);
	if (!closed)
		_exit((int)code);
	return code;
}

static enum exit_code open_screen(const struct cli_choice *choice)
{
	struct tui tui = {
		.foreground = {edit_in_foreground, open_in_foreground, run_in_foreground}};

	return run_program(&tui, choice);
}

static enum exit_code pick(const struct cli_choice *choice, bookmark_visit_fn visit, void *self)
{
	struct tui tui = {.chosen = visit, .self = self};
	struct error error = {""};

	tui.options.picking = (struct picking){true, choice->multi, choice->query};
	if (!controlling_terminal_take(&tui.streams, &error)) {
		complain("pick: ", error.text);
		return EXIT_MISUSED;
	}
	return run_program(&tui, choice);
}

int main(int argc, char **argv)
{
	const struct cli_screen screen = {terminal_library(), check_config, pick};
	struct cli_choice choice;
	int code = cli_run(argc, argv, &screen, &choice);

	return code == CLI_NO_COMMAND ? (int)open_screen(&choice) : code;
}
