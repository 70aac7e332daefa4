#!/bin/sh
# bench.sh BUILD PCBSIM: runs every benchmark; results/bench.csv.
set -eu
out=results/bench.csv
tmp=$out.$$
trap 'rm -f "$tmp" "$tmp.one"' EXIT
echo "work,value,unit,target,held" >"$tmp"
for f in $(find tests -name '*_bench.c' -o -name '*_bench.sh' |
    LC_ALL=C sort); do
	case $f in
	*.c) "$1/${f%.c}" >"$tmp.one" ;;
	*) sh "$f" "$2" >"$tmp.one" ;;
	esac
	cat "$tmp.one"
	sed 1d "$tmp.one" >>"$tmp"
done
mv "$tmp" "$out"
echo "bench: $(grep -c ',yes$' "$out") targets held," \
    "$(grep -c ',no$' "$out") missed: $out"
