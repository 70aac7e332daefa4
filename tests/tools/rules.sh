#!/bin/sh
# Writes $1/rules.mk: one explicit rule an object, a library a layer, a program
# a test, and $1/registry.c from the lists of plug-in files.  Both makes can
# include the result; neither needs a pattern rule or a wildcard.  Beside them
# what is built in: $1/costs_builtin.c from study/costs, $1/init_builtin.c from
# cli/init.ini, $1/version_made.h.
set -eu
b=$1
mkdir -p "$b"
tmp=$b/rules.mk.$$
trap 'rm -f "$tmp" "$b"/*.[ch].$$' EXIT

# Take what was made, unless it is as before: what depends on it is then not
# built again.
made() {	# made FILE
	cmp -s "$1.$$" "$1" || mv "$1.$$" "$1"
}

# A plug-in is a file that defines KIND_NAME (its name; dashes, dots: _), in
# whichever room it lives.
registry() {
	echo '/* Made from the files in models that define one; do not edit. */'
	echo '#include <stddef.h>'
	echo '#include "models/registry.h"'
	for kind in "$@"; do
		list=${kind}s
		[ "$kind" = lock_class ] && list=lock_classes
		names=$(find models -name '*.c' -exec sed -n \
		    "s/^const struct $kind ${kind}_\([a-z0-9_]*\) = {\$/\1/p" \
		    {} + | LC_ALL=C sort)
		for n in $names; do
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
registry stack allocator load lock_class proposal >"$b/registry.c.$$"
made "$b/registry.c"

# A file as C string literals, one a line.
literals() {	# literals FILE
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/	"/' -e 's/$/\\n"/' "$1"
}

# Each table of costs as a string.
{
	echo '/* Made from study/costs; do not edit. */'
	echo '#include <stddef.h>'
	echo '#include "study/scenario/costs_file.h"'
	echo 'const struct costs_builtin costs_builtin[] = {'
	for f in study/costs/*.csv; do
		[ -e "$f" ] || continue
		echo "	{ \"$(basename "$f" .csv)\","
		literals "$f"
		echo '	},'
	done
	echo '	{ NULL, NULL }'
	echo '};'
} >"$b/costs_builtin.c.$$"
made "$b/costs_builtin.c"

# The scenario to begin with.
{
	echo '/* Made from cli/init.ini; do not edit. */'
	echo '#include "cli/init.h"'
	echo 'const char init_text[] ='
	[ ! -e cli/init.ini ] || literals cli/init.ini
	echo '	"";'
} >"$b/init_builtin.c.$$"
made "$b/init_builtin.c"

# Which program this is; looked at whenever make runs.
sh tests/tools/version.sh >"$b/version_made.h.$$"
made "$b/version_made.h"

object() {	# object SOURCE OBJECT
	[ -d "${2%/*}" ] || mkdir -p "${2%/*}"
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
	elif [ "$layer" = study ]; then
		object "$b/costs_builtin.c" "$b/costs_builtin.o"
		objs="$objs $b/costs_builtin.o"
	elif [ "$layer" = cli ]; then
		object "$b/init_builtin.c" "$b/init_builtin.o"
		objs="$objs $b/init_builtin.o"
	fi
	echo "$b/lib$layer.a:$objs"
	# Quick: two rooms may have files of one name.
	echo "	rm -f \$@ && ar qc \$@$objs"
done >"$tmp"

{
	v=$(find study -name version.c)
	echo "$b/${v%.c}.o: $b/version_made.h"
	for kind in test:tests bench:benches fuzz:fuzzers live:lives; do
		all=
		for f in $(find tests -name "*_${kind%:*}.c" | LC_ALL=C sort); do
			t=$b/${f%.c}
			object "$f" "$t.o"
			echo "$t: $t.o \$(LIBS)"
			echo "	\$(LINK) -o \$@ $t.o \$(LIBS) \$(SYSLIBS)"
			all="$all $t"
		done
		echo "${kind#*:}:$all"
	done
	find "$b" -name '*.d' -exec cat {} +
} >>"$tmp"
cmp -s "$tmp" "$b/rules.mk" || mv "$tmp" "$b/rules.mk"
