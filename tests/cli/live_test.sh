#!/bin/sh
# live: the same counts for real as simulated; a wrong table of costs shows.
#
# Alone: it measures this machine.
. tests/tools/tap.sh
. tests/tools/try.sh

live() { "$PCBSIM" live "$@" >"$t/out" 2>"$t/err"; }

# Only times depend on what else the machine does.
counts_are_equal() {
	awk -F, '/^#/ || $1 == "variant" { next }
	    $3 ~ /^(connects|failures|searches|iterations|visits)$/ {
		n++
		if ($4 != $5 || $4 == 0 || $8 != "equal") {
			print "# " $0
			bad = 1
		}
	    }
	    END { exit bad || n != 10 }' "$1"
}
verdict() {	# verdict METRIC: of the first variant
	awk -F, -v m="$1" '$3 == m { print $8; exit }' "$t/result/live.csv"
}

check "runs" live --report-only --costs=epyc-vm --seconds=2 -o "$t/result" \
    scenarios/live-mutex.ini
check "counts_are_equal" counts_are_equal "$t/result/live.csv"
check "says_so" prints "every decision, candidate and visit is the same"
check "says_so_first" sh -c 'head -n 1 "$1" |
    grep -q "; of [0-9]* figures with a band [0-9]* are outside$"' - "$t/out"
check "both_variants" prints "^proposed (freebsd-12.2)"
check "text_is_stored" cmp -s "$t/out" "$t/result/live.txt"
check "machine_is_described" grep -q '^# cpu: ' "$t/result/live.csv"
check "no_progress_in_a_file" test ! -s "$t/err"
sed 's/^\(current,.*,visits,\)/\19/' "$t/result/live.csv" >"$t/planted.csv"
check "planted/count_is_seen" not counts_are_equal "$t/planted.csv"

# A table that is off by a hundred: the fault is in the figures, not in the
# counts.
awk -F, -v OFS=, '$1 ~ /^(pcb|chain)_visit$|^lport_iter$/ {
    $4 /= 100; $5 /= 100 } { print }' study/costs/epyc-vm.csv >"$t/off.csv"
refuse "planted/costs_are_seen" 1 live --costs="$t/off.csv" --seconds=2 \
    -o "$t/result" scenarios/live-mutex.ini
check "planted/costs/counts_are_equal" counts_are_equal "$t/result/live.csv"
check "planted/costs/named" test "$(verdict hold_cpu_p50_us)" = outside
check "report_only" live --report-only --costs="$t/off.csv" --seconds=2 \
    scenarios/live-mutex.ini

# It ends before anybody searches: nothing is within a band, nor outside.
check "nothing_measured" live --costs=epyc-vm --seconds=1 \
    scenarios/live-mutex.ini
check "nothing_measured/is_told" prints '; no time was there to be judged$'
check "nothing_measured/is_not_within" not grep -q ' within$' "$t/out"

# What cannot be done for real is refused before anything runs.
sed 's/^cpus = .*/cpus = 1000/' scenarios/live-mutex.ini >"$t/cpus.ini"
refuse "too_many_cpus" 2 live "$t/cpus.ini"
check "too_many_cpus_is_said" said "host.cpus = 1000: this machine has"
refuse "retry" 2 live scenarios/seed-2019.ini
check "nothing_on_stdout" test ! -s "$t/out"
cat >"$t/in.csv" <<'EOT'
time_s,laddr,faddr,fport,duration_s,lport,dir
0.1,192.0.2.1,192.0.2.7,80,0.2,,out
0.2,192.0.2.1,192.0.2.8,40000,0.2,443,in
EOT
cat >"$t/base.ini" <<'EOT'
[scenario]
format = 1
duration = 1s
[host]
cpus = 1
laddrs = 192.0.2.1
[variant:v]
stack = freebsd-12.0
[workload:w]
load = poisson
rate = 100/s
lifetime = constant(1s)
bind = none
faddrs = 192.0.2.7
fport = 80
EOT
cannot() {	# cannot NAME WORDS EDIT: of the base, by sed
	sed "$3" "$t/base.ini" >"$t/$1.ini"
	refuse "cannot/$1" 2 live "$t/$1.ini" --costs=epyc-vm
	check "cannot/$1/is_told" said "$2"
}
cannot any_bind "neither bind = any nor connections" 's/^bind = none/bind = any/'
cannot open_before "neither bind = any nor connections" '$a\
open = 10'
cannot socket_options "workload:w: live has no socket options" '$a\
sockopts = reuseport'
cannot inbound_recorded "workload:w: its recording has inbound" \
    's/^load = .*/load = replay/; s/^rate = .*/file = in.csv/
    /^lifetime/d; /^bind/d; /^fa/d; /^fport/d'
cannot segments "nobody sends this machine segments" '$a\
[inbound]\
segments = 1k/s'
cannot stack "one lock over all, freebsd-11 to freebsd-14" \
    's/freebsd-12.0/netbsd/'
# What is seen only when it has been simulated.
i=0
while [ $((i += 1)) -le 17 ]; do
	sed -n "s/:w\]/:w$i]/; /^.workload/,\$p" "$t/base.ini"
done >"$t/more.ini"
cannot threads "[0-9]* threads take the lock, at most 16 can" "\$r $t/more.ini"
refuse "too_long" 2 live --seconds=500 scenarios/live-mutex.ini
refuse "no_scenario" 2 live
refuse "two_scenarios" 2 live scenarios/live-mutex.ini scenarios/live-mutex.ini
refuse "missing_scenario" 2 live "$t/none.ini"
refuse "missing_costs" 2 live --costs="$t/none.csv" scenarios/live-mutex.ini
: >"$t/file"
refuse "no_place" 4 live -o "$t/file/x" scenarios/live-mutex.ini
tap_done
