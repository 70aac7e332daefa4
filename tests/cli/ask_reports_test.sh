#!/bin/sh
# ask beside what public reports say (tests/cli/reports/): the figures on paper
# are those of the formulas, worked out here; what is borne follows from them,
# within the chance of a run; and `run' of the scenario that --write leaves says
# the same.  Each answer has at most 20 lines and takes less than ten seconds of
# one CPU's time.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
case $PCBSIM in
/*) ;;
*) PCBSIM=$PWD/$PCBSIM ;;
esac
export PCBSIM

cat >"$t/case.py" <<'END'
"""case.py DIR THERE NEEDED BEARS OPTION...: `-' is not looked at."""
import csv, os, re, resource, subprocess, sys
d, there, needed, bears = sys.argv[1:5]
p = os.environ['PCBSIM']
if os.path.exists(d + '/my.ini'):
    os.remove(d + '/my.ini')
out = subprocess.run([p, 'ask', '--write=%s/my.ini' % d] + sys.argv[5:],
    capture_output=True, text=True)
cpu = resource.getrusage(resource.RUSAGE_CHILDREN)
said, bad = out.stdout, []
print(re.sub('(?m)^', '# ', said + out.stderr))

def number(pattern):
    m = re.search(pattern, said)
    return float(m.group(1).replace(',', '')) if m else None

def like(what, got, want, share):
    if want != '-' and (got is None or
        abs(got - float(want)) > share * float(want)):
        bad.append('%s: %s, not %s' % (what, got, want))

like('there', number(r'([\d,.]+) there'), there, 0)
like('needed', number(r'([\d,.]+) needed'), needed, 1e-6)
served = number(r'simulated  ([\d,.]+) served')
like('bears', served, bears, 0.07)
if len(said.splitlines()) > 20:
    bad.append('%d lines' % len(said.splitlines()))
if cpu.ru_utime + cpu.ru_stime > 10:
    bad.append('%.1f s of CPU' % (cpu.ru_utime + cpu.ru_stime))
subprocess.run([p, 'run', d + '/my.ini', '--no-plots', '--quiet',
    '--out=%s/run' % d], stdout=subprocess.DEVNULL)
row = next(csv.DictReader(x for x in open(d + '/run/summary.csv')
    if x[0] != '#'))
ini = open(d + '/my.ini').read()
ms = lambda key: int(re.search(key + r' = (\d+)ms', ini).group(1))
k = number(r'divided by (\d+)') or 1
for few, all_ in re.findall(r'\((\d+) of (\d+) ', said):
    k *= float(all_) / float(few)
like('run', int(row['served']) * k * 1e3 / (ms('duration') - ms('warmup')),
    str(served), 0.001 if served > 1000 else 0.02)
for b in bad:
    print('# ' + b)
sys.exit(bool(bad))
END

# as NAME THERE NEEDED BEARS OPTION...
as() {
	name=$1
	shift
	check "$name" python3 "$t/case.py" "$t" "$@"
}
if ! command -v python3 >/dev/null 2>&1; then
	skip all "python3 is not here"
	tap_done
	exit
fi

# PR 174087: unbound, four peers.  On 11 any address' port is taken: 16,384.
as pr174087_11 16384 7200000 4.55 --stack=freebsd-11 --rate=2k/s \
    --lifetime=1h --closer=remote --faddrs=4 --range=49152-65535
as pr174087_14 65536 7200000 18.2 --stack=freebsd-14 --rate=2k/s \
    --lifetime=1h --closer=remote --faddrs=4 --range=49152-65535
# Envoy binds to one address: 28,232, whatever the ten peers.
as envoy_bind 28232 3600000 7.84 --stack=freebsd-14 --rate=1k/s \
    --lifetime=1h --closer=remote --bind=laddr --faddrs=10 \
    --range=32768-60999
# Three addresses: 3 x 64,511.
as three_addresses 193533 18000000 53.8 --stack=freebsd-12.0 --rate=5k/s \
    --lifetime=1h --closer=remote --bind=laddr --laddrs=3 --range=1025-65535
# A range in 2 MSL: 28,232 / 60.01 s; half the MSL: 16,384 / 30.01 s.
as n_per_2msl 28232 60010 470.5 --stack=freebsd-14 --rate=1k/s \
    --lifetime=10ms --range=32768-60999
as msl_15 16384 30010 545.9 --stack=freebsd-15 --rate=1k/s --lifetime=10ms \
    --range=49152-65535 --msl=15s
# The cap of 11: half of 3,977 in TIME_WAIT at most, so nobody fails.
as webstress 3977 1992 187 --stack=freebsd-11 --rate=187/s --lifetime=20ms \
    --range=1024-5000
# 40,000/s closed here: 37 addresses are 100.6 % full, 38 suffice.
as 40k_37 2386944 2400400 40000 --stack=freebsd-14 --rate=40k/s \
    --lifetime=10ms --bind=laddr --laddrs=37 --range=1024-65535
as 40k_38 2451456 2400400 40000 --stack=freebsd-14 --rate=40k/s \
    --lifetime=10ms --bind=laddr --laddrs=38 --range=1024-65535
# 8,000/s without the cap: 64,512 / 60.01 s.
echo 'net.inet.tcp.maxtcptw=1000000' >"$t/uncapped"
as 8krps 64512 480080 1075 --stack=freebsd-12.2 --rate=8k/s \
    --lifetime=10ms --range=1024-65535 --sysctl="$t/uncapped"
# Squid's old range with 11's cap: 100 open and 1,988 in TIME_WAIT.
as squid_range 3977 2088 50 --stack=freebsd-11 --rate=50/s --lifetime=2s \
    --faddrs=200 --range=1024-5000
# 12,328 sockets, each for 30 s.
printf 'kern.ostype: FreeBSD\nkern.osrelease: 14.1-RELEASE-p5\n%s\n' \
    'kern.ipc.maxsockets: 12328' >"$t/sockets"
as maxsockets 222144 60000 411 --rate=2k/s --lifetime=30s --faddrs=4 \
    --closer=remote --sysctl="$t/sockets"
"$PCBSIM" ask --rate=2k/s --lifetime=30s --faddrs=4 --closer=remote \
    --sysctl="$t/sockets" >"$t/out"
check maxsockets/stack grep -q '^freebsd-14.1 bears .* ENOBUFS' "$t/out"
check maxsockets/helps grep -q '1 no limit on sockets .* none' "$t/out"

# Large and small, and every family: still 20 lines and ten seconds.
as million 55536 61000000 - --stack=freebsd-16 --rate=1M/s --lifetime=1s
as linux_100_peers 2823200 6100000 46282 --stack=linux-6.18 \
    --rate=100k/s --lifetime=1s --faddrs=100
as linux_bound 282320 21000000 4033 --stack=linux-7.1 --rate=300k/s \
    --lifetime=10s --faddrs=100 --laddrs=10 --bind=laddr
as linux_noport 28232000 21000000 300000 --stack=linux-7.1 --rate=300k/s \
    --lifetime=10s --faddrs=100 --laddrs=10 --bind=noport
as peers_200 11107200 6100000 100000 --stack=freebsd-15 --rate=100k/s \
    --lifetime=1s --faddrs=200
as rare 4 361 - --stack=freebsd-14 --rate=0.01/s --lifetime=10h \
    --range=40000-40003
for k in netbsd openbsd dragonfly xnu illumos rfc6056-3 freebsd-11; do
	as "families/$k" - - - --stack=$k --rate=3k/s --lifetime=5s \
	    --bind=laddr --laddrs=3 --faddrs=3
done

# Without a port: what Linux has, and what a FreeBSD would bear that had it.
"$PCBSIM" ask --stack=linux-6.18 --rate=2k/s --lifetime=1s --bind=laddr \
    --faddrs=5 >"$t/out"
check noport/linux grep -q \
    '^ *[0-9] bind without a port .*none (IP_BIND_ADDRESS_NO_PORT)' \
    "$t/out"
"$PCBSIM" ask --stack=freebsd-14.2 --rate=2k/s --lifetime=1s --bind=laddr \
    --faddrs=5 >"$t/out"
check noport/freebsd grep -q \
    'bind without a port: if it could .*none (proposed; no FreeBSD has it)' \
    "$t/out"
"$PCBSIM" ask --stack=netbsd --rate=2k/s --lifetime=1s --bind=laddr \
    --faddrs=5 >"$t/out"
check noport/netbsd sh -c '! grep -q "without a port" "$0"' "$t/out"
refuse noport/no_such 2 "$PCBSIM" ask --stack=freebsd-14 --rate=1/s \
    --lifetime=1s --bind=noport
tap_done
