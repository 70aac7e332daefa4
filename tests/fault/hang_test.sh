#!/bin/sh
# Nothing waits for ever, nothing dies without a word: no threads, no memory,
# gnuplot that does not end, closed descriptors, a crash between two moves.
. tests/tools/tap.sh
. tests/fault/preload.sh

t=$(mktemp -d)
t=$(cd "$t" && pwd -P)
trap 'rm -rf "$t"' EXIT
shim=$(preload "$BUILD/tests/fault/shim.so")

sh tests/tools/small.sh small 2s 'replications = 2' |
    sed "s/^title = /title = '/" >"$t/small.ini"
cat >"$t/w.sweep" <<'EOT'
[sweep]
scenario = small.ini
host.cpus = 1;2
EOT
"$PCBSIM" run "$t/small.ini" -q --no-plots -o "$t/whole" || exit 1

pcbsim() { timeout $((60 * ${SLOW:-1})) "$PCBSIM" "$@" >"$t/stdout" 2>"$t/stderr"; }
said() {
	grep -q -- "$1" "$t/stderr" || { sed 's/^/# /' "$t/stderr"; return 1; }
}
absent() { [ ! -e "$1" ]; }
same() { diff -r "$t/whole" "$1" >"$t/diff" || { sed 's/^/# /' "$t/diff" |
    head -5; return 1; }; }

# ---- threads

faulty() {	# faulty SETTINGS... -- COMMAND...
	set_=
	while [ "$1" != -- ]; do set_="$set_ $1"; shift; done
	shift
	# shellcheck disable=SC2086
	timeout $((60 * ${SLOW:-1})) env LD_PRELOAD="$shim" $set_ "$PCBSIM" "$@" \
	    >"$t/stdout" 2>"$t/stderr"
}
small="run $t/small.ini -q --no-plots --jobs=2"
if threads_are_ours; then
	# shellcheck disable=SC2086
	{
	check "no_threads" faulty FAULT_CALL=pthread_create FAULT_AT=1 \
	    FAULT_FOR=all FAULT_ERRNO=11 -- $small -o "$t/none"
	check "no_threads/is_told" said 'no thread could be made'
	check "no_threads/same_result" same "$t/none"
	check "fewer_threads" faulty FAULT_CALL=pthread_create FAULT_AT=3 \
	    FAULT_ERRNO=11 -- $small -o "$t/few"
	check "fewer_threads/is_told" said 'only 1 of 2 threads'
	check "fewer_threads/same_result" same "$t/few"
	check "no_threads/sweep" faulty FAULT_CALL=pthread_create FAULT_AT=1 \
	    FAULT_FOR=all FAULT_ERRNO=11 -- sweep run "$t/w.sweep" -q \
	    -o "$t/parts"
	check "no_threads/limit" faulty FAULT_CALL=pthread_create FAULT_AT=1 \
	    FAULT_FOR=all FAULT_ERRNO=11 -- limit "$t/small.ini" -q \
	    --vary=workload:web.rate=10/s..100/s --replications=2 \
	    --until='current.ok > 50'
	}
	# What needs two threads to be measured is taken from another table,
	# which the table says, and the rest of it is whole.
	check "no_threads/calibrate" faulty FAULT_CALL=pthread_create \
	    FAULT_AT=1 FAULT_FOR=all FAULT_ERRNO=11 -- calibrate --quick \
	    -o "$t/costs.csv"
	for cost in mutex switch; do
		check "no_threads/calibrate/$cost" said \
		    "^calibrate: $cost is not measured: the system refused it"
		check "no_threads/calibrate/$cost/is_copied" \
		    grep -q "^$cost,.*,copied: " "$t/costs.csv"
	done
	check "no_threads/merge" pcbsim sweep merge "$t/w.sweep" \
	    -o "$t/parts"
	# One that is alone ends on a signal, too.
	LD_PRELOAD="$shim" FAULT_CALL=pthread_create FAULT_AT=1 FAULT_FOR=all \
	    FAULT_ERRNO=11 "$PCBSIM" run "$t/small.ini" -q --no-plots \
	    -o "$t/alone" --set=scenario.duration=10h \
	    --set=workload:web.rate=2k/s 2>/dev/null &
	pid=$!
	sleep 1
	kill -TERM $pid
	wait $pid
	check "no_threads/ends_on_a_signal" test $? -eq 143
else
	skip "no_threads" "ThreadSanitizer"
fi

# ---- memory

if memory_is_ours && (ulimit -v 100000) 2>/dev/null; then
	# Somewhere between nothing and enough there is a little less.
	silent=
	little() {	# little KIB COMMAND...
		kib=$1
		shift
		(ulimit -v "$kib"; timeout $((60 * ${SLOW:-1})) "$PCBSIM" "$@") >"$t/stdout" \
		    2>"$t/stderr"
		code=$?
		# 127: not even the libraries fit; 2: it was refused.
		case $code in
		0|127)	;;
		2|4)	[ -s "$t/stderr" ] || silent="$silent $kib:$1" ;;
		*)	silent="$silent $kib:$1:$code" ;;
		esac
		grep -q 'no memory left (its limit: ulimit -v' "$t/stderr" &&
		    told=yes
	}
	for kib in 9000 12000 16000 18000 20000 24000 30000 40000 60000; do
		little $kib run "$t/small.ini" -q --no-plots -o "$t/little"
		little $kib run "$t/small.ini" -q --no-plots --trace \
		    -o "$t/little"
		little $kib ask --rate=100/s --lifetime=5s
		little $kib sweep run "$t/w.sweep" -q -o "$t/l$kib"
	done
	# Tables of large pages, which GLib knows nothing of.
	for kib in 60000 80000 100000 120000 140000; do
		little $kib run "$t/small.ini" --set=workload:web.open=1000000 \
		    --set=workload:web.lifetime='constant(1h)' \
		    --set=workload:web.bind=laddr \
		    --set=host.laddrs='198.51.100.1*50' \
		    --set=host.maxsockets=4M --variant=proposed \
		    --replications=1 --memory=1000G -q --no-plots \
		    -o "$t/little"
	done
	# Two threads at once have none, now and then.
	for i in 1 2 3 4 5 6 7 8 9 10; do
		little 30000 sweep run "$t/w.sweep" -q -o "$t/l30000-$i"
	done
	[ -z "$silent" ] || echo "# $silent"
	check "little_memory/ends_by_itself" test -z "$silent"
	check "little_memory/is_told" test -n "${told:-}"
else
	skip "little_memory" "no ulimit -v, or a sanitizer"
fi

# A stack as small as a system may give a program; gnuplot may want more.
narrow() {	# narrow COMMAND...
	sh -c 'ulimit -s 64; exec "$@"' - "$PCBSIM" "$@" >"$t/stdout" \
	    2>"$t/stderr"
}
if [ -n "${told:-}" ] && sh -c 'ulimit -s 64' 2>/dev/null; then
	check "little_stack/run" narrow run "$t/small.ini" -q --no-plots \
	    -o "$t/narrow"
	check "little_stack/limit" narrow limit "$t/small.ini" -q \
	    --replications=1 --vary=workload:web.rate=1/s..100/s \
	    --until='ok > 50'
	check "little_stack/report" narrow report "$t/narrow" -f html
else
	skip "little_stack" "no ulimit -s, or a sanitizer"
fi

# ---- gnuplot

mkdir "$t/bin"
fake() {	# fake SCRIPT: a gnuplot that does that
	printf '#!/bin/sh\n%s\n' "$1" >"$t/bin/gnuplot"
	chmod +x "$t/bin/gnuplot"
}
drawn() {
	(PATH=$t/bin:$PATH PCBSIM_PLOT_SECONDS=${limit:-1} timeout $((60 * ${SLOW:-1})) "$PCBSIM" \
	    run "$t/small.ini" -q -o "$t/drawn" >"$t/stdout" 2>"$t/stderr")
}
try_fake() {	# try_fake NAME SAYS SCRIPT
	fake "$3"
	began=$(date +%s)
	refuse "gnuplot_$1" 4 drawn
	check "gnuplot_$1/is_told" said "$2"
	check "gnuplot_$1/is_told_there" grep -q '^# without: pictures: ' \
	    "$t/drawn/manifest.sha256"
	check "gnuplot_$1/figures_are_there" cmp -s "$t/whole/summary.csv" \
	    "$t/drawn/summary.csv"
	check "gnuplot_$1/no_half_picture" test -z "$(find "$t/drawn" \
	    -name '*.svg')"
	check "gnuplot_$1/soon" test $(($(date +%s) - began)) -lt 30
}
try_fake hangs 'not done after 1 s' 'sleep 1000; sleep 1000'
try_fake spins 'not done after 1 s' 'while :; do :; done'
try_fake is_deaf 'not done after 1 s' 'trap "" TERM INT HUP; sleep 1000'
limit=50
try_fake talks 'bytes of messages' 'while :; do echo talk; done'
try_fake mutters 'bytes of messages' 'while :; do echo talk; done >&2'
limit=1
try_fake fails 'no sense' 'echo no sense >&2; exit 3'
check "charts_say_why" grep -q 'No charts: .*no sense' "$t/drawn/report.txt"
try_fake crashes 'ended by signal' 'kill -SEGV $$'
try_fake draws_nothing 'svg.*No such file' ':'
try_fake draws_half 'cut short' 'case $2 in charts*) ;;
    *) echo "<svg" >${2%.gp}.svg ;; esac'
# The first signal ends both.
fake 'echo $$ >'"$t/pid"'; sleep 1000'
PATH=$t/bin:$PATH "$PCBSIM" run "$t/small.ini" -q -o "$t/drawn" \
    2>"$t/stderr" &
pid=$!
n=0
while [ ! -s "$t/pid" ] && [ $n -lt 100 ]; do sleep 0.1; n=$((n + 1)); done
kill -TERM $pid
wait $pid
check "a_signal_ends_both" test $? -eq 143
gone() { ! kill -0 "$(cat "$t/pid")" 2>/dev/null; }
check "a_signal_ends_both/nothing_is_left" gone
check "a_signal_ends_both/the_result_stands" test -s "$t/drawn/summary.csv"

# ---- descriptors

# What is said must not get into a file of the result.
closed() { "$PCBSIM" run "$t/small.ini" -q --no-plots -o "$t/closed" \
    --trace 0<&- 2>&- >"$t/stdout"; }
check "closed_stderr" closed
json() { head -c 1 "$t/closed/trace.json" | grep -q '[{[]'; }
check "closed_stderr/trace_is_a_trace" json
cp "$t/closed/trace.json" "$t/trace"
check "closed_nothing" "$PCBSIM" run "$t/small.ini" -q --no-plots \
    -o "$t/closed" --trace 2>/dev/null
check "closed_stderr/same_trace" cmp -s "$t/trace" "$t/closed/trace.json"
refuse "closed_stdout" 4 sh -c '"$PCBSIM" list stacks >&-' 2>/dev/null
all() { "$PCBSIM" run "$t/small.ini" -q --no-plots -o "$t/all" \
    0<&- >&- 2>&-; }
all
check "closed_all/same_result" same "$t/all"

# ---- between two moves

if threads_are_ours; then
	# A system that cannot exchange two names does it in two moves.
	# shellcheck disable=SC2086
	two() { faulty FAULT_CALL=renameat2 FAULT_AT=1 FAULT_FOR=1 \
	    FAULT_ERRNO=22 -- $small --seed=$1 -o "$t/two"; }
	check "two_moves" two 1
	check "two_moves/again" two 2
	beside() { [ -z "$(find "$t" -maxdepth 1 -name ".two*")" ]; }
	check "two_moves/nothing_is_left" beside
	# Ended between them.  What rename() the second move is, the count of
	# the first tells.
	kills=0
	for at in 1 2 3; do
		LD_PRELOAD="$shim" FAULT_CALL=renameat2 FAULT_AT=$at \
		    FAULT_FOR=1 FAULT_WAY=kill "$PCBSIM" run "$t/small.ini" \
		    -q --no-plots -o "$t/two" --seed=$at >/dev/null 2>&1
		[ $? -eq 137 ] && kills=$((kills + 1))
		check "killed_at_move_$at/there_is_one" pcbsim report \
		    -f json "$t/two"
		check "killed_at_move_$at/next" pcbsim run "$t/small.ini" \
		    -q --no-plots -o "$t/two" --seed=4
		check "killed_at_move_$at/nothing_is_left" beside
	done
	check "killed/it_was" test $kills -ge 1
	# The journal, as a crash between the two moves leaves it.
	mv "$t/two" "$t/.two.old-99"
	cp -R "$t/whole" "$t/.two.partial-99"
	cat >"$t/.two.lease" <<'EOT'
# a run of pcbsim holds the place beside this file
host: gone
boot: gone
pids: gone
pid: 99
token: gone
partial: .two.partial-99
old: .two.old-99
placing: yes
EOT
	touch -t 202001010000 "$t/.two.lease"
	check "journal/report_understands" pcbsim report -f json "$t/two"
	check "journal/report_says_so" said "two.partial-99"
	check "journal/compare_understands" pcbsim compare "$t/two"
	check "journal/plot_mends" pcbsim plot "$t/two"
	check "journal/it_is_there" cmp -s "$t/two/summary.csv" \
	    "$t/whole/summary.csv"
	check "journal/nothing_is_left" beside
else
	skip "two_moves" "ThreadSanitizer"
fi
tap_done
