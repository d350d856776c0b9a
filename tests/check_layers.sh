#!/bin/sh
# Reads every #include and asks who may know what:
#
#     domain/     domain/                     libraries that only compute
#     adapters/   adapters/, domain/          SQLite, curl, jansson, libxml2, libplist, inih
#     tui/        tui/, domain/, the port     curses, in tui/terminal.c alone
#     tui/main.c  all
#     tests/      the layer under test; tests/domain and tests/fakes see the domain alone
#
# The port is adapters/engine/engine_port.h: what the screen knows of the engine.
set -u

cd "${top_srcdir:-.}" || exit 1

libc='assert ctype dirent dlfcn endian errno fcntl ftw getopt glob grp iconv inttypes langinfo libgen limits locale math netdb poll
	pthread pwd setjmp signal spawn stdarg stdatomic stdbool stddef stdint stdio stdlib string strings termios time
	unistd wchar wctype arpa/inet net/if netinet/in sys/event sys/eventfd sys/file sys/inotify sys/ioctl sys/mman
	sys/prctl sys/random sys/resource sys/select sys/signalfd sys/socket sys/stat sys/statvfs sys/syscall sys/sysmacros
	sys/time sys/timerfd sys/types sys/uio sys/un sys/vfs sys/wait linux/magic'
domain_libraries='utf8proc.h idn2.h pcre2.h'
adapters_libraries='sqlite3.h curl/* jansson.h libxml/* plist/* microhttpd.h ini.h'
engine_port=adapters/engine/engine_port.h
curses='curses.h ncurses.h term.h ncursesw/*'

matches() { # matches NAME PATTERN...: one of the patterns is like the name
	name=$1
	shift
	for pattern in "$@"; do
		# The pattern is meant as one.
		# shellcheck disable=SC2254
		case $name in $pattern) return 0 ;; esac
	done
	return 1
}

is_libc() {
	case $1 in *.h) ;; *) return 1 ;; esac
	# Lists of words, from here on.
	# shellcheck disable=SC2086
	matches "${1%.h}" $libc
}

domain_test() { # domain_test FILE: it links the domain alone
	case $1 in tests/domain/* | tests/fakes/*) true ;; *) false ;; esac
}

may_include() { # may_include FILE NAME: one of ours
	case $1 in
	tui/main.c) matches "$2" 'tui/*' 'adapters/*' 'domain/*' ;;
	domain/*) matches "$2" 'domain/*' ;;
	adapters/*) matches "$2" 'adapters/*' 'domain/*' ;;
	tui/*) matches "$2" 'tui/*' 'domain/*' "$engine_port" ;;
	tests/fakes/fake_engine.h) matches "$2" 'tests/*' 'domain/*' "$engine_port" ;;
	tests/*)
		if domain_test "$1"; then
			matches "$2" 'tests/*' 'domain/*'
		else
			matches "$2" 'tests/*' 'adapters/*' 'tui/*' 'domain/*'
		fi
		;;
	esac
}

may_use() { # may_use FILE NAME: one of the system's
	is_libc "$2" && return 0
	set -f
	# shellcheck disable=SC2086
	case $1 in
	domain/*) matches "$2" $domain_libraries ;;
	adapters/cli/version.c) matches "$2" $domain_libraries $adapters_libraries ;; # it names them
	adapters/*) matches "$2" $adapters_libraries ;;
	tui/terminal.c) matches "$2" $curses ;;
	tests/*) domain_test "$1" && matches "$2" cmocka.h $domain_libraries ||
		{ ! domain_test "$1" && matches "$2" cmocka.h $domain_libraries $adapters_libraries; } ;;
	*) false ;;
	esac
	answer=$?
	set +f
	return $answer
}

failed=0
complain() {
	echo "$*"
	failed=$((failed + 1))
}

read_includes() { # "file kind name" a line, kind being system or ours
	find domain adapters tui tests -name '*.[ch]' | sort | xargs awk '
		/^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"]/ {
			kind = /include[[:space:]]*</ ? "system" : "ours"
			sub(/^[^<"]*[<"]/, "")
			sub(/[>"].*/, "")
			print FILENAME, kind, $0
		}'
}

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
read_includes >"$scratch/includes"
[ -s "$scratch/includes" ] || complain "no #include was found at all"

while read -r file kind name; do
	case $kind in
	ours) may_include "$file" "$name" || complain "$file may not include \"$name\"" ;;
	system) may_use "$file" "$name" || complain "$file may not include <$name>" ;;
	esac
done <"$scratch/includes"

echo "$(wc -l <"$scratch/includes") includes read, $failed wrong"
[ "$failed" -eq 0 ]
