#!/bin/sh
# What a reader of results, a sweep or a scenario refuses by its content: each
# with the file and why, exit 2 or 4, and nothing is made.
. tests/tools/tap.sh
. tests/tools/try.sh

sh tests/tools/small.sh small 1s >"$t/small.ini"
sed 's/variant:current/variant:other/' "$t/small.ini" >"$t/half.ini"
sed 's/variant:/variant:its-/' "$t/small.ini" >"$t/none.ini"
for name in small half none; do
	"$PCBSIM" run "$t/$name.ini" -q --no-plots -o "$t/$name" || exit 1
done
tried() { "$PCBSIM" "$@" >"$t/out" 2>"$t/err"; }
table() {	# table SED: another summary.csv in $t/r
	rm -rf "$t/r"
	cp -R "$t/small" "$t/r"
	sed "$1" "$t/small/summary.csv" >"$t/r/summary.csv"
}

# ---- compare

refuse "compare/nothing_in_common" 2 tried compare "$t/small" "$t/none"
check "compare/nothing_in_common/why" said "^$t/small/summary.csv and \
$t/none/summary.csv have no variant of the same name"
check "compare/some_in_common" tried compare "$t/small" "$t/half"
check "compare/some_in_common/first" prints "current is only in $t/small"
check "compare/some_in_common/second" prints "other is only in $t/half"
check "compare/json" tried compare "$t/small" "$t/half" --format=json
check "compare/json/tells_it" prints "current is only in $t/small"
table 's/^current,/,/'
refuse "compare/no_name" 2 tried compare "$t/r"
check "compare/no_name/why" said "r/summary.csv: line [0-9]*: variant is empty"
table 's/^\([^#,]*\),\([^,]*\),\([^,]*\),\([^,]*\),.*/\1,\2,\3,\4/'
refuse "compare/no_metric" 2 tried compare "$t/r"
check "compare/no_metric/why" said "r/summary.csv: no column is a metric"
for name in .. . a/b; do
	table "s,^current\\,,$name\\,,"
	refuse "samples/$name" 4 tried compare --samples "$t/r"
	check "samples/$name/why" said \
	    "summary.csv: variant '$name' cannot name a directory"
	check "samples/$name/nothing_is_made" absent "$t/r/samples"
done
table '/^variant,/s,\,ok\,,\,o/k\,,'
refuse "samples/column" 4 tried compare --samples "$t/r"
check "samples/column/why" said "o/k"
check "samples/column/nothing_is_made" absent "$t/r/samples"
# Without the scenario the runs may be others': it is said, and how to know.
rm -rf "$t/r"
cp -R "$t/small" "$t/r"
rm "$t/r/run.ini"
mkdir "$t/r/run.ini"
check "compare/no_scenario" tried compare "$t/r"
check "compare/no_scenario/why" said "^$t/r/run.ini: is not a file"
check "compare/no_scenario/what_of_it" said "nothing is known of the arrivals"

# ---- sweeps

sweep() {	# sweep NAME WHY LINE...
	sweep_name=$1 sweep_why=$2
	shift 2
	{ printf '[sweep]\nscenario = small.ini\n'; printf '%s\n' "$@"; } \
	    >"$t/w.sweep"
	for sweep_do in plan run merge; do
		refuse "sweep/$sweep_name/$sweep_do" 2 tried sweep $sweep_do \
		    "$t/w.sweep" --out="$t/parts"
		check "sweep/$sweep_name/$sweep_do/why" said "$sweep_why"
	done
	check "sweep/$sweep_name/nothing_is_made" absent "$t/parts"
}
seeds='scenario.seed = 1..9999 step 1'
sweep product "more than 1000000 combinations" "$seeds" \
    'host.cpus = 1..1000 step 1'
sweep cells "109989 combinations are left; at most 100000" "$seeds" \
    'host.cpus = 1..11 step 1'
sweep runs "89991 cells x 2 variants x 10000 replications are more than" \
    "$seeds" 'host.cpus = 1..9 step 1' 'replications = 10000'
sweep values "has more than 10000 values" 'scenario.seed = 1..10001 step 1'
sweep later "format = 2: is a format that this build does not know" \
    'format = 2' 'host.cpus = 1;2'
sweep nothing_left "host.cpus > 2: no combination is left" \
    'host.cpus = 1;2' 'constraint = host.cpus > 2'
: >"$t/empty.sweep"
refuse "sweep/empty" 2 tried sweep plan "$t/empty.sweep"
check "sweep/empty/why" said "empty.sweep: there is no \[sweep\]"

# ---- claims

# A claim that compares nothing would hold for being other than 0.
claim() {	# claim EXPR: small.ini with it
	cat "$t/small.ini"
	printf '[expect]\nx = %s\n' "$1"
}
claim 'proposed.eaddrnotavail' >"$t/claim.ini"
line=$(grep -n '^x = ' "$t/claim.ini" | cut -d: -f1)
refuse "claim/no_comparison" 2 tried check "$t/claim.ini"
check "claim/no_comparison/why" said "^$t/claim.ini:$line: .*expect. x = \
proposed.eaddrnotavail: at character 23: expected a comparison, such as > 0"
refuse "limit/no_comparison" 2 tried limit "$t/small.ini" -q \
    --vary=workload:web.rate=1/s..100/s --until=eaddrnotavail
check "limit/no_comparison/why" said \
    '^--until=.eaddrnotavail.: at character 14: expected a comparison'
# One that divides by 0 does not hold, whichever way it compares, and says why.
for op in '> 1' '< 1' '!= 1'; do
	claim "current.ok / current.failed $op" >"$t/claim.ini"
	refuse "claim/by_0/$op" 1 tried run "$t/claim.ini" -q --no-plots \
	    -o "$t/claim"
	check "claim/by_0/$op/why" grep -q "FAIL .*current.ok (= [0-9]*) / \
current.failed (= 0) $op: undefined, a division by 0" "$t/out"
	tried report "$t/claim" --format=html
	check "claim/by_0/$op/page" grep -q 'undefined, a division by 0' \
	    "$t/out"
done
claim 'current.failed == 0 || current.ok / current.failed > 1' >"$t/claim.ini"
check "claim/by_0/decided" tried run "$t/claim.ini" -q --no-plots \
    -o "$t/claim"
# Nor is it what limit looks for: of 1 to 100 a second none fails.
check "limit/by_0" tried limit "$t/small.ini" -q --replications=1 \
    --variant=current --vary=workload:web.rate=50/s..100/s --format=json \
    '--until=ok / failed > 1'
check "limit/by_0/does_not_hold" prints '"outcome":"never"'

# ---- what is larger than it can be

{ cat "$t/small.ini"; yes '# a remark' | head -n 100000; } >"$t/large.ini"
refuse "large/file" 2 tried check "$t/large.ini"
check "large/file/why" said "^$t/large.ini: is larger than 1 MiB"
piped() { "$PCBSIM" check - <"$t/large.ini" >"$t/out" 2>"$t/err"; }
refuse "large/standard_input" 2 piped
check "large/standard_input/why" said "^standard input: is larger than 1 MiB"
# One that cannot be read: a directory has no bytes.
standing() { "$PCBSIM" check - <"$t" >"$t/out" 2>"$t/err"; }
refuse "unread/standard_input" 2 standing
check "unread/standard_input/why" said "^standard input: Is a directory"
tap_done
