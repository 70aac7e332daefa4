#!/bin/sh
# docs/TUTORIAL.md: its commands, taken from the page and run one after the
# other, work and leave what the page says.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
page=docs/TUTORIAL.md

# The scenario: the page's only ini block.
sed -n '/^```ini$/,/^```$/p' "$page" | sed '1d;$d' >"$t/mine.ini"
check the_page_has_a_scenario test -s "$t/mine.ini"

# Sampling needs ss(8), which only Linux has; a second will do here.
awk '/<!-- capture -->/ { mark = 1; next } mark && /^    / {
    sub(/^    /, ""); print; mark = 0 }' "$page" >"$t/sample"
check the_page_says_how_to_sample grep -q 'sockets.sh 60 ' "$t/sample"
if command -v ss >/dev/null; then
	sed "s/ 60 / 1 /; s,>capture.csv,>'$t/samples.txt'," "$t/sample" \
	    >"$t/sample.sh"
	check sampling_works sh "$t/sample.sh"
	check samples_are_timed grep -Eq '^[0-9]+\.[0-9]+$' "$t/samples.txt"
fi

# The commands: the line after each mark.
awk '/<!-- command -->/ { mark = 1; next } mark && /^    / {
    sub(/^    /, ""); print; mark = 0 }' "$page" >"$t/commands"
check the_page_has_seven_commands test "$(wc -l <"$t/commands")" -eq 7

# In a folder with the scenarios and nothing else: the page makes the rest.
ln -s "$PWD/scenarios" "$t/scenarios"
mkdir "$t/bin"
case $PCBSIM in
/*) ln -s "$PCBSIM" "$t/bin/pcbsim" ;;
*) ln -s "$PWD/$PCBSIM" "$t/bin/pcbsim" ;;
esac
n=0
while read -r command; do
	n=$((n + 1))
	(cd "$t" && PATH=$t/bin:$PATH sh -c "$command") >"$t/out.$n" \
	    2>"$t/err.$n" </dev/null
	code=$?
	[ $code -eq 0 ] || sed 's/^/# /' "$t/out.$n" "$t/err.$n"
	check "command_$n" test $code -eq 0
done <"$t/commands"

# Addresses are others, and nothing else is.
rest() { cut -d, -f1,2,4- "$1"; }
rest "$t/capture.csv" >"$t/rest.capture"
rest "$t/mine.csv" >"$t/rest.mine"
check the_recording_is_whole test "$(wc -l <"$t/mine.csv")" -eq 28617
check all_but_addresses_stays cmp -s "$t/rest.capture" "$t/rest.mine"
check there_are_addresses grep -q 10.77.1.1 "$t/capture.csv"
check addresses_are_mapped sh -c "! grep -q 10.77.1.1 '$t/mine.csv'"
check the_claim_holds grep -q '^ok *it-runs-out-today' "$t/out.4"
check compare_has_intervals grep -q 'eaddrnotavail' "$t/out.5"
check the_report_is_a_mail grep -q 'pcbsim run mine.ini' "$t/out.6"
check the_page_stands_alone grep -q '</html>' "$t/result.html"
check and_fits_72_columns awk 'length > 72 { exit 1 }' "$t/out.6"

tap_done
