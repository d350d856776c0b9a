#!/bin/sh
# README.md says what is so: the packages are those of script/packages, and every file it names is there.
set -u

cd "${top_srcdir:-.}" || exit 1
failed=0
complain() {
	echo "README.md: $*"
	failed=$((failed + 1))
}

packages=$(sed -n 's/^build \([^|]*\).*/\1/p' script/packages | LC_ALL=C sort | tr '\n' ' ')
named=$(sed -n 's/^| Debian.*`apt-get install \([^`]*\)`.*/\1/p' README.md | tr ' ' '\n' | LC_ALL=C sort | tr '\n' ' ')
[ -n "$packages" ] && [ "$packages" = "$named" ] || complain "the packages for Debian are $packages"

for path in $(grep -oE '`(domain|adapters|tui|tests|script|doc)/[A-Za-z0-9_./-]*`' README.md | tr -d '`'); do
	[ -e "$path" ] || complain "there is no $path"
done

echo "$failed findings"
[ "$failed" -eq 0 ]
