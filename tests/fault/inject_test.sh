#!/bin/sh
# Some of the faults of make check-fault: the first, one in the middle and the
# last call of each function; of a sweep and its merge, which make few, each.
. tests/tools/tap.sh
. tests/fault/inject.sh

if ! threads_are_ours; then
	skip "faults" "ThreadSanitizer has its own ways with what is preloaded"
	tap_done
fi
# No disk is waited for, where there is one in memory.
[ ! -w /dev/shm ] || TMPDIR=/dev/shm
[ -z "${TMPDIR:-}" ] || export TMPDIR
t=$(mktemp -d)
t=$(cd "$t" && pwd -P)
trap 'rm -rf "$t"' EXIT
check "references" inject_begin "$t" "$BUILD/tests/fault/shim.so"

some() {	# some WHAT CALL SETTINGS...: three of its calls
	what=$1 call=$2
	shift 2
	try=inject_$what
	[ "$what" != run ] || try=inject
	calls=$(inject_calls "$what" "$call")
	[ "${calls:-0}" -gt 0 ] || { echo "# no $call in a $what"; return 1; }
	rc=0
	for at in $(which_of "$calls"); do
		"$try" "$call" "$at" "$@" || rc=1
	done
	return $rc
}
which_of() { printf '%s\n' 1 $((($1 + 1) / 2)) "$1" | sort -nu; }
# .. or all of them, where there are few.
each() { (which_of() { seq "$1"; }; some "$@"); }
for call in open write read rename fsync close mkdir fclose fopen pwrite; do
	check "run/$call" some run $call FAULT_ERRNO=5
done
# What is made to draw charts goes again, or it is told.
for call in unlink rmdir opendir; do
	check "run/$call" each run $call FAULT_ERRNO=5
done
check "run/no_space" some run write FAULT_ERRNO=28 FAULT_FOR=all
check "run/short_writes" some run write FAULT_WAY=short FAULT_FOR=all
check "run/interrupted" some run read FAULT_ERRNO=4
check "run/no_descriptors" some run open FAULT_ERRNO=24 FAULT_FOR=all
if memory_is_ours; then
	check "run/no_memory" some run malloc FAULT_ERRNO=12
else
	skip "run/no_memory" "a sanitizer"
fi
check "run/no_exchange" some run renameat2 FAULT_ERRNO=22 FAULT_FOR=all
check "run/no_exchange_by_fault" each run renameat2 FAULT_ERRNO=5
check "run/no_moves" each run renameat2 FAULT_ERRNO=5 FAULT_FOR=all
check "run/no_right_to_move" each run renameat2 FAULT_ERRNO=13 FAULT_FOR=all
check "run/no_locks" some run lock FAULT_ERRNO=37 FAULT_FOR=all
for call in rename renameat2 mkdir unlink; do
	check "run/killed_after_$call" some run $call FAULT_WAY=kill
done
for call in open write read rename fsync close mkdir opendir fopen; do
	check "sweep/$call" each sweep $call FAULT_ERRNO=5
done
check "sweep/no_space" each sweep write FAULT_ERRNO=28 FAULT_FOR=all
check "sweep/no_descriptors" each sweep open FAULT_ERRNO=24 FAULT_FOR=all
for call in rename write fsync; do
	check "sweep/killed_at_$call" some sweep $call FAULT_WAY=kill
done
# One fsync(2) is for all rows of a fifth of a second, and each tick has one.
many_rows() {
	sed 's/^host.cpus = .*/replications = 100\n&/' "$t/w.sweep" >"$t/m.sweep"
	env LD_PRELOAD="$shim" FAULT_CALL=fsync FAULT_AT=0 \
	    FAULT_COUNT="$t/syncs" "$PCBSIM" sweep run "$t/m.sweep" -q \
	    -o "$t/many"
}
began=$(date +%s)
check "sweep/many" many_rows
took=$(($(date +%s) - began + 1))
echo "# 400 runs in at most $took s: $(cat "$t/syncs") times fsync"
check "sweep/many/few_syncs" test "$(cat "$t/syncs")" -le $((4 + 9 * took))
check "sweep/many/some_syncs" test "$(cat "$t/syncs")" -ge 4
for call in open read pread rename fsync close fclose opendir; do
	check "merge/$call" each merge $call FAULT_ERRNO=5
done
check "merge/no_descriptors" each merge open FAULT_ERRNO=24 FAULT_FOR=all
check "merge/killed" some merge rename FAULT_WAY=kill

# A promise that is broken is found: what is told of a fault is hidden.
hidden() {
	inject_ended() { inject_code=0; }
	some run write FAULT_ERRNO=28 FAULT_FOR=all >/dev/null
}
refuse "planted/a_broken_promise_is_found" 1 hidden
tap_done
