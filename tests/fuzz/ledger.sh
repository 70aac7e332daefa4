#!/bin/sh
# What was fuzzed, a row each time, in docs/fuzz.csv: the kind of input, who
# made the inputs, the commit ("+": with changes), how many seconds of a CPU (by the
# clock, whatever ran beside it, up to the line that says so, and of AFL++),
# inputs and findings, edges of the program that were reached.
#
#	ledger.sh add CSV KIND ENGINE SECONDS INPUTS EDGES FOUND
#	ledger.sh page CSV	summed per kind: the table of docs/RELIABILITY.md
set -u
csv=$2

commit() {
	name=$(git rev-parse --short=10 HEAD 2>/dev/null) ||
	    { head -n 1 docs/VERSION; return; }
	git diff --quiet HEAD -- sim models study cli tests/fuzz || name=$name+
	echo "$name"
}

case $1 in
add)
	[ -s "$csv" ] || {
		echo "# what was fuzzed: make fuzz-hour"
		echo "kind,engine,commit,seconds,inputs,edges,found"
	} >"$csv"
	echo "$3,$4,$(commit),$5,$6,$7,$8" >>"$csv" ;;
page)
	echo "| kind | libFuzzer | inputs | AFL++ | inputs | found |"
	echo "|---|---|---|---|---|---|"
	awk -F, '/^#/ || $1 == "kind" { next }
	    { kinds[$1]; s[$1, $2] += $4; n[$1, $2] += $5; found[$1] += $7
	      s["all", $2] += $4; n["all", $2] += $5; found["all"] += $7 }
	    END { for (k in kinds) print row(k) | "sort"
		close("sort"); print row("all") }
	    function row(k) { return sprintf( \
		"| %s | %.1f min | %d | %.1f min | %d | %d |", k,
		s[k, "libfuzzer"] / 60, n[k, "libfuzzer"],
		s[k, "afl"] / 60, n[k, "afl"], found[k]) }' "$csv" ;;
*)	exit 2 ;;
esac
