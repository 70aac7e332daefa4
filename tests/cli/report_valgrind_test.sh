#!/bin/sh
# Every form of a report, and the data of the pictures, read nothing that
# nobody wrote: under valgrind, if it is here.
. tests/tools/tap.sh

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
	valgrind -q --error-exitcode=99 --leak-check=no "$PCBSIM" "$@" \
	    >"$t/out" 2>"$t/err" || { sed 's/^/# /' "$t/err" | head -20
	    return 1; }
}
for format in mail html json lockstat lockprof folded; do
	check "report/$format" clean report "$t/r" -f "$format"
	check "report/$format/is_there" test -s "$t/out"
done
if command -v gnuplot >/dev/null 2>&1; then
	check "pictures" clean plot "$t/r"
fi
tap_done
