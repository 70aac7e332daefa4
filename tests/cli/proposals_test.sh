#!/bin/sh
# docs/PROPOSALS.md tells of each proposal what it costs, breaks and takes, and of
# none that there is not.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

"$PCBSIM" list proposals | sed -n 's/^  \([a-z][^ ]*\) .*/\1/p' | sort >"$t/all"
chapters() {	# chapters FILE
	sed -n '/^## Candidates/,/^## [^C]/s/^### //p' "$1" | sort
}
chapters docs/PROPOSALS.md >"$t/told"
check "candidates/some" test "$(wc -l <"$t/all")" -gt 10
check "candidates/each_has_its_chapter" diff "$t/all" "$t/told"
# A chapter: to the next heading.
silent() {	# silent FILE WORD
	awk -v word="$2" '
	    /^##/ { if (name != "" && !said) { print "# " name; bad = 1 }
		name = ""; said = 0 }
	    /^### / { name = $2 }
	    index($0, word) { said = 1 }
	    END { if (name != "" && !said) { print "# " name; bad = 1 }
		exit !bad }' "$1"
}
nothing() { ! "$@"; }
# laddr-key is a half of laddr-hash, which tells the rest.
sed '/^### laddr-key/,/^### full-cache/{/^### full-cache/!d;}' \
    docs/PROPOSALS.md | sed -n '/^## Candidates/,/^## [^C]/p' >"$t/doc"
for word in Costs reaks akes '*Not*'; do
	check "candidates/all_say_$word" nothing silent "$t/doc" "$word"
done
sed '/^### stride/,/^### shuffle/s/\*Not\*//' "$t/doc" >"$t/planted"
check "planted/silence_is_seen" silent "$t/planted" '*Not*'

# Each stack that the document names can be had.
grep -o '`[a-z]*-[a-z0-9.-]*+[a-z+-]*`' docs/PROPOSALS.md | tr -d '`' |
    sort -u >"$t/stacks"
while read -r name; do
	"$PCBSIM" explain "$name" >/dev/null 2>&1 || echo "$name"
done <"$t/stacks" >"$t/bad"
check "stacks/all_there" test ! -s "$t/bad"
check "stacks/known_as_proposed" sh -c \
    '"$1" explain freebsd-14.3+spread | grep -q "known  *proposed"' - "$PCBSIM"
check "stacks/release_and_order" sh -c \
    '"$1" explain freebsd-13.3+spread+noport | grep -q "^freebsd-12.2+noport+spread"' \
    - "$PCBSIM"

# All addresses count where they are offered.
paper() { "$PCBSIM" ask --stack="$1" --rate=2k/s --lifetime=50ms --laddrs=4 \
    --range=1024-5000 --fast | grep -q "$2"; }
check "paper/one_address" paper freebsd-14 " 1 laddr x 3,977 ports"
check "paper/all_of_them" paper freebsd-14+spread " 4 laddrs x 3,977 ports"

# What does not go together is said, and why.
says() { grep -q "$1" "$t/err"; }
printf 'config,10000,10003,0,512,512\n' >"$t/ops"
script() { "$PCBSIM" script --stack="$1" "$t/ops" >/dev/null 2>"$t/err"; }
refuse "unfit/unknown" 2 script freebsd-14+spred
check "unfit/unknown/hint" says "did you mean 'spread'"
refuse "unfit/family" 2 script netbsd+spread
check "unfit/family/says" says "tables"
refuse "unfit/locks" 2 script freebsd-16+unlocked
check "unfit/locks/says" says "locks"
refuse "unfit/two_orders" 2 script freebsd-14+stride+shuffle
check "unfit/two_orders/says" says "order of trying"
refuse "unfit/two_locks" 2 script freebsd-14+unlocked+drop-lock
check "unfit/two_locks/says" says "changes the locks"
refuse "unfit/empty" 2 script freebsd-14+
tap_done
