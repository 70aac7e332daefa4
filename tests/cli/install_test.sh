#!/bin/sh
# make install and uninstall, into a directory of our own, with each make that
# is here.
. tests/tools/tap.sh

# What a make that runs us says is not for the makes that we run.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES 2>/dev/null

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

targets() { sh packaging/install.sh list pcbsim "$1" "$2"; }
missing() {	# missing DESTDIR PREFIX: what should be there and is not
	targets "$1" "$2" | while read -r f; do
		[ -s "$1$f" ] || echo "# $1$f"
	done
}
none() { out=$("$@") && [ -z "$out" ] || { echo "$out"; return 1; }; }

# Every document that the manual, a report or another document names is among
# the documents, by that name.
named() {	# named FILE...
	grep -oh 'docs/[A-Za-z0-9_./-]*\.[a-z]\{2,4\}' "$@" | sort -u
}
unnamed() {	# unnamed PREFIX
	{
		named "$1"/share/man/man?/* "$1/share/doc/pcbsim/README.md" \
		    "$1"/share/doc/pcbsim/docs/*.md "$t/report.txt"
	} | sort -u | while read -r f; do
		[ -s "$1/share/doc/pcbsim/$f" ] || echo "# $f"
	done
}
# Pictures and links, from where they stand.
unlinked() {	# unlinked PREFIX
	find "$1/share/doc/pcbsim" -name '*.md' | while read -r page; do
		grep -o '](\([^)#]*\)' "$page" | sed 's/^](//' |
		    grep -v '^[a-z]*:' | while read -r f; do
			case $f in
			docs/man/*) f=../../man/man${f##*.}/${f##*/} ;;
			esac
			[ -s "$(dirname "$page")/$f" ] || echo "# $page: $f"
		done
	done
}
"$PCBSIM" run --quiet --no-plots --out="$t/report" \
    scenarios/claim-1-bound-rule.ini
cp "$t/report/report.txt" "$t/report.txt"
check "reports_name_documents" sh -c '[ "$(grep -c "docs/[A-Z]*\.md" "$1")" \
    -ge 3 ]' sh "$t/report.txt"

# The program is built already; a make that asked git and the compiler again
# would test them.
with() {	# with MAKE TARGET
	"$1" -s BUILD="$BUILD" BIN="$PCBSIM" DESTDIR="$t/$1" PREFIX=/opt/x "$2" \
	    >"$t/log" 2>&1 || { sed 's/^/# /' "$t/log"; return 1; }
}
for make in make gmake bmake; do
	if ! command -v "$make" >/dev/null 2>&1; then
		skip "$make" "no $make here"
		continue
	fi
	# If anything is older than its source, make would build it without
	# the flags that this build is for.
	case $BUILD in
	*sanitize*|*coverage*|*tsan*)
		skip "$make" "a build with flags that $make is not told"
		continue ;;
	esac
	check "$make/install" with "$make" install
	check "$make/all_there" none missing "$t/$make" /opt/x
	d=$t/$make/opt/x
	check "$make/program_runs" sh -c '"$1" --version | grep -q "^pcbsim "' \
	    sh "$d/bin/pcbsim"
	check "$make/examples_parse" sh -c '
		cd "$1" && "$2" check scenarios/*.ini >"$3"' sh \
	    "$d/share/examples/pcbsim" "$d/bin/pcbsim" "$t/log"
	check "$make/costs_are_costs" sh -c 'cd "$1" &&
		"$2" run --quiet --no-plots --out="$3" --variant=proposed \
		    --set=scenario.duration=1s --set=host.costs=costs/epyc-vm.csv \
		    scenarios/seed-2019.ini >"$4"; [ $? -le 1 ]' sh \
	    "$d/share/examples/pcbsim" "$d/bin/pcbsim" "$t/result" "$t/log"
	if command -v bash >/dev/null 2>&1; then
		check "$make/completion_loads" bash -c '. "$1" &&
			complete -p pcbsim >/dev/null' bash \
		    "$d/share/bash-completion/completions/pcbsim"
	fi
	check "$make/documents_that_are_named" none unnamed "$d"
	check "$make/links_of_the_documents" none unlinked "$d"
	check "$make/twice" with "$make" install
	: >"$d/share/examples/pcbsim/mine"
	check "$make/uninstall" with "$make" uninstall
	check "$make/only_what_is_not_ours_is_left" sh -c \
	    '[ "$(find "$1" -type f)" = "$2" ]' sh "$t/$make" \
	    "$d/share/examples/pcbsim/mine"
done

refuse "unknown_verb" 2 sh -c 'sh packaging/install.sh remove pcbsim "" /opt/x \
    2>/dev/null'

# The lists of the packages are the list of files.
plist() {
	sed -e 's|%%DOCSDIR%%|share/doc/pcbsim|' \
	    -e 's|%%PORTDOCS%%||' -e 's|%%PORTEXAMPLES%%||' \
	    -e 's|%%EXAMPLESDIR%%|share/examples/pcbsim|' \
	    -e 's|^share/man/\(.*\)\.gz$|share/man/\1|' \
	    packaging/freebsd/pkg-plist | sort >"$t/plist"
	targets "" "" | sed 's|^/||' | sort | diff - "$t/plist" >"$t/diff" || {
		sed 's/^/# /' "$t/diff"
		return 1
	}
}
check "freebsd/plist_is_what_is_installed" plist
version() { grep -q "$1$(cat docs/VERSION)$2" "$3"; }
check "freebsd/version" version '^DISTVERSION=	' '$' packaging/freebsd/Makefile
check "debian/version" version '^pcbsim (' '[-)]' packaging/debian/changelog
tap_done
