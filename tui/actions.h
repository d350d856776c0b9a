#ifndef TUI_ACTIONS_H
#define TUI_ACTIONS_H

#include "tui/screen.h"

void actions_do(struct screen *screen, enum action action, const char *argument);

/* A line of ":": a name (or the beginning of only one), and perhaps an argument. */
void actions_run(struct screen *screen, const char *line);

/* In an empty library the browsers are looked for unasked, to be offered. */
void actions_look_for_browsers(struct screen *screen);

/* A paste into a view: addresses are offered to be added. */
void actions_offer(struct screen *screen, const char *text);

/* "30 new, 2 known": what came, or would come, of an import; yours to free. */
char *actions_describe_import(const struct result *result);

/* What an import of files, asked for by this line, would do: asks whether to. */
void actions_offer_import(struct screen *screen, const struct result *result, const char *line);

/* The filter's prompt is left without an answer: everything is shown as before it was opened. */
void actions_cancel_filter(struct screen *screen);

/* A click into a column of the list's row under the cursor: on a tag, filters by it. */
void actions_click(struct screen *screen, int column);

/*
 * What an action is done to: what the question was about that is answered now, as far as it is
 * still there; else the marked rows of the view, or the one under its cursor, in the list
 * without marks as many from there on as screen->count says. Yours to free; NULL and 0 if there is
 * none.
 */
int64_t *actions_selection(const struct screen *screen, size_t *count);
bool actions_count_means_rows(const struct screen *screen);

/* Marks the rows that were counted: what is asked about is seen, and the same when it is answered.
 */
void actions_mark_counted(struct screen *screen);

size_t actions_selected(const struct screen *screen); /* how many these are */

/* The prompt that was opened is about the selection of now. */
void actions_ask_about_selection(struct screen *screen);

/* Opens addresses, NULL after the last, in the browser. */
void actions_open(struct screen *screen, const char *const *urls, size_t count, bool any_scheme);

/* details: actions_details.c */
void act_details(struct screen *screen, const char *argument);
void act_follow(struct screen *screen, const char *argument);
void act_alike(struct screen *screen, const char *argument);

/* Back to the bookmark that was followed to this one; false if there is none. */
bool actions_details_back(struct screen *screen);

/* Names of saved searches that begin so, as candidates. */
void actions_name_searches(
	const struct screen *screen, struct completion *completion, const char *begin);

/* the user's own programs: actions_commands.c */
void act_run(struct screen *screen, const char *argument);

/* What ":run" calls those that begin so, as candidates. */
void actions_name_commands(
	const struct screen *screen, struct completion *completion, const char *begin);

/* Runs the user's own program that a key has, on the selection; false if it has none. */
bool actions_run_bound(struct screen *screen, int32_t key);

/* moving and looking: actions_move.c */
void act_move(struct screen *screen, enum action action);
void act_filter(struct screen *screen, const char *argument);
void act_clear_filter(struct screen *screen, const char *argument);
void act_mark(struct screen *screen, const char *argument);
void act_range(struct screen *screen, const char *argument);
void act_mark_all(struct screen *screen, const char *argument);
void act_clear_marks(struct screen *screen, const char *argument);
void act_sort(struct screen *screen, const char *argument);
void act_reverse(struct screen *screen, const char *argument);
void act_preview(struct screen *screen, const char *argument);
void act_preview_down(struct screen *screen, const char *argument);
void act_preview_up(struct screen *screen, const char *argument);
void act_preview_larger(struct screen *screen, const char *argument);
void act_preview_smaller(struct screen *screen, const char *argument);

/* saved searches: actions_searches.c */
void act_searches(struct screen *screen, const char *argument);
void act_save_search(struct screen *screen, const char *argument);

/* barky pick: actions_pick.c */
void act_choose(struct screen *screen, const char *argument);
void act_pick_mark(struct screen *screen, const char *argument);
void act_pick_mark_back(struct screen *screen, const char *argument);
void act_pick_keys(struct screen *screen, const char *argument);

/* Leaves without a choice. */
void actions_choose_nothing(struct screen *screen);

/* Whether only one can be chosen, which is said; then there are no marks. */
bool actions_choose_one(struct screen *screen);

/* bookmarks: actions_bookmarks.c */
void act_open(struct screen *screen, const char *argument);
void act_copy(struct screen *screen, const char *argument);
void act_copy_all(struct screen *screen, const char *argument);
void act_delete(struct screen *screen, const char *argument);
void act_undo(struct screen *screen, const char *argument);
void act_redo(struct screen *screen, const char *argument);
void act_edit_text(struct screen *screen, const char *argument);
void act_trash(struct screen *screen, const char *argument);
void act_restore(struct screen *screen, const char *argument);
void act_purge(struct screen *screen, const char *argument);

/* the form: actions_form.c */
void act_add(struct screen *screen, const char *argument);
void act_edit(struct screen *screen, const char *argument);
void act_next_field(struct screen *screen, const char *argument);
void act_previous_field(struct screen *screen, const char *argument);
void act_save(struct screen *screen, const char *argument);
void form_open_draft(struct screen *screen, const struct bookmark_draft *draft);
void form_accept(struct screen *screen);
void form_leave(struct screen *screen);
void form_offer_tags(struct screen *screen);
void form_take_tag(struct screen *screen, bool back);

/* tags: actions_tags.c */
void act_tags(struct screen *screen, const char *argument);
void act_change_tags(struct screen *screen, const char *argument);
void act_repeat_tags(struct screen *screen, const char *argument);
void act_show_tag(struct screen *screen, const char *argument);
void act_rename_tag(struct screen *screen, const char *argument);
void act_merge_tags(struct screen *screen, const char *argument);
void act_delete_tags(struct screen *screen, const char *argument);

/* stars and files: actions_files.c */
void act_import_panel(struct screen *screen, const char *argument);
void act_stars(struct screen *screen, const char *argument);
void act_stop_stars(struct screen *screen, const char *argument);
void act_import(struct screen *screen, const char *argument);
void act_export(struct screen *screen, const char *argument);
void act_backup(struct screen *screen, const char *argument);
void act_serve(struct screen *screen, const char *argument);

/* links: actions_links.c */
void act_check(struct screen *screen, const char *argument);
void act_stop_check(struct screen *screen, const char *argument);
void act_links(struct screen *screen, const char *argument);
void act_follow_moved(struct screen *screen, const char *argument);
void act_open_archived(struct screen *screen, const char *argument);
void act_keep_link(struct screen *screen, const char *argument);

/* the bookmarks of browsers: actions_browsers.c */
void act_browsers(struct screen *screen, const char *argument);

/* the program: actions_program.c */
void act_reload(struct screen *screen, const char *argument);
void act_command(struct screen *screen, const char *argument);
void act_messages(struct screen *screen, const char *argument);
void act_events(struct screen *screen, const char *argument);
void act_doctor(struct screen *screen, const char *argument);
void act_help(struct screen *screen, const char *argument);
void act_map(struct screen *screen, const char *argument);
void act_set(struct screen *screen, const char *argument);
void act_theme(struct screen *screen, const char *argument);
void act_redraw(struct screen *screen, const char *argument);
void act_suspend(struct screen *screen, const char *argument);
void act_back(struct screen *screen, const char *argument);
void act_step_back(struct screen *screen, const char *argument);
void act_close(struct screen *screen, const char *argument);
void act_cancel(struct screen *screen, const char *argument);
void act_quit(struct screen *screen, const char *argument);
void act_accept(struct screen *screen, const char *argument);
void act_accept_and_open(struct screen *screen, const char *argument);
void act_complete(struct screen *screen, const char *argument);
void act_complete_back(struct screen *screen, const char *argument);

/* What is done with answers; self is the screen. */
void on_change_answer(void *self, const struct request *request, struct report *report);
void on_find_answer(void *self, const struct request *request, struct report *report);
void on_title_answer(void *self, const struct request *request, struct report *report);
void on_trash_answer(void *self, const struct request *request, struct report *report);
void on_files_answer(void *self, const struct request *request, struct report *report);
void on_preview_answer(void *self, const struct request *request, struct report *report);
void on_open_answer(void *self, const struct request *request, struct report *report);

/* A text: shown as a view headed by the note, or said. */
void on_text_answer(void *self, const struct request *request, struct report *report);
void on_message_answer(void *self, const struct request *request, struct report *report);

#endif
