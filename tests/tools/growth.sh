#!/bin/sh
# How CPU time and memory of a run grow with what may be large in a scenario.
#
#	growth.sh PCBSIM CSV		measures; writes CSV and, beside it, .svg
#	growth.sh --scenario AXIS N STACK	prints the scenario of one row
#	growth.sh --page CSV		prints the table of docs/PERFORMANCE.md
#	growth.sh --picture CSV SVG	draws it
#
# CPU seconds of one core, user and system, the least of up to three runs: what
# else runs on the machine adds to them, and takes nothing away.  The exponent
# is that of the last step; the smallest sizes are what a process costs.
set -eu
LC_ALL=C
export LC_ALL

scenario() {	# scenario AXIS N STACK
	axis=$1 n=$2 stack=$3
	cpus=8 laddrs=50 faddrs=4 duration=1 queues= workloads=1 variants=1
	rate=100000 lifetime='constant(50ms)' open= segments=1000 retry=
	case $axis in
	connections) duration=$(awk "BEGIN { print $n / 100000 }") ;;
	pcbs) open="open = $n" rate=1000 lifetime='constant(2h)' laddrs=500 ;;
	cpus) cpus=$n ;;
	queues) queues="queues = $n" cpus=256 segments=200000 rate=1000 ;;
	laddrs) laddrs=$n ;;
	faddrs) faddrs=$n ;;
	workloads) workloads=$n ;;
	duration) duration=$n rate=100 ;;
	variants) variants=$n rate=2000 ;;
	everything) open="open = $n" rate=1000 lifetime='constant(2h)' \
	    laddrs=500 cpus=256 ;;
	esac
	cat <<-INI
	[scenario]
	format = 1
	duration = ${duration}s
	[host]
	cpus = $cpus
	laddrs = 10.0.0.1*$laddrs
	maxsockets = 12M
	[inbound]
	segments = $segments/s
	$queues
	INI
	i=0
	while [ $i -lt "$workloads" ]; do
		cat <<-INI
		[workload:w$i]
		load = steady
		rate = $(awk "BEGIN { print $rate / $workloads }")/s
		lifetime = $lifetime
		threads = 8
		bind = laddr
		faddrs = 203.0.113.1*$faddrs
		fport = 443
		closer = remote
		$open
		INI
		i=$((i + 1))
	done
	i=0
	while [ $i -lt "$variants" ]; do
		printf '[variant:v%d]\nstack = %s\n' $i "$stack"
		i=$((i + 1))
	done
}

# axis,stack,n,cpu_s,peak_kib -> the table, a line an axis and stack.
page() {
	echo '| grows with | kernel | from | to | CPU s | to the power | MiB |' \
	    'to the power |'
	echo '|---|---|---|---|---|---|---|---|'
	awk -F, '
	function power(a, b, m, n, v) {
		v = log(b / a) / log(n / m)
		return sprintf("%.2f", v < 0.005 && v > -0.005 ? 0 : v)
	}
	function tell() {
		if (last != "")
			printf "| %s | %s | %s | %s | %.3g | %s | %.0f | %s |\n",
			    axis, stack, size(from), size(n), cpu,
			    power(cpu0, cpu, n0, n), kib / 1024,
			    power(kib0, kib, n0, n)
	}
	function size(x, s) {
		s = sprintf("%d", x)
		while (s ~ /[0-9][0-9][0-9][0-9]/)
			s = substr(s, 1, match(s, /[0-9][0-9][0-9](,|$)/) - 1) \
			    "," substr(s, RSTART)
		return s
	}
	$1 == "axis" { next }
	$1 "," $2 != last { tell(); from = $3; cpu = $4; kib = $5; n = $3 }
	{ cpu0 = cpu; kib0 = kib; n0 = n
	  axis = $1; stack = $2; n = $3; cpu = $4; kib = $5; last = $1 "," $2 }
	END { tell() }' "$1"
}

# What the picture finds: what time grows with, and what hardly, by the power
# of the last step; a line each.
found() {	# found CSV
	awk -F, '
	$2 != "freebsd-12.2" || $1 == "everything" { next }
	$1 != axis { tell(); axis = $1; n = 0 }
	{ n0 = n; cpu0 = cpu; n = $3; cpu = $4 }
	function tell(   p, k) {
		if (axis == "") return
		p = log(cpu / cpu0) / log(n / n0)
		k = p > 0.5 ? 1 : 2
		s[k] = s[k] (s[k] == "" ? "" : ", ") axis
		if (!(k in lo) || p < lo[k]) lo[k] = p
		if (!(k in hi) || p > hi[k]) hi[k] = p
	}
	function powers(k) {
		return sprintf(" (to the power of %.1f to %.1f)",
		    lo[k] < 0 ? 0 : lo[k], hi[k])
	}
	END {
		tell()
		print "CPU time grows with " s[1] powers(1) ";"
		print "hardly with " s[2] powers(2)
	}' "$1"
}

picture() {	# picture CSV SVG
	gnuplot <<-GP
	set terminal svg size 860,460 dynamic font "sans,12"
	set output "$2"
	set datafile separator ","
	set logscale xy
	set format x "%.0s%c"
	set format y "%g"
	set grid linecolor rgb "#e0e0e0" linetype 1
	set border 3
	set tics nomirror
	set key outside right
	set tmargin 4
	set label 1 "$(found "$1" | sed -n 1p)" at screen 0.02,0.955 font "sans,15"
	set label 2 "$(found "$1" | sed -n 2p)" at screen 0.02,0.9 font "sans,15"
	set xlabel "how many of them; of duration: seconds (freebsd-12.2; both axes logarithmic)"
	set ylabel "CPU seconds of one run; less is better"
	array colour[9] = [ 0x0072b2, 0xd55e00, 0x009e73, 0xe69f00, \\
	    0x56b4e9, 0xcc79a7, 0x7f7f7f, 0x000000, 0x8b0000 ]
	names = "connections pcbs cpus queues laddrs faddrs workloads".\\
	    " duration variants"
	plot for [i = 1:9] "< grep '^".word(names, i).",freebsd-12.2,' $1" \\
	    using 3:4 with linespoints linecolor rgb colour[i] \\
	    linetype 1 linewidth 1.5 pointtype i pointsize 0.6 \\
	    title word(names, i)
	GP
}

case $1 in
--scenario) scenario "$2" "$3" "$4"; exit ;;
--page) page "$2"; exit ;;
--picture) picture "$2" "$3"; exit ;;
esac
pcbsim=$1 csv=$2
t=$(mktemp -d "${TMPDIR:-/tmp}/growth.XXXXXX")
trap 'rm -rf "$t"' EXIT
trap 'exit 1' INT TERM

once() {	# sets cpu (s) and peak (KiB)
	rm -rf "$t/out"
	if /usr/bin/time -f %M true >/dev/null 2>&1; then
		/usr/bin/time -o "$t/time" -f '%U %S %M' "$pcbsim" run \
		    "$t/g.ini" --jobs=1 --no-plots --quiet --out="$t/out"
		set -- $(tail -n 1 "$t/time")
	else
		/usr/bin/time -l -o "$t/time" "$pcbsim" run "$t/g.ini" \
		    --jobs=1 --no-plots --quiet --out="$t/out"
		set -- $(awk '/ real /{ u = $3; s = $5 } /maximum resident/ {
		    m = $1 } END { print u, s, m }' "$t/time")
	fi
	cpu=$(awk "BEGIN { print $1 + $2 }") peak=$3
}

measure() {	# measure AXIS STACK N...
	axis=$1 stack=$2
	shift 2
	for n in "$@"; do
		scenario "$axis" "$n" "$stack" >"$t/g.ini"
		once
		best=$cpu
		if awk "BEGIN { exit !($cpu < 3) }"; then
			for again in 2 3; do
				once
				best=$(awk "BEGIN { print ($cpu < $best) ? \
				    $cpu : $best }")
			done
		fi
		echo "$axis,$stack,$n,$best,$peak" | tee -a "$t/csv"
	done
}

echo axis,stack,n,cpu_s,peak_kib | tee "$t/csv"
measure connections freebsd-12.2 10000 100000 1000000 10000000
measure pcbs freebsd-12.2 10000 100000 1000000 10000000
measure cpus freebsd-12.2 2 16 64 256
measure queues freebsd-12.2 1 8 64 256
measure laddrs freebsd-12.2 1 10 100 500
measure faddrs freebsd-12.2 1 256 4096 65536 1048576
measure workloads freebsd-12.2 1 10 100 1000
measure duration freebsd-12.2 10 100 1000 10000
measure variants freebsd-12.2 1 4 16 64
measure everything freebsd-12.2 1000000 10000000
for stack in freebsd-12.0 freebsd-14 freebsd-16 linux-6.18 openbsd illumos; do
	measure pcbs $stack 10000 100000 1000000
done
# Their connects find no more than a port for each, whatever the address.
for stack in netbsd xnu dragonfly; do
	measure pcbs $stack 2000 10000 50000
done
mv "$t/csv" "$csv"
picture "$csv" "${csv%.csv}.svg"
