# What links what; the lists of tests are in files.mk. A test of the domain links the domain alone,
# over fakes; one of the adapters SQLite besides; one of the screen
# the engine's port alone of the adapters.
check_LIBRARIES = libfakes.a libfixtures.a libscreenfixtures.a

LDADD = libfakes.a libdomain.a $(DOMAIN_LIBS) $(CMOCKA_LIBS)
ADAPTERS_TEST_LIBS = libfixtures.a libadapters.a $(LDADD) $(ADAPTERS_LIBS)
TUI_TEST_LIBS = libscreenfixtures.a libtui.a libfakes.a libadapters.a $(LDADD) $(TUI_LIBS)

# Programs that measure, run by hand (make bench, make bench-stars) and built with the tests.
BENCHMARKS = tests/bench/bench_star_pages tests/bench/bench_words
EXTRA_PROGRAMS = $(BENCHMARKS)
tests_bench_bench_star_pages_SOURCES = tests/bench/bench_star_pages.c
tests_bench_bench_star_pages_LDADD = $(ADAPTERS_TEST_LIBS)
tests_bench_bench_words_SOURCES = tests/bench/bench_words.c
tests_bench_bench_words_LDADD = $(ADAPTERS_TEST_LIBS)

bench-stars: barky$(EXEEXT) tests/bench/bench_star_pages$(EXEEXT)
	BARKY='$(abs_top_builddir)/barky$(EXEEXT)' \
	BENCH_STAR_PAGES='$(abs_top_builddir)/tests/bench/bench_star_pages$(EXEEXT)' \
	$(PYTHON) -B $(srcdir)/tests/bench/bench_stars.py
.PHONY: bench-stars

bench-tui: barky$(EXEEXT)
	BARKY='$(abs_top_builddir)/barky$(EXEEXT)' $(PYTHON) -B $(srcdir)/tests/bench/bench_tui.py $(BENCH)
.PHONY: bench-tui

if HAVE_CMOCKA
UNIT_TESTS = $(DOMAIN_TESTS) $(ADAPTERS_TESTS) $(TUI_TESTS)
check_PROGRAMS = $(UNIT_TESTS) $(BENCHMARKS)
endif
# The tree itself (who includes what, headers that stand alone, sizes and layout), then the program from
# outside, by python's unittest; BARKY names it.
dist_check_SCRIPTS = $(SHELL_TESTS) $(PYTHON_TESTS)
EXTRA_DIST += $(TEST_FILES)

TESTS = $(UNIT_TESTS) $(SHELL_TESTS)
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
	TEST_LIBS='$(CMOCKA_LIBS) $(DOMAIN_LIBS) $(TUI_LIBS)'; export TEST_LIBS; \
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
	$(MAKE) check TESTS='$(UNIT_TESTS)' LOG_COMPILER='$(SHELL) $(abs_top_srcdir)/tests/valgrind.sh'
.PHONY: check-valgrind

check-programs: $(check_PROGRAMS)
.PHONY: check-programs

# The side for systems that are no Linux, here: all tests over it.
check-portable:
	cd $(srcdir) && script/build portable all check-programs -- --without-linux CFLAGS='$(CFLAGS)'
	$(MAKE) -C $(srcdir)/build/portable check
.PHONY: check-portable

# Beside buku: make bench-files BENCH="--in 100000 --out 1000000".
bench-files: barky$(EXEEXT)
	BARKY='$(abs_top_builddir)/barky$(EXEEXT)' $(PYTHON) -B $(srcdir)/tests/bench/bench_files.py $(BENCH)
.PHONY: bench-files

# libFuzzer, a minute for each way in; findings are left in fuzz/findings.
fuzz:
	top_srcdir='$(abs_top_srcdir)' XML2_SONAME='$(XML2_SONAME)' $(SHELL) $(srcdir)/tests/fuzz/fuzz.sh $${FUZZ_SECONDS-60}
.PHONY: fuzz

# The tests at a release's scale, for hours; it goes on where it was stopped: make campaign ROWS="kills fuzz".
campaign: barky$(EXEEXT)
	BARKY='$(abs_top_builddir)/barky$(EXEEXT)' MAKE='$(MAKE)' $(SHELL) $(srcdir)/tests/campaign.sh $(ROWS)
.PHONY: campaign

# cppcheck and clang-tidy, which have to find nothing.
lint:
	$(SHELL) $(srcdir)/script/lint
.PHONY: lint
