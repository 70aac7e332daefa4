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
	# Of the main case which setting moves the result, too.
	moves=
	[ $name != seed-2019 ] || moves=--moves
	"$pcbsim" run --quiet $moves --out="$tmp/$name" "scenarios/$name.ini"
	to=results/published/$name
	rm -rf "$to"
	mkdir -p "$to/plots"
	cp "$tmp/$name/report.txt" "$tmp/$name/run.ini" \
	    "$tmp/$name/summary.csv" "$to"
	cp "$tmp/$name/plots/port-exhaustion.png" \
	    "$tmp/$name/plots/lock-stalls.png" "$to/plots"
done
# The main case in full: the page, the locks, and its other pictures.
name=seed-2019
to=results/published/$name
cp "$tmp/$name/report.html" "$tmp/$name/locks.csv" "$to"
for picture in connect-causes address-occupancy observer-lags pcb-states; do
	cp "$tmp/$name/plots/$picture.png" "$to/plots"
done
du -sk results/published
