#!/bin/sh
# The edge: subcommands, exit codes, what goes to stdout and what to stderr.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

quiet() { "$PCBSIM" "$@" >"$t/out" 2>"$t/err"; }
says() {	# says out|err PATTERN
	grep -q -- "$2" "$t/$1" || { sed 's/^/# /' "$t/$1"; return 1; }
}
empty() { [ ! -s "$t/$1" ]; }

check "version" quiet --version
check "version/says_commit" says out "^pcbsim $(cat docs/VERSION) ("
check "help" quiet --help
check "help/on_stdout" says out "pcbsim check"
check "help/nothing_on_stderr" empty err
refuse "no_subcommand" 2 quiet
check "no_subcommand/usage_on_stderr" says err "^usage:"
refuse "unknown_subcommand" 2 quiet chekc
check "unknown_subcommand/nearest" says err "did you mean 'check'"
for s in run check list explain script completion plot column; do
	check "help/$s" quiet "$s" --help
	check "help/$s/names_it" says out "pcbsim $s"
done

check "check" quiet check tests/study/data/seed.ini
check "check/digest" says out '^  digest    [0-9a-f]\{64\}$'
check "check/estimate" says out 'nginx: poisson, wants about 240,000,'
check "check/nothing_on_stderr" empty err
check "check/all_scenarios" quiet check scenarios/*.ini
# What a run holds: Little's law with TIME_WAIT, and on paper.
cat >"$t/wait.ini" <<'INI'
[scenario]
format = 1
name = wait
title = five thousand a second, for 300 ms each
duration = 200s
[host]
laddrs = 198.51.100.1*2
[workload:w]
load = poisson
rate = 5k/s
lifetime = constant(300ms)
bind = none
faddrs = 203.0.113.1*4
fport = 80
closer = local
[variant:uncapped]
stack = freebsd-14
[variant:capped]
stack = freebsd-12.0
INI
check "wait" quiet check "$t/wait.ini"
check "wait/it_is_held" says out \
    'uncapped: .* about 301,500 connections, up to 300,000 of them in TIME_WAIT$'
check "wait/the_cap_is_named" says out \
    ', up to 27,767 of them in TIME_WAIT (the cap, net.inet.tcp.maxtcptw)$'
check "paper/needed" says out \
    'paper: 301,500 needed = 5,000/s x (300 ms + 60 s TIME_WAIT)$'
check "paper/runs_out" says out \
    ' 222,144 there = 1 laddr x 55,536 ports x 4 peers: runs out (136 %)$'
check "paper/fits" says out \
    ' 55,536 there = ports that no laddr has taken: fits (53 %)$'
check "set" quiet check "$t/wait.ini" --set=workload:w.closer=remote \
    --set=kernel.net.inet.ip.portrange.first=60000 --variant=uncapped
check "set/it_counts" says out 'holds up to about 1,500 connections$'
check "set/paper" says out \
    '1,500 needed = 5,000/s x (300 ms + 0, the peer closes)$'
# 127.0.0.1 is this host's only where host.laddrs has it.
check "loopback/elsewhere" quiet check "$t/wait.ini" \
    --set='workload:w.faddrs=203.0.113.1;127.0.0.1' --variant=uncapped
check "loopback/is_told" says out \
    'note: connects to 127.0.0.1, which is not in host.laddrs'
check "loopback/here" quiet check "$t/wait.ini" \
    --set=workload:w.faddrs=127.0.0.1 --set='host.laddrs=192.0.2.1;127.0.0.1' \
    --set=kernel.net.inet.tcp.nolocaltimewait=1 --variant=uncapped
check "loopback/is_not_told" sh -c '! grep -q note: "$1"' sh "$t/out"
check "loopback/no_timewait" says out '(300 ms + 0, none with this host itself)$'
check "set" quiet check "$t/wait.ini" --set=workload:w.closer=remote \
    --set=kernel.net.inet.ip.portrange.first=60000 --variant=uncapped
check "variant/only_that_one" sh -c '! grep -q " capped: " "$1"' sh "$t/out"
refuse "set/typo" 2 quiet check "$t/wait.ini" --set=workload:w.cloesr=remote
check "set/typo/nearest" says err "did you mean 'closer'"
refuse "set/no_value" 2 quiet check "$t/wait.ini" --set=host.cpus
check "set/no_value/why" says err '--set=host.cpus: not PATH=VALUE'
refuse "variant/unknown" 2 quiet check "$t/wait.ini" --variant=caped
check "variant/unknown/nearest" says err "did you mean 'capped'"
# What a file cannot say a path cannot set: run.ini would not be a scenario.
refuse "set/second_line" 2 quiet check "$t/wait.ini" \
    --set="scenario.title=a
duration = 1s"
check "set/second_line/why" says err "'a.x0aduration = 1s': a control character"
refuse "set/comment" 2 quiet check "$t/wait.ini" --set='scenario.title=a # b'
check "set/comment/why" says err "'a # b': a comment must stand on a line of its"
check "zero" quiet check "$t/wait.ini" --set=workload:w.rate=0/s
check "zero/said" says out 'w: poisson, wants no connection: its rate is 0/s'
check "zero/run" quiet run --quiet --no-plots --out="$t/zero" "$t/wait.ini" \
    --set=workload:w.start=200s
check "zero/run/said" says err \
    'wait: workload w wants no connection: it starts when the run is over'
check "zero/run/variant" says err 'wait: variant capped: nobody wants'
refuse "check/no_file" 2 quiet check no-such.ini
check "check/no_file/on_stderr" says err '^no-such.ini: '
check "check/no_file/nothing_on_stdout" empty out
sed 's/^cpus = 8/cpsu = 8/; s/eaddrnotavail > 0/eaddrnotavial > 0/' \
    tests/study/data/seed.ini >"$t/bad.ini"
refuse "check/bad_key" 2 quiet check "$t/bad.ini"
check "check/bad_key/line_and_nearest" says err \
    "bad.ini:[0-9]*: \[host\] cpsu = 8: .*did you mean 'cpus'"
sed 's/current.eaddrnotavail > 0/current.eaddrnotavial > 0/' \
    tests/study/data/seed.ini >"$t/claim.ini"
refuse "check/bad_metric" 2 quiet check "$t/claim.ini"
check "check/bad_metric/nearest" says err "did you mean 'eaddrnotavail'"
claim() {	# claim NAME EXPRESSION MEANT
	sed "s/current.eaddrnotavail > 0/$2/" tests/study/data/seed.ini \
	    >"$t/claim.ini"
	refuse "check/claim/$1" 2 quiet check "$t/claim.ini"
	check "check/claim/$1/nearest" says err "did you mean '$3'"
}
claim variant 'curent.ok > 0' current
claim of_a_workload 'current.nginx_okk > 0' nginx_ok
claim verdict 'current.verdict >= freeze' freezes
refuse "check/one_bad_of_two" 2 quiet check "$t/bad.ini" \
    tests/study/data/seed.ini
check "check/the_good_one_is_told" says out "seed.ini: ok"
refuse "check/nothing_named" 2 quiet check
refuse "check/unknown_option" 2 quiet check --no-such-option

check "list" quiet list
for kind in stacks allocators locks loads costs metrics params; do
	check "list/$kind" quiet list "$kind"
	[ -s "$t/out" ]
	tap_result $? "list/$kind/is_not_empty"
done
refuse "list/unknown" 2 quiet list stack
check "list/unknown/nearest" says err "did you mean 'stacks'"

check "explain" quiet explain net.inet.tcp.msl
check "explain/default" says out "default    30s"
check "explain/kernel" says out "kernel     net.inet.tcp.msl"
check "explain/path" quiet explain kernel.net.inet.tcp.msl
check "explain/workload" quiet explain workload:nginx.rate
check "explain/loads" says out "loads.*poisson"
check "explain/end_of_a_key" quiet explain msl
refuse "explain/unknown" 2 quiet explain host.cpu
check "explain/unknown/nearest" says err "did you mean 'host.cpus'"
if [ -w /dev/full ]; then
	refuse "full_disk" 4 sh -c '"$1" list >/dev/full 2>/dev/null' sh \
	    "$PCBSIM"
fi

# More than there is room for is refused at once, with the figures.
cat >"$t/huge.ini" <<'INI'
[scenario]
format = 1
name = huge
title = ten million a second, meant were ten thousand
duration = 20s
[host]
cpus = 4
[workload:w]
load = poisson
rate = 1/s
lifetime = constant(1s)
bind = none
faddrs = 203.0.113.1
fport = 443
[inbound]
accepts = 10M/s
[variant:v]
stack = freebsd-12.2
INI
refuse "memory/check" 2 quiet check "$t/huge.ini" --memory=1G
check "memory/check/why" says err 'about 32 GB; --memory allows 1.0 GB'
check "memory/told" quiet check "$t/huge.ini" --memory=64G
check "memory/told/figure" says out '^  memory  *about 32 GB a run at most (v)$'
check "time/told" says out '^  time  *about [0-9.]* min of a CPU for all, '
refuse "memory/run" 2 quiet run "$t/huge.ini" --memory=1G --out="$t/huge"
check "memory/run/why" says err 'huge.ini: variant v holds up to about 100,.*about 32 GB; --memory allows 1.0 GB'
check "time/refused" says err 'which takes about [0-9.]* min of a CPU and '
check "memory/run/nothing_written" test ! -e "$t/huge"
refuse "memory/limit" 2 quiet limit "$t/huge.ini" --memory=1G \
    --vary=workload:w.rate=1/s..2/s --until='v.failed > 0' -q
check "memory/limit/why" says err 'vary=.*--memory allows 1.0 GB'
printf '[sweep]\nscenario = huge.ini\nreplications = 1\nhost.cpus = 2;4\n' \
    >"$t/huge.sweep"
refuse "memory/sweep" 2 quiet sweep run "$t/huge.sweep" --memory=1G \
    --out="$t/hugesweep" -q
check "memory/sweep/why" says err 'about 32 GB; --memory allows 1.0 GB'
for bad in 0 1MB -1 x; do
	refuse "memory/bad/$bad" 2 quiet run "$t/huge.ini" --memory="$bad"
	check "memory/bad/$bad/why" says err "^--memory=$bad: "
done

# Of a line as long as lines may be, a message repeats what can be read.
awk 'BEGIN { for (i = 0; i < 60000; i++) printf "y" }' >"$t/long"
for key in title question; do
	sed "s/^title = .*/$key = $(cat "$t/long")/" \
	    tests/study/data/seed.ini >"$t/long.ini"
	refuse "long/$key" 2 quiet check "$t/long.ini"
	check "long/$key/cut" test "$(wc -c <"$t/err")" -lt 4000
	check "long/$key/where" says err "^$t/long.ini:[0-9]*: .*$key = yyy"
done
# As much as a file may have is told in its time: a hundred thousand lines that
# are wrong, each once, and fifty thousand groups.
soon() { timeout $((10 * ${SLOW:-1})) "$PCBSIM" "$@" >"$t/out" 2>"$t/err"; }
{ cat "$t/wait.ini"; echo '[host]'; yes 'cpus = 2' | head -n 100000; } \
    >"$t/lines.ini"
refuse "many/lines" 2 soon check "$t/lines.ini"
check "many/lines/are_told" sh -c '[ "$(sort -u "$1" | wc -l)" -ge 99999 ]' \
    - "$t/err"
{ cat "$t/wait.ini"; seq -f '[workload:w%.0f]' 50000; } >"$t/groups.ini"
refuse "many/groups" 2 soon check "$t/groups.ini"
check "many/groups/are_told" says err 'w50000\]'

# A value may follow its letter, as with make -j4.
check "attached" quiet check tests/study/data/seed.ini -o"$t/attached.txt"
check "attached/there" grep -q '^  memory' "$t/attached.txt"
refuse "attached/bad" 2 quiet run tests/study/data/seed.ini -jx

tap_done
