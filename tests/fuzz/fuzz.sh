#!/bin/sh
# libFuzzer on each kind of input, from the corpus that is tracked, with
# AddressSanitizer and UndefinedBehaviorSanitizer: make fuzz-smoke.
#
#	fuzz.sh SECONDS [KIND...]	JOBS=2 at a time; CC=clang
#
# New inputs are kept below build/fuzz/corpus; what is found, in
# build/fuzz/found.  One line a kind: inputs, how many a second, what covered.
# With LEDGER=FILE each kind adds its row there: see ledger.sh.
set -u
seconds=$1
shift
build=build/fuzz
cc=${CC:-clang}
case $cc in *clang*) ;; *) cc=clang ;; esac
jobs=${JOBS:-2}
command -v "$cc" >/dev/null 2>&1 || { echo "fuzz: needs clang"; exit 1; }
kinds=$*
[ -n "$kinds" ] || kinds=$(for f in tests/fuzz/inputs/*_fuzz.c; do
	basename "$f" _fuzz.c; done)

flags="-O1 -g -fsanitize=address,undefined,float-cast-overflow
    -fno-sanitize-recover=all -fno-sanitize=alignment -DFUZZ_LIBFUZZER"
objects=
for k in $kinds; do
	objects="$objects $build/tests/fuzz/inputs/${k}_fuzz.o"
done
mkdir -p "$build/found" "$build/bin"
# shellcheck disable=SC2086
"${MAKE:-make}" -j"$jobs" BUILD=$build CC="$cc" OPTIMIZE= \
    CFLAGS="$(echo $flags) -fsanitize=fuzzer-no-link" $build/libcli.a \
    $build/libstudy.a $build/libmodels.a $build/libsim.a $objects \
    >"$build/log" 2>&1 || { grep -E "error:|\*\*\*" "$build/log" | head -20; exit 1; }
libs="$build/libcli.a $build/libstudy.a $build/libmodels.a $build/libsim.a
    -lcsv -ljansson $(pkg-config --libs glib-2.0 zlib) -lm -lpthread"

# Seconds of a CPU between two times(1) in a file, of those waited for.
used() {
	awk 'function seconds(t, a) {
		split(t, a, /[ms]/)
		return 60 * a[1] + a[2]
	    }
	    NR == 2 { was = seconds($1) + seconds($2) }
	    NR == 4 { printf "%.0f\n", seconds($1) + seconds($2) - was }' "$1"
}

one() {	# one KIND: link, run, say
	k=$1
	corpus=$build/corpus/$k
	mkdir -p "$corpus"
	# shellcheck disable=SC2086
	"$cc" $(echo $flags) -fsanitize=fuzzer -o "$build/bin/$k" \
	    "$build/tests/fuzz/inputs/${k}_fuzz.o" $(echo $libs) || return 1
	times >"$build/$k.times"
	# G_SLICE: each piece of memory on its own, or nothing is seen.  Less
	# that was given back is held, and fewer of its callers are known, than
	# by default, which halves the inputs a second.
	G_SLICE=always-malloc \
	    ASAN_OPTIONS=detect_leaks=1:quarantine_size_mb=16:malloc_context_size=8 \
	    "$build/bin/$k" -max_total_time="$seconds" -max_len=8192 \
	    -timeout=60 -rss_limit_mb=2048 -print_final_stats=1 -print_funcs=0 \
	    -artifact_prefix="$build/found/$k-" "$corpus" \
	    "tests/fuzz/corpus/$k" >"$build/$k.log" 2>&1
	rc=$?
	times >>"$build/$k.times"
	awk -v kind="$k" -v rc=$rc '
	    /cov: / { for (i = 1; i < NF; i++) {
		if ($i == "cov:") cov = $(i + 1)
		if ($i == "corp:") corp = $(i + 1) } }
	    /number_of_executed_units/ { n = $2 }
	    /average_exec_per_sec/ { per = $2 }
	    END { printf "%-10s inputs %9d, a second %6d, edges %6d, %s\n",
		kind, n, per, cov, rc == 0 ? "nothing found" : "FOUND" }' \
	    "$build/$k.log"
	# shellcheck disable=SC2046
	[ -z "${LEDGER:-}" ] || sh tests/fuzz/ledger.sh add "$LEDGER" "$k" \
	    libfuzzer "$(used "$build/$k.times")" $(awk '/cov: / {
		for (i = 1; i < NF; i++) if ($i == "cov:") cov = $(i + 1) }
		/number_of_executed_units/ { n = $2 }
		END { print n + 0, cov + 0 }' "$build/$k.log") \
	    $((rc != 0))
	[ $rc -eq 0 ] || { tail -40 "$build/$k.log"; return 1; }
}

bad=0
running=0
pids=
for k in $kinds; do
	one "$k" &
	pids="$pids $!"
	running=$((running + 1))
	if [ "$running" -ge "$jobs" ]; then
		for p in $pids; do wait "$p" || bad=1; done
		running=0 pids=
	fi
done
for p in $pids; do wait "$p" || bad=1; done
exit $bad
