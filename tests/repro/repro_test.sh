#!/bin/sh
# This build gives the bytes of the reference run: a change that moves a result
# moves a digest, and must say so.  `make repro' compares other builds.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
sh tests/repro/digests.sh "$PCBSIM" >"$t/now"
while read -r digest name; do
	check "same_bytes/$name" grep -q "^$digest  $name\$" "$t/now"
done <tests/repro/reference.sha256
check every_case_has_a_digest cmp -s "$t/now" tests/repro/reference.sha256

# Another seed must move every digest: they look at what they should.
sh tests/repro/digests.sh "$PCBSIM" --seed=43 >"$t/other"
while read -r digest name; do
	check "another_seed_moves/$name" \
	    sh -c '! grep -q "$1" "$2"' sh "$digest" "$t/other"
done <tests/repro/reference.sha256

tap_done
