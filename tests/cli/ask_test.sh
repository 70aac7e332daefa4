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
check "fits/finding" first 'bears it: 100 connects/s, none fails'
check "fits/needs_no_help" grep -q 'nothing needs to' "$t/out"
check "fast" ask --fast --rate=2k/s --lifetime=1s
refuse "fast/has_nothing_to_write" 2 ask --fast --rate=2k/s --lifetime=1s \
    --write="$t/none.ini"
for n in 0 -1 60001 100k 1.5 x; do
	for o in laddrs faddrs fports; do
		refuse "$o/$n" 2 ask --fast --rate=1/s --lifetime=1s --$o=$n
		check "$o/$n/told" grep -q -- "^--$o=$n: " "$t/err"
	done
done
check "laddrs/2k" ask --fast --rate=1/s --lifetime=1s --laddrs=2k --bind=laddr
check "laddrs/2k/there" grep -q ' there = 2000 laddrs' "$t/out"

# A range of one port: it divides by zero, and nobody is served.
one="--rate=1k/s --lifetime=1s --range=5000-5000"
for how in "" --fast; do
	check "panics$how" ask $one $how
	check "panics$how/finding" first \
	    '^freebsd-14 panics: it divides by zero .* a range of one port$'
	check "panics$how/no_errno" not grep -q EADDRNOTAVAIL "$t/out"
	check "panics$how/json" sh -c '"$0" ask '"$one $how"' --format=json |
	    grep -q "^\"panics\":true,$"' "$PCBSIM"
done
check "panics/widest_range_helps" sh -c '"$0" ask '"$one"' |
    grep -q "1 the widest range .*, none"' "$PCBSIM"
check "panics/not_on_13" ask $one --stack=freebsd-13.2
check "panics/not_on_13/finding" first '^freebsd-13.2 bears .* EADDRNOTAVAIL$'

# An hour is simulated, and nobody comes in it.
check "rare" ask --rate=1/h --lifetime=1s
check "rare/finding" first \
    '^freebsd-14 suffices, on paper: .* needed; none came in the simulation$'
check "rare/bears_nothing" not grep -q 'bears it\|none fails\|nobody$' "$t/out"

# What would take long is answered on paper, and says so.
cpu_s() {
	python3 -c 'import resource, subprocess, sys
with open(sys.argv[1], "w") as out:
    subprocess.run(sys.argv[2:], stdout=out)
u = resource.getrusage(resource.RUSAGE_CHILDREN)
sys.exit(u.ru_utime + u.ru_stime > 5)' "$t/out" "$PCBSIM" ask "$@"
}
check "long" cpu_s --rate=10M/s --lifetime=24h --write="$t/long.ini"
check "long/finding" first '^freebsd-14 runs out, on paper: '
check "long/told" grep -q '^not run    about .* min of a CPU .* 30 s;$' "$t/out"
check "long/no_absurd_share" not grep -q '[0-9]\{5\} %' "$t/out"
check "long/is_written" "$PCBSIM" check "$t/long.ini" --out="$t/checked"
# A file that is there is somebody's.
echo mine >"$t/mine.ini"
refuse "write/is_there" 2 ask --rate=10/s --lifetime=1s --write="$t/mine.ini"
check "write/is_there/told" grep -q 'mine.ini: is there already; name another' \
    "$t/err"
check "write/is_there/left" grep -qx mine "$t/mine.ini"
check "write/is_there/no_answer" test ! -s "$t/out"
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
# Two that lose nothing: what needs nothing new goes before one more address.
check "ties" ask --stack=freebsd-12.0 --rate=2k/s --lifetime=60s --laddrs=4
check "ties/needs_nothing" grep -q '^ *1 bind to the addresses in turn .* none' \
    "$t/out"
check "ties/one_more" grep -q '^ *2 bind in turn, one more address .* none' \
    "$t/out"

# Remedies by each kernel's own names.
check "linux" ask --stack=linux-6.18 --rate=2k/s --lifetime=1s
check "linux/tw_reuse" grep -q \
    'TIME_WAIT.* none (net.ipv4.tcp_tw_reuse = 1)' "$t/out"
check "linux/range" grep -q 'net.ipv4.ip_local_port_range = 1024 65535' \
    "$t/out"
check "linux/20_lines" test "$(wc -l <"$t/out")" -le 20
check "linux/no_release_of_freebsd" not grep -q 'a later release' "$t/out"
check "netbsd" ask --stack=netbsd --rate=2k/s --lifetime=1s
check "netbsd/errno" grep -q "connects/s: .* fail with EAGAIN$" "$t/out"
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
# Which kernel: by the snapshot's form where one alone has it, told either way.
form() {	# form FILE STACK BY OPTION...
	form_of=$(basename "$1" .txt) form_stack=$2 form_by=$3
	form_file=$1
	shift 3
	check "form/$form_of" ask --netstat="$form_file" --rate=10/s \
	    --lifetime=1s --fast "$@"
	check "form/$form_of/stack" first "^$form_stack suffices"
	if [ -n "$form_by" ]; then
		check "form/$form_of/told" grep -q \
		    "^stack      $form_stack, $form_by.*; another: --stack=" \
		    "$t/out"
	else
		check "form/$form_of/not_told" not grep -q '^stack ' "$t/out"
	fi
}
captures=tests/study/capture/data
for forms in macos:xnu macos-v:xnu openbsd:openbsd linux:linux-6.18 \
    linux-p:linux-6.18 illumos:illumos; do
	form "$captures/netstat-${forms%%:*}.txt" "${forms#*:}" by
done
form "$captures/ss-tan.txt" linux-6.18 by
form "$captures/netstat.txt" freebsd-14 assumed
form "$captures/sockstat.txt" freebsd-14 assumed
form "$captures/netstat-windows.txt" freebsd-14 assumed
check "form/no_such_stack" grep -q ': there is no stack for Windows' "$t/err"
# NetBSD's: columns two blanks apart, and State without parentheses.
cat >"$t/netbsd" <<'END'
Active Internet connections (including servers)
Proto Recv-Q Send-Q  Local Address          Foreign Address        State
tcp        0      0  192.0.2.10.65001       198.51.100.9.443       ESTABLISHED
END
form "$t/netbsd" netbsd by
# Linux' sockets without a heading; macOS' by columns alone, FreeBSD's not.
echo 'tcp 0 0 192.0.2.10:50112 198.51.100.7:443 ESTABLISHED' >"$t/bare"
form "$t/bare" linux-6.18 by
sed '1d; s/Send-Q Local/Send-Q  Local/' "$t/netstat" >"$t/apart"
form "$t/apart" xnu by
# Whoever was asked knows better.
form "$captures/ss-tan.txt" freebsd-15 '' --stack=freebsd-15
printf 'kern.ostype: FreeBSD\nkern.osrelease: 13.2-RELEASE\n' >"$t/whose"
form "$captures/netstat-macos.txt" freebsd-13.2 '' --sysctl="$t/whose"
form "$captures/netstat-macos.txt" xnu by --sysctl="$t/sysctl"
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
	check "json/no_noise" sh -c '"$0" ask --fast --rate=1k/s \
	    --lifetime=1s --format=json | grep -q "^\"needed\":61000,$"' \
	    "$PCBSIM"
	check "json/no_panic" grep -q '^"panics":false,$' "$t/out"
	check "json/not_too_long" grep -q '"too_long_s":null' "$t/out"
	check "json/stack_by" grep -q '"stack_by":"assumed"' "$t/out"
	sed 's/"divided":/"dvided":/' "$t/out" >"$t/two"
	check "json/planted" not schema_valid "$t/two" ask
	check "json/fast" ask --rate=2k/s --lifetime=1s --format=json --fast
	check "json/fast/valid" schema_valid "$t/out" ask
	check "json/long" ask --rate=10M/s --lifetime=24h --format=json
	check "json/long/valid" schema_valid "$t/out" ask
	check "json/long/told" grep -q '"too_long_s":[1-9][0-9]*,' "$t/out"
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
# What is wrong is told of the option, not of a scenario that nobody has seen;
# no option is a line of its own in it.
told() {	# told NAME EXIT MESSAGE OPTIONS...: and nothing is printed
	name=$1 code=$2 message=$3
	shift 3
	refuse "told/$name" "$code" ask --rate=10/s --lifetime=1s "$@"
	check "told/$name/words" grep -qF -- "$message" "$t/err"
	check "told/$name/no_answer" test ! -s "$t/out"
	check "told/$name/not_of_the_question" not grep -q '^the question:' \
	    "$t/err"
}
line="
[host]"
told msl 2 '--msl=xx: is not a plain decimal' --msl=xx
told msl_range 2 '--msl: net.inet.tcp.msl = 25h: is out of range; allowed: 1ms' \
    --msl=25h
told msl_of_another 2 "--msl: net.inet.tcp.msl = 5s: none of the variants' st" \
    --stack=linux-6.1 --msl=5s
told msl_line 2 "--msl=5s" --msl="5s$line"
told stack 2 "--stack: 'freebsd-99' is no stack; allowed: dragonfly," \
    --stack=freebsd-99
told stack_line 2 "--stack: 'freebsd-14\x0a[host]' is no stack" \
    --stack="freebsd-14$line"
told bind 2 '--bind=noport: freebsd-14 has no IP_BIND_ADDRESS_NO_PORT' \
    --bind=noport
told rate 2 '--rate=20M/s: is out of range' --rate=20M/s
told rate_none 2 '--rate=0/s: must be above 0' --rate=0/s
told rate_nearly_none 2 '--rate=0.001/h: must be above 0' --rate=0.001/h
told rate_unit 2 '--rate=5s: ' --rate=5s
told lifetime 2 '--lifetime=1000h: a drawn duration is at most' \
    --lifetime=1000h
told lifetime_unit 2 "--lifetime=5d: unknown unit 'd'" --lifetime=5d
told range 2 '--range=3000-2000: is no range; allowed: A-B' --range=3000-2000
told range_of_illumos 2 '--range: smallest_anon_port = 1: is out of range' \
    --stack=illumos --range=1-2000
told memory 2 '--memory allows 1.0 kB: lower' --memory=1000 --rate=1k/s
told memory_none 2 '--memory=0: nothing runs in no memory' --memory=0
told sysctl_is_not_there 2 "$t/none: No such file" --sysctl="$t/none"
told sysctl_of_a_stack 2 "--sysctl: include-sysctl = $t/none: there is no" \
    --sysctl="$t/none" --stack=freebsd-14
told sysctl_is_a_directory 2 "$t: is a directory" --sysctl="$t"
for file in "a #b" "a " "a;b" 'a\b' "a${line}b"; do
	echo 'net.inet.ip.portrange.first: 20000' >"$t/$file"
	told "sysctl_named/$(echo "$file" | tr -dc a-z)" 2 'a scenario cannot have such a name in it' \
	    --sysctl="$t/$file"
	check "told/sysctl_named/by_a_pipe" sh -c '"$1" ask --fast \
	    --rate=1/s --lifetime=1s --sysctl=- <"$2" |
	    grep -q "45,536 ports"' sh "$PCBSIM" "$t/$file"
done
: >"$t/empty"
told netstat_is_empty 2 "$t/empty: is empty" --netstat="$t/empty"
told netstat_is_not_there 2 "$t/none: " --netstat="$t/none"
refuse "told/write_nowhere" 4 ask --rate=10/s --lifetime=1s \
    --write="$t/none/x.ini"
check "told/write_nowhere/named" grep -q "$t/none/x.ini: " "$t/err"

# Of a machine: which stack, or that there is none for it.
machine() {	# machine OSTYPE OSRELEASE STACK PREFIX
	printf '%s.ostype: %s\n%s.osrelease = %s\n' "$4" "$1" "$4" "$2" \
	    >"$t/machine"
	check "machine/$1-$2" ask --fast --rate=10/s --lifetime=1s \
	    --sysctl="$t/machine"
	check "machine/$1-$2/stack" first "^$3 suffices"
}
machine FreeBSD 13.2-RELEASE-p1 freebsd-13.2 kern
machine NetBSD 10.0 netbsd kern
machine OpenBSD 7.4 openbsd kern
machine DragonFly 6.4 dragonfly kern
machine Darwin 22.6.0 xnu kern
machine Linux 5.10.0-21-amd64 linux-6.1 kernel
machine Linux 6.99.1 linux-6.18 kernel
check "machine/known/nothing_to_say" test ! -s "$t/err"
printf 'kernel.ostype = Linux\nkernel.osrelease = 6.8.0\n%s\n' \
    'net.ipv4.tcp_max_tw_buckets = 2000' >"$t/tw.sysctl"
"$PCBSIM" ask --fast --rate=10/s --lifetime=1s --sysctl="$t/tw.sysctl" \
    >"$t/out" 2>"$t/err"
check "machine/not_read" grep -q \
    'tw.sysctl:3: .kernel. net.ipv4.tcp_max_tw_buckets is not read' "$t/err"
for of in "FreeBSD 99.2-RELEASE" "Plan9 4.1" "Linux x"; do
	machine ${of% *} ${of#* } freebsd-14 kern
	check "machine/$of/told" grep -qF "there is no stack for $of; what \
follows is of freebsd-14 (--stack=NAME" "$t/err"
done

# The answer that the README shows is today's.
"$PCBSIM" ask --stack=freebsd-14.2 --rate=30k/s --lifetime=50ms --laddrs=4 \
    --faddrs=3 --range=1024-65535 --msl=5s >"$t/shown" 2>/dev/null
check "readme_shows_the_answer" grep -qxF "$(head -n 1 "$t/shown")" README.md
tap_done
