#!/bin/sh
# A header includes what it needs: each compiles alone, and twice.
. tests/tools/tap.sh

flags=$(pkg-config --cflags glib-2.0)
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

alone() {
	printf '#include "%s"\n#include "%s"\nextern int unused;\n' "$1" "$1" \
	    >"$t/alone.c"
	# shellcheck disable=SC2086
	${CC:-cc} -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror $flags -I. \
	    -fsyntax-only "$t/alone.c"
}
for h in $(find sim models study cli -name '*.h' | sort); do
	check "$h" alone "$h"
done
tap_done
