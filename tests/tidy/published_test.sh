#!/bin/sh
# What the documents show is there, and what they cite is what is published.
. tests/tools/tap.sh

# Pictures and links of a page to files of ours; PAGE's folder is the root.
there() {	# there PAGE
	missing=
	for f in $(grep -o '](\([^)#]*\)' "$1" | sed 's/^](//' |
	    grep -v '^[a-z]*:'); do
		[ -e "$(dirname "$1")/$f" ] || missing="$missing $f"
	done
	[ -z "$missing" ] || { echo "# $1:$missing"; return 1; }
}
for page in $(find . -name '*.md' ! -path './results/*' ! -path './build/*' |
    LC_ALL=C sort); do
	check "links_of_${page#./}" there "$page"
done

# A clone has what is shown: nothing of it is left out of the repository.
tracked() {
	git rev-parse --is-inside-work-tree >/dev/null 2>&1 || return 0
	for f in $(grep -o '](results/[^)]*' README.md | sed 's/^](//'); do
		git ls-files --error-unmatch "$f" >/dev/null 2>&1 ||
		    { echo "# $f is not tracked"; return 1; }
	done
}
check "what_is_shown_is_tracked" tracked

# Version, build and digest of the example of how to cite: those of the result
# that is shown, which may be older than this program.
cited() {
	head=results/published/seed-2019/summary.csv
	build=$(sed -n '1s/^# \(pcbsim .* (.*)\)$/\1/p' "$head")
	digest=$(sed -n 's/^# digest: \(.\{12\}\).*/\1/p' "$head")
	[ -n "$build" ] && [ -n "$digest" ] &&
	    grep -qF "$build, scenario seed-2019 ($digest" README.md
}
check "what_is_cited_is_published" cited

# Figures that every report quotes are those of what it names.
text=$(tr '\n' ' ' <results/published/seed-2019/report.txt)
quoted() {
	case $text in
	*"$1"*) ;;
	*) echo "# no report says: $1"; return 1 ;;
	esac
}
ratio() {	# ratio ROW: of the published run of live-contended
	awk -v row="$1" 'index($0, row) { for (i = 1; i < NF; i++)
	    if ($i ~ /^[0-9.]+$/ && $(i + 1) ~ /^[0-9.]+$/) { print $i; exit }
	    }' results/published/live-contended/live.txt
}
check "live_is_quoted" quoted \
    "holds $(ratio 'search, mean hold') and waits $(ratio 'wait, mean') of the"
failures=$(sed -n 's/.*eaddrnotavail == \([0-9]*\).*/\1/p' \
    scenarios/replay-exhaust-smallrange.ini | head -n 1)
check "the_recording_is_quoted" quoted "$(echo "$failures" |
    sed 's/\([0-9]\)\([0-9]\{3\}\)$/\1,\2/') failures, the first after"

# What titles of published sweeps say follows from their data: how many cells
# freeze, and how much of a measure there is at most.
frozen() {	# frozen CSV VARIANT: "17 of 40"
	grep -v '^#' "$1" | awk -F, -v v="$2" '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	$at["variant"] == v {
		c = $1 "," $2
		all[c] = 1
		if ($at["verdict"] ~ /^(freezes|never-recovers|panics)$/)
			bad[c] = 1
	}
	END {
		for (c in all) n++
		for (c in bad) k++
		print k + 0 " of " n
	}'
}
most() {	# most CSV VARIANT COLUMN: the greatest mean of a cell
	grep -v '^#' "$1" | awk -F, -v v="$2" -v m="$3" '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	$at["variant"] == v { c = $1 "," $2; sum[c] += $at[m]; n[c]++ }
	END {
		for (c in sum)
			if (sum[c] / n[c] > x) x = sum[c] / n[c]
		printf "%.3g\n", x
	}'
}
# The lines of a title as one.
title() {	# title PICTURE.svg
	sed -n 's/.*<text>\(.*\)<\/text>.*/\1/p' "$1" |
	    tr '\n' ' '
}
says() {	# says PICTURE.svg WORDS
	case $(title "$1") in
	*"$2"*) ;;
	*) echo "# $1 does not say: $2"; return 1 ;;
	esac
}
phase=results/published/phase
csv=$phase/phase.csv
check "phase/verdicts" says $phase/sweep-verdict.svg \
    "freebsd-11 freezes, or worse, in $(frozen $csv freebsd-11) cells, current (freebsd-12.0) in $(frozen $csv current), proposed (freebsd-12.2) in $(frozen $csv proposed)"
for m in screen ssh daemon serial; do
	check "phase/$m" says $phase/sweep-${m}_frozen_s.svg \
	    "${m}_frozen_s: at most $(most $csv freebsd-11 ${m}_frozen_s) s, by freebsd-11"
done
csv=results/published/proposals/phase.csv
svg=results/published/proposals/sweep-verdict.svg
check "proposals/verdicts" says $svg \
    "freebsd-12-0 freezes, or worse, in $(frozen $csv freebsd-12-0) cells, freebsd-12-0-first-match in $(frozen $csv freebsd-12-0-first-match)"
wrong() { ! says "$1" "$2" >/dev/null; }
check "planted/another_count_is_seen" wrong $svg \
    "freebsd-12-0 freezes, or worse, in 4 of 6 cells"

# Which kernels fail, from when on, and how many do not.
svg=results/published/kernels/kernels.svg
for row in $(awk -F, 'NR > 1 && $4 != "" { print $1 "," $4 }' \
    results/published/kernels/kernels.csv); do
	from=$(echo "${row#*,}" | sed 's/\([0-9]\{3\}\)$/,\1/')
	check "kernels/${row%,*}" sh -c 'case $1 in
	    *"on "*"$2"*" from $3"*) ;; *) exit 1 ;; esac' - \
	    "$(title $svg)" "${row%,*}" "$from"
done
check "kernels/others" says $svg "on $(awk -F, 'NR > 1 && $4 == "" { n++ }
    END { print n }' results/published/kernels/kernels.csv) others not up to"

# What time grows with: more than threefold at ten times as much, or less.
grows() {	# grows AXIS
	power=$(awk -F, -v a="$1" '
	    $1 == a && $2 == "freebsd-12.2" { m = n; v = t; n = $3; t = $4 }
	    END { print (log(t / v) / log(n / m) > 0.5) }' docs/growth.csv)
	case $power,$(title docs/growth.svg) in
	1,*"grows with "*"$1"*"hardly with "*) ;;
	0,*"hardly with "*"$1"*) ;;
	*) echo "# $1: $power"; return 1 ;;
	esac
}
for axis in connections pcbs cpus queues laddrs faddrs workloads duration \
    variants; do
	check "growth/$axis" grows $axis
done

tap_done
