#!/bin/sh
# docs/TRAPS.md names the test of each of the twenty traps: every test that it
# names exists in the file that it says, and no test of a trap is missing.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

tested() {	# "02_name ports", one a line
	for f in tests/models/traps/*_test.c; do
		where=${f##*/}
		grep -o '"/trap/[^"]*"' "$f" |
		    sed -e 's|^"/trap/||' -e "s|\"\$| ${where%_test.c}|"
	done | sort -u
}

# The rows of the table: names in backquotes, files in the last column.
documented() {	# documented FILE
	awk -F '|' '/^\| [0-9]+ \|/ {
		n = split($4, name, "`")
		m = split($5, where, /[ ,]+/)
		for (i = 2; i <= n; i += 2)
			for (j = 1; j <= m; j++)
				if (where[j] != "")
					print name[i], where[j]
	}' "$1" | sort -u
}

numbers() { sed 's/_.*//' "$1" | sort -u | wc -l | tr -d ' '; }

# Every pair of the first is in the second.
within() { [ -s "$1" ] && [ -z "$(comm -23 "$1" "$2")" ]; }

# A row with two files names each test with both: drop what is in neither.
names() { sed 's/ .*//' "$1" | sort -u; }

nothing() { ! "$@"; }

tested >"$t/tested"
documented docs/TRAPS.md >"$t/documented"
names "$t/tested" >"$t/tested.names"
names "$t/documented" >"$t/documented.names"
check "each_test_is_documented" within "$t/tested" "$t/documented"
check "each_documented_test_exists" within "$t/documented.names" \
    "$t/tested.names"
check "twenty_traps" [ "$(numbers "$t/tested")" -eq 20 ]
echo '| 1 | x | `01_unheard_of` | ports |' >"$t/planted.md"
documented "$t/planted.md" >"$t/planted"
check "planted/unknown_test_is_seen" nothing within "$t/planted" "$t/tested"
tap_done
