#!/bin/sh
# The packets that open and close TCP connections, for
# `pcbsim import --format=tshark'; on Linux and FreeBSD, as root.
#
#	sh packets.sh INTERFACE SECONDS >packets.csv	capture, then read
#	sh packets.sh FILE.pcap >packets.csv		read a capture
#
# Packets do not say whether a program had bound its address, and a connect
# that found no port sends none.
set -eu
fields='frame.time_epoch tcp.stream ip.src tcp.srcport ip.dst tcp.dstport
    tcp.flags.syn tcp.flags.ack tcp.flags.fin tcp.flags.reset'
pcap=$1
if [ $# -ge 2 ]; then
	pcap=$(mktemp)
	trap 'rm -f "$pcap"' EXIT
	timeout "$2" tcpdump -i "$1" -U -w "$pcap" \
	    'tcp[tcpflags] & (tcp-syn|tcp-fin|tcp-rst) != 0' >&2 || true
fi
set --
for f in $fields; do
	set -- "$@" -e "$f"
done
tshark -r "$pcap" -T fields -E separator=, "$@"
