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
failed=0

for file in $(cat "$scratch/c" "$scratch/others"); do
	lines=$(wc -l <"$file")
	if [ "$lines" -gt 800 ]; then
		echo "$file: $lines lines, so it holds two nouns"
		failed=$((failed + 1))
	fi
done

# With kernel braces a function is what stands between a { and a } in the first column.
for file in $(cat "$scratch/c"); do
	awk -v file="$file" '
		/^{/ { start = NR; name = before }
		/^}/ && start { if (NR - start - 1 > 60) { print file ":" start ": " NR - start - 1 " lines: " name; bad = 1 } start = 0 }
		{ before = $0 }
		END { exit bad }' "$file" || failed=$((failed + 1))
done

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
