#!/bin/sh
# make check-valgrind: memory that was not set, or is not ours, in tests of
# what reads and writes, and in each subcommand.
#
#	valgrind.sh BUILD PCBSIM
#
# Each line: what, whether it ended as it does without.  Exit 1 for a report.
set -u
build=$1 PCBSIM=$2
case $PCBSIM in /*) ;; *) PCBSIM=$PWD/${PCBSIM#./} ;; esac
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
export G_SLICE=always-malloc
vg() {
	timeout 600 valgrind -q --error-exitcode=99 --trace-children=no \
	    "$@" >"$t/out" 2>"$t/err"
}
bad=0
try() {	# try NAME COMMAND...
	name=$1
	shift
	vg "$@"
	code=$?
	if [ $code -eq 0 ]; then
		echo "ok   $name"
	else
		echo "FAIL $name (exit $code)"
		grep '^==' "$t/err" | head -20
		bad=1
	fi
}
for room in study/text study/stat study/capture study/run study/script; do
	for s in tests/$room/*_test.c; do
		try "${s%.c}" "$build/${s%.c}"
	done
done
for k in scenario sweep replay script costs expr capture result store; do
	try "fuzz/$k" "$PWD/$build/tests/fuzz/inputs/${k}_fuzz" \
	    "tests/fuzz/corpus/$k"
done
sh tests/tools/small.sh small 1s >"$t/small.ini"
printf '[sweep]\nscenario = small.ini\nhost.cpus = 1;2\n' >"$t/w.sweep"
cli() { try "pcbsim $1" "$PCBSIM" "$@"; }
cli run "$t/small.ini" -q --no-plots --trace -o "$t/r"
cli check "$t/small.ini" --format=json
cli report "$t/r" -f html
cli report "$t/r" -f json
cli report "$t/r" -f lockstat
cli compare "$t/r"
cli sweep run "$t/w.sweep" -q -o "$t/s"
cli sweep merge "$t/w.sweep" -o "$t/s" --csv="$t/m.csv"
cli plot "$t/m.csv" -o "$t/p"
cli ask --rate=100/s --lifetime=1s --fast
cli limit "$t/small.ini" -q --vary=workload:web.rate=10/s..40/s \
    --until='current.ok > 20' --replications=2
cli list params
cli explain host.cpus
exit $bad
