#!/bin/sh
# What `live' makes, under faults: each call that writes fails once.  It says
# which file and why, exit 4; the old result is whole as its list has it, or the
# new one is; nothing is left beside that was not told of; the next one finds
# nothing in its way.
. tests/tools/tap.sh
. tests/tools/try.sh
. tests/fault/preload.sh

shim=$(preload "$BUILD/tests/fault/shim.so")
t=$(cd "$t" && pwd -P)
if ! threads_are_ours; then
	skip "live" "ThreadSanitizer has its own ways with what is preloaded"
	tap_done
fi
sh tests/tools/small.sh small 1s >"$t/small.ini"
printf "\n[host]\ncpus = 1\n" >>"$t/small.ini"
live() {	# live SETTINGS...: with a fault
	timeout $((60 * ${SLOW:-1})) env LD_PRELOAD="$shim" "$@" "$PCBSIM" \
	    live "$t/small.ini" --costs=epyc-vm --seconds=0.1 -o "$t/d" \
	    >"$t/out" 2>"$t/err"
}
# All that is listed is there as it is listed; and there is no other file.
listed() {
	(cd "$t/d" && sha256sum -c manifest.sha256 2>&1) >"$t/sums"
	while IFS=: read -r file ok; do
		# A file that was about to move has two digests: one is right.
		grep -q "^$file: OK" "$t/sums" ||
		    { echo "# $file:$ok"; return 1; }
	done <"$t/sums.names"
	[ "$(ls -A "$t/d" | tr '\n' ' ')" = "live.csv live.txt manifest.sha256 " ]
}
printf 'live.csv:\nlive.txt:\n' >"$t/sums.names"
beside() { find "$t" -maxdepth 1 -name '.d.*'; }
one() {	# one CALL AT SETTINGS...
	cp "$t/d/live.csv" "$t/was"
	call=$1 at=$2
	shift 2
	live FAULT_CALL="$call" FAULT_AT="$at" "$@"
	code=$?
	if [ $code -eq 4 ]; then
		grep -q "$t/.*: $why" "$t/err" ||
		    { echo "# $call $at: not why"; return 1; }
	# Its figures never are the same; a verdict of 1 is one.
	elif [ $code -gt 1 ] || cmp -s "$t/was" "$t/d/live.csv"; then
		echo "# $call $at: exit $code"
		return 1
	fi
	[ $code -eq 4 ] && refused=$((refused + 1))
	listed || { echo "# $call $at: half a result"; return 1; }
	for f in $(beside); do
		grep -qF "$f" "$t/err" ||
		    { echo "# $call $at: leaves $f"; return 1; }
	done
}
each() {	# each CALL WHY SETTINGS...: each call of it fails
	each_call=$1 why=$2 bad=0 refused=0
	shift 2
	live FAULT_CALL="$each_call" FAULT_COUNT="$t/count"
	calls=$(cat "$t/count")
	[ "${calls:-0}" -gt 0 ] || { echo "# no $each_call"; return 1; }
	at=1
	while [ $at -le "$calls" ]; do
		one "$each_call" $at "$@" || { sed 's/^/#   /' "$t/err"
		    bad=$((bad + 1)); }
		at=$((at + 1))
	done
	[ $bad -eq 0 ]
}
live FAULT_CALL=none
check "live/first" listed
check "live/write" each write "Input/output error" FAULT_ERRNO=5
check "live/write/is_told" test $refused -gt 0
check "live/no_space" each write "No space left" FAULT_ERRNO=28 FAULT_FOR=all
check "live/short_writes" each write none FAULT_WAY=short FAULT_FOR=all
check "live/interrupted" each write none FAULT_ERRNO=4
check "live/rename" each rename "Input/output error" FAULT_ERRNO=5
check "live/rename/is_told" test $refused -gt 0
check "live/fsync" each fsync "Input/output error" FAULT_ERRNO=5
check "live/fsync/is_told" test $refused -gt 0
check "live/mkdir" each mkdir "Permission denied" FAULT_ERRNO=13
# A real thread for each of the simulator's, or it says that there is none; of
# what it made itself by then nothing waits for ever.
threads() {	# threads CALL WHY ARGUMENT...
	call=$1 why=$2
	shift 2
	timeout $((60 * ${SLOW:-1})) env LD_PRELOAD="$shim" FAULT_AT="$call" \
	    FAULT_CALL=pthread_create FAULT_ERRNO=11 "$PCBSIM" live \
	    --seconds=0.1 "$@" >"$t/out" 2>"$t/err"
	code=$?
	[ $code -eq 4 ] && grep -q "$why: .*Resource temporarily" "$t/err" ||
	    { echo "# $call: exit $code"; sed 's/^/# /' "$t/err"; return 1; }
}
check "live/threads/none" threads 1 "gives 0 of 1 threads" "$t/small.ini" \
    --costs=epyc-vm
check "live/threads/to_measure" threads 1 "nothing can be measured" \
    "$t/small.ini"
if [ "$(getconf _NPROCESSORS_ONLN)" -gt 1 ]; then
	sed -e 's/^cpus = 1/cpus = 2/' -e 's,^rate = .*,rate = 2k/s,' \
	    "$t/small.ini" >"$t/two.ini"
	check "live/threads/one_of_two" threads 2 "gives 1 of 2 threads" \
	    "$t/two.ini" --costs=epyc-vm
else
	skip "live/threads/one_of_two" "one CPU"
fi
live FAULT_CALL=none
check "live/next" listed
check "live/next/nothing_is_left" test -z "$(beside)"
tap_done
