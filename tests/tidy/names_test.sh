#!/bin/sh
# Files and folders of ours that comments and documents name are there.  NAME
# stands for any name, * for what it does in a shell; KERNEL, ROOM and the like
# are made up, and so is what they are part of.
. tests/tools/tap.sh

# "FILE:LINE: NAME", as a path from the root; what is part of another path
# (build/..., sys/...) is not meant.
names() {	# names FILE...
	grep -nHoE '(^|[^A-Za-z0-9_./$*-])(sim|models|study|cli|tests|docs|scenarios|packaging)/[A-Za-z0-9_./*-]*[A-Za-z0-9*]' \
	    "$@" | sed -E 's/^([^:]*:[0-9]*:)[^a-z]?/\1 /'
}
there() {	# there NAME: with or without its suffix
	for f in $1 $1.*; do
		[ -e "$f" ] && return 0
	done
	return 1
}
gone() {	# gone FILE...
	names "$@" | while read -r where name; do
		case $name in
		*KERNEL* | *ROOM*) continue ;;
		*NAME*)	file=$(echo "$name" | sed 's/NAME/*/g') ;;
		*)	file=$name ;;
		esac
		there "$file" || echo "# $where $name"
	done | grep .
}
nothing() { ! "$@"; }

# shellcheck disable=SC2046
{
check "code/names_what_is_there" nothing gone \
    $(find sim models study cli tests -name '*.[ch]')
check "documents/name_what_is_there" nothing gone \
    $(find README.md CHANGELOG.md CONTRIBUTING.md docs sim models study tests \
	scenarios -name '*.md' -o -name '*.[157]')
}
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
echo '/* See models/allocators/ and sim/sim.h, models/stacks/NAME.c. */' \
    >"$t/a.c"
check "planted/old_name_is_seen" test \
    "$(gone "$t/a.c")" = "# $t/a.c:1: models/allocators"
tap_done
