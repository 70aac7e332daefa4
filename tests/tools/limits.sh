#!/bin/sh
# results/published/limits: the largest rate of unbound connects that a machine
# survives, by the number of connections beside them and by stack.
#
#	limits.sh PCBSIM
set -eu
pcbsim=$1
dir=results/published/limits
mkdir -p "$dir"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
table=$tmp/limits.md
{
	echo "# How many unbound connects a second does the machine survive?"
	echo
	echo "\`pcbsim limit scenarios/limit-rate.ini --set=workload:nginx.rate=R"
	echo "--vary=workload:utilities.rate=1/s..1k/s --until='verdict >= freezes'"
	echo "--replications=8 --tolerance=2%\`: 8 CPUs, 50 addresses; the"
	echo "connections (20 s of R) hold every port; nobody tries again. Screen,"
	echo "ssh, a daemon or a serial line freezes (is late by more than its"
	echo "deadline, 500 ms) from this rate on, with 95 %"
	echo "intervals. $("$pcbsim" --version)"
	echo
	echo "| connections | stack | freezes |"
	echo "|---|---|---|"
} >"$table"
for rate in 5k 10k 20k 40k; do
	"$pcbsim" limit scenarios/limit-rate.ini --quiet --replications=8 \
	    --set=workload:nginx.rate=$rate/s --tolerance=2% \
	    --vary=workload:utilities.rate=1/s..1k/s \
	    --until='verdict >= freezes' -o "$tmp/$rate.csv" >"$tmp/out"
	grep -v '^#' "$tmp/$rate.csv" | sed "1s/^/nginx_rate,/; 1!s/^/$rate,/" |
	    if [ $rate = 5k ]; then cat; else sed 1d; fi >>"$tmp/limits.csv"
	sed -e 's/: verdict >= freezes: / | /' -e 's/; [0-9]* runs$//' \
	    -e "s/^/| $(( ${rate%k} * 20 )),000 | /" -e 's/$/ |/' \
	    "$tmp/out" >>"$table"
done
cp "$table" "$dir/limits.md"
cp "$tmp/limits.csv" "$dir/limits.csv"
