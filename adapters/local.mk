libadapters_a_SOURCES = \
	adapters/backup.c adapters/backup.h \
	adapters/block_cache.c adapters/block_cache.h \
	adapters/block_file.c adapters/block_file.h \
	adapters/block_layout.c adapters/block_layout.h \
	adapters/block_map.c \
	adapters/bookmark_row.c adapters/bookmark_row.h \
	adapters/bootstrap.c adapters/bootstrap.h \
	adapters/browser.c adapters/browser.h \
	adapters/browser_profiles.c adapters/browser_profiles.h \
	adapters/change_forget.c adapters/change_forget.h \
	adapters/change_image_text.c adapters/change_image_text.h \
	adapters/change_images.c adapters/change_images.h \
	adapters/change_walk.c adapters/change_walk.h \
	adapters/check.c adapters/check.h \
	adapters/checksum.c adapters/checksum.h \
	adapters/clipboard.c adapters/clipboard.h \
	adapters/config.c adapters/config.h \
	adapters/connection.c adapters/connection.h \
	adapters/content_check.c adapters/content_check.h \
	adapters/database.c adapters/database.h \
	adapters/database_error.c adapters/database_error.h \
	adapters/decoder.c adapters/decoder.h \
	adapters/desk.c adapters/desk.h \
	adapters/desk_files.c adapters/desk_files.h \
	adapters/desk_stars.c adapters/desk_stars.h \
	adapters/desk_texts.c adapters/desk_texts.h \
	adapters/doctor.c adapters/doctor.h \
	adapters/edit_sheet.c adapters/edit_sheet.h \
	adapters/editor.c adapters/editor.h \
	adapters/engine.c adapters/engine.h \
	adapters/event_json.c adapters/event_json.h \
	adapters/event_log.c adapters/event_log.h \
	adapters/file_export.c adapters/file_export.h \
	adapters/file_import.c adapters/file_import.h \
	adapters/finder.c adapters/finder.h \
	adapters/folder.c adapters/folder.h \
	adapters/forge.c adapters/forge.h \
	adapters/forge_token.c adapters/forge_token.h \
	adapters/forge_verdict.c adapters/forge_verdict.h \
	adapters/formats/csv.h \
	adapters/formats/csv_reader.c \
	adapters/formats/csv_rows.c adapters/formats/csv_rows.h \
	adapters/formats/csv_writer.c \
	adapters/formats/databases.h \
	adapters/formats/dates.c adapters/formats/dates.h \
	adapters/formats/firefox_reader.c \
	adapters/formats/folders.c adapters/formats/folders.h \
	adapters/formats/foreign_database.c adapters/formats/foreign_database.h \
	adapters/formats/formats.c adapters/formats/formats.h \
	adapters/formats/json.h \
	adapters/formats/json_formats_writer.c \
	adapters/formats/json_reader.c \
	adapters/formats/json_record.c adapters/formats/json_record.h \
	adapters/formats/json_shape.c adapters/formats/json_shape.h \
	adapters/formats/json_stream.c adapters/formats/json_stream.h \
	adapters/formats/json_tree.c adapters/formats/json_tree.h \
	adapters/formats/json_value.c adapters/formats/json_value.h \
	adapters/formats/jsonl_reader.c \
	adapters/formats/line_reader.c adapters/formats/line_reader.h \
	adapters/formats/lists.c adapters/formats/lists.h \
	adapters/formats/markdown_reader.c \
	adapters/formats/markdown_writer.c \
	adapters/formats/netscape.h \
	adapters/formats/netscape_reader.c \
	adapters/formats/netscape_writer.c \
	adapters/formats/org_reader.c \
	adapters/formats/org_writer.c \
	adapters/formats/reader.h \
	adapters/formats/record.c adapters/formats/record.h \
	adapters/formats/table_reader.c \
	adapters/formats/urls.c \
	adapters/formats/writer.h \
	adapters/hooks.c adapters/hooks.h \
	adapters/html_cut.c adapters/html_cut.h \
	adapters/html_mender.c adapters/html_mender.h \
	adapters/html_parser.c adapters/html_parser.h \
	adapters/html_title.c adapters/html_title.h \
	adapters/http_answer.c adapters/http_answer.h \
	adapters/http_client.c adapters/http_client.h \
	adapters/http_date.c adapters/http_date.h \
	adapters/http_exchange.c adapters/http_exchange.h \
	adapters/http_library.c adapters/http_library.h \
	adapters/id_list.c adapters/id_list.h \
	adapters/input.c adapters/input.h \
	adapters/json_guard.c adapters/json_guard.h \
	adapters/json_writer.c adapters/json_writer.h \
	adapters/library_file.c adapters/library_file.h \
	adapters/library_watch.c adapters/library_watch.h \
	adapters/link_header.c adapters/link_header.h \
	adapters/listing_order.c adapters/listing_order.h \
	adapters/lock_holder.c adapters/lock_holder.h \
	adapters/lock_wait.c adapters/lock_wait.h \
	adapters/made_runs.c adapters/made_runs.h \
	adapters/mailbox.c adapters/mailbox.h \
	adapters/migration.c adapters/migration.h \
	adapters/open_errands.c adapters/open_errands.h \
	adapters/origin.c adapters/origin.h \
	adapters/page_charset.c adapters/page_charset.h \
	adapters/page_title.c adapters/page_title.h \
	adapters/paths.c adapters/paths.h \
	adapters/place_check.c adapters/place_check.h \
	adapters/progress_slot.c adapters/progress_slot.h \
	adapters/reporter.c adapters/reporter.h \
	adapters/safety_copy.c adapters/safety_copy.h \
	adapters/schema.c adapters/schema.h \
	adapters/spawn.c adapters/spawn.h \
	adapters/screen_state.c adapters/screen_state.h \
	adapters/sqlite_catalogue.c adapters/sqlite_catalogue.h \
	adapters/sqlite_journal.c adapters/sqlite_journal.h \
	adapters/sqlite_repository.c adapters/sqlite_repository.h \
	adapters/sqlite_star_ledger.c adapters/sqlite_star_ledger.h \
	adapters/sqlite_unit_of_work.c adapters/sqlite_unit_of_work.h \
	adapters/star_answer.c \
	adapters/star_batch.c adapters/star_batch.h \
	adapters/star_fetch.c \
	adapters/star_import.h \
	adapters/star_importer.c adapters/star_importer.h \
	adapters/star_phase.c adapters/star_phase.h \
	adapters/star_plan.c adapters/star_plan.h \
	adapters/star_report.c \
	adapters/star_request.c \
	adapters/star_slot.c adapters/star_slot.h \
	adapters/star_store.c \
	adapters/system_clock.c adapters/system_clock.h \
	adapters/tag_list.c adapters/tag_list.h \
	adapters/title_errands.c adapters/title_errands.h \
	adapters/token_command.c adapters/token_command.h \
	adapters/whole_file.c adapters/whole_file.h \
	adapters/words.c adapters/words.h \
	adapters/xml_library.c adapters/xml_library.h

ADAPTERS_CFLAGS = $(SQLITE_CFLAGS) $(CURL_CFLAGS) $(JANSSON_CFLAGS) $(XML2_CFLAGS) $(INIH_CFLAGS)
libadapters_a_CPPFLAGS = $(AM_CPPFLAGS) $(ADAPTERS_CFLAGS)
ADAPTERS_LIBS = $(SQLITE_LIBS) $(JANSSON_LIBS) $(INIH_LIBS) -lpthread
