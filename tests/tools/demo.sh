#!/bin/sh
# The main case, from a scenario file and from a recorded workload, to report
# and pictures: what `make demo' prints.
#
#	demo.sh PCBSIM
set -eu
pcbsim=$1

# A claim that does not hold (exit 1) is something to show, too.
code=0
for name in replay-steady-nobind seed-2019; do
	"$pcbsim" run --quiet "scenarios/$name.ini" || code=$?
	[ "$code" -le 1 ] || exit "$code"
done
cat results/seed-2019/report.txt
echo
echo "Pictures and data; the same for a recorded proxy in replay-steady-nobind:"
for dir in seed-2019 replay-steady-nobind; do
	for name in port-exhaustion lock-stalls address-occupancy \
	    connect-causes; do
		f=results/$dir/plots/$name.svg
		if [ -s "$f" ]; then
			echo "$f"
		else
			echo "$f was not drawn: is gnuplot installed?"
		fi
	done
done
echo "One page of each: results/seed-2019/report.html, and so on."
exit "$code"
