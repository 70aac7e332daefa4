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
tap_done
