#!/bin/sh
# The tables that results/bench.csv and docs/growth.csv are the source of: in
# README.md and docs/PERFORMANCE.md, between <!-- bench --> and <!-- /bench -->,
# <!-- growth --> and <!-- /growth -->.
#
#	bench_page.sh			writes them
#	bench_page.sh --check		tells where they differ; exit 1
set -eu
LC_ALL=C
export LC_ALL
bench=results/bench.csv growth=docs/growth.csv
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
trap 'exit 1' INT TERM

# What the README shows: a work, how it calls it, and a remark.
works() {
	cat <<-'EOT'
	freebsd-12.0: failing connect|a failing unbound search among 2.8 million pcbs on 50 addresses|the kernel's own code: 0.85 s
	freebsd-12.0: failing connect by walk|.. along the lists, as the kernel does it
	freebsd-12.2: failing connect|a failing search by destination, the same pcbs
	openbsd: failing connect by walk|.. along OpenBSD's lists
	freebsd-12.2: remove and insert a random one|a pcb of these taken out and put in
	freebsd-12.2: memory a pcb|memory a pcb, all indexes included
	M/M/1 on the engine|M/M/1
	FIFO lock 16 CPUs|a FIFO lock, 16 CPUs
	rwlock and hash: 256 CPUs 1048576 buckets|a hash of a million rwlocks, 256 CPUs
	hold 256: winner tree|the next of 256 events
	hold 1000000: radix heap|the next of a million timers
	seed-2019 both variants|the case above, 120 s, both allocators, with its report
	10 million recorded connections|10 million recorded connections
	memory for these|.. the memory of that
	two jobs against one|two jobs against one
	a run of a millisecond in a sweep|a run of a millisecond in a sweep, its row on the disk
	EOT
}

# For people: three digits, and what is wanted of a number.
words='
function number(x,   s) {
	if (x < 1000)
		return sprintf("%.3g", x)
	s = sprintf("%.0f", x)
	while (s ~ /[0-9][0-9][0-9][0-9](,|$)/) {
		match(s, /[0-9][0-9][0-9](,|$)/)
		s = substr(s, 1, RSTART - 1) "," substr(s, RSTART)
	}
	return s
}
function mark(held) {
	return held == "yes" ? "held" : held == "no" ? "**not held**" : \
	    held == "" ? "" : "**failed**"
}
function rival(name, value, unit, from) {
	return name == "" ? "" : name " " number(value) " " unit \
	    (from == "run" ? "" : ", recorded")
}
function wanted(x) {
	return x == "" ? "" : (sense == "least" ? "&ge; " : "&le; ") number(x)
}
# More is better of what is a rate, and of what the index saves.
function direction() {
	sense = $3 ~ /\/s$/ || $3 == "times" || $1 ~ / by walk$/ ? \
	    "least" : "most"
}
'

readme() {
	works >"$t/works"
	echo '| | here | of a yardstick in the same run | wanted | | beside |'
	echo '|---|---|---|---|---|---|'
	awk "$words"'
	BEGIN { FS = "|" }
	FNR == 1 { if (++file == 2) FS = "," }
	file == 1 { n++; work[n] = $1; title[n] = $2; says[n] = $3; next }
	FNR == 1 { split($0, part, ","); next }
	{
		direction()
		s = number($2) " " $3 " | "
		if ($12 != "")
			s = s number($12) " of " $9
		s = s " | " wanted($13) " | " mark($5) " | "
		line[$1] = s
		beside[$1] = rival($16, $17, $3, $18)
	}
	END {
		for (i = 1; i <= n; i++) {
			w = work[i]
			if (w in line)
				print "| " title[i] " | " line[w] \
				    (says[i] != "" ? says[i] : beside[w]) " |"
			else
				print "| " title[i] " | not measured | | | | |"
		}
	}' "$t/works" "$bench"
	awk -F, '$1 == "everything" && $3 == 10000000 {
	    printf "| 10 million open connections, 500 addresses, 256 CPUs |" \
		" %.3g s, %.0f MiB | | &le; 60 s, 1000 MB | %s | |\n", $4, \
		$5 / 1024, $4 <= 60 && $5 * 1024 <= 1e9 ? "held" : \
		"**not held**" }' "$growth"
}

whole() {
	echo '| work | value | least to most | aim | ratio to | its value' \
	    '| ratio | least to most | wanted | | rival |'
	echo '|---|---|---|---|---|---|---|---|---|---|---|'
	awk -F, "$words"'
	function range(a, b) {
		return a == b || a == "" ? "" : number(a) " to " number(b)
	}
	NR == 1 { next }
	$5 == "failed" {
		print "| " $1 " | " $3 " | | | | | | | | " mark($5) " | |"
		next
	}
	{
		direction()
		print "| " $1 " | " number($2) " " $3 " | " \
		    range($6, $7) " | " wanted($4) \
		    ($8 == "no" ? " missed" : "") " | " $9 " | " \
		    ($10 == "" ? "" : number($10) " " $11) " | " \
		    ($12 == "" ? "" : number($12)) " | " range($14, $15) \
		    " | " wanted($13) " | " mark($5) " | " \
		    rival($16, $17, $3, $18) " |"
	}' "$bench"
}

put() {	# put MARKER PAGE TABLE: writes, or compares
	sed -e "/^<!-- $1 -->\$/r $3" \
	    -e "/^<!-- $1 -->\$/,/^<!-- \/$1 -->\$/{" -e '/^<!-- /!d' -e '}' \
	    "$2" >"$t/page"
	cmp -s "$t/page" "$2" && return
	if [ "$check" = 1 ]; then
		echo "$2: the table of $1 is not that of its source"
		diff "$2" "$t/page" | sed 's/^/# /' | head -n 20
		differs=1
	else
		cat "$t/page" >"$2"
	fi
}

check=0 differs=0
[ "${1:-}" != --check ] || check=1
readme >"$t/readme"
whole >"$t/whole"
sh tests/tools/growth.sh --page "$growth" >"$t/growth"
put bench README.md "$t/readme"
put bench docs/PERFORMANCE.md "$t/whole"
put growth docs/PERFORMANCE.md "$t/growth"
exit "$differs"
