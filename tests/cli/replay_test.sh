#!/bin/sh
# The same build and seed give the same bytes: run twice, with any --jobs, with
# either search, and from the run.ini that a run left behind.
. tests/tools/tap.sh

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

run() {	# run DIR ARGUMENTS...
	dir=$1
	shift
	"$PCBSIM" run --out="$out/$dir" --no-plots --quiet "$@" \
	    >"$out/$dir.log" 2>&1
	code=$?
	[ $code -eq 0 ] || sed 's/^/# /' "$out/$dir.log"
	return $code
}
same() {
	cmp "$out/$1/run.ini" "$out/$2/run.ini" || return 1
	same_csv "$1" "$2"
}
same_csv() {
	for f in summary timeline stalls latency; do
		cmp "$out/$1/$f.csv" "$out/$2/$f.csv" || return 1
	done
}

s=scenarios/replay-stream-longlived.ini
set -- "$s" --replications=2
check "runs" run one "$@" --jobs=1
check "runs_again" run again "$@" --jobs=1
check "runs_two_at_a_time" run jobs "$@" --jobs=2
check "runs_walking" run walk "$@" --jobs=2 --search=walk
check "twice_the_same_bytes" same one again
check "any_jobs_the_same_bytes" same one jobs
check "either_search_the_same_csv" same_csv one walk
check "runs_from_run_ini" run back "$out/one/run.ini"
check "run_ini_gives_the_same_bytes" same one back
check "another_seed_runs" run seed "$@" --seed=7
refuse "another_seed_other_bytes" 1 \
    cmp -s "$out/one/summary.csv" "$out/seed/summary.csv"
# Rows left out on request are told wherever the result goes.
mkdir "$out/bad"
{
	echo 'time_s,laddr,faddr,fport,duration_s'
	echo '0,,203.0.113.1,80,1'
	echo '1,,203.0.113.1,8o,1'
	echo '2,,203.0.113.1,80,1'
} >"$out/bad/rows.csv"
cat >"$out/bad/skip.ini" <<'EOT'
[scenario]
format = 1
duration = 5s
[workload:w]
load = replay
file = rows.csv
on-error = skip
[variant:v]
stack = freebsd-12.0
EOT
check "skipping_runs" run skip "$out/bad/skip.ini"
check "skipped_rows_are_told_on_stderr" grep -q 'rows.csv: 1 bad row ' \
    "$out/skip.log"
check "skipped_rows_are_told_in_the_result" \
    grep -q '^# skipped: .*rows.csv:3: column fport' "$out/skip/summary.csv"
check "skipped_rows_are_told_in_the_mail" grep -q '^SKIPPED:' \
    "$out/skip/report.txt"
tap_done
