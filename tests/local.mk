# A test of the domain is one line in DOMAIN_TESTS: it is built from tests/NAME.c and links the
# domain alone. Tests of the adapters and of the screen name what they link.
DOMAIN_TESTS = \
	tests/test_command \
	tests/test_signal \
	tests/test_tag_set \
	tests/test_text

ADAPTER_TESTS = \
	tests/test_mailbox

TUI_TESTS =

check_PROGRAMS = $(DOMAIN_TESTS) $(ADAPTER_TESTS) $(TUI_TESTS)
TESTS = $(check_PROGRAMS)

LDADD = libdomain.a $(DOMAIN_LIBS) $(CMOCKA_LIBS)
ADAPTER_TEST_LIBS = libadapters.a $(LDADD) $(ADAPTERS_LIBS)
TUI_TEST_LIBS = libtui.a $(LDADD) $(TUI_LIBS)

tests_test_mailbox_LDADD = $(ADAPTER_TEST_LIBS)
