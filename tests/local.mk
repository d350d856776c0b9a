# A test of the domain is one line in DOMAIN_TESTS: it is built from tests/NAME.c and links the
# domain alone. Tests of the adapters and of the screen name what they link.
DOMAIN_TESTS = \
	tests/test_bookmark_handlers \
	tests/test_bus \
	tests/test_command \
	tests/test_moment \
	tests/test_needle \
	tests/test_query \
	tests/test_query_marks \
	tests/test_row_index \
	tests/test_search \
	tests/test_shelf \
	tests/test_signal \
	tests/test_star_handlers \
	tests/test_tag_set \
	tests/test_text \
	tests/test_text_layout \
	tests/test_undo \
	tests/test_url

ADAPTER_TESTS = \
	tests/test_block_cache \
	tests/test_browser \
	tests/test_catalogue_contract \
	tests/test_clipboard \
	tests/test_command_line \
	tests/test_config \
	tests/test_database \
	tests/test_database_faults \
	tests/test_dates \
	tests/test_edit_form \
	tests/test_editor \
	tests/test_engine \
	tests/test_file_names \
	tests/test_forge_verdict \
	tests/test_format_string \
	tests/test_formats \
	tests/test_hooks \
	tests/test_html_cut \
	tests/test_journal_contract \
	tests/test_json_command \
	tests/test_json_writer \
	tests/test_library_check \
	tests/test_library_faults \
	tests/test_library_watch \
	tests/test_library_writers \
	tests/test_link_header \
	tests/test_line_layout \
	tests/test_mailbox \
	tests/test_migration \
	tests/test_power_cut \
	tests/test_pieces \
	tests/test_reporter \
	tests/test_repository_contract \
	tests/test_round_trip \
	tests/test_whole_file \
	tests/test_origin \
	tests/test_reporter \
	tests/test_repository_contract \
	tests/test_round_trip \
	tests/test_star_batch \
	tests/test_star_ledger_contract \
	tests/test_star_plan \
	tests/test_words

TUI_TESTS = \
	tests/test_age \
	tests/test_id_set \
	tests/test_page \
	tests/test_prompt_words \
	tests/test_scroll \
	tests/test_canvas \
	tests/test_key \
	tests/test_keymap \
	tests/test_layout \
	tests/test_line_editor \
	tests/test_readme \
	tests/test_screen \
	tests/test_screen_form

# The ports over a library in memory.
check_LIBRARIES = libfakes.a
libfakes_a_SOURCES = \
	tests/bus_fixture.c tests/bus_fixture.h \
	tests/fake_catalogue.c tests/fake_catalogue.h \
	tests/fake_engine.c tests/fake_engine.h \
	tests/fake_journal.c tests/fake_journal.h \
	tests/fake_library.c tests/fake_library.h \
	tests/fake_repository.c tests/fake_repository.h \
	tests/fake_star_ledger.c tests/fake_star_ledger.h \
	tests/fake_unit_of_work.c tests/fake_unit_of_work.h \
	tests/indexed_block.c tests/indexed_block.h \
	tests/search_oracle.c tests/search_oracle.h \
	tests/wild_text.c tests/wild_text.h

LDADD = libfakes.a libdomain.a $(DOMAIN_LIBS) $(CMOCKA_LIBS)
# Over SQLite too.
check_LIBRARIES += libfixtures.a
libfixtures_a_SOURCES = \
	tests/database_fixture.c tests/database_fixture.h \
	tests/fake_program.c tests/fake_program.h \
	tests/fault_vfs.c tests/fault_vfs.h \
	tests/format_case.c tests/format_case.h \
	tests/library_fixture.c tests/library_fixture.h \
	tests/opened_library.c tests/opened_library.h \
	tests/power_log.c tests/power_log.h \
	tests/program_fixture.c tests/program_fixture.h \
	tests/study.c tests/study.h \
	tests/temporary_folder.c tests/temporary_folder.h

ADAPTER_TEST_LIBS = libfixtures.a libadapters.a $(LDADD) $(ADAPTERS_LIBS)
TUI_TEST_LIBS = libtui.a $(LDADD) $(TUI_LIBS)

tests_test_dates_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_command_line_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_pieces_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_formats_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_round_trip_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_edit_form_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_format_string_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_block_cache_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_browser_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_clipboard_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_config_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_editor_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_hooks_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_words_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_database_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_database_faults_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_library_writers_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_migration_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_forge_verdict_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_link_header_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_origin_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_star_batch_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_star_ledger_contract_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_star_plan_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_catalogue_contract_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_journal_contract_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_json_command_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_json_writer_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_engine_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_library_check_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_html_cut_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_library_faults_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_power_cut_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_whole_file_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_library_watch_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_line_layout_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_mailbox_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_reporter_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_repository_contract_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_file_names_LDADD = $(ADAPTER_TEST_LIBS)
tests_test_prompt_words_LDADD = $(TUI_TEST_LIBS)
tests_test_age_LDADD = $(TUI_TEST_LIBS)
tests_test_canvas_LDADD = $(TUI_TEST_LIBS)
tests_test_id_set_LDADD = $(TUI_TEST_LIBS)
tests_test_page_LDADD = $(TUI_TEST_LIBS)
tests_test_scroll_LDADD = $(TUI_TEST_LIBS)
tests_test_key_LDADD = $(TUI_TEST_LIBS)
tests_test_keymap_LDADD = $(TUI_TEST_LIBS)
tests_test_layout_LDADD = $(TUI_TEST_LIBS)
tests_test_line_editor_LDADD = $(TUI_TEST_LIBS)
tests_test_screen_SOURCES = tests/test_screen.c $(SCREEN_FIXTURE)
tests_test_screen_LDADD = $(TUI_TEST_LIBS)
tests_test_screen_form_SOURCES = tests/test_screen_form.c $(SCREEN_FIXTURE)
tests_test_screen_form_LDADD = $(TUI_TEST_LIBS)
SCREEN_FIXTURE = tests/screen_fixture.c tests/screen_fixture.h
tests_test_readme_LDADD = $(TUI_TEST_LIBS)

# Programs that measure, by hand: make bench-stars.
EXTRA_PROGRAMS = tests/bench_star_pages
tests_bench_star_pages_SOURCES = tests/bench_star_pages.c
tests_bench_star_pages_LDADD = $(ADAPTER_TEST_LIBS)
EXTRA_DIST += tests/bench_stars.py

bench-stars: barky$(EXEEXT) tests/bench_star_pages$(EXEEXT)
	BARKY='$(abs_top_builddir)/barky$(EXEEXT)' \
	BENCH_STAR_PAGES='$(abs_top_builddir)/tests/bench_star_pages$(EXEEXT)' \
	$(PYTHON) -B $(srcdir)/tests/bench_stars.py
.PHONY: bench-stars

bench-tui: barky$(EXEEXT)
	BARKY='$(abs_top_builddir)/barky$(EXEEXT)' $(PYTHON) -B $(srcdir)/tests/bench_tui.py $(BENCH)
.PHONY: bench-tui

# The tree itself: who includes what, headers that stand alone, sizes and layout.
SHELL_TESTS = \
	tests/check_calls.sh \
	tests/check_fuzz.sh \
	tests/check_headers.sh \
	tests/check_layers.sh \
	tests/check_readme.sh \
	tests/check_style.sh

# The program from outside, by python's unittest; BARKY names it.
PYTHON_TESTS = \
	tests/test_bookmark_commands.py \
	tests/test_cli.py \
	tests/test_clock.py \
	tests/test_completion.py \
	tests/test_doctor.py \
	tests/test_export_files.py \
	tests/test_harness.py \
	tests/test_import_databases.py \
	tests/test_import_files.py \
	tests/test_kill.py \
	tests/test_library_file.py \
	tests/test_manual.py \
	tests/test_output.py \
	tests/test_screen_changes.py \
	tests/test_screen_endings.py \
	tests/test_screen_keys.py \
	tests/test_screen_monkey.py \
	tests/test_screen_shapes.py \
	tests/test_screen_stars.py \
	tests/test_search_program.py \
	tests/test_other_forges.py \
	tests/test_page_title.py \
	tests/test_real_stars.py \
	tests/test_star_faults.py \
	tests/test_star_secrets.py \
	tests/test_star_walk.py \
	tests/test_stars.py \
	tests/test_streams.py \
	tests/test_two_at_once.py

if HAVE_CMOCKA
check_PROGRAMS = $(DOMAIN_TESTS) $(ADAPTER_TESTS) $(TUI_TESTS)
endif
dist_check_SCRIPTS = $(SHELL_TESTS) $(PYTHON_TESTS)
EXTRA_DIST += \
	tests/bench_files.py \
	tests/bench_search.py \
	tests/bench_tui.py \
	tests/made_bookmarks.py \
	tests/corpus \
	tests/dialects \
	tests/fuzz.sh \
	tests/fuzz_case.c tests/fuzz_case.h \
	tests/fuzz_csv.c tests/fuzz_json.c tests/fuzz_jsonl.c tests/fuzz_lists.c \
	tests/fuzz_links.c tests/fuzz_netscape.c tests/fuzz_stars.c tests/fuzz_title.c tests/fuzz_url.c \
	tests/fake_forge.py \
	tests/forge_faults.py \
	tests/harness.py \
	tests/stars_case.py \
	tests/screen_test.py \
	tests/screens \
	tests/terminal.py

TESTS = $(check_PROGRAMS) $(SHELL_TESTS)
if HAVE_PYTHON
TESTS += $(PYTHON_TESTS)
endif
TEST_EXTENSIONS = .py .sh
PY_LOG_COMPILER = $(PYTHON) -B
SH_LOG_COMPILER = $(SHELL)
AM_TESTS_ENVIRONMENT = \
	BARKY='$(abs_top_builddir)/barky$(EXEEXT)'; export BARKY; \
	top_srcdir='$(abs_top_srcdir)'; export top_srcdir; \
	SANITIZERS='$(SANITIZER_FLAGS)'; export SANITIZERS; \
	CC='$(CC)'; export CC; \
	HEADER_CFLAGS='$(HEADER_CFLAGS)'; export HEADER_CFLAGS; \
	ASAN_OPTIONS="detect_stack_use_after_return=1:$${ASAN_OPTIONS-}"; export ASAN_OPTIONS; \
	UBSAN_OPTIONS="print_stacktrace=1:$${UBSAN_OPTIONS-}"; export UBSAN_OPTIONS;
HEADER_CFLAGS = -std=c11 $(WARNING_CFLAGS) -I$(abs_top_srcdir) -D_GNU_SOURCE \
	$(DOMAIN_CFLAGS) $(ADAPTERS_CFLAGS) $(TUI_CFLAGS) $(CMOCKA_CFLAGS)

# Every test program under valgrind, which has to stay silent.
check-valgrind:
	@command -v valgrind >/dev/null || \
		{ echo "check-valgrind: nothing was checked, as valgrind is not installed" >&2; exit 77; }
	@test -z '$(SANITIZER_FLAGS)' || \
		{ echo "check-valgrind: not with sanitizers, which valgrind cannot run" >&2; exit 77; }
	$(MAKE) check TESTS='$(check_PROGRAMS)' LOG_COMPILER='$(SHELL) $(abs_top_srcdir)/tests/valgrind.sh'
.PHONY: check-valgrind
EXTRA_DIST += tests/valgrind.sh tests/valgrind.supp

check-programs: $(check_PROGRAMS)
.PHONY: check-programs

# Beside buku: make bench-files BENCH="--in 100000 --out 1000000".
bench-files: barky$(EXEEXT)
	BARKY='$(abs_top_builddir)/barky$(EXEEXT)' $(PYTHON) -B $(srcdir)/tests/bench_files.py $(BENCH)
.PHONY: bench-files

# libFuzzer, a minute for each way in; findings are left in fuzz/findings.
fuzz:
	top_srcdir='$(abs_top_srcdir)' XML2_SONAME='$(XML2_SONAME)' $(SHELL) $(srcdir)/tests/fuzz.sh $${FUZZ_SECONDS-60}
.PHONY: fuzz
