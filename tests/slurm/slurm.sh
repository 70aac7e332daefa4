#!/bin/sh
# A sweep on a Slurm cluster of two nodes, one of which dies half-way: what is
# merged in the end is, byte for byte, what one process makes.
#
#	slurm.sh PCBSIM [SECONDS]
#
# Both nodes are this machine.  Configuration, munge, ports and state are the
# script's own, in a directory of its own; it ends what it started, after
# SECONDS (300) at the latest.  Installs Slurm and munge if they are missing.
# Exit 77: this machine cannot do it, and nothing was tested.
set -u
. tests/tools/tap.sh
PCBSIM=$1
limit=${2:-300}
case $PCBSIM in /*) ;; *) PCBSIM=$PWD/${PCBSIM#./} ;; esac
export PCBSIM
PATH=$PATH:/usr/sbin:/sbin
shards=6

cannot() {
	echo "1..0 # SKIP $*"
	exit 77
}

# ---- what it needs ----------------------------------------------------------

[ "$(uname -s)" = Linux ] || cannot "Slurm is tried on Linux only"
missing() {
	for p in munged slurmctld slurmd sbatch squeue scontrol; do
		command -v $p >/dev/null 2>&1 || return 0
	done
	return 1
}
if missing; then
	command -v apt-get >/dev/null 2>&1 ||
	    cannot "no Slurm here, and no apt-get to install it"
	[ "$(id -u)" = 0 ] ||
	    cannot "no Slurm here; as root: apt-get install slurm-wlm munge"
	echo "# installing slurm-wlm and munge"
	apt-get update -qq >/dev/null 2>&1
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	    --no-install-recommends slurm-wlm munge >/dev/null 2>&1
	missing && cannot "apt-get could not install slurm-wlm and munge"
fi

# ---- the end ----------------------------------------------------------------

# munge wants directories that nobody else may write to, all the way up, and
# that everybody may enter.
t=$(mktemp -d "${TMPDIR:-/tmp}/slurm.XXXXXX")
chmod 755 "$t"
began=$(date +%s)
munged= ctld= n1= n2= watchdog=

elapsed() { echo $(($(date +%s) - began)); }

# The runs of the sweep that are on a node, and the step daemons above them.
# An exec'd pcbsim is the child of its slurmstepd, which has no other trace of
# the cluster in its arguments.
runs_on() {	# runs_on NODE
	for p in $(pgrep -f -- "--out=$t/slurm "); do
		tr '\0' '\n' 2>/dev/null <"/proc/$p/environ" |
		    grep -qx "SLURMD_NODENAME=$1" || continue
		parent=$(ps -o ppid= -p "$p" | tr -d ' ')
		case $(ps -o comm= -p "${parent:-1}") in
		slurmstepd*) echo "$parent" ;;
		esac
		echo "$p"
	done
}
end() {
	trap '' INT TERM
	for p in $(runs_on n1) $(runs_on n2) $n1 $n2 $ctld $munged $watchdog
	do
		kill -9 "$p" 2>/dev/null
	done
	wait
	rm -rf "$t"
}
trap end EXIT
trap 'echo "Bail out! interrupted, or not done in $limit s"; exit 1' INT TERM
# So that no run, and nobody's patience, is needed to end a cluster that hangs.
self=$$
(trap 'kill $! 2>/dev/null; exit 0' TERM
sleep "$limit" & wait $!
kill -TERM "$self") 2>/dev/null &
watchdog=$!

within() {	# within SECONDS COMMAND...: until it is true
	within_end=$(($(date +%s) + $1))
	shift
	until "$@"; do
		[ "$(date +%s)" -lt "$within_end" ] || return 1
		sleep 0.2
	done
}

# ---- the cluster ------------------------------------------------------------

munge_start() {
	mkdir -m 755 "$t/munge"
	(umask 077 && head -c 1024 /dev/urandom >"$t/munge/key")
	munged --foreground --socket="$t/munge/socket" \
	    --key-file="$t/munge/key" --pid-file="$t/munge/pid" \
	    --log-file="$t/munge/log" --seed-file="$t/munge/seed" \
	    >"$t/munge/out" 2>&1 &
	munged=$!
	within 10 munge_answers
}
munge_answers() {
	munge --socket="$t/munge/socket" -n </dev/null 2>/dev/null |
	    unmunge --socket="$t/munge/socket" >/dev/null 2>&1
}

# No port below is taken: /proc/net/tcp lists those in use, in hex.
port_free() {
	hex=$(printf ':%04X ' "$1")
	! grep -q "^ *[0-9]*: [0-9A-F]*$hex" /proc/net/tcp* 2>/dev/null
}
ports() {
	port=$((20000 + $$ % 10000))
	while ! { port_free $port && port_free $((port + 1)) &&
	    port_free $((port + 2)); }; do
		port=$((port + 3))
	done
}
node_start() {	# node_start NAME
	mkdir -p "$t/spool/$1"
	slurmd -D -N "$1" >/dev/null 2>&1 &
}
cluster_start() {
	host=$(hostname -s)
	ports
	sed -e "s|@DIR@|$t|g; s|@HOST@|$host|g; s|@USER@|$(id -un)|g" \
	    -e "s|@PORT_CTLD@|$port|; s|@PORT_N1@|$((port + 1))|" \
	    -e "s|@PORT_N2@|$((port + 2))|" tests/slurm/slurm.conf.in \
	    >"$t/slurm.conf"
	SLURM_CONF=$t/slurm.conf
	export SLURM_CONF
	mkdir "$t/state" "$t/spool" "$t/run" "$t/log"
	slurmctld -D >/dev/null 2>&1 &
	ctld=$!
	node_start n1
	n1=$!
	node_start n2
	n2=$!
	within 30 nodes_are 2 idle
}
nodes_are() {	# nodes_are COUNT STATE, a regular expression
	[ "$(sinfo -h -N -o '%T' 2>/dev/null | grep -c "^$2\$")" -eq "$1" ]
}

# ---- the sweep --------------------------------------------------------------

submit() {
	sbatch --parsable --array=1-$shards --output="$t/log/task-%a" \
	    --export=ALL scenarios/cluster/sweep.sbatch "$t/slow.sweep" \
	    "$t/slurm" $shards >"$t/job" 2>"$t/stderr" || {
		sed 's/^/# /' "$t/stderr"
		return 1
	}
}
list() { cat "$t"/slurm/rows/*.csv 2>/dev/null | grep '^[0-9a-f]\{16\} '; }
rows() { list | wc -l; }
rows_reach() { [ "$(rows)" -ge "$1" ]; }
n2_works() { [ -n "$(runs_on n2)" ]; }
merge() {
	"$PCBSIM" sweep merge "$t/slow.sweep" --out="$t/$1" >"$t/$1.csv" \
	    2>"$t/stderr"
}
# An error of squeue is no empty list.
job_is_gone() {
	squeue -h -j "$(cat "$t/job")" >"$t/queue" 2>"$t/stderr" &&
	    [ ! -s "$t/queue" ] || grep -q 'Invalid job id' "$t/stderr"
}
# The node as a whole: its daemon, its steps and their runs, at once.
n2_dies() {
	victims=$(runs_on n2)
	kill -9 "$n2" $victims
	wait "$n2" 2>/dev/null
	n2=
	[ -n "$victims" ]
}
no_run_on_n2() { [ -z "$(runs_on n2)" ]; }
ids() { list | cut -c1-16 | sort; }

cp tests/slurm/slow.ini tests/slurm/slow.sweep "$t"
check "one_process" "$PCBSIM" sweep run "$t/slow.sweep" --out="$t/one" \
    --jobs=1 --quiet
check "one_process/merge" merge one
echo "# $(elapsed) s: $(grep -vc '^#' "$t/one.csv") lines from one process"

munge_start || cannot "munged does not start: $(cat "$t/munge/out")"
cluster_start || cannot "slurmctld and two slurmd do not start:" \
    "$(tail -n 1 "$t/log/slurmctld" "$t/log/slurmd.n1" 2>&1 | tr '\n' ' ')"
echo "# $(elapsed) s: two nodes idle, $(slurmd -V)"

check "submit" submit
check "runs_on_both_nodes" within 60 n2_works
check "half_way" within 60 rows_reach 24
check "half_way/n2_has_a_run" within 10 n2_works
check "node_dies" n2_dies
lost=$(rows)
echo "# $(elapsed) s: n2 killed, $lost of 72 runs there"
refuse "node_dies/merge_is_incomplete" 3 merge slurm
check "node_dies/slurm_notices" within 60 nodes_are 1 'down\**'
echo "# $(elapsed) s: Slurm has n2 down"

# --requeue: Slurm gives the lost shard to the node that is left.
check "requeued" within 120 job_is_gone
check "requeued/no_run_on_the_dead_node" no_run_on_n2
echo "# $(elapsed) s: array done, $(rows) rows there"
check "requeued/merge_is_whole" merge slurm
check "requeued/same_bytes" cmp "$t/one.csv" "$t/slurm.csv"

node_start n2
n2=$!
check "node_returns" within 30 nodes_are 2 idle

# Cancelled half-way, then all of it submitted again: what is there stays.
rm -rf "$t/slurm"
check "again/submit" submit
check "again/half_way" within 60 rows_reach 12
check "again/cancelled" scancel "$(cat "$t/job")"
check "again/cancelled/ends" within 60 job_is_gone
refuse "again/cancelled/merge_is_incomplete" 3 merge slurm
ids >"$t/before"
check "again/resubmit" submit
check "again/resubmit/ends" within 120 job_is_gone
ids >"$t/after"
check "again/what_was_there_stays" sh -c '[ -s "$1/before" ] &&
    [ -z "$(comm -23 "$1/before" "$1/after")" ]' sh "$t"
check "again/nothing_is_done_twice" sh -c '[ -z "$(uniq -d "$1/after")" ]' \
    sh "$t"
check "again/merge_is_whole" merge slurm
check "again/same_bytes" cmp "$t/one.csv" "$t/slurm.csv"
echo "# $(elapsed) s"
tap_done
