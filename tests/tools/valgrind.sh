#!/bin/sh
# make check-valgrind: memory that was not set, or is not ours, in every test
# program, every input that is tracked, each subcommand, stack and report.
#
#	valgrind.sh [-j JOBS] BUILD PCBSIM [TEST.c...]
#
# What passed is kept in build/valgrind and not run again (run.sh).  Leaks are
# AddressSanitizer's (make check-sanitize).  Exit 1 for a report.
set -u
jobs=2
[ "$1" != -j ] || { jobs=$2; shift 2; }
BUILD=$1 PCBSIM=$2
shift 2
case $PCBSIM in /*) ;; *) PCBSIM=$PWD/${PCBSIM#./} ;; esac
kept=build/valgrind
# Each piece of memory on its own, or nothing is seen.
G_SLICE=always-malloc
# A machine that is so much slower.
SLOW=30
export G_SLICE SLOW
valgrind="valgrind -q --error-exitcode=99 --leak-check=no --trace-children=no"

programs() {
	# A fork that computes is no test of memory: make check has it.
	WRAPPER="$valgrind --log-file=%q{REPORTS}.%p" \
	    sh tests/tools/run.sh -j "$jobs" -k "$kept" -l 3600 "$BUILD" \
	    "$PCBSIM" "$@"
}
if [ $# -gt 0 ]; then
	programs "$@"
	exit
fi

bad=0
# shellcheck disable=SC2046
programs $(find tests -name '*_test.c' | sort) || bad=1

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
runs=0
try() {	# try NAME COMMAND...
	name=$1
	shift
	timeout 3600 $valgrind --log-file="$t/report.%p" "$@" >"$t/out" \
	    2>"$t/err" </dev/null
	code=$?
	runs=$((runs + 1))
	if [ $code -eq 0 ] && ! grep -q '^==' "$t"/report.*; then
		echo "ok   $name"
	else
		echo "FAIL $name (exit $code)"
		cat "$t"/report.* "$t/err" | head -40
		bad=1
	fi
	rm -f "$t"/report.*
}
for k in scenario sweep replay script costs expr capture result store; do
	try "fuzz/$k" "$BUILD/tests/fuzz/inputs/${k}_fuzz" \
	    "tests/fuzz/corpus/$k"
done

small() {	# small NAME DURATION [STACK]: a scenario, its path
	sh tests/tools/small.sh "$1" "$2" |
	    sed "s/freebsd-12.0/${3:-freebsd-12.0}/" >"$t/$1.ini"
	echo "$t/$1.ini"
}
cli() { try "pcbsim $(echo "$*" | sed "s,$t/,,g")" "$PCBSIM" "$@"; }
s=$(small small 1s)
printf '[sweep]\nscenario = small.ini\nhost.cpus = 1;2\n' >"$t/w.sweep"
printf 'config,10000,10003,0,512,512\naddr,1,192.0.2.1\n' >"$t/ops.csv"
printf 'bc,1,192.0.2.1,10000,203.0.113.1,80\nuc,2,203.0.113.9,443\n' \
    >>"$t/ops.csv"
for stack in $("$PCBSIM" list stacks | awk 'NR > 1 { print $1 }'); do
	cli run "$(small "on-$stack" 500ms "$stack")" -q --no-plots -j1 \
	    -o "$t/on"
	cli script --stack="$stack" --search=both "$t/ops.csv"
done
cli init "$t/init.ini"
cli run "$s" -q --no-plots --trace --replications=2 -j2 -o "$t/r"
cli check "$s" --format=json
for form in mail html json lockstat lockprof folded; do
	cli report "$t/r" -f $form
done
cli compare "$t/r"
cli compare "$t/r" "$t/r"
cli column ok "$t/r/summary.csv"
cli sweep plan "$t/w.sweep"
cli sweep run "$t/w.sweep" -q -o "$t/s"
cli sweep merge "$t/w.sweep" -o "$t/s" --csv="$t/m.csv"
cli plot "$t/m.csv" -o "$t/p"
cli plot "$t/r"
cli ask --rate=100/s --lifetime=1s --fast
cli limit "$s" -q --vary=workload:web.rate=10/s..40/s \
    --until='current.ok > 20' --replications=2
for kind in $("$PCBSIM" list | awk '/^[a-z-]+$/'); do
	cli list "$kind"
done
cli explain host.cpus
cli help run
cli completion bash
cli version
echo "valgrind: $runs runs of the program and of inputs"
exit $bad
