#!/bin/sh
# Runs every built test program and every test script, or those that are named,
# and closes with one summary line.  Exit 1 if anything failed or nothing ran.
#
#	run.sh [-j JOBS] [-k DIR] [-l SECONDS] BUILD-DIR PCBSIM [TEST...]
#
# -j	so many at a time
# -k	what each test said, and how long it took, is kept in DIR; one that
#	passed is not run again before it or the program is another, so that
#	what was interrupted goes on
# -l	a test that takes longer failed
#
# A test whose head has a line "Alone: why" runs after the others, by itself.
#
# WRAPPER in the environment: a command that runs test programs, valgrind say.
# Reports of sanitizers and of a wrapper are files DIR/reports/TEST.*, whatever
# the test makes of streams and exit codes: one is a failure.
set -u
LC_ALL=C
export LC_ALL

# ---- one test, in a process of its own: what it said, and how it ended

# Both kinds speak TAP: "ok 1 name", "not ok 2 name", "ok 3 name # SKIP why".
tally() {	# tally TEST EXIT-CODE SECONDS LOG: counts; 0 if all is well
	ok=$(grep -c '^ *ok ' "$4")
	skip=$(grep -ci '^ *ok .*# *skip' "$4")
	bad=$(grep -c '^ *not ok ' "$4")
	why="exit $2"
	[ "$2" -eq 0 ] && [ "$ok" -ne 0 ] || [ "$bad" -ne 0 ] || bad=1
	for report in "$kept/reports/$(echo "$1" | tr / -)".*; do
		# valgrind tells "--PID--" of calls that it does not know.
		grep -q '^==\|: runtime error: ' "$report" 2>/dev/null ||
		    continue
		bad=$((bad + 1))
		why="$why, $report"
		cat "$report" >>"$4"
	done
	echo "$((ok - skip)) $bad $skip $3 $1" >"${4%.log}.end"
	if [ "$bad" -eq 0 ]; then
		echo "ok   $1 ($ok)"
	else
		echo "FAIL $1 ($why)"
		cat "$4"
		return 1
	fi
}
# What a test is: itself, the program, and what the sanitizer is told.
key() {
	case $1 in
	*.c)	cat "$BUILD/${1%.c}" ;;
	*)	cat "$1" "$PCBSIM" ;;
	esac | cksum
}
one() {	# one TEST
	log=$kept/${1%.*}.log
	now=$(key "$1")
	if [ "$(cat "${log%.log}.key" 2>/dev/null)" = "$now" ]; then
		echo "kept ${1%.*}"
		return
	fi
	mkdir -p "$(dirname "$log")"
	reports=$kept/reports/$(echo "${1%.*}" | tr / -)
	rm -f "$reports".* "${log%.log}.key"
	for name in ASAN LSAN UBSAN TSAN; do
		eval "export ${name}_OPTIONS=\"\${${name}_OPTIONS:-}:exitcode=99:log_path=\$reports\""
	done
	REPORTS=$reports
	export REPORTS
	began=$(date +%s)
	case $1 in
	*.c)	$limit ${WRAPPER:-} "$BUILD/${1%.c}" ;;
	*)	$limit sh "$1" ;;
	esac >"$log" 2>&1
	code=$?
	if tally "${1%.*}" $code $(($(date +%s) - began)) "$log"; then
		echo "$now" >"${log%.log}.key"
	fi
}

# ---- all of them

jobs=1 keep= seconds=0
if [ "${1:-}" = --one ]; then
	kept=$2 limit=$3
	one "$4"
	exit 0
fi
while getopts j:k:l: option; do
	case $option in
	j)	jobs=$OPTARG ;;
	k)	keep=$OPTARG ;;
	l)	seconds=$OPTARG ;;
	*)	exit 2 ;;
	esac
done
shift $((OPTIND - 1))
BUILD=$1 PCBSIM=$2
shift 2
case $PCBSIM in /*) ;; *) PCBSIM=$PWD/${PCBSIM#./} ;; esac
export PCBSIM BUILD
limit=env
[ "$seconds" -eq 0 ] || limit="timeout $seconds"

if [ -n "$keep" ]; then
	mkdir -p "$keep/reports"
	kept=$(cd "$keep" && pwd)
else
	kept=$(mktemp -d)
	trap 'rm -rf "$kept"' EXIT
	mkdir "$kept/reports"
fi
if [ $# -eq 0 ]; then
	set -- $(find tests -name '*_test.c' | sort) \
	    $(find tests -name '*_test.sh' | sort)
fi
alone=$(grep -lE '^(#| \*) Alone: ' "$@" /dev/null)
some() {	# some JOBS: the tests that come in, a line each
	xargs -P "$1" -n 1 sh tests/tools/run.sh --one "$kept" "$limit"
}
printf '%s\n' "$@" | grep -vxF "${alone:-none}" | some "$jobs"
[ -z "$alone" ] || printf '%s\n' "$alone" | some 1

# Once more at the end, where a log that was cut in its middle still has it.
for t in "$@"; do
	grep -aHs '^ *not ok ' "$kept/${t%.*}.log"
done | sed "s|^$kept/||; s|\.log:|: |"
for t in "$@"; do
	cat "$kept/${t%.*}.end"
done | awk '
    { passed += $1; failed += $2; skipped += $3; seconds += $4
      if ($2) broken = broken " " $5 }
    END {
	printf "pcbsim: %d passed, %d failed, %d skipped\n", passed, failed,
	    skipped
	if (failed)
		print "failing:" broken
	exit failed || !passed
    }'
