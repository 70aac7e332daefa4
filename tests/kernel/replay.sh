#!/bin/sh
# Hold the stacks to recordings of booted kernels, all of them, with the
# operations in another directory.
#
#	replay.sh PCBSIM LIVE OPS	LIVE/live-KERNEL.csv.xz, OPS/NAME.ops.csv.gz
#
# Prints a line a kernel: decisions (error, address, port) and rovers that are
# equal, and that are not; 1 if any is not.  EALREADY counts as EISCONN.
set -eu
pcbsim=$1
live=$2
ops=$3
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
worst=0
for kernel in 11.0-RELEASE-p1 12.1-RELEASE 12.2-RELEASE 14.0-STABLE; do
	release=${kernel%%-*}
	xz -dc "$live/live-$kernel.csv.xz" >"$tmp/live.csv"
	: >"$tmp/ours.csv"
	for name in $(sed -n 's/^@//p' "$tmp/live.csv"); do
		echo "@$name" >>"$tmp/ours.csv"
		gunzip -c "$ops/$name.ops.csv.gz" |
		    "$pcbsim" script --stack="freebsd-$release" - |
		    sed 1d >>"$tmp/ours.csv"
	done
	# A line that the kernel has and we have not differs, too.
	awk -F, -v kernel="$kernel" '
	FNR == NR && /^@/ { name = $0; next }
	FNR == NR { ours[name "," $1] = $4 "," $5 "," $6 "," $14; next }
	FNR == 1 { next }
	/^@/ { name = $0; next }
	{
		sub("EALREADY", "EISCONN")
		if (ours[name "," $1] == $4 "," $5 "," $6 "," $7)
			equal++
		else if (differ++ == 0)
			first = name ":" $1
	}
	END {
		printf "%s: %d equal, %d differ %s\n", kernel, equal, differ,
		    first
		exit differ > 0 || equal == 0
	}' "$tmp/ours.csv" "$tmp/live.csv" || worst=1
done
exit $worst
