#!/bin/sh
# A limit works in copies of its process, from what its runs have in common.
# Where the system gives no copy, no pipe to one, no memory that both see, or
# does not let a copy's memory be moved, it answers the same, only later.
. tests/tools/tap.sh
. tests/tools/try.sh
. tests/fault/preload.sh

shim=$(preload "$BUILD/tests/fault/shim.so")
if ! threads_are_ours; then
	skip "copies" "ThreadSanitizer has its own ways with what is preloaded"
	tap_done
fi
sh tests/tools/late.sh >"$t/late.ini"
limit() {	# limit SETTINGS...: with a fault
	rm -f "$t/limit.csv"
	timeout $((120 * ${SLOW:-1})) env LD_PRELOAD="$shim" "$@" "$PCBSIM" \
	    limit "$t/late.ini" -q --replications=2 --jobs=2 \
	    --vary=workload:tools.rate=1/s..400/s \
	    --until='old.eaddrnotavail > 200' -o "$t/limit.csv" \
	    >"$t/out" 2>"$t/err"
}
same() {	# same SETTINGS...
	limit "$@" || { sed 's/^/# /' "$t/err"; return 1; }
	cmp "$t/limit.csv" "$t/whole.csv" >&2 && cmp "$t/out" "$t/whole" >&2
}
calls() {	# calls CALL: it is made at all
	rm -f "$t/count"
	same FAULT_CALL="$1" FAULT_COUNT="$t/count" &&
	    [ "$(cat "$t/count")" -gt 0 ]
}
check "none" limit FAULT_CALL=none
mv "$t/limit.csv" "$t/whole.csv" && mv "$t/out" "$t/whole"
for call in fork pipe mmap; do
	check "$call/is_called" calls $call
	check "$call/once" same FAULT_CALL=$call FAULT_AT=1 FAULT_ERRNO=12
	check "$call/again" same FAULT_CALL=$call FAULT_AT=2 FAULT_ERRNO=12
	check "$call/all" same FAULT_CALL=$call FAULT_AT=1 FAULT_FOR=all \
	    FAULT_ERRNO=12
done
# In the copies, whose calls nobody counts.
if [ -d /proc/self ]; then
	for call in mmap mremap pread fopen; do
		check "in_a_copy/$call" same FAULT_CALL=$call FAULT_AT=1 \
		    FAULT_FOR=all FAULT_ERRNO=12
	done
fi
tap_done
