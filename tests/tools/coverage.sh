#!/bin/sh
# make coverage: which lines the tests reach, a row a room.
#
#	coverage.sh CSV [TEST...]	all tests, or these programs and scripts
#
# The build is one of its own, below build/coverage; which lines of study/ no
# test reaches is in build/coverage/missed, FILE:LINE: TEXT.
set -u
csv=$1
shift
build=build/coverage
"${MAKE:-make}" -s -j2 BUILD=$build BIN=$build/pcbsim OPTIMIZE= HARDEN= \
    HARDEN_LINK= CFLAGS="-O0 -g --coverage" all tests fuzzers faults || exit 1
find $build -name '*.gcda' -exec rm -f {} +
PCBSIM=$PWD/$build/pcbsim
BUILD=$build
export PCBSIM BUILD
if [ $# -eq 0 ]; then
	sh tests/tools/run.sh $build $PCBSIM | tail -n 3
else
	for test_ in "$@"; do
		case $test_ in
		*.sh)	sh "$test_" >/dev/null 2>&1 ;;
		*)	"$build/${test_%.c}" >/dev/null 2>&1 ;;
		esac
	done
fi
here=$PWD
rm -rf $build/gcov
mkdir -p $build/gcov
find $build -name '*.gcno' ! -path '*/tests/*' | while read -r note; do
	(cd $build/gcov && gcov -r -s "$here" -o "$here/$(dirname "$note")" \
	    "$here/$note" >/dev/null 2>&1
	for f in *.gcov; do
		[ -e "$f" ] || continue
		source=$(sed -n 's/^ *-: *0:Source://p' "$f")
		mv "$f" "$(echo "$source" | tr / @).all"
	done)
done
{
	echo "# lines of code that tests reach; make coverage"
	echo "room,lines,reached,percent"
	for f in $build/gcov/*.c.all; do
		source=$(basename "$f" .all | tr @ /)
		case $source in sim/*|models/*|study/*|cli/*) ;; *) continue ;; esac
		awk -v room="$(dirname "$source")" '{ sub(/^ */, "") }
		    /^[0-9#=]/ { n++; if ($0 !~ /^[#=]/) hit++ }
		    END { print room, n + 0, hit + 0 }' "$f"
	done | awk '{ n[$1] += $2; hit[$1] += $3 }
	    END { for (r in n) printf "%s,%d,%d,%.1f\n", r, n[r], hit[r],
		100 * hit[r] / (n[r] ? n[r] : 1) }' | sort
} >"$csv.new"
mv "$csv.new" "$csv"
for f in $build/gcov/study@*.c.all; do
	awk -F: -v f="$(basename "$f" .all | tr @ /)" '/^ *[#=]/ {
	    line = $2; sub(/^[^:]*:[^:]*:/, ""); sub(/^[ \t]*/, "")
	    print f ":" line + 0 ": " $0 }' "$f"
done >$build/missed
echo "coverage: $csv; lines of study/ not reached: $(wc -l <$build/missed)"
