#!/bin/sh
# The parts of the house style that a machine can hold: lengths, licence
# lines, names, forbidden matter.
. tests/tools/tap.sh

sources=$(find sim models study cli tests -name '*.[ch]' | sort)
makefile=$(cat Makefile)
nothing() { ! "$@"; }

long_lines() {
	expand "$@" | awk 'length($0) > 80 { print; bad = 1 }
	    END { exit !bad }'
}
long_files() {
	wc -l "$@" | awk '$2 != "total" && $1 > 600 { print; bad = 1 }
	    END { exit !bad }'
}
# From the brace in column 1 to the one that closes it.
long_functions() {
	awk '/^{/ { start = FNR }
	    /^}/ && start { if (FNR - start > 70) {
		print FILENAME ":" start ": " FNR - start " lines"; bad = 1 }
		start = 0 }
	    END { exit !bad }' "$@"
}
no_licence() {
	awk 'FNR == 1 { has[FILENAME] = 0 }
	    FNR <= 5 && /SPDX-License-Identifier: BSD-2/ { has[FILENAME] = 1 }
	    END { for (f in has) if (!has[f]) { print f; bad = 1 }
		exit !bad }' "$@"
}
bad_names() {
	printf '%s\n' "$@" | grep -E '/(utils?|common|helpers?|misc)\.[ch]$'
}
# A script that speaks TAP, is not called as tests/tools/run.sh looks for, and is
# no target of the Makefile either.
lost_tests() {
	grep -l 'tests/tools/tap\.sh' "$@" | grep -v '_test\.sh$' |
	    while read -r f; do
		case $makefile in *"${f#./}"*) ;; *) echo "$f" ;; esac
	done | grep .
}
dead_matter() {
	grep -nE '^#[ 	]*if 0|\b(TODO|FIXME)\b' "$@"
}

# shellcheck disable=SC2086
{
check "lines_fit_80_columns" nothing long_lines $sources
check "files_fit_600_lines" nothing long_files $sources
check "functions_fit_70_lines" nothing long_functions $sources
check "licence_is_named" nothing no_licence $sources
check "names_say_what_is_inside" nothing bad_names $sources
check "nothing_dead" nothing dead_matter $sources
}
# shellcheck disable=SC2046
check "tests_are_found" nothing lost_tests $(find tests packaging -name '*.sh')

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
awk 'BEGIN { print "{"; for (i = 0; i < 80; i++) print "\t;"; print "}" }' \
    >"$t/long.c"
check "planted/long_function_is_seen" long_functions "$t/long.c"
check "planted/missing_licence_is_seen" no_licence "$t/long.c"
echo '. tests/tools/tap.sh' >"$t/test.sh"
check "planted/lost_test_is_seen" lost_tests "$t/test.sh"
tap_done
