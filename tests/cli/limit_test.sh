#!/bin/sh
# limit: finds a limit that is known by arithmetic, for each variant or for what
# the predicate names; answers never and already; refuses what it should; stops
# at a signal and says what it knows.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
# 1,000 ports, connections that stay: 10 bursts of N exhaust them at N = 101.
cat >"$t/known.ini" <<'INI'
[scenario]
format = 1
name = known
title = known
duration = 10s
[kernel]
net.inet.ip.portrange.first = 10000
net.inet.ip.portrange.last = 10999
[workload:w]
load = burst
size = 10
every = 1s
lifetime = constant(1h)
bind = none
faddrs = 192.0.2.7*2
fport = 80
[variant:first]
stack = freebsd-12.0
[variant:second]
stack = freebsd-12.2
INI
limit() { "$PCBSIM" limit "$t/known.ini" "$@" >"$t/out" 2>"$t/err"; }
shows() {
	check "$1" grep -qF -- "$2" "$t/out"
	grep -qF -- "$2" "$t/out" || sed 's/^/# /' "$t/out" "$t/err"
}
tells() {
	check "$1" grep -qF -- "$2" "$t/err"
	grep -qF -- "$2" "$t/err" || sed 's/^/# /' "$t/out" "$t/err"
}

limit --vary=workload:w.size=10..1000 --until='first.eaddrnotavail > 0' \
    --replications=3 --tolerance=0.1% -o "$t/points.csv"
shows exact 'first.eaddrnotavail > 0: first at 100.5 +- 0 (95 %, N = 3'
check points_are_written test "$(grep -c '^,[012],' "$t/points.csv")" -gt 20
check the_bracket_is_there grep -q ',101,101,1$' "$t/points.csv"
limit --vary=workload:w.size=10..1000 --until='eaddrnotavail > 0' \
    --replications=3 --tolerance=0.1%
shows each_variant_first 'first: eaddrnotavail > 0: first at 100.5'
# Two destinations of 1,000 tuples each, drawn at random: about 200 a burst.
shows each_variant_second 'second: eaddrnotavail > 0: first at 19'
limit --vary=workload:w.size=10..50 --until='verdict >= exhausted' \
    --replications=1
shows never 'first: verdict >= exhausted: never up to 50'
limit --vary=workload:w.size=200..500 --until='verdict == exhausted' \
    --set=kernel.net.inet.ip.portrange.last=10099 --replications=1
shows already 'first: verdict == exhausted: already at 200'
shows no_interval_of_one 'already at 200, where the range begins; 1 runs'

for bad in --vary=workload:w.sise=1..2 --vary=w.size=1..2 \
    --vary=workload:w.size=1 --vary=workload:w.bind=1..2 \
    --vary=workload:x.size=1..2; do
	limit "$bad" --until='eaddrnotavail > 0'
	check "refuses $bad" test $? -eq 2
	check "explains $bad" test -s "$t/err"
done
limit --vary=workload:w.size=1..9 --until='eaddrnotavial > 0'
tells misspelt_metric "--until='eaddrnotavial > 0': "
limit --vary=workload:w.size=1..9 --until='verdict >= freeze'
tells misspelt_verdict "freeze"
limit --vary=workload:w.size=1..9 --until="eaddrnotavail > 0" --tolerance=banana
tells share_is_explained \
    "--tolerance=banana: a share between 0% and 100%, as in 1%"
limit --vary=workload:w.size=1..9
tells no_until "--until: needed"

"$PCBSIM" limit scenarios/seed-2019.ini --vary=workload:nginx.rate=1/s..4k/s \
    --until='current.frozen_s > 1' -q >"$t/out" 2>"$t/err" &
pid=$!
sleep 1
kill -INT $pid
wait $pid
check a_signal_ends_it test $? -eq 130
shows and_says_what_is_known 'stopped: '

tap_done
