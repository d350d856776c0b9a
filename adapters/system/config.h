#ifndef ADAPTERS_SYSTEM_CONFIG_H
#define ADAPTERS_SYSTEM_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "adapters/schedule/schedule.h"
#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * The configuration file: lines "name = value", comments behind # or ; at the start of a line (or
 * " ;"), a section [keys] that binds actions of the screen to keys, a section [styles] that
 * changes how the theme looks, [searches], [commands],
 * and a section [schedule] of work that comes round. All of it is
 * optional, and so is the file:
 *
 *   browser = firefox --new-tab %s     a command, not a shell line; default $BROWSER
 *   schemes = mailto, ftp              opened beside http and https
 *   token_command = gh auth token      its first line is the token for GitHub
 *   token_file = /home/me/.github      unless others can read it
 *   ca_file = /etc/ssl/our-ca.pem      certificates to trust instead of the system's
 *   user_agent = Mozilla/5.0          who asks for pages; default barky/VERSION
 *   color = auto                       auto, always or never
 *   theme = calm                       calm, vivid or plain
 *   mouse = off                        on or off
 *   preview = on
 *   ascii = off                        draw with ASCII only
 *   window_title = off
 *   serve = on                         to browser extensions, while a screen is open; or where
 *   hooks = on                         programs in the folder hooks beside this file
 *
 *   [keys]
 *   open = o Enter
 *
 *   [styles]
 *   tag = bold cyan                    a colour's name, or its number up to 255; bold, underline
 *
 *   [searches]
 *   later = #toread -is:dead           a filter with a name
 *
 *   [commands]
 *   V = & mpv {url}                    a key and a program: adapters/system/user_command.h
 *
 *   [schedule]
 *   stars = nightly                    adapters/schedule/schedule.h has the grammar
 *   browsers = hourly firefox
 *   links = weekly
 *
 * A mistake is never fatal: the line is passed over, and a warning says where and what to do.
 */
enum config_color { CONFIG_COLOR_AUTO, CONFIG_COLOR_ALWAYS, CONFIG_COLOR_NEVER };

struct config_binding {
	char *action; /* or the style, the search's name, the command's key */
	char *keys;   /* as written: names separated by blanks; empty takes all keys away */
	int line;
};

struct config {
	char *path;    /* of the file, there or not */
	char *browser; /* NULL, like the other strings, unless it is given */
	char *token_command;
	char *token_file;
	char *ca_file;
	char *user_agent;
	char *theme;
	char *serve;    /* ADDRESS:PORT; "" of "on", NULL of "off" */
	int theme_line; /* where it was given */
	char **schemes; /* lower case, without the colon */
	size_t scheme_count;
	int color; /* enum config_color */
	bool mouse;
	bool preview;
	bool ascii;
	bool window_title;
	bool hooks;
	struct config_binding *bindings; /* in the order of the file */
	size_t binding_count;
	struct config_binding *styles;
	size_t style_count;
	struct config_binding *searches;
	size_t search_count;
	struct config_binding *commands;
	size_t command_count;
	struct schedule schedules[SCHEDULED_JOBS];
	char **warnings; /* "FILE:LINE: what is wrong: what to do" */
	size_t warning_count;
};

/*
 * Reads the file; where there is none everything has its default, without a warning unless
 * is_wanted (the user named it). path may be NULL. To be finished in any case.
 */
void config_read(struct config *config, const char *path, bool is_wanted);
void config_finish(struct config *config);

/* Adds a warning about one line, for what only others can judge, such as a key's name. */
__attribute__((format(printf, 3, 4))) void config_warn(
	struct config *config, int line, const char *format, ...);

/*
 * Puts a saved search into the configuration file, under [searches]: in the place of the one of
 * that name, else behind the last. Every other byte of the file stays as it is, the user's comments
 * too; the file is written whole or not at all, through a symbolic link, with its mode, and made if
 * there is none.
 *
 * STATUS_INVALID with a reason, and nothing is written, if the file could not say it again: a name
 * with "=" or ":" in it, a query that would be taken for a comment, or a line that is too long.
 */
enum status config_save_search(
	const char *path, const char *name, const char *query, struct error *error);

#endif
