#!/bin/sh
# What takes hours: the tests at a release's scale, a row after the other (make campaign). What is done is
# remembered in the folder campaign of the build, and only done again for another barky or after a failure, so it
# can be stopped at any moment and goes on where it was. campaign.sh [ROW...]: these rows alone.
set -u

make=${MAKE:-make}
folder=campaign
mkdir -p "$folder" || exit 1

# Row, what it is at (settings of the tests), the tests.
rows() {
	cat <<'END'
kills|KILLS=280|tests/program/test_kill.py
kill-points|KILL_POINTS=all|tests/program/test_kill_points.py
power-cuts|POWER_IMAGES=3000|tests/adapters/test_power_cut
faults||tests/adapters/test_library_faults tests/adapters/test_database_faults tests/program/test_streams.py
memory|MEMORY_POINTS=2000|tests/program/test_out_of_memory.py
writers|WRITER_CHANGES=10000|tests/adapters/test_library_writers
crowd|WRITERS=8 WRITER_CHANGES=10000|tests/program/test_two_at_once.py
slow-readers||tests/program/test_slow_readers.py
hostile-libraries|HOSTILE_ROUNDS=30|tests/program/test_hostile_library.py
hostile-files||tests/adapters/test_formats tests/program/test_import_files.py tests/program/test_import_databases.py
secrets||tests/program/test_star_secrets.py
network||tests/program/test_star_faults.py
moving-list||tests/program/test_star_walk.py
endings|SIGNALS=500|tests/program/test_screen_endings.py tests/program/test_screen_quit.py
monkey|MONKEY_KEYS=40000|tests/program/test_screen_monkey.py
round-trip||tests/adapters/test_round_trip
search|BARKY_TEST_ROUNDS=10000|tests/domain/test_search
migration||tests/adapters/test_migration
clocks||tests/program/test_clock.py
fuzz|FUZZ_SECONDS=1440|tests/check_fuzz.sh
END
}

# A mark says that a row went well with this barky.
is_done() {
	[ "$folder/$1.done" -nt "${BARKY:-barky}" ]
}

# What a test says of how much it was: points of killing, the longest wait, runs of a fuzzer.
figures_of() {
	for test in $1; do
		log=${test%.py}
		sed -n -E '/killed at|longest wait|: Done |^Ran [0-9]+ test|PASSED/p' "${log%.sh}.log" 2>/dev/null
	done
}

run_row() { # run_row NAME SETTINGS TESTS
	begun=$(date +%s)
	# shellcheck disable=SC2086
	env $2 "$make" check TESTS="$3" >"$folder/$1.log" 2>&1 </dev/null
	status=$?
	{
		echo "$1: $([ $status -eq 0 ] && echo well || echo FAILED) in $(($(date +%s) - begun)) s${2:+, $2}"
		figures_of "$3" | sed 's/^/	/'
	} >"$folder/$1.said"
	cat "$folder/$1.said"
	[ $status -eq 0 ] && mv "$folder/$1.said" "$folder/$1.done"
}

wanted() {
	[ -z "$chosen" ] && return 0
	case " $chosen " in *" $1 "*) return 0 ;; esac
	return 1
}

chosen=$*
count=$(rows | wc -l)
number=0
failed=0
rows | {
	while IFS='|' read -r name settings tests; do
		number=$((number + 1))
		wanted "$name" || continue
		if is_done "$name"; then
			echo "campaign: $number of $count, done before:"
			cat "$folder/$name.done"
			continue
		fi
		echo "campaign: $number of $count, $name"
		run_row "$name" "$settings" "$tests" || failed=$((failed + 1))
	done
	echo "campaign: $(find "$folder" -name '*.done' | wc -l) of $count rows are done; $failed failed now"
	[ "$failed" -eq 0 ]
}
