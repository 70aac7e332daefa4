#!/bin/sh
# JSON of check, list, limit and compare: as their schemas say, with the figures
# that the other formats have.
. tests/tools/tap.sh
. tests/tools/schema.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
quiet() { "$PCBSIM" "$@" >"$t/out" 2>"$t/err"; }
not() { ! "$@" >/dev/null; }

if ! schema_here; then
	skip json "python3-jsonschema is not here"
	tap_done
fi
valid() {	# valid NAME SCHEMA: what is in $t/out
	cp "$t/out" "$t/$1.json"
	check "$1/valid" schema_valid "$t/out" "$2"
	# Another version is another format; nothing may be missing or new.
	sed 's/"format_version":1/"format_version":2/' "$t/out" >"$t/two"
	check "$1/planted/another_version" not schema_valid "$t/two" "$2"
	sed 's/"program":/"programme":/' "$t/out" >"$t/two"
	check "$1/planted/another_name" not schema_valid "$t/two" "$2"
}
holds() {	# holds NAME FILE PYTHON: of the document d
	check "$1" python3 -c 'import json, sys
d = json.load(open(sys.argv[1]))
assert eval("(" + sys.argv[2] + ")"), sys.argv[2]' "$2" "$3"
}

# ---- check --------------------------------------------------------------------

check "check" quiet check --format=json scenarios/seed-2019.ini \
    scenarios/replay-exhaust-smallrange.ini
valid check check
check "check/nothing_on_stderr" test ! -s "$t/err"
s='d["scenarios"][0]["variants"][0]'
holds "check/held" "$t/check.json" \
    "round($s['workloads'][1]['held']) == 1240"
holds "check/paper" "$t/check.json" "[(round(p['needed']), p['there'], p['fit'])
    for p in $s['paper']] == [(240000, 2776800, 'fits'), (1240, 55536, 'alone')]"
holds "check/recording" "$t/check.json" \
    'd["scenarios"][1]["recordings"][0]["connections"] == 28616'
sed 's/^cpus = 8/cpsu = 8/' tests/study/data/seed.ini >"$t/bad.ini"
refuse "check/bad" 2 quiet check --format=json "$t/bad.ini" \
    tests/study/data/seed.ini --set=workload:nginx.rate=0/s --out="$t/both"
cp "$t/both" "$t/out"
valid check_bad check
holds "check/bad/told" "$t/check_bad.json" \
    '"did you mean" in d["scenarios"][0]["problems"][0]'
holds "check/bad/the_good_one" "$t/check_bad.json" 'd["scenarios"][1]["ok"]'
holds "check/idle" "$t/check_bad.json" \
    'd["scenarios"][1]["variants"][0]["workloads"][0]["idle"]'

# ---- list ---------------------------------------------------------------------

check "list" quiet list --format=json
valid list list
for kind in stacks releases allocators proposals locks loads costs metrics columns distributions verdicts params; do
	check "list/$kind" quiet list --format=json $kind
	valid "list_$kind" list
	"$PCBSIM" list $kind | sed -n 's/^  \([a-zA-Z][^ ]*\) .*/\1/p' |
	    sort >"$t/text"
	python3 -c 'import json, sys
d = json.load(open(sys.argv[1]))
print("\n".join(i["name"] for i in d[sys.argv[2]]))' "$t/list_$kind.json" \
	    $kind | sort >"$t/names"
	check "list/$kind/as_the_text" cmp "$t/text" "$t/names"
done

# ---- limit --------------------------------------------------------------------

# 1,000 ports, connections that stay: 10 bursts of N exhaust them at N = 101.
cat >"$t/known.ini" <<'INI'
[scenario]
format = 1
name = known
duration = 10s
[kernel]
net.inet.ip.portrange.first = 10000
net.inet.ip.portrange.last = 10999
[workload:w]
load = burst
size = 10
every = 1s
lifetime = constant(1h)
bind = none
faddrs = 192.0.2.7*2
fport = 80
[variant:first]
stack = freebsd-12.0
[variant:second]
stack = freebsd-12.2
INI
check "limit" quiet limit "$t/known.ini" --format=json --replications=3 \
    --vary=workload:w.size=10..1000 --until='eaddrnotavail > 0' \
    --tolerance=0.1%
valid limit limit
holds "limit/mean" "$t/limit.json" '[d["answers"][0][k] for k in
    ("variant", "mean", "half_width_95", "bracket")] == ["first", 101, 0, 0]'
holds "limit/bracket" "$t/limit.json" '[(r["lo"], r["hi"], r["outcome"])
    for r in d["answers"][0]["replications"]] == [(100, 101, "found")] * 3'
holds "limit/tried" "$t/limit.json" 'all(v["holds"] == (v["value"] > 100)
    for v in d["answers"][0]["replications"][1]["tried"])'
check "limit/never" quiet limit "$t/known.ini" --format=json --replications=1 \
    --vary=workload:w.size=10..50 --until='first.eaddrnotavail > 0'
valid limit_never limit
holds "limit/never/no_mean" "$t/limit_never.json" '[d["answers"][0][k] for k in
    ("variant", "mean", "half_width_95")] == [None] * 3 and
    d["answers"][0]["outcomes"]["never"] == 1'
"$PCBSIM" limit scenarios/seed-2019.ini --vary=workload:nginx.rate=1/s..4k/s \
    --until='current.frozen_s > 1' -q --format=json >"$t/out" 2>"$t/err" &
pid=$!
sleep 1
kill -INT $pid
wait $pid
check "limit/stopped" test $? -eq 130
valid limit_stopped limit
holds "limit/stopped/said" "$t/limit_stopped.json" 'not d["complete"] and
    d["answers"][0]["outcomes"]["stopped"] == 5'

# ---- compare ------------------------------------------------------------------

for n in 1 3; do
	# Its claims do not hold of the first two seconds.
	refuse "compare/$n/run" 1 quiet run --quiet --no-plots --out="$t/r$n" \
	    --replications=$n --set=scenario.duration=2s \
	    scenarios/claim-5-utilities-starve.ini
	check "compare/$n" quiet compare --format=json "$t/r$n"
	valid "compare_$n" compare
done
holds "compare/nothing_is_worse_at_1" "$t/compare_1.json" '{m["outcome"]
    for m in d["pairs"][0]["metrics"]} <= {"too-few", "equal", "no-value"}'
"$PCBSIM" compare --format=csv "$t/r3" | grep -v '^#' >"$t/csv"
check "compare/as_the_csv" python3 -c 'import csv, json, sys
d = json.load(open(sys.argv[1]))
rows = list(csv.DictReader(open(sys.argv[2])))
mine = d["pairs"][0]["metrics"]
assert len(rows) == len(mine) > 30
for r, m in zip(rows, mine):
    assert (r["metric"], r["outcome"]) == (m["metric"], m["outcome"])
    for k, v in (("difference", m["difference"]),
        ("half_width", m["half_width_95"]), ("resolution", m["resolution"]),
        ("mean_variant", m["variant"]["mean"])):
        assert (r[k] == "") == (v is None), (r["metric"], k)
        assert v is None or abs(float(r[k]) - v) <= 1e-5 * abs(v), (k, v)' \
    "$t/compare_3.json" "$t/csv"
tap_done
