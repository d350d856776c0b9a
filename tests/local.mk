# Tests of the domain link the domain alone; those of the adapters the adapters too.
DOMAIN_TESTS =
ADAPTER_TESTS =
TUI_TESTS =

check_PROGRAMS = $(DOMAIN_TESTS) $(ADAPTER_TESTS) $(TUI_TESTS)
TESTS = $(check_PROGRAMS)
