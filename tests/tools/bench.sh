#!/bin/sh
# Runs every benchmark, a line a row, and writes results/bench.csv.
#
#	bench.sh BUILD PCBSIM [PATTERN]	those whose name and group match: to
#					BUILD/bench.csv, if not all
#	bench.sh --reference CSV	prints its yardsticks: they belong into
#					tests/bench/reference.csv, if measured
#					where the absolute targets were set
#	bench.sh --judge BUILD		the samples of the last run, by another
#					reference.csv
#
# A benchmark that fails is a row that failed; the others go on.  A rival is
# built and measured in the same run where pkg-config knows it, or where
# PCBSIM_RIVAL names a program like tests/bench/rival/cimba.c.
set -eu
LC_ALL=C
export LC_ALL
limit=${BENCH_LIMIT:-150}	# s, of a group

if [ "$1" = --reference ]; then
	awk -F, 'NR == 1 || $11 == "" || $4 == "" { next }
	    BEGIN { print "work,yardstick,value,unit" }
	    { print $1 "," $9 "," $10 "," $11 }' "$2"
	exit
fi
judge() {	# judge RAW CSV
	{
		printf '%s,' work value unit target held least most absolute \
		    yardstick yard yard_unit ratio ratio_target ratio_least \
		    ratio_most rival rival_value
		echo rival_from
		awk -f tests/tools/bench.awk tests/bench/reference.csv "$1" 2>/dev/null
	} >"$2.new"
	mv "$2.new" "$2"
	awk -F, -v csv="$2" 'NR > 1 { n[$5]++ }
	    END { printf "bench: %d held, %d not held, %d failed, %d to " \
		"compare: %s\n", n["yes"], n["no"], n["failed"], n[""], csv }' \
	    "$2"
}
if [ "$1" = --judge ]; then
	judge "$2/bench.raw" results/bench.csv
	exit
fi
build=$1 pcbsim=$2 pattern=${3:-.}
out=results/bench.csv raw=$build/bench.raw
[ "$pattern" = . ] || out=$build/bench.csv raw=$build/some.raw
tmp=$raw.$$
trap 'rm -f "$tmp" "$tmp.one"' EXIT
trap 'exit 1' INT TERM

if [ -z "${PCBSIM_RIVAL:-}" ] && pkg-config --exists cimba 2>/dev/null; then
	PCBSIM_RIVAL=$build/tests/bench/rival_cimba
	# shellcheck disable=SC2046
	${CC:-cc} -std=gnu2x -O2 -o "$PCBSIM_RIVAL" tests/bench/rival/cimba.c \
	    $(pkg-config --cflags --libs cimba) \
	    -Wl,-rpath,"$(pkg-config --variable=libdir cimba)" ||
	    PCBSIM_RIVAL=
fi
PCBSIM_RIVAL=${PCBSIM_RIVAL:-}
export PCBSIM_RIVAL

within() {
	if command -v timeout >/dev/null; then timeout $limit "$@"
	else "$@"; fi
}
bench() {	# bench FILE GROUP
	case $1 in
	*.c) within "$build/${1%.c}" "$2" ;;
	*) within sh "$1" "$build" "$pcbsim" "$2" ;;
	esac
}

mkdir -p results
: >"$tmp"
for f in $(find tests/bench -name '*_bench.c' -o -name '*_bench.sh' | sort); do
	name=$(basename "${f%_bench.*}")
	for group in $(bench "$f" list); do
		printf '%s %s\n' "$name" "$group" | grep -Eq "$pattern" ||
		    continue
		bench "$f" "$group" >"$tmp.one" ||
		    printf '%s %s\texit %s\tmost\t-\t-\t-\t-\t-\t-\n' \
			"$name" "$group" "$?" >>"$tmp.one"
		# What comes out so far, a line a row.
		{ awk -f tests/tools/bench.awk tests/bench/reference.csv \
		    "$tmp.one" >/dev/null; } 2>&1
		cat "$tmp.one" >>"$tmp"
	done
done
mv "$tmp" "$raw"
judge "$raw" "$out"
