#!/bin/sh
# calibrate: a table that host.costs takes at once, or an error before the wait.
#
# Alone: it measures this machine.
. tests/tools/tap.sh
. tests/tools/try.sh

calibrate() { "$PCBSIM" calibrate "$@" >"$t/out" 2>"$t/err"; }
silent() { ! test -s "$t/out"; }

mkdir "$t/here"
check "writes" calibrate --quick -o "$t/here/mine.csv"
check "nothing_on_stdout" silent
check "says_how_to_use_it" said "costs = $t/here/mine.csv"
check "leaves_nothing_else" test "$(ls -A "$t/here")" = mine.csv
check "no_progress_in_a_file" sh -c '! tr "\r" "\n" <"$1" | grep "% *$"' - \
    "$t/err"
cat >"$t/here/s.ini" <<'INI'
[scenario]
format = 1
name = mine
duration = 1s
[host]
cpus = 2
laddrs = 198.51.100.1
costs = mine.csv
[workload:w]
load = poisson
rate = 100/s
lifetime = constant(100ms)
bind = none
faddrs = 203.0.113.10
fport = 443
[variant:current]
stack = freebsd-12.0
INI
check "a_run_takes_it" "$PCBSIM" run --quiet --no-plots -o "$t/result" \
    "$t/here/s.ini"
check "the_run_used_it" grep -q 'costs = .*mine.csv' "$t/result/run.ini"

refuse "directory" 4 calibrate --quick -o "$t/here"
refuse "missing_directory" 4 calibrate --quick -o "$t/none/mine.csv"
check "missing_directory_is_named" said "$t/none/mine.csv: No such file"
if [ -w /dev/full ]; then
	refuse "full_disk" 4 calibrate --quick -o /dev/full
	check "full_disk_is_still_a_device" test -c /dev/full
fi
refuse "argument" 2 calibrate mine.csv
refuse "unknown_option" 2 calibrate --fast
tap_done
