#!/bin/sh
# No test depends on how fast a machine is: a wait has the one bound of its language (PATIENCE, PATIENCE_MS), and none
# asserts how long something took.
set -u

cd "${top_srcdir:-.}" || exit 1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

# The tests of the harness itself wait for its bounds to be kept.
find tests/program -name '*.py' ! -name test_harness.py | sort >"$scratch/python"
find tests -name '*.c' ! -path 'tests/bench/*' ! -path 'tests/fuzz/*' | sort >"$scratch/c"
[ -s "$scratch/python" ] && [ -s "$scratch/c" ] || { echo "no test was found"; exit 1; }

{
	xargs grep -nE 'timeout=[0-9]|\.(wait|join|communicate)\([0-9]|(wait_for|until)\(.*, [0-9.]+\)$' <"$scratch/python" |
		sed 's/$/    (a bound of its own)/'
	xargs grep -nE 'assert.*((monotonic|perf_counter)\()|= time\.(monotonic|perf_counter)\(\) - ' <"$scratch/python" |
		sed 's/$/    (a duration)/'
	xargs grep -nE 'poll\([^()]*(\([^()]*\)[^()]*)*, [0-9]{3,}\)|\<alarm\([0-9]' <"$scratch/c" | sed 's/$/    (a bound of its own)/'
	xargs grep -nE 'CLOCK_MONOTONIC|steady_clock' <"$scratch/c" | grep -vE 'PATIENCE_MS|[<>] until|#include' | sed 's/$/    (a duration)/'
} >"$scratch/findings"
cat "$scratch/findings"
echo "$(cat "$scratch/python" "$scratch/c" | wc -l) tests read, $(wc -l <"$scratch/findings") findings"
[ ! -s "$scratch/findings" ]
