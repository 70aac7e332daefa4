#!/bin/sh
# Arrows between the folders point one way: cli -> study -> models -> sim.
# What a folder may not include or call is a list here; each rule is also
# tried on a planted offender, so that it cannot pass by matching nothing.
. tests/tools/tap.sh

# Lines in FILES that include a header of a folder they may not know.
upward() {	# upward LAYER FILES...
	case $1 in
	sim)	no='models|study|cli' ;;
	models)	no='study|cli' ;;
	study)	no='cli' ;;
	cli)	no='sim' ;;
	esac
	shift
	grep -nE "^#[ 	]*include[ 	]+\"($no)/" "$@"
}

# Calls that have no place below study/: text, files, clocks, environment.
edge_calls() {
	grep -nE '(^|[^>._a-zA-Z0-9])(printf|fprintf|puts|fopen|getenv|setlocale|time|gettimeofday|clock_gettime|rand|srand|random|drand48|g_print|g_printerr|g_random_[a-z]+|strtod|atof|g_hash_table_[a-z_]+) *\(' \
	    "$@" | grep -vE '^([^:]*:)?[0-9]+:[ 	]*/?\*'
}

nothing() { ! "$@"; }

for layer in sim models study; do
	files=$(find $layer -name '*.[ch]')
	# shellcheck disable=SC2086
	check "$layer/looks_only_down" nothing upward $layer $files
done

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
echo '#include "study/scenario/scenario.h"' >"$t/bad.c"
check "planted/upward_include_is_seen" upward models "$t/bad.c"
printf 'void f(void)\n{\n\tprintf("x");\n}\n' >"$t/print.c"
check "planted/printf_is_seen" edge_calls "$t/print.c"

# kpanic() is the one that may write, to stderr, on its way to abort().
files=$(find sim models -name '*.[ch]' ! -path sim/kassert.c)
# shellcheck disable=SC2086
check "models/no_text_no_clock_no_hash_order" nothing edge_calls $files
tap_done
