#!/bin/sh
# What booted kernels did in the storm, beside what is simulated: the tables of
# docs/KERNEL.md.
#
#	storm.sh PCBSIM LIVE [PHASE...]		a table a phase, as Markdown
#	storm.sh PCBSIM LIVE --csv [PHASE...]	phase,what,live,low,sim,least,most,ok
#	storm.sh PCBSIM LIVE --locks		who waits for which lock
#	storm.sh PCBSIM LIVE --switches [NAME]	what decides, switch by switch
#
# LIVE is the directory with contention.csv and observers/.  `ok' is 1 if the
# figure is inside its band: 5 % of failing calls a second; 10 % of an
# unsaturated mean; a factor of 2 of a saturated one, or of what the fair runs
# span if there are several; empty where no band is asked.
set -eu
pcbsim=$1 live=$2
# Longest waits are chance: by 8 some go in and out of a band.
replications=32
shift 2
csv=0
if [ "${1:-}" = --csv ]; then
	csv=1
	shift
fi
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# Means, least and most over the replications: "column mean least most".  Of four
# sessions, one a NIC: their mean, and the longest of all, as live.
columns() {
	grep -v '^#' "$1" | awk -F, '
	NR == 1 {
		for (i = 1; i <= NF; i++) {
			name[i] = $i
			longest[i] = $i ~ /^ssh[0-9]*_max_ms$/
			means[i] = $i ~ /^ssh[0-9]*_mean_ms$/
		}
		name[NF + 1] = "sessions_max_ms"
		name[NF + 2] = "sessions_mean_ms"
		n = NF + 2
		next
	}
	{
		max = all = sessions = 0
		for (i = 1; i <= n - 2; i++) {
			if (longest[i] && $i > max)
				max = $i
			if (means[i]) {
				all += $i
				sessions++
			}
		}
		$(n - 1) = sessions == 0 ? "" : max
		$n = sessions == 0 ? "" : all / sessions
		for (i = 1; i <= n; i++) {
			if ($i == "")
				continue
			if (!(i in seen) || $i + 0 < least[i])
				least[i] = $i + 0
			if (!(i in seen) || $i + 0 > most[i])
				most[i] = $i + 0
			sum[i] += $i
			seen[i]++
		}
	}
	END {
		for (i = 1; i <= n; i++)
			if (i in seen)
				print name[i], sum[i] / seen[i], least[i],
				    most[i]
	}'
}

# ---- who waits for which lock ----------------------------------------------

# Lines of live kernels, and the operations that stand for them; the source's
# line numbers are those of that kernel.
places() {
	cat <<'EOF'
12.1	netinet/tcp_usrreq.c:328	bind(2), the hash	tcphash	bind
12.1	netinet/tcp_usrreq.c:1457	connect(2), the hash	tcphash	connect
12.1	netinet/tcp_syncache.c:755	an accept, the hash	tcphash	accept
12.1	netinet/in_pcb.c:1677	a close, the hash	tcphash	close
12.1	netinet/in_pcb.c:2374	a segment, its pcb or listener	tcpinp	.
11.0	netinet/tcp_usrreq.c:303	bind(2), the hash	pcbinfohash	bind
11.0	netinet/tcp_usrreq.c:1219	connect(2), the hash	pcbinfohash	connect
11.0	netinet/in_pcb.c:1957	a segment, the hash	pcbinfohash	segment
11.0	netinet/in_pcb.c:1347	a close, the hash	pcbinfohash	close
EOF
}

# A second: how often it was taken, had to be waited for, ms of waiting.
locks_live() {	# locks_live FILE COLUMNS-BEFORE kernel|run callers,pause SECONDS
	awk -F, -v who="$3" -v load="$4" -v s="$5" -v o="$2" '
	index($1, who) == 1 && $2 "," $3 == load {
		print $(13 + o) "\t" $(8 + o) / s "\t" $(12 + o) / s "\t" \
		    $(7 + o) / s / 1000
	}' "$1"
}

locks_sim() {	# locks_sim LOCKS.CSV SECONDS
	grep -v '^#' "$1" | awk -F, -v s="$2" '
	NR == 1 { next }
	{
		if ($2 + 0 > runs) runs = $2 + 0
		op = $5
		if (op ~ /close|timewait_/) op = "close"
		if (op ~ /^(syn|synack|fin|timewait|segment)$/ && $3 != "tcpinp")
			op = "segment"
		if ($3 == "tcpinp") op = "."
		k = $3 "\t" op
		n[k] += $8; c[k] += $9; w[k] += $10
	}
	END {
		for (k in n)
			print k "\t" n[k] / s / runs "\t" c[k] / s / runs \
			    "\t" w[k] / s / runs / 1000
	}'
}

locks_table() {	# locks_table TITLE KERNEL VARIANT SECONDS OPTION...
	echo "### $1"
	echo
	echo "| | taken, /s | waited for, /s | waiting, ms/s |"
	echo "|---|---|---|---|"
	kernel=$2 variant=$3
	shift 3
	"$pcbsim" run "scenarios/kernel-$kernel.ini" --variant="$variant" \
	    --replications=$replications \
	    --out="$tmp/out" --no-plots --quiet "$@" >/dev/null 2>&1 || [ $? -eq 1 ]
	locks_sim "$tmp/out/locks.csv" 6 >"$tmp/sim"
	places | awk -F'	' -v kernel="$kernel" -v live="$tmp/live" \
	    -v sim="$tmp/sim" '
	function text(v) {
		return (sprintf(v >= 10 ? "%.0f" : v == 0 ? "%d" : "%.1f", v))
	}
	BEGIN {
		while ((getline line <live) > 0) {
			split(line, f, "\t")
			n[f[1]] += f[2]; c[f[1]] += f[3]; w[f[1]] += f[4]
		}
		while ((getline line <sim) > 0) {
			split(line, f, "\t")
			k = f[1] "," f[2]
			n[k] = f[3]; c[k] = f[4]; w[k] = f[5]
		}
	}
	$1 == kernel {
		k = $4 "," $5
		printf "| %s | %s; %s | %s; %s | %s; %s |\n", $3,
		    text(n[$2]), text(n[k]), text(c[$2]), text(c[k]),
		    text(w[$2]), text(w[k])
	}'
	rm -rf "$tmp/out"
	echo
}

if [ "${1:-}" = --locks ]; then
	locks_live "$live/lockprof.csv" 0 12.1 1,10 3.05 >"$tmp/live"
	locks_table "12.1, 1 caller" 12.1 quiet --set=workload:callers.size=1
	locks_live "$live/observers/lockprof.csv" 1 LB2 1,10 5.046 >"$tmp/live"
	locks_table "12.1, 1 caller, 200 accepts a second" 12.1 unfair \
	    --set=workload:callers.size=1
	locks_live "$live/lockprof.csv" 0 11.0 1,10 3.05 >"$tmp/live"
	locks_table "11.0, 1 caller" 11.0 quiet --set=workload:callers.size=1
	exit
fi

# ---- what decides ----------------------------------------------------------

switches() {
	cat <<'EOF'
fair, as it is
a look each 3 us	host.turn=1500ns
a look each 100 us	host.turn=50us
a look each 1 ms	host.turn=0 kernel.debug.mtx.delay_max=16
a look each 16 ms	host.turn=0 kernel.debug.mtx.delay_max=256
unfair: a look each 63 ms	host.turn=0 kernel.debug.mtx.delay_max=1024
each CPU a core, a pause 60 ns, 1024 of them	host.turns=equal host.cores=0 host.turn=0s kernel.debug.mtx.delay_max=1024
no daemons	host.noise=0/s
nothing through a NIC	inbound.accepts=0/s observer:ssh.period=1h observer:ssh2.period=1h observer:ssh3.period=1h observer:ssh4.period=1h
an idle CPU steals nothing	kernel.kern.sched.steal_idle=0
readers of the tables may move	kernel.epoch-pins=0
frees that wait wake nobody	kernel.epoch-calls=0
.. and readers may move	kernel.epoch-calls=0 kernel.epoch-pins=0
transmit queues under a mutex, held for 2 us	inbound.tx-hold=2us
turns are equal parts, not turns	host.turns=equal
each receive thread bound to a CPU	inbound.rx-bound=1
100 handshakes a second	inbound.accepts=100/s
300 handshakes a second	inbound.accepts=300/s
8 callers	workload:callers.size=8
5 pcbs a port	workload:fill.size=277680
EOF
}

if [ "${1:-}" = --switches ]; then
	echo "| | calls fail, /s | receive threads spin | .. sleep | ssh," \
	    "longest, ms | accept, longest | bound sleeper, longest |"
	echo "|---|---|---|---|---|---|---|"
	switches | while IFS='	' read -r name options; do
		[ $# -lt 2 ] || [ "$2" = "$name" ] || continue
		sets=
		for o in $options; do
			sets="$sets --set=$o"
		done
		"$pcbsim" run scenarios/kernel-12.1.ini --variant=fair $sets \
		    --replications=$replications \
		    --out="$tmp/out" --no-plots --quiet >/dev/null 2>&1 ||
		    [ $? -eq 1 ]
		columns "$tmp/out/summary.csv" | awk -v name="$name" '
		{ m[$1] = $2 }
		END {
			printf "| %s | %.0f | %.2f | %.2f | %.0f | %.0f | %.0f |\n",
			    name, m["callers_attempts"] / 6, m["rx_spinning"],
			    m["rx_blocked"], m["sessions_max_ms"],
			    m["accept_max_ms"], m["pinned_max_ms"]
		}'
		rm -rf "$tmp/out"
	done
	exit
fi

# ---- phases ----------------------------------------------------------------

# phase	scenario	variant	live	load	options
#
# live: runs of observers.csv, joined by +; or kernel@destination of
# contention.csv.  load: callers,pause,accepts as those files have them.
phases() {
	cat <<'EOF'
fair-4	12.1	fair	B2p+B2r	4,10,200
fair-1-no-pause	12.1	fair	B2p+B2r	1,0,200	workload:callers.size=1 workload:callers.retry=1ns
nic-0	12.1	unfair	B2	0,,200	workload:callers.start=1h
nic-1	12.1	unfair	B2	1,10,200	workload:callers.size=1
nic-2	12.1	unfair	B2	2,10,200	workload:callers.size=2
unfair-4	12.1	unfair	B2+S2+B2s	4,10,200
12.1-0	12.1	quiet	12.1@any	0,,	workload:callers.start=1h
12.1-1-rare	12.1	quiet	12.1@any	1,100,	workload:callers.size=1 workload:callers.retry=100ms
12.1-1	12.1	quiet	12.1@any	1,10,	workload:callers.size=1
12.1-2	12.1	quiet	12.1@any	2,10,	workload:callers.size=2
12.1-4	12.1	quiet	12.1@any	4,10,
11.0-1	11.0	quiet	11.0@any	1,10,	workload:callers.size=1
11.0-2	11.0	quiet	11.0@any	2,10,	workload:callers.size=2
11.0-4	11.0	quiet	11.0@any	4,10,
12.2-1	12.2	quiet	12.2@exhausted	1,10,	workload:callers.size=1
12.2-4	12.2	quiet	12.2@exhausted	4,10,
12.2-4-other	12.2	quiet	12.2@another	4,10,	workload:callers.faddrs=203.0.113.9
14.0-1	14.0	quiet	14.0@exhausted	1,10,	workload:callers.size=1
14.0-4	14.0	quiet	14.0@exhausted	4,10,
14.0-4-other	14.0	quiet	14.0@another	4,10,	workload:callers.faddrs=203.0.113.9
EOF
}

# One line a figure of the live phase: "run what value".
live_observers() {	# live_observers RUNS CALLERS,PAUSE,ACCEPTS
	awk -F, -v runs="$1" -v load="$2" '
	function put(what, v) { print $1, what, v }
	BEGIN { n = split(runs, w, "+"); for (i = 1; i <= n; i++) want[w[i]] }
	!($1 in want) { next }
	FILENAME ~ /observers.csv$/ && $11 "," $12 "," $13 == load {
		o = $16
		if (o ~ /^fail/) {
			s[$1] = $14; fails[$1] += $17; sum[$1] += $26
			if ($22 > max[$1]) max[$1] = $22
			next
		}
		if (o ~ /^nic_tcp_echo/) {
			en[$1] += $17; es[$1] += $26
			if ($22 > em[$1]) em[$1] = $22
			next
		}
		if (o ~ /^sleep10_cpu/) {
			pn[$1] += $17; ps[$1] += $26
			if ($22 > pm[$1]) pm[$1] = $22
			next
		}
		put(o "_mean", $18 / 1000)
		put(o "_max", $22 / 1000)
		put(o "_rate", $17 / $14)
	}
	FILENAME ~ /threads.csv$/ && $4 "," $5 "," $6 == load {
		t = $9
		u = $11 / 1e6 / $7
		if (t ~ /^irq/) rx[$1] += u
		if (t ~ /^swi1/) put("netisr", u)
		if (t == "swi4: clock (0)") put("clock", u)
		if (t == "all_user") put("users", u)
	}
	END {
		for (r in fails) {
			print r, "fails", fails[r] / s[r]
			print r, "fail_mean", sum[r] / fails[r] / 1000
			print r, "fail_max", max[r] / 1000
		}
		for (r in en) {
			print r, "echo_mean", es[r] / en[r] / 1000
			print r, "echo_max", em[r] / 1000
		}
		for (r in pn) {
			print r, "pinned_mean", ps[r] / pn[r] / 1000
			print r, "pinned_max", pm[r] / 1000
		}
		for (r in rx)
			print r, "rx", rx[r]
	}' "$live/observers/observers.csv" "$live/observers/threads.csv"
}

# The same of contention.csv, without lock profiling, in icount.  Its phases are
# 3 s long but where they say so; a second time the same phase is another run.
live_contention() {	# live_contention KERNEL@DESTINATION CALLERS,PAUSE,
	awk -F, -v kernel="${1%@*}" -v where="${1#*@}" -v load="$2" '
	NR == 1 || index($1, kernel) != 1 || $2 !~ /^icount/ || $3 != 0 ||
	    index($6, where) == 0 || $8 "," $9 "," != load { next }
	{
		if ($11 in had && had[$11] != "")
			run[$11]++
		had[$11] = 1
		r = "run" run[$11] + 0
		if ($11 ~ /^fail|^unbound/) {
			s[r] = $10 ~ /nominal/ ? 3.05 : $10
			fails[r] += $12; sum[r] += $12 * $13
			if ($14 > max[r]) max[r] = $14
			next
		}
		print r, $11 "_mean", $13 / 1000
		print r, $11 "_max", $14 / 1000
	}
	END {
		for (r in fails) {
			print r, "fails", fails[r] / s[r]
			print r, "fail_mean", sum[r] / fails[r] / 1000
			print r, "fail_max", max[r] / 1000
		}
	}' "$live/contention.csv"
}

# figure	of the simulation	live name	band	unit
figures() {
	cat <<'EOF'
failing calls a second	callers_attempts/6	fails	rate	/s
failing call, mean	callers_call_mean_us/1000	fail_mean	mean	ms
failing call, longest	callers_call_max_us/1000	fail_max	max	ms
bind and connect, a second	bound_ok/6	bound_connect_rate		/s
bind and connect, mean	bound_call_mean_us/1000	bound_connect_mean	mean	ms
bind and connect, longest	bound_call_max_us/1000	bound_connect_max	max	ms
explicit bind, mean	explicit_call_mean_us/1000	explicit_bind_mean	mean	ms
explicit bind, longest	explicit_call_max_us/1000	explicit_bind_max	max	ms
connect and accept here, mean	accepts_call_mean_us/1000	loopback_connect_accept_mean	mean	ms
connect and accept here, longest	accepts_call_max_us/1000	loopback_connect_accept_max	max	ms
accept through a NIC, mean	accept_mean_ms	nic_accept_mean	mean	ms
accept through a NIC, longest	accept_max_ms	nic_accept_max	max	ms
ssh through a NIC, mean	sessions_mean_ms	echo_mean	mean	ms
ssh through a NIC, longest	sessions_max_ms	echo_max	max	ms
sleeper, mean	sleeper_mean_ms	sleep_mean	mean	ms
sleeper, longest	sleeper_max_ms	sleep_max	max	ms
sleeper bound to a CPU, mean	pinned_mean_ms	pinned_mean	mean	ms
sleeper bound to a CPU, longest	pinned_max_ms	pinned_max	max	ms
itimer, mean	itimer_mean_ms	itimer_real_100ms_mean	mean	ms
itimer, longest	itimer_max_ms	itimer_real_100ms_max	max	ms
open connection here, mean	pingpong_mean_ms	pingpong_mean	mean	ms
open connection here, longest	pingpong_max_ms	pingpong_max	max	ms
receive threads, CPUs	rx_cpus	rx	cpu	
.. of that spinning	rx_spinning			
receive threads asleep for locks	rx_blocked			
netisr, CPUs	netisr_cpus	netisr	cpu	
softclock, CPUs	clock_cpus	clock	cpu	
programs, CPUs	users_cpus	users	cpu	
EOF
}

phases | while IFS='	' read -r phase scenario variant runs load options; do
	[ $# -eq 0 ] || case " $* " in *" $phase "*) ;; *) continue ;; esac
	sets=
	for o in $options; do
		sets="$sets --set=$o"
	done
	"$pcbsim" run "scenarios/kernel-$scenario.ini" --variant="$variant" \
	    --replications=$replications $sets --out="$tmp/out" --no-plots --quiet >/dev/null 2>"$tmp/log" ||
	    [ $? -eq 1 ] || { cat "$tmp/log" >&2; exit 1; }
	columns "$tmp/out/summary.csv" >"$tmp/sim"
	case $runs in
	*@*)	live_contention "$runs" "$load" ;;
	*)	live_observers "$runs" "$load" ;;
	esac | sed 's/ sleeper10ms_/ sleep_/; s/ sleep10_unpinned_/ sleep_/
	    s/ bound_connect_ok_/ bound_connect_/
	    s/ established_pingpong_/ pingpong_/
	    s/ loopback_tcp_pingpong_/ pingpong_/' >"$tmp/live"
	figures >"$tmp/figures"
	awk -F'	' -v phase="$phase" -v csv=$csv -v simfile="$tmp/sim" \
	    -v livefile="$tmp/live" -v what="$scenario, $variant, $load" '
	function text(v) {
		if (v == "" || v + 0 == 0)
			return (v == "" ? "" : "0")
		return (sprintf(v >= 100 ? "%.0f" : v >= 10 ? "%.1f" : "%.2f", v))
	}
	BEGIN {
		while ((getline line <simfile) > 0) {
			split(line, f, " ")
			mean[f[1]] = f[2]; least[f[1]] = f[3]; most[f[1]] = f[4]
		}
		while ((getline line <livefile) > 0) {
			split(line, f, " ")
			k = f[2]; v = f[3]
			if (!(k in low) || v < low[k]) low[k] = v
			if (!(k in high) || v > high[k]) high[k] = v
			each[k] = each[k] (each[k] == "" ? "" : "; ") text(v)
		}
		saturated = mean["hold_busy_frac"] > 0.95
		unfair = what ~ /quiet|unfair/
		if (!csv) {
			print "### " phase ": " what "\n"
			print "| | live | simulated | least to most | |"
			print "|---|---|---|---|---|"
		}
	}
	{
		n = split($2, f, "/")
		k = f[1]; by = n > 1 ? f[2] : 1
		if (!(k in mean) || ($3 != "" && !($3 in low)) ||
		    ($3 == "" && !("rx" in low)))
			next
		v = mean[k] / by; a = least[k] / by; b = most[k] / by
		lo = low[$3]; hi = high[$3]
		factor = 0
		if ($4 == "rate")
			factor = 1.05
		else if ($4 != "" && saturated && !unfair)
			factor = 2
		else if ($4 == "mean" && !saturated && lo > 0.1)
			factor = 1.1
		ok = ""
		if (factor != 0 && $3 != "")
			ok = v <= hi * factor && v >= lo / factor
		verdict = ok == "" ? "" : "in"
		if (ok == "0")
			verdict = sprintf("x %.2f", v > hi ? v / hi : v / lo)
		if (csv)
			printf "%s,\"%s\",%s,%s,%.4f,%.4f,%.4f,%s\n", phase,
			    $1, hi, lo, v, a, b, ok
		else
			printf "| %s%s | %s | %s | %s to %s | %s |\n", $1,
			    $5 == "" ? "" : ", " $5, each[$3], text(v),
			    text(a), text(b), verdict
	}
	END { if (!csv) print "" }' "$tmp/figures"
	rm -rf "$tmp/out"
done
