#!/bin/sh
# docs/RELIABILITY.md: every promise names what holds it, and that is there: a
# test, a directory of tests, a case of the test before it, a target of make.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
page=docs/RELIABILITY.md

# Rows of promises, but for heads and rules: up to what is not promised.
rows() {
	sed -n '/^## Figures/q; /^| /p' "$1" |
	    grep -v '^| promise |'
}

# held ROW: by something, and each thing it names is there.
held() {
	n=0 last=
	words=$(echo "$1" | awk -F'|' '{ print $(NF - 1) }' |
	    grep -o '`[^`]*`' | tr -d '`' | tr ' ' '_')
	for w in $words; do
		case $w in
		make_*)	grep -q "^${w#make_}:" Makefile ||
			    { echo "# no target: $w"; return 1; } ;;
		tests/*/)
			[ -n "$(find "$w" -name '*_test.*' 2>/dev/null)" ] ||
			    { echo "# no tests in $w"; return 1; } ;;
		tests/*)
			[ -f "$w" ] || { echo "# no file: $w"; return 1; }
			last=$w ;;
		/*)	grep -qF -- "${w#/}" "$last" ||
			    { echo "# no case of $last: $w"; return 1; } ;;
		*_test.sh)
			last=$(dirname "$last")/$w
			[ -f "$last" ] || { echo "# no file: $last"
			    return 1; } ;;
		*)	continue ;;
		esac
		n=$((n + 1))
	done
	[ $n -gt 0 ] || { echo "# nothing holds: $1"; return 1; }
}
all_held() {
	rows "$1" >"$t/rows"
	rc=0
	while IFS= read -r row; do
		held "$row" || rc=1
	done <"$t/rows"
	return $rc
}
check "there_are_promises" test "$(rows $page | wc -l)" -ge 20
check "each_is_held" all_held $page

# What is not held is found.
for bad in 'tests/fault/none_test.sh' 'make nothing' 'tests/nowhere/' \
    'a hope'; do
	printf '| promise | held by |\n|---|---|\n| x | `%s` |\n' "$bad" \
	    >"$t/page"
	refuse "planted/$bad" 1 all_held "$t/page"
done
printf '| x | `tests/fault/hang_test.sh` `/no_such_case` |\n' >"$t/page"
refuse "planted/no_such_case" 1 all_held "$t/page"
tap_done
