#!/bin/sh
# No result depends on a library's libm: the objects of sim/ and models/ call
# none of its functions but sqrt, which IEEE 754 defines to the last bit.
. tests/tools/tap.sh

objects=${BUILD:-build/release}
banned='exp|exp2|exp10|expm1|log|log2|log10|log1p|pow|sin|cos|tan|sinh|cosh|tanh|asin|acos|atan|atan2|cbrt|hypot|erf|erfc|lgamma|tgamma|fmod|remainder|fma'

calls() {	# calls FILE...
	nm -u "$@" | awk '{ print $NF }' | sed 's/@.*//' |
	    grep -Ex "($banned)[fl]?"
}
none() {	# none FILE...
	[ $# -gt 0 ] && ! calls "$@" | sed 's/^/# calls /' | grep .
}

for layer in sim models; do
	# shellcheck disable=SC2046
	check "$layer/calls_no_libm" none \
	    $(find "$objects/$layer" -name '*.o')
done

# The check sees one.
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
echo '#include <math.h>
double f(double x) { return (pow(x, 1.5)); }' >"$t/a.c"
${CC:-cc} -c "$t/a.c" -o "$t/a.o"
check a_call_is_seen calls "$t/a.o"

tap_done
