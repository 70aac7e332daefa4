#!/bin/sh
# Prints a scenario with memory enough to be moved, and a workload so late that
# copies of a process go on from what its runs have in common.
set -eu
cat <<'INI'
[scenario]
format = 1
name = late
title = enough before it
duration = 12s

[host]
cpus = 2
laddrs = 198.51.100.1*4

[kernel]
net.inet.ip.portrange.first = 10000
net.inet.ip.portrange.last = 10999

[workload:proxy]
load = poisson
rate = 400/s
lifetime = exponential(20s)
bind = laddr
faddrs = 203.0.113.1
fport = 443
closer = remote

[workload:tools]
load = poisson
rate = 40/s
lifetime = exponential(1s)
bind = none
faddrs = 203.0.113.9*4
fport = 80
start = 9s

[variant:old]
stack = freebsd-12.0
INI
