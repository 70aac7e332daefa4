#!/bin/sh
# Every form of a report, the data of the pictures and the copies of a process
# that a limit makes read nothing that nobody wrote: under valgrind, if it is
# here.
. tests/tools/tap.sh
. tests/fault/preload.sh

if ! memory_is_ours; then
	skip "valgrind" "a sanitizer looks at the memory already"
	tap_done
fi
command -v valgrind >/dev/null 2>&1 || {
	skip "valgrind" "no valgrind here"
	tap_done
	exit
}
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
# Failures, stalls, chains and ports of both kinds of connects.
"$PCBSIM" run scenarios/seed-2019.ini --set=scenario.duration=38s --no-plots \
    -q --set=scenario.interval=400ms --replications=1 --out="$t/r" \
    >/dev/null 2>"$t/err" || true
check "a_result" test -s "$t/r/report.html"
check "somebody_was_late" grep -q 'which computes' "$t/r/stalls.csv"
clean() {
	# What a copy of the process did is no exit code of the process.
	valgrind -q --error-exitcode=99 --leak-check=no "$PCBSIM" "$@" \
	    >"$t/out" 2>"$t/err" && ! grep -q '^==' "$t/err" || { sed 's/^/# /' "$t/err" | head -20
	    return 1; }
}
for format in mail html json lockstat lockprof folded; do
	check "report/$format" clean report "$t/r" -f "$format"
	check "report/$format/is_there" test -s "$t/out"
done
if command -v gnuplot >/dev/null 2>&1; then
	check "pictures" clean plot "$t/r"
fi
# Copies go on from a common part.
sh tests/tools/late.sh >"$t/late.ini"
check "copies" clean limit "$t/late.ini" -q --replications=1 \
    --vary=workload:tools.rate=1/s..400/s --until='old.eaddrnotavail > 0'
tap_done
