#!/bin/sh
# Public reports and files that people have at hand, re-told with documentation
# addresses in tests/cli/reports/: each answers as its reporter saw it.
. tests/tools/tap.sh

r=tests/cli/reports
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

# ran NAME [OPTION...]: NAME.ini is run; its rows are in $t/sum
ran() {
	name=$1
	shift
	rm -rf "$t/out"
	"$PCBSIM" run "$r/$name.ini" --no-plots --quiet --out="$t/out" "$@" \
	    >"$t/said" 2>&1
	grep -v '^#' "$t/out/summary.csv" >"$t/sum" 2>/dev/null
}

# of VARIANT COLUMN: the figure
of() {
	awk -F, -v v="$1" -v c="$2" 'NR == 1 { for (i = 1; i <= NF; i++)
	    if ($i == c) k = i; next } $1 == v { print $k }' "$t/sum"
}

# is NAME VARIANT COLUMN VALUE
is() {
	got=$(of "$2" "$3")
	[ "$got" = "$4" ] || echo "# $2.$3 = $got, not $4"
	check "$1" test "$got" = "$4"
}

# near NAME VARIANT COLUMN VALUE SHARE
near() {
	check "$1" awk -v x="$(of "$2" "$3")" -v y="$4" -v s="$5" 'BEGIN {
	    ok = x - y <= s * y && y - x <= s * y
	    if (!ok) print "# " x " is not near " y
	    exit !ok }'
}

# every row adds up
adds_up() {
	awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
	    $c["wanted"] != $c["served"] + $c["failed"] + $c["waiting"] {
		print "# " $0; bad = 1 }
	    END { exit bad || NR < 2 }' "$t/sum"
}

# ---- runs ------------------------------------------------------------------

ran r02-min-closed
is closed_client_a_second_each v ok 100

ran r02-ab-closed
near ab_16384_then_none v11 first_exhaustion_s 9.8 0.02
check ab_20_s_off awk -F, '!/^#/ && $1 == "v11" && $3 == 20 { off = $8 == 0 }
    !/^#/ && $1 == "v11" && $3 == 35 { on = $8 > 1600 }
    END { exit !(off && on) }' "$t/out/timeline.csv"
check ab_adds_up adds_up

ran r15-source-port-range
for v in v11 v12_2 v14 v15; do
	is "two_servers_2000/$v" $v served 2000
	is "the_rest_fails/$v" $v failed 17992
done
is port_range_verdict v14 verdict fails
check port_range_adds_up adds_up

ran r22-maxsockets
for v in v11 v14; do
	is "maxsockets_are_a_limit/$v" $v served 12328
	is "then_enobufs/$v" $v enobufs 672
done

ran r04-three-addresses
is three_addresses_hold v12 pcbs_max 193533
is three_addresses_wanted v12 wanted 299969
check undecided_are_waiting test "$(of v12 waiting)" -gt 100000
check three_addresses_add_up adds_up

ran r03-envoy-bind
for v in fbsd12_0 fbsd12_2 fbsd14 fbsd15; do
	is "bound_is_28232/$v" $v served 28232
done
check not_bound_is_more test "$(of nobind14 served)" -gt 50000

ran r01-pr174087-dests
is four_peers_one_range v11 served 16384
is four_peers_one_range_12_0 v12_0 served 16384
is four_peers_one_range_unique v13_unique served 16384
is four_peers_four_ranges v12_2 failed 0

ran r01-pr174087-reuse
check reuse_fails_with_eaddrinuse test "$(of v11 eaddrinuse)" -gt 100
is reuse_before_12_2_only v14 eaddrinuse 0

ran r08-n-per-2msl
near range_a_minute_is_60_s v14 first_exhaustion_s 60 0.001
is range_a_minute_28232 v14 pcbs_max 28232

ran r09-msl
near msl_15_is_30_s v14 first_exhaustion_s 30 0.001

ran r10-webstress
is the_cap_helps v11_default_range failed 0
near no_cap_62_a_second v11_default_range_uncapped served 7954 0.01

ran r11-4000-timewait
is timewait_is_held v14 pcbs_max 3999
near timewait_ends_61_s v11 pcbs_max 3999 0.001

ran r17-8krps --set=scenario.duration=8500ms --variant=v12_2
near out_after_8_07_s v12_2 first_exhaustion_s 8.07 0.001

ran r18-recovery
near none_until_a_minute_later v14 failed 561 0.02

ran r19-squid-range
is squid_old_range_with_cap v11 failed 0

ran r07-nginx-localhost --set=scenario.duration=40s
# All that were wanted are in TIME_WAIT or open, those at both ends.
check a_loopback_has_two_pcbs test "$(of v14_tw pcbs_max)" -gt \
    "$(($(of v14_tw wanted) + 15))"
is no_local_timewait v14 failed 0

# 600/s of 50 ms through one address: 36,000 in TIME_WAIT, where there is one.
ran r06-sidecar
for v in v14 v12 v12_nltw; do
	is "sidecar/$v" $v failed 0
done
for v in v14_tw v12_uncapped; do
	near "sidecar/$v/28232_are_gone" $v first_exhaustion_s 47.05 0.02
	check "sidecar/$v/fails" test "$(of $v failed)" -gt 1000
done

# Accepted, refused and late are figures of their own, workload or none.
ran r13-accepts --set=scenario.duration=2s --set=scenario.warmup=500ms
for v in v11 v12 v14 v15; do
	near "accepts/$v" $v accepted 90000 0.02
	is "accepts/$v/refused" $v accept_refused 0
	check "accepts/$v/late" awk -v x="$(of $v accept_max_ms)" \
	    'BEGIN { exit !(x > 1 && x < 20) }'
done
ran r13-accepts --set=scenario.duration=2s --set=scenario.warmup=500ms \
    --set=inbound.backlog=1 --set=host.cpus=1 --variant=v11
check accepts/a_backlog_of_1_refuses test "$(of v11 accept_refused)" -gt 1000

# 100,000 are there when it begins; netstat of all of them makes 11 wait.
ran r14-netstat --set=inbound.open=100000 --set=scenario.warmup=0 \
    --set=scenario.duration=7s
check netstat/are_there test "$(of v14 pcbs_max)" -gt 100000
check netstat/from_the_start awk -F, '!/^#/ && $1 == "v14" && !n++ {
    exit !($4 > 99000) }' "$t/out/timeline.csv"
check netstat/11_waits awk -v x="$(of v11 stall_max_us)" \
    'BEGIN { exit !(x > 5000) }'
for v in v12 v14 v11_none; do
	check "netstat/$v" awk -v x="$(of $v stall_max_us)" \
	    'BEGIN { exit !(x < 100) }'
done

ran min-oneport
is one_port_panics v verdict panics

# 2,000 in 20 s, each held to the end, on 400 ports an address.
"$PCBSIM" limit "$r/r16-40k.ini" \
    --vary=host.laddrs=1..10 --until='failed == 0' --variant=n38 \
    --replications=1 --set=workload:lb.rate=100/s \
    --set=kernel.net.inet.ip.portrange.last=1423 \
    --set=scenario.duration=20s --format=json >"$t/limit" 2>/dev/null
check r16_how_many_addresses grep -q '"mean":5,' "$t/limit"

# ---- bind(0.0.0.0, 0), by script and by scenario ----------------------------

check bind_any_none_left sh -c '"$0" script --stack=freebsd-12.2 "$1" |
    grep -q "^8,bc,5,bind:EADDRNOTAVAIL,"' "$PCBSIM" "$r/bindany.csv"
check bind_any_reuse sh -c '"$0" script --stack=freebsd-12.2 "$1" |
    grep -q "^8,bc,4,connect:EADDRINUSE,"' "$PCBSIM" "$r/bindany-reuse.csv"
ran r01-pr174087-dests --set=workload:w.bind=any
is bind_any_in_a_scenario v14 served 16384

# ---- [kernel] pasted --------------------------------------------------------

# pasted NAME TEXT: check takes NAME.ini and says TEXT
pasted() {
	"$PCBSIM" check "$r/$1.ini" >"$t/out.txt" 2>"$t/err"
	tap_rc=$?
	check "pasted/$1" test $tap_rc = 0
	check "pasted/$1/says" grep -qF -- "$2" "$t/err"
}
pasted min-sysctl 'nothing here depends on it: kern.ipc.somaxconn'
check pasted_range grep -q '64,512 there' "$t/out.txt"
pasted f01-sysctl-tail-comments 'kern.ipc.maxsockbuf'
pasted f02-sysctl-spaces 'kern.maxfiles'
pasted f03-loader 'cc_htcp_load'
"$PCBSIM" check "$r/f04-sysctl-colon.ini" >"$t/out.txt" 2>"$t/err"
check pasted/f04_knows_all test ! -s "$t/err"
pasted f05-linux 'net.inet.ip.portrange.first = 1024'
refuse pasted/f06 2 "$PCBSIM" check "$r/f06-values.ini" 2>"$t/err"
check pasted/f06_out_of_range grep -q 'is out of range' "$t/err"

# ---- captures ---------------------------------------------------------------

# rows FILE COUNT TEXT [OPTION...]: so many rows, and the head or stderr says
rows() {
	file=$1 want=$2 text=$3
	shift 3
	"$PCBSIM" import "$@" "$r/$file" >"$t/rows" 2>"$t/err"
	got=$(grep -vc '^#\|^time_s' "$t/rows")
	[ "$got" = "$want" ] || echo "# $file: $got rows, not $want"
	check "import/$file" test "$got" = "$want"
	check "import/$file/says" grep -qF -- "$text" "$t/rows" "$t/err"
}
# who FILE: it does not say who is local, and is refused
who() {
	refuse "local/$1" 2 "$PCBSIM" import "$r/$1" >"$t/rows" 2>"$t/err"
	check "local/$1/says" grep -q -- '--local=' "$t/err"
}
l=--local=192.0.2.10
for f in min-dir.log f07-zeek.log f39-proxy-in-and-out.log \
    f22-tshark-mixed.csv; do
	who $f
done
rows min-dir.log 1 '0 out (0 bound), 1 in' $l
rows f07-zeek.log 8 '1 IPv6, 1 not TCP' $l
rows f39-proxy-in-and-out.log 20 '10 in' $l
rows f22-tshark-mixed.csv 3 '1 IPv6' $l
rows min-rej.log 2 'closer refused 2'
cp "$r/min-rej.ini" "$t/" && cp "$t/rows" "$t/min-rej.csv"
check refused_leaves_no_timewait "$PCBSIM" run "$t/min-rej.ini" --no-plots \
    --quiet --out="$t/rej"
rows f36-rej.log 24 'closer refused 24'
rows min-ss-tw.txt 2 'closer local 2'
rows f35-ss-tw.txt 5 'closer local 5'
rows f38-s1.log 28 'closer open 28'
rows f12-ss-tan-plain.txt 3 '1 IPv6, 3 listening'
rows f14-ss-tanpo.txt 3 '1 listening'
rows f15-ss-tini.txt 1 'run ss -tan'
rows f16-ss-state.txt 1 'states are not shown'
rows f17-ss-netid.txt 1 '1 not TCP'
rows f18-netstat.txt 2 '1 IPv6, 1 listening'
rows f19-sockstat.txt 1 'closer open 1'
rows f08-zeek.json 2 '2 out' $l
rows f09-zeek-concat.log 3 '1 in' $l
rows f10-zeek-iso.log 8 '1 IPv6' $l
rows f20-tshark-tab.txt 1 '1 out' $l
rows f21-tshark-quotes.csv 1 '1 out' $l
rows f23-tshark-iso.csv 1 '1 out' $l
rows f24-tshark-tunnel.csv 1 '1 out' $l
rows f25-tcpdump.txt 1 '1 out' $l
rows f27-conntrack.txt 1 '1 out' $l
rows f28-eve.json 1 '1 out' $l
rows f29-vpc.txt 1 'the end with the higher port' $l
rows f30-nginx.log 1 '1 out'
rows f40-dtrace.csv 1 '1 IPv6'

tap_done
