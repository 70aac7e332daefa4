#!/bin/sh
# The first signal ends it, whatever it is at: waiting for a pipe, writing into
# one, in the middle of a file; and nothing of it is left.  Where something is
# left (SIGKILL), the next one takes it away.
. tests/tools/tap.sh
. tests/tools/try.sh
. tests/fault/preload.sh

t=$(cd "$t" && pwd -P)
sh tests/tools/small.sh small 1s >"$t/small.ini"
cat >"$t/w.sweep" <<EOT
[sweep]
scenario = small.ini
host.cpus = 1;2
workload:web.rate = 50/s;100/s
EOT
"$PCBSIM" run "$t/small.ini" -q --no-plots -o "$t/r" || exit 1
"$PCBSIM" sweep run "$t/w.sweep" -q -o "$t/s" || exit 1
"$PCBSIM" sweep merge "$t/w.sweep" -o "$t/s" >"$t/m.csv" || exit 1
vary=--vary=workload:web.rate=10/s..100/s
# One that nobody writes to, and one that nobody reads; both stay open.
mkfifo "$t/silent" "$t/unread"
exec 8<>"$t/silent"

ended() {	# ended NAME COMMAND...: by the first SIGTERM, a little later
	ended_name=$1
	shift
	"$PCBSIM" "$@" <"$t/silent" >"$t/out" 2>"$t/err" &
	ended_pid=$!
	sleep 0.7
	kill -TERM $ended_pid 2>/dev/null
	n=0
	while kill -0 $ended_pid 2>/dev/null &&
	    [ $n -lt $((50 * ${SLOW:-1})) ]; do
		sleep 0.1
		n=$((n + 1))
	done
	kill -KILL $ended_pid 2>/dev/null
	wait $ended_pid
	refuse "ended/$ended_name" 143 sh -c "exit $?"
}
ended run run "$t/silent"
ended run_of_standard_input run -
ended check check "$t/silent"
# What is there before the run begins takes a minute to be tried.
ended run_opens run "$t/small.ini" -q --no-plots -o "$t/opened" \
    --set=workload:web.open=16777216 --set=host.maxsockets=1G
check "ended/run_opens/is_marked" grep -q '^# INCOMPLETE' \
    "$t/opened/summary.csv"
ended run_accepts run "$t/small.ini" -q --no-plots -o "$t/opened" \
    --set=inbound.open=16777216 --set=host.maxsockets=1G --memory=1000G
ended limit_opens limit "$t/small.ini" -q $vary --until='failed > 1' \
    --set=workload:web.open=16777216 --set=host.maxsockets=1G \
    --memory=1000G
ended sweep_plan sweep plan "$t/silent"
ended sweep_run sweep run "$t/silent"
ended limit limit "$t/silent" $vary --until='failed > 1'
ended import import "$t/silent"
ended ask ask --netstat="$t/silent" --rate=1/s
ended ask_sysctl ask --sysctl="$t/silent" --rate=1/s --lifetime=1s
ended script script --stack=freebsd-12.0
ended column column connect_p99_us "$t/silent"
# What is opened only to be written to waits for a reader.
ended limit_writes limit "$t/small.ini" $vary --until='current.ok > 50' \
    --replications=2 -q -o "$t/unread"
# It came while there was still something to compute: nobody is waited for.
ended limit_computes limit "$t/small.ini" $vary -q -o "$t/unread" \
    --until='current.ok > 1000000000' --set=scenario.duration=10h
check "ended/limit_computes/is_told" said "cannot write $t/unread"
ended report_writes report "$t/r" -f html -o "$t/unread"
ended merge_writes sweep merge "$t/w.sweep" -o "$t/s" --csv="$t/unread"

# What keeps nothing half done leaves its place, too.
ended live live scenarios/live-mutex.ini --costs=epyc-vm --seconds=2 \
    -o "$t/way/to/lives"
check "ended/live/nothing_is_left" test ! -e "$t/way"
ended compare compare "$t/r" --samples -o "$t/unread"
check "ended/compare/nothing_is_left" test -z "$(find "$t" -name '.r.[lp]*')"

# timeout(1) signals its child, and then the group that this is in.
by_timeout() {	# by_timeout WHAT COMMAND...: WHAT is there, three times of three
	there=0
	for i in 1 2 3; do
		timeout "$((2 * ${SLOW:-1}))" "$PCBSIM" "$2" "$t/small.ini" \
		    --set=scenario.duration=10h -q $3 >"$t/out" 2>"$t/err"
		[ ! -s "$t/$1" ] || there=$((there + 1))
		rm -rf "${t:?}/${1%%/*}"
	done
	[ $there -eq 3 ] || { echo "# $there of 3"; return 1; }
}
if command -v timeout >/dev/null; then
	check "ended/by_timeout/limit" by_timeout values.csv limit \
	    "$vary --until=current.ok>1000000000 -o $t/values.csv"
	check "ended/by_timeout/run" by_timeout timed/summary.csv run \
	    "--no-plots -o $t/timed"
else
	skip "ended/by_timeout" "no timeout(1) here"
fi

# In the middle of a file that is to take another's place.
echo mine >"$t/o.csv"
ended half_a_file script --stack=freebsd-12.0 -o "$t/o.csv"
check "half_a_file/nothing_is_left" test -z "$(find "$t" -name 'o.csv.*')"
check "half_a_file/the_old_one_stays" grep -q mine "$t/o.csv"

# SIGKILL: nothing was there that could be left, where files may have no name.
killed_half() {
	"$PCBSIM" script --stack=freebsd-12.0 -o "$t/k.csv" <"$t/silent" \
	    >"$t/out" 2>"$t/err" &
	ended_pid=$!
	sleep 0.5
	kill -KILL $ended_pid
	wait $ended_pid
	[ $? -eq 137 ] && [ -z "$(find "$t" -name 'k.csv*')" ]
}
if [ -d /proc/self/fd ]; then
	check "half_a_file/killed_leaves_nothing" killed_half
else
	skip "half_a_file/killed_leaves_nothing" "no files without a name here"
fi

# Help that nobody gets is no success.
if [ -e /dev/full ]; then
	refuse "table_is_full" 4 sh -c '"$PCBSIM" run "$1" --no-plots \
	    -o "$2" >/dev/full' sh "$t/small.ini" "$t/full" 2>"$t/err"
	check "table_is_full/is_told_once" sh -c '[ "$(grep -c "standard output" \
	    "$1")" = 1 ]' sh "$t/err"
	refuse "script_is_full" 4 sh -c 'echo "config,1024,2000,0,512,512" |
	    "$PCBSIM" script --stack=xnu >/dev/full' 2>"$t/err"
	check "script_is_full/names_the_stream" grep -q \
	    '^cannot write standard output: ' "$t/err"
	refuse "help_is_full" 4 sh -c '"$PCBSIM" run --help >/dev/full' \
	    2>/dev/null
	refuse "help_run_is_full" 4 sh -c '"$PCBSIM" help run >/dev/full' \
	    2>/dev/null
fi
# A question needs no place for a file.
question() { TMPDIR=$t/none "$PCBSIM" ask --rate=100/s --lifetime=1s \
    >"$t/out" 2>"$t/err"; }
check "ask_needs_no_file" question

# ---- what a kill leaves, the next one takes away

shim=$(preload "$BUILD/tests/fault/shim.so")
killed() {	# killed CALL AT COMMAND...
	killed_call=$1 killed_at=$2
	shift 2
	LD_PRELOAD="$shim" FAULT_CALL=$killed_call FAULT_AT=$killed_at \
	    FAULT_WAY=kill "$PCBSIM" "$@" >"$t/out" 2>"$t/err"
	[ $? -eq 137 ]
}
pcbsim() { "$PCBSIM" "$@" >"$t/out" 2>"$t/err"; }
beside() { find "$t" -maxdepth 1 -name ".$1*"; }
if ! threads_are_ours; then
	skip "killed" "ThreadSanitizer has its own ways with what is preloaded"
	tap_done
fi
if command -v gnuplot >/dev/null 2>&1; then
	check "killed/pictures_of_a_sweep" killed rename 2 plot "$t/m.csv" \
	    -o "$t/p"
	check "killed/pictures_of_a_sweep/left" test -n "$(beside p)"
	check "killed/pictures_of_a_sweep/next" pcbsim plot "$t/m.csv" \
	    -o "$t/p"
	check "killed/pictures_of_a_sweep/gone" test -z "$(beside p)"
	# What it cannot take away, because it is somebody's, it names.
	check "killed/somebody" killed rename 2 plot "$t/m.csv" -o "$t/p"
	left=$(find "$t" -maxdepth 1 -name '.p.partial-*')
	echo mine >"$left/letter"
	check "killed/somebody/next" pcbsim plot "$t/m.csv" -o "$t/p"
	check "killed/somebody/is_named" said "$left"
	check "killed/somebody/stays" grep -q mine "$left/letter"
fi
# Samples: killed before and after each move, the next is not hindered.
n=0
while [ $n -lt 12 ]; do
	n=$((n + 1))
	killed rename $n compare "$t/r" --samples --metric=attempts || break
	check "killed/samples_$n/run" pcbsim run "$t/small.ini" -q --no-plots \
	    -o "$t/r"
	check "killed/samples_$n/gone" test -z "$(beside r.partial)"
done
check "killed/samples/it_was" test $n -gt 3

# Files of -o: without a name while they grow, or with one where that is not
# to be had; what cannot get one is told.
printf 'config,10000,10003,0,512,512\naddr,1,192.0.2.1\n' >"$t/s.ops"
kept() {	# kept CALL ERRNO: the file is whole, and alone
	rm -f "$t"/kept.csv*
	env LD_PRELOAD="$shim" FAULT_CALL="$1" FAULT_AT=1 FAULT_FOR=all \
	    FAULT_ERRNO="$2" "$PCBSIM" script --stack=freebsd-12.0 \
	    -o "$t/kept.csv" "$t/s.ops" >"$t/out" 2>"$t/err" || return
	[ "$(ls "$t"/kept.csv*)" = "$t/kept.csv" ]
}
check "nameless/none_is_to_be_had" kept tmpfile 95
check "nameless/the_file" kept none 0
if [ "$(uname)" = Linux ]; then
	refuse "nameless/no_name_is_to_be_had" 4 kept linkat 1
	check "nameless/no_name_is_to_be_had/told" said 'cannot write .*kept.csv'
	check "nameless/no_name_is_to_be_had/gone" test -z \
	    "$(find "$t" -name 'kept.csv*')"
fi

# An empty plots/ is in nobody's way.
mkdir -p "$t/r/plots"
check "empty_plots" pcbsim run "$t/small.ini" -q --no-plots -o "$t/r"
check "empty_plots/gone" absent "$t/r/plots"

# ---- no threads, no memory, where they cannot be done without

none() {	# none COMMAND...: no thread can be made
	timeout $((60 * ${SLOW:-1})) env LD_PRELOAD="$shim" FAULT_CALL=pthread_create \
	    FAULT_AT=1 FAULT_FOR=all FAULT_ERRNO=11 "$PCBSIM" "$@" \
	    >"$t/out" 2>"$t/err"
}
check "no_threads/ask" none ask --rate=100/s --lifetime=5s
check "no_threads/ask/is_told" said 'no thread could be made'
check "no_threads/limit" none limit "$t/small.ini" -q $vary \
    --until='current.ok > 50' --replications=2
check "no_threads/limit/is_told" said 'no thread could be made'
check "no_threads/calibrate" none calibrate --quick -o "$t/costs.csv"
check "no_threads/calibrate/is_told" said 'is not measured: the system refused it'
tap_done
