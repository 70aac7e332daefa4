#!/bin/sh
# A sweep by GNU parallel, over ssh to a server of this test's own on the
# loopback: a run is killed and tried again, all of it is killed and started
# again; what is merged is, byte for byte, what one process makes.  Without a
# server that starts: the same with parallel alone.
. tests/tools/tap.sh
PATH=$PATH:/usr/sbin:/sbin

missing() {
	skip parallel "$*"
	tap_done
}
parallel --version 2>/dev/null | grep -q '^GNU parallel' ||
    missing "no GNU parallel here"

t=$(mktemp -d "${TMPDIR:-/tmp}/parallel.XXXXXX")
sshd= parallel= over= made=
end() {
	for p in $(runs) $parallel $sshd; do
		kill -9 "$p" 2>/dev/null
	done
	wait
	rm -rf "$t"
	[ -z "$made" ] || rmdir "$made"
}
runs() { pgrep -f -- "pcbsim sweep run $t/slow.sweep "; }
trap end EXIT
trap 'exit 1' INT TERM

within() {	# within TENTHS COMMAND...: until it is true
	n=$(($1))
	shift
	until "$@"; do
		n=$((n - 1))
		[ $n -gt 0 ] || return 1
		sleep 0.1
	done
}

# ---- the server -------------------------------------------------------------

answers() { ssh -F "$t/ssh_config" here true 2>>"$t/log"; }
sshd_start() {
	command -v sshd >/dev/null && command -v ssh >/dev/null || return 1
	# Where it is compiled to go without privileges; sshd tells if not.
	if [ "$(id -u)" = 0 ] && mkdir /run/sshd 2>/dev/null; then
		made=/run/sshd
	fi
	for k in host_key key; do
		ssh-keygen -q -t ed25519 -N '' -f "$t/$k" || return 1
	done
	port=$((30000 + $$ % 10000))
	cat >"$t/sshd_config" <<CONF
ListenAddress 127.0.0.1
Port $port
HostKey $t/host_key
AuthorizedKeysFile $t/key.pub
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PidFile none
CONF
	cat >"$t/ssh_config" <<CONF
Host here
	HostName 127.0.0.1
	Port $port
	User $(id -un)
	IdentityFile $t/key
	IdentitiesOnly yes
	BatchMode yes
	StrictHostKeyChecking no
	UserKnownHostsFile $t/known_hosts
	LogLevel ERROR
CONF
	"$(command -v sshd)" -D -e -f "$t/sshd_config" 2>"$t/log" &
	sshd=$!
	within 50 answers
}

# ---- the sweep --------------------------------------------------------------

# As README.md has it; one more try for a shard that was lost.
start() {	# start DIR
	if [ -n "$over" ]; then
		set -- "$1" --sshlogin "2/ssh -F $t/ssh_config here" --wd "$PWD"
	fi
	dir=$1
	shift
	parallel --will-cite -j2 --retries 2 --joblog "$t/joblog" "$@" \
	    "$PCBSIM" sweep run "$t/slow.sweep" --out="$dir" --jobs=1 \
	    --quiet --shard={}/4 ::: 1 2 3 4 >"$t/out" 2>&1 &
	parallel=$!
}
rows() { cat "$t/$1"/rows/*.csv 2>/dev/null | grep -c '^[0-9a-f]\{16\} '; }
rows_reach() { [ "$(rows "$1")" -ge "$2" ]; }
one_dies() {
	victim=$(runs | tail -n 1)
	[ -n "$victim" ] && kill -9 "$victim"
}
ends() {
	wait "$parallel"
	code=$?
	parallel=
	[ $code -eq 0 ] || sed 's/^/# /' "$t/out"
	return $code
}
# Twice: parallel then ends what runs, and does not wait for it.
all_die() {
	kill -TERM "$parallel"
	kill -TERM "$parallel"
	wait "$parallel" 2>/dev/null
	parallel=
	for p in $(runs); do
		kill -9 "$p" 2>/dev/null
	done
	return 0
}
merge() {
	"$PCBSIM" sweep merge "$t/slow.sweep" --out="$t/$1" >"$t/$1.csv" \
	    2>/dev/null
}

# 24 runs of some 0.1 s.
sed 's/= 60s/= 20s/' tests/slurm/slow.ini >"$t/slow.ini"
sed 's/= 2;4/= 2/; s/= 6$/= 4/' tests/slurm/slow.sweep >"$t/slow.sweep"
check "one_process" "$PCBSIM" sweep run "$t/slow.sweep" --out="$t/one" --quiet
check "one_process/merge" merge one
if sshd_start; then
	over=ssh
	check "over_ssh" true
else
	echo "ok $((tap_n += 1)) over_ssh # SKIP no sshd that starts here:" \
	    "$(tail -n 1 "$t/log" 2>/dev/null)"
fi

start "$t/killed"
check "run_killed/half_way" within 300 rows_reach killed 6
check "run_killed" one_dies
check "run_killed/is_tried_again" ends
check "run_killed/merge_is_whole" merge killed
check "run_killed/same_bytes" cmp "$t/one.csv" "$t/killed.csv"

start "$t/again"
check "all_killed/half_way" within 300 rows_reach again 6
check "all_killed" all_die
refuse "all_killed/merge_is_incomplete" 3 merge again
start "$t/again"
check "all_killed/started_again" ends
check "all_killed/merge_is_whole" merge again
check "all_killed/same_bytes" cmp "$t/one.csv" "$t/again.csv"
tap_done
