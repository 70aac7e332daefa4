#!/bin/sh
# docs/fuzz.csv: every kind of input is in it, what was found is told, and
# docs/RELIABILITY.md has its sums.
. tests/tools/tap.sh

csv=docs/fuzz.csv
page=docs/RELIABILITY.md
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

kinds=$(for f in tests/fuzz/inputs/*_fuzz.c; do basename "$f" _fuzz.c; done)
for k in $kinds; do
	check "libfuzzer/$k" grep -q "^$k,libfuzzer," $csv
done
well_formed() {
	awk -F, '/^#/ { next } !head { head = 1
		bad += $0 != "kind,engine,commit,seconds,inputs,edges,found"
		next }
	    NF != 7 || $2 !~ /^(libfuzzer|afl)$/ || $4 !~ /^[0-9]+$/ ||
	    $5 !~ /^[0-9]+$/ || $6 !~ /^[0-9]+$/ || $7 !~ /^[0-9]+$/ ||
	    $4 == 0 || $5 == 0 { print "# " $0; bad++ }
	    END { exit bad || !head }' "$1"
}
check "well_formed" well_formed $csv

# same LEDGER: the page has its sums.
same() {
	sh tests/fuzz/ledger.sh page "$1" >"$t/sums"
	sed -n '/^<!-- fuzz -->$/,/^<!-- \/fuzz -->$/p' $page |
	    sed '1d;$d' >"$t/page"
	diff "$t/sums" "$t/page" >"$t/diff"
}
check "the_page_has_the_sums" same $csv
sed 's/^/# /' "$t/diff"

# A row more is seen, and one that is none.
{ cat $csv; echo "expr,afl,0123456789,60,1000,10,1"; } >"$t/more.csv"
sh tests/fuzz/ledger.sh page "$t/more.csv" >"$t/sums"
refuse "planted/a_row_more" 1 same "$t/more.csv"
{ cat $csv; echo "expr,afl,0123456789,60,,10,1"; } >"$t/none.csv"
refuse "planted/no_row" 1 well_formed "$t/none.csv" >/dev/null
tap_done
