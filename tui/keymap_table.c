#include "tui/keymap.h"

#include <string.h>

#include "tui/line_editor.h"

#define AT_ROWS      (AT_LIST | AT_TRASH)
#define AT_MARKED    (AT_LIST | AT_TRASH | AT_TAGS | AT_LINKS | AT_PICK)
#define AT_BOOKMARKS (AT_LIST | AT_DETAILS)
#define AT_CHANGES   (AT_LIST | AT_DETAILS | AT_TAGS | AT_TRASH | AT_IMPORT | AT_LINKS)
#define AT_SEARCHED  (AT_LIST | AT_TAGS | AT_HELP | AT_MESSAGES)
#define LINE(edit)   ((enum action)(ACTION_LINE + (edit)))

/* In the order of help; hints are taken in this order too. */
static const struct keymap_row rows[] = {
	{ACTION_DOWN, "down", AT_VIEWS | AT_PICK, "j Down C-n",
		"move down (a count may come first: 5j)", NULL, NULL},
	{ACTION_UP, "up", AT_VIEWS | AT_PICK, "k Up C-p", "move up", NULL, NULL},
	{ACTION_HALF_PAGE_DOWN, "half-page-down", AT_VIEWS | AT_PICK, "C-d", "half a page down",
		NULL, NULL},
	{ACTION_HALF_PAGE_UP, "half-page-up", AT_VIEWS | AT_PICK, "C-u", "half a page up", NULL,
		NULL},
	{ACTION_PAGE_DOWN, "page-down", AT_VIEWS | AT_PICK, "C-f PgDn", "a page down", NULL, NULL},
	{ACTION_PAGE_UP, "page-up", AT_VIEWS | AT_PICK, "C-b PgUp", "a page up", NULL, NULL},
	{ACTION_FIRST, "first", AT_VIEWS | AT_PICK, "g Home", "to the first", NULL, NULL},
	{ACTION_LAST, "last", AT_VIEWS | AT_PICK, "G End", "to the last", NULL, NULL},

	{ACTION_FILTER, "filter", AT_SEARCHED | AT_PICK, "/ \\ F3 F4", "filter as you type",
		"filter", "QUERY"},
	{ACTION_SHOW_TAG, "show-tag", AT_TAGS, "Enter", "show the bookmarks with this tag", "show",
		NULL},
	{ACTION_RESTORE, "restore", AT_TRASH, "Enter r", "bring back out of the trash", "restore",
		NULL},
	{ACTION_OPEN, "open", AT_BOOKMARKS, "Enter o", "open in the browser", "open", "[any]"},
	{ACTION_DETAILS, "details", AT_LIST | AT_PICK, "l Right", "all details of the bookmark",
		NULL, NULL},
	{ACTION_BACK, "back", (AT_VIEWS & ~AT_LIST) | AT_PICK, "h Left", "back", NULL, NULL},
	{ACTION_MARK, "mark", AT_MARKED, "Space", "mark or unmark, and move down", "mark", NULL},
	{ACTION_RANGE, "range", AT_ROWS | AT_PICK, "v", "mark a range: begin, move, v again", NULL,
		NULL},
	{ACTION_MARK_ALL, "mark-all", AT_MARKED, "*", "mark all shown; again: unmark them", NULL,
		NULL},
	{ACTION_CLEAR_MARKS, "clear-marks", AT_MARKED, "U", "take away all marks", NULL, NULL},

	{ACTION_ADD, "add", AT_BOOKMARKS, "a", "add a bookmark", "add", "URL"},
	{ACTION_EDIT, "edit", AT_BOOKMARKS, "e", "edit in a form (several: their tags)", "edit",
		NULL},
	{ACTION_EDIT_TEXT, "edit-text", AT_BOOKMARKS, "E", "edit in $VISUAL or $EDITOR", NULL,
		NULL},
	{ACTION_TAGS, "tags", AT_BOOKMARKS, "t", "browse the tags", "tags", NULL},
	{ACTION_CHANGE_TAGS, "change-tags", AT_BOOKMARKS, "T", "change tags: +new -old", NULL,
		"+NEW -OLD"},
	{ACTION_REPEAT_TAGS, "repeat-tags", AT_BOOKMARKS, ".", "the last change of tags, again",
		NULL, NULL},
	{ACTION_RENAME_TAG, "rename-tag", AT_TAGS, "r", "rename the tag everywhere", "rename",
		"NEW"},
	{ACTION_MERGE_TAGS, "merge-tags", AT_TAGS, "m", "merge the marked tags into one", "merge",
		"INTO"},
	{ACTION_DELETE_TAGS, "delete-tags", AT_TAGS, "d Del", "delete the tag everywhere", "delete",
		NULL},
	{ACTION_CLEAR_FILTER, "clear-filter", AT_LIST | AT_TAGS, "C-t", "clear the filter", NULL,
		NULL},
	{ACTION_DELETE, "delete", AT_BOOKMARKS | AT_LINKS, "d Del", "delete (u brings it back)",
		"delete", NULL},
	{ACTION_UNDO, "undo", AT_CHANGES, "u", "undo the last change", NULL, "STEPS"},
	{ACTION_REDO, "redo", AT_CHANGES, "C-r", "redo what was undone", NULL, "STEPS"},
	{ACTION_COPY, "copy", AT_BOOKMARKS | AT_LINKS | AT_PICK, "y", "copy the address", NULL,
		NULL},
	{ACTION_COPY_ALL, "copy-all", AT_LIST, "Y", "copy all addresses shown", NULL, NULL},
	{ACTION_SORT, "sort", AT_LIST | AT_PICK, "s",
		"sort: added, modified, title, url, relevance", NULL, "ORDER"},
	{ACTION_REVERSE, "reverse", AT_LIST | AT_PICK, "S", "reverse the order", NULL, NULL},

	{ACTION_PREVIEW, "preview", AT_LIST | AT_PICK, "p", "preview: right, below, off", NULL,
		"right|below|off"},
	{ACTION_PREVIEW_DOWN, "preview-down", AT_LIST | AT_PICK, "J", "scroll the preview down",
		NULL, NULL},
	{ACTION_PREVIEW_UP, "preview-up", AT_LIST | AT_PICK, "K", "scroll the preview up", NULL,
		NULL},
	{ACTION_PREVIEW_LARGER, "preview-larger", AT_LIST | AT_PICK, "+", "larger preview", NULL,
		NULL},
	{ACTION_PREVIEW_SMALLER, "preview-smaller", AT_LIST | AT_PICK, "_", "smaller preview", NULL,
		NULL},

	{ACTION_LINKS, "links", AT_BOOKMARKS, "L", "links that have moved or are gone", NULL, NULL},
	{ACTION_FOLLOW_MOVED, "take-new", AT_LINKS, "Enter", "take the address it has moved to",
		"take new", NULL},
	{ACTION_OPEN, "open-old", AT_LINKS, "o", "open the address in the browser", NULL, NULL},
	{ACTION_OPEN_ARCHIVED, "open-archived", AT_BOOKMARKS | AT_LINKS, "w",
		"open the copy of the Wayback Machine", NULL, NULL},
	{ACTION_KEEP_LINK, "keep-link", AT_LINKS, "K", "keep it as it is, until the next check",
		"keep", NULL},
	{ACTION_FOLLOW_MOVED, "follow-moved", AT_BOOKMARKS | AT_LINKS, "",
		"take the addresses that bookmarks have moved to", NULL, NULL},
	{ACTION_CHECK, "check", AT_BOOKMARKS | AT_LINKS, "c", "ask whether addresses still answer",
		NULL, "[stop]"},
	{ACTION_STOP_CHECK, "stop-check", AT_BOOKMARKS | AT_LINKS, "x", "stop the check of links",
		NULL, NULL},

	{ACTION_IMPORT_PANEL, "import-panel", AT_LIST, "I", "import of GitHub stars", NULL, NULL},
	{ACTION_STARS, "stars", AT_IMPORT, "s Enter", "start or stop the import of stars", "start",
		"USER [full]"},
	{ACTION_STOP_STARS, "stop-stars", AT_IMPORT, "x", "stop the import after this page", "stop",
		NULL},
	{ACTION_IMPORT, "import", AT_VIEWS, "", "import a file, or: github USER", NULL, "FILE"},
	{ACTION_BROWSERS, "browsers", AT_LIST, "b", "import what the browsers here have", NULL,
		"[NAME]"},
	{ACTION_EXPORT, "export", AT_VIEWS, "", "export what is shown", NULL, "FILE [FORMAT]"},
	{ACTION_BACKUP, "backup", AT_VIEWS, "", "a copy of the library", NULL, "FILE"},
	{ACTION_SERVE, "serve", AT_VIEWS, "", "serve browser extensions, while the screen is open",
		NULL, "[ADDRESS:PORT]|off"},
	{ACTION_TRASH, "trash", AT_VIEWS, "", "what was deleted", NULL, NULL},
	{ACTION_PURGE, "purge", AT_TRASH, "X", "empty the trash for good", "empty", NULL},

	{ACTION_RELOAD, "reload", AT_LIST | AT_TRASH, "R F5", "read the library again", NULL, NULL},
	{ACTION_COMMAND, "command", AT_VIEWS, ":", "any command by its name", NULL, NULL},
	{ACTION_MESSAGES, "messages", AT_VIEWS & ~AT_MESSAGES, "M", "messages of this session",
		NULL, NULL},
	{ACTION_EVENTS, "events", AT_VIEWS, "", "the log of what happened", NULL, NULL},
	{ACTION_DOCTOR, "doctor", AT_VIEWS, "", "check the library and the set-up", NULL, NULL},
	{ACTION_SET, "set", AT_VIEWS, "", "set an option: mouse, nomouse, ascii, noascii", NULL,
		"OPTION"},
	{ACTION_THEME, "theme", AT_VIEWS, "", "use a theme: calm, vivid, plain", NULL, "NAME"},
	{ACTION_MAP, "map", AT_VIEWS, "", "all keys of all views", NULL, NULL},
	{ACTION_REDRAW, "redraw", AT_VIEWS | AT_PICK, "C-l", "redraw the screen", NULL, NULL},
	{ACTION_SUSPEND, "suspend", AT_VIEWS | (AT_LINES & ~AT_PICK_FILTER), "C-z",
		"suspend (fg comes back)", NULL, NULL},
	{ACTION_HELP, "help", (AT_VIEWS & ~AT_HELP) | AT_PICK, "? F1", "help for this view", "help",
		NULL},
	{ACTION_STEP_BACK, "step-back", AT_VIEWS | AT_PICK, "Esc", "one step back; never quits",
		NULL, NULL},
	{ACTION_CANCEL, "cancel", AT_VIEWS | AT_PICK, "C-c C-g", "cancel", NULL, NULL},
	{ACTION_CLOSE, "close", (AT_VIEWS & ~AT_LIST) | AT_PICK, "q", "close the view", "close",
		NULL},
	{ACTION_QUIT, "quit", AT_LIST, "q", "quit", "quit", NULL},
	{ACTION_QUIT, "quit-anywhere", AT_VIEWS | AT_PICK, "Q", "quit from anywhere", NULL, NULL},

	{ACTION_CHOOSE, "choose", AT_PICK | AT_PICK_FILTER, "Enter",
		"choose it (or what is marked) and leave", "choose", NULL},
	{ACTION_PICK_MARK, "pick-mark", AT_PICK_FILTER, "Tab",
		"with --multi: mark, and move down; else complete", NULL, NULL},
	{ACTION_PICK_MARK_BACK, "pick-mark-back", AT_PICK_FILTER, "S-Tab",
		"with --multi: mark, and move up; else complete back", NULL, NULL},
	{ACTION_PICK_KEYS, "pick-keys", AT_PICK_FILTER, "C-o",
		"leave the prompt for the keys of the list", "list", NULL},
	{ACTION_ACCEPT, "accept", AT_FILTER | AT_PROMPT, "Enter", "do it; the filter stays", "done",
		NULL},
	{ACTION_HELP, "filter-help", AT_FILTER | AT_PICK_FILTER, "F1", "the language of queries",
		"language", NULL},
	{ACTION_ACCEPT_AND_OPEN, "accept-and-open", AT_FILTER, "C-o", "open what is selected",
		"open", NULL},
	{ACTION_DOWN, "filter-down", AT_FILTER | AT_PICK_FILTER, "Down C-n C-j",
		"move down in the list", NULL, NULL},
	{ACTION_UP, "filter-up", AT_FILTER | AT_PICK_FILTER, "Up C-p", "move up in the list", NULL,
		NULL},
	{ACTION_PAGE_DOWN, "filter-page-down", AT_FILTER | AT_PICK_FILTER, "PgDn", "a page down",
		NULL, NULL},
	{ACTION_PAGE_UP, "filter-page-up", AT_FILTER | AT_PICK_FILTER, "PgUp", "a page up", NULL,
		NULL},
	{ACTION_COMPLETE, "complete", AT_PROMPT | AT_FILTER, "Tab", "complete", "complete", NULL},
	{ACTION_COMPLETE_BACK, "complete-back", AT_PROMPT | AT_FILTER, "S-Tab",
		"the completion before", NULL, NULL},
	{ACTION_NEXT_FIELD, "next-field", AT_FORM, "Tab Down", "next field", "next", NULL},
	{ACTION_PREVIOUS_FIELD, "previous-field", AT_FORM, "S-Tab Up", "previous field", NULL,
		NULL},
	{ACTION_COMPLETE, "take-tag", AT_FORM, "C-n",
		"the next of the tags offered (Right: the first)", NULL, NULL},
	{ACTION_COMPLETE_BACK, "take-tag-back", AT_FORM, "C-p", "the tag offered before", NULL,
		NULL},
	{ACTION_ACCEPT, "form-accept", AT_FORM, "Enter", "next field; on the last one save", NULL,
		NULL},
	{ACTION_SAVE, "save", AT_FORM, "C-s", "save", "save", NULL},
	{ACTION_CANCEL, "leave", AT_LINES, "Esc C-c C-g", "cancel", "cancel", NULL},

	{LINE(LINE_START), "line-start", AT_LINES, "C-a Home", "to the start of the line", NULL,
		NULL},
	{LINE(LINE_END), "line-end", AT_LINES, "C-e End", "to the end of the line", NULL, NULL},
	{LINE(LINE_LEFT), "left", AT_LINES, "C-b Left", "a character left", NULL, NULL},
	{LINE(LINE_RIGHT), "right", AT_LINES, "C-f Right", "a character right", NULL, NULL},
	{LINE(LINE_WORD_LEFT), "word-left", AT_LINES, "M-b C-Left", "a word left", NULL, NULL},
	{LINE(LINE_WORD_RIGHT), "word-right", AT_LINES, "M-f C-Right", "a word right", NULL, NULL},
	{LINE(LINE_ERASE_LEFT), "erase-left", AT_LINES, "BSpace", "erase to the left", NULL, NULL},
	{LINE(LINE_ERASE_RIGHT), "erase-right", AT_LINES, "C-d Del", "erase to the right", NULL,
		NULL},
	{LINE(LINE_KILL_WORD_LEFT), "kill-word-left", AT_LINES, "C-w M-BSpace", "cut the word left",
		NULL, NULL},
	{LINE(LINE_KILL_WORD_RIGHT), "kill-word-right", AT_LINES, "M-d", "cut the word right", NULL,
		NULL},
	{LINE(LINE_KILL_START), "kill-start", AT_LINES, "C-u", "cut to the start", NULL, NULL},
	{LINE(LINE_KILL_END), "kill-end", AT_LINES, "C-k", "cut to the end", NULL, NULL},
	{LINE(LINE_YANK), "yank", AT_LINES, "C-y", "put back what was cut", NULL, NULL},
	{LINE(LINE_BREAK), "line-break", AT_FORM, "M-Enter", "a line end, in the notes", NULL,
		NULL},
	{LINE(LINE_OLDER), "older", AT_PROMPT, "Up C-p", "the line before in the history", NULL,
		NULL},
	{LINE(LINE_NEWER), "newer", AT_PROMPT, "Down C-n", "the next line in the history", NULL,
		NULL},
	{LINE(LINE_OLDER), "filter-older", AT_FILTER, "M-p", "the filter before", NULL, NULL},
	{LINE(LINE_NEWER), "filter-newer", AT_FILTER, "M-n", "the next filter", NULL, NULL},
};

size_t keymap_row_count(void)
{
	return sizeof(rows) / sizeof(rows[0]);
}

const struct keymap_row *keymap_row(size_t index)
{
	return &rows[index];
}

const struct keymap_row *keymap_row_named(const char *name)
{
	for (size_t i = 0; i < keymap_row_count(); i++) {
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	}
	return NULL;
}
