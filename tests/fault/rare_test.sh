#!/bin/sh
# What takes two faults at once, or a fault where little stands: a system that
# cannot exchange two names, or knows no locks, and then a move that fails; a
# place that is free, or has a result that nothing lists; names that are taken.
# Ever the old result is there, the new one is named, and the next run finds
# nothing in its way.
. tests/tools/tap.sh
. tests/tools/try.sh
. tests/fault/preload.sh

if ! threads_are_ours; then
	skip "two" "ThreadSanitizer has its own ways with what is preloaded"
	tap_done
fi
t=$(cd "$t" && pwd -P)
trap 'umount "$t/mounted" 2>/dev/null; rm -rf "$t"' EXIT
shim=$(preload "$BUILD/tests/fault/shim.so")
sh tests/tools/small.sh small 1s >"$t/small.ini"

small() { "$PCBSIM" run "$t/small.ini" -q --no-plots -j1 "$@" >"$t/out" \
    2>"$t/err"; }
with() {	# with SETTING... -- OPTION...: a run with these faults
	with_set=
	while [ "$1" != -- ]; do with_set="$with_set '$1'"; shift; done
	shift
	eval "env LD_PRELOAD='$shim' $with_set \"\$PCBSIM\"" run \
	    '"$t/small.ini" -q --no-plots -j1 "$@"' >"$t/out" 2>"$t/err"
}
small -o "$t/one" --seed=1 && small -o "$t/two" --seed=2 || exit 1
same() { diff -r "$t/$1" "$t/$2" >/dev/null || { echo "# $1, $2"; return 1; }; }
# Where the new result is, as it was told.
new_is() {
	new=$(sed -n 's/^the new result is at //p' "$t/err")
	[ -n "$new" ] && diff -r "$new" "$t/$1" >/dev/null && rm -r "$new"
}
nothing_beside() { [ -z "$(find "$t" -maxdepth 1 -name ".$1.*")" ] ||
    { find "$t" -maxdepth 1 -name ".$1*" | sed 's/^/# /'; return 1; }; }
goes_on() {	# goes_on NAME PLACE: the next run has it
	check "$1/the_next" small -o "$t/$2" --seed=2
	check "$1/the_next/is_whole" same "$2" two
	check "$1/the_next/leaves_nothing" nothing_beside "$2"
}

# ---- no exchange, and a move that fails

moves_fail() {	# moves_fail NAME N SAYS: the Nth renameat2() fails, too
	rm -rf "$t/d"
	cp -R "$t/one" "$t/d"
	refuse "no_exchange/$1" 4 with FAULT_CALL=renameat2 FAULT_AT=1 \
	    FAULT_ERRNO=22 "FAULT_ALSO=renameat2 $2 5" -- -o "$t/d" --seed=2
	check "no_exchange/$1/is_told" said "$3"
	check "no_exchange/$1/the_old_one_stands" same d one
	check "no_exchange/$1/the_new_one_is_named" new_is two
	goes_on "no_exchange/$1" d
}
moves_fail old_out 2 "^cannot move $t/d: "
moves_fail new_in 3 "^cannot put in place $t/d: "
# In the journal's page there is no room for what is about to move.
rm -rf "$t/d"
cp -R "$t/one" "$t/d"
pwrites=$(FAULT_COUNT=$t/n with FAULT_CALL=pwrite FAULT_AT=0 \
    FAULT_COUNT="$t/n" -- -o "$t/d" --seed=2 && cat "$t/n")
rm -rf "$t/d"
cp -R "$t/one" "$t/d"
refuse "no_exchange/journal" 4 with FAULT_CALL=renameat2 FAULT_AT=1 \
    FAULT_ERRNO=22 "FAULT_ALSO=pwrite $((pwrites + 1)) 28" -- -o "$t/d" --seed=2
check "no_exchange/journal/is_told" said "^cannot write $t/.d.lease: "
check "no_exchange/journal/the_old_one_stands" same d one
check "no_exchange/journal/the_new_one_is_named" new_is two
goes_on "no_exchange/journal" d

# A system that has not even the call does it in two moves.
rm -rf "$t/d"
cp -R "$t/one" "$t/d"
check "no_exchange/no_call" with FAULT_CALL=renameat2 FAULT_AT=1 \
    FAULT_FOR=all FAULT_ERRNO=38 -- -o "$t/d" --seed=2
check "no_exchange/no_call/is_whole" same d two
check "no_exchange/no_call/leaves_nothing" nothing_beside d
# A list that is none cannot tell whose the files are.
rm "$t/d/manifest.sha256"
mkdir "$t/d/manifest.sha256"
refuse "no_list" 4 small -o "$t/d" --seed=2
check "no_list/is_told" said "^not replacing $t/d: cannot read .*Is a direc"
rmdir "$t/d/manifest.sha256"

# ---- a result that nothing lists

unlisted() { rm -rf "$t"/d "$t"/d.before* && cp -R "$t/one" "$t/d" &&
    rm "$t/d/manifest.sha256"; }
bare() { diff -r -x manifest.sha256 "$t/one" "$t/$1" >/dev/null; }
unlisted
refuse "unlisted/move_fails" 4 with FAULT_CALL=renameat2 FAULT_AT=1 \
    FAULT_ERRNO=5 -- -o "$t/d" --seed=2
check "unlisted/move_fails/is_told" said "^cannot move $t/d: "
check "unlisted/move_fails/the_old_one_stands" bare d
check "unlisted/move_fails/the_new_one_is_named" new_is two
unlisted
refuse "unlisted/journal" 4 with FAULT_CALL=pwrite FAULT_AT="$pwrites" \
    FAULT_ERRNO=28 -- -o "$t/d" --seed=2
check "unlisted/journal/is_told" said "^cannot write $t/.d.lease: "
check "unlisted/journal/the_old_one_stands" bare d
check "unlisted/journal/the_new_one_is_named" new_is two
unlisted
mkdir "$t/d/plots"
echo mine >"$t/d/plots/notes"
refuse "unlisted/notes" 4 small -o "$t/d" --seed=2
check "unlisted/notes/are_named" said "plots/notes"
check "unlisted/notes/stay" grep -qx mine "$t/d/plots/notes"
# Names that are taken are nobody's to take away.
unlisted
mkdir "$t/d.before"
echo mine >"$t/d.before-2"
check "unlisted/taken" small -o "$t/d" --seed=2
check "unlisted/taken/is_told" said "^$t/d.before-3: an older result"
check "unlisted/taken/it_is_there" bare d.before-3
check "unlisted/taken/theirs_stay" test -d "$t/d.before" -a \
    "$(cat "$t/d.before-2")" = mine
# Without RENAME_NOREPLACE they are looked at.
unlisted
mkdir "$t/d.before"
check "unlisted/no_renameat2" with FAULT_CALL=renameat2 FAULT_AT=1 \
    FAULT_FOR=all FAULT_ERRNO=38 -- -o "$t/d" --seed=2
check "unlisted/no_renameat2/it_is_there" bare d.before-2
check "unlisted/no_renameat2/theirs_stays" rmdir "$t/d.before"
goes_on "unlisted" d

# ---- a place that is free

renames=$(with FAULT_CALL=rename FAULT_AT=0 FAULT_COUNT="$t/n" -- \
    -o "$t/free" --seed=2 && cat "$t/n")
rm -r "$t/free"
refuse "free/move_fails" 4 with FAULT_CALL=rename FAULT_AT="$renames" \
    FAULT_ERRNO=5 -- -o "$t/free" --seed=2
check "free/move_fails/is_told" said "^cannot put in place $t/free: "
check "free/move_fails/nothing_stands" absent "$t/free"
check "free/move_fails/the_new_one_is_named" new_is two
# Nor can it be put beside: it stays where it was made.
refuse "free/nor_beside" 4 with FAULT_CALL=rename FAULT_AT="$renames" \
    FAULT_ERRNO=5 "FAULT_ALSO=renameat2 1 5" -- -o "$t/free" --seed=2
check "free/nor_beside/the_new_one_is_named" new_is two
goes_on "free" free
# The name that it is made by is somebody's already.
taken() {	# taken: a run whose own number has a directory beside it
	sh -c 'mkdir "$1/.free.partial-$$" "$1/.free.partial-$$.1" && exec \
	    "$2" run "$1/small.ini" -q --no-plots -o "$1/free" --seed=2' \
	    - "$t" "$PCBSIM" >"$t/out" 2>"$t/err"
}
check "free/taken" taken
check "free/taken/theirs_stay" test \
    "$(find "$t" -maxdepth 1 -name '.free.partial-*' | wc -l)" -eq 2
rmdir "$t"/.free.partial-*
# Nor is there another.
all_taken() {
	sh -c 'mkdir "$1/.free.partial-$$" && for i in $(seq 999); do
	    mkdir "$1/.free.partial-$$.$i"; done && exec "$2" run \
	    "$1/small.ini" -q --no-plots -o "$1/free" --seed=1' - "$t" \
	    "$PCBSIM" >"$t/out" 2>"$t/err"
}
refuse "free/all_taken" 4 all_taken
check "free/all_taken/is_told" said "$t/free: 1000 names beside it are taken"
check "free/all_taken/the_old_one_stands" same free two
check "free/all_taken/theirs_stay" test \
    "$(find "$t" -maxdepth 1 -name '.free.partial-*' | wc -l)" -eq 1000
rmdir "$t"/.free.partial-*
goes_on "free/all_taken" free
# Whoever started it has no directory to stand in any more.
nowhere() {
	(mkdir "$t/nowhere" && cd "$t/nowhere" && rmdir "$t/nowhere" &&
	    small -o "$t/free" --seed=2)
}
check "free/nowhere" nowhere
check "free/nowhere/is_whole" same free two
mkdir "$t/mounted"
if mount -t tmpfs -o size=1m tmpfs "$t/mounted" 2>/dev/null; then
	refuse "mount_point" 4 small -o "$t/mounted"
	check "mount_point/is_told" said "it is a mount point; name a direc"
	check "mount_point/one_in_it" small -o "$t/mounted/d" --seed=2
	check "mount_point/is_whole" same mounted/d two
	umount "$t/mounted"
else
	skip "mount_point" "nothing can be mounted here"
fi

# ---- what was interrupted has a place of its own, which somebody has

ended() {	# ended: a run that is ended, on a whole result
	"$PCBSIM" run "$t/small.ini" -q --no-plots -o "$t/free" --seed=1 \
	    --set=scenario.duration=10h --set=workload:web.rate=2k/s \
	    >"$t/out" 2>"$t/err" &
	ended_pid=$!
	n=0
	while [ ! -e "$t/.free.lease" ] && [ $n -lt 100 ]; do
		sleep 0.1
		n=$((n + 1))
	done
	sleep 0.3
	kill -TERM $ended_pid
	wait $ended_pid
}
mkdir "$t/free.incomplete"
echo mine >"$t/free.incomplete/notes"
refuse "ended/place_is_somebody_s" 143 ended
check "ended/place_is_somebody_s/is_told" said \
    "^not replacing $t/free.incomplete: .*notes"
check "ended/place_is_somebody_s/stays" grep -qx mine \
    "$t/free.incomplete/notes"
check "ended/place_is_somebody_s/the_old_one_stands" same free two
new=$(sed -n 's/^the new result is at //p' "$t/err")
check "ended/place_is_somebody_s/the_new_one_is_named" \
    grep -q '^# INCOMPLETE' "$new/summary.csv"
rm -r "${new:?}" "$t/free.incomplete"
goes_on "ended" free

# ---- directories that cannot be read

unread() {	# unread NAME: each opendir() of a run onto $t/d
	at=1
	while :; do
		"$1"
		rm -f "$t/n"
		with FAULT_CALL=opendir FAULT_AT=$at FAULT_ERRNO=5 \
		    FAULT_COUNT="$t/n" -- -o "$t/d" --seed=2
		code=$?
		[ "$(cat "$t/n")" -ge $at ] || break
		case $code in
		0)	same d two || return 1 ;;
		4)	[ -s "$t/err" ] || return 1
			same d one >/dev/null || bare d || return 1 ;;
		*)	echo "# opendir $at: exit $code"; return 1 ;;
		esac
		at=$((at + 1))
	done
	rm -rf "$t"/d.*
	[ $at -gt 1 ]
}
listed() { rm -rf "$t/d" && cp -R "$t/one" "$t/d"; }
check "unread/listed" unread listed
check "unread/unlisted" unread unlisted
listed
goes_on "unread" d

# ---- journals of which only half came true

journal() {	# journal: of a run that was killed while it put things in place
	cat >"$t/.d.lease" <<-'PAGE'
	# a run of pcbsim holds the place beside this file
	host: gone
	boot: gone
	pids: gone
	pid: 99
	token: gone
	partial: .d.partial-99
	old: .d.old-99
	placing: yes
	PAGE
	touch -t 202001010000 "$t/.d.lease"
	rm -rf "$t/d" "$t"/.d.*-99
	cp -R "$t/one" "$t/.d.old-99"
}
# The new one has no list yet: it is not whole, and the old one is.
journal
mkdir "$t/.d.partial-99"
cp "$t/two/run.ini" "$t/.d.partial-99/report.txt.pcbsim-new"
check "journal/half/report" sh -c '"$1" report -f json "$2" >"$3/out" \
    2>"$3/err"' - "$PCBSIM" "$t/d" "$t"
check "journal/half/is_told" said "read from $t/.d.old-99, until a run mends"
check "journal/half/is_the_old_one" grep -q '"seed":"1"' "$t/out"
check "journal/half/next" small -o "$t/d" --seed=2
check "journal/half/it_was_put_back" said "put this result in place"
check "journal/half/is_whole" same d two
check "journal/half/leaves_nothing" nothing_beside d
# Somebody's file is where the directory was, and its list cannot be told.
journal
echo mine >"$t/.d.partial-99"
check "journal/a_file/next" small -o "$t/d" --seed=2
check "journal/a_file/is_told" said "$t/.d.partial-99, which a run that was"
check "journal/a_file/stays" grep -qx mine "$t/.d.partial-99"
journal
mkdir "$t/.d.partial-99"
echo mine >"$t/.d.partial-99/manifest.sha256"
# Both of what it tells of holds somebody's: two remarks.
echo mine >"$t/.d.old-99/notes"
cp -R "$t/one" "$t/d"
check "journal/no_list/next" small -o "$t/d" --seed=2
check "journal/no_list/is_told" said "$t/.d.partial-99, which a run that was"
check "journal/no_list/and_the_other" said "$t/.d.old-99, which a run that was"
check "journal/no_list/stays" grep -qx mine "$t/.d.partial-99/manifest.sha256"
check "journal/no_list/and_the_other_stays" grep -qx mine "$t/.d.old-99/notes"
rm -r "$t"/.d.*-99
goes_on "journal" d

# ---- no locks, and a page that somebody left

lockless() { with FAULT_CALL=lock FAULT_AT=1 FAULT_FOR=all FAULT_ERRNO=37 \
    "$@" -- -o "$t/far" --seed=2; }
page() {	# page AGE: of a run on another host, so many seconds old
	cat >"$t/.far.lease" <<-'PAGE'
	# a run of pcbsim holds the place beside this file
	host: far
	boot: another
	pids: another
	pid: 7
	token: theirs
	partial: .far.partial-7
	placing: no
	PAGE
	touch -d "$1 seconds ago" "$t/.far.lease" 2>/dev/null
}
if page 1000; then
	mkdir "$t/.far.partial-7"
	echo half >"$t/.far.partial-7/run.ini"
	check "no_locks/left_long_ago" lockless
	check "no_locks/left_long_ago/is_whole" same far two
	check "no_locks/left_long_ago/leaves_nothing" nothing_beside far
	page 1
	refuse "no_locks/just_now" 4 lockless
	check "no_locks/just_now/is_told" said \
	    "another run is at it, process 7 of host far"
	check "no_locks/just_now/its_page_stays" grep -q '^token: theirs' \
	    "$t/.far.lease"
	# Of this system its number tells, even without a lock.
	if [ -r /proc/sys/kernel/random/boot_id ] &&
	    [ -L /proc/self/ns/pid ]; then
		page 1
		sed -e "s/^boot.*/boot: $(cat \
		    /proc/sys/kernel/random/boot_id)/" \
		    -e "s/^pids.*/pids: $(readlink /proc/self/ns/pid)/" \
		    -e "s/^pid: .*/pid: $(sh -c 'echo $$')/" \
		    "$t/.far.lease" >"$t/page"
		cp "$t/page" "$t/.far.lease"
		check "no_locks/dead" lockless
		check "no_locks/dead/leaves_nothing" nothing_beside far
	fi
	# Its clock cannot be asked: nobody is taken for dead by a guess.
	page 1000
	refuse "no_locks/no_clock" 4 lockless "FAULT_ALSO=write 1 28"
	check "no_locks/no_clock/its_page_stays" grep -q '^token: theirs' \
	    "$t/.far.lease"
	rm "$t/.far.lease"
	goes_on "no_locks" far
else
	skip "no_locks" "touch has no such date"
fi
# Locks of a process in place of those of an open file.
check "other_locks" with FAULT_CALL=lock FAULT_AT=1 FAULT_ERRNO=22 -- \
    -o "$t/far" --seed=2
check "other_locks/is_whole" same far two
tap_done
