#!/bin/sh
# make check-tsan: runs of several jobs at a time under ThreadSanitizer, then the
# test programs of study/ and the scripts of tests that have several threads.
#
#	tsan.sh [-j JOBS] BUILD PCBSIM	built with -fsanitize=thread
#
# What passed is kept in BUILD/said and not run again (run.sh); each has an hour.
# GLib is not built with it: tsan_locks.c has it see what we lock, each piece of
# memory is asked for by itself, and tests/tools/tsan.supp says what is left.
set -u
jobs=2
[ "$1" != -j ] || { jobs=$2; shift 2; }
BUILD=$1 PCBSIM=$2
case $PCBSIM in /*) ;; *) PCBSIM=$PWD/${PCBSIM#./} ;; esac
supp=$PWD/tests/tools/tsan.supp
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
sh tests/tools/small.sh small 1s >"$t/small.ini"
printf '[sweep]\nscenario = small.ini\nhost.cpus = 1;2\n' >"$t/w.sweep"
bad=0
try() {
	G_SLICE=always-malloc TSAN_OPTIONS="suppressions=$supp exitcode=66" timeout 300 "$PCBSIM" \
	    "$@" >"$t/out" 2>"$t/err"
	code=$?
	n=$(grep -c 'WARNING: ThreadSanitizer' "$t/err")
	echo "tsan: $1: exit $code, $n reports"
	[ $code -eq 0 ] && [ "$n" -eq 0 ] || { head -40 "$t/err"; bad=1; }
}
try run "$t/small.ini" --no-plots -q -j4 --replications=4 -o "$t/r"
try sweep run "$t/w.sweep" -q -j4 -o "$t/s"
try limit "$t/small.ini" -q -j4 --vary=workload:web.rate=10/s..100/s \
    --until='current.ok > 50' --replications=4
try sweep merge "$t/w.sweep" -q -o "$t/s"
try run "$t/small.ini" --no-plots -q -j4 --moves -o "$t/r"
try report "$t/r" -f html
try compare "$t/r"
try calibrate --quick -o "$t/costs.csv"
printf '[host]\ncpus = 2\n' >>"$t/small.ini"
try live "$t/small.ini" --costs=epyc-vm --report-only
try ask --rate=100/s --lifetime=5s --range=10000-10099

# A machine that is so much slower.
scripts="cli/compare cli/limit cli/live cli/moves cli/sweep cli/until
    fault/ended fault/hang fault/live fault/place fault/result"
set --
for script in $scripts; do
	set -- "$@" "tests/${script}_test.sh"
done
# shellcheck disable=SC2046
G_SLICE=always-malloc SLOW=10 TSAN_OPTIONS="suppressions=$supp" \
    sh tests/tools/run.sh -j "$jobs" -k "$BUILD/said" -l 3600 "$BUILD" \
    "$PCBSIM" $(find tests/study -name '*_test.c' | sort) "$@" || bad=1
exit $bad
