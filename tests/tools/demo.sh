#!/bin/sh
# The main case from scenario to report: what `make demo' prints.
#
#	demo.sh PCBSIM
set -eu
pcbsim=$1

# A claim that does not hold (exit 1) is something to show, too.
code=0
"$pcbsim" run --quiet scenarios/seed-2019.ini || code=$?
[ "$code" -le 1 ] || exit "$code"
cat results/seed-2019/report.txt
echo
echo "Pictures:"
for name in port-exhaustion lock-stalls; do
	f=results/seed-2019/plots/$name.svg
	if [ -s "$f" ]; then
		echo "$f"
	else
		echo "$f was not drawn: is gnuplot installed?"
	fi
done
exit "$code"
