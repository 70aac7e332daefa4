#!/bin/sh
# How a recording says that a connection ended decides what it leaves behind:
# one port, two connections in a row; the second fails only if the first one is
# in TIME_WAIT, or still open.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

cat >"$t/s.ini" <<EOF
[scenario]
format = 1
name = s
duration = 5s
[host]
cpus = 2
laddrs = 10.0.0.1
[kernel]
net.inet.ip.portrange.first = 20000
net.inet.ip.portrange.last = 20000
[workload:w]
load = replay
file = w.csv
closer = CLOSER
[variant:v]
stack = freebsd-12.2
EOF

second() {	# second WORKLOAD_CLOSER RECORDED DURATION OK: what gets a port
	{
		echo time_s,laddr,faddr,fport,duration_s,closer
		echo "0,,10.9.0.1,80,$3,$2"
		echo "3,,10.9.0.1,80,$3,$2"
	} >"$t/w.csv"
	sed "s/CLOSER/$1/" "$t/s.ini" >"$t/one.ini"
	rm -rf "$t/out"
	"$PCBSIM" run -q --no-plots -o "$t/out" "$t/one.ini" 2>"$t/err" &&
	    n=$("$PCBSIM" column ok "$t/out/summary.csv") &&
	    test "$n" = "$4" ||
	    { echo "# $n connections, not $4"; sed 's/^/# /' "$t/err"; false; }
}

check unsaid_and_workload_local second local "" 1 1
check unsaid_and_workload_remote second remote "" 1 2
check local_against_the_workload second remote local 1 1
check remote_against_the_workload second local remote 1 2
check reset_leaves_nothing second local reset 1 2
check refused_leaves_nothing second local refused 1 2
check open_stays second remote open "" 1

# Both kinds in one recording: what others opened is accepted, wherever they
# came to, and is told; the port that it came to is nobody's.
cat >"$t/w.csv" <<EOF
time_s,laddr,lport,faddr,fport,duration_s,closer,dir
0,10.0.0.7,,10.9.0.1,80,1,remote,out
0.5,10.0.0.1,443,10.9.0.2,40000,1,local,in
1,10.0.0.8,20000,10.9.0.3,,1,remote,in
1.5,,,10.9.0.4,50000,1,refused,in
2,,,10.9.0.1,80,1,remote,out
EOF
sed -e 's/CLOSER/local/' -e 's/^laddrs.*/laddrs = auto/' \
    -e 's/^\(.*range.last\) = 20000/\1 = 20001/' "$t/s.ini" >"$t/both.ini"

counts() {	# counts RESULT COLUMN=N ...
	of=$1
	shift
	for c in "$@"; do
		n=$("$PCBSIM" column "${c%=*}" "$t/$of/summary.csv") &&
		    test "$n" = "${c#*=}" ||
		    { echo "# ${c%=*} is $n"; return 1; }
	done
}

run() {		# run NAME
	"$PCBSIM" run --no-plots -o "$t/$1" "$t/$1.ini" >"$t/said" 2>"$t/err"
}
check both_run run both
check both_are_told_by_run grep -q 'w.csv: 3 inbound connections' "$t/err"
check both_count counts both wanted=2 ok=2 failed=0 accepted=2 accept_refused=1
check both_count_as_its_own counts both w_accepted=2 w_accept_refused=1
check each_waited_as_long counts both "w_accept_max_ms=$("$PCBSIM" column \
    accept_max_ms "$t/both/summary.csv")"
sed 's/20001/20000/' "$t/both.ini" >"$t/one.ini"
check with_the_listeners_port_only_run run one
check nobody_gets_it counts one wanted=2 ok=0 failed=2 accepted=2 \
    accept_refused=1
"$PCBSIM" check "$t/both.ini" >"$t/checked"
check both_are_told_by_check grep -q \
    'connections 2, laddrs bound 1, inbound 3$' "$t/checked"
check what_they_came_to_is_here grep -q 'laddrs 4' "$t/checked"
sed 's/^laddrs.*/laddrs = 10.0.0.1;10.0.0.7/' "$t/both.ini" >"$t/less.ini"
"$PCBSIM" check "$t/less.ini" >"$t/checked" 2>&1
check and_has_to_be grep -q \
    'w.csv:4: column laddr: 10.0.0.8 is not in host.laddrs' "$t/checked"
tap_done
