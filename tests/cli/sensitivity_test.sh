#!/bin/sh
# docs/sensitivity.csv: has both rows of every cost and of every assumption that
# is tried, is what the program says today, and is the table in docs/MODEL.md.
. tests/tools/tap.sh

csv=docs/sensitivity.csv
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

costs=$(sh tests/tools/sensitivity.sh "$PCBSIM" --costs)
check "costs_are_tried" test "$(echo "$costs" | wc -l)" -gt 15
for cost in $costs; do
	check "both_rows/$cost" test "$(grep -c "^$cost,\(0.5\|2\)," $csv)" -eq 4
done

# A stale table fails here: the row without a change, computed anew.
sh tests/tools/sensitivity.sh "$PCBSIM" nothing >"$t/now"
grep '^nothing,' $csv >"$t/then"
diff "$t/then" "$t/now" | sed 's/^/# /'
check the_table_is_of_this_program cmp -s "$t/then" "$t/now"

sh tests/tools/sensitivity.sh "$PCBSIM" --table >"$t/table"
sed -n '/^<!-- sensitivity -->$/,/^<!-- \/sensitivity -->$/p' docs/MODEL.md |
    sed '1d;$d' >"$t/page"
check the_page_has_the_table cmp -s "$t/table" "$t/page"

tap_done
