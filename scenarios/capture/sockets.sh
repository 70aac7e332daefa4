#!/bin/sh
# Samples of the TCP sockets of this machine, for `pcbsim import': by ss(8) on
# Linux, by netstat(1) on FreeBSD.  Needs no root.  Connections that live shorter
# than the period may be lost.
#
#	sh sockets.sh [SECONDS [PERIOD]] >samples.txt
seconds=${1:-60}
period=${2:-1}
if command -v ss >/dev/null 2>&1; then
	sockets='ss -tanH'
else
	sockets='netstat -an -f inet -p tcp'
fi
end=$(($(date +%s) + seconds))
while [ "$(date +%s)" -lt "$end" ]; do
	# Not every date knows fractions.
	now=$(date +%s.%N)
	echo "${now%.*[!0-9]*}"
	$sockets
	sleep "$period"
done
