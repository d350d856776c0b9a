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

for package in $(sed -n 's/^option //p' script/packages); do
	grep -q "\`$package\`" README.md || complain "$package is optional, and not named"
done

# "NAME VERSION" a line, as configure wants them and as the table has them.
wants() {
	sed -n -e 's/^PKG_CHECK_MODULES(.*\[\(.*\) >= \([0-9.]*\)\].*/\1 \2/p' \
		-e 's/^BARKY_OPTIONAL(.*\[\(.*\) >= \([0-9.]*\)\].*/\1 \2/p' configure.ac |
		sed -e 's/^sqlite3 /sqlite /' -e 's/^ncursesw /ncurses /' -e 's/^libxml-2.0 /libxml2 /' -e 's/^libutf8proc /utf8proc /' \
			-e 's/^libpcre2-8 /pcre2 /' -e 's/^liblz4 /lz4 /' -e 's/^libplist-2.0 /libplist /' | LC_ALL=C sort
}
says() {
	sed -n 's/^| \([A-Za-z0-9]*\) | \([0-9.]*\) | .*/\1 \2/p' README.md | grep -v '^[0-9]' | tr A-Z a-z | LC_ALL=C sort
}
[ "$(wants)" = "$(says)" ] || complain "the least versions are $(wants | tr '\n' ',')"

for path in $(grep -oE '`(domain|adapters|tui|tests|script|doc)/[A-Za-z0-9_./-]*`' README.md | tr -d '`'); do
	[ -e "$path" ] || complain "there is no $path"
done

echo "$failed findings"
[ "$failed" -eq 0 ]
