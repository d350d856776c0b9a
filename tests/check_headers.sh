#!/bin/sh
# Every header compiles by itself: what it uses it includes, and it says nothing twice.
set -u

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "${top_srcdir:-.}" || exit 1

checked=0
failed=0
for header in $(find domain adapters tui tests -name '*.h' | sort); do
	printf '#include "%s"\n#include "%s"\ntypedef int nothing_else;\n' "$header" "$header" >"$scratch/alone.c"
	checked=$((checked + 1))
	# CC and HEADER_CFLAGS are lists of words.
	# shellcheck disable=SC2086
	if ! ${CC:-cc} ${HEADER_CFLAGS--std=c11 -D_GNU_SOURCE -I. -I/usr/include/libxml2} -fsyntax-only "$scratch/alone.c"; then
		echo "$header does not compile by itself"
		failed=$((failed + 1))
	fi
done

echo "$checked headers, $failed that do not stand alone"
[ "$checked" -gt 0 ] && [ "$failed" -eq 0 ]
