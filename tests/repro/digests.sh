#!/bin/sh
# One line a case: SHA-256 of its CSV bytes without the lines that name the
# build, and its name; of the first case and of the loads one more, of the page.
#
#	digests.sh PCBSIM [OPTION...]	options for each run: --jobs, --search
set -eu
pcbsim=$1
shift
if command -v sha256sum >/dev/null 2>&1; then
	sum() { sha256sum | cut -d' ' -f1; }
else
	sum() { sha256 -q; }
fi
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
grep -v '^#' tests/repro/cases | while read -r name scenario options; do
	# A claim may fail on a cut; its figures are what is looked at.
	"$pcbsim" run "$scenario" $options --quiet --no-plots \
	    --out="$tmp/result" "$@" >/dev/null || [ $? -eq 1 ]
	for csv in summary timeline stalls latency; do
		echo "$csv"
		grep -v '^#' "$tmp/result/$csv.csv"
	done | sum | sed "s/\$/  $name/"
	case $name in
	seed-2019-cut | loads)
		# Without the build, and without the command, which has a path.
		grep -v -e '<dt>Version' -e '^<pre><code>' \
		    "$tmp/result/report.html" | sum |
		    sed "s/\$/  $name.html/" ;;
	esac
done
