#!/bin/sh
# An input that the system cannot read is no fault of the input: whichever
# open(2) or read(2) fails, of whichever file, the exit code is that of input
# and output, 4, and the message names a file and why; or nothing was lacking,
# and the answer is the one without the fault.
. tests/tools/tap.sh
. tests/tools/try.sh
. tests/fault/preload.sh

shim=$(preload "$BUILD/tests/fault/shim.so")
t=$(cd "$t" && pwd -P)
trap 'umount "$t/tiny" 2>/dev/null; rm -rf "$t"' EXIT

sh tests/tools/small.sh small 1s >"$t/base.ini"
"$PCBSIM" init -o "$t/init.ini" 2>/dev/null
cp study/costs/xeon-e5.csv "$t/own.csv" 2>/dev/null ||
    cp "$(ls study/costs/*.csv | head -1)" "$t/own.csv"
cat >"$t/times.csv" <<'EOT'
time_s,laddr,faddr,fport,duration_s
0.1,192.0.2.1,192.0.2.7,80,0.2
0.2,192.0.2.1,192.0.2.7,80,0.3
EOT
gzip -c "$t/times.csv" >"$t/times.csv.gz"
echo "net.inet.tcp.msl=2000" >"$t/sysctl.conf"
cat >"$t/all.ini" <<'EOT'
[scenario]
format = 1
name = all
title = every kind of file
duration = 1s
include = base.ini

[kernel]
include-sysctl = sysctl.conf

[host]
costs = own.csv

[workload:web]
lifetime = empirical(times.csv)

[workload:again]
load = replay
file = times.csv.gz
EOT
cat >"$t/w.sweep" <<'EOT'
[sweep]
scenario = base.ini
host.costs = own.csv;epyc-vm
EOT
printf 'config,10000,10003,0,512,512\naddr,1,192.0.2.1\n' >"$t/s.ops"
cat >"$t/netstat" <<'EOT'
Active Internet connections (including servers)
Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)
tcp4       0      0  192.0.2.1.40000        192.0.2.7.80           ESTABLISHED
tcp4       0      0  192.0.2.1.40001        192.0.2.7.80           TIME_WAIT
EOT
"$PCBSIM" run "$t/base.ini" -q --no-plots -o "$t/r" || exit 1
"$PCBSIM" sweep run "$t/w.sweep" -q -o "$t/s" 2>/dev/null || exit 1
"$PCBSIM" sweep merge "$t/w.sweep" -o "$t/s" >"$t/m.csv" 2>/dev/null || exit 1

faulty() {	# faulty SETTINGS -- COMMAND...
	set_=
	while [ "$1" != -- ]; do set_="$set_ $1"; shift; done
	shift
	# shellcheck disable=SC2086
	env LD_PRELOAD="$shim" $set_ "$PCBSIM" "$@" >"$t/out" 2>"$t/err" \
	    </dev/null
}
unread() {	# unread CALL ERRNO COMMAND...: each call fails once
	unread_call=$1 unread_errno=$2
	shift 2
	"$PCBSIM" "$@" >"$t/whole" 2>"$t/told" </dev/null || {
		sed 's/^/# /' "$t/told"
		return 1
	}
	rm -f "$t/count"
	faulty FAULT_CALL="$unread_call" FAULT_COUNT="$t/count" -- "$@"
	calls=$(cat "$t/count" 2>/dev/null)
	[ "${calls:-0}" -gt 0 ] || { echo "# no $unread_call"; return 1; }
	at=1 bad=0 refused=0
	while [ $at -le "$calls" ]; do
		faulty FAULT_CALL="$unread_call" FAULT_AT=$at \
		    FAULT_ERRNO="$unread_errno" -- "$@"
		code=$?
		if [ $code -eq 4 ] && grep -q "$why" "$t/err"; then
			refused=$((refused + 1))
		elif [ $code -ne 0 ] || ! cmp -s "$t/out" "$t/whole"; then
			echo "# $unread_call $at of $calls: exit $code"
			sed 's/^/# /' "$t/err"
			bad=$((bad + 1))
		fi
		at=$((at + 1))
	done
	[ $bad -eq 0 ] && [ $refused -gt 0 ]
}
each() {	# each NAME COMMAND...
	name=$1
	shift
	why='/.*: Input/output error'
	check "$name/read" unread read 5 "$@"
	check "$name/open" unread open 5 "$@"
	why='/.*: Too many open files'
	check "$name/no_descriptors" unread open 24 "$@"
}
each check check "$t/all.ini"
each check_json check --format=json "$t/all.ini"
each sweep_plan sweep plan "$t/w.sweep"
each limit limit "$t/all.ini" --vary=workload:web.rate=10/s..40/s \
    --until='current.ok > 20' --replications=1 -q
each ask_netstat ask --netstat="$t/netstat" --rate=1/s --fast
each ask_sysctl ask --sysctl="$t/sysctl.conf" --rate=1/s --lifetime=1s --fast
each import import --local=192.0.2.1 "$t/netstat"
each script script --stack=freebsd-12.0 --costs="$t/own.csv" "$t/s.ops"
each column column connect_p99_us "$t/r/summary.csv"
each compare compare "$t/r"
each report report "$t/r"

# More of a recording than is kept in memory goes to a file without a name.
awk 'BEGIN { print "time_s,laddr,faddr,fport,duration_s"
    for (i = 0; i < 300000; i++)
	printf "%d.%06d,192.0.2.1,192.0.2.7,80,0.001\n", i / 1e6, i % 1e6 }' \
    >"$t/times.csv"
rm "$t/times.csv.gz"
gzip "$t/times.csv"
sed 's/^lifetime = emp.*/lifetime = constant(1s)/' "$t/all.ini" >"$t/large.ini"
placeless() { TMPDIR=$1 "$PCBSIM" check "$t/large.ini" >"$t/out" 2>"$t/err"; }
check "large" placeless "$t"
check "large/leaves_nothing" test -z "$(ls "$t"/pcbsim-* 2>/dev/null)"
refuse "large/no_place" 4 placeless "$t/none"
check "large/no_place/is_told" said "times.csv.gz: more than .*$t/none.*: No such"
if [ -w /dev/full ] && mkdir "$t/tiny" &&
    mount -t tmpfs -o size=64k tmpfs "$t/tiny" 2>/dev/null; then
	refuse "large/full" 4 placeless "$t/tiny"
	umount "$t/tiny"
	check "large/full/is_told" said "times.csv.gz: .*tiny.*: No space left"
else
	skip "large/full" "nothing can be mounted here"
fi
tap_done
