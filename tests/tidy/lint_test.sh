#!/bin/sh
# make lint finds what is planted, with each of its programs that is here, is
# silenced by an entry that has a reason, and tells one that silences nothing.
. tests/tools/tap.sh
. tests/tools/try.sh

lint() {
	sh tests/tools/lint.sh -k "$t/kept" "$@" >"$t/out" 2>"$t/err"
}
supp=$t/supp
: >"$supp"
cat >"$t/clean.c" <<'EOT'
int	half(int);
int
half(int n)
{
	return (n / 2);
}
EOT
cat >"$t/cppcheck.c" <<'EOT'
int	last(void);
int
last(void)
{
	int a[2] = { 1, 2 };

	return (a[2]);
}
EOT
cat >"$t/analyzer.c" <<'EOT'
#include <stdlib.h>
char	freed(void);
char
freed(void)
{
	char *p = calloc(2, 1), c;

	if (p == NULL)
		return (0);
	free(p);
	c = p[0];
	return (c);
}
EOT
cp "$t/analyzer.c" "$t/scan.c"
cat >"$t/tidy.c" <<'EOT'
double	half(int);
double
half(int n)
{
	return (n / 2);
}
EOT
here() {
	case $1 in
	analyzer) gcc -fanalyzer -c -o "$t/x.o" "$t/clean.c" ;;
	scan)	clang --version ;;
	tidy)	clang-tidy --version ;;
	*)	"$1" --version ;;
	esac >/dev/null 2>&1
}

for tool in cppcheck analyzer scan tidy; do
	here $tool || { skip "$tool" "it is not here"; continue; }
	f=$t/$tool.c
	: >"$supp"
	check "$tool/clean" lint -s "$supp" $tool "$t/clean.c"
	refuse "$tool/planted" 1 lint -s "$supp" $tool "$f"
	check "$tool/planted_is_named" prints "^$f:[0-9]*: [a-zA-Z.-]*: "
	refuse "$tool/planted_is_kept" 1 lint -s "$supp" $tool "$f"
	printf '# Meant so.\n%s * %s\n' $tool "*/$tool.c" >"$supp"
	check "$tool/silenced" lint -s "$supp" $tool "$f"
	printf '# Meant so.\n%s * %s other words\n' $tool "*/$tool.c" >"$supp"
	refuse "$tool/other_words" 1 lint -s "$supp" $tool "$f"
	printf '%s * %s\n' $tool "*/$tool.c" >"$supp"
	refuse "$tool/no_reason" 1 lint -s "$supp" $tool "$f"
	# What is mended is looked at again.
	: >"$supp"
	cp "$t/clean.c" "$f"
	check "$tool/mended" lint -s "$supp" $tool "$f"
done
refuse "no_such_program" 2 lint guess
tap_done
