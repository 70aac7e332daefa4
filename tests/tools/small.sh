#!/bin/sh
# Prints a scenario of a few connects and two variants; each LINE is one more of
# its first group.  What a test needs besides, it appends.
#
#	small.sh NAME DURATION [LINE...]
set -eu
cat <<INI
[scenario]
format = 1
name = $1
title = a few connects
duration = $2
INI
shift 2
[ $# -eq 0 ] || printf '%s\n' "$@"
cat <<INI

[workload:web]
load = poisson
rate = 100/s
lifetime = exponential(1s)
bind = none
faddrs = 192.0.2.7
fport = 80

[variant:current]
stack = freebsd-12.0

[variant:proposed]
stack = freebsd-12.2
INI
