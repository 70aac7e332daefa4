#!/bin/sh
# Runs every built test program and every test script, and closes with one
# summary line.  Exit 1 if anything failed or nothing ran.
#
#	run.sh BUILD-DIR PCBSIM
set -u
build=$1
PCBSIM=$2
case $PCBSIM in /*) ;; *) PCBSIM=$PWD/${PCBSIM#./} ;; esac
BUILD=$build
export PCBSIM BUILD
LC_ALL=C
export LC_ALL

passed=0 failed=0 skipped=0 broken=
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Both kinds speak TAP: "ok 1 name", "not ok 2 name", "ok 3 name # SKIP why".
tally() {	# tally NAME EXIT-CODE
	ok=$(grep -c '^ *ok ' "$log")
	skip=$(grep -ci '^ *ok .*# *skip' "$log")
	bad=$(grep -c '^ *not ok ' "$log")
	passed=$((passed + ok - skip))
	skipped=$((skipped + skip))
	failed=$((failed + bad))
	if [ "$2" -ne 0 ] || [ "$bad" -ne 0 ] || [ "$ok" -eq 0 ]; then
		[ "$bad" -eq 0 ] && failed=$((failed + 1))
		broken="$broken $1"
		echo "FAIL $1 (exit $2)"
		cat "$log"
	else
		echo "ok   $1 ($ok)"
	fi
}

for source in $(find tests -name '*_test.c' | sort); do
	t=$build/${source%.c}
	"$t" >"$log" 2>&1
	tally "${source%.c}" $?
done
for t in $(find tests -name '*_test.sh' | sort); do
	sh "$t" >"$log" 2>&1
	tally "${t%.sh}" $?
done

echo "pcbsim: $passed passed, $failed failed, $skipped skipped"
if [ "$failed" -ne 0 ] || [ "$passed" -eq 0 ]; then
	echo "failing:$broken"
	exit 1
fi
