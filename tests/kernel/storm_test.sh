#!/bin/sh
# docs/KERNEL.md says what the simulation says, and no more figures are outside
# their bands than it lists.  What was measured is in tests/kernel/storm/.
. tests/tools/tap.sh

LIVE=tests/kernel/storm
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

# The table of one phase, as the document has it.
of_document() {
	sed -n "/^### $1:/,/^### /{/^|/p;}" "$2" | sort -u
}
same() {	# same PHASE
	sh tests/kernel/storm.sh "$PCBSIM" "$LIVE" "$1" >"$out/$1" || return 1
	grep '^|' "$out/$1" | sort -u >"$out/now"
	of_document "$1" "${2:-docs/KERNEL.md}" >"$out/then"
	diff "$out/then" "$out/now"
}
for phase in fair-4 fair-1-no-pause nic-1 11.0-1 14.0-4-other; do
	check "document/$phase" same "$phase"
done

# What decides: a row of the document, alone.
switch() {	# switch NAME
	sh tests/kernel/storm.sh "$PCBSIM" "$LIVE" --switches "$1" |
	    grep "^| $1 |" >"$out/now" && grep -qxFf "$out/now" docs/KERNEL.md
}
check "switch/as_it_is" switch "fair, as it is"
check "switch/readers_may_move" switch "readers of the tables may move"
check "switch/frees" switch "frees that wait wake nobody"

# Of every phase: throughput within 5 %.
sh tests/kernel/storm.sh "$PCBSIM" "$LIVE" --csv fair-4 fair-1-no-pause \
    nic-1 nic-2 unfair-4 12.1-1 12.1-4 11.0-2 11.0-4 12.2-1 12.2-4 14.0-1 \
    14.0-4 >"$out/all.csv"
check "calls_a_second/every_phase" awk -F, '
    /failing calls a second/ { n++; bad += !$NF }
    END { exit !(n >= 13 && bad == 0) }' "$out/all.csv"

# Of the fair phases: in their bands but for those that the document names.
check "fair/bands" awk -F, '
    /^fair/ && $NF != "" { n++; bad += !$NF }
    END { print n, bad; exit !(n >= 45 && bad <= 7) }' "$out/all.csv"

# A wrong figure in the document is seen.
sed 's/^| failing call, mean, ms | \([0-9]*\)/| failing call, mean, ms | 9\1/' \
    docs/KERNEL.md >"$out/KERNEL.md"
refuse "planted/other_figure" 1 same 11.0-1 "$out/KERNEL.md"
tap_done
