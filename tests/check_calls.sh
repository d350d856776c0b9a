#!/bin/sh
# What the source may call: text reaches a terminal or a pipe only where it is made safe to print, no
# shell is ever started, and the C library's traps stay shut.
set -u

cd "${top_srcdir:-.}" || exit 1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

# Every place that names standard output or error; each passes what it is given through
# text_printable() or writes words of its own.
sinks='adapters/cli/cli.c adapters/cli/complaint.c adapters/cli/progress.c adapters/cli/question.c
	adapters/files/input.c domain/base/memory.c tui/terminal.c tui/tty.c
	tui/main.c'

find domain adapters tui -name '*.[ch]' | sort >"$scratch/files"
[ -s "$scratch/files" ] || { echo "no source was found"; exit 1; }
failed=0

complain() { # complain WHAT: each line of the input is a finding
	while read -r place; do
		echo "$1: $place"
		echo . >>"$scratch/failed"
	done
}

calls() { # calls NAMES: places that call one of these functions, comments left out
	xargs grep -nE "(^|[^A-Za-z0-9_>.\"])($1) ?\(" <"$scratch/files" | grep -vE '^[^:]*:[0-9]*:[[:space:]]*(/?\*|//)'
}

calls 'system|popen|wordexp|execl|execlp|vfork' | complain 'starts a program in another way than by an argument list'
calls 'gets|strcpy|strcat|sprintf|vsprintf|strncpy|strncat|strtok|tmpnam|tempnam|mktemp|alloca|atoi|atol|atof' |
	complain 'a function that goes wrong by itself'
calls 'printf|vprintf|puts|putchar|perror|psignal|warn|warnx|err|errx' | complain 'prints past what makes text safe'

xargs grep -nE '\<(stdout|stderr|STDOUT_FILENO|STDERR_FILENO)\>' <"$scratch/files" |
	grep -vE '^[^:]*:[0-9]*:[[:space:]]*(/?\*|//)' | while IFS=: read -r file line text; do
	case " $(echo $sinks) " in
	*" $file "*) ;;
	*) echo "$file:$line:$text" ;;
	esac
done | complain 'names standard output or error'

[ ! -e "$scratch/failed" ] || failed=$(wc -l <"$scratch/failed")
echo "$(wc -l <"$scratch/files") sources read, $failed findings"
[ "$failed" -eq 0 ]
