#!/bin/sh
# completion: the shells themselves are asked what they would propose.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT


cat >"$t/case.ini" <<'EOF'
[workload:nginx]
load = poisson
[variant:current]
stack = freebsd-12.0
EOF
mkdir "$t/sub"
: >"$t/ops.csv"
: >"$t/notes.txt"
: >"$t/grid.sweep"
for s in bash zsh fish; do
	check "$s/written" sh -c '"$1" completion "$2" >"$3"' sh "$PCBSIM" \
	    "$s" "$t/pcbsim.$s"
done
refuse "unknown_shell" 2 sh -c '"$1" completion bsh 2>"$2"' sh "$PCBSIM" \
    "$t/err"
check "unknown_shell/nearest" grep -q "did you mean 'bash'" "$t/err"
refuse "no_shell" 2 sh -c '"$1" completion 2>/dev/null' sh "$PCBSIM"

# What each proposes for a line that ends at the cursor, one a line.
propose_bash() {
	(cd "$t" && bash -c '. ./pcbsim.bash
	COMP_LINE=$1 COMP_POINT=${#1}
	_pcbsim 2>&1
	printf "%s\n" "${COMPREPLY[@]}"' bash "$1")
}
propose_fish() {
	(cd "$t" && HOME=$t fish --no-config -c 'source pcbsim.fish
	complete -C $argv[1]' "$1" | sed 's/	.*//')
}
proposes() {	# proposes SHELL LINE WORD
	"propose_$1" "$2" >"$t/out" 2>&1
	grep -qx -- "$3" "$t/out" || { sed 's/^/# /' "$t/out"; return 1; }
}
not() { ! "$@"; }

# Bash wants words from its last cut at = or : on; fish wants whole words.
both() {	# both SHELL OPTION-PREFIX SET-PREFIX
	check "$1/subcommand" proposes "$1" "pcbsim ex" explain
	check "$1/subcommand_only_what_fits" not proposes "$1" "pcbsim ex" run
	check "$1/option_long" proposes "$1" "pcbsim run --quie" --quiet
	check "$1/option_of_another" not proposes "$1" "pcbsim check --" \
	    --quiet
	check "$1/choice" proposes "$1" "pcbsim run --search=" "$2index"
	check "$1/stack" proposes "$1" "pcbsim script --stack=free" \
	    ".*freebsd-12.0"
	check "$1/parameter" proposes "$1" "pcbsim run --set=host.cp" \
	    "$2host.cpus="
	check "$1/workload_of_the_scenario" proposes "$1" \
	    "pcbsim run case.ini --set=workload:nginx.ra" "$3nginx.rate="
	check "$1/variant_of_the_scenario" proposes "$1" \
	    "pcbsim run case.ini --variant=cu" "$2current"
	check "$1/scenario" proposes "$1" "pcbsim check ca" case.ini
	check "$1/directory" proposes "$1" "pcbsim plot " "sub/*"
	check "$1/no_file_where_a_directory" not proposes "$1" \
	    "pcbsim plot " case.ini
	check "$1/csv" proposes "$1" "pcbsim script --search=walk o" ops.csv
	check "$1/kind" proposes "$1" "pcbsim list par" params
	check "$1/kind_once" not proposes "$1" "pcbsim list stacks par" params
	check "$1/key" proposes "$1" "pcbsim explain workload.ra" \
	    workload.rate
	check "$1/metric" proposes "$1" "pcbsim column conn" connect_p99_us
	check "$1/sweep" proposes "$1" "pcbsim sweep run g" grid.sweep
	check "$1/sweep_verb" proposes "$1" "pcbsim sweep me" merge
	check "$1/metric_of_compare" proposes "$1" \
	    "pcbsim compare --metric=conn" "$2connect_p99_us"
	check "$1/value_apart" proposes "$1" "pcbsim run --search w" walk
}

if command -v bash >/dev/null 2>&1; then
	both bash "" ""
	check "bash/short_option" proposes bash "pcbsim run -o s" sub
	check "bash/after_all_subcommands" proposes bash "pcbsim " column
else
	skip bash "no bash here"
fi
if command -v fish >/dev/null 2>&1; then
	both fish "--[a-z]*=" "--set=workload:"
else
	skip fish "no fish here"
fi
if command -v zsh >/dev/null 2>&1; then
	check "zsh/parses" zsh -n "$t/pcbsim.zsh"
else
	skip zsh "no zsh here"
fi

# A terminal, keys, and what the command line became.
cat >"$t/.bashrc" <<'EOF'
PS1='$ '
source ./pcbsim.bash
pcbsim() { printf '%s\n' "$@" >typed; }
EOF
cat >"$t/.zshrc" <<'EOF'
PS1='$ '
autoload -U compinit
compinit -u -D
source ./pcbsim.zsh
pcbsim() { printf '%s\n' "$@" >typed }
EOF
typed() {	# typed SHELL KEYS ARGUMENT...
	shell=$1 keys=$2
	shift 2
	rm -f "$t/typed"
	[ "$shell" = zsh ] || shell="bash --noprofile --rcfile .bashrc"
	(cd "$t" && printf "$keys\nexit\n" | HOME=$t ZDOTDIR=$t timeout 20 \
	    script -qec "$shell -i" /dev/null) >"$t/tty" 2>&1
	[ -e "$t/typed" ] && printf '%s\n' "$@" | cmp - "$t/typed" || {
		cat -v "$t/tty" | sed 's/^/# /'
		return 1
	}
}
for s in bash zsh; do
	if ! command -v $s >/dev/null 2>&1 ||
	    ! script -qec true /dev/null </dev/null >/dev/null 2>&1; then
		skip "terminal/$s" "needs $s and script(1) of util-linux"
		continue
	fi
	check "terminal/$s/words" typed $s 'pcbsim ru\tca\t--sea\tw\t' \
	    run case.ini --search=walk
	check "terminal/$s/path_with_a_colon" typed $s \
	    'pcbsim run case.ini --set=workl\trat\t5/s' \
	    run case.ini --set=workload:nginx.rate=5/s
	check "terminal/$s/variant" typed $s \
	    'pcbsim run case.ini --variant=cu\t' \
	    run case.ini --variant=current
	check "terminal/$s/key" typed $s 'pcbsim expl\thost.cp\t' \
	    explain host.cpus
done
tap_done
