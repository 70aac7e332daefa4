#!/bin/sh
# What somebody tries who has not read the manual: help in every form, --out and
# --output everywhere, a scenario through a pipe, one to begin with, and what
# any name means.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
not() { ! "$@"; }
quiet() { "$PCBSIM" "$@" >"$t/out" 2>"$t/err"; }
says() {	# says out|err PATTERN
	grep -q -- "$2" "$t/$1" || { sed 's/^/# /' "$t/$1"; return 1; }
}
same() { cmp "$t/$1" "$t/$2"; }

# ---- help ---------------------------------------------------------------------

"$PCBSIM" --help >"$t/usage"
subcommands=$(sed -n 's/^  pcbsim \([a-z]*\) .*/\1/p' "$t/usage")
quiet help
check "help/alone" same usage out
quiet -h
check "help/-h" same usage out
for s in $subcommands; do
	"$PCBSIM" "$s" --help >"$t/help" 2>&1
	quiet help "$s"
	check "help/$s" same help out
	# Options that its examples use are options that it has; files are there.
	sed -n '/^Examples:/,$p' "$t/help" | sed 1d >"$t/examples"
	check "examples/$s" grep -q '^  .*pcbsim ' "$t/examples"
	while read -r line; do
		sub=$(echo "$line" | sed 's/.*pcbsim \([a-z]*\).*/\1/')
		"$PCBSIM" "$sub" --help >"$t/of"
		for o in $(echo "$line" | grep -o -e ' --[a-z-]*'); do
			check "examples/$s/$sub$o" grep -qE -- " $o(=| |\$)" \
			    "$t/of"
		done
		for f in $(echo "$line" | grep -o 'scenarios/[a-z0-9.-]*'); do
			check "examples/$s/$f" test -e "$f"
		done
	done <"$t/examples"
done
refuse "help/unknown" 2 quiet help lmit
check "help/unknown/nearest" says err "did you mean 'limit'"
# The manual names every kind of list.
kinds=$("$PCBSIM" list nothing 2>&1 | sed "s/.*allowed are //; s/;.*//; s/,//g")
for k in $kinds; do
	check "man/list/$k" grep -q "[ ,]$k[ ,]*" docs/man/pcbsim.1
done
refuse "help/two" 2 quiet help run check
check "help/columns" awk '/^  pcbsim [a-z]/ { n++
    bad += substr($0, 42, 1) != " " || substr($0, 43, 1) == " " }
    END { exit !(n > 15 && bad == 0) }' "$t/usage"
# An option that there is not: whose, and which was probably meant.
unknown() {	# unknown SUBCOMMAND OPTION MEANT
	refuse "option/$1/$2" 2 quiet "$1" x "$2"
	check "option/$1/$2/whose" says err "^$1: there is no option '$2"
	check "option/$1/$2/meant" says err "did you mean --$3?"
	check "option/$1/$2/help" says err "see pcbsim $1 --help"
}
unknown run --rplications replications
unknown run --trace_window trace-window
unknown sweep --shards shard
unknown limit --varry vary
unknown ask --lifetimes lifetime
refuse "option/far" 2 quiet run --bogus --output="$t/x" y
check "option/far/nothing_is_meant" not says err 'did you mean'
refuse "option/no_value" 2 quiet run x --seed
check "option/no_value/whose" says err '^run: '
quiet --version
cp "$t/out" "$t/version"
for form in -V version; do
	check "version/$form" quiet $form
	check "version/$form/same" same version out
done

# Whatever a report calls a lock is explained.
quiet run --quiet --no-plots --out="$t/locks" --variant=current \
    scenarios/seed-2019.ini --set=scenario.duration=34s --replications=1
for l in $(awk -F, '!/^#/ && $1 != "variant" { print $5 }' \
    "$t/locks/stalls.csv" | sort -u) pcbinfohash softnet_lock; do
	check "locks/explain/$l" quiet explain "$l"
	check "locks/explain/$l/what" says out 'kind  *lock of a kernel$'
done

# ---- --out --------------------------------------------------------------------

for s in $subcommands; do
	"$PCBSIM" "$s" --help | grep -q -e '--out=' || continue
	check "output/$s" quiet "$s" --output="$t/x" --help
done
check "output/is_not_shown_twice" sh -c '! "$1" run --help |
    grep -q -e --output' sh "$PCBSIM"
check "run/real" quiet run --quiet --no-plots --out="$t/r" \
    scenarios/claim-1-bound-rule.ini
echo 'config,10000,10003,0,512,512' >"$t/ops.csv"
out() {	# out NAME ARGUMENT...: the same, in a file
	name=$1
	shift
	check "out/$name/printed" quiet "$@"
	cp "$t/out" "$t/printed"
	rm -f "$t/file"
	check "out/$name/written" quiet "$@" --out="$t/file"
	check "out/$name/same" same printed file
	check "out/$name/nothing_on_stdout" test ! -s "$t/out"
	refuse "out/$name/no_directory" 4 quiet "$@" --out="$t/none/x"
	check "out/$name/no_directory_is_named" says err "$t/none/x: "
	if [ -w /dev/full ]; then
		refuse "out/$name/full" 4 quiet "$@" --output=/dev/full
	fi
}
out check check tests/study/data/seed.ini
out list list stacks
out explain explain msl
out script script --stack=freebsd-12.0 "$t/ops.csv"
out completion completion bash
out compare compare "$t/r"
out report report --format=json "$t/r"
out column column ok "$t/r/summary.csv"
out init init
echo mine >"$t/mine"
refuse "out/what_stands_there_stays" 2 quiet explain no-such-thing \
    --out="$t/mine"
check "out/it_did" test "$(cat "$t/mine")" = mine
check "out/nothing_is_left_over" test -z "$(ls "$t" | grep '^mine\.')"

# ---- init ---------------------------------------------------------------------

check "init" quiet init "$t/my.ini"
check "init/says_what_next" says err 'ready for pcbsim run'
check "init/runs_and_its_claims_hold" quiet run --no-plots --out="$t/first" \
    "$t/my.ini"
check "init/nothing_to_complain" test ! -s "$t/err"
check "init/its_question_is_in_the_report" grep -q '^Question: ' \
    "$t/first/report.txt"
echo '# edited' >>"$t/my.ini"
refuse "init/does_not_write_over" 2 quiet init "$t/my.ini"
check "init/it_did_not" grep -q '^# edited$' "$t/my.ini"
# Lines that are only commented out may stand there: all of them, each in the
# place of the line that it is another choice for.
awk '{ comment = sub(/^#/, "") }
    comment && !/^\[/ && !/^[a-z][a-z.-]* = / { next }
    /^\[/ { group = $0; if (!(group in seen)) order[++n] = group
	seen[group]; next }
    / = / { key = group SUBSEP $1; if (!(key in value)) keys[++m] = key
	value[key] = $0; shown += comment }
    END { for (i = 1; i <= n; i++) { print order[i]
	for (j = 1; j <= m; j++) { split(keys[j], k, SUBSEP)
	    if (k[1] == order[i]) print value[keys[j]] } }
	exit shown < 8 }' "$t/my.ini" >"$t/all.ini"
check "init/keys_are_shown" test $? -eq 0
check "init/they_may_stand_there" quiet check "$t/all.ini"
check "init/they_count" says out 'variant   more-ports: '

# ---- through a pipe -----------------------------------------------------------

piped() { "$PCBSIM" "$@" <"$t/piped.ini" >"$t/out" 2>"$t/err"; }
sed '/^name = /d' scenarios/claim-1-bound-rule.ini >"$t/piped.ini"
check "pipe/run" piped run --quiet --no-plots --out="$t/p" -
cp scenarios/claim-1-bound-rule.ini "$t/stdin.ini"
sed -i.old '/^name = /d' "$t/stdin.ini"
check "pipe/run/from_a_file" quiet run --quiet --no-plots --out="$t/f" \
    "$t/stdin.ini"
for f in run.ini summary.csv timeline.csv stalls.csv; do
	check "pipe/run/$f" same "p/$f" "f/$f"
done
check "pipe/run/how_to_repeat" grep -q 'pcbsim run run.ini' "$t/p/report.txt"
check "pipe/check" piped check - --variant=current
check "pipe/check/says" says out '^standard input: ok$'
check "pipe/limit_loads_it_often" piped limit - --replications=1 \
    --vary=workload:first-address.size=10..3k \
    --until='current.eaddrnotavail > 0' -q
check "pipe/limit/answer" says out 'first at 100[01]'
# The same out of a FIFO, of a scenario that includes one, of its recording.
mkfifo "$t/fifo" "$t/costs.fifo"
fifo() {	# fifo FIFO FILE COMMAND...: FILE comes out of it, once
	cat "$2" >"$1" &
	shift 2
	timeout 60 "$PCBSIM" "$@" >"$t/out" 2>"$t/err"
}
check "fifo/limit" fifo "$t/fifo" "$t/piped.ini" limit "$t/fifo" \
    --replications=1 --vary=workload:first-address.size=10..3k \
    --until='current.eaddrnotavail > 0' -q
check "fifo/limit/answer" says out 'first at 100[01]'
check "fifo/moves" fifo "$t/fifo" "$t/piped.ini" run "$t/fifo" --moves -q \
    --no-plots -o "$t/p"
{
	printf '[scenario]\ninclude = piped.ini\n[host]\n'
	printf 'costs = ./costs.fifo\n'
} >"$t/outer.ini"
cp study/costs/epyc-vm.csv "$t/costs.csv"
check "fifo/costs" fifo "$t/costs.fifo" "$t/costs.csv" limit "$t/outer.ini" \
    --replications=1 --vary=workload:first-address.size=10..3k \
    --until='current.eaddrnotavail > 0' -q
echo 'bad' >>"$t/piped.ini"
refuse "pipe/bad" 2 piped check -
check "pipe/bad/line" says err '^standard input:[0-9]*: '
: >"$t/piped.ini"
refuse "pipe/empty" 2 piped run -

# ---- explain ------------------------------------------------------------------

# A key that is longer than its column does not run into its text.
check "explain/group" quiet explain workload
check "explain/group/long_keys" says out '^  laddrs-full$'
check "explain/group/short_keys" says out '^  retry      How long'

# Whatever is listed is explained, by its kind.
explained() {	# explained KIND ONE
	"$PCBSIM" list "$1" | sed -n 's/^  \([a-zA-Z][^ ]*\) .*/\1/p' >"$t/all"
	check "explain/$1/some" test -s "$t/all"
	missing=
	while read -r name; do
		quiet explain "$name" && says out "^  kind  *$2" >/dev/null ||
		    missing="$missing $name"
	done <"$t/all"
	check "explain/$1/all" test -z "$missing" || echo "#$missing"
}
explained stacks stack
explained releases release
explained allocators allocator
explained proposals proposal
explained locks lock
explained loads load
explained metrics metric
explained columns 'column of a result'
explained distributions distribution
explained verdicts verdict
explained costs 'table of costs'
for name in $("$PCBSIM" list params | awk '{ print $1 }'); do
	quiet explain "$name" || echo "# $name"
done >"$t/missing"
check "explain/params/all" test ! -s "$t/missing"
check "explain/metric_of_a_workload" quiet explain nginx_eaddrnotavail
check "explain/metric_of_a_workload/says" says out 'WORKLOAD_eaddrnotavail'
check "explain/unit" sh -c '"$1" explain frozen_s | grep -q "^  unit  *s$"' \
    sh "$PCBSIM"
check "explain/group" quiet explain host
check "explain/group/keys" says out '^  cpus '
check "explain/group_of_a_workload" quiet explain workload:nginx
# Each group and key that a file may have, of whichever table.
for group in scenario host kernel console inbound netstat workload observer \
    variant expect; do
	check "explain/group/$group" quiet explain "$group"
	check "explain/group/$group/is_one" says out "^\[$group[]:]"
	check "explain/group/$group/of" says out 'kind  *group of a scenario'
done
"$PCBSIM" list params | sed 's/[:.].*//' | sort -u >"$t/groups"
while read -r group; do
	"$PCBSIM" explain "[$group]" | grep -q 'group of a scenario' ||
	    echo "# $group"
done <"$t/groups" >"$t/missing"
check "explain/groups/all" test -s "$t/groups" -a ! -s "$t/missing"
for group in sweep labels; do
	check "explain/group/$group" quiet explain "$group"
	check "explain/group/$group/of" says out 'kind  *group of a sweep file'
done
check "explain/labels/of_a_path" quiet explain labels.host.cpus
for key in scenario replications constraint zip format; do
	check "explain/sweep/$key" quiet explain "sweep.$key"
	check "explain/sweep/$key/is_one" says out "^sweep[.]$key$"
	check "explain/sweep/$key/alone" quiet explain "$key"
	check "explain/sweep/$key/alone/is_one" says out "^sweep[.]$key$"
done
for key in period work deadline; do
	check "explain/console/$key" quiet explain "console.$key"
	check "explain/console/$key/is_an_observer's" says out \
	    "^observer:NAME[.]$key$"
done
for path in sweep variant:current; do
	check "explain/path/$path" quiet explain \
	    "$path.kernel.net.inet.tcp.msl"
	check "explain/path/$path/is_the_key's" says out \
	    '^kernel[.]net[.]inet[.]tcp[.]msl$'
done
# What is two things is told as both.
check "explain/variant" quiet explain variant
check "explain/variant/metric" says out 'kind  *metric'
check "explain/variant/group" says out '^\[variant:NAME\]$'
refuse "explain/no_such_key_of_a_group" 2 quiet explain sweep.host
nearest() {	# nearest TYPED MEANT
	refuse "explain/nearest/$2" 2 quiet explain "$1"
	check "explain/nearest/$2/told" says err "did you mean '$2'"
}
nearest freeze freezes
nearest frozne_s frozen_s
nearest freebsd-13.9 freebsd-13.5
# Not 12.1, the opposite.
nearest freebsd-12.9 freebsd-12.4
nearest constrain constraint
nearest lables labels
nearest poison poisson
nearest exhuasted exhausted
nearest host.cpu host.cpus

# As many as there are CPUs may be said, too; what is none is told with its value.
many_jobs() {
	"$PCBSIM" "$@" --jobs=5000 >/dev/null 2>"$t/jobs"
	[ $? -eq 2 ] && grep -qx -- "--jobs=5000: allowed are 1 to 4096, or 0 for \
one a CPU" "$t/jobs"
}
case=scenarios/claim-1-bound-rule.ini
check "jobs/run" many_jobs run $case
check "jobs/limit" many_jobs limit $case --vary=host.cpus=1..2 --until='failed > 0'
check "jobs/sweep" many_jobs sweep plan scenarios/sweep-msl.sweep
check "jobs/0" quiet sweep plan scenarios/sweep-msl.sweep --jobs=0
tap_done
