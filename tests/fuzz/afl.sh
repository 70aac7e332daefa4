#!/bin/sh
# AFL++ on the same inputs as make fuzz-smoke, as a second opinion: make
# fuzz-afl.
#
#	afl.sh SECONDS [KIND...]
#
# Each kind for that long, from the corpus that is tracked, many inputs a
# process (AFL++ brings the driver for what libFuzzer calls), below build/afl.
# With LEDGER=FILE each kind adds its row there: see ledger.sh.
set -u
seconds=$1
shift
command -v afl-fuzz >/dev/null 2>&1 || { echo "afl: needs afl++"; exit 1; }
build=build/afl
kinds=$*
[ -n "$kinds" ] || kinds=$(for f in tests/fuzz/inputs/*_fuzz.c; do
	basename "$f" _fuzz.c; done)
objects=
for k in $kinds; do
	objects="$objects $build/tests/fuzz/inputs/${k}_fuzz.o"
done
mkdir -p "$build/bin" "$build/out"
libs="$build/libcli.a $build/libstudy.a $build/libmodels.a $build/libsim.a"
# shellcheck disable=SC2086
"${MAKE:-make}" -s -j2 BUILD=$build CC=afl-clang-fast OPTIMIZE= HARDEN= \
    CFLAGS="-O1 -g -DFUZZ_LIBFUZZER" HARDEN_LINK= $libs $objects \
    >$build.log 2>&1 || { tail -5 $build.log; exit 1; }
bad=0
for k in $kinds; do
	# shellcheck disable=SC2046,SC2086
	afl-clang-fast -fsanitize=fuzzer -o "$build/bin/$k" \
	    "$build/tests/fuzz/inputs/${k}_fuzz.o" $libs -lcsv -ljansson \
	    $(pkg-config --libs glib-2.0 zlib) -lm -lpthread \
	    >>$build.log 2>&1 || { tail -5 $build.log; bad=1; continue; }
	AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1 \
	    AFL_AUTORESUME=1 timeout $((seconds + 120)) afl-fuzz -V "$seconds" \
	    -m none -t 2000 -i "tests/fuzz/corpus/$k" -o "$build/out/$k" -- \
	    "$build/bin/$k" >"$build/$k.log" 2>&1
	stats=$build/out/$k/default/fuzzer_stats
	[ -f "$stats" ] || { tail -5 "$build/$k.log"; bad=1; continue; }
	awk -F' *: *' -v kind="$k" '/^execs_done/ { n = $2 }
	    /^execs_per_sec/ { per = $2 } /^edges_found/ { edges = $2 }
	    /^saved_crashes/ { crashes = $2 } /^saved_hangs/ { hangs = $2 }
	    END { printf "%-10s inputs %9d, a second %6d, edges %6d, " \
		"crashes %d, hangs %d\n", kind, n, per, edges, crashes, hangs
		exit crashes + hangs > 0 }' "$stats" || bad=1
	# shellcheck disable=SC2046
	[ -z "${LEDGER:-}" ] || sh tests/fuzz/ledger.sh add "$LEDGER" "$k" \
	    afl $(awk -F' *: *' '/^run_time/ { s = $2 } /^edges_found/ { e = $2 }
		/^execs_done/ { n = $2 } /^saved_(crashes|hangs)/ { f += $2 }
		END { print s + 0, n + 0, e + 0, f + 0 }' "$stats")
done
exit $bad
