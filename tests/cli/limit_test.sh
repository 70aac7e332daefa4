#!/bin/sh
# limit: finds a limit that is known by arithmetic, for each variant or for what
# the predicate names; answers never and already; refuses what it should; stops
# at a signal and says what it knows.
#
# Alone: it stops what is in the middle.
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
shows exact \
    'first.eaddrnotavail > 0: first at 101 +- 0 (95 %, N = 3, 101 to 101)'
tells how_many_runs 'limit: about 39 runs: 1 predicate x 3 replications x '
tells how_long 'limit: one in the middle took '
check points_are_written test "$(grep -c '^,[012],' "$t/points.csv")" -gt 20
check the_bracket_is_there grep -q ',101,101,1$' "$t/points.csv"
limit --vary=workload:w.size=10..1000 --until='eaddrnotavail > 0' \
    --replications=3 --tolerance=0.1%
shows each_variant_first 'first: eaddrnotavail > 0: first at 101'
# Two destinations of 1,000 tuples each, drawn at random: about 200 a burst.
shows each_variant_second 'second: eaddrnotavail > 0: first at 19'
tells how_many_variants ' 2 variants x 3 replications x '
# Nobody fails at 10 to 50: a division by 0.
share='first.eaddrnotavail / first.failed >= 1'
limit --vary=workload:w.size=10..50 --replications=1 --until="$share"
shows undefined_is_told \
    'never up to 50; 3 runs; undefined in 3 of them, which counts as not so'
limit --vary=workload:w.size=10..1000 --replications=1 --until="$share"
shows undefined_below 'first at 101'
shows undefined_below_is_told ' runs; undefined in '
limit --vary=workload:w.size=10..1000 --replications=1 --until="$share" \
    --format=json
shows undefined_in_json '"undefined":true'
# The bracket belongs to the interval, however alike the replications are.
limit --vary=workload:w.size=10..1000 --until='eaddrnotavail > 0' \
    --replications=3 --tolerance=10% --variant=first
check only_that_variant test "$(grep -c . "$t/out")" -eq 1
holds() {	# holds VALUE: does "at MEAN +- HALF", and "LO to HI"?
	sed -n 's/.*first at \(.*\) +- \(.*\) (95 %, N = [0-9]*, \(.*\) to \([0-9.]*\)).*/\1 \2 \3 \4/p' \
	    "$t/out" | awk -v v="$1" '{ n++; print "#", $0
		if ($2 <= 0 || v < $1 - $2 || v > $1 + $2 || v < $3 || v > $4)
			bad = 1 }
	    END { exit bad || n != 1 }'
}
check wide_bracket_is_in_the_interval holds 101
limit --vary=workload:w.size=10..1000 --until='eaddrnotavail > 0' \
    --replications=3 --tolerance=10% --variant=frist
tells misspelt_variant "there is no variant frist; did you mean 'first'?"
limit --vary=workload:w.size=10..50 --until='verdict >= exhausted' \
    --replications=1 -q
check quiet test ! -s "$t/err"
shows never 'first: verdict >= exhausted: never up to 50'
limit --vary=workload:w.size=200..500 --until='verdict == exhausted' \
    --set=kernel.net.inet.ip.portrange.last=10099 --replications=1
shows already 'first: verdict == exhausted: already at 200'
shows no_interval_of_one 'already at 200, where the range begins; 2 runs'
# What holds only in between is no "never".
limit --vary=workload:w.size=10..4k --replications=1 \
    --until='first.eaddrnotavail > 0 && first.eaddrnotavail < 2000'
shows never_but_in_between 'never up to 4000; but not so in between: it turns'

for bad in --vary=workload:w.sise=1..2 --vary=w.size=1..2 \
    --vary=workload:w.size=1 --vary=workload:w.bind=1..2 \
    --vary=workload:x.size=1..2; do
	limit "$bad" --until='eaddrnotavail > 0'
	check "refuses $bad" test $? -eq 2
	check "explains $bad" test -s "$t/err"
done
limit --vary=workload:w.size=1..9 --until='eaddrnotavial > 0'
tells misspelt_metric "--until='eaddrnotavial > 0': "
tells misspelt_metric_nearest "did you mean 'eaddrnotavail'"
limit --vary=workload:w.size=1..9 --until='verdict >= freeze'
tells misspelt_verdict "did you mean 'freezes'"
limit --vary=workload:w.size=1..9 --until="eaddrnotavail > 0" --tolerance=banana
tells share_is_explained \
    "--tolerance=banana: a share between 0% and 100%, as in 1%"
for range in 9..1 1.. 1..nan ''; do
	limit --vary=workload:w.size="$range" --until='eaddrnotavail > 0'
	tells "range/$range" "--vary=workload:w.size=$range: "
done
limit --vary=workload:w.size=1..9
tells no_until "--until: needed"

"$PCBSIM" limit scenarios/seed-2019.ini --vary=workload:nginx.rate=1/s..4k/s \
    --until='current.frozen_s > 1' -q >"$t/out" 2>"$t/err" &
pid=$!
sleep 1
kill -INT $pid
wait $pid
check a_signal_ends_it test $? -eq 130
shows and_says_what_is_known \
    'stopped: 5 of 5 replications are not known'
# In its first run: how long a whole one takes, or where it turns, nobody knows.
# That many simulated seconds do not end before the signal.
"$PCBSIM" limit "$t/known.ini" --vary=workload:w.size=10..1000 \
    --until='first.ports_busy_end > 500' --set=scenario.duration=1000000s \
    --set=workload:w.lifetime='constant(1s)' >"$t/out" 2>"$t/err" &
pid=$!
sleep 1
kill -INT $pid
wait $pid
check a_signal_in_the_first test $? -eq 130
shows knows_nothing_then ': stopped: 5 of 5 replications are not known; 0 runs'
tells how_many_there_would_be 'limit: about '
check no_estimate_of_a_cut_run sh -c '! grep -q took "$1"' - "$t/err"
# Long enough that it stops in the middle of bisection: how many ports are busy
# at the end is known at the end only.
sed 's/^duration = 10s/duration = 3000s/; s/^load = burst/load = poisson/
    s/^size = 10/rate = 1\/s/; s/^every.*/closer = remote/; s/constant(1h)/constant(5s)/' \
    "$t/known.ini" >"$t/slow.ini"
"$PCBSIM" limit "$t/slow.ini" --vary=workload:w.rate=150/s..300/s \
    --until='first.eaddrnotavail > 0 && first.ports_busy_end > 0' \
    --replications=1 --tolerance=0.001% -o "$t/stopped.csv" >"$t/out" 2>"$t/err" &
pid=$!
# The first took so long; both ends and one more will take as long each.
took=
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	sleep 0.5
	took=$(sed -n 's/.*in the middle took \([0-9.]* m*s\),.*/\1/p' \
	    "$t/err" | awk '{ print $2 == "ms" ? $1 / 1000 : $1 }')
	grep -q 'in the middle took' "$t/err" && break
done
sleep "$(awk -v s="${took:-0.1}" 'BEGIN { print 4 * s + 0.2 }')"
kill -INT $pid
wait $pid
check a_signal_in_between test $? -eq 130
shows what_it_has_so_far '1 of 1 replications are not known, 1 of them turns between '
check what_was_tried_is_written grep -q '^,0,1,300,300/s,1$' "$t/stopped.csv"

tap_done
