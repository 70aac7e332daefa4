#!/bin/sh
# docs/sensitivity.csv: has both rows of every cost and of every assumption that
# is tried, is what the program says today, and is the table in docs/MODEL.md.
. tests/tools/tap.sh

csv=docs/sensitivity.csv
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

costs=$(sh tests/tools/sensitivity.sh "$PCBSIM" --costs)
check "costs_are_tried" test "$(echo "$costs" | wc -l)" -gt 15
for cost in $costs; do
	check "both_rows/$cost" test "$(grep -c "^$cost,\(0.5\|2\)," $csv)" -eq 4
done

# A stale table fails here: the row without a change, computed anew.
sh tests/tools/sensitivity.sh "$PCBSIM" nothing >"$t/now"
grep '^nothing,' $csv >"$t/then"
diff "$t/then" "$t/now" | sed 's/^/# /'
check the_table_is_of_this_program cmp -s "$t/then" "$t/now"

# What docs/MODEL.md says of the table: no row of a variant in which a column is
# not as told.
none() {	# none VARIANT CONDITION: no row of it for which awk says so
	awk -F, -v variant="$1" '
	NR == 1 { for (i = 1; i <= NF; i++) col[$i] = i; next }
	$3 == variant {
		rows++
		ssh = $col["ssh_frozen_s"]; hold = $col["hold_max_us"]
		failed = $col["eaddrnotavail"]; cost = $1 !~ /[.]/
		screen = $col["frozen_s"]; daemon = $col["daemon_frozen_s"]
		at = $1 "=" $2
		if ('"$2"') { print "# " $0; bad++ }
	}
	END { exit (bad > 0 || rows < 50) }' "$csv"
}
check proposed_is_ok none proposed '$4 != "ok" || failed > 0'
check current_fails none current 'failed == 0'
check every_cost_freezes none current 'cost && ssh < (/^pause/ ? 19 : 62.5)'
check pcb_visit_is_the_hold none current \
    'cost && $1 != "pcb_visit" && (hold < 9391 * 0.96 || hold > 9391 * 1.04)'
check four_cpus_freeze_less none current \
    'at == "host.cpus=4" && (ssh > 38 || daemon > 6 || screen > 0.5)'
check fewer_queues_never_recover none current \
    '(at == "host.cpus=16" || $1 == "inbound.queues") &&
    ($4 != "never-recovers" || ssh < 84 || daemon < 65)'
check launchers_decide_for_daemons none current \
    '$1 ~ /launchers/ && (ssh < 82.5 || daemon < 75 || screen < 19.5)'
check no_retry_no_freeze none current \
    '$1 ~ /retry/ && ($4 != "stalls" || ssh + screen + daemon > 0)'
check idle_machines_freeze_worse none current \
    'at == "host.noise=0/s" && (ssh < 78 || screen < 14.5 || daemon < 41)'
check old_pauses_freeze_the_screen none current \
    '$1 == "pause" && $2 < 0.1 && (screen < 21.5 || ssh > 19.5 || daemon > 0.7)'
check bound_or_not_matters none current \
    'at == "inbound.rx-bound=0" && (ssh > 66 || daemon > 18)'
check the_rest_is_chance none current '(ssh < 67 || ssh > 73) &&
    $1 !~ /pcb_visit|pause|cpus|queues|rx-bound|retry|noise|launchers/ &&
    at != "tcp_input=2" && $1 !~ /accepts/'
check who_closes_matters_to_the_screen none current \
    'at == "inbound.closer=remote" && (screen > 0.5 || ssh < 72)'

sh tests/tools/sensitivity.sh "$PCBSIM" --table >"$t/table"
sed -n '/^<!-- sensitivity -->$/,/^<!-- \/sensitivity -->$/p' docs/MODEL.md |
    sed '1d;$d' >"$t/page"
check the_page_has_the_table cmp -s "$t/table" "$t/page"

tap_done
