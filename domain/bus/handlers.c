#include "domain/bus/handlers.h"

const handle_fn command_handlers[COMMAND_TYPES] = {
	[ADD_BOOKMARKS] = handle_add_bookmarks,
	[EDIT_BOOKMARKS] = handle_edit_bookmarks,
	[DELETE_BOOKMARKS] = handle_delete_bookmarks,
	[RESTORE_BOOKMARKS] = handle_restore_bookmarks,
	[EMPTY_TRASH] = handle_empty_trash,
	[RENAME_TAGS] = handle_rename_tags,
	[DELETE_TAGS] = handle_delete_tags,
	[TAKE_IN_BOOKMARKS] = handle_take_in_bookmarks,
	[UNDO] = handle_undo,
	[REDO] = handle_redo,
	[REQUEST_STARS] = handle_request_stars,
	[TAKE_IN_STARS] = handle_take_in_stars,
	[FINISH_STARS] = handle_finish_stars,
};
