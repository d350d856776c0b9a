#ifndef TUI_ACTION_H
#define TUI_ACTION_H

/*
 * Everything a user can do, by name. What each is called, which function does it, which keys it has
 * and where, and what help says of it is in one table: tui/keymap_table.c. The order counts:
 * tui/screen_keys.c asks for what moves, for what needs a bookmark (up to the tags) and for what
 * edits a line by the first and the last of each.
 */
enum action {
	ACTION_NONE,

	/* moving, in whatever is on top */
	ACTION_DOWN,
	ACTION_UP,
	ACTION_HALF_PAGE_DOWN,
	ACTION_HALF_PAGE_UP,
	ACTION_PAGE_DOWN,
	ACTION_PAGE_UP,
	ACTION_FIRST,
	ACTION_LAST,

	/* bookmarks */
	ACTION_OPEN,
	ACTION_DETAILS,
	ACTION_FOLLOW,
	ACTION_ALIKE,
	ACTION_FILTER,
	ACTION_CLEAR_FILTER,
	ACTION_MARK,
	ACTION_RANGE,
	ACTION_MARK_ALL,
	ACTION_CLEAR_MARKS,
	ACTION_ADD,
	ACTION_EDIT,
	ACTION_EDIT_TEXT,
	ACTION_TAGS,
	ACTION_CHANGE_TAGS,
	ACTION_REPEAT_TAGS,
	ACTION_DELETE,
	ACTION_UNDO,
	ACTION_REDO,
	ACTION_COPY,
	ACTION_COPY_ALL,
	ACTION_SEARCHES,
	ACTION_SAVE_SEARCH,
	ACTION_SORT,
	ACTION_REVERSE,
	ACTION_PREVIEW,
	ACTION_PREVIEW_DOWN,
	ACTION_PREVIEW_UP,
	ACTION_PREVIEW_LARGER,
	ACTION_PREVIEW_SMALLER,

	/* picking */
	ACTION_CHOOSE,
	ACTION_PICK_MARK,
	ACTION_PICK_MARK_BACK,
	ACTION_PICK_KEYS,

	/* tags */
	ACTION_SHOW_TAG,
	ACTION_RENAME_TAG,
	ACTION_MERGE_TAGS,
	ACTION_DELETE_TAGS,

	/* the trash */
	ACTION_TRASH,
	ACTION_RESTORE,
	ACTION_PURGE,

	/* stars and files */
	ACTION_IMPORT_PANEL,
	ACTION_STARS,
	ACTION_STOP_STARS,
	ACTION_IMPORT,
	ACTION_BROWSERS,
	ACTION_EXPORT,
	ACTION_BACKUP,
	ACTION_SERVE,

	/* links */
	ACTION_CHECK,
	ACTION_STOP_CHECK,
	ACTION_LINKS,
	ACTION_FOLLOW_MOVED,
	ACTION_OPEN_ARCHIVED,
	ACTION_KEEP_LINK,

	/* the program */
	ACTION_RELOAD,
	ACTION_COMMAND,
	ACTION_RUN,
	ACTION_MESSAGES,
	ACTION_EVENTS,
	ACTION_DOCTOR,
	ACTION_HELP,
	ACTION_MAP,
	ACTION_SET,
	ACTION_THEME,
	ACTION_REDRAW,
	ACTION_SUSPEND,
	ACTION_BACK,
	ACTION_STEP_BACK,
	ACTION_CLOSE,
	ACTION_CANCEL,
	ACTION_QUIT,

	/* prompts and forms */
	ACTION_ACCEPT,
	ACTION_ACCEPT_AND_OPEN,
	ACTION_COMPLETE,
	ACTION_COMPLETE_BACK,
	ACTION_NEXT_FIELD,
	ACTION_PREVIOUS_FIELD,
	ACTION_SAVE,

	/* editing a line: ACTION_LINE plus an enum line_edit */
	ACTION_LINE,
	ACTION_LINE_LAST = ACTION_LINE + 17, /* LINE_EDITS - 1, as the table makes sure */
	ACTION_COUNT
};

struct screen;

/*
 * What an action does. argument is what ":" was given after the name, NULL from a key; how often,
 * for a key, is screen->count.
 */
typedef void (*action_fn)(struct screen *screen, const char *argument);

/* Where a key means something; bits. Views that can be on top, and the two kinds of prompt. */
enum scene {
	AT_LIST = 1,
	AT_DETAILS = 2,
	AT_TAGS = 4,
	AT_TRASH = 8,
	AT_MESSAGES = 16,
	AT_HELP = 32,
	AT_IMPORT = 64,
	AT_FORM = 128,
	AT_FILTER = 256,       /* the prompt that filters as you type */
	AT_PROMPT = 512,       /* every other one */
	AT_PICK = 1024,        /* in barky pick: whatever is on top */
	AT_PICK_FILTER = 2048, /* and its prompt */
	AT_LINKS = 4096
};

#define AT_VIEWS                                                                                   \
	(AT_LIST | AT_DETAILS | AT_TAGS | AT_TRASH | AT_MESSAGES | AT_HELP | AT_IMPORT | AT_LINKS)
#define AT_LINES (AT_FORM | AT_FILTER | AT_PROMPT | AT_PICK_FILTER)

#endif
