#!/bin/sh
# Runs a test program under valgrind, which has to stay silent: valgrind.sh PROGRAM. What the program
# forks writes into the same log, so the log decides, besides the exit code. Used by make check-valgrind.
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
# All registers: what reads on after a SIGBUS would go on with stale ones.
timeout "${VALGRIND_SECONDS:-900}" valgrind -q --log-file="$log" --num-callers=25 \
	--vex-iropt-register-updates=allregs-at-mem-access \
	--suppressions="$(dirname "$0")/valgrind.supp" \
	--leak-check=full --errors-for-leak-kinds=definite,possible --error-exitcode=99 "$@"
status=$?
[ $status -ne 124 ] || echo "not done after ${VALGRIND_SECONDS:-900} seconds"
# "--" instead of "==" marks what valgrind says of itself: an old one does not know new system calls.
if grep '^==' "$log"; then
	exit 99
fi
exit $status
