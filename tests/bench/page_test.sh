#!/bin/sh
# The tables in README.md and docs/PERFORMANCE.md are those of their sources; what
# a row of `make bench' is held to is the ratio to its yardstick.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

check pages_have_the_tables sh tests/tools/bench_page.sh --check

# A figure that is another one's is seen, and written.
mkdir -p "$t/house/docs" "$t/house/results" "$t/house/tests"
cp -r tests/tools "$t/house/tests"
cp README.md "$t/house"
cp docs/PERFORMANCE.md docs/growth.csv "$t/house/docs"
cp results/bench.csv "$t/house/results"
planted() {	# planted FILE FROM TO: what the check says then
	(
		cd "$t/house" || exit
		sed "$2" "$1" >"$1.new"
		mv "$1.new" "$1"
		! sh tests/tools/bench_page.sh --check >"$t/said" &&
		    grep -q "$3" "$t/said" &&
		    sh tests/tools/bench_page.sh &&
		    sh tests/tools/bench_page.sh --check
	)
}
check another_figure_in_the_readme planted README.md \
    '/^| M.M.1 /s/[0-9]/7/g' '^README.md: .* bench '
check another_run planted results/bench.csv \
    's/^M.M.1 on the engine,[^,]*/M\/M\/1 on the engine,1.25/' \
    'PERFORMANCE.md: .* bench '
check another_growth planted docs/growth.csv \
    's/^\(pcbs,freebsd-12.2,10000000\),.*/\1,99,999999/' \
    'PERFORMANCE.md: .* growth '

first_columns() {
	head -n 1 results/bench.csv | grep -q '^work,value,unit,target,held,' &&
	    awk -F, 'NF != 18 { bad = 1 } END { exit bad || NR < 2 }' \
		results/bench.csv
}
check columns_of_the_results first_columns

# bench.awk: a row of samples -> its line.
printf 'work,yardstick,value,unit\nslow,hop,100,ns\n' >"$t/reference.csv"
judged() {	# judged FIELDS... EXPECTED: tabs between the fields
	for last; do :; done
	while [ $# -gt 1 ]; do
		printf '%s' "$1"
		[ $# -eq 2 ] || printf '\t'
		shift
	done >"$t/row"
	echo >>"$t/row"
	got=$(awk -f tests/tools/bench.awk "$t/reference.csv" "$t/row" \
	    2>"$t/eye")
	[ "$got" = "$last" ] || { echo "# $got"; return 1; }
}
# 150 ns was wanted where the yardstick took 100: 1.5 of it.
check held_though_slow judged slow ns most 150 hop ns - - - \
    '400:300:- 450:250:- 500:400:-' \
    'slow,450,ns,150,yes,400,500,no,hop,300,ns,1.333,1.5,1.25,1.8,,,'
check not_held_though_fast judged slow ns most 150 hop ns - - - '100:50:-' \
    'slow,100,ns,150,no,100,100,yes,hop,50,ns,2,1.5,2,2,,,'
check a_ratio_of_its_own judged rate M/s least 20 hand M/s 0.6 Cimba 7.8 \
    '30:40:5.5 31:40:5.7 32:40:5.6' \
    'rate,31,M/s,20,yes,30,32,yes,hand,40,M/s,0.775,0.6,0.75,0.8,Cimba,5.6,run'
check a_rival_recorded judged rate M/s least 20 hand M/s 0.6 Cimba 7.8 \
    '10:40:-' \
    'rate,10,M/s,20,no,10,10,no,hand,40,M/s,0.25,0.6,0.25,0.25,Cimba,7.8,recorded'
check by_its_value_alone judged other bytes most 96 - - - - - '57:-:-' \
    'other,57,bytes,96,yes,57,57,yes,,,,,,,,,,'
check to_compare_with judged other ns most - heap ns - - - '9:3:-' \
    'other,9,ns,,,9,9,,heap,3,ns,3,,3,3,,,'
check one_that_failed judged 'search x' 'exit 1' most - - - - - - '' \
    'search x,,exit 1,,failed,,,,,,,,,,,,,'
said_failed() { grep -q '^FAILED *search x: exit 1' "$t/eye"; }
check that_is_said said_failed

# A benchmark that breaks is a row; the others go on.
mkdir -p "$t/made/tests/bench" "$t/broken/tests/bench" "$t/broken/results"
cp -r tests/tools "$t/broken/tests"
cp "$t/reference.csv" "$t/broken/tests/bench"
cat >"$t/broken/tests/bench/a_bench.sh" <<'EOT'
[ "$3" = list ] && { echo one two; exit; }
[ "$3" = one ] && exit 3
printf 'b\tns\tmost\t5\t-\t-\t-\t-\t-\t4:-:-\n'
EOT
goes_on() {
	(
		cd "$t/broken" || exit
		PCBSIM_RIVAL=none sh tests/tools/bench.sh "$t/made" x \
		    >"$t/said" 2>&1
		cut -d, -f1,5 results/bench.csv | tail -n +2 | tr '\n' ' '
	) | grep -qx 'a one,failed b,yes '
}
check the_others_go_on goes_on
check and_that_is_counted grep -q '1 held, 0 not held, 1 failed' "$t/said"

tap_done
