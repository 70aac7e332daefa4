#!/bin/sh
# Disks of every size, a few KiB to some MiB, for everything that writes: all is
# there, to the byte, or the message says which file found no room; what was
# there before stays; with room it goes on.  Needs mount(8) of tmpfs.
. tests/tools/tap.sh
. tests/tools/try.sh

t=$(cd "$t" && pwd -P)
trap 'umount "$t/disk" 2>/dev/null; rm -rf "$t"' EXIT
mkdir "$t/disk"
if ! mount -t tmpfs -o size=1m tmpfs "$t/disk" 2>/dev/null; then
	skip "disk" "nothing can be mounted here"
	tap_done
fi
umount "$t/disk"

sh tests/tools/small.sh small 1s >"$t/small.ini"
cat >"$t/w.sweep" <<'EOT'
[sweep]
scenario = small.ini
replications = 20
host.cpus = 1;2
EOT
awk 'BEGIN { for (i = 0; i < 3000; i++)
    printf "tcp4 0 0 192.0.2.10.%d 198.51.100.1.443 ESTABLISHED\n", 1024 + i }' \
    >"$t/netstat"
"$PCBSIM" run "$t/small.ini" -q --no-plots -o "$t/run" || exit 1
"$PCBSIM" sweep run "$t/w.sweep" -q -o "$t/sweep" || exit 1
"$PCBSIM" sweep merge "$t/w.sweep" -o "$t/sweep" --csv="$t/merge" || exit 1
limit() {
	"$PCBSIM" limit "$t/small.ini" -q --replications=1 \
	    --vary=workload:web.rate=1/s..100/s --until='current.ok > 50' "$@"
}
limit -o "$t/limit" >"$t/printed" || exit 1
"$PCBSIM" import "$t/netstat" -o "$t/import" 2>/dev/null || exit 1
"$PCBSIM" report "$t/run" -f html -o "$t/report" || exit 1

make() {	# make WHAT: onto the disk
	case $1 in
	run)	"$PCBSIM" run "$t/small.ini" -q --no-plots -o "$t/disk/run" ;;
	sweep)	"$PCBSIM" sweep run "$t/w.sweep" -q -o "$t/disk/sweep" ;;
	merge)	"$PCBSIM" sweep merge "$t/w.sweep" -o "$t/sweep" \
		    --csv="$t/disk/merge" ;;
	limit)	limit -o "$t/disk/limit" ;;
	import)	"$PCBSIM" import "$t/netstat" -o "$t/disk/import" ;;
	report)	"$PCBSIM" report "$t/run" -f html -o "$t/disk/report" ;;
	esac >"$t/out" 2>"$t/err"
}
# What is there is the whole; of a sweep, what is merged of it.
whole() {
	if [ "$1" = sweep ]; then
		"$PCBSIM" sweep merge "$t/w.sweep" -o "$t/disk/sweep" \
		    >"$t/merged" 2>"$t/why" && cmp -s "$t/merged" "$t/merge"
	else
		diff -r "$t/disk/$1" "$t/$1" >/dev/null
	fi
}
# A whole result that tells what it is without.
without() {
	(cd "$t/disk/run" && sha256sum -c manifest.sha256 >/dev/null 2>&1) &&
	    grep -q '^# without: .*No space' "$t/disk/run/manifest.sha256"
}
# Nothing stands there that could be taken for it; of a sweep it is said.
none() {
	case $1 in
	run)	[ ! -e "$t/disk/run" ] || without ;;
	sweep)	! whole sweep && [ -s "$t/why" ] ;;
	*)	grep -qx old "$t/disk/$1" && [ "$(ls -A "$t/disk")" = "$1" ] ;;
	esac
}
disk() {	# disk WHAT KIB
	mount -t tmpfs -o size="$2k" tmpfs "$t/disk" || return 1
	case $1 in run|sweep) ;; *) echo old >"$t/disk/$1" ;; esac
	make "$1"
	code=$?
	rc=1
	if [ $code -eq 0 ]; then
		fit=$((fit + 1))
		whole "$1" || { echo "# $2: all is well, but it differs"
		    rc=2; }
	elif [ $code -ne 4 ]; then
		echo "# $2: exit $code"; rc=2
	elif ! grep -q "$t/disk.*: No space left" "$t/err"; then
		echo "# $2: it does not say why"; rc=2
	elif ! none "$1"; then
		echo "# $2: there is half of it"; rc=2
	fi
	[ $rc -eq 1 ] || sed 's/^/#   /' "$t/err"
	# With room it goes on.
	mount -o remount,size=16m "$t/disk"
	make "$1" && whole "$1" || { echo "# $2: it does not go on"
	    sed 's/^/#   /' "$t/err"; rc=2; }
	umount "$t/disk"
	[ $rc -eq 1 ]
}
disks() {	# disks WHAT
	bad=0 fit=0
	for kib in 4 8 12 16 24 32 48 64 96 128 192 256 512 4096; do
		disk "$1" $kib || bad=$((bad + 1))
	done
	[ $bad -eq 0 ] && [ $fit -gt 0 ]
}
for what in run sweep merge limit import report; do
	check "disk/$what" disks $what
done
tap_done
