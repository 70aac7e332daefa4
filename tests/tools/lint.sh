#!/bin/sh
# make lint: what programs that read programs have to say of ours.
#
#	lint.sh [-j JOBS] [-k DIR] [-s SUPPRESSED] [TOOL...] [FILE.c...]
#
# Tools: cppcheck, analyzer (gcc -fanalyzer), tidy (clang-tidy), scan (what
# scan-build runs, without its pages); all that are here.  Files: all of them.
# What a tool said of a file is kept in DIR (build/lint) until the file, what
# it includes or the tool is another.
#
# A finding is a line FILE:LINE: CHECK: MESSAGE.  One that is none stands in
# tests/tools/lint.supp with the reason; a line there that silences nothing
# is a finding as well.  Exit 1 if there is one.
set -u
LC_ALL=C
# A cache of compilers forgets what an analyzer said.
CCACHE_DISABLE=1
export LC_ALL CCACHE_DISABLE
all_tools="cppcheck analyzer tidy scan"
flags="-std=c11 -D_GNU_SOURCE -I. -Ibuild/release
    $(pkg-config --cflags glib-2.0 zlib)"

program_of() {
	case $1 in
	cppcheck) echo cppcheck ;;
	analyzer) echo gcc ;;
	tidy) echo clang-tidy ;;
	scan) echo clang ;;
	*) return 1 ;;
	esac
}

# What each tool says of a file.  cppcheck reads no headers of the system; but
# for the macros of sys/queue.h it takes loops for calls.
queue=$(ls /usr/include/sys/queue.h /usr/include/*/sys/queue.h 2>/dev/null |
    head -n 1)
say_cppcheck() {
	cppcheck -q --std=c11 --enable=warning,performance,portability \
	    --library=gtk -D__linux__ -I. ${queue:+--include="$queue"} \
	    --template='{file}:{line}: {id}: {message}' "$1" 2>&1
}
# Findings of compilers: FILE:LINE:COLUMN: warning: MESSAGE [CWE-N] [CHECK].
# Of a header of the system: what it is in our file.
compilers() {	# compilers FILE
	c='^\([^:]*\):\([0-9]*\):[0-9]*: \(warning\|error\): '
	sed -n -e 's/ \[CWE-[0-9]*\]//' -e "s,^$PWD/,," -e 's,^\./,,' \
	    -e t"begin" -e ':begin' \
	    -e "s,$c\(.*\) \[\([^]]*\)\]\$,\1:\2: \5: \4," -e t"found" \
	    -e "s,$c,\1:\2: \3: ," -e t"found" -e d -e ':found' \
	    -e "s,^/usr/[^ ]*/\([^ ]*\): \([^ ]*\): ,$1:1: \2: \1: ,p" \
	    -e t -e p
}
# shellcheck disable=SC2086
say_analyzer() {
	gcc -O0 -fanalyzer $flags -c -o /dev/null "$1" 2>&1 | compilers "$1"
}
# shellcheck disable=SC2086
say_scan() {
	clang --analyze -Xclang -analyzer-output=text $flags -o /dev/null \
	    "$1" 2>&1 | compilers "$1"
}
# But for the analyzer's checks, which are scan's here.
# shellcheck disable=SC2086
say_tidy() {
	clang-tidy --quiet --config-file=.clang-tidy \
	    --checks='-clang-analyzer-*' "$1" -- $flags 2>/dev/null |
	    compilers "$1"
}

# One tool on one file, unless that is known.
# shellcheck disable=SC2086
one() {	# one TOOL FILE
	out=$kept/$1/$2
	key=$({ "$(program_of "$1")" --version
	    sed -n -e "/^say_$1()/,/^}/p" -e '/^compilers()/,/^}/p' \
		tests/tools/lint.sh
	    [ "$1" != tidy ] || cat .clang-tidy
	    cc -E $flags "$2"; } 2>&1 | cksum)
	[ ! -f "$out" ] || [ "$(head -n 1 "$out")" != "$key" ] || return 0
	mkdir -p "$(dirname "$out")"
	{ echo "$key"; "say_$1" "$2"; } >"$out.$$"
	mv "$out.$$" "$out"
}
if [ "${1:-}" = --one ]; then
	kept=$2
	one "$3" "$4"
	exit
fi

jobs=2 kept=build/lint supp=tests/tools/lint.supp tools= files=
while [ $# -gt 0 ]; do
	case $1 in
	-j)	jobs=$2; shift ;;
	-k)	kept=$2; shift ;;
	-s)	supp=$2; shift ;;
	*.c)	files="$files $1" ;;
	*)	program_of "$1" >/dev/null ||
		    { echo "lint: there is no $1"; exit 2; }
		tools="$tools $1" ;;
	esac
	shift
done
whole=0
if [ -z "$files" ]; then
	whole=1
	files=$(find sim models study cli tests -name '*.c' | sort)
fi
mkdir -p "$kept"
found=$kept/found.$$
trap 'rm -f "$found"' EXIT
bad=0

# Lines of lint.supp: CHECK FILE [WORDS OF THE MESSAGE], `*' in both first; at
# least one line of reasons above.
judge() {	# judge TOOL FINDINGS: those that are none left out
	awk -v tool="$1" -v whole="$whole" -v supp="$supp" '
	function glob(s) {
		gsub(/[.+()\[\]]/, "\\\\&", s)
		gsub(/\*/, ".*", s)
		return "^" s "$"
	}
	FILENAME == supp && /^#/ { why = 1; next }
	FILENAME == supp && /^$/ { why = 0; next }
	FILENAME == supp {
		if (!why)
			print supp ":" FNR ": reason: none is given"
		if ($1 != tool)
			next
		n++
		check[n] = glob($2); file[n] = glob($3); at[n] = FNR
		words[n] = $0
		sub(/^[^ ]+ +[^ ]+ +[^ ]+ ?/, "", words[n])
		next
	}
	{
		split($0, part, ": ")
		f = part[1]; sub(/:[0-9]*$/, "", f)
		for (i = 1; i <= n; i++)
			if (f ~ file[i] && part[2] ~ check[i] &&
			    index($0, words[i])) {
				used[i]++
				next
			}
		print
	}
	END {
		for (i = 1; whole && i <= n; i++)
			if (!used[i])
				print supp ":" at[i] ": stale: silences nothing"
	}' "$supp" "$2"
}

for tool in ${tools:-$all_tools}; do
	if ! command -v "$(program_of "$tool")" >/dev/null 2>&1; then
		echo "lint: $tool: $(program_of "$tool") is not here"
		continue
	fi
	# shellcheck disable=SC2086
	printf '%s\n' $files |
	    xargs -P "$jobs" -n 1 sh tests/tools/lint.sh --one "$kept" "$tool"
	for f in $files; do
		tail -n +2 "$kept/$tool/$f"
	done | sort -u >"$found"
	judge "$tool" "$found" >"$found.new"
	mv "$found.new" "$found"
	n=$(grep -c . "$found")
	echo "lint: $tool: $n findings in $(echo "$files" | wc -w) files"
	[ "$n" -eq 0 ] || { cat "$found"; bad=1; }
done
exit $bad
