#ifndef ADAPTERS_SYSTEM_PATHS_H
#define ADAPTERS_SYSTEM_PATHS_H

/*
 * Where barky's files are: the XDG Base Directory Specification, after barky's own variables.
 * Each returns a path of the caller's, or NULL where neither a variable nor a home folder says
 * where. Relative XDG variables are ignored, as the specification asks. Nothing is created.
 */

/* given (from --db), else $BARKY_DB, else $XDG_DATA_HOME/barky/barky.db, else in ~/.local/share. */
char *path_of_library(const char *given);

/* given (from --config), else $BARKY_CONFIG, else $XDG_CONFIG_HOME/barky/config, else in ~/.config.
 */
char *path_of_config(const char *given);

/* $XDG_STATE_HOME/barky/screen, else in ~/.local/state: how the screen was left. */
char *path_of_screen_state(void);

/* $XDG_CACHE_HOME/barky, else ~/.cache/barky: what can be made again. */
char *path_of_cache(void);

#endif
