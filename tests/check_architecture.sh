#!/bin/sh
# doc/architecture.md is true: what it quotes of the source stands there, each file and each test that it names is there.
set -u

cd "${top_srcdir:-.}" || exit 1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
document=doc/architecture.md
failed=0

complain() {
	echo "$document: $*"
	failed=$((failed + 1))
}

# Lines of code, without the blanks before them.
find domain adapters -name '*.[ch]' -exec cat {} + | sed 's/^[[:space:]]*//' | sort -u >"$scratch/source"
awk '/^```c$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$document" | sed 's/^[[:space:]]*//; /^$/d' >"$scratch/quoted"
[ -s "$scratch/quoted" ] || complain "quotes nothing"
while IFS= read -r line; do
	grep -qxF -- "$line" "$scratch/source" || complain "the source does not say: $line"
done <"$scratch/quoted"

grep -oE '`(domain|adapters|tests)/[a-z_/]+\.[ch]`' "$document" | tr -d '`' | sort -u >"$scratch/files"
while read -r file; do
	[ -e "$file" ] || complain "there is no $file"
done <"$scratch/files"

grep -oE '`[a-z]+(_[a-z]+){4,}`' "$document" | tr -d '`' | sort -u >"$scratch/tests"
while read -r name; do
	grep -rqw "$name" tests/domain || complain "there is no test $name"
done <"$scratch/tests"

echo "$(wc -l <"$scratch/quoted") lines, $(wc -l <"$scratch/files") files and $(wc -l <"$scratch/tests") tests looked up, $failed wrong"
[ "$failed" -eq 0 ]
