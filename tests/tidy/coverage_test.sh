#!/bin/sh
# docs/coverage.csv has every source file and no other, and the page its sums:
# what is published is not of another program.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
csv=docs/coverage.csv
page=docs/RELIABILITY.md

find sim models study cli -name '*.c' | LC_ALL=C sort >"$t/sources"
whole() {	# whole CSV: each source has a row, and there is none else
	awk -F, '!/^#/ && $1 != "file" { print $1 }' "$1" | LC_ALL=C sort \
	    >"$t/rows"
	diff "$t/rows" "$t/sources" >"$t/diff"
}
check "every_file_is_there" whole $csv
sed 's/^/# make coverage: /' "$t/diff"
sane() {
	awk -F, '/^#/ || $1 == "file" { next }
	    NF == 5 && $2 == "-" { later++; next }
	    NF != 5 || $3 > $2 || $5 > $4 { print "# " $0; bad++ }
	    { lines += $2; hit += $3 }
	    END { exit bad || later > 20 || lines < 10000 || hit < lines / 2 }' $csv
}
check "figures_are_sane" sane
sh tests/tools/coverage.sh --page $csv >"$t/sums"
sed -n '/^<!-- coverage -->$/,/^<!-- \/coverage -->$/p' $page |
    sed '1d;$d' >"$t/page"
diff "$t/sums" "$t/page" >"$t/diff"
check "the_page_has_the_sums" cmp -s "$t/sums" "$t/page"
sed 's/^/# /' "$t/diff"

grep -v '^study/text/lines.c,' $csv >"$t/lacks.csv"
refuse "planted/a_file_less" 1 whole "$t/lacks.csv"
{ cat $csv; echo "study/none.c,1,1,0,0"; } >"$t/more.csv"
refuse "planted/a_file_more" 1 whole "$t/more.csv"
tap_done
