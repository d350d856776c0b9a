# The headless mode: a file a command, and what they share.
libadapters_a_SOURCES += \
	adapters/cli/add.c \
	adapters/cli/add_lines.c adapters/cli/add_lines.h \
	adapters/cli/backup.c \
	adapters/cli/bookmark_printer.c adapters/cli/bookmark_printer.h \
	adapters/cli/bus.c \
	adapters/cli/card_layout.c adapters/cli/card_layout.h \
	adapters/cli/cli.c adapters/cli/cli.h \
	adapters/cli/cli_command.c adapters/cli/cli_command.h \
	adapters/cli/cli_hooks.c adapters/cli/cli_hooks.h \
	adapters/cli/cli_query.c adapters/cli/cli_query.h \
	adapters/cli/command_line.c adapters/cli/command_line.h \
	adapters/cli/complaint.c adapters/cli/complaint.h \
	adapters/cli/completion.c \
	adapters/cli/completion_bash.c \
	adapters/cli/completion_fish.c \
	adapters/cli/completion_scripts.h \
	adapters/cli/completion_zsh.c \
	adapters/cli/delete.c \
	adapters/cli/doctor.c \
	adapters/cli/edit.c \
	adapters/cli/edit_form.c adapters/cli/edit_form.h \
	adapters/cli/event_printer.c adapters/cli/event_printer.h \
	adapters/cli/events.c \
	adapters/cli/exit_code.c adapters/cli/exit_code.h \
	adapters/cli/export.c \
	adapters/cli/format_string.c adapters/cli/format_string.h \
	adapters/cli/help.c adapters/cli/help.h \
	adapters/cli/import.c \
	adapters/cli/import_detect.c adapters/cli/import_detect.h \
	adapters/cli/import_file.c adapters/cli/import_file.h \
	adapters/cli/import_stars.c adapters/cli/import_stars.h \
	adapters/cli/input_lines.c adapters/cli/input_lines.h \
	adapters/cli/interruption.c adapters/cli/interruption.h \
	adapters/cli/json_command.c adapters/cli/json_command.h \
	adapters/cli/json_field.c adapters/cli/json_field.h \
	adapters/cli/json_outcome.c adapters/cli/json_outcome.h \
	adapters/cli/late_titles.c adapters/cli/late_titles.h \
	adapters/cli/line_layout.c adapters/cli/line_layout.h \
	adapters/cli/list.c \
	adapters/cli/marked_text.c adapters/cli/marked_text.h \
	adapters/cli/open.c \
	adapters/cli/option_table.c adapters/cli/option_table.h \
	adapters/cli/output.c adapters/cli/output.h \
	adapters/cli/progress.c adapters/cli/progress.h \
	adapters/cli/question.c adapters/cli/question.h \
	adapters/cli/selection.c adapters/cli/selection.h \
	adapters/cli/show.c \
	adapters/cli/standard_streams.c adapters/cli/standard_streams.h \
	adapters/cli/star_run.c adapters/cli/star_run.h \
	adapters/cli/star_summary_json.c adapters/cli/star_summary_json.h \
	adapters/cli/tag_edits.c adapters/cli/tag_edits.h \
	adapters/cli/tag_printer.c adapters/cli/tag_printer.h \
	adapters/cli/tags.c \
	adapters/cli/trash.c \
	adapters/cli/undo.c
