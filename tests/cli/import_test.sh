#!/bin/sh
# import: captures of every format become the recording they should, bad lines
# are told with their numbers, addresses are mapped by prefix, and what comes out
# is a workload.
. tests/tools/tap.sh


t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
tab=$(printf '\t')
head=time_s,laddr,faddr,fport,duration_s,lport,bound

# is NAME FILE: the file is what stands on standard input
is() {
	cat >"$t/want"
	cmp -s "$t/want" "$2" || { diff "$t/want" "$2" | sed 's/^/# /'; }
	check "$1" cmp -s "$t/want" "$2"
}

# says NAME CODE TEXT COMMAND...: exit code and a text on standard error
says() {
	name=$1 want=$2 text=$3
	shift 3
	"$@" >"$t/out" 2>"$t/err"
	code=$?
	grep -qF -- "$text" "$t/err" || sed 's/^/# /' "$t/err"
	check "$name" test "$code" = "$want"
	check "${name}_says" grep -qF -- "$text" "$t/err"
}

zeek_row() {
	printf '%s\tC1\t%s\t%s\t%s\t443\t%s\t%s\t%s\t%s\n' "$@"
}
{
	printf '#separator \\x09\n#fields\tts\tuid\tid.orig_h\tid.orig_p\t'
	printf 'id.resp_h\tid.resp_p\tproto\tduration\tconn_state\tlocal_orig\n'
	zeek_row 1700000001.5 10.1.1.5 40001 192.0.2.9 tcp - S0 T
	zeek_row 1700000000.25 10.1.1.5 40000 192.0.2.9 tcp 12.5 SF T
	zeek_row 1700000001.75 10.1.1.6 40002 192.0.2.10 tcp - REJ T
	zeek_row 1700000002.0 10.1.1.5 5353 10.1.1.1 udp 0.1 SF T
	zeek_row 1700000003.0 198.51.100.7 50002 10.1.1.5 tcp 0.1 SF F
	zeek_row 1700000003.0 10.1.1.5 50003 192.0.2.9 tcp 0.1 OTH T
	zeek_row 1700000003.0 fe80::1 50003 fe80::2 tcp 0.1 SF T
} >"$t/conn.log"
$PCBSIM import --format=zeek "$t/conn.log" >"$t/zeek.csv" 2>"$t/err"
is zeek_becomes_a_recording "$t/zeek.csv" <<END
$head
0.000000,,192.0.2.9,443,12.500000,40000,0
1.250000,,192.0.2.9,443,75.000000,40001,0
1.500000,10.1.1.6,192.0.2.10,443,0.000000,40002,1
END
check zeek_counts_what_it_leaves grep -q '4 lines of no use, 0 bad' "$t/err"
$PCBSIM import --format=zeek --local=10.1.1.6 --bound=none "$t/conn.log" \
    >"$t/zeek.csv" 2>/dev/null
is local_and_bound_choose "$t/zeek.csv" <<END
$head
0.000000,,192.0.2.10,443,0.000000,40002,0
END

cat >"$t/packets.csv" <<END
1700000000.000001,0,10.1.1.5,40000,192.0.2.9,443,1,0,0,0
1700000000.100000,0,192.0.2.9,443,10.1.1.5,40000,1,1,0,0
1700000000.200000,1,10.1.1.6,40001,192.0.2.9,443,True,False,False,False
1700000001.000000,1,10.1.1.6,40001,192.0.2.9,443,True,False,False,False
1700000002.500001,0,10.1.1.5,40000,192.0.2.9,443,0,1,1,0
1700000002.600001,0,192.0.2.9,443,10.1.1.5,40000,0,1,1,0
1700000003.000000,2,198.51.100.7,5000,10.1.1.5,80,1,0,0,0
END
$PCBSIM import --format=tshark --local='10.1.1.5;10.1.1.6' "$t/packets.csv" \
    -o "$t/tshark.csv" 2>/dev/null
is packets_become_a_recording "$t/tshark.csv" <<END
$head
0.000000,,192.0.2.9,443,2.600000,40000,0
0.199999,10.1.1.6,192.0.2.9,443,,40001,1
END

cat >"$t/ss.txt" <<END
1700000000.0
LISTEN 0 128 0.0.0.0:80 0.0.0.0:*
ESTAB 0 0 10.1.1.5:80 198.51.100.7:5000
ESTAB 0 0 10.1.1.5:40000 192.0.2.9:443
ESTAB 0 0 [::ffff:10.1.1.5]:40002 [::ffff:192.0.2.9]:443
1700000001.0
ESTAB 0 0 10.1.1.5:40000 192.0.2.9:443
TIME-WAIT 0 0 10.1.1.5:40009 192.0.2.9:443
SYN-SENT 0 1 10.1.1.5%eth0:40001 192.0.2.9:443
1700000002.0
FIN-WAIT-2 0 0 10.1.1.5:40000 192.0.2.9:443
END
$PCBSIM import --format=ss "$t/ss.txt" >"$t/ss.csv" 2>/dev/null
is samples_become_a_recording "$t/ss.csv" <<END
$head
0.000000,,192.0.2.9,443,,40000,0
0.000000,,192.0.2.9,443,1.000000,40002,0
1.000000,,192.0.2.9,443,1.000000,40001,0
END

cat >"$t/probe.csv" <<END
t_open_ns,t_close_ns,laddr,lport,faddr,fport,bound
16816006065424,0,10.1.1.5,36002,192.0.2.9,443,0
16816006865424,0,10.1.1.6,60199,192.0.2.9,443,2
16816006065424,16816106065424,10.1.1.5,36002,192.0.2.9,443,0
dtrace: 17 dynamic variable drops
END
$PCBSIM import --format=dtrace "$t/probe.csv" >"$t/probe.out" 2>"$t/err"
is probes_become_a_recording "$t/probe.out" <<END
$head
0.000000,,192.0.2.9,443,0.100000,36002,0
0.000800,10.1.1.6,192.0.2.9,443,,60199,1
END
check drops_are_passed_on grep -q 'csv:5: the capture is not whole' "$t/err"

# --- bad input ---------------------------------------------------------------
says no_file 2 "$t/none: No such file" \
    $PCBSIM import --format=zeek "$t/none"
says no_such_format 2 "dtrace|ss|tshark|zeek" \
    $PCBSIM import --format=pcap "$t/conn.log"
says wrong_format 2 "conn.log:1: " \
    $PCBSIM import --format=ss "$t/conn.log"
says nothing_of_use 2 "no outgoing TCP connection in" \
    $PCBSIM import --format=zeek --local=10.9.9.9 "$t/conn.log"
says zeek_without_fields 2 "probe.csv:1: 't_open_ns,t_close_ns" \
    $PCBSIM import --format=zeek "$t/probe.csv"
sed "s/${tab}12.5${tab}/${tab}12.5x${tab}/; s/192.0.2.10/192.0.2.300/" \
    "$t/conn.log" >"$t/bad.log"
says bad_number 2 "bad.log:4: '12.5x' " \
    $PCBSIM import --format=zeek "$t/bad.log"
check every_bad_line_is_told grep -q "bad.log:5: '192.0.2.300' is not" \
    "$t/err"
check nothing_is_written_then test ! -s "$t/out"
says skip_goes_on 0 "1 connections, 0 of them bound, 0 open at the end; 4" \
    $PCBSIM import --format=zeek --on-error=skip "$t/bad.log"
check skip_counts grep -q '2 bad ones skipped' "$t/err"
says cannot_write 4 "/nowhere/x.csv" \
    $PCBSIM import --format=zeek "$t/conn.log" -o /nowhere/x.csv
if [ -w /dev/full ]; then
	says full_disk 4 "" \
	    $PCBSIM import --format=zeek "$t/conn.log" -o /dev/full
fi
for f in zeek ss tshark dtrace; do
	head -c 20000 /dev/urandom >"$t/noise"
	$PCBSIM import --format=$f "$t/noise" >/dev/null 2>"$t/err"
	check "noise_is_refused_by_$f" test $? = 2
done

# --- addresses ---------------------------------------------------------------
$PCBSIM import --format=zeek --key=k "$t/conn.log" >"$t/k1" 2>/dev/null
$PCBSIM import --format=zeek --key=k "$t/conn.log" >"$t/k2" 2>/dev/null
$PCBSIM import --format=zeek --key=l "$t/conn.log" >"$t/l" 2>/dev/null
check a_key_maps_alike cmp -s "$t/k1" "$t/k2"
check another_key_does_not sh -c "! cmp -s '$t/k1' '$t/l'"
check no_address_is_left sh -c "! grep -q '192.0.2\|10.1.1' '$t/k1'"
prefix() { cut -d, -f3 "$1" | sed 1d | cut -d. -f1-3 | sort -u | wc -l; }
check networks_stay_networks test "$(prefix "$t/k1")" = 1
$PCBSIM import --format=zeek --anonymise "$t/conn.log" >"$t/a" 2>"$t/err"
$PCBSIM import --format=zeek --anonymise "$t/conn.log" >"$t/b" 2>/dev/null
check a_random_key_is_random sh -c "! cmp -s '$t/a' '$t/b'"
check a_random_key_is_told grep -q 'by a random key' "$t/err"

# --- and then ----------------------------------------------------------------
gzip -c "$t/conn.log" >"$t/conn.log.gz"
$PCBSIM import --format=zeek "$t/conn.log.gz" -o "$t/own.csv" 2>/dev/null
$PCBSIM import --format=zeek - <"$t/conn.log.gz" 2>/dev/null >"$t/piped.csv"
check a_pipe_may_be_compressed cmp "$t/own.csv" "$t/piped.csv"
dd if="$t/conn.log" bs=1 2>/dev/null |
    $PCBSIM import --format=zeek - 2>/dev/null >"$t/piped.csv"
check a_pipe_may_be_slow cmp "$t/own.csv" "$t/piped.csv"
head -c 100 "$t/conn.log.gz" >"$t/cut.log.gz"
says a_cut_file 2 "cut.log.gz:2: cut off: byte 100 of the compressed file" \
    $PCBSIM import --format=zeek "$t/cut.log.gz"
cat >"$t/own.ini" <<END
[scenario]
format = 1
name = own
title = imported
duration = 2s
[workload:own]
load = replay
file = own.csv
[variant:current]
stack = freebsd-12.0
END
$PCBSIM run --no-plots --out="$t/result" "$t/own.ini" >"$t/out" 2>&1 ||
    sed 's/^/# /' "$t/out"
check a_recording_is_a_workload grep -q '^current  *ok  *3 ' "$t/out"

# --- live --------------------------------------------------------------------
live=
if [ "$(uname)" = Linux ] && [ "$(id -u)" = 0 ] && command -v bpftrace \
    >/dev/null 2>&1 && command -v python3 >/dev/null 2>&1; then
	[ -e /sys/kernel/tracing/events ] ||
	    mount -t tracefs nodev /sys/kernel/tracing 2>/dev/null
	[ -e /sys/kernel/tracing/events/sock/inet_sock_set_state ] && live=yes
fi
if [ -n "$live" ]; then
	bpftrace scenarios/capture/connects.bt >"$t/live.csv" 2>/dev/null &
	pid=$!
	i=0
	while ! grep -q t_open_ns "$t/live.csv" && [ $((i += 1)) -lt 100 ]; do
		sleep 0.1
	done
	sleep 0.3
	python3 - <<'END'
import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
s.listen(50)
for i in range(10):
    c = socket.socket()
    if i % 2:
        c.bind(("127.0.0.2", 0))
    c.connect(s.getsockname())
    s.accept()[0].close()
    c.close()
END
	sleep 0.5
	kill -INT $pid
	wait $pid
	$PCBSIM import --format=dtrace --local='127.0.0.1;127.0.0.2' \
	    "$t/live.csv" >"$t/live.out" 2>"$t/err" || sed 's/^/# /' "$t/err"
	check bpftrace_sees_the_bound_ones test \
	    "$(grep -c ',127.0.0.2,127.0.0.1,.*,1$' "$t/live.out")" -ge 5
	check bpftrace_sees_the_others test \
	    "$(grep -c ',,127.0.0.1,.*,0$' "$t/live.out")" -ge 5
else
	skip bpftrace_live "needs Linux, root, bpftrace, python3 and tracefs"
fi

tap_done
