#!/bin/sh
# No result depends on a library's libm: the objects of sim/ and models/ call
# none of its functions but sqrt, which IEEE 754 defines to the last bit.
. tests/tools/tap.sh

objects=${BUILD:-build/release}
banned='exp|exp2|exp10|expm1|log|log2|log10|log1p|pow|sin|cos|tan|sinh|cosh|tanh|asin|acos|atan|atan2|cbrt|hypot|erf|erfc|lgamma|tgamma|fmod|remainder|fma'

calls() {	# calls FILE...
	nm -u "$@" 2>/dev/null | awk '{ print $NF }' | sed 's/@.*//' |
	    grep -Ex "($banned)[fl]?"
}

for layer in sim models; do
	calls "$objects"/$layer/*.o "$objects"/$layer/*/*.o 2>/dev/null |
	    sed 's/^/# /'
	check "$layer/calls_no_libm" sh -c '! nm -u "$@" 2>/dev/null |
	    grep -qE " ('"$banned"')[fl]?(@|$)"' sh "$objects"/$layer/*.o
done

# The check sees one.
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
echo '#include <math.h>
double f(double x) { return (pow(x, 1.5)); }' >"$t/a.c"
${CC:-cc} -c "$t/a.c" -o "$t/a.o"
check a_call_is_seen sh -c 'nm -u "$1" | grep -qE " ('"$banned"')[fl]?(@|$)"' \
    sh "$t/a.o"

tap_done
