#!/bin/sh
# What `check' says on paper of a range is what a run then serves, on every
# kernel: OpenBSD's address has each port once, whatever the peer; it and Linux
# have ports that they never give; SO_REUSEADDR means nothing to XNU's and
# NetBSD's choice, and to Linux'.
. tests/tools/tap.sh
. tests/tools/try.sh

cat >"$t/case.ini" <<'EOT'
[scenario]
format = 1
name = paper
duration = 1s
[host]
cpus = 4
laddrs = 192.0.2.1
[workload:w]
load = burst
size = 400
every = 0
lifetime = constant(1h)
faddrs = 203.0.113.10*2
fport = 80
EOT

# keys STACK: [kernel] of it, for 2040 to 2060; on Linux four are reserved.
keys() {
	case $1 in
	openbsd) echo 'net.inet.ip.portfirst = 2040'
	    echo 'net.inet.ip.portlast = 2060' ;;
	netbsd) echo 'net.inet.ip.anonportmin = 2040'
	    echo 'net.inet.ip.anonportmax = 2060' ;;
	illumos) echo 'smallest_anon_port = 2040'
	    echo 'largest_anon_port = 2060' ;;
	linux*) echo 'net.ipv4.ip_local_port_range = 2040 2060'
	    echo 'net.ipv4.ip_local_reserved_ports = 2045,2050-2052' ;;
	*) echo 'net.inet.ip.portrange.first = 2040'
	    echo 'net.inet.ip.portrange.last = 2060' ;;
	esac
}
# served STACK BIND [OPTION]: "THERE ATMOST SERVED", ATMOST is true or false
served() {
	{ cat "$t/case.ini"
	echo "bind = $2"
	[ -z "${3-}" ] || echo "sockopts = $3"
	echo '[kernel]'
	keys "$1"
	printf '[variant:v]\nstack = %s\n' "$1"; } >"$t/s.ini"
	"$PCBSIM" check --format=json "$t/s.ini" 2>"$t/err" |
	    sed -n 's/^"there":\([0-9]*\),$/\1/p
		s/^"there_at_most":\([a-z]*\),$/\1/p'
	"$PCBSIM" run "$t/s.ini" --quiet --no-plots --out="$t/r" 2>"$t/err"
	awk -F, '$1 == "variant" { for (i = 1; i <= NF; i++) c[$i] = i }
	    $1 == "v" { print $c["served"] }' "$t/r/summary.csv"
}
all() {	# all STACK BIND [OPTION]
	set -- $(served "$1" "$2" "${3-}")
	[ $# -eq 3 ] && [ "$2" = false ] && [ "$1" -eq "$3" ] || { echo "# there, served: $*"
	    return 1; }
}
# With options ports are chosen blindly, and some connects meet their like: it
# is told so where it happens.
nearly() {	# nearly STACK BIND OPTION
	set -- $(served "$1" "$2" "$3")
	[ $# -eq 3 ] && [ "$3" -le "$1" ] && [ $((10 * $3)) -ge $((6 * $1)) ] &&
	    { [ "$2" = true ] || [ "$3" -eq "$1" ]; } ||
	    { echo "# there, served: $*"; return 1; }
}

stacks=$("$PCBSIM" list stacks | awk '/^  [a-z]/ { print $1 }')
for s in $stacks; do
	for b in none laddr any; do
		check "$s/$b" all $s $b
	done
	check "$s/laddr/reuseaddr" nearly $s laddr reuseaddr
done
check "linux-6.18/noport" all linux-6.18 noport
check "freebsd-12.0/none/reuseaddr" nearly freebsd-12.0 none reuseaddr
check "openbsd/none/reuseaddr" nearly openbsd none reuseaddr
check "xnu/none/reuseaddr" all xnu none reuseaddr

# Two peers, 20 ports of 21, each port once.
set -- $(served openbsd none)
check "openbsd/is_20" test "$1" = 20
set -- $(served linux-6.18 none)
check "linux/is_34" test "$1" = 34
# In words, too; a range that is counted through has no chance in it.
served freebsd-14 laddr reuseaddr >"$t/out"
words() { "$PCBSIM" check "$t/s.ini" "$@" >"$t/out" 2>"$t/err"; }
words
check "words/at_most" grep -q ' at most 42 there = 1 laddr x 21 ports x 2 peers' \
    "$t/out"
words --set=workload:w.size=20
check "words/at_best" grep -q ': fits at best (48 %)' "$t/out"
words --set=kernel.net.inet.ip.portrange.randomized=0 --set=workload:w.faddrs=203.0.113.10
check "words/counted_through" grep -q ' 21 there = 1 laddr x 21 ports: ' \
    "$t/out"
check "words/not_at_most" sh -c '! grep -q "at most 21" "$1"' - "$t/out"

# A range that fills with TIME_WAIT and empties, over and over, serves its ports
# each time; but for lport_cache, which skips free ones after a merge (MODEL.md).
cat >"$t/cycles.ini" <<'EOT'
[scenario]
format = 1
duration = 200s
[kernel]
net.inet.ip.portrange.first = 10000
net.inet.ip.portrange.last = 10099
[workload:w]
load = steady
rate = 10/s
lifetime = constant(1s)
faddrs = 203.0.113.10
fport = 80
[variant:without]
stack = freebsd-16
[variant:branch]
stack = freebsd-16-lportcache
[variant:mended]
stack = freebsd-16-lportcache+mended-cache
EOT
"$PCBSIM" run "$t/cycles.ini" --quiet --no-plots --out="$t/cycles" 2>"$t/err"
for v in without:400 branch:367 mended:400; do
	check "cycles/${v%:*}" test "$(awk -F, -v v="${v%:*}" '
	    $1 == "variant" { for (i = 1; i <= NF; i++) c[$i] = i }
	    $1 == v { print $c["served"] }' "$t/cycles/summary.csv")" = \
	    "${v#*:}"
done
grep -q '367 connects are served' docs/MODEL.md
check "cycles/documented" test $? -eq 0
tap_done
