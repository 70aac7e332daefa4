#!/bin/sh
# sim/ and models/ keep no mutable file-scope state, so that runs go in
# parallel: no symbol in a data, bss or common section, but for sim_running.
. tests/tools/tap.sh

# Constant tables that hold addresses lie in .data.rel.ro: read-only once the
# program runs.
mutable() {	# mutable OBJECTS...
	objdump -t "$@" | awk -F'\t' 'NF == 2 {
	    n = split($1, left, " "); section = left[n]
	    split($2, right, " ")
	    if (section ~ /^(\.(data|bss|tdata|tbss)|\*COM\*)$/ &&
		left[n - 1] ~ /O/ && right[2] != "sim_running") {
		    print section, right[2]; bad = 1 } }
	    END { exit !bad }'
}
nothing() { ! "$@"; }

case $BUILD in
*sanitize*)
	echo "ok 1 globals # SKIP sanitizers add symbols of their own"
	echo "1..1"
	exit 0 ;;
esac
objects=$(find "$BUILD/sim" "$BUILD/models" -name '*.o')
# shellcheck disable=SC2086
check "no_mutable_symbol" nothing mutable $objects

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
echo 'static int counter; int next(void); int next(void) { return (counter++); }' \
    >"$t/bad.c"
${CC:-cc} -c -o "$t/bad.o" "$t/bad.c"
check "planted/counter_is_seen" mutable "$t/bad.o"
tap_done
