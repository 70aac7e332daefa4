#!/bin/sh
# make lint: what programs that read programs have to say of ours.
#
#	lint.sh [TOOL...]	cppcheck analyzer tidy scan; all that are here
#
# A finding that is none is silenced where it stands, or in
# tests/tools/lint.supp, with the reason.  One line a tool; exit 1 for a
# finding.
set -u
build=build/lint
mkdir -p "$build"
tools=${*:-cppcheck analyzer tidy scan}
flags="-std=c11 -D_GNU_SOURCE -I. -Ibuild/release
    $(pkg-config --cflags glib-2.0 zlib)"
sources=$(find sim models study cli -name '*.c' | sort)
bad=0

tell() {	# tell TOOL FINDINGS-FILE
	n=$(grep -c . "$2")
	echo "lint: $1: $n findings in $(echo "$sources" | wc -l) files"
	[ "$n" -eq 0 ] || { cat "$2"; bad=1; }
}

lint_cppcheck() {
	cppcheck -q --std=c11 --enable=warning,performance,portability \
	    --inline-suppr --library=gtk -D__linux__ -I. \
	    --suppressions-list=tests/tools/lint.supp \
	    --template='{file}:{line}: {id}: {message}' sim models study cli \
	    >"$build/cppcheck" 2>&1
	tell cppcheck "$build/cppcheck"
}

# Warnings of one compiler over all files, one line each.
each() {	# each FILE COMMAND...
	each_to=$1
	shift
	for f in $sources; do
		# shellcheck disable=SC2086
		"$@" $flags -c -o /dev/null "$f" 2>&1
	done | grep ': warning: \|: error: ' | sort -u >"$each_to"
}
lint_analyzer() {
	each "$build/analyzer" gcc -O1 -fanalyzer \
	    -Wno-analyzer-use-of-uninitialized-value \
	    -Wno-analyzer-malloc-leak -Wno-analyzer-too-complex
	tell "gcc -fanalyzer" "$build/analyzer"
}
lint_scan() {
	# What scan-build runs, without its pages.
	# Not what g_autofree cleans up, which it does not follow (valgrind
	# and AddressSanitizer look for leaks), nor stores that nobody reads.
	each "$build/scan" clang --analyze -Xclang -analyzer-output=text \
	    -Xclang -analyzer-disable-checker -Xclang unix.Malloc \
	    -Xclang -analyzer-disable-checker -Xclang deadcode.DeadStores
	# option_bad() sets the error; it takes it that it may not.
	sed -i '/^cli\/report\.c:.*core\.NullDereference/d' "$build/scan"
	tell "scan-build" "$build/scan"
}
lint_tidy() {
	# shellcheck disable=SC2086
	clang-tidy --quiet $sources -- $flags 2>/dev/null |
	    grep ': warning: \|: error: ' | sort -u >"$build/tidy"
	tell clang-tidy "$build/tidy"
}

for tool in $tools; do
	case $tool in
	cppcheck) program=cppcheck ;;
	analyzer) program=gcc ;;
	scan) program=clang ;;
	tidy) program=clang-tidy ;;
	*)	echo "lint: there is no $tool"; exit 2 ;;
	esac
	if command -v "$program" >/dev/null 2>&1; then
		"lint_$tool"
	else
		echo "lint: $tool: $program is not here"
	fi
done
exit $bad
