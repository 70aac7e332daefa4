#!/bin/sh
# docs/PROPOSALS.md says what is published, and what is published follows from
# the means of the bench: tables, and each claim of its text.
. tests/tools/tap.sh

doc=docs/PROPOSALS.md
dir=results/published/proposals
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

# Every line of a table is a line of the document.
has_table() {	# has_table DOC TABLE
	[ -s "$2" ] && grep -Fxvf "$1" "$2" | sed 's/^/# missing: /' | grep . && return 1
	return 0
}
# The mean of a measure.
mean() {	# mean CASE VARIANT MEASURE
	awk -F, -v c="$1" -v v="$2" -v m="$3" \
	    '$1 == c && $2 == v && $3 == m { print $4 }' "$dir/means.csv"
}
less() {	# less X Y	numbers that are there
	awk -v x="$1" -v y="$2" 'BEGIN { exit !(x != "" && y != "" && x + 0 < y + 0) }'
}
# less MEASURE CASE A B: of allocator A it is less than FACTOR times of B's.
below() {	# below MEASURE CASE A FACTOR B
	less "$(mean "$2" "$3" "$1")" \
	    "$(awk -v x="$(mean "$2" "$5" "$1")" -v f="$4" 'BEGIN { print x * f }')"
}
worse() {	# worse VARIANT	measures in which it is worse than main, once each
	awk -F, -v v="$1" '$1 == v && $NF == "worse" { print $2 }' \
	    "$dir/versus.csv" | sort -u
}
is() { [ "$1" = "$2" ] || { echo "# $1, not $2"; return 1; }; }

for table in table losses width; do
	check "$table/is_in_the_document" has_table $doc $dir/$table.md
done
PARTS=tables sh tests/tools/proposals.sh "$PCBSIM" "$t" >/dev/null 2>&1
for table in table losses width; do
	check "$table/follows_from_the_figures" cmp -s "$t/$table.md" \
	    $dir/$table.md
done
# Every allocator of the bench is in it, every picture there.
for v in $(sed -n 's/^\[variant:\(.*\)\]$/\1/p' scenarios/bench-allocators.ini); do
	check "row/$v" grep -q "^| $v |" $doc
done
for picture in $(sed -n 's/^!\[.*\](\.\.\/\(.*\))$/\1/p' $doc); do
	check "picture/$(basename "$picture")" test -s "$picture"
done
# Every proposal has its paragraph.
for p in $("$PCBSIM" list proposals | awk '{ print $1 }'); do
	check "paragraph/$p" grep -q "^### $p\$" $doc
done

check "claim/stride_is_worse_nowhere" is "$(worse main-stride)" ""
check "claim/stride_looks_at_a_fifth_at_90" \
    below probes_mean held-90 main-stride 0.3 main-2026-04
check "claim/an_eighth_at_99" \
    below probes_mean held-99 main-stride 0.2 main-2026-04
for v in main-drop-lock-stride main-unlocked-stride; do
	check "claim/$v/is_worse_nowhere" is "$(worse $v)" ""
done
check "claim/sixty_comparisons_and_ninety" sh -c "awk -F, 'NR > 1 && \$NF == \"better\" { n[\$1]++ } END { exit !(n[\"main-drop-lock-stride\"] > 50 && n[\"main-together\"] > 80) }' $dir/versus.csv"
for v in main-shuffle main-together; do
	check "claim/$v/is_worse_in_memory_alone" \
	    is "$(worse $v)" allocator_bytes
done
check "claim/ten_times_later" \
    below tuple_reuse_p1_s generator main-2026-04 0.1 main-together
check "claim/as_even_as_turns" \
    below port_spread generator main-shuffle 0.1 main-2026-04
check "claim/as_hard_to_guess" \
    below next_within_16 generator main-shuffle 1.1 main-2026-04
check "claim/spread_does_not_fail_where_one_address_is_full" \
    is "$(mean held-100 main-spread failed)" 0
check "claim/nor_does_12_0_with_it_in_the_case_of_2019" \
    is "$(mean case-2019 f12-0-spread failed)" 0
for p in first-match laddr-hash drop-lock unlocked; do
	check "claim/$p/moves_no_failure" is \
	    "$(mean case-2019 "f12-0-$p" failed | cut -c1-2)" \
	    "$(mean case-2019 freebsd-12-0 failed | cut -c1-2)"
done
check "claim/counters_give_the_next_port_away" \
    less "$(mean generator main-dest-counters next_port_bits)" 0.1

# The check sees a table that is not in the document, and a wrong figure.
sed '2,$s/|[^|]*|$/| 1, 2, 3 |/' $dir/table.md >"$t/wrong.md"
refuse_table() { ! has_table $doc "$1" >/dev/null; }
check "planted/another_table_is_seen" refuse_table "$t/wrong.md"
tap_done
