#!/bin/sh
# scenario.measures: more columns and two more files, and nothing else; what is
# off by default is not said, so that no digest of a scenario moved for it.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
sed 's/^duration = .*/duration = 40s/' scenarios/claim-2-unbound-rule.ini >"$t/off.ini"
sed 's/^duration = .*/&\nmeasures = 1/' "$t/off.ini" >"$t/on.ini"
{ cat "$t/off.ini"; echo "x = proposed.next_port_bits > 0"; } >"$t/claim.ini"

run() { "$PCBSIM" run "$1" --out="$2" --no-plots --quiet >"$2.log" 2>&1 || [ $? = 1 ]; }
check "off/runs" run "$t/off.ini" "$t/off"
check "on/runs" run "$t/on.ini" "$t/on"
for f in ports.csv searches.csv; do
	check "on/$f" test -s "$t/on/$f"
	check "off/no_$f" test ! -e "$t/off/$f"
done
check "off/is_not_said" sh -c '! grep -q measures "$1"' - "$t/off/run.ini"
check "on/is_said" grep -q '^measures = 1$' "$t/on/run.ini"
check "on/again_the_same_bytes" run "$t/on/run.ini" "$t/again"
check "on/again/summary" cmp -s "$t/on/summary.csv" "$t/again/summary.csv"
check "on/again/ports" cmp -s "$t/on/ports.csv" "$t/again/ports.csv"

# The columns that both have are the same, value by value.
columns() {	# columns FILE	"name value", of each row in turn
	grep -v '^#' "$1" | awk -F, 'NR == 1 { split($0, h); next }
	    { for (i = 1; i <= NF; i++) print NR, h[i], $i }' | sort
}
columns "$t/off/summary.csv" >"$t/a"
columns "$t/on/summary.csv" >"$t/b"
check "on/changes_no_other_figure" sh -c '[ -z "$(comm -23 "$1" "$2")" ]' - \
    "$t/a" "$t/b"
check "on/has_more" sh -c 'comm -13 "$1" "$2" | grep -q next_port_bits' - \
    "$t/a" "$t/b"
check "planted/another_figure_is_seen" sh -c \
    'sed "1s/.$/&1/" "$1" | comm -23 - "$2" 2>/dev/null | grep -q .' - "$t/a" "$t/b"

# A claim about what is not measured says how to measure it.
refuse "claim/without_measures" 2 "$PCBSIM" check "$t/claim.ini"
check "claim/says_how" sh -c '"$1" check "$2" 2>&1 |
    grep -q "there is no metric next_port_bits without scenario.measures = 1"' - \
    "$PCBSIM" "$t/claim.ini"
check "explained" sh -c '"$1" explain next_port_bits | grep -q entropy' - "$PCBSIM"
tap_done
