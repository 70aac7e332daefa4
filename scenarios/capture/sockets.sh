#!/bin/sh
# Samples of the TCP sockets of this Linux machine, for
# `pcbsim import --format=ss'.  Needs no root.  Connections that live shorter
# than the period may be lost.
#
#	sh sockets.sh [SECONDS [PERIOD]] >samples.txt
seconds=${1:-60}
period=${2:-1}
end=$(($(date +%s) + seconds))
while [ "$(date +%s)" -lt "$end" ]; do
	date +%s.%N
	ss -tanH
	sleep "$period"
done
