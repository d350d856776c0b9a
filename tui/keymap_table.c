#include "tui/keymap.h"

#include <string.h>

#include "tui/line_editor.h"

#define IN_ROWS      (IN_LIST | IN_TRASH)
#define IN_BOOKMARKS (IN_LIST | IN_DETAILS)
#define IN_CHANGES   (IN_LIST | IN_DETAILS | IN_TAGS | IN_TRASH | IN_IMPORT)
#define IN_SEARCHED  (IN_LIST | IN_TAGS | IN_TRASH | IN_HELP | IN_MESSAGES)
#define LINE(edit)   ((enum action)(ACTION_LINE + (edit)))

/* In the order of help; hints are taken in this order too. */
static const struct keymap_row rows[] = {
	{ACTION_DOWN, "down", IN_VIEWS, "j Down C-n", "move down (a count may come first: 5j)",
		NULL, NULL},
	{ACTION_UP, "up", IN_VIEWS, "k Up C-p", "move up", NULL, NULL},
	{ACTION_HALF_PAGE_DOWN, "half-page-down", IN_VIEWS, "C-d", "half a page down", NULL, NULL},
	{ACTION_HALF_PAGE_UP, "half-page-up", IN_VIEWS, "C-u", "half a page up", NULL, NULL},
	{ACTION_PAGE_DOWN, "page-down", IN_VIEWS, "C-f PgDn", "a page down", NULL, NULL},
	{ACTION_PAGE_UP, "page-up", IN_VIEWS, "C-b PgUp", "a page up", NULL, NULL},
	{ACTION_FIRST, "first", IN_VIEWS, "g Home", "to the first", NULL, NULL},
	{ACTION_LAST, "last", IN_VIEWS, "G End", "to the last", NULL, NULL},

	{ACTION_FILTER, "filter", IN_SEARCHED, "/ \\ F3 F4", "filter as you type", "filter",
		"QUERY"},
	{ACTION_SHOW_TAG, "show-tag", IN_TAGS, "Enter", "show the bookmarks with this tag", "show",
		NULL},
	{ACTION_RESTORE, "restore", IN_TRASH, "Enter r", "bring back out of the trash", "restore",
		NULL},
	{ACTION_OPEN, "open", IN_BOOKMARKS, "Enter o", "open in the browser", "open", NULL},
	{ACTION_DETAILS, "details", IN_LIST, "l Right", "all details of the bookmark", NULL, NULL},
	{ACTION_BACK, "back", IN_VIEWS & ~IN_LIST, "h Left", "back", NULL, NULL},
	{ACTION_MARK, "mark", IN_ROWS | IN_TAGS, "Space", "mark or unmark, and move down", "mark",
		NULL},
	{ACTION_RANGE, "range", IN_ROWS, "v", "mark a range: begin, move, v again", NULL, NULL},
	{ACTION_MARK_ALL, "mark-all", IN_ROWS | IN_TAGS, "*", "mark all shown; again: unmark them",
		NULL, NULL},
	{ACTION_CLEAR_MARKS, "clear-marks", IN_ROWS | IN_TAGS, "U", "take away all marks", NULL,
		NULL},

	{ACTION_ADD, "add", IN_BOOKMARKS, "a", "add a bookmark", "add", "URL"},
	{ACTION_EDIT, "edit", IN_BOOKMARKS, "e", "edit in a form (several: their tags)", "edit",
		NULL},
	{ACTION_EDIT_TEXT, "edit-text", IN_BOOKMARKS, "E", "edit in $VISUAL or $EDITOR", NULL,
		NULL},
	{ACTION_TAGS, "tags", IN_BOOKMARKS, "t", "browse the tags", "tags", NULL},
	{ACTION_CHANGE_TAGS, "change-tags", IN_BOOKMARKS, "T", "change tags: +new -old", NULL,
		"+NEW -OLD"},
	{ACTION_REPEAT_TAGS, "repeat-tags", IN_BOOKMARKS, ".", "the last change of tags, again",
		NULL, NULL},
	{ACTION_RENAME_TAG, "rename-tag", IN_TAGS, "r", "rename the tag everywhere", "rename",
		"NEW"},
	{ACTION_MERGE_TAGS, "merge-tags", IN_TAGS, "m", "merge the marked tags into one", "merge",
		"INTO"},
	{ACTION_DELETE_TAGS, "delete-tags", IN_TAGS, "d Del", "delete the tag everywhere", "delete",
		NULL},
	{ACTION_CLEAR_FILTER, "clear-filter", IN_LIST | IN_TAGS, "C-t", "clear the filter", NULL,
		NULL},
	{ACTION_DELETE, "delete", IN_BOOKMARKS, "d Del", "delete (u brings it back)", "delete",
		NULL},
	{ACTION_UNDO, "undo", IN_CHANGES, "u", "undo the last change", NULL, "STEPS"},
	{ACTION_REDO, "redo", IN_CHANGES, "C-r", "redo what was undone", NULL, "STEPS"},
	{ACTION_COPY, "copy", IN_BOOKMARKS, "y", "copy the address", NULL, NULL},
	{ACTION_COPY_ALL, "copy-all", IN_LIST, "Y", "copy all addresses shown", NULL, NULL},
	{ACTION_SORT, "sort", IN_LIST, "s", "sort: added, modified, title, url, relevance", NULL,
		"ORDER"},
	{ACTION_REVERSE, "reverse", IN_LIST, "S", "reverse the order", NULL, NULL},

	{ACTION_PREVIEW, "preview", IN_LIST, "p", "preview: right, below, off", NULL,
		"right|below|off"},
	{ACTION_PREVIEW_DOWN, "preview-down", IN_LIST, "J", "scroll the preview down", NULL, NULL},
	{ACTION_PREVIEW_UP, "preview-up", IN_LIST, "K", "scroll the preview up", NULL, NULL},
	{ACTION_PREVIEW_LARGER, "preview-larger", IN_LIST, "+", "larger preview", NULL, NULL},
	{ACTION_PREVIEW_SMALLER, "preview-smaller", IN_LIST, "_", "smaller preview", NULL, NULL},

	{ACTION_IMPORT_PANEL, "import-panel", IN_LIST, "I", "import of GitHub stars", NULL, NULL},
	{ACTION_STARS, "stars", IN_IMPORT, "s Enter", "start or stop the import of stars", "start",
		"USER [full]"},
	{ACTION_STOP_STARS, "stop-stars", IN_IMPORT, "x", "stop the import after this page", "stop",
		NULL},
	{ACTION_IMPORT, "import", IN_VIEWS, "", "import a file, or: github USER", NULL, "FILE"},
	{ACTION_EXPORT, "export", IN_VIEWS, "", "export what is shown", NULL, "FILE [FORMAT]"},
	{ACTION_BACKUP, "backup", IN_VIEWS, "", "a copy of the library", NULL, "FILE"},
	{ACTION_TRASH, "trash", IN_VIEWS, "", "what was deleted", NULL, NULL},
	{ACTION_PURGE, "purge", IN_TRASH, "X", "empty the trash for good", "empty", NULL},

	{ACTION_RELOAD, "reload", IN_LIST | IN_TRASH, "R F5", "read the library again", NULL, NULL},
	{ACTION_COMMAND, "command", IN_VIEWS, ":", "any command by its name", NULL, NULL},
	{ACTION_MESSAGES, "messages", IN_VIEWS & ~IN_MESSAGES, "M", "messages of this session",
		NULL, NULL},
	{ACTION_EVENTS, "events", IN_VIEWS, "", "the log of what happened", NULL, NULL},
	{ACTION_DOCTOR, "doctor", IN_VIEWS, "", "check the library and the set-up", NULL, NULL},
	{ACTION_SET, "set", IN_VIEWS, "", "set an option: mouse, nomouse, ascii, noascii", NULL,
		"OPTION"},
	{ACTION_THEME, "theme", IN_VIEWS, "", "use a theme: calm, vivid, plain", NULL, "NAME"},
	{ACTION_MAP, "map", IN_VIEWS, "", "all keys of all views", NULL, NULL},
	{ACTION_REDRAW, "redraw", IN_VIEWS, "C-l", "redraw the screen", NULL, NULL},
	{ACTION_SUSPEND, "suspend", IN_VIEWS | IN_LINES, "C-z", "suspend (fg comes back)", NULL,
		NULL},
	{ACTION_HELP, "help", IN_VIEWS & ~IN_HELP, "? F1", "help for this view", "help", NULL},
	{ACTION_CANCEL, "step-back", IN_VIEWS, "Esc", "one step back; never quits", NULL, NULL},
	{ACTION_CANCEL, "cancel", IN_VIEWS, "C-c C-g", "cancel", NULL, NULL},
	{ACTION_CLOSE, "close", IN_VIEWS, "q", "close the view; in the list: quit", NULL, NULL},
	{ACTION_QUIT, "quit", IN_VIEWS, "Q", "quit from anywhere", NULL, NULL},

	{ACTION_ACCEPT, "accept", IN_FILTER | IN_PROMPT, "Enter", "do it; the filter stays", "done",
		NULL},
	{ACTION_ACCEPT_AND_OPEN, "accept-and-open", IN_FILTER, "C-o", "open what is selected",
		"open", NULL},
	{ACTION_DOWN, "filter-down", IN_FILTER, "Down C-n C-j", "move down in the list", NULL,
		NULL},
	{ACTION_UP, "filter-up", IN_FILTER, "Up C-p", "move up in the list", NULL, NULL},
	{ACTION_PAGE_DOWN, "filter-page-down", IN_FILTER, "PgDn", "a page down", NULL, NULL},
	{ACTION_PAGE_UP, "filter-page-up", IN_FILTER, "PgUp", "a page up", NULL, NULL},
	{ACTION_COMPLETE, "complete", IN_PROMPT | IN_FILTER, "Tab", "complete", "complete", NULL},
	{ACTION_COMPLETE_BACK, "complete-back", IN_PROMPT | IN_FILTER, "S-Tab",
		"the completion before", NULL, NULL},
	{ACTION_NEXT_FIELD, "next-field", IN_FORM, "Tab Down", "next field", "next", NULL},
	{ACTION_PREVIOUS_FIELD, "previous-field", IN_FORM, "S-Tab Up", "previous field", NULL,
		NULL},
	{ACTION_ACCEPT, "form-accept", IN_FORM, "Enter", "next field; on the last one save", NULL,
		NULL},
	{ACTION_SAVE, "save", IN_FORM, "C-s", "save", "save", NULL},
	{ACTION_CANCEL, "leave", IN_LINES, "Esc C-c C-g", "cancel", "cancel", NULL},

	{LINE(LINE_START), "line-start", IN_LINES, "C-a Home", "to the start of the line", NULL,
		NULL},
	{LINE(LINE_END), "line-end", IN_LINES, "C-e End", "to the end of the line", NULL, NULL},
	{LINE(LINE_LEFT), "left", IN_LINES, "C-b Left", "a character left", NULL, NULL},
	{LINE(LINE_RIGHT), "right", IN_LINES, "C-f Right", "a character right", NULL, NULL},
	{LINE(LINE_WORD_LEFT), "word-left", IN_LINES, "M-b C-Left", "a word left", NULL, NULL},
	{LINE(LINE_WORD_RIGHT), "word-right", IN_LINES, "M-f C-Right", "a word right", NULL, NULL},
	{LINE(LINE_ERASE_LEFT), "erase-left", IN_LINES, "BSpace", "erase to the left", NULL, NULL},
	{LINE(LINE_ERASE_RIGHT), "erase-right", IN_LINES, "C-d Del", "erase to the right", NULL,
		NULL},
	{LINE(LINE_KILL_WORD_LEFT), "kill-word-left", IN_LINES, "C-w M-BSpace", "cut the word left",
		NULL, NULL},
	{LINE(LINE_KILL_WORD_RIGHT), "kill-word-right", IN_LINES, "M-d", "cut the word right", NULL,
		NULL},
	{LINE(LINE_KILL_START), "kill-start", IN_LINES, "C-u", "cut to the start", NULL, NULL},
	{LINE(LINE_KILL_END), "kill-end", IN_LINES, "C-k", "cut to the end", NULL, NULL},
	{LINE(LINE_YANK), "yank", IN_LINES, "C-y", "put back what was cut", NULL, NULL},
	{LINE(LINE_OLDER), "older", IN_PROMPT, "Up C-p", "the line before in the history", NULL,
		NULL},
	{LINE(LINE_NEWER), "newer", IN_PROMPT, "Down C-n", "the next line in the history", NULL,
		NULL},
	{LINE(LINE_OLDER), "filter-older", IN_FILTER, "M-p", "the filter before", NULL, NULL},
	{LINE(LINE_NEWER), "filter-newer", IN_FILTER, "M-n", "the next filter", NULL, NULL},
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
