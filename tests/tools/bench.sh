#!/bin/sh
# Runs every benchmark; the table goes to results/bench.csv.
set -eu
out=results/bench.csv
tmp=$out.$$
trap 'rm -f "$tmp" "$tmp.one"' EXIT
echo "work,value,unit,target,held" >"$tmp"
for f in $(find tests -name '*_bench.c' | LC_ALL=C sort); do
	"$1/${f%.c}" >"$tmp.one"
	cat "$tmp.one"
	sed 1d "$tmp.one" >>"$tmp"
done
mv "$tmp" "$out"
echo "bench: $(grep -c ',yes$' "$out") targets held," \
    "$(grep -c ',no$' "$out") missed: $out"
