#!/bin/sh
# A few seconds of fuzzing are clean, and a planted error is found.
. tests/tools/tap.sh

fuzz=$BUILD/tests/fuzz/search_fuzz
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

check "clean_for_three_seconds" sh -c '"$1" --seconds=3 2>"$2/err"' - \
    "$fuzz" "$t"
refuse "planted/forgotten_close_is_found" 1 \
    sh -c '"$1" --seconds=60 --seed=1 --plant >"$2/found" 2>/dev/null' - \
    "$fuzz" "$t"
check "planted/the_script_is_short" \
    sh -c '[ "$(grep -vc "^#" "$1")" -lt 200 ]' - "$t/found"
check "planted/the_script_can_be_run" \
    sh -c '"$PCBSIM" script --stack=freebsd-12.0 "$1" >/dev/null' - \
    "$t/found"
tap_done
