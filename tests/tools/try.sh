# Sourced, after tap.sh, by tests that run the program: a directory of the
# test's own, $t, that goes with it, and what the last command said.  A test's
# own function puts the two streams there: >"$t/out" 2>"$t/err".
#
#	prints PATTERN	on standard output
#	said PATTERN	on standard error
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

show() { sed 's/^/# /' "$t/out" "$t/err"; return 1; }
prints() { grep -q -- "$1" "$t/out" || show; }
said() { grep -q -- "$1" "$t/err" || show; }
absent() { [ ! -e "$1" ]; }
not() { ! "$@"; }
