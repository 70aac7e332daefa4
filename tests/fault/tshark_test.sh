#!/bin/sh
# tshark, which reads packets for import, fails, dies, hangs, writes without end
# or cannot be started: it is told, and nothing is left of it.
. tests/tools/tap.sh
. tests/tools/try.sh
. tests/fault/preload.sh

t=$(cd "$t" && pwd -P)
printf '\324\303\262\241....' >"$t/x.pcap"
mkdir "$t/bin"
PATH=$t/bin:$PATH
export PATH
fake() {	# fake SCRIPT: a tshark that does that
	printf '#!/bin/sh\n%s\n' "$1" >"$t/bin/tshark"
	chmod +x "$t/bin/tshark"
}
import() {
	timeout $((60 * ${SLOW:-1})) "$PCBSIM" import "$t/x.pcap" \
	    --local=192.0.2.1 -o "$t/o.csv" >"$t/out" 2>"$t/err"
}
fails() {	# fails NAME SAYS SCRIPT
	fake "$3"
	refuse "tshark/$1" 2 import
	check "tshark/$1/is_told" said "^$t/x.pcap: $2"
	check "tshark/$1/makes_nothing" absent "$t/o.csv"
}
tab=$(printf '\t')
head="frame.time_epoch${tab}tcp.stream${tab}ip.src${tab}tcp.srcport${tab}"
head="$head""ip.dst${tab}tcp.dstport${tab}tcp.flags${tab}frame.protocols"
packet="100.5${tab}0${tab}192.0.2.1${tab}40000${tab}198.51.100.1${tab}80"
packet="$packet${tab}0x0002${tab}eth:ip:tcp"
one="echo '$head'; echo '$packet'"
fake "$one"
check "tshark/whole" import
check "tshark/whole/has_it" grep -q ',198.51.100.1,80,' "$t/o.csv"
# Some packets of a file that was cut are better than none.
fake "$one; echo 'cut short in the middle of a packet' >&2; exit 2"
check "tshark/cut" import
check "tshark/cut/is_told" said "not whole; tshark says: cut short in the middle"
check "tshark/cut/has_it" grep -q ',198.51.100.1,80,' "$t/o.csv"
rm "$t/o.csv"
fails fails "tshark cannot read it: no sense" 'echo no sense >&2; exit 3'
fails says_nothing "tshark cannot read it: no message" 'exit 1'
fails dies "tshark cannot read it: ended by signal 11" 'kill -SEGV $$'
fails has_nothing "no TCP connection" 'exit 0'
fake 'head -c 300000 /dev/urandom; exit 0'
refuse "tshark/garbage" 2 import
check "tshark/garbage/is_told" said "^$t/x.pcap:1: .* has not the ten fields"
check "tshark/garbage/makes_nothing" absent "$t/o.csv"
fails endless "tshark wrote a line of more than 64 KiB" \
    "$one; echo \$\$ >'$t/pid'; exec tr '\\0' x </dev/zero"
gone() { ! kill -0 "$(cat "$t/pid")" 2>/dev/null; }
check "tshark/endless/is_ended" gone

# The first signal ends both.
fake "echo \$\$ >'$t/hung'; mv '$t/hung' '$t/pid'; exec sleep 1000"
rm "$t/pid"
"$PCBSIM" import "$t/x.pcap" -o "$t/o.csv" >"$t/out" 2>"$t/err" &
pid=$!
n=0
while [ ! -s "$t/pid" ] && [ $n -lt 100 ]; do sleep 0.1; n=$((n + 1)); done
kill -TERM $pid
wait $pid
check "tshark/hangs/ends_on_a_signal" test $? -eq 143
n=0
while ! gone && [ $n -lt 50 ]; do sleep 0.1; n=$((n + 1)); done
case $(uname) in
Linux|FreeBSD)	check "tshark/hangs/is_ended" gone ;;
*)	kill "$(cat "$t/pid")" ;;
esac

# It cannot be started, or what it says cannot be read.
shim=$(preload "$BUILD/tests/fault/shim.so")
faulty() {
	(LD_PRELOAD=$shim FAULT_CALL=$1 FAULT_AT=1 FAULT_ERRNO=24
	export LD_PRELOAD FAULT_CALL FAULT_AT FAULT_ERRNO
	exec "$PCBSIM" import "$t/x.pcap" -o "$t/o.csv" >"$t/out" 2>"$t/err")
}
if threads_are_ours; then
	fake "$one"
	refuse "tshark/no_pipe" 2 faulty pipe
	check "tshark/no_pipe/is_told" said "cannot run tshark: Too many open"
	refuse "tshark/no_process" 2 faulty fork
	check "tshark/no_process/is_told" said "Too many open files"
	refuse "tshark/no_stream" 2 faulty fdopen
	check "tshark/no_stream/is_told" said "cannot read what tshark says"
fi
tap_done
