#!/bin/sh
# Measures what sweeps of many short runs cost: a table on standard output, and
# in a file.
#
#	scale.sh PCBSIM CSV [RUNS]...
#
# RUNS: 100, 1000, 10000 unless told otherwise.  A run takes a millisecond or
# two, so that what is measured is what surrounds it.  One process, one run at a
# time.  Wall times are of this machine and its disk: TMPDIR says which disk.
set -eu
PCBSIM=$1 csv=$2
shift 2
[ $# -gt 0 ] || set -- 100 1000 10000
t=$(mktemp -d "${TMPDIR:-/tmp}/scale.XXXXXX")
trap 'rm -rf "$t"' EXIT
trap 'exit 1' INT TERM

{
	sh tests/tools/small.sh tiny 2s | sed '/^\[variant:proposed\]/,$d'
	printf '[host]\nladdrs = auto\n'
} >"$t/tiny.ini"

# Wall and CPU seconds and the greatest resident set in KiB of a command.
if /usr/bin/time -f %M true >/dev/null 2>&1; then
	measure() {	# measure COMMAND...: sets wall, cpu, peak
		/usr/bin/time -o "$t/time" -f '%e %U %S %M' "$@"
		set -- $(tail -n 1 "$t/time")
		wall=$1 cpu=$(echo "$2 $3" | awk '{ print $1 + $2 }') peak=$4
	}
else
	measure() {	# the same, of a BSD
		/usr/bin/time -l -o "$t/time" "$@"
		set -- $(awk '/ real /{ w = $1; c = $3 + $5 }
		    /maximum resident/{ m = $1 } END { print w, c, m }' \
		    "$t/time")
		wall=$1 cpu=$2 peak=$3
	}
fi
row() {	# row WHAT RUNS VALUE UNIT
	echo "$1,$2,$3,$4" | tee -a "$t/csv"
}
each_ms() { awk "BEGIN { printf \"%.3f\", $1 * 1000 / $runs }"; }
cells() {	# cells COUNT REPLICATIONS >SWEEP
	printf '[sweep]\nscenario = tiny.ini\nreplications = %d\n' "$2"
	printf 'workload:web.rate = 1/s..%d/s step 1/s\n' "$1"
}
sweep() { measure "$PCBSIM" sweep "$@" --out="$t/out" --quiet; }

echo "what,runs,value,unit" | tee "$t/csv"
for runs in "$@"; do
	cells 100 $((runs / 100)) >"$t/tiny.sweep"
	sweep run "$t/tiny.sweep" --jobs=1 >"$t/said"
	row run "$runs" "$(each_ms "$wall")" ms_per_run
	row run_cpu "$runs" "$(each_ms "$cpu")" ms_per_run
	row run_peak "$runs" "$peak" KiB
	# Apparent bytes and blocks of the directory, all of it; and its inodes.
	row bytes "$runs" "$(find "$t/out" -type f -exec cat {} + |
	    wc -c | awk -v n="$runs" '{ printf "%.0f", $1 / n }')" \
	    bytes_per_run
	row disk "$runs" "$(du -sk "$t/out" |
	    awk -v n="$runs" '{ printf "%.2f", $1 / n }')" KiB_per_run
	row inodes "$runs" "$(find "$t/out" | wc -l | tr -d ' ')" files
	sweep run "$t/tiny.sweep" --jobs=1 >"$t/said"
	row resume "$runs" "$wall" s
	row resume_cpu "$runs" "$cpu" s
	row resume_peak "$runs" "$peak" KiB
	sweep run "$t/tiny.sweep" --jobs=1 --shard=7/100 >"$t/said"
	row resume_shard_of_100 "$runs" "$wall" s
	sweep merge "$t/tiny.sweep" --csv="$t/all.csv"
	row merge "$runs" "$wall" s
	row merge_cpu "$runs" "$cpu" s
	row merge_peak "$runs" "$peak" KiB
	row merged "$runs" "$(wc -c <"$t/all.csv" |
	    awk -v n="$runs" '{ printf "%.0f", $1 / n }')" bytes_per_run
	rm -rf "$t/out"
done
# What every process of a sweep does first, by the number of cells.
for runs in "$@"; do
	cells "$runs" 1 >"$t/cells.sweep"
	measure "$PCBSIM" sweep plan "$t/cells.sweep" --no-probe >"$t/said"
	row load_cells_cpu "$runs" "$cpu" s
	row load_cells_peak "$runs" "$peak" KiB
done
mv "$t/csv" "$csv"
