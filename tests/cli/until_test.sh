#!/bin/sh
# run --until: replications are added until the interval is narrow enough, and
# the result is that of as many replications asked for at once.
. tests/tools/tap.sh
. tests/tools/try.sh

sh tests/tools/small.sh small 1s >"$t/small.ini"

run() { "$PCBSIM" run "$t/small.ini" --no-plots "$@" >"$t/out" 2>"$t/err"; }

check "until" run --until=ci:6%,attempts --out="$t/until"
check "says_each_step" prints '^small: N = 3: 95 % interval of attempts'
n=$(sed -n 's/^# replications: //p' "$t/until/summary.csv")
check "took_more_than_three" test "$n" -gt 3
check "took_less_than_all" test "$n" -lt 100
check "as_many_at_once" run --replications="$n" --out="$t/fixed" --jobs=1
check "same_bytes" diff -r "$t/until" "$t/fixed"
# Variants share their arrivals, so both have the same interval; by the formula
# of the mean's, from the numbers themselves, with the t of N - 1 = 1.96 to 4.3.
check "narrow_enough" sh -c '"$1" column attempts "$2" --variant=current |
    awk "{ n++; s += \$1; q += \$1 * \$1 }
	END { m = s / n; h = 1.96 * sqrt((q - n * m * m) / (n - 1) / n)
	exit !(h < 0.06 * m) }"' - "$PCBSIM" "$t/until/summary.csv"

check "default_metric" run --until=ci:50% --out="$t/r"
check "default_metric_is_told" prints 'N = 3: .* of connect_p99_us within'
check "not_enough" run --until=ci:0.1%,attempts --out="$t/r" --quiet
check "not_enough_is_told" prints 'N = 100: .*NOT ENOUGH, but 100 are the most'
check "no_value" run --until=ci:5%,first_exhaustion_s --out="$t/r"
check "no_value_is_told" prints 'N = 3: no more, since first_exhaustion_s'

for bad in 5% ci:5 ci:0% ci:100% ci:-5% ci:nan% ci: ci:5%, ci:5%x; do
	refuse "malformed/$bad" 2 run --until="$bad" --out="$t/bad"
	check "malformed/$bad/allowed" said 'allowed is ci:PERCENT%'
done
refuse "unknown_metric" 2 run --until=ci:5%,nope --out="$t/bad"
check "unknown_metric_is_named" said 'there is no metric nope'
refuse "with_replications" 2 run --until=ci:5% --replications=4 --out="$t/bad"
check "nothing_was_written" test ! -e "$t/bad"
tap_done
