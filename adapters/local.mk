libadapters_a_SOURCES = \
	adapters/bootstrap.c adapters/bootstrap.h \
	adapters/doctor/check.c adapters/doctor/check.h \
	adapters/doctor/content_check.c adapters/doctor/content_check.h \
	adapters/doctor/doctor.c adapters/doctor/doctor.h \
	adapters/doctor/place_check.c adapters/doctor/place_check.h \
	adapters/engine/desk.c adapters/engine/desk.h \
	adapters/engine/desk_files.c adapters/engine/desk_files.h \
	adapters/engine/desk_stars.c adapters/engine/desk_stars.h \
	adapters/engine/desk_texts.c adapters/engine/desk_texts.h \
	adapters/engine/edit_sheet.c adapters/engine/edit_sheet.h \
	adapters/engine/engine.c adapters/engine/engine.h \
	adapters/engine/mailbox.c adapters/engine/mailbox.h \
	adapters/engine/open_errands.c adapters/engine/open_errands.h \
	adapters/engine/progress_slot.c adapters/engine/progress_slot.h \
	adapters/engine/reporter.c adapters/engine/reporter.h \
	adapters/engine/title_errands.c adapters/engine/title_errands.h \
	adapters/files/browser_profiles.c adapters/files/browser_profiles.h \
	adapters/files/decoder.c adapters/files/decoder.h \
	adapters/files/file_export.c adapters/files/file_export.h \
	adapters/files/file_import.c adapters/files/file_import.h \
	adapters/files/file_names.c adapters/files/file_names.h \
	adapters/files/input.c adapters/files/input.h \
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
	adapters/formats/line_source.c adapters/formats/line_source.h \
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
	adapters/html/html_cut.c adapters/html/html_cut.h \
	adapters/html/html_mender.c adapters/html/html_mender.h \
	adapters/html/html_parser.c adapters/html/html_parser.h \
	adapters/html/html_title.c adapters/html/html_title.h \
	adapters/html/page_charset.c adapters/html/page_charset.h \
	adapters/html/xml_library.c adapters/html/xml_library.h \
	adapters/http/http_answer.c adapters/http/http_answer.h \
	adapters/http/http_client.c adapters/http/http_client.h \
	adapters/http/http_date.c adapters/http/http_date.h \
	adapters/http/http_exchange.c adapters/http/http_exchange.h \
	adapters/http/http_library.c adapters/http/http_library.h \
	adapters/http/origin.c adapters/http/origin.h \
	adapters/http/page_title.c adapters/http/page_title.h \
	adapters/json/event_json.c adapters/json/event_json.h \
	adapters/json/json_guard.c adapters/json/json_guard.h \
	adapters/json/json_writer.c adapters/json/json_writer.h \
	adapters/rows/block_cache.c adapters/rows/block_cache.h \
	adapters/rows/block_file.c adapters/rows/block_file.h \
	adapters/rows/block_layout.c adapters/rows/block_layout.h \
	adapters/rows/block_map.c \
	adapters/rows/checksum.c adapters/rows/checksum.h \
	adapters/rows/finder.c adapters/rows/finder.h \
	adapters/sqlite/backup.c adapters/sqlite/backup.h \
	adapters/sqlite/bookmark_row.c adapters/sqlite/bookmark_row.h \
	adapters/sqlite/change_forget.c adapters/sqlite/change_forget.h \
	adapters/sqlite/change_image_text.c adapters/sqlite/change_image_text.h \
	adapters/sqlite/change_images.c adapters/sqlite/change_images.h \
	adapters/sqlite/change_walk.c adapters/sqlite/change_walk.h \
	adapters/sqlite/connection.c adapters/sqlite/connection.h \
	adapters/sqlite/database.c adapters/sqlite/database.h \
	adapters/sqlite/database_error.c adapters/sqlite/database_error.h \
	adapters/sqlite/event_log.c adapters/sqlite/event_log.h \
	adapters/sqlite/id_list.c adapters/sqlite/id_list.h \
	adapters/sqlite/library_file.c adapters/sqlite/library_file.h \
	adapters/sqlite/library_watch.c adapters/sqlite/library_watch.h \
	adapters/sqlite/listing_order.c adapters/sqlite/listing_order.h \
	adapters/sqlite/lock_holder.c adapters/sqlite/lock_holder.h \
	adapters/sqlite/lock_wait.c adapters/sqlite/lock_wait.h \
	adapters/sqlite/made_runs.c adapters/sqlite/made_runs.h \
	adapters/sqlite/migration.c adapters/sqlite/migration.h \
	adapters/sqlite/safety_copy.c adapters/sqlite/safety_copy.h \
	adapters/sqlite/schema.c adapters/sqlite/schema.h \
	adapters/sqlite/sqlite_catalogue.c adapters/sqlite/sqlite_catalogue.h \
	adapters/sqlite/sqlite_journal.c adapters/sqlite/sqlite_journal.h \
	adapters/sqlite/sqlite_repository.c adapters/sqlite/sqlite_repository.h \
	adapters/sqlite/sqlite_star_ledger.c adapters/sqlite/sqlite_star_ledger.h \
	adapters/sqlite/sqlite_unit_of_work.c adapters/sqlite/sqlite_unit_of_work.h \
	adapters/sqlite/tag_list.c adapters/sqlite/tag_list.h \
	adapters/stars/forge.c adapters/stars/forge.h \
	adapters/stars/forge_token.c adapters/stars/forge_token.h \
	adapters/stars/forge_verdict.c adapters/stars/forge_verdict.h \
	adapters/stars/link_header.c adapters/stars/link_header.h \
	adapters/stars/star_answer.c \
	adapters/stars/star_batch.c adapters/stars/star_batch.h \
	adapters/stars/star_fetch.c \
	adapters/stars/star_import.h \
	adapters/stars/star_importer.c adapters/stars/star_importer.h \
	adapters/stars/star_phase.c adapters/stars/star_phase.h \
	adapters/stars/star_plan.c adapters/stars/star_plan.h \
	adapters/stars/star_report.c \
	adapters/stars/star_request.c \
	adapters/stars/star_slot.c adapters/stars/star_slot.h \
	adapters/stars/star_store.c \
	adapters/stars/token_command.c adapters/stars/token_command.h \
	adapters/system/browser.c adapters/system/browser.h \
	adapters/system/clipboard.c adapters/system/clipboard.h \
	adapters/system/config.c adapters/system/config.h \
	adapters/system/desktop_program.c adapters/system/desktop_program.h \
	adapters/system/editor.c adapters/system/editor.h \
	adapters/system/folder.c adapters/system/folder.h \
	adapters/system/hooks.c adapters/system/hooks.h \
	adapters/system/paths.c adapters/system/paths.h \
	adapters/system/screen_state.c adapters/system/screen_state.h \
	adapters/system/spawn.c adapters/system/spawn.h \
	adapters/system/steady_clock.c adapters/system/steady_clock.h \
	adapters/system/system_clock.c adapters/system/system_clock.h \
	adapters/system/whole_file.c adapters/system/whole_file.h \
	adapters/system/words.c adapters/system/words.h

ADAPTERS_CFLAGS = $(SQLITE_CFLAGS) $(CURL_CFLAGS) $(JANSSON_CFLAGS) $(XML2_CFLAGS) $(INIH_CFLAGS)
libadapters_a_CPPFLAGS = $(AM_CPPFLAGS) $(ADAPTERS_CFLAGS)
ADAPTERS_LIBS = $(SQLITE_LIBS) $(JANSSON_LIBS) $(INIH_LIBS) -lpthread
