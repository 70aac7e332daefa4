#!/bin/sh
# A range of one port and a random start: 14.0-STABLE was booted so and panicked
# (integer divide fault). 12.2 does not draw then.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

quiet() { "$PCBSIM" "$@" >"$t/out" 2>"$t/err"; }
says() {	# says out|err PATTERN
	grep -q -- "$2" "$t/$1" || { sed 's/^/# /' "$t/$1"; return 1; }
}

cat >"$t/ops.csv" <<EOF
config,50000,50000,1,512,512
addr,0,10.0.0.1
uc,1,203.0.113.1,80
EOF
cat >"$t/one.ini" <<EOF
[scenario]
format = 1
duration = 2s
[host]
laddrs = 10.0.0.1
[kernel]
net.inet.ip.portrange.first = 50000
net.inet.ip.portrange.last = 50000
[workload:w]
load = poisson
rate = 10/s
start = 1s
lifetime = constant(100ms)
bind = none
faddrs = 203.0.113.1
fport = 80
[variant:before]
stack = freebsd-12.2
[variant:after]
stack = freebsd-14.0
[variant:buckets]
stack = freebsd-16
EOF

for stack in freebsd-14.0 freebsd-14.3 freebsd-15.0 freebsd-16; do
	refuse "script/$stack" 2 quiet script --stack=$stack "$t/ops.csv"
	check "script/$stack/says" says err 'ops.csv:3:.*divides by zero.*panics'
done
check "script/freebsd-13.5" quiet script --stack=freebsd-13.5 "$t/ops.csv"
check "script/freebsd-13.5/port" says out '^3,uc,1,OK,10.0.0.1,50000,1,'

check "check" quiet check "$t/one.ini"
check "check/after" says out 'after: panics'
check "check/buckets" says out 'buckets: panics'
check "check/before" sh -c '! grep -q "before: panics" "$1"' sh "$t/out"
check "check/not_sequential" quiet check "$t/one.ini" \
    --set=kernel.net.inet.ip.portrange.randomized=0
check "check/not_sequential/says" sh -c '! grep -q panics "$1"' sh "$t/out"

check "run" quiet run "$t/one.ini" --no-plots --quiet --out="$t/result"
column() {	# column NAME: variant=value
	awk -F, -v name="$1" '/^#/ { next }
	!n { for (i = 1; i <= NF; i++) if ($i == name) n = i; next }
	{ print $1 "=" $n }' "$t/result/summary.csv"
}
column verdict >"$t/out"
check "run/after" says out '^after=panics$'
check "run/buckets" says out '^buckets=panics$'
check "run/before" sh -c '! grep -q "^before=panics" "$1"' sh "$t/out"
column ok >"$t/out"
check "run/nothing_after_it" says out '^after=0$'

tap_done
