#!/bin/sh
# make check-fault: every call of every function that can fail, failed once, in
# a run, a sweep, a merge and in what makes a file; short writes and
# interruptions; kills before and after every rename.  One line a kind, with its
# figures.
#
#	check_fault.sh PCBSIM SHIM [EVERY [WHAT...]]
#
# EVERY: each so many of malloc, but for `import', of which each fails once, and
# `calibrate', of which each 17th does and each EVERYth read and write; of what
# is not failed each, the last three as well.
# WHAT: of run, sweep, merge, limit, ask, import, report, calibrate (all); what
# is killed by the clock and on small disks goes with `run'.
set -u
PCBSIM=$1
case $PCBSIM in /*) ;; *) PCBSIM=$PWD/${PCBSIM#./} ;; esac
shim=$2
case $shim in /*) ;; *) shim=$PWD/$shim ;; esac
every=${3:-17}
shift $(($# < 3 ? $# : 3))
. tests/fault/inject.sh

# No disk is waited for, where there is one in memory.
[ ! -w /dev/shm ] || TMPDIR=/dev/shm
[ -z "${TMPDIR:-}" ] || export TMPDIR
t=$(mktemp -d)
t=$(cd "$t" && pwd -P)
trap 'umount "$t/place" 2>/dev/null; rm -rf "$t"' EXIT
inject_begin "$t" "$shim" || { echo "the references cannot be made"; exit 1; }

all=0 bad=0 kills=0
# Each STEPth call, and the last three, which write what is asked for.
after() {	# after AT STEP CALLS: the next
	next=$(($1 + $2))
	[ $next -le $(($3 - 3)) ] || next=$(($1 < $3 - 2 ? $3 - 2 : $1 + 1))
	echo $next
}
kind() {	# kind WHAT CALL STEP SETTINGS...
	what=$1 call=$2 step=$3
	shift 3
	calls=$(inject_calls "$what" "$call")
	at=1 n=0 broke=0
	case $what in run) try=inject ;; *) try=inject_$what ;; esac
	while [ "$at" -le "${calls:-0}" ]; do
		"$try" "$call" "$at" "$@" || broke=$((broke + 1))
		n=$((n + 1))
		at=$(after $at "$step" "$calls")
	done
	all=$((all + n)) bad=$((bad + broke))
	case $* in *FAULT_WAY=kill*) kills=$((kills + n)) ;; esac
	printf '%-6s %-15s %-42s calls %6d, faults %5d, broken %d\n' "$what" \
	    "$call" "$*" "${calls:-0}" "$n" "$broke"
}

# Every call of WHAT that can fail.
calls_of() {
	what=$1 through=1
	# It measures by what goes through pipes: thousands, all alike.
	[ "$what" != calibrate ] || through=$every
	for call in write read; do
		kind "$what" $call $through FAULT_ERRNO=5
	done
	for call in open rename fsync close mkdir fclose fflush \
	    fopen opendir pwrite unlink rmdir renameat2 lock linkat tmpfile \
	    open_memstream pread link sched_getaffinity sched_setaffinity; do
		kind "$what" $call 1 FAULT_ERRNO=5
	done
	kind "$what" pipe 1 FAULT_ERRNO=24
	for call in mmap mremap; do
		kind "$what" $call 1 FAULT_ERRNO=12
		kind "$what" $call 1 FAULT_ERRNO=12 FAULT_FOR=all
	done
	kind "$what" pthread_create 1 FAULT_ERRNO=11
	kind "$what" write $through FAULT_ERRNO=28 FAULT_FOR=all
	kind "$what" write $through FAULT_WAY=short FAULT_FOR=all
	kind "$what" write $through FAULT_ERRNO=4
	kind "$what" read $through FAULT_ERRNO=4
	kind "$what" pwrite 1 FAULT_WAY=short
	kind "$what" open 1 FAULT_ERRNO=13
	kind "$what" open 1 FAULT_ERRNO=24 FAULT_FOR=all
	kind "$what" pthread_create 1 FAULT_ERRNO=11 FAULT_FOR=all
	case $what in import) step=1 ;; calibrate) step=17 ;;
	*) step=$every ;; esac
	kind "$what" malloc "$step" FAULT_ERRNO=12
	for call in rename renameat2 open mkdir unlink rmdir linkat; do
		kind "$what" $call 1 FAULT_WAY=kill
	done
	# Its rows come without a name of their own.
	[ "$what" != sweep ] || for call in write fsync; do
		kind sweep $call 1 FAULT_WAY=kill
	done
}
for what in ${*:-run sweep merge $inject_tools}; do
	calls_of "$what"
done
case " ${*:-run} " in
*" run "*) ;;
*)	echo "faults $all, of them kills $kills, broken promises $bad"
	[ "$bad" -eq 0 ] && exit
	exit 1 ;;
esac
# Killed at moments of the clock, spread over what it takes and a little more.
moments() {	# moments WHAT MS: 100 of them
	what=$1 n=0 broke=0
	while [ $n -lt 100 ]; do
		inject_late $((1 + n * $2 / 100)) "$what" || broke=$((broke + 1))
		n=$((n + 1))
	done
	all=$((all + n)) bad=$((bad + broke)) kills=$((kills + n))
	printf '%-6s %-58s kills %10d, broken %d\n' "$what" \
	    "SIGKILL after 1 to $2 ms" "$n" "$broke"
}
took() {	# took COMMAND...: milliseconds
	took_ms=$(date +%s%3N)
	"$@" >/dev/null 2>&1
	echo $(($(date +%s%3N) - took_ms + 5))
}
moments run "$(took inject_run new "$t/timed")"
moments sweep "$(took "$PCBSIM" sweep run "$t/w.sweep" -q -o "$t/timed2")"
moments merge "$(took "$PCBSIM" sweep merge "$t/w.sweep" -o "$t/sweep")"
rm -rf "$t/place" "$t/timed" "$t/timed2"
mkdir "$t/place"
cp -R "$t/old" "$t/place/d"
# Disks of every size.
if mount -t tmpfs tmpfs "$t/place" 2>/dev/null; then
	umount "$t/place"
	n=0 broke=0
	while [ $n -le 160 ]; do
		inject_disk $n || broke=$((broke + 1))
		n=$((n + 4))
	done
	all=$((all + n / 4)) bad=$((bad + broke))
	printf '%-6s %-58s disks %10d, broken %d\n' run \
	    "a disk with room for 0 to 160 KiB" $((n / 4)) "$broke"
fi
# A system that cannot exchange two names, and one that knows no locks.
kind run renameat2 1 FAULT_ERRNO=22 FAULT_FOR=all
kind run lock 1 FAULT_ERRNO=37 FAULT_FOR=all
# With pictures: what starts gnuplot.
inject_plots=
rm -rf "$t/place/d" "$t/old" "$t/new"
inject_run old "$t/old" && inject_run new "$t/new" || exit 1
cp -R "$t/old" "$t/place/d"
for call in fork pipe2 pthread_create open_memstream; do
	kind run $call 1 FAULT_ERRNO=11
done
kind run open 5 FAULT_ERRNO=5
kind run rename 3 FAULT_ERRNO=5

echo "faults $all, of them kills $kills, broken promises $bad"
[ "$bad" -eq 0 ] && [ "$all" -gt 100 ]
