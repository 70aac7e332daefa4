#!/bin/sh
# Each kind of input: the corpus that is tracked, and a second of what becomes
# of it.  make fuzz-smoke does more, with libFuzzer and sanitizers.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
here=$PWD
case $BUILD in /*) bin=$BUILD ;; *) bin=$here/$BUILD ;; esac

try() {	# try KIND OPTIONS...: its last line is in $t/KIND
	kind=$1
	shift
	(cd "$t" && "$bin/tests/fuzz/inputs/${kind}_fuzz" "$@" \
	    "$here/tests/fuzz/corpus/$kind" >"$t/$kind" 2>&1) ||
	    { tail -3 "$t/$kind" | cut -c1-300 | sed 's/^/# /'; return 1; }
	sed 's/^/# /' "$t/$kind"
}
tried() { [ "$(sed -n 's/.*: \([0-9]*\) inputs.*/\1/p' "$t/$1")" -ge 50 ]; }

for f in tests/fuzz/inputs/*_fuzz.c; do
	kind=$(basename "$f" _fuzz.c)
	check "corpus_is_there/$kind" test -n "$(ls "tests/fuzz/corpus/$kind")"
	check "nothing_is_found/$kind" try "$kind" --seconds=1
	check "many_were_tried/$kind" tried "$kind"
done
refuse "planted/a_failure_is_found" 134 sh -c 'cd "$1" &&
    "$2/tests/fuzz/inputs/expr_fuzz" --seconds=60 --plant >/dev/null 2>&1' \
    - "$t" "$bin"
check "planted/its_input_is_kept" grep -q 70k "$t/crash-expr"
tap_done
