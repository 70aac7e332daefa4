#!/bin/sh
# ask: the finding in the first line, at most 20 lines; figures on paper as the
# formulas have them, simulated ones as a run of the scenario that it leaves.
. tests/tools/tap.sh
. tests/tools/schema.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
ask() { "$PCBSIM" ask "$@" >"$t/out" 2>"$t/err"; }
not() { ! "$@" >/dev/null; }
first() { sed -n 1p "$t/out" | grep -q -- "$1" || { sed 's/^/# /' "$t/out"; false; }; }

check "issue" ask --stack=freebsd-14.2 --rate=30k/s --lifetime=50ms \
    --laddrs=4 --faddrs=3 --range=1024-65535 --msl=5s --write="$t/my.ini"
check "issue/finding" first '^freebsd-14.2 bears .* of 30,000 connects/s: '
check "issue/errno" first 'fail with EADDRNOTAVAIL'
check "issue/20_lines" test "$(wc -l <"$t/out")" -le 20
# 30,000 x (0.05 + 2 x 5); one address towards three of 64,512 ports
check "issue/needed" grep -q '301,500 needed' "$t/out"
check "issue/there" grep -q '193,536 there' "$t/out"
check "issue/ranked" sh -c 'grep -n "^  *[0-9]* " "$0" | sed "s/.*s, //" |
    grep -n none | tail -1 | grep -q "^[3-9]:"' "$t/out"
# What makes it worse is no help, and is told apart.
check "issue/no_help" grep -q '^no help    SO_REUSEADDR: [0-9]* % lost, worse' \
    "$t/out"
check "issue/no_help_is_not_ranked" not grep -q '^  *[0-9]* SO_REUSEADDR' \
    "$t/out"
# What it bears is ports over (lifetime + TIME_WAIT): 19,257 a second.
check "issue/bears" awk 'NR == 1 { gsub(",", "", $3)
    exit !($3 > 19257 * 0.97 && $3 < 19257 * 1.03) }' "$t/out"

# The same from `run' of what it wrote.
"$PCBSIM" run "$t/my.ini" --no-plots --quiet --out="$t/run" >/dev/null
check "written/the_same" python3 - "$t" <<'END'
import csv, re, sys
t = sys.argv[1]
row = next(csv.DictReader(x for x in open(t + '/run/summary.csv')
    if x[0] != '#'))
out = open(t + '/out').read()
k = int(re.search('divided by (\d+)', out).group(1))
ini = open(t + '/my.ini').read()
ms = lambda key: int(re.search(key + ' = (\d+)ms', ini).group(1))
served = int(row['served']) * k * 1e3 / (ms('duration') - ms('warmup'))
said = int(re.search('simulated  ([\d,]+) served', out).group(1)
    .replace(',', ''))
assert abs(served - said) <= 1, (served, said)
END

check "fits" ask --rate=100/s --lifetime=1s
check "fits/finding" first 'bears it'
check "fits/needs_no_help" grep -q 'nothing needs to' "$t/out"
check "fast" ask --fast --rate=2k/s --lifetime=1s
refuse "fast/has_nothing_to_write" 2 ask --fast --rate=2k/s --lifetime=1s \
    --write="$t/none.ini"
for n in 0 -1 60001 x; do
	refuse "laddrs/$n" 2 ask --fast --rate=1/s --lifetime=1s --laddrs=$n
	check "laddrs/$n/told" grep -q -- '--laddrs' "$t/err"
done
ask --fast --rate=2k/s --lifetime=1s
check "fast/finding" first 'runs out, on paper: 122,000 of 55,536'
# Each kernel's range by its own names: 1,000 ports, 42 s each or more.
for k in xnu dragonfly illumos netbsd openbsd linux-6.18 freebsd-14; do
	check "range/$k" ask --stack=$k --rate=30/s --lifetime=40s \
	    --range=40000-40999
	check "range/$k/there" grep -q "1,000 there = " "$t/out"
	check "range/$k/runs_out" first "^$k bears [0-9.]* of 30 "
done
check "old_release" ask --stack=freebsd-12.0 --rate=2k/s --lifetime=60s \
    --closer=remote --faddrs=4
check "old_release/later_helps" grep -q 'a later release' "$t/out"

# Remedies by each kernel's own names.
check "linux" ask --stack=linux-6.18 --rate=2k/s --lifetime=1s
check "linux/tw_reuse" grep -q \
    'TIME_WAIT.* none (net.ipv4.tcp_tw_reuse = 1)' "$t/out"
check "linux/range" grep -q 'net.ipv4.ip_local_port_range = 1024 65535' \
    "$t/out"
check "linux/20_lines" test "$(wc -l <"$t/out")" -le 20
check "linux/no_release_of_freebsd" not grep -q 'a later release' "$t/out"
check "netbsd" ask --stack=netbsd --rate=2k/s --lifetime=1s
check "netbsd/range" grep -q 'net.inet.ip.anonportmin = 1024' "$t/out"
check "netbsd/no_help" grep -q '^no help .*SO_REUSEADDR: .*as now' "$t/out"
check "netbsd/no_release_of_freebsd" not grep -q 'a later release' "$t/out"
check "illumos" ask --stack=illumos --rate=2k/s --lifetime=1s
check "illumos/half" grep -q '_time_wait_interval = 30000ms' "$t/out"

# From one's machine: three in TIME_WAIT of 60 s are 0.05 a second.
cat >"$t/netstat" <<'END'
Active Internet connections (including servers)
Proto Recv-Q Send-Q Local Address          Foreign Address        (state)
tcp4       0      0 192.0.2.10.55132       198.51.100.188.443     ESTABLISHED
tcp4       0      0 192.0.2.10.55131       198.51.100.188.443     TIME_WAIT
tcp4       0      0 192.0.2.10.55130       198.51.100.189.443     TIME_WAIT
tcp4       0      0 192.0.2.10.55129       198.51.100.189.443     TIME_WAIT
END
echo 'net.inet.ip.portrange.first: 20000' >"$t/sysctl"
check "netstat" ask --netstat="$t/netstat" --sysctl="$t/sysctl" --fast
check "netstat/rate" grep -q '0.05/s x (20 s + 60 s TIME_WAIT)' "$t/out"
check "netstat/range" grep -q '45,536 ports x 2 peers' "$t/out"
# A pipe is read once, however often its values are asked for.
for way in fifo standard_input; do
	case $way in
	fifo)	file=$t/fifo; mkfifo "$file" ;;
	*)	file=- ;;
	esac
	piped() {	# piped OPTION FILE OPTIONS...: FILE is what comes
		piped_option=$1 piped_from=$2
		shift 2
		if [ $way = fifo ]; then
			cat "$piped_from" >"$t/fifo" &
		fi
		ask "$piped_option=$file" "$@" <"$piped_from"
	}
	check "$way/netstat" piped --netstat "$t/netstat" --fast
	check "$way/netstat/rate" grep -q '0.05/s x (20 s' "$t/out"
	check "$way/sysctl" piped --sysctl "$t/sysctl" --rate=10/s \
	    --lifetime=1s
	check "$way/sysctl/range" grep -q '45,536 ports' "$t/out"
	refuse "$way/sysctl_is_gone_later" 2 ask --sysctl="$file" --rate=10/s \
	    --lifetime=1s --write="$t/w.ini"
done

if schema_here; then
	check "json" ask --rate=2k/s --lifetime=1s --format=json
	check "json/valid" schema_valid "$t/out" ask
	sed 's/"divided":/"dvided":/' "$t/out" >"$t/two"
	check "json/planted" not schema_valid "$t/two" ask
	check "json/fast" ask --rate=2k/s --lifetime=1s --format=json --fast
	check "json/fast/valid" schema_valid "$t/out" ask
else
	skip json "python3-jsonschema is not here"
fi

refuse "no_rate" 2 ask --lifetime=1s
check "no_rate/says" grep -q -- '--rate=' "$t/err"
refuse "no_lifetime" 2 ask --rate=1/s
refuse "bad_rate" 2 ask --rate=5 --lifetime=1s
refuse "bad_stack" 2 ask --rate=5/s --lifetime=1s --stack=freebsd-99
refuse "bad_range" 2 ask --rate=5/s --lifetime=1s --range=10-5
refuse "bad_count" 2 ask --rate=5/s --lifetime=1s --laddrs=-1
refuse "an_argument" 2 ask my.ini
# The answer that the README shows is today's.
"$PCBSIM" ask --stack=freebsd-14.2 --rate=30k/s --lifetime=50ms --laddrs=4 \
    --faddrs=3 --range=1024-65535 --msl=5s >"$t/shown" 2>/dev/null
check "readme_shows_the_answer" grep -qxF "$(head -n 1 "$t/shown")" README.md
tap_done
