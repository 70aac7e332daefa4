#!/bin/sh
# results/published/proposals: which allocator should a kernel have?  From
# scenarios/bench-allocators.sweep means, a comparison with FreeBSD's main, a
# table and a picture of each measure; from scenarios/linux-step-width.ini the
# two distributions of ports; from scenarios/phase-proposals.sweep who freezes.
#
#	proposals.sh PCBSIM [WORK]
#
# WORK keeps the runs, so that a second call goes on where one was stopped.
# bench, width, phase as PARTS do only that; tables makes the tables anew from
# what is published, into WORK.
# shellcheck disable=SC2086	# lists of cases are words
set -eu
pcbsim=$1
work=${2:-}
parts=${PARTS:-bench width phase}
dir=results/published/proposals
than=main-2026-04
mkdir -p "$dir"
if [ -z "$work" ]; then
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
fi
mkdir -p "$work"
has() { case " $parts " in *" $1 "*) return 0 ;; esac; return 1; }

# ---- the bench -----------------------------------------------------------

# The mean of a measure; as a table shows it.
table() {
	awk -F, -v than=$than '
	FILENAME ~ /versus/ {
		if (FNR > 1) { n[$1, $NF]++ }
		next
	}
	FNR == 1 { next }
	{
		m[$2, $1, $3] = $4
		if (!($2 in seen)) { seen[$2] = 1; v[++nv] = $2 }
	}
	function f(x, c, me, form) {
		return (x, c, me) in m ? sprintf(form, m[x, c, me]) : "-"
	}
	function after(x, c, me,    s) {	# when something comes back
		s = m[x, c, me]
		return s >= 1e5 ? "never" : s >= 0.1 ? sprintf("%.2g s", s) : \
		    sprintf("%.3g ms", s * 1000)
	}
	function size(b) {
		return b >= 10240 ? sprintf("%.0f KiB", b / 1024) : b + 0
	}
	END {
		print "| allocator | failed: 2019 | HTTP/2 | held 100 % | candidates at 50 % | 90 % | 99 % | longest hold | spread | behind the listener | tuple back after | port | bits | within 16 | leak | bytes | better, tie, worse |"
		print "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"
		for (i = 1; i <= nv; i++) {
			x = v[i]
			print "| " x " | " f(x, "case-2019", "failed", "%.0f") \
			    " | " f(x, "http2", "failed", "%.0f") \
			    " | " f(x, "held-100", "failed", "%.0f") \
			    " | " f(x, "held-50", "probes_mean", "%.3g") \
			    " | " f(x, "held-90", "probes_mean", "%.3g") \
			    " | " f(x, "held-99", "probes_mean", "%.3g") \
			    " | " f(x, "http2", "hold_max_us", "%.3g us") \
			    " | " f(x, "generator", "port_spread", "%.2g") \
			    " | " f(x, "listener", "behind_closed", "%.2g") \
			    " | " after(x, "generator", "tuple_reuse_p1_s") \
			    " | " after(x, "generator", "port_reuse_p1_s") \
			    " | " f(x, "generator", "next_port_bits", "%.3g") \
			    " | " f(x, "generator", "next_within_16", "%.2g") \
			    " | " f(x, "recorded-haproxy", "rate_leak", "%.2g") \
			    " | " size(m[x, "generator", "allocator_bytes"]) \
			    " | " (x == than ? "-" : sprintf("%d, %d, %d", \
			    n[x, "better"], n[x, "tie"], n[x, "worse"])) " |"
		}
	}' "$dir/versus.csv" "$dir/means.csv"
}

# Where an allocator is better or worse than main: measures, and in how many of
# the cases.
shown="main-first-match main-drop-lock main-unlocked main-stride main-drop-lock-stride main-shuffle main-together main-spread main-spread-shuffle main-dest-counters main-bitmap main-full-cache"
losses() {
	awk -F, -v who="$shown" '
	FNR == 1 { next }
	{ n[$1, $2, $NF]++; if (!($2 in seen)) { seen[$2] = 1; m[++nm] = $2 } }
	END {
		k = split(who, v, " ")
		printf "| better+, worse- in so many cases |"
		for (i = 1; i <= k; i++) printf " %s |", v[i]
		printf "\n|---|"
		for (i = 1; i <= k; i++) printf "---|"
		print ""
		for (j = 1; j <= nm; j++) {
			printf "| %s |", m[j]
			for (i = 1; i <= k; i++) {
				b = n[v[i], m[j], "better"]
				w = n[v[i], m[j], "worse"]
				printf " %s%s%s |", b ? b "+" : "", \
				    b && w ? " " : "", w ? w "-" : b ? "" : "="
			}
			print ""
		}
	}' "$dir/versus.csv"
}

widths() {
	awk -F, '
	NR == 1 {
		print "| width | failed | candidates | the most used port, over the mean | two behind the block, over their share | a tuple is back after (1 of 100) | bits of the next port | within 16 of the last |"
		print "|---|---|---|---|---|---|---|---|"
		next
	}
	{
		printf "| %s | %s | %.3g | %.3g | %.3g | %.3g s | %.2g | %.0f %% |\n",
		    $1, $2, $3, $4, $5, $6, $7, 100 * $8
	}' "$dir/width.csv"
}

# A picture: one measure, a panel a case, a dot and its interval an allocator.
picture() {	# picture MEASURE TITLE SCALE LOWEST CASE...
	measure=$1 title=$2 scale=$3 lowest=$4
	shift 4
	cases=$*
	awk -F, -v m="$measure" -v cases="$cases" -v low="$lowest" '
	NR == 1 { next }
	!($2 in row) { row[$2] = n++; name[n] = $2 }
	$3 == m { x[$1, $2] = $4; c[$1, $2] = $5 }
	END {
		k = split(cases, list, " ")
		for (i = 1; i <= n; i++) {
			printf "%s", name[i]
			for (j = 1; j <= k; j++) {
				y = x[list[j], name[i]]
				if (!((list[j], name[i]) in x) || y >= 1e5)
					printf " NaN NaN"
				else
					printf " %s %s", (y < low ? low : y), \
					    c[list[j], name[i]]
			}
			print ""
		}
	}' "$dir/means.csv" >"$work/$measure.dat"
	names=$(awk '{ printf "%s\"%s\" %d", (NR > 1 ? ", " : ""), $1, NR - 1 }' \
	    "$work/$measure.dat")
	blanks=$(echo "$names" | sed 's/"[^"]*"/""/g')
	# As many labels as five narrow panels have room for.
	case $scale,$measure in
	logscale,*) step=100 ;;
	*_bits) step=4 ;;
	*) step=0.5 ;;
	esac
	from='*'
	[ "$scale" = logscale ] || from=0
	n=$(wc -l <"$work/$measure.dat")
	k=$(echo "$cases" | wc -w)
	for term in svg png; do
		type=$term
		[ $term = png ] && type=pngcairo
		gnuplot <<PLOT
set terminal $type size 900,$((n * 17 + 150)) font "sans,13" background rgb "white" noenhanced
set output "$dir/$measure.$term"
set multiplot
set label 1 "$title" at screen 0.01,1 - 18.0 / ($n * 17 + 150) font "sans,15"
set yrange [$n - 0.4:-0.6]
set $scale x
set grid x ytics lt 1 lc rgb "#e4e4e4"
set border 1
set tics nomirror scale 0.5
unset key
set xrange [$from:*]
set xtics $step font "sans,9"
set format x "%g"
set ytics font "sans,11" ($names)
cases = "$cases"
do for [j = 1:$k] {
	left = 0.27 + (j - 1) * 0.725 / $k
	set lmargin at screen left
	set rmargin at screen left + 0.725 / $k - 0.05
	set tmargin at screen 1 - 76.0 / ($n * 17 + 150)
	set bmargin at screen 50.0 / ($n * 17 + 150)
	set label 2 word(cases, j) at graph 0.5,1.03 center font "sans,12"
	if (j > 1) { unset label 1; set format y ""; set ytics ($blanks) }
	plot "$work/$measure.dat" using (column(2 * j)):0:(column(2 * j + 1)) \\
	    with xerrorbars lc rgb "#999999" pt 0 lw 1, \\
	    "" using (strcol(1) eq "$than" ? NaN : column(2 * j)):0 \\
	    with points pt 7 ps 0.7 lc rgb "#2166ac", \\
	    "" using (strcol(1) eq "$than" ? column(2 * j) : NaN):0 \\
	    with points pt 5 ps 1 lc rgb "#b2182b"
}
unset multiplot
PLOT
	done
}

if has bench; then
	"$pcbsim" sweep run scenarios/bench-allocators.sweep --out="$work/bench" \
	    --jobs=2 --quiet
	"$pcbsim" sweep merge scenarios/bench-allocators.sweep \
	    --out="$work/bench" >"$work/bench.csv"
	awk -v means="$dir/means.csv" -v versus="$dir/versus.csv" -v than=$than \
	    -f tests/tools/proposals.awk "$work/bench.csv"
	"$pcbsim" --version >"$dir/version.txt"
	table >"$dir/table.md"
	losses >"$dir/losses.md"
	held="held-50 held-90 held-99 held-99-9 time-wait"
	mixed="case-2019 generator resolver http2 listener"
	picture probes_mean "Candidates a search, mean" "logscale" 0.5 $held
	picture search_us "Time a search computes, us, mean" "logscale" 0.001 $held
	picture hold_max_us "Longest hold of a table's lock, us" "logscale" 0.1 \
	    case-2019 http2 held-90 held-99 held-100
	picture failed "Connections that failed (0 is drawn as 0.5)" "logscale" 0.5 \
	    case-2019 http2 time-wait held-99-9 held-100
	picture port_spread "Spread of the uses of ports: 1 is a fair die, 0 in turns" \
	    "logscale" 0.001 generator http2 time-wait held-90 held-99
	picture behind_taken "Ports behind taken ones, over their share" "logscale" 0.1 \
	    generator http2 time-wait held-50 held-90
	picture tuple_reuse_p1_s "A tuple comes back after so many seconds (1 of 100; none: never)" \
	    "logscale" 0.0001 $mixed
	picture port_reuse_p1_s "A port comes back after so many seconds (1 of 100; 0 as 0.1 ms)" \
	    "logscale" 0.0001 $mixed
	picture next_port_bits "Bits of the next port, for who saw the last one" \
	    "nologscale" 0 generator http2 time-wait held-50 recorded-nginx
	picture next_within_16 "Share of next ports within 16 of the last" "nologscale" 0 \
	    generator http2 time-wait held-50 recorded-nginx
	picture rate_leak "What a step tells of the machine's rate (0 to 1)" \
	    "nologscale" 0 case-2019 http2 recorded-haproxy
	picture fail_search_us "Time a search computes that finds none, us" "logscale" 0.01 \
	    case-2019 http2 held-99-9 held-100
fi

# ---- Linux' step width ---------------------------------------------------

if has width; then
	"$pcbsim" run scenarios/linux-step-width.ini --quiet --no-plots \
	    --replications=8 --out="$work/width" >/dev/null
	grep -v '^#' "$work/width/summary.csv" | awk -F, '
	NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
	{
		v = $1
		if (!(v in n)) order[++k] = v
		n[v]++
		m = split("failed probes_mean port_peak behind_closed tuple_reuse_p1_s next_port_bits next_within_16", list, " ")
		for (i = 1; i <= m; i++) sum[v, i] += $c[list[i]]
	}
	END {
		print "width,failed,probes_mean,port_peak,behind_closed,tuple_reuse_p1_s,next_port_bits,next_within_16"
		for (j = 1; j <= k; j++) {
			v = order[j]
			printf "%s", substr(v, 7)
			for (i = 1; i <= m; i++)
				printf ",%.4g", sum[v, i] / n[v]
			print ""
		}
	}' >"$dir/width.csv"
	widths >"$dir/width.md"
	for v in 0 128 4000; do
		grep "^width-$v,1," "$work/width/ports.csv" |
		    awk -F, '$4 == 0 { print ""; next } { print $3, $6 / $4, $7 }' >"$work/width-$v.dat"
	done
	for term in svg png; do
		type=$term
		[ $term = png ] && type=pngcairo
		gnuplot <<PLOT
set terminal $type size 900,620 font "sans,13" background rgb "white" noenhanced
set output "$dir/step-width.$term"
set multiplot layout 3,1 title "Uses of each port in an hour; 40000-40999 and 50000-50009 are reserved" font "sans,15"
set logscale y
set yrange [0.8:300]
set xrange [32768:60999]
set ylabel "uses"
set border 3
set tics nomirror
set grid ytics lt 1 lc rgb "#e4e4e4"
set object 1 rectangle from 40000,0.8 to 41000,300 fc rgb "#dddddd" fs solid noborder behind
set object 2 rectangle from 50000,0.8 to 50010,300 fc rgb "#dddddd" fs solid noborder behind
do for [w in "0 128 4000"] {
	set title "ip_local_port_step_width = ".w offset 0,-0.7
	set key top right
	plot "$work/width-".w.".dat" using 1:(\$3 > 0 ? \$3 : NaN) with impulses lc rgb "#b2182b" title "the most used port of 28", \\
	    "" using 1:2 with lines lc rgb "#2166ac" title "mean of 28 ports"
}
unset multiplot
PLOT
	done
fi

# ---- the phase diagrams --------------------------------------------------

if has phase; then
	"$pcbsim" sweep run scenarios/phase-proposals.sweep \
	    --out="$work/phase" --jobs=2 --quiet
	"$pcbsim" sweep merge scenarios/phase-proposals.sweep \
	    --out="$work/phase" >"$work/phase.csv"
	"$pcbsim" plot "$work/phase.csv" --out="$work/plots"
	cp "$work/plots/sweep-verdict.png" "$work/plots/sweep-verdict.svg" "$dir"
fi

if has tables; then
	table >"$work/table.md"
	losses >"$work/losses.md"
	widths >"$work/width.md"
fi
