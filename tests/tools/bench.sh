#!/bin/sh
# Runs every benchmark; the table goes to results/bench.csv.
set -eu
out=results/bench.csv
tmp=$out.$$
trap 'rm -f "$tmp"' EXIT
echo "work,value,unit,target,held" >"$tmp"
for f in $(find tests -name '*_bench.c' | sort); do
	"$1/${f%.c}" | tee /dev/stderr | sed 1d >>"$tmp"
done
mv "$tmp" "$out"
echo "bench: $(grep -c ',yes$' "$out") targets held, $(grep -c ',no$' "$out") missed: $out"
