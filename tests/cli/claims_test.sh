#!/bin/sh
# Every scenario that ships holds what its [expect] claims, and README.md says of
# three of them what came out, with the spread of their replications.
. tests/tools/tap.sh

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

holds() {
	"$PCBSIM" run "$1" --out="$out/one" --no-plots --quiet --jobs=2 \
	    >"$out/log" 2>&1 && return 0
	sed 's/^/# /' "$out/log"
	return 1
}
for s in scenarios/*.ini; do
	check "$(basename "$s" .ini)" holds "$s"
	case $s in
	*/claim-5-* | */claim-6-* | */claim-7-* | */which-release.ini)
		cp "$out/one/summary.csv" "$out/$(basename "$s" .ini).csv" ;;
	esac
done

# figure NAME VARIANT COLUMN UNITS: "9.5 s (4.5-13)", a figure a replication
figure() {
	awk -F, -v v="$2" -v c="$3" -v u="$4" '
	    function two(x) { return sprintf(x < 99.5 ? "%.2g" : "%.0f", x) }
	    $1 == "variant" { for (i = 1; i <= NF; i++) if ($i == c) k = i }
	    $1 == v { x = $k / u; sum += x; n++
		if (n == 1 || x < least) least = x
		if (n == 1 || x > most) most = x }
	    END { if (most == 0) print 0
		else print two(sum / n) " s (" two(least) "-" two(most) ")" }
	    ' "$out/$1.csv"
}
in_readme() {	# in_readme LINE FIGURE...: they stand in that line, in order
	line=$(grep -F -- "$1" README.md)
	shift
	for f; do
		case $line in
		*"$f"*) line=${line#*"$f"} ;;
		*) echo "# $f is not in: $line"; return 1 ;;
		esac
	done
}
# how_many NAME VARIANT COLUMN: "338 (285-361)", a count a replication
how_many() {
	awk -F, -v v="$2" -v c="$3" '
	    $1 == "variant" { for (i = 1; i <= NF; i++) if ($i == c) k = i }
	    $1 == v { sum += $k; n++
		if (n == 1 || $k < least) least = $k
		if (n == 1 || $k > most) most = $k }
	    END { printf "%.0f (%d-%d)\n", sum / n, least, most }
	    ' "$out/$1.csv"
}
f=claim-5-utilities-starve
check "readme/$f" in_readme '| 5 utilities fail' \
    "$(how_many $f current utilities_failed)" \
    "$(how_many $f current utilities_wanted)"
f=claim-6-lock-up
check "readme/$f" in_readme '| 6 the system locks up' \
    "$(figure $f current screen_max_ms 1000)" \
    "$(figure $f current screen_frozen_s 1)" \
    "$(figure $f current ssh_max_ms 1000)" \
    "$(figure $f current ssh_frozen_s 1)"
f=claim-7-unfreeze
check "readme/$f" in_readme '| 7 more calls' \
    "$(figure $f calls-50 ssh_unfreeze_s 1)" \
    "$(figure $f calls-100 ssh_unfreeze_s 1)" \
    "$(figure $f calls-200 ssh_unfreeze_s 1)" \
    "$(figure $f calls-50 screen_unfreeze_s 1)" \
    "$(figure $f calls-100 screen_unfreeze_s 1)" \
    "$(figure $f calls-200 screen_unfreeze_s 1)"
frozen() {	# frozen SCENARIO VARIANT LINE
	check "readme/$1/$2" in_readme "$3" \
	    "$(figure "$1" "$2" screen_frozen_s 1)" \
	    "$(figure "$1" "$2" ssh_frozen_s 1)" \
	    "$(figure "$1" "$2" daemon_frozen_s 1)" \
	    "$(figure "$1" "$2" serial_frozen_s 1)"
}
release() { frozen which-release "$@"; }
release eleven '| 11, a receive queue a CPU |'
release eleven-4-queues '| 11, 4 queues on 8 CPUs |'
release twelve '| 12.0, a queue a CPU |'
release twelve-4-queues '| 12.0, 4 queues |'
release twelve-clients-close '| 12.0, clients close first |'
# The case itself, as it is published.
cp results/published/seed-2019/summary.csv "$out/seed-2019.csv"
frozen seed-2019 current '| current, 12.0 |'
frozen seed-2019 proposed '| proposed, 12.2 |'
check "readme/seed-2019/half" in_readme 'Half of all connects take' \
    "$(figure seed-2019 current connect_p50_us 1000000)"
refuse "planted/readme_of_another_figure" 1 in_readme '| 6 the system locks' \
    '1.6 s (0.71-2.6)' >/dev/null

# A claim that does not hold is told with both sides' values, and exit 1.
sed 's/^none-fails-after-the-fix = .*/none-fails-today = current.eaddrnotavail == 0/' \
    scenarios/claim-8-proposed.ini >"$out/wrong.ini"
refuse "planted/wrong_claim_exits_1" 1 \
    sh -c '"$PCBSIM" run "$1" --out="$2" --variant=current --no-plots \
	--quiet >"$2.log" 2>&1' - "$out/wrong.ini" "$out/wrong"
check "planted/wrong_claim_shows_its_value" \
    grep -q 'FAIL.*none-fails-today.*eaddrnotavail' "$out/wrong.log"
tap_done
