#!/bin/sh
# How far a cost, or another assumption, moves the verdict: seed-2019 with each
# of them halved and doubled.
#
#	sensitivity.sh PCBSIM [NAME...]		rows of docs/sensitivity.csv
#	sensitivity.sh PCBSIM --table		docs/sensitivity.csv as Markdown
#	sensitivity.sh PCBSIM --page		that table into docs/MODEL.md
#	sensitivity.sh PCBSIM --costs		which costs are tried
#
# Without names: all.  Eight replications; means over them, of a lag or a frozen
# time the least and the most as well.
set -eu
pcbsim=$1
shift
costs=study/costs/epyc-vm.csv
scenario=scenarios/seed-2019.ini
header=what,factor,variant,verdict,eaddrnotavail,hold_max_us,stall_max_us
header=$header,console_max_ms,console_least_ms,console_most_ms
header=$header,frozen_s,frozen_least_s,frozen_most_s
header=$header,ssh_frozen_s,ssh_frozen_least_s,ssh_frozen_most_s,daemon_frozen_s

# Parameters that are assumptions, with what they are tried at.
parameters='host.cpus=4 host.cpus=16 inbound.queues=2 inbound.queues=4
inbound.rx-priority=8 inbound.rx-bound=0 inbound.ring=4096
inbound.closer=remote workload:utilities.retry=0
workload:utilities.launchers=0 workload:utilities.launchers=20
observer:screen.deadline=250ms observer:screen.deadline=1s
inbound.segments=25k/s inbound.segments=100k/s inbound.accepts=100/s
inbound.accepts=400/s
host.noise=0/s host.noise=1k/s
kernel.kern.sched.steal_idle=0 kernel.kern.pin_default_swi=1'

# The costs that the table of the case has; what others have moves nothing here.
cost_names() {
	"$pcbsim" list costs | awk '/^    / && !seen[$1]++ { print $1 }' |
	    while read -r name; do
		! grep -q "^$name," "$costs" || echo "$name"
	    done
}

# row WHAT FACTOR OPTION...: run, and print a row for each variant.
row() {
	what=$1 factor=$2
	shift 2
	"$pcbsim" run "$scenario" --quiet --no-plots --replications=8 \
	    --out="$tmp/result" "$@" >/dev/null || [ $? -eq 1 ]
	awk -F, -v what="$what" -v factor="$factor" '
	BEGIN {
		nm = split("eaddrnotavail hold_max_us stall_max_us " \
		    "console_max_ms frozen_s ssh_frozen_s " \
		    "daemon_frozen_s", name, " ")
		spread = "^(console_max_ms|frozen_s|ssh_frozen_s)$"
	}
	/^#/ { next }
	!n++ { for (i = 1; i <= NF; i++) col[$i] = i; next }
	{
		v = $col["variant"]
		if (!(v in runs)) order[++nv] = v
		runs[v]++
		if (!seen[v, $col["verdict"]]++)
			verdict[v] = verdict[v] (verdict[v] == "" ? "" : "/") \
			    $col["verdict"]
		for (m = 1; m <= nm; m++) {
			x = $col[name[m]]
			sum[v, m] += x
			if (runs[v] == 1 || x < least[v, m]) least[v, m] = x
			if (runs[v] == 1 || x > most[v, m]) most[v, m] = x
		}
	}
	END {
		for (k = 1; k <= nv; k++) {
			v = order[k]
			printf "%s,%s,%s,%s", what, factor, v, verdict[v]
			for (m = 1; m <= nm; m++) {
				printf ",%.4g", sum[v, m] / runs[v]
				if (name[m] ~ spread)
					printf ",%.4g,%.4g", least[v, m],
					    most[v, m]
			}
			printf "\n"
		}
	}' "$tmp/result/summary.csv"
}

# cost NAME FACTOR: the built-in table with one cost times FACTOR.
cost() {
	awk -F, -v name="$1" -v factor="$2" 'BEGIN { OFS = "," }
	$1 == name { $4 *= factor; $5 *= factor } { print }' "$costs" \
	    >"$tmp/costs.csv"
	row "$1" "$2" --set=host.costs="$tmp/costs.csv"
}

rows() {	# rows NAME: of a cost, a parameter or `nothing'
	case $1 in
	nothing) row nothing 1 ;;
	*.*)
		for p in $parameters; do
			[ "${p%%=*}" != "$1" ] ||
			    row "${p%%=*}" "${p#*=}" --set="$p"
		done ;;
	pause)
		# 3 ns, as CPUs before Skylake have it.
		cost pause 0.0556; cost pause 0.5; cost pause 2 ;;
	*) cost "$1" 0.5; cost "$1" 2 ;;
	esac
}

table() {
	awk -F, '
	NR == 1 { next }
	function span(at) { return $at " (" $(at + 1) " to " $(at + 2) ")" }
	function seconds(at) {
		return sprintf("%.3g (%.3g to %.3g)", $at / 1000,
		    $(at + 1) / 1000, $(at + 2) / 1000)
	}
	$3 == "current" {
		what = $1; factor = $2
		current = $4 " | " $5 " | " sprintf("%.3g", $6 / 1000) " | " \
		    seconds(8) " | " span(11) " | " span(14) " | " $17
	}
	$3 == "proposed" {
		if (!head++) {
			print "| what | times / at | current: verdict | failed" \
			    " | hold, ms | screen late, s | screen frozen, s |" \
			    " ssh frozen, s | daemon frozen, s |" \
			    " proposed: verdict |"
			print "|---|---|---|---|---|---|---|---|---|---|"
		}
		print "| " (what == "nothing" ? "(as it is)" : \
		    "`" what "`") " | " factor " | " current " | " $4 " |"
	}' docs/sensitivity.csv
}

if [ "${1:-}" = --table ]; then
	table
	exit
fi
if [ "${1:-}" = --costs ]; then
	cost_names
	exit
fi
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
if [ "${1:-}" = --page ]; then
	table >"$tmp/table"
	sed -e "/^<!-- sensitivity -->\$/r $tmp/table" \
	    -e '/^<!-- sensitivity -->$/,/^<!-- \/sensitivity -->$/{' \
	    -e '/^<!-- /!d' -e '}' docs/MODEL.md >"$tmp/page"
	cat "$tmp/page" >docs/MODEL.md
	exit
fi
if [ $# -eq 0 ]; then
	echo "$header"
	set -- nothing $(cost_names) $(for p in $parameters; do
		echo "${p%%=*}"; done | uniq)
fi
for name in "$@"; do
	rows "$name"
done
