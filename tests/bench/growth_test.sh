#!/bin/sh
# docs/growth.csv is the table in docs/PERFORMANCE.md and grows no faster than
# that page says; and what an open pcb and a run of a sweep cost in instructions,
# which do not depend on who else uses the machine, is no more than now.
. tests/tools/tap.sh

csv=docs/growth.csv
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

sh tests/tools/growth.sh --page $csv >"$t/table"
sed -n '/^<!-- growth -->$/,/^<!-- \/growth -->$/p' docs/PERFORMANCE.md |
    sed '1d;$d' >"$t/page"
diff "$t/table" "$t/page" | sed 's/^/# /'
check the_page_has_the_table cmp -s "$t/table" "$t/page"

# Of the last step: n log n is 1.06 from 10^6 to 10^7.
awk -F, '$1 == "axis" { next }
    { key = $1 "," $2 }
    key == last && $3 >= 4 * n {
	power = log($4 / cpu) / log($3 / n); memory = log($5 / kib) / log($3 / n)
	print key, power, memory }
    { last = key; n = $3; cpu = $4; kib = $5 }' $csv >"$t/powers"
check there_are_powers test "$(grep -c . "$t/powers")" -gt 20
awk '$2 > 1.2 || $3 > 1.1' "$t/powers" |
    sed 's/^/# too fast: /' | tee "$t/fast"
check nothing_grows_faster test ! -s "$t/fast"
most() {	# most AXIS N CPU-SECONDS MIB
	awk -F, -v a="$1" -v n="$2" -v s="$3" -v m="$4" '$1 == a && $3 == n {
	    found = 1; bad += $4 > s || $5 / 1024 > m }
	    END { exit bad || !found }' $csv
}
check ten_million_on_256_cpus most everything 10000000 60 953
check ten_million_one_after_the_other most connections 10000000 60 64

count() {	# count COMMAND...: instructions
	valgrind --tool=callgrind --callgrind-out-file="$t/out" "$@" 2>&1 \
	    >"$t/said" | sed -n 's/.*Collected : //p'
}
runs=$(command -v valgrind >/dev/null && count "$PCBSIM" --version)
# A program with a sanitizer ends there before it has said anything.
if [ "${runs:-0}" -eq 0 ] || [ ! -s "$t/said" ]; then
	skip instructions "callgrind cannot run $PCBSIM"
	tap_done
fi

# Instructions for each of N more, from N to 2 N, and from 2 N to 4 N.
run_count() {	# run_count AXIS N STACK
	sh tests/tools/growth.sh --scenario "$1" "$2" "$3" >"$t/g.ini"
	rm -rf "$t/result"
	count "$PCBSIM" run "$t/g.ini" --jobs=1 --no-plots --quiet \
	    --out="$t/result"
}
each() {	# each AXIS N STACK MOST
	a=$(run_count "$1" "$2" "$3") b=$(run_count "$1" $(($2 * 2)) "$3")
	c=$(run_count "$1" $(($2 * 4)) "$3")
	one=$(((b - a) / $2)) two=$(((c - b) / ($2 * 2)))
	echo "# $1 $3: $one instructions each, then $two"
	[ "$one" -gt 0 ] && [ "$one" -le "$4" ] && [ "$two" -le "$4" ]
}
# So many that what the clock makes a run do, some 5 M, is little of each.
check an_open_pcb_of_illumos each pcbs 4000 illumos 16000

# The page of a result of N variants: each costs what it costs, however many
# there are.  1.12 times as much of 32 when each went through the rows of all.
page_count() {	# page_count VARIANTS
	cat >"$t/v.ini" <<-EOT
	[scenario]
	format = 1
	duration = 60s
	interval = 1s
	[host]
	laddrs = 192.0.2.1
	[workload:w]
	load = steady
	rate = 2/s
	faddrs = 203.0.113.1
	fport = 443
	lifetime = constant(1s)
	EOT
	awk -v n="$1" 'BEGIN { for (i = 1; i <= n; i++) printf \
	    "[variant:v%d]\nstack = freebsd-12.2\n", i }' >>"$t/v.ini"
	rm -rf "$t/result"
	"$PCBSIM" run "$t/v.ini" --no-plots --quiet --out="$t/result" >&2
	count "$PCBSIM" report "$t/result" --format=html
}
a=$(page_count 8) b=$(page_count 16) c=$(page_count 32)
one=$(((b - a) / 8)) two=$(((c - b) / 16))
echo "# a page: $one instructions a variant, then $two"
check a_page_of_variants test "$two" -gt 0 -a \
    $((two * 100)) -le $((one * 108))

# A run of a sweep: the tiny one of docs/SCALE.md.
{
	sh tests/tools/small.sh tiny 2s | sed '/^\[variant:proposed\]/,$d'
	printf '[host]\nladdrs = auto\n'
} >"$t/tiny.ini"
sweep_count() {	# sweep_count RATES REPLICATIONS
	printf '[sweep]\nscenario = tiny.ini\nreplications = %s\n' "$2" \
	    >"$t/t.sweep"
	printf 'workload:web.rate = %s step 1/s\n' "$1" >>"$t/t.sweep"
	rm -rf "$t/sw"
	count "$PCBSIM" sweep run "$t/t.sweep" --jobs=1 --quiet --out="$t/sw"
}
a=$(sweep_count 100/s..101/s 1) b=$(sweep_count 100/s..105/s 1)
echo "# a run of a sweep, of a cell of its own: $(((b - a) / 4)) instructions"
check a_run_of_a_sweep test "$b" -gt "$a" -a $(((b - a) / 4)) -le 8500000
# Its scenario is read, and its timeline is kept, by nobody any more.
a=$(sweep_count 50/s..51/s 1) b=$(sweep_count 50/s..51/s 5)
echo "# of a cell that had one before: $(((b - a) / 8)) instructions"
check another_run_of_its_cell test "$b" -gt "$a" -a \
    $(((b - a) / 8)) -le 3600000

tap_done
