# How often each port was used on Linux, by the step width: a script for
# gnuplot.  What is found, means of all replications, is width.csv's; what is
# drawn, the first of them, width-ports.csv's.
#
#	awk -v stamp=PROGRAM -f step_width.awk width.csv width-ports.csv
BEGIN { FS = "," }
FNR == 1 { file++; next }
file == 1 { peak[$1] = $4; next }
!($1 in seen) { seen[$1] = 1; width[++n] = $1; most[$1] = 0 }
{
	uses[$1] += $3; ports[$1] += $4
	if ($5 + 0 > most[$1] + 0) { most[$1] = $5; at[$1] = $2; to[$1] = $2 + $4 - 1 }
	if ($5 + 0 > top) top = $5 + 0
	# A group of which no port may be given is no line, but a gap.
	row[$1] = row[$1] ($4 == 0 ? "\n" : $2 " " $3 / $4 " " $5 "\n")
}
function put(s, y, font, how) {
	printf "set label '%s' at screen 0.016,%.4f font ',%s' %s\n", s, \
	    1 - y / 640, font, how
}
END {
	for (k = 1; k <= n; k++) {
		w = width[k]
		found = found (k == 1 ? "" : ", ") sprintf("%.0f", peak[w]) \
		    (w == 0 ? " times the mean with no step" : " with " w)
		printf "$w%d << EOD\n%sEOD\n", k, row[w]
	}
	high = top * 1.6
	print "# step-width; gnuplot 5.2 or later, with a terminal set."
	print "set encoding utf8\nset multiplot"
	put("The most used port: " found, 20, 13, "left")
	put("Linux 7.1, connects from one address; means of 8 " \
	    "replications, drawn is the first. Less is better.", 44, 9.5, "left")
	put("Grey: ports 40000-40999 are reserved (and 50000-50009, too " \
	    "few to be seen); behind them others'' uses pile up.", 63, 9.5, "left")
	printf "set label '%s' at screen 0.985,0.015 right font ',8' " \
	    "textcolor rgb '#505050'\n", stamp
	print "set logscale y\nset xrange [32768:60999]"
	printf "set yrange [0.8:%d]\n", high
	print "set ytics font ',9.5'\nset xtics font ',9.5'"
	print "set ylabel 'uses in an hour' font ',9.5' offset 1.5,0"
	print "set border 3\nset tics nomirror"
	print "set grid ytics lt 1 lc rgb '#e4e4e4'"
	print "set lmargin at screen 0.085\nset rmargin at screen 0.985"
	printf "set object 1 rectangle from 40000,graph 0 to 41000,graph 1 " \
	    "fc rgb '#dddddd' fs solid noborder behind\n"
	for (k = 1; k <= n; k++) {
		w = width[k]
		high = 122 + (k - 1) * 172
		printf "set tmargin at screen %.4f\n", 1 - high / 640
		printf "set bmargin at screen %.4f\n", 1 - (high + 116) / 640
		if (k > 1) print "unset label"
		if (k == n)
			print "set xlabel 'port' font ',9.5' offset 0,0.5"
		put(sprintf("%s: one of ports %d-%d is used %d times, the " \
		    "mean port %.2f times", w == 0 ? \
		    "No step (ip_local_port_step_width = 0)" : \
		    "ip_local_port_step_width = " w, at[w], to[w], most[w], \
		    uses[w] / ports[w]), high - 14, 10.5, "left")
		if (k == 1)
			print "set key at screen 0.985,screen 0.868 right " \
			    "horizontal font ',9.5' samplen 2"
		else
			print "unset key"
		printf "plot $w%d using 1:($3 > 0 ? $3 : NaN) with impulses " \
		    "lc rgb '#b2182b' title 'most used of 28 ports', '' " \
		    "using 1:2 with lines lc rgb '#2166ac' title " \
		    "'mean of 28'\n", k
	}
	print "unset multiplot"
}
