#!/bin/sh
# A few seconds of fuzzing for each way in, from the kept inputs; FUZZ_SECONDS for more. Skipped where
# clang's libFuzzer is not there.
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
top_srcdir=$(cd "${top_srcdir:-$(dirname "$0")/..}" && pwd) || exit 1
export top_srcdir
cd "$scratch" || exit 1
sh "$top_srcdir/tests/fuzz/fuzz.sh" "${FUZZ_SECONDS:-2}"
