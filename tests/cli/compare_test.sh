#!/bin/sh
# compare: what is proven, what is not, what cannot be compared; the layout is
# that of the real ministat(1), where that is installed.
. tests/tools/tap.sh
. tests/tools/try.sh

# result DIR SEED ADD: three replications of two variants; ADD goes onto every
# wait of `new'.
result() {
	mkdir -p "$t/$1"
	{
		echo "# pcbsim 0 (test)"
		echo "# scenario: by-hand"
		echo "# digest: 00"
		echo "# seed: $2"
		echo "variant,stack,replication,seed,ok,failed,wait_max_us,\
stall_max_us,first_exhaustion_s,connect_p99_us,verdict,web_ok,note"
		awk -v seed="$2" -v add="$3" 'BEGIN {
		    w[1] = 100; w[2] = 200; w[3] = 300
		    d[1] = -1; d[2] = -2; d[3] = -1.5
		    for (i = 1; i <= 3; i++)
			printf "old,freebsd-12.0,%d,%s,10,0,%s,%s,%s,7,ok,1%d,a\n",
			    i, seed, w[i], i, i == 2 ? "" : i, i
		    for (i = 1; i <= 3; i++)
			printf "new,freebsd-12.2,%d,%s,10,0,%s,%s,%s,9,%s,1%d,b\n",
			    i, seed, w[i] + d[i] + add, 4 - i, i,
			    "stalls", i }'
	} >"$t/$1/summary.csv"
	cat >"$t/$1/run.ini" <<-INI
	[scenario]
	duration = 10s
	[workload:web]
	load = poisson
	rate = 5/s
	bind = none
	[variant:old]
	stack = freebsd-12.0
	[variant:new]
	stack = freebsd-12.2
	workload:web.bind = laddr
	INI
}
result a 1 0
result b 1 5
result c 2 5
result d 1 5
sed 's,rate = 5/s,rate = 6/s,' "$t/d/run.ini" >"$t/x" && mv "$t/x" "$t/d/run.ini"

compare() { "$PCBSIM" compare "$@" >"$t/out" 2>"$t/err"; }
row() {	# row METRIC COLUMN WANT [VARIANT]: a field of the CSV
	awk -F, -v metric="$1" -v column="$2" -v want="$3" -v v="${4:-.}" '
	    /^#/ { next }
	    !n { for (i = 1; i <= NF; i++) if ($i == column) n = i; next }
	    $3 == metric && $2 ~ v { got = $n; seen = 1 }
	    END { if (seen && got "" == want "") exit 0
		print "# " metric "." column " is \"" got "\""; exit 1 }' \
	    "$t/out" || show
}

# Differences -1, -2, -1.5: mean -1.5, s = 0.5, half = 4.302653 x 0.5 / sqrt(3).
check "one" compare "$t/a" --format=csv
check "paired" row wait_max_us test paired
check "difference_by_hand" row wait_max_us difference -1.5
check "half_width_by_hand" row wait_max_us half_width 1.24207
check "percent_by_hand" row wait_max_us difference_pct -0.75
check "less_is_better" row wait_max_us outcome better
check "mean_by_hand" row wait_max_us mean_variant 198.5
check "spread_by_hand" row wait_max_us sd_baseline 100
# All of 1,000 s later by half a microsecond, and by ten milliseconds.
for shift in 0.0000005 0.01; do
	mkdir -p "$t/shift$shift"
	cp "$t/a/run.ini" "$t/shift$shift"
	awk -F, -v OFS=, -v shift=$shift '/^(old|new),/ {
		$9 = 1000 + ($1 == "new") * shift + 0
		$9 = sprintf("%.7f", $9) } { print }' "$t/a/summary.csv" \
	    >"$t/shift$shift/summary.csv"
done
check "trifle" compare "$t/shift0.0000005" --format=csv
check "trifle_is_equal" row first_exhaustion_s outcome equal
check "more_than_a_trifle" compare "$t/shift0.01" --format=csv
check "more_than_a_trifle_is_better" row first_exhaustion_s outcome better
check "same_shift" compare "$t/shift0.01"
check "same_shift_has_no_interval" \
    grep -q '^first_exhaustion_s  *1000  *1000.01  *0.01  *0  ' "$t/out"
check "one_again" compare "$t/a" --format=csv
# 2, 0, -2: mean 0.
check "not_proven" row stall_max_us outcome not-proven
check "more_is_worse" row connect_p99_us outcome worse
# 9 us is in a bucket of 2^16 ps: no sharper than that, though without spread.
check "without_spread" row connect_p99_us half_width 0.065536
check "resolution" row connect_p99_us resolution 0.065536
check "exact_has_none" row wait_max_us resolution 0
check "equal" row ok outcome equal
check "equal_pairs_though_they_vary" row web_ok outcome equal
check "no_value" row first_exhaustion_s outcome no-value
check "no_value_no_mean" row first_exhaustion_s mean_baseline ''
check "verdict_is_a_number" row verdict difference 3
check "text_is_no_metric" sh -c '! grep -q -e ,note, -e ,stack, "$1"' - \
    "$t/out"
check "text" compare "$t/a"
check "text_finding" sh -c 'head -1 "$1" | grep -q "^new against old: .*1 metric better, [0-9] worse"' - "$t/out"
check "text_worse" prints '^WORSE  *old  *new  *difference  *+/-  *%$'
check "text_worse_row" prints '^connect_p99_us  *7  *9  *2  *0.0655  *28.6$'
check "text_sorted_by_effect" sh -c 'test "$(sed -n "/^WORSE/{n;p;}" "$1" |
    cut -d" " -f1)" = verdict' - "$t/out"
check "text_better_row" prints '^wait_max_us  *200  *198.5  *-1.5  *1.24  *-0.75$'
check "text_not_proven" prints '^No difference proven: stall_max_us$'
check "text_no_legend" not prints '^old: '
sed 's/^old,/an-allocator-of-2019,/; s/^new,/an-allocator-of-today,/' \
    "$t/a/summary.csv" >"$t/x" && mkdir -p "$t/long" && cp "$t/x" \
    "$t/long/summary.csv"
sed 's/:old\]/:an-allocator-of-2019]/; s/:new\]/:an-allocator-of-today]/' \
    "$t/a/run.ini" >"$t/long/run.ini"
check "legend" compare "$t/long"
check "legend/first" prints '^an-allocator-o: an-allocator-of-2019$'
check "legend/once" sh -c 'test "$(grep -c "^an-allocator-o: " "$1")" -eq 2' \
    - "$t/out"
check "text_again" compare "$t/a"
check "text_no_value" prints 'no value in 1 of 3 replications of old'
check "text_chance" prints 'By chance alone about'
check "no_line_over_80" sh -c '! expand "$1" | grep -E "^.{81}"' - "$t/out"
check "baseline" compare "$t/a" --baseline=new --format=csv
check "baseline_turns_it_round" row wait_max_us difference 1.5
check "metric" compare "$t/a" --metric=ok --metric=failed --format=csv
check "metric_only" sh -c 'test "$(grep -vc "^#" "$1")" = 3' - "$t/out"

# A step of the histogram, in every replication alike, is no difference; two
# are.  7 us is in a bucket of 2^15 ps.
step() {	# step NAME VALUE OUTCOME
	mkdir "$t/$1"
	sed "s/,9,stalls/,$2,stalls/" "$t/a/summary.csv" >"$t/$1/summary.csv"
	check "$1" compare "$t/$1" --format=csv
	check "$1/outcome" row connect_p99_us outcome "$3"
}
step a_step_up 7.032768 not-proven
step a_step_down 6.967232 not-proven
step two_steps_up 7.065536 worse
step two_steps_down 6.934464 better
check "step_is_told" compare "$t/two_steps_up" --metric=connect_p99_us
check "step_is_told/in_ministats_layout" prints \
    '^	(resolution of the figure, included: 0.032768)$'
mkdir "$t/once"
grep -v '^[a-z]*,freebsd-[0-9.]*,[23]' "$t/a/summary.csv" \
    >"$t/once/summary.csv"
check "once" compare "$t/once"
check "once_says_so_first" sh -c 'head -3 "$1" | tr "\n" " " |
    grep -q "N < 3 cannot prove"' - "$t/out"
check "once_nothing_is_worse" sh -c '! grep -qiE "^(worse|better)" "$1"' - \
    "$t/out"
check "once_csv" compare "$t/once" --format=csv
check "once_csv/too_few" row connect_p99_us outcome too-few
check "once_csv/no_interval" row connect_p99_us half_width ''

# Two results: +5 in `new' only.
check "two" compare "$t/a" "$t/b" --format=csv
check "two_paired" row wait_max_us test paired new
check "two_difference" row wait_max_us difference 5 new
check "two_same" row wait_max_us outcome equal old
check "two_other_seeds" compare "$t/a" "$t/c" --format=csv
check "two_welch" row wait_max_us test welch new
check "two_welch_not_proven" row wait_max_us outcome not-proven new
check "two_other_arrivals" compare "$t/a" "$t/d" --format=csv
check "two_other_arrivals_welch" row wait_max_us test welch new
check "two_why" compare "$t/a" "$t/d"
check "two_why_told" prints 'same seeds but other arrivals'
mkdir "$t/few"
cp "$t/a/run.ini" "$t/few"
grep -v '^[a-z]*,freebsd-[0-9.]*,3' "$t/b/summary.csv" >"$t/few/summary.csv"
check "few" compare "$t/few"
check "few_prove_nothing" prints '^N < 3: this proves nothing'
check "few_are_not_better" sh -c '! grep -qE "^(WORSE|BETTER)" "$1"' - "$t/out"
check "few_against_many" compare "$t/a" "$t/few"
check "few_against_many_is_noted" prints 'only the 2 replications'

# What cannot be compared is told with the file and the cause.
wrong() {	# wrong NAME CODE PATTERN SED-EXPRESSION
	mkdir "$t/$1"
	sed "$4" "$t/a/summary.csv" >"$t/$1/summary.csv"
	refuse "$1" "$2" compare "$t/$1"
	check "$1/cause" said "$1/summary.csv.*$3"
}
wrong incomplete 2 'not a whole result: stopped' \
    '1a\
# INCOMPLETE: stopped'
wrong alien 2 'not a result of this program' 1d
wrong no_seed 2 'no column seed' 's/,seed,/,sead,/'
wrong no_number 2 "column ok: 'ten' is no number" 's/,10,/,ten,/'
wrong twice 2 'replication 1 of old is there twice' \
    's/^old,freebsd-12.0,2,/old,freebsd-12.0,1,/'
wrong lonely 2 'only variant' /^new/d
wrong no_rows 2 'no run is in it' '/^old/d; /^new/d'
wrong ragged 4 ':7: 14 fields' '/^old,freebsd-12.0,2/s/$/,x/'
refuse "missing" 4 compare "$t/none"
check "missing_is_named" said "$t/none"
mkdir "$t/empty"
refuse "not_a_result" 4 compare "$t/empty"
check "not_a_result_is_named" said "$t/empty is not a result"
refuse "unknown_metric" 2 compare "$t/a" --metric=wait_max
check "unknown_metric_hint" said 'did you mean .wait_max_us'
refuse "unknown_baseline" 2 compare "$t/a" --baseline=ald
check "unknown_baseline_hint" said 'did you mean .old'
mkdir "$t/wider"
sed 's/,note$/,mote/; s/,[ab]$/,5/' "$t/a/summary.csv" >"$t/wider/summary.csv"
refuse "other_columns" 2 compare "$t/a" "$t/wider"
check "other_columns_is_named" said 'mote is only in'
refuse "no_directory" 2 compare
refuse "three_directories" 2 compare "$t/a" "$t/b" "$t/c"
refuse "baseline_of_two" 2 compare "$t/a" "$t/b" --baseline=old
refuse "unknown_format" 2 compare "$t/a" --format=html
if [ -w /dev/full ]; then
	refuse "full_disk" 4 sh -c '"$PCBSIM" compare "$1" >/dev/full \
	    2>"$1/../err"' - "$t/a"
fi

# Samples, and ministat(1) itself.
check "samples" compare "$t/a" --samples
check "samples_one_number_a_line" sh -c 'printf "99\n198\n298.5\n" |
    cmp - "$1"' - "$t/a/samples/new/wait_max_us.txt"
check "samples_say_what_is_missing" sh -c \
    'printf "1\n3\n# 1 of 3 without a value\n" | cmp - "$1"' - \
    "$t/a/samples/old/first_exhaustion_s.txt"

# Words and layout equal; numbers within a thousandth, since ministat rounds t
# to three decimals.  How far a percentage may be off is left out: newer ones
# reckon with the spread of the baseline, too.
alike() {
	awk 'function number(s) { return s ~ /^[-+]?[0-9.]+(e[-+]?[0-9]+)?[%)]*$/ }
	    NR == FNR { line[FNR] = $0; n = FNR; next }
	    { shape = $0; other = line[FNR]; gsub(/[-0-9.e]/, "", shape)
	      gsub(/[-0-9.e]/, "", other)
	      gsub(/ +/, " ", shape); gsub(/ +/, " ", other)
	      if (shape != other) { bad = 1; print "# " $0 " / " line[FNR] }
	      fields = split(line[FNR], x, /[ \t]+/); split($0, y, /[ \t]+/)
	      for (i = 1; i <= fields; i++) {
		if (!number(x[i]) || x[i - 1] == "+/-" && /%/) continue
		d = x[i] - y[i]; if (d < 0) d = -d
		s = x[i] + 0; if (s < 0) s = -s
		if (d > s / 1000) { bad = 1; print "# " x[i] " " y[i] } } }
	    END { exit bad || n == 0 || n != FNR }' "$1" "$2"
}
against_ministat() {	# against_ministat METRIC
	ministat -A "$t/a/samples/old/$1.txt" "$t/a/samples/new/$1.txt" |
	    sed 1,2d >"$t/theirs"
	compare "$t/a" --metric="$1"
	awk '/^    N/ { on = 1 } /^Paired|^No paired/ { on = 0 } on' \
	    "$t/out" >"$t/ours"
	alike "$t/theirs" "$t/ours"
}
for metric in wait_max_us stall_max_us far_us; do
	if ! command -v ministat >/dev/null 2>&1; then
		tap_result 0 "like_ministat/$metric # SKIP no ministat here"
		continue
	fi
	if [ "$metric" = far_us ]; then
		# One where the difference is proven without pairs, too.
		sed '/^variant/s/$/,far_us/; /^old/s/$/,1411.5/
		    /^new/s/$/,311.25/; /2,2,1,/s/$/9/; /2,2,2,/s/$/8/
		    /0,1,1,/s/5$/3/' "$t/a/summary.csv" >"$t/x"
		mv "$t/x" "$t/a/summary.csv"
		compare "$t/a" --samples --metric=far_us
	fi
	check "like_ministat/$metric" against_ministat $metric
done
printf '+   3   4 8\n\t4 +/- 3.585\n' >"$t/x"
printf '+   3     4 8\n\t4 +/- 3.584\n' >"$t/y"
check "planted/rounding_passes" alike "$t/x" "$t/y"
printf '+   3   4 8\n\t4 +/- 3.6\n' >"$t/y"
differ() { ! alike "$@" >/dev/null; }
check "planted/another_number_is_seen" differ "$t/x" "$t/y"
printf '+   3   4 8\n\t4 -/+ 3.585\n' >"$t/y"
check "planted/another_word_is_seen" differ "$t/x" "$t/y"

# A result with samples is still ours to replace.
sh tests/tools/small.sh small 1s >"$t/small.ini"
run() { "$PCBSIM" run "$t/small.ini" --out="$t/r" --no-plots --quiet \
    --replications=3 "$@" >"$t/out" 2>"$t/err" || show; }
check "real_run" run
check "real_compare" compare "$t/r" --samples
check "real_pairs" prints '^N = 3 pairs (same seeds, same arrivals)$'
check "real_report_has_spread" grep -q 'connects tried .* +/- ' \
    "$t/r/report.txt"
check "real_run_replaces_samples" run --seed=7
check "real_samples_are_gone" test ! -e "$t/r/samples"
tap_done
