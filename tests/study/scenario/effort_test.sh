#!/bin/sh
# What `check' says of a run's work is what callgrind counts of it, within the
# factor that study/scenario/effort.h states.
. tests/tools/tap.sh
. tests/tools/try.sh

factor=$(sed -n 's/^#define.EFFORT_FACTOR.//p' study/scenario/effort.h)
pcbsim() { "$PCBSIM" "$@" >"$t/out" 2>"$t/err"; }
counted() {	# counted OPTIONS...: instructions of the run
	rm -rf "$t/result"
	valgrind --tool=callgrind --callgrind-out-file="$t/callgrind" \
	    --toggle-collect=run_simulate "$PCBSIM" run "$t/s.ini" --jobs=1 \
	    --no-plots -q -o "$t/result" "$@" 2>&1 >/dev/null |
	    sed -n 's/.*Collected : //p'
}
if ! command -v valgrind >/dev/null || ! command -v jq >/dev/null; then
	skip instructions "needs valgrind and jq"
	tap_done
fi

scenario() {	# scenario STACK: a little of everything
	cat <<EOT
[scenario]
format = 1
name = s
title = s
duration = 200ms
[host]
cpus = 4
laddrs = 198.51.100.1*4
[inbound]
segments = 10k/s
accepts = 200/s
[workload:web]
load = poisson
rate = 2k/s
lifetime = constant(1h)
bind = laddr
faddrs = 203.0.113.10*4
fport = 443
threads = 8
[variant:v]
stack = $1
EOT
}
within() {	# within OPTIONS...
	pcbsim check "$t/s.ini" --format=json "$@" || { show; return 1; }
	said=$(jq '.scenarios[0].variants[0].instructions' "$t/out")
	real=$(counted "$@")
	[ -n "$real" ] || { echo "# callgrind cannot run it"; return 1; }
	echo "# estimated $said, counted $real"
	awk -v a="$said" -v b="$real" -v f="$factor" \
	    'BEGIN { exit !(a < b * f && b < a * f) }'
}
scenario freebsd-12.2 >"$t/s.ini"
runs=$(counted)
if [ "${runs:-0}" -eq 0 ]; then
	skip instructions "callgrind cannot run $PCBSIM"
	tap_done
fi
for stack in freebsd-12.2 netbsd illumos linux-6.18; do
	scenario $stack >"$t/s.ini"
	check "everything/$stack" within
done
scenario freebsd-14 >"$t/s.ini"
check "hardly_anything" within --set=workload:web.rate=1/s \
    --set=inbound.segments=0/s
check "segments" within --set=inbound.segments=100k/s
check "connects" within --set=workload:web.rate=10k/s
check "accepts" within --set=inbound.accepts=5k/s
check "open_from_the_start" within --set=workload:web.open=5000 \
    --set=workload:web.rate=1/s
check "long_and_idle" within --set=scenario.duration=10s \
    --set=workload:web.rate=1/s --set=inbound.segments=0/s \
    --set=inbound.accepts=0/s
# Nobody gets a port any more, and all try again at once.
storm="--set=workload:web.load=closed --set=workload:web.size=500
    --set=workload:web.think=constant(0s) --set=workload:web.retry=1us
    --set=workload:web.threads=0 --set=scenario.duration=20ms
    --set=kernel.net.inet.ip.portrange.first=10000
    --set=kernel.net.inet.ip.portrange.last=10010"
sed '/^rate/d' "$t/s.ini" >"$t/o.ini"
mv "$t/o.ini" "$t/s.ini"
# shellcheck disable=SC2086
check "nobody_gets_a_port" within $storm
scenario freebsd-16 >"$t/s.ini"
check "searches_by_stretches" within --set=host.laddrs=198.51.100.1 \
    --set=workload:web.faddrs=203.0.113.10 --set=workload:web.bind=none \
    --set=workload:web.open=55536
# Enough for each by itself, and what is bound takes all: the other, in vain,
# comes back each second.
beside() {	# beside STACK
	cat <<EOT
[scenario]
format = 1
name = s
title = s
duration = 100s
interval = 1s
[host]
cpus = 2
laddrs = 198.51.100.1*3
[kernel]
net.inet.ip.portrange.first = 10000
net.inet.ip.portrange.last = 10099
[workload:web]
load = poisson
rate = 60/s
lifetime = exponential(10s)
bind = laddr
faddrs = 203.0.113.10*2
fport = 443
[workload:other]
load = poisson
rate = 20/s
lifetime = exponential(2s)
faddrs = 192.0.2.1*2
fport = 80
retry = 1s
[variant:v]
stack = $1
EOT
}
for stack in freebsd-12.0 freebsd-12.2 netbsd; do
	beside $stack >"$t/s.ini"
	check "beside_others/$stack" within
done
factor=1.0001
refuse "planted/a_wrong_one_is_seen" 1 within
tap_done
