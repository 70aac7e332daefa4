#!/bin/sh
# Instructions that the engine spends on an acquisition of a FIFO lock, which
# do not depend on who else uses the machine: no more than now.  The targets
# are 330 and 450 at 16 and 256 CPUs; `make bench' tells how fast that is.
. tests/tools/tap.sh

bench=$BUILD/tests/bench/engine_bench
if ! command -v valgrind >/dev/null || [ ! -x "$bench" ]; then
	skip instructions "needs valgrind, and make benches"
	tap_done
fi
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

count() {	# count CPUS ACQUISITIONS
	valgrind --tool=callgrind --callgrind-out-file="$t/out" "$bench" lock \
	    "$1" "$2" 2>&1 >"$t/said" | sed -n 's/.*Collected : //p'
}

# It reads not every compiler's debugging information.
if [ -z "$(count 2 100)" ]; then
	skip instructions "callgrind cannot run $bench"
	tap_done
fi

# The difference of two lengths is without what is set up once.
held() {	# held CPUS MOST
	few=$(count "$1" 20000) many=$(count "$1" 40000)
	each=$(((many - few) / 20000))
	echo "# $1 CPUs: $each instructions"
	[ "$each" -gt 0 ] && [ "$each" -le "$2" ]
}
check "2_cpus" held 2 250
check "16_cpus" held 16 330
check "256_cpus" held 256 400

tap_done
