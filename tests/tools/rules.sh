#!/bin/sh
# Writes $1/rules.mk: one explicit rule an object, a library a layer, a program
# a test, and $1/registry.c from the lists of plug-in files.  Both makes can
# include the result; neither needs a pattern rule or a wildcard.
set -eu
b=$1
mkdir -p "$b"
tmp=$b/rules.mk.$$
trap 'rm -f "$tmp" "$b/registry.c.$$"' EXIT

# A plug-in file models/KINDs/NAME.c defines KIND_NAME (dashes, dots: _); the
# kind lock_class lives in models/locks.
registry() {
	echo '/* Made from the list of files in models; do not edit. */'
	echo '#include <stddef.h>'
	echo '#include "models/registry.h"'
	for kind in "$@"; do
		dir=models/${kind%_class}s
		list=${kind%_class}s
		[ "$kind" = lock_class ] && list=lock_classes
		names=
		for f in "$dir"/*.c; do
			[ -e "$f" ] || continue
			n=$(basename "$f" .c | tr '.-' '__')
			names="$names $n"
			echo "extern const struct $kind ${kind}_$n;"
		done
		echo "const struct $kind *const registry_$list[] = {"
		for n in $names; do
			echo "	&${kind}_$n,"
		done
		echo "	NULL"
		echo "};"
	done
}
registry stack allocator load lock_class >"$b/registry.c.$$"
cmp -s "$b/registry.c.$$" "$b/registry.c" ||
    mv "$b/registry.c.$$" "$b/registry.c"

object() {	# object SOURCE OBJECT
	mkdir -p "$(dirname "$2")"
	echo "$2: $1"
	echo "	\$(COMPILE) -MMD -MP -c -o $2 $1"
}

for layer in sim models study cli; do
	objs=
	for f in $(find "$layer" -name '*.c' | LC_ALL=C sort); do
		o=$b/${f%.c}.o
		object "$f" "$o"
		[ "$f" = cli/main.c ] || objs="$objs $o"
	done
	if [ "$layer" = models ]; then
		object "$b/registry.c" "$b/registry.o"
		objs="$objs $b/registry.o"
	fi
	echo "$b/lib$layer.a:$objs"
	echo "	rm -f \$@ && ar rc \$@$objs"
done >"$tmp"

# Everything a report says of the build itself.
{
	echo "$b/study/version.o: docs/VERSION"
	all=
	for f in $(find tests -name '*_test.c' | LC_ALL=C sort); do
		t=$b/${f%.c}
		object "$f" "$t.o"
		echo "$t: $t.o \$(LIBS)"
		echo "	\$(LINK) -o \$@ $t.o \$(LIBS) \$(SYSLIBS)"
		all="$all $t"
	done
	echo "tests:$all"
	find "$b" -name '*.d' -exec cat {} +
} >>"$tmp"
cmp -s "$tmp" "$b/rules.mk" || mv "$tmp" "$b/rules.mk"
