#!/bin/sh
# What a run leaves behind when something goes wrong: the old result as it
# was, a message that names the file and the cause, and an exit code.
. tests/tools/tap.sh
. tests/tools/try.sh

{
	sh tests/tools/small.sh small 2s
	printf '[expect]\nsome-get-through = current.ok > 0\n'
} >"$t/small.ini"

pcbsim() { "$PCBSIM" "$@" >"$t/stdout" 2>"$t/stderr"; }
said() {	# said PATTERN: the last command's messages
	grep -q -- "$1" "$t/stderr" || { sed 's/^/# /' "$t/stderr"; return 1; }
}
silent() { [ ! -s "$t/$1" ] || { sed 's/^/# /' "$t/$1"; return 1; }; }
no_partials() { [ -z "$(find "$t" -name '.*.partial-*')" ]; }

check "run_is_whole" pcbsim run "$t/small.ini" --out="$t/r" --no-plots
check "run_says_nothing_on_stderr" silent stderr
for f in run.ini summary.csv timeline.csv stalls.csv latency.csv \
    connects.csv addresses.csv report.txt; do
	check "has_$f" test -s "$t/r/$f"
done
check "nothing_half_done_is_left" no_partials
# Whatever a run can leave, the next one may replace.
check "run_with_all_files" pcbsim run "$t/small.ini" --out="$t/again" --trace
check "run_replaces_them" pcbsim run "$t/small.ini" --out="$t/again" --no-plots
check "the_trace_went_with_the_old_one" absent "$t/again/trace.json"
cp -R "$t/r" "$t/was"
untouched() { diff -r "$t/r" "$t/was"; }

# Nothing is run and nothing written if anything is wrong with any scenario.
sed 's/some-get-through = .*/typo = current.okk > 0/' "$t/small.ini" \
    >"$t/typo.ini"
refuse "misspelt_metric" 2 pcbsim run "$t/small.ini" "$t/typo.ini" \
    --out="$t/both"
check "misspelt_metric_is_named" said 'okk'
check "misspelt_metric_writes_nothing" absent "$t/both"
refuse "same_name_twice" 2 pcbsim run "$t/small.ini" "$t/small.ini" \
    --out="$t/both"
refuse "no_scenario" 2 pcbsim run
refuse "unknown_option" 2 pcbsim run --sed=1 "$t/small.ini"
refuse "bad_jobs" 2 pcbsim run --jobs=-1 "$t/small.ini"
refuse "bad_search" 2 pcbsim run --search=quick "$t/small.ini"
refuse "bad_set" 2 pcbsim run --set=host.cpus "$t/small.ini"
check "unknown_option_is_named" sh -c '"$PCBSIM" run --sed=1 x 2>&1 |
    grep -q -- --sed'

# A claim that fails.
sed 's/some-get-through = .*/all-fail = current.ok == 0/' "$t/small.ini" \
    >"$t/fails.ini"
refuse "claim_that_fails" 1 pcbsim run "$t/fails.ini" --out="$t/f" --no-plots
check "claim_that_fails_is_told" grep -q '^FAIL all-fail: current.ok (= ' \
    "$t/stdout"
check "claim_without_its_variant_is_skipped" sh -c '"$PCBSIM" run \
    "$1/fails.ini" --variant=proposed --out="$1/v" --no-plots |
    grep -q "^skip all-fail"' sh "$t"

# Places that cannot be written, or are somebody else's.
refuse "out_below_a_file" 4 pcbsim run "$t/small.ini" \
    --out="$t/small.ini/r" --no-plots
check "out_below_a_file_is_named" said 'small.ini'
mkdir "$t/home"
echo mine >"$t/home/letter"
refuse "out_is_somebody_elses" 4 pcbsim run "$t/small.ini" --out="$t/home" \
    --no-plots
check "somebody_elses_is_untouched" grep -q mine "$t/home/letter"

# The disk is full in the middle of a file.
full() { (ulimit -f 30; pcbsim run "$t/small.ini" --out="$t/r" --no-plots); }
refuse "full_disk" 4 full
check "full_disk_names_the_file" said 'cannot write .*/timeline.csv: '
check "full_disk_leaves_the_old" untouched
check "full_disk_leaves_nothing_else" no_partials
if [ -e /dev/full ]; then
	told_full() { "$PCBSIM" run "$t/small.ini" --out="$t/d" --no-plots \
	    >/dev/full 2>"$t/stderr"; }
	refuse "stdout_is_full" 4 told_full
fi

# Without gnuplot all but the pictures is there, and the message says so.
mkdir "$t/bin"
PATH_WITHOUT=$t/bin
without() { PATH=$PATH_WITHOUT "$PCBSIM" run "$t/small.ini" --out="$t/n" \
    >"$t/stdout" 2>"$t/stderr"; }
check "without_gnuplot" without
check "without_gnuplot_says_so" said 'gnuplot is not installed'
check "without_gnuplot_has_a_report" grep -q 'No charts' "$t/n/report.txt"
check "without_gnuplot_has_the_script" test -s "$t/n/plots/lock-stalls.gp"

# A gnuplot that fails is told of; the figures are there all the same.
printf '#!/bin/sh\nexit 1\n' >"$t/bin/gnuplot"
chmod +x "$t/bin/gnuplot"
with_broken() { PATH=$t/bin:/bin:/usr/bin "$PCBSIM" run "$t/small.ini" \
    --out="$t/b" >"$t/stdout" 2>"$t/stderr"; }
refuse "broken_gnuplot" 4 with_broken
check "broken_gnuplot_says_so" said 'no pictures: '
check "broken_gnuplot_has_the_figures" test -s "$t/b/summary.csv"

# Stopped in the middle: complete files that are marked, beside what was whole.
sed 's/duration = 2s/duration = 10h/; s/100\/s/2k\/s/' "$t/small.ini" \
    >"$t/long.ini"
stopped() {	# stopped SIGNAL DIR
	"$PCBSIM" run "$t/long.ini" --out="$2" --no-plots --jobs=1 \
	    >"$t/stdout" 2>"$t/stderr" &
	pid=$!
	n=0
	while [ $n -lt 100 ] &&
	    [ -z "$(find "$t" -name ".$(basename "$2").partial-$pid")" ]; do
		sleep 0.1
		n=$((n + 1))
	done
	sleep 1
	kill -"$1" "$pid"
	wait "$pid"
}
refuse "terminated" 143 stopped TERM "$t/s"
for f in summary timeline stalls latency; do
	check "terminated_marks_$f" grep -q '^# INCOMPLETE: ' "$t/s/$f.csv"
done
check "terminated_ends_its_last_row" sh -c \
    '[ -z "$(tail -c 1 "$1/s/timeline.csv" | tr -d "\n")" ]' sh "$t"
begins() {	# begins FILE WORDS: in its first line
	head -n 1 "$1" | grep -q "^$2"
}
check "terminated_says_so_first_in_the_report" begins "$t/s/report.txt" \
    'INCOMPLETE: stopped'
check "terminated_says_so_first" begins "$t/stdout" \
    '[^ ]*: INCOMPLETE: stopped'
check "terminated_skips_claims" grep -q '^skip some-get-through' "$t/stdout"
refuse "interrupted" 130 stopped INT "$t/i"
check "interrupted_marks_it" grep -q '^# INCOMPLETE: ' "$t/i/summary.csv"
refuse "terminated_again" 143 stopped TERM "$t/r"
check "a_whole_result_is_worth_more" untouched
check "the_piece_is_beside_it" grep -q '^# INCOMPLETE: ' \
    "$t/r.incomplete/summary.csv"

# What only its owner could read stays so when a new one takes its place.
modes() {	# modes MODE PATH: as ls prints it
	[ "$(ls -ld "$2" | cut -c2-10)" = "$1" ] || { ls -ld "$2"; return 1; }
}
chmod 700 "$t/r"
pcbsim run "$t/small.ini" --out="$t/r" --no-plots
check "mode_of_a_result" modes rwx------ "$t/r"
pcbsim report -o "$t/mine.html" -f html "$t/r"
chmod 600 "$t/mine.html"
pcbsim report -o "$t/mine.html" -f html "$t/r"
check "mode_of_a_file" modes rw------- "$t/mine.html"
tap_done
