#!/bin/sh
# make check-tsan: runs of several jobs at a time under ThreadSanitizer.
#
#	tsan.sh PCBSIM	built with -fsanitize=thread
#
# GLib is not built with it: tsan_locks.c has it see what we lock, each piece of
# memory is asked for by itself, and tests/tools/tsan.supp says what is left.
set -u
PCBSIM=$1
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
exit $bad
