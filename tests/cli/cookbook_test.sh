#!/bin/sh
# Every command of docs/COOKBOOK.md runs, and what is said of it is so.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

grep '^    pcbsim ' docs/COOKBOOK.md | sed 's/^ *pcbsim //' >"$t/commands"
check "two_for_each_of_eight" test "$(wc -l <"$t/commands")" -eq 16
n=0
while read -r command; do
	n=$((n + 1))
	case $command in
	*--write=*.ini)
		# shellcheck disable=SC2086
		check "written/$n" sh -c 'cd "$1" && shift && "$@" >out' - \
		    "$t" "$PCBSIM" $command
		check "checked/$n" "$PCBSIM" check "$t/${command##*--write=}" \
		    --out="$t/checked"
		;;
	*)
		# shellcheck disable=SC2086
		check "asked/$n" "$PCBSIM" $command --fast --out="$t/paper"
		check "finding/$n" grep -q ', on paper: ' "$t/paper"
		;;
	esac
done <"$t/commands"

said() {	# said NAME TEXT OPTION...
	name=$1 text=$2
	shift 2
	"$PCBSIM" ask "$@" >"$t/out"
	grep -q -- "$text" "$t/out" || sed 's/^/# /' "$t/out"
	check "$name" grep -q -- "$text" "$t/out"
}
said envoy_120000 '120,000 needed' --fast --rate=200/s --lifetime=10min \
    --bind=laddr --faddrs=10 --closer=remote
said varnish_the_peer_closes 'bears it' --rate=3k/s --lifetime=20ms \
    --closer=remote
said varnish_180000 '180,060 needed' --fast --rate=3k/s --lifetime=20ms
said generator_after_1_6_s 'first after 1.6' --rate=10k/s --lifetime=5ms \
    --range=49152-65535
said database_about_all '54,009 needed' --fast --rate=900/s --lifetime=10ms
cat >"$t/scope.ini" <<'END'
[scenario]
format = 1
duration = 1s
[kernel]
net.inet6.ip6.v6only=1
net.pf.states_hashsize=1
security.jail.vnet=0
net.inet.udp.maxdgram=9216
[workload:w]
load = steady
rate = 1/s
lifetime = constant(1s)
faddrs = 198.51.100.1
fport = 80
[variant:v]
stack = freebsd-14
END
check "scope/checked" "$PCBSIM" check "$t/scope.ini" >"$t/out" 2>"$t/err"
for what in IPv6 UDP 'pf and its NAT' jails; do
	check "scope/$what" grep -qF "out of scope: $what" "$t/err"
done
sed -i.old 's/198.51.100.1/2001:db8::1/' "$t/scope.ini"
refuse "scope/ipv6_address" 2 "$PCBSIM" check "$t/scope.ini" 2>"$t/err"
check "scope/ipv6_address/says" grep -q 'IPv6 is out of scope' "$t/err"
said haproxy_not_bound_helps '^ *[0-9]* do not bind .*/s, none' --rate=3k/s \
    --lifetime=100ms --bind=laddr --laddrs=2 --faddrs=4
said haproxy_one_server_it_is_the_same 'bind: [0-9]* % lost, as now' \
    --rate=1500/s --lifetime=100ms --bind=laddr
tap_done
