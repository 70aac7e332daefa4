#!/bin/sh
# Speed of the program as a whole: program_bench.sh PCBSIM.  CPU seconds of
# one core, medians of three; wall-clock time where two are compared.
set -eu
pcbsim=$1
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
LC_ALL=C
export LC_ALL

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

median() {	# median of three runs of "$@"
	for i in 1 2 3; do "$@"; done | sort -n | sed -n 2p
}

row() {	# row WORK VALUE UNIT TARGET LEAST-OR-MOST
	awk -v work="$1" -v v="$2" -v unit="$3" -v target="$4" \
	    -v how="$5" 'BEGIN {
	held = how == "most" ? v <= target : v >= target
	printf "%s,%.4g,%s,%s,%s\n", work, v, unit, target,
	    held ? "yes" : "no"
	}'
}

echo "work,value,unit,target,held"
run() { "$pcbsim" run "$@" --no-plots --quiet --out="$t/out"; }

row "seed-2019 both variants" \
    "$(median cpu run scenarios/seed-2019.ini --replications=1 --jobs=1)" \
    s 2 most

# 5,000 connections a second to 16 peers; each lives 50 ms.
awk 'BEGIN { print "time_s,laddr,faddr,fport,duration_s"
    for (i = 1; i <= 10000000; i++) printf \
	"%.6f,,203.0.113.%d,443,0.050000\n", i * 0.0002, i % 16 + 1 }' \
    >"$t/ten-million.csv"
cat >"$t/ten-million.ini" <<EOT
[scenario]
format = 1
duration = 2001s
[host]
cpus = 8
laddrs = 192.0.2.1
[workload:w]
load = replay
file = ten-million.csv
threads = 8
closer = remote
[variant:v]
stack = freebsd-12.2
EOT
row "10 million recorded connections" \
    "$(cpu run "$t/ten-million.ini" --jobs=1)" s 10 most
if [ -x /usr/bin/time ]; then
	/usr/bin/time -f %M "$pcbsim" run "$t/ten-million.ini" --no-plots \
	    --quiet --out="$t/out" >/dev/null 2>"$t/kib" &&
	    row "memory for these" "$(awk 'END { print $1 / 1024 }' \
		"$t/kib")" MiB 64 most
fi
rm "$t/ten-million.csv"

case $(date +%N) in
*[!0-9]*) exit 0 ;;	# a clock of whole seconds
esac
one=$(median wall run scenarios/seed-2019.ini --replications=8 --jobs=1)
two=$(median wall run scenarios/seed-2019.ini --replications=8 --jobs=2)
row "two jobs against one" \
    "$(echo "$one $two" | awk '{ print $1 / $2 }')" ratio 1.9 least
