#!/bin/sh
# import: captures of every format become the recording they should, bad lines
# are told with their numbers, addresses are mapped by prefix, and what comes out
# is a workload.
. tests/tools/tap.sh


t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
tab=$(printf '\t')
head=time_s,laddr,faddr,fport,duration_s,lport,bound,closer,dir

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
# imported from zeek: 4 connections, 3 out (1 bound), 1 in; closer refused 2, not known 2
# left out: 1 IPv6, 1 not TCP, 1 not seen to open
$head
0.000000,,192.0.2.9,443,12.500000,40000,0,,out
1.250000,,192.0.2.9,443,75.000000,40001,0,refused,out
1.500000,10.1.1.6,192.0.2.10,443,0.000000,40002,1,refused,out
2.750000,10.1.1.5,198.51.100.7,50002,0.100000,443,0,,in
END
check zeek_counts_what_it_leaves grep -q \
    'left out: 1 IPv6, 1 not TCP, 1 not seen to open' "$t/err"
$PCBSIM import --local=10.1.1.6 --bound=none "$t/conn.log" >"$t/zeek.csv" \
    2>"$t/err"
is local_and_bound_choose "$t/zeek.csv" <<END
# imported from zeek: 1 connections, 1 out (0 bound), 0 in; closer refused 1
# left out: 1 IPv6, 1 not TCP, 3 of other machines, 1 not seen to open
$head
0.000000,,192.0.2.10,443,0.000000,40002,0,refused,out
END
check others_are_counted grep -q '3 of other machines' "$t/err"

cat >"$t/packets.csv" <<END
1700000000.000001,0,10.1.1.5,40000,192.0.2.9,443,1,0,0,0
1700000000.100000,0,192.0.2.9,443,10.1.1.5,40000,1,1,0,0
1700000000.200000,1,10.1.1.6,40001,192.0.2.9,443,True,False,False,False
1700000001.000000,1,10.1.1.6,40001,192.0.2.9,443,True,False,False,False
1700000002.500001,0,10.1.1.5,40000,192.0.2.9,443,0,1,1,0
1700000002.600001,0,192.0.2.9,443,10.1.1.5,40000,0,1,1,0
1700000003.000000,2,198.51.100.7,5000,10.1.1.5,80,1,0,0,0
END
$PCBSIM import --format=tshark --local='10.1.1.5,10.1.1.6' "$t/packets.csv" \
    -o "$t/tshark.csv" 2>/dev/null
is packets_become_a_recording "$t/tshark.csv" <<END
# imported from tshark: 3 connections, 2 out (1 bound), 1 in; closer local 1, open 2
$head
0.000000,,192.0.2.9,443,2.600000,40000,0,local,out
0.199999,10.1.1.6,192.0.2.9,443,,40001,1,open,out
2.999999,10.1.1.5,198.51.100.7,5000,,80,0,open,in
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
# imported from ss: 5 connections, 4 out (0 bound), 1 in; closer local 1, remote 2, refused 1, open 1
# left out: 1 listening
$head
0.000000,10.1.1.5,198.51.100.7,5000,1.000000,80,0,remote,in
0.000000,,192.0.2.9,443,,40000,0,open,out
0.000000,,192.0.2.9,443,1.000000,40002,0,remote,out
1.000000,,192.0.2.9,443,0.000000,40009,0,local,out
1.000000,,192.0.2.9,443,1.000000,40001,0,refused,out
END
grep -v LISTEN "$t/ss.txt" >"$t/ss-e.txt"
says without_listeners_is_told 0 "no listening sockets are shown" \
    $PCBSIM import "$t/ss-e.txt"
$PCBSIM import --listen=80 "$t/ss-e.txt" 2>/dev/null | sed 1,2d >"$t/listen"
check listen_names_them cmp -s "$t/listen" - <<END
$(sed 1,3d "$t/ss.csv")
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
# imported from dtrace: 2 connections, 2 out (1 bound), 0 in; closer open 1, not known 1
$head
0.000000,,192.0.2.9,443,0.100000,36002,0,,out
0.000800,10.1.1.6,192.0.2.9,443,,60199,1,open,out
END
check drops_are_passed_on grep -q 'csv:5: the capture is not whole' "$t/err"

# --- whose, and what -----------------------------------------------------------
says local_is_not_guessed 2 "it does not say which addresses are this" \
    $PCBSIM import "$t/packets.csv"
check addresses_are_counted grep -Eq \
    '^  192\.0\.2\.9 +opened 0, was opened to 2$' "$t/err"
sed -n '/^again/{n;s/^ *pcbsim//p;}' "$t/err" >"$t/again"
check the_command_to_repeat_is_there test -s "$t/again"
sh -c "$PCBSIM $(cat "$t/again")" >"$t/out" 2>"$t/err"
check and_works grep -q '^# imported from tshark: ' "$t/out"
says a_network_is_local 0 "tshark: 3 connections" \
    $PCBSIM import --local=10.1.1.0/24 "$t/packets.csv"
$PCBSIM import --list >"$t/out" 2>"$t/err"
check list_shows_all test "$(grep -c '^[a-z]' "$t/out")" = 14
check list_shows_commands grep -q '^  *sockstat -4$' "$t/out"
says standard_input 0 "standard input: ss: 5 connections" \
    $PCBSIM import - <"$t/ss.txt"

# --- bad input ---------------------------------------------------------------
says no_file 2 "$t/none: No such file" \
    $PCBSIM import --format=zeek "$t/none"
says no_such_format 2 "auto, conntrack, dtrace, eve, haproxy, netstat, nginx" \
    $PCBSIM import --format=pcpa "$t/conn.log"
says wrong_format 2 "conn.log:3: " \
    $PCBSIM import --format=ss "$t/conn.log"
says nothing_of_use 2 "no TCP connection of this machine's in" \
    $PCBSIM import --format=zeek --local=10.9.9.9 "$t/conn.log"
says zeek_without_fields 2 "probe.csv:1: 't_open_ns,t_close_ns" \
    $PCBSIM import --format=zeek "$t/probe.csv"
printf 'hello\nworld\n' >"$t/hello"
says unknown_format 2 "of no known format; in its first 2 lines" \
    $PCBSIM import "$t/hello"
check all_signs_are_told test "$(grep -c '^  [a-z]' "$t/err")" = 14
: >"$t/empty"
says empty_file 2 "empty: is empty" $PCBSIM import "$t/empty"
says recording_already 2 "is a recording already, of 3 connections; load = \
replay reads it, --anonymise changes" $PCBSIM import "$t/tshark.csv"
says bad_local 2 "--local=10.1.1.300: '10.1.1.300' is no address" \
    $PCBSIM import --local=10.1.1.300 "$t/packets.csv"
says bad_listen 2 "--listen=80,x: 'x' is not a port" \
    $PCBSIM import --listen=80,x "$t/ss.txt"
says bad_server 2 "--server=a: not NAME=ADDRESS:PORT" \
    $PCBSIM import --server=a "$t/ss.txt"
sed "s/${tab}12.5${tab}/${tab}12.5x${tab}/; s/192.0.2.10/192.0.2.300/" \
    "$t/conn.log" >"$t/bad.log"
says bad_number 2 "bad.log:4: '12.5x' " \
    $PCBSIM import --format=zeek "$t/bad.log"
check every_bad_line_is_told grep -q "bad.log:5: '192.0.2.300' is not" \
    "$t/err"
check nothing_is_written_then test ! -s "$t/out"
says skip_goes_on 0 "zeek: 2 connections, 1 out (0 bound), 1 in" \
    $PCBSIM import --format=zeek --on-error=skip "$t/bad.log"
check skip_counts grep -q '2 bad lines skipped' "$t/err"
check skip_counts_in_the_head grep -q '^# bad lines skipped: 2$' "$t/out"
says cannot_write 4 "/nowhere/x.csv" \
    $PCBSIM import --format=zeek "$t/conn.log" -o /nowhere/x.csv
if [ -w /dev/full ]; then
	says full_disk 4 "" \
	    $PCBSIM import --format=zeek "$t/conn.log" -o /dev/full
fi
for f in auto conntrack dtrace eve haproxy netstat nginx pcap sockstat squid \
    ss tcpdump tshark vpc zeek; do
	head -c 20000 /dev/urandom >"$t/noise"
	$PCBSIM import --format=$f "$t/noise" >/dev/null 2>"$t/err"
	check "noise_is_refused_by_$f" test $? = 2
done

# --- addresses ---------------------------------------------------------------
$PCBSIM import --format=zeek --key=k "$t/conn.log" >"$t/k1" 2>/dev/null
$PCBSIM import --format=zeek --key=k "$t/conn.log" >"$t/k2" 2>/dev/null
$PCBSIM import --format=zeek --key=l "$t/conn.log" >"$t/l" 2>/dev/null
refuse no_key_is_no_key 2 "$PCBSIM" import --format=zeek --key= \
    "$t/conn.log" >/dev/null 2>"$t/err"
check no_key_is_told grep -q '^--key=: is empty' "$t/err"
refuse no_ports 2 "$PCBSIM" import --format=zeek --listen= "$t/conn.log" \
    >/dev/null 2>"$t/err"
check a_key_maps_alike cmp -s "$t/k1" "$t/k2"
check another_key_does_not sh -c "! cmp -s '$t/k1' '$t/l'"
check no_address_is_left sh -c "! grep -q '192.0.2\|10.1.1' '$t/k1'"
prefix() { sed 1,3d "$1" | grep -v in\$ | cut -d, -f3 | cut -d. -f1-3 | sort -u | wc -l; }
check networks_stay_networks test "$(prefix "$t/k1")" = 1
$PCBSIM import --format=zeek --anonymise "$t/conn.log" >"$t/a" 2>"$t/err"
$PCBSIM import --format=zeek --anonymise "$t/conn.log" >"$t/b" 2>/dev/null
check a_random_key_is_random sh -c "! cmp -s '$t/a' '$t/b'"
check a_random_key_is_told grep -q 'by a random key' "$t/err"

# --- of a recording ----------------------------------------------------------
# With a mark, CR LF, a blank line, quotes, blanks, another order of columns, one
# that nobody knows, and no end of the last line.
{
	printf '\357\273\277# taken on 10.0.0.5, mask 255.255.255.0\r\n\r\n'
	printf 'faddr,time_s,"laddr",fport,duration_s,host\r\n'
	printf '10.1.2.3,0.000000,,443,0.25,a.example\r\n'
	printf '"10.1.2.4",1.50, 10.0.0.5 ,80,,10.0.0.5.80\r\n'
	printf '10.1.2.3,2.5,,80,1,x'
} >"$t/own-hand.csv"
says a_recording_is_anonymised 0 "recording: 3 connections, with other" \
    $PCBSIM import --key=k "$t/own-hand.csv" -o "$t/hidden.csv"
check what_stays_is_told grep -q 'comments or columns of its own' "$t/err"
check a_recordings_addresses_are_gone sh -c \
    "! grep -Eq '10[.](0[.]0|1[.]2)[.]' '$t/hidden.csv'"
mask() {
	sed -E 's/[0-9]+([.][0-9]+){3}/A/g' "$1"
}
mask "$t/own-hand.csv" >"$t/want"
mask "$t/hidden.csv" >"$t/got"
check all_else_stays_to_the_byte cmp "$t/want" "$t/got"
check no_hosts_address_stays grep -q 'mask 255[.]255[.]255[.]0' \
    "$t/hidden.csv"
check one_address_is_one test "$(grep -Eo '[0-9]+([.][0-9]+){3}' \
    "$t/hidden.csv" | sort -u | wc -l)" = 4
gzip -c "$t/own-hand.csv" | $PCBSIM import --key=k - >"$t/piped.csv" \
    2>/dev/null
check a_piped_recording_too cmp -s "$t/hidden.csv" "$t/piped.csv"
says a_recording_says_whose 2 "says itself what --local is for" \
    $PCBSIM import --key=k --local=10.0.0.5 "$t/own-hand.csv"
# The checks are those of load = replay.
sed 's/,0[.]25,/,-,/; s/10[.]1[.]2[.]4/10.1.2.400/' "$t/own-hand.csv" \
    >"$t/broken.csv"
says a_broken_recording 2 "broken.csv:4: column duration_s: '-' is not" \
    $PCBSIM import --key=k "$t/broken.csv"
check all_of_it_is_told grep -q "broken.csv:5: column faddr: '10.1.2.400'" \
    "$t/err"
check and_nothing_is_written test ! -s "$t/out"
says is_not_called_replayable 2 "broken.csv:4: column duration_s: '-' is" \
    $PCBSIM import "$t/broken.csv"
check nor_else sh -c "! grep -q 'load = replay reads it' '$t/err'"
check what_it_is_is_told grep -q \
    'is a recording already, but not one that load = replay reads' "$t/err"
says bad_rows_are_left_out 0 "2 bad rows skipped; the first: $t/broken.csv:4" \
    $PCBSIM import --key=k --on-error=skip "$t/broken.csv"
sed '4,5d' "$t/hidden.csv" >"$t/want"
check and_only_those cmp "$t/want" "$t/out"

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
	    "$(grep -c ',127.0.0.2,127.0.0.1,.*,1,' "$t/live.out")" -ge 5
	check bpftrace_sees_the_others test \
	    "$(grep -c ',,127.0.0.1,.*,0,' "$t/live.out")" -ge 5
else
	skip bpftrace_live "needs Linux, root, bpftrace, python3 and tracefs"
fi

tap_done
