#!/bin/sh
# The main case, from a scenario file and from a recorded workload, to report
# and pictures: what `make demo' does.  It ends with the mail, up to its
# appendix, where the pictures are, and what to do next.
#
#	demo.sh PCBSIM
set -eu
pcbsim=$1

# A claim that does not hold (exit 1) is something to show, too.
code=0
echo "Running scenarios/replay-steady-nobind.ini and scenarios/seed-2019.ini:"
echo "half a minute, of eight replications."
echo
"$pcbsim" run --quiet scenarios/replay-steady-nobind.ini || code=$?
[ "$code" -le 1 ] || exit "$code"
"$pcbsim" run --quiet scenarios/seed-2019.ini || code=$?
[ "$code" -le 1 ] || exit "$code"

# Its first paragraph is the headline.
sed '/^=* Appendix =*$/,$d' results/seed-2019/report.txt
echo "Pictures and data; the same for a recorded proxy in replay-steady-nobind:"
for dir in seed-2019 replay-steady-nobind; do
	for name in port-exhaustion lock-stalls address-occupancy \
	    connect-causes observer-lags pcb-states; do
		f=results/$dir/plots/$name.svg
		if [ -s "$f" ]; then
			echo "  $f"
		else
			echo "  $f was not drawn: is gnuplot installed?"
		fi
	done
done
echo
echo "The mail, whole: results/seed-2019/report.txt; a page: .../report.html"
echo "Next, your own machine:"
echo "  $pcbsim ask --rate=2k/s --lifetime=1s     # when, and what helps"
echo "  $pcbsim init my.ini                       # a scenario to begin with"
exit "$code"
