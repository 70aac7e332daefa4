#!/bin/sh
# make check-extent: what is large, within the time and memory that
# docs/RELIABILITY.md states, or refused at once with the figure.
#
#	extent.sh PCBSIM	one row a case, in the layout of that table
#
# Time is that of CPUs, so that others on the machine do not count.
set -u
PCBSIM=$1
case $PCBSIM in /*) ;; *) PCBSIM=$PWD/${PCBSIM#./} ;; esac
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
bad=0

base() {	# base NAME DURATION CPUS LADDRS
	printf '[scenario]\nformat = 1\nname = %s\nduration = %s\n' "$1" "$2"
	printf '[host]\ncpus = %s\nladdrs = 198.51.100.1*%s\n' "$3" "$4"
	echo 'maxsockets = 64M'
}
load() {	# load NAME RATE LIFETIME FADDRS BIND [MORE]
	printf '[workload:%s]\nload = poisson\nrate = %s\n' "$1" "$2"
	printf 'lifetime = exponential(%s)\nfaddrs = 11.0.0.1*%s\n' "$3" "$4"
	printf 'bind = %s\nfport = 443\n%s\n' "$5" "${6:-}"
}
stacks() {
	for s in "$@"; do
		printf '[variant:%s]\nstack = %s\n' "$(echo "$s" | tr . -)" "$s"
	done
}

# measured WHAT SECONDS MIB COMMAND...: at most so much of both
measured() {
	what=$1 most_s=$2 most_mib=$3
	shift 3
	/usr/bin/time -f '%U %S %M' -o "$t/time" timeout 900 "$PCBSIM" "$@" \
	    >"$t/out" 2>"$t/err"
	code=$?
	# shellcheck disable=SC2046
	set -- $(tail -n 1 "$t/time")
	row=$(awk -v what="$what" -v s="$1" -v y="$2" -v kib="$3" \
	    -v ms="$most_s" -v mm="$most_mib" -v code=$code 'BEGIN {
	    s += y; mib = kib / 1024
	    printf "| %s | %.1f s | %d MiB | %d s, %d MiB |%s", what, s, mib,
		ms, mm, (code == 0 && s <= ms && mib <= mm) ? "" : " BROKEN" }')
	echo "$row"
	case $row in *BROKEN) bad=1; head -n 3 "$t/err" ;; esac
}
# refused WHAT PATTERN COMMAND...: with exit 2, within a second
refused() {
	what=$1 pattern=$2
	shift 2
	/usr/bin/time -f '%U %S %M' -o "$t/time" timeout 60 "$PCBSIM" "$@" \
	    >"$t/out" 2>"$t/err"
	code=$?
	# shellcheck disable=SC2046
	set -- $(tail -n 1 "$t/time")
	if [ $code -eq 2 ] && grep -q -- "$pattern" "$t/err"; then
		echo "| $what | $1 s | $(($3 / 1024)) MiB | refused |"
	else
		echo "| $what | exit $code | | refused | BROKEN"
		bad=1
	fi
}

{ base pcbs 2s 8 500
load web 20k/s 1000s 4 laddr 'open = 10M'
stacks freebsd-14; } >"$t/pcbs.ini"
{ base laddrs 10s 8 500
load web 20k/s 5s 4 laddr
stacks freebsd-12.0 freebsd-14; } >"$t/laddrs.ini"
{ base cpus 10s 256 3
load web 20k/s 1s 4 none
stacks freebsd-12.0 freebsd-14; } >"$t/cpus.ini"
{ base workloads 10s 8 3
n=0
while [ $n -lt 1000 ]; do
	load w$n 20/s 1s 4 none
	n=$((n + 1))
done
stacks freebsd-12.0 freebsd-14; } >"$t/workloads.ini"
{ base dests 10s 8 3
load web 20k/s 5s 1000000 none
stacks freebsd-12.0 freebsd-14; } >"$t/dests.ini"
{ base day 24h 8 3
load web 20/s 10s 4 none
stacks freebsd-12.0 freebsd-14; } >"$t/day.ini"
{ base small 1s 8 3
load web 100/s 1s 4 none
stacks freebsd-14; } >"$t/small.ini"
{ printf '[sweep]\nscenario = small.ini\n'
echo 'workload:web.rate = 1/s..330/s step 1/s'
printf 'host.cpus = 1'
n=2
while [ $n -le 300 ]; do printf ';%d' $n; n=$((n + 1)); done
echo; } >"$t/cells.sweep"

echo '| what | CPU | memory | at most |'
echo '|---|---|---|---|'
run="--no-plots -q -o $t/r"
# shellcheck disable=SC2086
{
measured '10 million open pcbs' 60 2048 run "$t/pcbs.ini" $run
measured '500 local addresses' 10 256 run "$t/laddrs.ini" $run
measured '256 CPUs' 10 256 run "$t/cpus.ini" $run
measured '1,000 workloads' 20 256 run "$t/workloads.ini" $run
measured 'a million destinations' 10 640 run "$t/dests.ini" $run
measured 'a day' 60 256 run "$t/day.ini" $run
measured '99,000 cells, planned' 20 256 sweep plan "$t/cells.sweep" --no-probe
refused '10 million accepts a second' 'of a CPU and about [0-9]* GB' run \
    "$t/small.ini" --set=inbound.accepts=10M/s \
    --set=scenario.duration=60s --memory=24G
refused '100,000 local addresses' 'a list has 1 to 65536' check \
    "$t/small.ini" --set='host.laddrs=198.51.100.1*100000'
refused '2 million destinations' 'a list has 1 to 1048576' check \
    "$t/small.ini" --set='workload:web.faddrs=11.0.0.1*2000000'
}
exit $bad
