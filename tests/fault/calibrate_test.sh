#!/bin/sh
# What calibrate does where the system denies it what it measures with: threads
# bound to CPUs, pipes, memory, large pages.  A cost that cannot be measured is
# taken from another table, it says which and why, and the table is whole; a
# table that cannot be is none, exit 4.
. tests/tools/tap.sh
. tests/tools/try.sh
. tests/fault/preload.sh

shim=$(preload "$BUILD/tests/fault/shim.so")
if ! threads_are_ours; then
	skip "calibrate" "ThreadSanitizer has its own ways with what is preloaded"
	tap_done
fi
faulty() {	# faulty SETTINGS...: the table is $t/costs.csv
	rm -f "$t/costs.csv"
	timeout $((60 * ${SLOW:-1})) env LD_PRELOAD="$shim" "$@" "$PCBSIM" \
	    calibrate --quick -o "$t/costs.csv" >"$t/out" 2>"$t/err"
}
missing() {	# missing COST WHY: it says so, and whose it is
	said "^calibrate: $1 is not measured: $2" &&
	    grep -q "^$1,.*,copied: " "$t/costs.csv"
}
measured() { grep "^$1," "$t/costs.csv" | grep -qv ",copied: "; }
names() { grep -v '^#' "$1" | cut -d, -f1 | sort -u; }
# All costs, in numbers that may be read.
whole() {
	names "$t/costs.csv" >"$t/now"
	cmp -s "$t/now" "$t/all" || { diff "$t/all" "$t/now" | sed 's/^/# /'
	    return 1; }
	"$PCBSIM" check "$t/s.ini" --set=host.costs="$t/costs.csv" \
	    >"$t/told" 2>&1 || { sed 's/^/# /' "$t/told"; return 1; }
}
sh tests/tools/small.sh s 1s >"$t/s.ini"
"$PCBSIM" calibrate --quick -o "$t/ours.csv" 2>"$t/err" || exit 1
names "$t/ours.csv" >"$t/all"

# ---- where threads run

for call in sched_getaffinity sched_setaffinity; do
	check "$call" faulty FAULT_CALL=$call FAULT_AT=1 FAULT_FOR=all \
	    FAULT_ERRNO=1
	check "$call/is_told" said "^calibrate: threads cannot be bound"
	for cost in handoff wake switch; do
		check "$call/$cost" missing $cost "threads cannot be bound"
	done
	check "$call/mutex_needs_none" measured mutex
	check "$call/whole" whole
done
if command -v taskset >/dev/null 2>&1; then
	# The first that there may be: a run that is bound there stays there.
	one=$(taskset -cp $$ | sed 's/.*: *\([0-9]*\).*/\1/')
	check "one_cpu" taskset -c "$one" "$PCBSIM" calibrate --quick \
	    -o "$t/costs.csv" 2>"$t/err"
	check "one_cpu/handoff" missing handoff "this process may use one core"
	check "one_cpu/wake" missing wake "this process may use one core"
	check "one_cpu/switch_needs_none" measured switch
	check "one_cpu/whole" whole
else
	skip "one_cpu" "no taskset here"
fi
if [ "$(getconf _NPROCESSORS_ONLN)" -gt 1 ] && ! grep -q \
    '^# remark: handoff is not measured' "$t/ours.csv"; then
	# Its partner is the second that is bound.
	check "partner_not_bound" faulty FAULT_CALL=sched_setaffinity \
	    FAULT_AT=2 FAULT_ERRNO=22
	check "partner_not_bound/handoff" missing handoff "the system refused it"
	check "partner_not_bound/whole" whole
else
	skip "partner_not_bound" "no second core"
fi

# ---- what they speak through

for at in 1 2; do
	check "no_pipe/$at" faulty FAULT_CALL=pipe FAULT_AT=$at FAULT_ERRNO=24
	check "no_pipe/$at/switch" missing switch "the system refused it"
	check "no_pipe/$at/whole" whole
done
for call in read write; do
	check "pipe_breaks/$call" faulty FAULT_CALL=$call FAULT_AT=100 \
	    FAULT_ERRNO=5
	check "pipe_breaks/$call/switch" missing switch "the system refused it"
	check "pipe_breaks/$call/whole" whole
done

# ---- memory

check "little_memory" faulty FAULT_CALL=mmap FAULT_AT=1 FAULT_ERRNO=12
check "little_memory/is_told" said \
    "^calibrate: memory holds no more than [0-9]* pcbs"
check "little_memory/whole" whole
refuse "no_memory" 4 faulty FAULT_CALL=mmap FAULT_AT=1 FAULT_FOR=all \
    FAULT_ERRNO=12
check "no_memory/is_told" said "^there is no memory for 64 pcbs"
check "no_memory/leaves_nothing" test ! -e "$t/costs.csv"
# How much of it is in large pages cannot be read: none is taken to be.
check "no_large_pages" faulty FAULT_CALL=fopen FAULT_AT=1 FAULT_FOR=all \
    FAULT_ERRNO=13
check "no_large_pages/is_told" said "^calibrate: the system gave no large pages"
check "no_large_pages/in_the_table" grep -q '^pcb_visit,64,base,' \
    "$t/costs.csv"
check "no_large_pages/whole" whole
tap_done
