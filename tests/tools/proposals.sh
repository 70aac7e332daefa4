#!/bin/sh
# results/published/proposals: which allocator should a kernel have?  From
# scenarios/bench-allocators.sweep means, a comparison with FreeBSD's main, a
# table and a picture of each measure; from scenarios/linux-step-width.ini the
# two distributions of ports; from scenarios/phase-proposals.sweep who freezes.
#
#	proposals.sh PCBSIM [WORK]
#
# WORK keeps the runs, so that a second call goes on where one was stopped.
# bench, width, phase as PARTS do only that; pictures draws all pictures anew
# from what is published, tables makes the tables and texts, into WORK.
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
	awk -F, -v than=$than "$(cat tests/tools/digits.awk)"'
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
		if (!((x, c, me) in m))
			return "-"
		return form == "" ? digits(m[x, c, me]) : \
		    sprintf(form, m[x, c, me])
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
			    " | " f(x, "held-50", "probes_mean", "") \
			    " | " f(x, "held-90", "probes_mean", "") \
			    " | " f(x, "held-99", "probes_mean", "") \
			    " | " f(x, "http2", "hold_max_us", "") " us" \
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

# The pictures: a measure, what it is, its unit, the axis, what is less is drawn
# at its foot, which is better, in which cases, and a remark.
held="held-50 held-90 held-99 held-99-9 time-wait"
mixed="case-2019 generator resolver http2 listener"
pictures() {
	cat <<-EOT
	probes_mean|Candidates that a search looks at||log|0.5|less|$held
	search_us|Time that a search computes|us|log|0.001|less|$held
	hold_max_us|Longest hold of a table's lock|us|log|0.05|less|case-2019 http2 held-90 held-99 held-100
	failed|Connections that fail||log|0.5|less|case-2019 http2 time-wait held-99-9 held-100
	port_spread|Spread of port use (a fair die 1, in turns 0)||log|0.001|less|generator http2 time-wait held-90 held-99
	behind_taken|Uses of ports behind taken ones, over their share,||log|0.1|less|generator http2 time-wait held-50 held-90
	tuple_reuse_p1_s|Rest of a tuple between two uses (1 of 100 is shorter)|s|log|0.0001|more|$mixed
	port_reuse_p1_s|Rest of a port between two uses (1 of 100 is shorter)|s|log|0.0001|more|$mixed
	next_port_bits|Unknown bits of the next port, to who saw the last (of 12),|bits|linear|0|more|generator http2 time-wait held-50 recorded-nginx
	next_within_16|Next ports within 16 of the last|%|linear|0|less|generator http2 time-wait held-50 recorded-nginx
	rate_leak|What a step of ports tells of the machine's rate (of 1)||linear|0|less|case-2019 http2 recorded-haproxy
	fail_search_us|Time that a search computes that finds no port|us|log|0.01|less|case-2019 http2 held-99-9 held-100|0: none failed
	EOT
}
# The cases: two lines above a panel, and where that is.
cases() {
	cat <<-EOT
	case-2019|case of 2019|proxy, programs|in the case of 2019
	generator|load generator|2,000/s to one|with a load generator
	resolver|resolver|1,000 dests|with a resolver
	http2|HTTP/2|12,000 conns.|with HTTP/2
	time-wait|TIME_WAIT|800/s, we close|with 800 TIME_WAITs a second
	held-50|50 % held|of a dest.'s tuples|where 50 % of a destination's tuples are held
	held-90|90 % held|of a dest.'s tuples|where 90 % of a destination's tuples are held
	held-99|99 % held|of a dest.'s tuples|where 99 % of a destination's tuples are held
	held-99-9|99.9 % held|of a dest.'s tuples|where 99.9 % of a destination's tuples are held
	held-100|100 % held|of one address|where each tuple of one address is held
	listener|listener|generator beside it|with a load generator beside a listener
	recorded-nginx|recorded nginx|its connections|with a recorded nginx
	recorded-haproxy|recorded HAProxy|HTTP/2, pool|with a recorded HAProxy
	EOT
}

# Of each measure MEASURE.txt, and in WORK the script of its picture.
scripts() {	# scripts DIR-OF-TEXTS
	pictures >"$work/pictures"
	cases >"$work/cases"
	"$pcbsim" list proposals >"$work/list"
	cut -d'|' -f1 "$work/pictures" | while read -r measure; do
		awk -v measure="$measure" -v than=$than \
		    -v stamp="$(cat "$dir/version.txt")" \
		    -v gp="$work/$measure.gp" -v txt="$1/$measure.txt" \
		    -f tests/tools/digits.awk \
		    -f tests/tools/proposals_pictures.awk \
		    kind=pictures "$work/pictures" kind=cases "$work/cases" \
		    kind=list "$work/list" \
		    kind=ini scenarios/bench-allocators.ini \
		    kind=versus "$dir/versus.csv" kind=means "$dir/means.csv" \
		    >"$work/size"
		echo "$measure $(cat "$work/size")"
	done >"$work/sizes"
}
draw() {	# draw NAME WIDTH HEIGHT: WORK/NAME.gp
	for term in svg png; do
		type=$term
		[ $term = png ] && type=pngcairo
		{
			echo "set terminal $type size $2,$3 font 'sans,11'" \
			    "background rgb 'white' noenhanced"
			echo "set output '$dir/$1.$term'"
			cat "$work/$1.gp"
		} >"$work/now.gp"
		gnuplot "$work/now.gp"
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
fi

# From here on what is published is enough.
if has bench || has pictures; then
	scripts "$dir"
	while read -r measure wide high; do
		draw "$measure" "$wide" "$high"
	done <"$work/sizes"
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
	# What is drawn: the first replication.
	{
		echo "width,port,uses,ports,uses_max"
		for v in 0 128 4000; do
			awk -F, -v OFS=, -v v="$v" '$1 == "width-" v && $2 == 1 {
				print v, $3, $6, $4, $7 }' "$work/width/ports.csv"
		done
	} >"$dir/width-ports.csv"
fi

if has width || has pictures; then
	awk -v stamp="$(cat "$dir/version.txt")" -f tests/tools/step_width.awk \
	    "$dir/width.csv" "$dir/width-ports.csv" >"$work/step-width.gp"
	draw step-width 800 640
fi

# ---- the phase diagrams --------------------------------------------------

if has phase; then
	"$pcbsim" sweep run scenarios/phase-proposals.sweep \
	    --out="$work/phase" --jobs=2 --quiet
	"$pcbsim" sweep merge scenarios/phase-proposals.sweep \
	    --out="$work/phase" >"$work/phase.csv"
	awk -v want="workload:nginx.rate_per_s workload:utilities.rate_per_s
	    variant stack replication seed eaddrnotavail hold_max_us stall_max_us
	    console_max_ms frozen_s probes_mean screen_frozen_s ssh_frozen_s
	    daemon_frozen_s serial_frozen_s verdict" \
	    -f tests/tools/columns.awk "$work/phase.csv" >"$dir/phase.csv"
fi

if has phase || has pictures; then
	"$pcbsim" plot "$dir/phase.csv" --out="$work/plots"
	cp "$work/plots/sweep-verdict.png" "$work/plots/sweep-verdict.svg" "$dir"
fi

if has tables; then
	table >"$work/table.md"
	losses >"$work/losses.md"
	widths >"$work/width.md"
	scripts "$work"
fi
