#!/bin/sh
# Instructions of each row of `make bench', by callgrind: they do not depend on who
# else uses the machine, so they may be held to here, where time may not.  No more
# than now, and a little for another compiler.
#
# Without one: GLib's trees and other rivals, which are not ours; memory, two jobs,
# a file made safe, which are no instructions; ports looked at, which is a count;
# seed-2019 and ten million connections as a whole, which take minutes under
# callgrind: what they are made of has (a connection, a segment); a run of a sweep and
# what grows: growth_test.sh.
. tests/tools/tap.sh

b=$BUILD/tests/bench
if ! command -v valgrind >/dev/null || [ ! -x "$b/lock_bench" ]; then
	skip instructions "needs valgrind, and make benches"
	tap_done
fi
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

count() {	# count COMMAND...
	valgrind --tool=callgrind --callgrind-out-file="$t/out" "$@" 2>&1 \
	    >"$t/said" | sed -n 's/.*Collected : //p'
}

# It reads not every compiler's debugging information.
runs=$(count "$b/lock_bench" alone engine 2 100)
if [ "${runs:-0}" -eq 0 ]; then
	skip instructions "callgrind cannot run $b/lock_bench"
	tap_done
fi

# The difference of two lengths is without what is set up once.
held() {	# held MOST FEW COMMAND...: its last argument is the number
	most=$1 few=$2
	shift 2
	one=$(count "$@" "$few") two=$(count "$@" $((few * 2)))
	each=$(((two - one) / few))
	echo "# $*: $each instructions"
	[ "$each" -gt 0 ] && [ "$each" -le "$most" ]
}

# What is set up before is long here: count inside one function.
inside() {	# inside MOST TIMES FUNCTION COMMAND...
	most=$1 times=$2 function=$3
	shift 3
	all=$(valgrind --tool=callgrind --callgrind-out-file="$t/out" \
	    --collect-atstart=no --toggle-collect="$function" "$@" 2>&1 \
	    >"$t/said" | sed -n 's/.*Collected : //p')
	each=$((${all:-0} / times))
	echo "# $* $function: $each instructions"
	[ "$each" -gt 0 ] && [ "$each" -le "$most" ]
}

# Wanted were 330 and 450 at 16 and 256 CPUs.
check lock_2_cpus held 250 20000 "$b/lock_bench" alone engine 2
check lock_16_cpus held 332 20000 "$b/lock_bench" alone engine 16
check lock_256_cpus held 400 20000 "$b/lock_bench" alone engine 256
check mm1 held 350 20000 "$b/mm1_bench" alone engine
check rwlock held 650 20000 "$b/rwlock_bench" alone 1024
check hold_16 held 110 20000 "$b/event_bench" alone winner 16
check hold_256 held 180 20000 "$b/event_bench" alone winner 256
check hold_1000 held 210 20000 "$b/event_bench" alone winner 1000
check hold_100000 held 520 200000 "$b/event_bench" alone radix 100000

# tests/bench/family_bench.c
while read -r stack failing again; do
	check "failing_$stack" inside "$failing" 200 counted_failing \
	    "$b/family_bench" alone "$stack" 200
	check "again_$stack" inside "$again" 200 counted_again \
	    "$b/family_bench" alone "$stack" 200
done <<EOT
freebsd-12.0 3150 3600
freebsd-12.2 3600 3600
freebsd-14 2200 3800
freebsd-16 2650 3900
linux-6.18 23700 2350
netbsd 1620 2850
dragonfly 1450 2200
xnu 2900 3550
openbsd 2750 3650
illumos 820 1770
EOT

# With many addresses, each of which has a pcb on every port: no way along those.
while read -r stack again; do
	check "again_spread_$stack" inside "$again" 200 counted_again \
	    "$b/family_bench" alone "$stack" 200 64
done <<EOT
netbsd 2850
openbsd 3650
EOT

# tests/bench/search_bench.c: batches of 2,000, of insertions 20,000
while read -r stack start life insert; do
	check "start_$stack" inside "$start" 2000 counted_start \
	    "$b/search_bench" alone "$stack"
	check "life_$stack" inside "$life" 2000 counted_life \
	    "$b/search_bench" alone "$stack"
	check "insert_$stack" inside "$insert" 20000 counted_insert \
	    "$b/search_bench" alone "$stack"
done <<EOT
freebsd-12.0 2600 6900 1200
freebsd-12.2 2600 6900 1200
freebsd-14 3800 7000 1400
EOT

# Of a run: a connection, recorded, and a segment that comes in.
scenario() {	# scenario SEGMENTS CONNECTIONS: in a second
	awk -v n="$2" 'BEGIN { print "time_s,laddr,faddr,fport,duration_s"
	    for (i = 1; i <= n; i++) printf \
		"%.6f,,203.0.113.%d,443,0.050000\n", i / n, i % 16 + 1 }' \
	    >"$t/c.csv"
	cat >"$t/c.ini" <<-EOT
	[scenario]
	format = 1
	duration = 1s
	[host]
	cpus = 8
	laddrs = 192.0.2.1
	[inbound]
	segments = $1/s
	[workload:w]
	load = replay
	file = c.csv
	threads = 8
	closer = remote
	[variant:v]
	stack = freebsd-12.2
	EOT
}
run_count() {	# run_count SEGMENTS CONNECTIONS
	scenario "$1" "$2"
	rm -rf "$t/result"
	count "$PCBSIM" run "$t/c.ini" --jobs=1 --no-plots --quiet \
	    --out="$t/result"
}
# What else a run does, how often it looks whether git(1) is done for one, differs
# by up to 80,000 from one run to the next: that has to be little for each.
more() {	# more MOST NAME: of 8,000 more, ONE and TWO
	each=$(((two - one) / 8000))
	echo "# $2: $each instructions"
	[ "$each" -gt 0 ] && [ "$each" -le "$1" ]
}
one=$(run_count 1000 1000) two=$(run_count 1000 9000)
check connection more 13700 "a recorded connection"
two=$(run_count 9000 1000)
check segment more 650 "a segment"

# Of that what one function does.
part_count() {	# part_count FUNCTION SEGMENTS CONNECTIONS
	scenario "$2" "$3"
	rm -rf "$t/result"
	count --collect-atstart=no --toggle-collect="$1" "$PCBSIM" run \
	    "$t/c.ini" --jobs=1 --no-plots --quiet --out="$t/result"
}
one=$(part_count machine_run 1000 1000) two=$(part_count machine_run 1000 9000)
check connection_alone more 11600 "a recorded connection, simulated"
one=$(part_count replay_load 1000 1000) two=$(part_count replay_load 1000 9000)
check row more 1200 "a recorded connection, read"
# Most meet nobody, and are done at once.
one=$(part_count machine_run 1000 1000) two=$(part_count machine_run 9000 1000)
check segment_alone more 380 "a segment, simulated"

# A search for a limit: its values are one run until the workload starts that
# is varied, at three quarters.  3,690 if each value were a run of its own.
cat >"$t/l.ini" <<-EOT
	[scenario]
	format = 1
	duration = 4s
	[host]
	laddrs = 192.0.2.1
	[workload:w]
	load = poisson
	rate = 5k/s
	lifetime = exponential(200ms)
	faddrs = 203.0.113.1*8
	fport = 443
	[workload:u]
	load = steady
	rate = 10/s
	start = 3s
	lifetime = exponential(200ms)
	faddrs = 203.0.113.1
	fport = 80
	[variant:v]
	stack = freebsd-12.2
EOT
# A copy of a process has counted what that did before.
limit_shares() {	# limit_shares MOST
	all=$(count --zero-before=shared_replication --zero-before=shared_try \
	    "$PCBSIM" limit "$t/l.ini" --vary=workload:u.rate=1/s..200/s \
	    --until='v.u_ok > 40' --replications=1 --jobs=1 --quiet |
	    awk '{ n += $1 } END { printf "%.0f\n", n / 1e6 }')
	echo "# 13 values of a limit: ${all:-0} million instructions"
	[ "${all:-0}" -gt 0 ] && [ "$all" -le "$1" ]
}
check limit_shares limit_shares 1310

tap_done
