#!/bin/sh
# A format that the compiler cannot check does not build: neither one that a
# helper takes without saying so, nor arguments that do not fit; where warnings
# are errors, as to make check.
. tests/tools/tap.sh

# What a make that runs us says is not for the make that we run.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES 2>/dev/null

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
not() { ! "$@"; }

# As the program itself is compiled: by the Makefile's own words.
cat >"$t/Makefile" <<'EOM'
BUILD=	$(WHERE)/build
include Makefile
planted:
	$(COMPILE) -c -o $(WHERE)/planted.o $(WHERE)/planted.c
EOM
builds() {	# builds: does planted.c?
	make -s -f "$t/Makefile" WERROR=-Werror WHERE="$t" planted \
	    >"$t/log" 2>&1
}
plant() {
	{
		echo '#include <stdarg.h>'
		echo '#include <stdio.h>'
		echo '#include <glib.h>'
		echo 'void say(const char *fmt, ...)' "$1;"
		cat
	} >"$t/planted.c"
}
body='void say(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
}'
printf '%s\n' "$body" | plant 'G_GNUC_PRINTF(1, 2)'
check "a_helper_that_says_so_builds" builds || sed 's/^/# /' "$t/log"
printf '%s\n' "$body" | plant ''
check "planted/helper_that_does_not" not builds
printf 'void f(const char *s) { printf(s); }\n' | plant 'G_GNUC_PRINTF(1, 2)'
check "planted/format_that_is_no_literal" not builds
printf 'void f(void) { say("between 0%% and 1%%\\n", "x"); }\n' |
    plant 'G_GNUC_PRINTF(1, 2)'
check "planted/argument_without_a_place" not builds
tap_done
