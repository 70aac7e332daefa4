#!/bin/sh
# make fuzz-keep: of all inputs that were found, below build/fuzz/corpus and
# build/afl/out, the fewest that reach what all of them reach go to
# tests/fuzz/corpus, small ones first, as far as there is room for them.
#
#	keep.sh [KIND...]	KEEP_BYTES of room for each kind (40000)
#
# Inputs that have a name there stay: they are not measured by what they reach.
set -u
room=${KEEP_BYTES:-40000}
kinds=$*
[ -n "$kinds" ] || kinds=$(for f in tests/fuzz/inputs/*_fuzz.c; do
	basename "$f" _fuzz.c; done)
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
for k in $kinds; do
	[ -x "build/fuzz/bin/$k" ] || continue
	mkdir -p "$t/$k/all" "$t/$k/few"
	for d in "tests/fuzz/corpus/$k" "build/fuzz/corpus/$k" \
	    "build/afl/out/$k/default/queue"; do
		[ ! -d "$d" ] || find "$d" -maxdepth 1 -type f |
		    while IFS= read -r f; do
			cp "$f" "$t/$k/all/$(sha1sum <"$f" | cut -c1-40)"
		    done
	done
	G_SLICE=always-malloc timeout 900 "build/fuzz/bin/$k" \
	    -set_cover_merge=1 -timeout=60 -rss_limit_mb=2048 "$t/$k/few" \
	    "$t/$k/all" >"$t/$k/log" 2>&1 ||
	    { echo "$k: cannot be merged"; tail -3 "$t/$k/log"; continue; }
	used=$(cat "tests/fuzz/corpus/$k"/* | wc -c)
	find "$t/$k/few" -type f -size -17 -exec wc -c {} + |
	    awk '$2 != "total"' | sort -n | while read -r bytes f; do
		used=$((used + bytes))
		[ $used -le "$room" ] || break
		cp "$f" "tests/fuzz/corpus/$k/$(basename "$f" | cut -c1-16)"
	done
	printf '%-10s of %d inputs %d reach all; %d bytes are kept\n' "$k" \
	    "$(find "$t/$k/all" -type f | wc -l)" \
	    "$(find "$t/$k/few" -type f | wc -l)" \
	    "$(cat "tests/fuzz/corpus/$k"/* | wc -c)"
done
