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
# Pictures: their texts follow from the figures; what a title says is a figure of
# the case that it names, each mark is the mean of its allocator, its colour what
# the comparison says; the document's text for who sees no pictures is the title.
measures=$(cut -d' ' -f1 "$t/sizes")
title() {	# title MEASURE
	awk '/^$/ { exit } { printf "%s%s", (NR > 1 ? " " : ""), $0 }' \
	    "$dir/$1.txt" | sed 's/\.$//'
}
of_the_data() {	# of_the_data MEASURE MEANS
	title "$1" | awk -v m="$1" -v means="$2" '
	function near(x, y) {	# to three digits, in whichever unit
		if (y == "never") return x >= 1e5
		return x - y <= 0.006 * y && y - x <= 0.006 * y
	}
	function unit(u) { return u ~ /^ms/ ? (m ~ /_us$/ ? 1000 : 0.001) : \
	    u ~ /^%/ ? 0.01 : 1 }
	{
		n = split($0, w, " ")
		for (i = 1; i < n; i++)
			if (w[i] == "on" && w[i + 1] ~ /^main/)
				at = i - 1
		a = w[at]
		if (a !~ /^[0-9]/) { u = a; a = w[at - 1] }
		gsub(/,/, "", a); a *= unit(u); u = ""
		rest = $0
		if ($0 ~ /worst is /) {
			sub(/.*worst is /, "", rest)
			split(rest, part, " with ")
			v = part[1]; b = part[2]
		} else {
			sub(/.* on main, /, "", rest)
			split(rest, part, " with ")
			b = part[1]; v = part[2]
			sub(/(,| \().*/, "", v)
		}
		split(b, part, " ")
		b = part[1]; u = part[2]
		gsub(/,/, "", b)
		if (b != "never") b *= unit(u)
		gsub(/ \+ /, "-", v)
		while ((getline line <means) > 0) {
			split(line, p, ",")
			if (p[3] != m) continue
			if (p[2] == "main-2026-04") main[p[1]] = p[4] + 0
			if (p[2] == "main-" v) other[p[1]] = p[4] + 0
		}
		for (c in main)
			if (near(main[c], a) && (c in other) && (near(other[c],
			    b) || (b == 0 && other[c] < 0.005)))
				found = 1
	}
	END { exit !found }'
}
drawn() {	# drawn MEASURE SCRIPT: marks are means, their states verdicts
	awk -v m="$1" '
	BEGIN { never = m ~ /_s$/ ? 1e5 : 1e300 }
	FILENAME ~ /pictures$/ {
		split($0, p, "|")
		if (p[1] == m) { n = split(p[7], shown, " "); low = p[5] + 0 }
		next
	}
	FILENAME ~ /\.csv$/ {
		split($0, p, ",")
		if (FILENAME ~ /means/ && p[3] == m)
			mean[p[1], p[2]] = p[4] + 0
		if (FILENAME ~ /versus/ && p[2] == m)
			says[p[3], p[1]] = p[9]
		next
	}
	/^\$c[0-9]+ << EOD/ { sub(/^\$c/, ""); c = shown[$1 + 0]; next }
	/^EOD/ { c = ""; next }
	c != "" {
		marks++
		if (!((c, $6) in mean)) exit bad = 1
		y = mean[c, $6]
		if (y >= low && y < never && (y - $1 > 1e-4 * y ||
		    $1 - y > 1e-4 * y)) exit bad = 1
		if (y >= never && $1 < 3) exit bad = 1
		if ($5 != "main" && $5 != says[c, $6]) exit bad = 1
		if (($5 == "main") != ($6 == "main-2026-04")) exit bad = 1
	}
	END {
		for (k in mean) {
			split(k, p, SUBSEP)
			for (i = 1; i <= n; i++) want += shown[i] == p[1]
		}
		exit bad || marks == 0 || marks != want
	}' "$t/pictures" "$dir/means.csv" "$dir/versus.csv" "$2"
}
for m in $measures; do
	check "text/$m/follows_from_the_figures" cmp -s "$t/$m.txt" "$dir/$m.txt"
	check "title/$m/is_of_the_data" of_the_data "$m" "$dir/means.csv"
	check "marks/$m/are_the_means" drawn "$m" "$t/$m.gp"
	check "alt/$m/is_the_title" grep -qF "![$(title "$m")](" $doc
	check "picture/$m/says_so" grep -qF "$(title "$m" | cut -c1-40)" \
	    "$dir/$m.svg"
done
check "pictures/some" test "$(echo "$measures" | wc -l)" -eq 12
# Linux' step width: the title has the means of all replications, each panel the
# most used port of what it draws.
width_title() {
	awk -F, 'NR > 1 { p[$1] = sprintf("%.0f", $4) }
	    END { print p[0] " times the mean with no step, " p[128] \
		" with 128, " p[4000] " with 4000" }' "$dir/width.csv"
}
check "title/step-width/is_of_the_data" \
    grep -qF "$(width_title)" "$dir/step-width.svg"
for w in 0 128 4000; do
	check "panel/step-width/$w" grep -qF "is used $(awk -F, -v w=$w '
	    $1 == w && $5 + 0 > n { n = $5 + 0 } END { print n }' \
	    "$dir/width-ports.csv") times" "$dir/step-width.svg"
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

# The checks see a mean that is not the title's, a mark that is not the mean.
sed 's/^\(held-100,main-2026-04,hold_max_us\),31/\1,41/' $dir/means.csv \
    >"$t/means.csv"
refuse_title() { ! of_the_data hold_max_us "$1"; }
check "planted/another_mean_is_seen" refuse_title "$t/means.csv"
sed 's/^\([0-9.]*\)\( .* better main-unlocked\)$/9\1\2/' "$t/hold_max_us.gp" \
    >"$t/wrong.gp"
refuse_marks() { ! drawn hold_max_us "$1"; }
check "planted/another_mark_is_seen" refuse_marks "$t/wrong.gp"
# The check sees a table that is not in the document, and a wrong figure.
sed '2,$s/|[^|]*|$/| 1, 2, 3 |/' $dir/table.md >"$t/wrong.md"
refuse_table() { ! has_table $doc "$1" >/dev/null; }
check "planted/another_table_is_seen" refuse_table "$t/wrong.md"
tap_done
