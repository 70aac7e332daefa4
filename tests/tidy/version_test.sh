#!/bin/sh
# What the documents say of the whole: its version, its rooms, and how to report
# what is wrong.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
not() { ! "$@"; }

# ---- the version -----------------------------------------------------------

newest() {	# newest CHANGELOG
	sed -n 's/^## \[\([0-9]*\.[0-9]*\.[0-9]*\)\] - .*/\1/p' "$1" |
	    head -n 1
}
same() {	# same VERSION CHANGELOG
	[ -n "$(newest "$2")" ] && [ "$(cat "$1")" = "$(newest "$2")" ] ||
	    { echo "# $(cat "$1") in $1, $(newest "$2") in $2"; return 1; }
}
check "version/is_the_newest_of_the_changelog" same docs/VERSION CHANGELOG.md
# Each once, the newest first.
sed -n 's/^## \[\(.*\)\].*/\1/p' CHANGELOG.md >"$t/versions"
check "version/they_go_down" sh -c 'sort -u -t. -k1,1nr -k2,2nr -k3,3nr "$1" |
    cmp - "$1"' sh "$t/versions"
echo 9.9.9 >"$t/VERSION"
check "planted/another_version_is_seen" not same "$t/VERSION" CHANGELOG.md
sed '/^## \[/d' CHANGELOG.md >"$t/none.md"
check "planted/no_version_is_seen" not same docs/VERSION "$t/none.md"

# ---- the rooms -------------------------------------------------------------

# "cli", "study/sweep", as the first block of the page has them: ROOM/  what.
named() {	# named PAGE
	awk '/^```/ { n++ } n == 1' "$1" | sed -n 's|^\([a-z/]*\)/  *..*|\1|p'
}
# As the test of the arrows has them, from the roof down.
held() {
	sed -n "/^rooms='/,/'\$/p" tests/tidy/layers_test.sh |
	    sed -e "s/^rooms='//" -e "s/'\$//" | tr ' ' '\n'
}
# Those that have a file of ours; folders within a room are of the room.
found() {	# found DIR
	(cd "$1" && find cli study models sim -name '*.[ch]') |
	    awk -F/ '{ print NF == 2 ? $1 : $1 "/" $2 }' | LC_ALL=C sort -u
}
alike() {	# alike PAGE DIR
	named "$1" >"$t/named"
	found "$2" >"$t/found"
	LC_ALL=C sort "$t/named" | diff - "$t/found" >"$t/diff" ||
	    { sed 's/^/# /' "$t/diff"; return 1; }
}
page=docs/ARCHITECTURE.md
check "rooms/named_are_those_that_are" alike $page .
held >"$t/held"
named $page >"$t/named"
check "rooms/in_the_order_that_is_held" cmp "$t/named" "$t/held"
grep -v '^models/pcb/' $page >"$t/less.md"
check "planted/room_without_a_line_is_seen" not alike "$t/less.md" .
sed 's|^models/pcb/.*|&\
models/attic/      what nobody needs|' $page >"$t/more.md"
check "planted/line_without_a_room_is_seen" not alike "$t/more.md" .

# Where there is more than a handful to read, something says where to begin.
explained() {	# explained ROOM...
	for room in "$@"; do
		n=$(find "$room" -maxdepth 1 -name '*.[ch]' | wc -l)
		[ "$n" -le 5 ] || [ -s "$room/README.md" ] ||
		    { echo "# $room: $n files, no README.md"; return 1; }
	done
}
check "rooms/larger_ones_are_explained" explained sim models/net \
    models/freebsd models/pcb models/ports models/locks models/plans \
    models/stacks
check "planted/heap_without_a_word_is_seen" not explained cli

# ---- reports ---------------------------------------------------------------

# The example of a decision that is wrong says what the text says that it does.
awk '/^```/ { n++; next } n == 1' CONTRIBUTING.md >"$t/wrong.csv"
check "contributing/example" sh -c '"$1" script --stack=freebsd-12.0 \
    --search=both "$2" >"$3"' sh "$PCBSIM" "$t/wrong.csv" "$t/out"
port=$(sed -n 's/.*second socket gets port \([0-9]*\).*/\1/p' CONTRIBUTING.md)
check "contributing/example_says" grep -q "^[0-9]*,uc,2,OK,[^,]*,$port," \
    "$t/out"
tap_done
