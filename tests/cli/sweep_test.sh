#!/bin/sh
# Sweeps: the same bytes whatever jobs, shards, kills and resumes; what is
# missing is told; directories of others are left alone.
. tests/tools/tap.sh
. tests/tools/try.sh

{
	sh tests/tools/small.sh tiny 2s
	printf '[host]\nladdrs = auto\n'
} >"$t/tiny.ini"
cat >"$t/tiny.sweep" <<'SWEEP'
[sweep]
scenario = tiny.ini
replications = 3
host.cpus = 1;2;4
workload:web.rate = 50/s..200/s *2
constraint = workload:web.rate <= 100 * host.cpus

[labels]
host.cpus = one;two;four
SWEEP

sweep() { "$PCBSIM" sweep "$@" >"$t/stdout" 2>"$t/stderr"; }
merge() { sweep merge "$t/tiny.sweep" --out="$1" && mv "$t/stdout" "$2"; }
said() {	# said stdout|stderr PATTERN
	grep -q -- "$2" "$t/$1" || { sed 's/^/# /' "$t/$1"; return 1; }
}
rows() { cat "$1"/rows/*.csv 2>/dev/null | grep -c '^[0-9a-f]\{16\} '; }
has_rows() { [ "$(rows "$1")" -eq "$2" ]; }
no_temporaries() { [ -d "$1/tmp" ] && [ -z "$(ls -A "$1/tmp")" ]; }

# The plan writes nothing.
check "plan" sweep plan "$t/tiny.sweep" --out="$t/all"
check "plan/counts_runs" said stdout \
    '^runs      8 cells x 2 variants x 3 replications = 48$'
check "plan/counts_what_the_constraint_leaves" said stdout '^cells     8 of 9'
check "plan/estimates" said stdout '^estimate  .* of one CPU'
check "plan/writes_nothing" absent "$t/all"
check "plan/no_probe" sweep plan "$t/tiny.sweep" --no-probe
check "plan/no_probe/no_estimate" sh -c '! grep -q estimate "$1/stdout"' sh "$t"

# Of more cells than it asks all, an estimate is as good, and takes no longer.
sed 's/^constraint.*//; s/^host.cpus = .*;4$/scenario.seed = 1..700 step 1/
    /^\[labels\]/,$d' "$t/tiny.sweep" >"$t/many.sweep"
check "plan/many" sweep plan "$t/many.sweep"
check "plan/many/asks_some" said stdout \
    '^cells     2100'
check "plan/many/tells_of_how_many" said stdout 'wants, asked of 2000 cells'
refuse "merge/nothing_was_run" 2 sweep merge "$t/tiny.sweep" --out="$t/all"

# One process, then the same in other ways.
check "run" sweep run "$t/tiny.sweep" --out="$t/all" --jobs=1
check "run/a_row_a_run" has_rows "$t/all" 48
check "run/a_file_a_process" test "$(find "$t/all/rows" -type f | wc -l)" -eq 1
check "run/leaves_no_temporaries" no_temporaries "$t/all"
check "merge" merge "$t/all" "$t/all.csv"
check "merge/a_row_a_run" sh -c \
    '[ "$(grep -vc "^#" "$1/all.csv")" -eq 49 ]' sh "$t"
check "merge/parameters_lead" grep -q \
    '^host.cpus,workload:web.rate_per_s,variant,stack,replication,' \
    "$t/all.csv"
check "merge/labels_and_numbers" grep -q \
    '^four,200,proposed,freebsd-12.2,3,42,' "$t/all.csv"
check "merge/column_reads_it" sh -c '[ "$("$PCBSIM" column ok "$1/all.csv" \
    --variant=current --where=host.cpus=two | wc -l)" -eq 9 ]' sh "$t"
check "plan/tells_what_is_there" sweep plan "$t/tiny.sweep" --no-probe \
    --out="$t/all"
check "plan/tells_what_is_there/all" said stdout '^there     48 in '

# A row is what `run' says of the same variant, replication and values.
"$PCBSIM" run "$t/tiny.ini" --set=host.cpus=4 --set=workload:web.rate=200/s \
    --replications=3 --no-plots --quiet --out="$t/one" >/dev/null
check "row_is_that_of_run" sh -c 'grep "^proposed,freebsd-12.2,3," \
    "$1/one/summary.csv" | sed "s/^/four,200,/" >"$1/a"
    grep "^four,200,proposed,freebsd-12.2,3," "$1/all.csv" >"$1/b"
    [ -s "$1/a" ] && cmp "$1/a" "$1/b"' sh "$t"

check "jobs" sweep run "$t/tiny.sweep" --out="$t/jobs" --jobs=4
merge "$t/jobs" "$t/jobs.csv"
check "jobs/same_bytes" cmp "$t/all.csv" "$t/jobs.csv"
check "again" sweep run "$t/tiny.sweep" --out="$t/jobs"
check "again/does_nothing" said stdout '48 runs there, 0 of them new'

check "shard/3" sweep run "$t/tiny.sweep" --out="$t/shards" --shard=3/3
check "shard/3/its_share" has_rows "$t/shards" 16
refuse "shard/merge_is_incomplete" 3 sweep merge "$t/tiny.sweep" \
    --out="$t/shards" --csv="$t/part.csv"
check "shard/missing_runs_are_listed" sh -c \
    '[ "$(grep -c "^missing: run " "$1/stderr")" -eq 32 ]' sh "$t"
check "shard/missing_runs_are_counted" said stderr \
    '^32 of 48 runs are missing, in 8 of 8 cells; of current 16, proposed 16$'
check "shard/what_is_there_is_marked" grep -q \
    '^# INCOMPLETE: 32 of 48 runs are missing' "$t/part.csv"
check "shard/1_and_2_at_once" sh -c '
    "$PCBSIM" sweep run "$1/tiny.sweep" --out="$1/shards" --shard=1/3 -q &
    "$PCBSIM" sweep run "$1/tiny.sweep" --out="$1/shards" --shard=2/3 -q &&
    wait $!' sh "$t"
merge "$t/shards" "$t/shards.csv"
check "shard/same_bytes" cmp "$t/all.csv" "$t/shards.csv"
check "csv" sweep merge "$t/tiny.sweep" --out="$t/all" --csv="$t/file.csv"
check "csv/same_bytes" cmp "$t/all.csv" "$t/file.csv"

# Of many only the first are named.
sed 's/^replications = 3/replications = 30/' "$t/tiny.sweep" >"$t/many.sweep"
refuse "many/merge_is_incomplete" 3 sweep merge "$t/many.sweep" \
    --out="$t/all" --csv="$t/part.csv"
check "many/the_first_are_named" sh -c \
    '[ "$(grep -c "^missing: run " "$1/stderr")" -eq 50 ]' sh "$t"
check "many/the_rest_is_counted" said stderr '^missing: 382 more$'
check "many/all_are_counted" said stderr \
    '^432 of 480 runs are missing, in 8 of 8 cells; of current 216, proposed '
# Its directory is no result: who takes it for one is told what to do.
for command in plot report compare; do
	"$PCBSIM" $command "$t/all" >"$t/stdout" 2>"$t/stderr"
	check "no_result/$command" test $? -eq 2
	check "no_result/$command/names_merge" said stderr \
	    "all: holds the runs of a sweep, no result; .*sweep merge SWEEP --out="
done
refuse "no_result/plot_of_the_file" 2 "$PCBSIM" plot "$t/tiny.sweep" \
    2>"$t/stderr"
check "no_result/plot_of_the_file/names_merge" said stderr 'sweep merge'

# Of a torn row nothing is there: its run is missing, and done again.
victim=$(find "$t/shards/rows" -name '3-3.*' | head -1)
head -c -7 "$victim" >"$t/torn"
cp "$t/torn" "$victim"
refuse "torn" 3 sweep merge "$t/tiny.sweep" --out="$t/shards"
check "torn/is_missing" said stderr '^1 of 48 runs are missing'
check "torn/is_done_again" sweep run "$t/tiny.sweep" --out="$t/shards"
check "torn/alone" said stdout '48 runs there, 1 of them new'
merge "$t/shards" "$t/shards.csv"
check "torn/same_bytes" cmp "$t/all.csv" "$t/shards.csv"

# Damage to a row is told with its file and place; no other is the worse for it.
damage() {	# damage BYTE: of the second row of the file
	at=$(sed -n '1,4p' "$victim" | wc -c)
	printf X | dd of="$victim" bs=1 seek=$((at + $1)) conv=notrunc \
	    2>/dev/null
}
damage 40
refuse "damaged" 3 sweep merge "$t/tiny.sweep" --out="$t/shards"
check "damaged/says_where_and_what_to_do" said stderr \
    "missing: run .*/rows/3-3\..*: is damaged at byte $at; run again"
check "damaged/is_counted" said stderr \
    '^1 of 48 runs are missing, .*; damaged 1$'
check "damaged/is_done_again" sweep run "$t/tiny.sweep" --out="$t/shards" \
    --shard=3/3
check "damaged/alone" said stdout '16 runs there, 1 of them new'
merge "$t/shards" "$t/shards.csv"
check "damaged/same_bytes" cmp "$t/all.csv" "$t/shards.csv"
damage 0
check "whose_is_not_known" merge "$t/shards" "$t/shards.csv"
check "whose_is_not_known/is_told" said stderr \
    "^1 line that tells of no run: .*/rows/3-3\..*, byte $at\$"

# More replications add runs, and the rows that were there come first.
sed 's/^replications = 3/replications = 4/' "$t/tiny.sweep" >"$t/more.sweep"
check "more" sweep run "$t/more.sweep" --out="$t/shards"
check "more/only_the_new" said stdout '64 runs there, 16 of them new'
check "more/old_rows_first" sh -c '"$PCBSIM" sweep merge "$1/more.sweep" \
    --out="$1/shards" | grep -v "^#" | head -49 >"$1/a"
    grep -v "^#" "$1/all.csv" | cmp - "$1/a"' sh "$t"

# Killed, and killed harder, and resumed: 36 runs of some 50 ms.
sed -e 's/^duration = 2s/duration = 20s/; s/exponential(1s)/exponential(4s)/' \
    -e 's/^\[workload:web\]/[inbound]\nsegments = 20k\/s\n\n&/' \
    "$t/tiny.ini" | tr -d '\r' >"$t/slow.ini"
cat >"$t/slow.sweep" <<'SWEEP'
[sweep]
scenario = slow.ini
replications = 6
workload:web.rate = 1k/s..3k/s step 1k/s
SWEEP
start() {	# start OPTIONS...: sets pid once three more rows are there
	goal=$(($(rows "$t/slow") + 3))
	"$PCBSIM" sweep run "$t/slow.sweep" --out="$t/slow" --jobs=1 \
	    >"$t/stdout" 2>"$t/stderr" &
	pid=$!
	n=0
	while [ $n -lt 400 ] && [ "$(rows "$t/slow")" -lt "$goal" ]; do
		sleep 0.05
		n=$((n + 1))
	done
}
stopped() { start; kill -"$1" "$pid"; wait "$pid" 2>/dev/null; }
# One run of hours, so that it cannot be done before it is asked.
sed 's/^duration = .*/duration = 10h/' "$t/slow.ini" >"$t/long.ini"
printf '[sweep]\nscenario = long.ini\n' >"$t/long.sweep"
asked() {
	"$PCBSIM" sweep run "$t/long.sweep" --out="$t/long" --jobs=1 \
	    >"$t/stdout" 2>"$t/stderr" &
	pid=$!
	n=0
	while [ $n -lt 200 ] && ! grep -q 'to do 2' "$t/stderr"; do
		sleep 0.05
		n=$((n + 1))
	done
	kill -USR1 "$pid"
	while [ $n -lt 400 ] && ! grep -q ' gone' "$t/stderr"; do
		sleep 0.05
		n=$((n + 1))
	done
	kill -TERM "$pid"
	wait "$pid"
}
whole() {	# every file ends in a row, and none is damaged
	for f in "$t"/slow/rows/*.csv; do
		[ "$(grep -c . "$f")" -gt 3 ] &&
		    [ -z "$(tail -c 1 "$f" | tr -d '\n')" ] || return 1
	done
	sweep merge "$t/slow.sweep" --out="$t/slow"
	! grep 'damaged\|no run' "$t/stderr"
}
refuse "terminated" 143 stopped TERM
check "terminated/is_told" said stderr '^stopped: [0-9]* of 36 runs there'
check "terminated/rows_are_whole" whole
check "terminated/leaves_no_temporaries" no_temporaries "$t/slow"
refuse "interrupted" 130 stopped INT
refuse "killed" 137 stopped KILL
check "killed/rows_are_whole" whole
refuse "asked" 143 asked
check "asked/tells_how_far" said stderr '0 of 2 runs there, .* gone'
check "asked/what_was_under_way_is_dropped" has_rows "$t/long" 0
stale=$t/slow/tmp/0123456789abcdef.csv.elsewhere.7
fresh=$t/slow/tmp/0123456789abcdee.csv.elsewhere.7
touch -t 202001010000 "$stale"
touch "$fresh"
check "resumed" sweep run "$t/slow.sweep" --out="$t/slow"
check "resumed/not_from_the_start" sh -c \
    '! grep -q " 36 of them new" "$1/stdout"' sh "$t"
check "resumed/clears_stale_temporaries" absent "$stale"
check "resumed/leaves_those_of_others" test -e "$fresh"
check "straight" sweep run "$t/slow.sweep" --out="$t/straight"
check "resumed/same_bytes" sh -c '
    "$PCBSIM" sweep merge "$1/slow.sweep" --out="$1/slow" >"$1/a" &&
    "$PCBSIM" sweep merge "$1/slow.sweep" --out="$1/straight" >"$1/b" &&
    cmp "$1/a" "$1/b"' sh "$t"

# A directory of format 2, a file a run, is gone on with.
mkdir "$t/older" "$t/older/tmp"
sed 's/^format: .*/format: 2/' "$t/all/manifest" >"$t/older/manifest"
cat "$t/all"/rows/*.csv | awk -v dir="$t/older/parts" 'NR == 1 { build = $0 }
    NR == 3 { columns = substr($0, 3) }
    NR > 3 { at = dir "/" substr($1, 1, 2); system("mkdir -p " at)
	at = at "/" $1 ".csv"
	print build "\n# run: " $1 "\n" columns "\n" substr($0, 27) >at
	close(at) }'
check "older" merge "$t/older" "$t/older.csv"
check "older/same_bytes" cmp "$t/all.csv" "$t/older.csv"
victim=$(find "$t/older/parts" -name '*.csv' | sort | head -1)
head -c 300 "$victim" >"$t/torn"
cp "$t/torn" "$victim"
refuse "older/torn" 3 sweep merge "$t/tiny.sweep" --out="$t/older"
check "older/torn/is_told" said stderr 'is damaged, or of another build'
check "older/torn/is_done_again" sweep run "$t/tiny.sweep" --out="$t/older"
check "older/torn/alone" said stdout '48 runs there, 1 of them new'
check "older/torn/goes_on_in_the_new_format" has_rows "$t/older" 1
merge "$t/older" "$t/older.csv"
check "older/torn/same_bytes" cmp "$t/all.csv" "$t/older.csv"
victim=$(find "$t/older/parts" -name '*.csv' | sort | tail -1)
printf X | dd of="$victim" bs=1 seek=5 conv=notrunc 2>/dev/null
refuse "older/damaged" 3 sweep merge "$t/tiny.sweep" --out="$t/older"
check "older/damaged/says_what_to_do" said stderr 'remove it and run again'
rm "$victim"
check "older/damaged/is_done_again" sweep run "$t/tiny.sweep" --out="$t/older"
merge "$t/older" "$t/older.csv"
check "older/damaged/same_bytes" cmp "$t/all.csv" "$t/older.csv"

# Builds and scenarios do not mix.
cp -R "$t/all" "$t/mixed"
sed 's/^build: .*/build: 0.0.1 (of yore)/' "$t/all/manifest" \
    >"$t/mixed/manifest"
refuse "other_build" 2 sweep run "$t/tiny.sweep" --out="$t/mixed"
check "other_build/is_named" said stderr 'another build, 0.0.1 (of yore)'
refuse "other_build/merge" 2 sweep merge "$t/tiny.sweep" --out="$t/mixed"
refuse "other_build/merge_by_force_finds_none_of_its_runs" 3 \
    sweep merge "$t/tiny.sweep" --out="$t/mixed" --force
check "other_build/force" sweep run "$t/tiny.sweep" --out="$t/mixed" --force
check "other_build/force/is_ours_now" sweep run "$t/tiny.sweep" \
    --out="$t/mixed"
grep -v '^format: ' "$t/all/manifest" >"$t/mixed/manifest"
refuse "other_format" 2 sweep run "$t/tiny.sweep" --out="$t/mixed" --force
check "other_format/is_told" said stderr 'is laid out in format 1'
sed 's/^duration = 2s/duration = 3s/' "$t/tiny.ini" >"$t/changed"
cp "$t/tiny.ini" "$t/was"
cp "$t/changed" "$t/tiny.ini"
refuse "other_scenario" 2 sweep run "$t/tiny.sweep" --out="$t/all"
check "other_scenario/is_told" said stderr 'another scenario'
cp "$t/was" "$t/tiny.ini"
mkdir "$t/home"
echo mine >"$t/home/letter"
refuse "somebody_elses" 4 sweep run "$t/tiny.sweep" --out="$t/home"
check "somebody_elses/is_untouched" sh -c \
    '[ "$(ls -A "$1/home")" = letter ]' sh "$t"

# A row that cannot be written whole is not there at all.
small() { (ulimit -f 1; sweep run "$t/tiny.sweep" --out="$t/small" --jobs=1); }
refuse "full_disk/run" 4 small
check "full_disk/run/names_the_file" said stderr 'cannot write .*/rows/'
check "full_disk/run/leaves_no_row" has_rows "$t/small" 0
check "full_disk/run/leaves_no_file" sh -c '[ -z "$(ls -A "$1/small/rows")" ]' \
    sh "$t"
check "full_disk/run/leaves_no_temporaries" no_temporaries "$t/small"

# Usage and files that are wrong.
check "help" sweep --help
check "help/names_it" said stdout 'pcbsim sweep'
refuse "no_verb" 2 sweep
refuse "no_file" 2 sweep run
refuse "unknown_verb" 2 sweep rnu "$t/tiny.sweep"
check "unknown_verb/nearest" said stderr "did you mean 'run'"
for s in 0/3 4/3 3 1/0 a/b 1/2/3; do
	refuse "bad_shard/$s" 2 sweep run "$t/tiny.sweep" --shard=$s
done
sed 's/^host.cpus = 1;2;4/host.cpsu = 1;2;4/' "$t/tiny.sweep" >"$t/bad.sweep"
refuse "bad_key" 2 sweep run "$t/bad.sweep" --out="$t/bad"
check "bad_key/line_and_nearest" said stderr \
    "bad.sweep:4: \[sweep\] host.cpsu = 1;2;4: .*did you mean 'cpus'"
check "bad_key/writes_nothing" absent "$t/bad"
refuse "out_below_a_file" 4 sweep run "$t/tiny.sweep" --out="$t/was/x"
if [ -w /dev/full ]; then
	full() { "$PCBSIM" sweep merge "$t/tiny.sweep" --out="$t/all" \
	    >/dev/full 2>"$t/stderr"; }
	refuse "full_disk/merge" 4 full
fi
for f in scenarios/*.sweep; do
	check "plan/$f" sweep plan "$f" --no-probe
done
tap_done
