#!/bin/sh
# The same bytes from every compiler, optimisation, number of jobs and search:
# builds each, runs the cases, compares digests with tests/repro/reference.sha256.
#
#	repro.sh		compare
#	repro.sh --update	write the reference, from the first build
set -u
reference=tests/repro/reference.sha256
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0 skipped=0

result() {	# result passed|failed|skipped WHAT
	eval "$1=\$(($1 + 1))"
	printf '%-8s %s\n' "$1" "$2"
}

build() {	# build NAME CC FLAGS
	${MAKE:-make} CC="$2" OPTIMIZE="$3" BUILD="build/repro/$1" \
	    BIN="build/repro/$1/pcbsim" all >"$tmp/log" 2>&1
}

compare() {	# compare WHAT PCBSIM OPTION...
	what=$1 pcbsim=$2
	shift 2
	sh tests/repro/digests.sh "$pcbsim" "$@" >"$tmp/digests"
	if cmp -s "$reference" "$tmp/digests"; then
		result passed "$what"
	else
		diff "$reference" "$tmp/digests"
		result failed "$what"
	fi
}

if [ "${1:-}" = --update ]; then
	build gcc-O2 gcc -O2 || { cat "$tmp/log"; exit 1; }
	sh tests/repro/digests.sh build/repro/gcc-O2/pcbsim --jobs=1 \
	    >"$reference"
	exit
fi

for cc in gcc clang; do
	for opt in -O0 -O2 -O3; do
		if ! command -v $cc >/dev/null 2>&1; then
			result skipped "$cc $opt: no $cc here"
		elif build $cc$opt $cc $opt; then
			compare "$cc $opt" build/repro/$cc$opt/pcbsim --jobs=1
		else
			tail -5 "$tmp/log"
			result failed "$cc $opt does not build"
		fi
	done
done
pcbsim=build/repro/gcc-O3/pcbsim
[ -x $pcbsim ] || pcbsim=build/repro/clang-O3/pcbsim
compare "--jobs=2" $pcbsim --jobs=2
compare "--jobs=7" $pcbsim --jobs=7
compare "--search=walk" $pcbsim --jobs=2 --search=walk

# 32 bits, where a toolchain with the libraries for it is there.
echo 'int main(void) { return (0); }' >"$tmp/m.c"
if gcc -m32 "$tmp/m.c" -o "$tmp/m" -lglib-2.0 -lcsv -lz 2>/dev/null; then
	if build m32 "gcc -m32 -msse2 -mfpmath=sse" -O2; then
		compare "32 bits" build/repro/m32/pcbsim --jobs=1
	else
		tail -5 "$tmp/log"
		result failed "32 bits: does not build"
	fi
else
	result skipped "32 bits: no gcc -m32 with its libraries here"
fi

echo "repro: $passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
