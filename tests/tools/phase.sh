#!/bin/sh
# results/published/phase: the phase diagram of scenarios/sweep-freeze.sweep.
#
#	phase.sh PCBSIM
#
# With pictures as PARTS those alone, of what is published.
set -eu
pcbsim=$1
dir=results/published/phase
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
if [ "${PARTS:-}" != pictures ]; then
	"$pcbsim" sweep run scenarios/sweep-freeze.sweep --out="$tmp/parts" --quiet
	"$pcbsim" sweep merge scenarios/sweep-freeze.sweep --out="$tmp/parts" \
	    >"$tmp/all.csv"
	mkdir -p "$dir"
	# The columns that the pictures are of, and those that make a row a run.
	awk -v want="workload:nginx.rate_per_s workload:utilities.rate_per_s
	    variant stack replication seed eaddrnotavail hold_max_us stall_max_us
	    console_max_ms frozen_s unfinished probes_mean screen_frozen_s
	    ssh_frozen_s daemon_frozen_s serial_frozen_s verdict" \
	    -f tests/tools/columns.awk "$tmp/all.csv" >"$dir/phase.csv"
fi
"$pcbsim" plot --metric=console_max_ms --metric=screen_frozen_s \
    --metric=ssh_frozen_s --metric=daemon_frozen_s \
    --metric=serial_frozen_s -o "$tmp/plots" "$dir/phase.csv"
cp "$tmp"/plots/sweep-*.gp "$tmp"/plots/sweep-*.svg "$tmp"/plots/sweep-*.png \
    "$dir"
