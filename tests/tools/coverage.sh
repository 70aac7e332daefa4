#!/bin/sh
# make coverage: which lines and branches the tests reach, a row a file.
#
#	coverage.sh CSV [TEST...]	all tests, or these programs and scripts
#	coverage.sh --page CSV	a row a room: the table of docs/RELIABILITY.md
#
# A file that is newer than the figures may have a row "FILE,-,-,-,-".
#
# The build is one of its own, below build/coverage; the lines of study/ and
# cli/ that no test reaches are in build/coverage/missed, FILE:LINE: TEXT.  Each
# test has 20 minutes.  With KEEP=yes it goes on where it was ended: tests that
# are in build/coverage/ran do not run again.
set -u
if [ "$1" = --page ]; then
	echo "| room | files | not measured | lines | reached | branches | taken |"
	echo "|---|---|---|---|---|---|---|"
	awk -F, '/^#/ || $1 == "file" { next }
	    { room = $1; sub(/\/[^\/]*$/, "", room); add(room); add("all") }
	    END { for (r in n) if (r != "all") print row(r) | "sort"
		close("sort"); print row("all") }
	    function add(r) { n[r]++; later[r] += $2 == "-"; lines[r] += $2; hit[r] += $3
		branches[r] += $4; taken[r] += $5 }
	    function row(r) { return sprintf( \
		"| %s | %d | %d | %d | %.1f %% | %d | %.1f %% |", r, n[r],
		later[r], lines[r],
		100 * hit[r] / (lines[r] ? lines[r] : 1), branches[r],
		100 * taken[r] / (branches[r] ? branches[r] : 1)) }' "$2"
	exit
fi
csv=$1
shift
build=build/coverage
mkdir -p $build
cc -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -O1 -g -c -o $build/gcov_end.o \
    tests/tools/gcov_end.c || exit 1
"${MAKE:-make}" -s -j2 BUILD=$build BIN=$build/pcbsim OPTIMIZE= HARDEN= \
    HARDEN_LINK= CFLAGS="-O0 -g --coverage" \
    LDFLAGS="-Wl,--wrap=_exit,--wrap=abort,--wrap=raise $build/gcov_end.o" \
    all tests fuzzers faults || exit 1
[ "${KEEP:-}" = yes ] && [ -f $build/ran ] || {
	find $build -name '*.gcda' -exec rm -f {} +
	: >$build/ran
}
PCBSIM=$PWD/$build/pcbsim
BUILD=$build
LC_ALL=C
export PCBSIM BUILD LC_ALL
tests=$(find tests -name '*_test.c' -o -name '*_test.sh' | sort)
for test_ in ${*:-$tests}; do
	grep -qxF "$test_" $build/ran && continue
	case $test_ in
	*.sh)	timeout 1200 sh "$test_" ;;
	*)	timeout 1200 "$build/${test_%.c}" ;;
	esac >$build/log 2>&1 || echo "coverage: $test_ does not pass"
	echo "$test_" >>$build/ran
done
here=$PWD
rm -rf $build/gcov
mkdir -p $build/gcov
# gcov looks for the sources where it is.
for room in sim models study cli build; do
	ln -s "$here/$room" $build/gcov/$room
done
find $build -name '*.gcno' ! -path '*/tests/*' | while read -r note; do
	(cd $build/gcov && gcov -b -c -r -s "$here" \
	    -o "$here/$(dirname "$note")" "$here/$note" >/dev/null 2>&1
	for f in *.gcov; do
		[ -e "$f" ] || continue
		source=$(sed -n 's/^ *-: *0:Source://p' "$f")
		mv "$f" "$(echo "$source" | tr / @).all"
	done)
done
{
	echo "# what tests reach, of lines of code and of branches: make coverage"
	echo "# by $(sort -u $build/ran | wc -l) of $(echo "$tests" | wc -l)" \
	    "tests; not by:" $(echo "$tests" | grep -vxFf $build/ran |
	    sed 's/^tests.//')
	echo "file,lines,reached,branches,taken"
	find sim models study cli -name '*.c' | LC_ALL=C sort |
	    while read -r source; do
		f=$build/gcov/$(echo "$source" | tr / @).all
		# What is only data has no code.
		[ -f "$f" ] || f=/dev/null
		awk -v source="$source" '{ sub(/^ */, "") }
		    /^branch/ { b++; if ($3 == "taken" && $4 > 0) taken++ }
		    /^[0-9#=]/ { n++; if ($0 !~ /^[#=]/) hit++ }
		    END { printf "%s,%d,%d,%d,%d\n", source, n, hit, b,
			taken }' "$f"
	done
} >"$csv.new"
mv "$csv.new" "$csv"
for f in $build/gcov/study@*.c.all $build/gcov/cli@*.c.all; do
	awk -F: -v f="$(basename "$f" .all | tr @ /)" '/^ *[#=]/ {
	    line = $2; sub(/^[^:]*:[^:]*:/, ""); sub(/^[ \t]*/, "")
	    print f ":" line + 0 ": " $0 }' "$f"
done >$build/missed
echo "coverage: $csv; lines of study/ and cli/ not reached:" \
    "$(wc -l <$build/missed)"
