#!/bin/sh
# The manual pages: well-formed, complete, and of this program.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

not() { ! "$@"; }

fresh() {	# the parts that the program makes are what it makes
	sh tests/tools/man.sh "$PCBSIM" "$1" "$t/page" || return 1
	cmp "$1" "$t/page" || { echo "# run: make man"; return 1; }
}
# What mandoc thinks of references to pages that are not installed is of the
# machine, not of the page; all else counts, style too.
lint() {
	mandoc -T lint "$1" 2>/dev/null |
	    grep -v 'referenced manual not found\|outdated mandoc.db' \
	    >"$t/lint"
	[ ! -s "$t/lint" ] || { sed 's/^/# /' "$t/lint"; return 1; }
}

for page in docs/man/*.[157]; do
	check "fresh/${page##*/}" fresh "$page"
	if command -v mandoc >/dev/null 2>&1; then
		check "lint/${page##*/}" lint "$page"
	else
		skip "lint/${page##*/}" "no mandoc here"
	fi
done
sed 's/^\.It Cm cpus/.It Cm cpu/' docs/man/pcbsim-scenario.5 >"$t/stale.5"
check "planted/stale_part_is_seen" not fresh "$t/stale.5"
if command -v mandoc >/dev/null 2>&1; then
	sed '/^\.El/d' docs/man/pcbsim.1 >"$t/broken.1"
	check "planted/broken_list_is_seen" not lint "$t/broken.1" >"$t/seen"
	tail -n 1 "$t/seen"
	sed 's/^\.Fx Ap s$/FreeBSD is/' docs/man/pcbsim.1 >"$t/plain.1"
	check "planted/word_with_a_macro_is_seen" not lint "$t/plain.1"
fi

# The section of a subcommand, and the options that it explains.
section() {	# section PAGE SUBCOMMAND
	awk -v s="$2" '/^\.S[sh] /{ on = $0 == ".Ss " s } on' "$1"
}
explained() {
	section "$1" "$2" | sed -n '/^\.It /s/.*Fl Fl \([a-z-]*\).*/\1/p' |
	    sort
}
taken() {	# --help itself is in the synopsis
	"$PCBSIM" "$1" --help |
	    sed -n 's/^  \(-., \)\{0,1\}--\([a-z-]*\).*/\2/p' |
	    grep -vx help | sort
}
complete() {	# complete PAGE SUBCOMMAND
	[ -n "$(section "$1" "$2")" ] || { echo "# no .Ss $2"; return 1; }
	explained "$1" "$2" >"$t/explained"
	taken "$2" >"$t/taken"
	diff "$t/explained" "$t/taken" >"$t/diff" || {
		sed 's/^/# /' "$t/diff"
		return 1
	}
}
subcommands=$("$PCBSIM" --help | sed -n 's/^  pcbsim \([a-z]*\) .*/\1/p')
check "subcommands_are_found" test -n "$subcommands"
for s in $subcommands; do
	check "complete/$s" complete docs/man/pcbsim.1 "$s"
	check "synopsis/$s" grep -qx "\.Cm $s" docs/man/pcbsim.1
done
grep -v 'Fl Fl seed' docs/man/pcbsim.1 >"$t/less.1"
check "planted/missing_option_is_seen" not complete "$t/less.1" run
for i in 0 1 2 3 4 128+n; do
	check "exit_status/$i" grep -qx "\.It $i" docs/man/pcbsim.1
done

# Examples do what they say.
check "example/script" sh -c 'sed -n "/^pcbsim script.*EOF$/,/^EOF$/p" \
    docs/man/pcbsim.1 | sed "1d;\$d" |
    "$1" script --stack=freebsd-12.0 >"$2"' sh "$PCBSIM" "$t/out"
check "example/script/gives_ports" grep -q '^3,uc,1,OK,192.0.2.1,10000,' \
    "$t/out"
sed -n '/^\.Bd/,/^\.Ed/{/^\./d;p;}' docs/man/pcbsim-scenario.5 |
    sed '/^\[variant:more-cpus\]/,$d' >"$t/first.ini"
check "example/scenario" sh -c '"$1" check "$2" >"$3"' sh "$PCBSIM" \
    "$t/first.ini" "$t/out"
sed -n '/^\[sweep\]/,/^\.Ed/{/^\./d;p;}' docs/man/pcbsim-scenario.5 \
    >"$t/grid.sweep"
cp scenarios/seed-2019.ini "$t"
check "example/sweep" sh -c '"$1" sweep plan --no-probe "$2" >"$3"' sh \
    "$PCBSIM" "$t/grid.sweep" "$t/out"

# What was measured, says the page, is what the releases say.
sed -n '/^\.Sh CAVEATS/,$p' docs/man/pcbsim.1 >"$t/caveats"
"$PCBSIM" list releases | awk '$3 == "booted" && /[.]/ {
    sub(/.*-/, "", $1); print $1 }' >"$t/booted"
check "caveats/some_were_booted" test -s "$t/booted"
while read -r release; do
	check "caveats/$release" grep -q "[ ,]$release[, -]" "$t/caveats"
done <"$t/booted"
check "caveats/no_hardware" grep -q '^No time was taken on hardware' \
    "$t/caveats"
check "caveats/not_the_opposite" sh -c '! grep -q "was measured for it" "$1"' \
    sh "$t/caveats"
# Spins are by the clock: where the formats are told, for both and for the CSV.
sed -n '/^\.It Cm folded/,/^\.El/p' docs/man/pcbsim.1 >"$t/folded"
check "folded/by_the_clock" grep -q '^are by the clock' "$t/folded"
check "folded/of_the_csv" grep -q 'Li spin_total_us' "$t/folded"

refuse "mdoc/no_kind" 2 sh -c '"$1" list --format=mdoc 2>/dev/null' sh \
    "$PCBSIM"
refuse "mdoc/other_format" 2 sh -c '"$1" list params --format=html \
    2>/dev/null' sh "$PCBSIM"
tap_done
