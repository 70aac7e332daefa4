#!/bin/sh
# Speed of the program as a whole: program_bench.sh BUILD PCBSIM [GROUP]; list, of
# these.  CPU seconds of one core, or wall-clock time where two processes are
# compared; each sample right before one of the yardstick.  The lines are those of
# tests/bench/bench.h.
set -eu
build=$1 pcbsim=$2 group=${3:-all}
LC_ALL=C
export LC_ALL
if [ "$group" = list ]; then
	echo seed replay jobs sweep plan instructions
	exit
fi
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
trap 'exit 1' INT TERM

# User and system time of a command and its children, s.
cpu() {
	( "$@" >/dev/null 2>&1; times ) | tail -n 1 | tr 'ms' '  ' |
	    awk '{ print 60 * $1 + $2 + 60 * $3 + $4 }'
}

wall() {
	from=$(date +%s.%N)
	"$@" >/dev/null 2>&1
	echo "$from $(date +%s.%N)" | awk '{ print $2 - $1 }'
}

peak() {	# peak SCENARIO: MiB; nothing, if time(1) cannot tell
	/usr/bin/time -o "$t/kib" -f %M "$pcbsim" run "$1" --jobs=1 \
	    --no-plots --quiet --out="$t/out" >/dev/null 2>&1 || return 0
	awk 'END { if ($1 > 0) print $1 / 1024 }' "$t/kib"
}

row() {	# row WORK UNIT SENSE TARGET YARDSTICK UNIT RATIO SAMPLES
	work=$1 unit=$2 sense=$3 target=$4 yard=$5 yard_unit=$6 ratio=$7
	shift 7
	printf '%s\t' "$work" "$unit" "$sense" "$target" "$yard" \
	    "$yard_unit" "$ratio" - -
	echo "$*"
}

run() { "$pcbsim" run "$@" --no-plots --quiet --out="$t/out"; }
# A queue without an engine: tests/bench/mm1_bench.c.
by_hand() { "$build/tests/bench/mm1_bench" alone hand "$1"; }

wanted() { [ "$group" = all ] || [ "$group" = "$1" ]; }

if wanted seed; then
	s=
	for i in 1 2 3 4 5; do
		s="$s $(cpu run scenarios/seed-2019.ini --replications=1 \
		    --jobs=1):$(cpu by_hand 10000000):-"
	done
	row 'seed-2019 both variants' s most 2 \
	    'ten million customers by hand' s - $s
fi

# 5,000 connections a second to 16 peers; each lives 50 ms.
recording() {	# recording NAME CONNECTIONS
	awk -v n="$2" 'BEGIN { print "time_s,laddr,faddr,fport,duration_s"
	    for (i = 1; i <= n; i++) printf \
		"%.6f,,203.0.113.%d,443,0.050000\n", i * 0.0002, i % 16 + 1 }' \
	    >"$t/$1.csv"
	cat >"$t/$1.ini" <<-EOT
	[scenario]
	format = 1
	duration = $(($2 / 5000 + 1))s
	[host]
	cpus = 8
	laddrs = 192.0.2.1
	[workload:w]
	load = replay
	file = $1.csv
	threads = 8
	closer = remote
	[variant:v]
	stack = freebsd-12.2
	EOT
}

if wanted replay; then
	recording most 10000000
	recording some 1000000
	s=
	for i in 1 2 3; do
		s="$s $(cpu run "$t/most.ini" --jobs=1):$(cpu \
		    by_hand 10000000):-"
	done
	row '10 million recorded connections' s most 10 \
	    'ten million customers by hand' s - $s
	some=$(peak "$t/some.ini")
	[ -z "$some" ] || row 'memory for these' MiB most 64 \
	    'a tenth of them' MiB 1.1 "$(peak "$t/most.ini"):$some:-"
	rm -f "$t"/*.csv
fi

both() {	# two processes of "$@" at a time
	"$@" &
	"$@"
	wait $!
}

# A clock of whole seconds is none.
if wanted jobs && ! date +%N | grep -q '[^0-9]'; then
	s=
	for i in 1 2 3; do
		one=$(wall run scenarios/seed-2019.ini --replications=8 \
		    --jobs=1)
		two=$(wall run scenarios/seed-2019.ini --replications=8 \
		    --jobs=2)
		alone=$(wall by_hand 20000000)
		beside=$(wall both by_hand 20000000)
		s="$s $(echo "$one $two $alone $beside" | awk '{
		    printf "%.6g:%.6g:-", $1 / $2, 2 * $3 / $4 }')"
	done
	row 'two jobs against one' times least 1.9 'two processes by hand' \
	    times 0.95 $s
fi

# The tiny run of docs/SCALE.md.
tiny() {
	sh tests/tools/small.sh tiny 2s |
	    sed '/^\[variant:proposed\]/,$d' >"$t/tiny.ini"
	printf '[host]\nladdrs = auto\n' >>"$t/tiny.ini"
}

# Planning and what a process costs are left out.
cells() {	# cells RATES REPLICATIONS: how long so many take
	printf '[sweep]\nscenario = tiny.ini\nreplications = %s\n%s\n' "$2" \
	    "workload:web.rate = $1 step 1/s" >"$t/t.sweep"
	rm -rf "$t/sweep"
	cpu "$pcbsim" sweep run "$t/t.sweep" --jobs=1 --quiet \
	    --out="$t/sweep"
}
plan() { "$pcbsim" sweep plan "$t/t.sweep"; }

# Of 100 connections, as in docs/scale.csv; and of 900, each of its own cell.
if wanted sweep; then
	tiny
	s= m=
	for i in 1 2 3; do
		few=$(cells 1/s..100/s 1) many=$(cells 1/s..100/s 6)
		less=$(cells 100/s..199/s 1) more=$(cells 100/s..699/s 1)
		hand=$(cpu by_hand 10000000)
		each() { echo "$1 $2 $hand" | awk '{
		    printf "%.6g:%.6g:-", ($2 - $1) * 2, $3 }'; }
		s="$s $(each "$few" "$many")" m="$m $(each "$less" "$more")"
	done
	row 'a run of a millisecond in a sweep' ms most 0.3 \
	    'ten million customers by hand' s - $s
	row 'a run of 900 connections in a sweep' ms most - \
	    'ten million customers by hand' s - $m
fi

if wanted plan; then
	tiny
	printf '[sweep]\nscenario = tiny.ini\nreplications = 1\n%s\n%s\n' \
	    'workload:web.rate = 100/s..429/s step 1/s' \
	    'scenario.seed = 1..300 step 1' >"$t/t.sweep"
	s=
	for i in 1 2 3; do
		s="$s $(cpu plan):$(cpu by_hand 10000000):-"
	done
	row 'sweep plan of 99000 cells' s most 1 \
	    'ten million customers by hand' s - $s
fi

# By callgrind, which counts the same for everybody.
count() {	# count WORK CPUS: instructions of an acquisition
	for n in 20000 40000; do
		valgrind --tool=callgrind --callgrind-out-file=/dev/null \
		    "$build/tests/bench/lock_bench" alone "$1" "$2" "$n" \
		    2>&1 | sed -n 's/.*Collected : //p'
	done | awk '{ a = b; b = $1 } END { print (b - a) / 20000 }'
}

if wanted instructions && command -v valgrind >/dev/null; then
	for n in 16:330 256:450; do
		row "FIFO lock ${n%:*} CPUs: instructions" instructions most \
		    "${n#*:}" 'a loop by hand' instructions - \
		    "$(count engine "${n%:*}"):$(count hand "${n%:*}"):-"
	done
fi
