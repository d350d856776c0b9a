#!/bin/sh
# Sizes and layout: a file past 800 lines holds two nouns, a function past 60 does two things, and
# .clang-format decides the rest (where its version 14 is there: others lay out differently).
set -u

cd "${top_srcdir:-.}" || exit 1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

find domain adapters tui tests -name '*.[ch]' | sort >"$scratch/c"
find tests script -name '*.sh' -o -name '*.py' | sort >"$scratch/others"
[ -s "$scratch/c" ] || { echo "no source was found"; exit 1; }

cat "$scratch/c" "$scratch/others" | xargs wc -l | awk '
	$2 != "total" && $1 > 800 { print $2 ": " $1 " lines, so it holds two nouns" }' >"$scratch/found"

# With kernel braces a function is what stands between a { and a } in the first column.
xargs awk '
	FNR == 1 { start = 0 }
	/^{/ { start = FNR; name = before }
	/^}/ && start {
		if (FNR - start - 1 > 60) print FILENAME ":" start ": " FNR - start - 1 " lines: " name
		start = 0
	}
	{ before = $0 }' <"$scratch/c" >>"$scratch/found"
cat "$scratch/found"
failed=$(wc -l <"$scratch/found")

if clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
	xargs clang-format --dry-run -Werror <"$scratch/c" 2>"$scratch/layout" || {
		grep -c 'error:' "$scratch/layout" | sed 's/$/ places are laid out differently; make format mends them:/'
		sed -n 's/^\([^:]*\):.*error:.*/\1/p' "$scratch/layout" | sort | uniq -c
		failed=$((failed + 1))
	}
else
	echo "no clang-format 14 here: layout not checked"
fi

echo "$(wc -l <"$scratch/c") sources read, $failed findings"
[ "$failed" -eq 0 ]
