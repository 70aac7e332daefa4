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

tap_done
