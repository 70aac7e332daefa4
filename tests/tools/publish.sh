#!/bin/sh
# Writes results/published/ anew: of each published scenario what a reader
# needs, without the bulky CSV files (run.ini brings them back to the byte).
#
#	publish.sh PCBSIM
set -eu
pcbsim=$1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

for name in seed-2019 replay-steady-nobind claim-7-unfreeze freeze-11 \
    stacks-2019; do
	"$pcbsim" run --quiet --out="$tmp/$name" "scenarios/$name.ini"
	to=results/published/$name
	rm -rf "$to"
	mkdir -p "$to/plots"
	cp "$tmp/$name/report.txt" "$tmp/$name/run.ini" \
	    "$tmp/$name/summary.csv" "$to"
	cp "$tmp/$name/plots/port-exhaustion.png" \
	    "$tmp/$name/plots/lock-stalls.png" "$to/plots"
done
# The main case in full: the page, the locks, and the two maps.
name=seed-2019
to=results/published/$name
cp "$tmp/$name/report.html" "$tmp/$name/locks.csv" "$to"
cp "$tmp/$name/plots/connect-causes.png" \
    "$tmp/$name/plots/address-occupancy.png" "$to/plots"
du -sk results/published
