#!/bin/sh
# Results on standard output and messages on standard error, sent to one place,
# stand there whole and in the order in which they were said.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
mkdir "$t/bin"

# Each scenario says, without gnuplot, that there are no pictures, and then
# prints its table: more in all than a stream keeps back.
n=0
files=
while [ $n -lt 12 ]; do
	n=$((n + 1))
	sed "s/^name = .*/name = one-$n/" scenarios/claim-1-bound-rule.ini \
	    >"$t/$n.ini"
	files="$files $t/$n.ini"
done
PATH=$t/bin "$PCBSIM" run --out="$t/out" $files >"$t/both" 2>&1
check there_is_more_than_is_kept_back test "$(wc -c <"$t/both")" -gt 8192
# The order of what matters: m(essage), h(eadline), e(nd of it).
sed -n 's/.*gnuplot is not installed.*/m/p; s/^one-[0-9]*: current.*/h/p
    s/^ok   the-fix-changes-nothing-here: .*/e/p' "$t/both" | tr -d '\n' \
    >"$t/order"
check messages_stand_where_they_were_said grep -Eqx '(mhe){12}' "$t/order"
check they_are_lines_of_their_own test "$(grep -c 'gnuplot is not' \
    "$t/both")" = 12
PATH=$t/bin "$PCBSIM" run --out="$t/out" $files 2>/dev/null >"$t/alone"
grep -v 'gnuplot is not' "$t/both" >"$t/rest"
check and_cut_no_answer cmp -s "$t/alone" "$t/rest"

# A scenario's answer is there before the next one runs.
{
	cat scenarios/claim-1-bound-rule.ini
	printf '\n[workload:more]\nload = poisson\nrate = 200k/s\n'
	printf 'lifetime = exponential(1ms)\nfaddrs = 203.0.113.77\n'
	printf 'fport = 80\n'
} | sed 's/^name = .*/name = long/; s/^duration = .*/duration = 1h/
    /^\[expect\]/,/^$/d' >"$t/long.ini"
"$PCBSIM" run --no-plots --out="$t/two" "$t/1.ini" "$t/long.ini" \
    >"$t/first" 2>"$t/err" &
pid=$!
n=0
while [ ! -s "$t/first" ] && [ $n -lt 300 ] && kill -0 $pid 2>/dev/null; do
	sleep 0.1
	n=$((n + 1))
done
running=no
kill -0 $pid 2>/dev/null && running=yes
check the_first_is_told_while_the_second_runs grep -q '^one-1: ' "$t/first"
check it_did_run test $running = yes
kill -INT $pid 2>/dev/null
wait $pid

if [ -w /dev/full ]; then
	"$PCBSIM" run --no-plots --out="$t/full" "$t/1.ini" "$t/2.ini" \
	    >/dev/full 2>"$t/err"
	check a_full_disk_is_told test $? = 4
	check with_its_cause grep -q \
	    'cannot write standard output: No space left' "$t/err"
	check once test "$(grep -c 'standard output' "$t/err")" = 1
	check and_all_were_run test -s "$t/full/one-2/summary.csv"
fi
tap_done
