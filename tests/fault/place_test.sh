#!/bin/sh
# Where a result may stand, and what stands there or beside it already: a link,
# a pipe, the current directory, somebody's files, another run.
. tests/tools/tap.sh

t=$(mktemp -d)
t=$(cd "$t" && pwd -P)
trap 'rm -rf "$t"' EXIT

sh tests/tools/small.sh small 2s >"$t/small.ini"

pcbsim() { "$PCBSIM" "$@" >"$t/stdout" 2>"$t/stderr"; }
small() { pcbsim run "$t/small.ini" -q --no-plots "$@"; }
said() {
	grep -q -- "$1" "$t/stderr" || { sed 's/^/# /' "$t/stderr"; return 1; }
}
holds() { [ "$(cat "$1" 2>&1)" = "$2" ] || { echo "# $1 changed"; return 1; }; }
absent() { [ ! -e "$1" ] && [ ! -L "$1" ]; }
listed() { (cd "$1" && sha256sum -c manifest.sha256 >/dev/null); }

# ---- what a user has beside and inside a result

mkdir "$t/.out.partial-99999" "$t/.out.old-2019"
echo thesis >"$t/.out.partial-99999/thesis"
echo photos >"$t/.out.old-2019/summary.csv"
check "a_run" small -o "$t/out"
check "a_run_again" small -o "$t/out"
check "names_like_ours_stay" holds "$t/.out.partial-99999/thesis" thesis
check "old_names_like_ours_stay" holds "$t/.out.old-2019/summary.csv" photos
check "no_lease_is_left" absent "$t/.out.lease"
if command -v sha256sum >/dev/null 2>&1; then
	check "its_list_is_right" listed "$t/out"
fi
for f in plots/mine.png samples/notes notes.txt report.txt.orig; do
	mkdir -p "$(dirname "$t/out/$f")"
	echo mine >"$t/out/$f"
	refuse "user_file/$f" 4 small -o "$t/out"
	check "user_file/$f/is_named" said "$f"
	check "user_file/$f/stays" holds "$t/out/$f" mine
	rm "$t/out/$f"
	rmdir "$t/out/plots" "$t/out/samples" 2>/dev/null
done
echo "a remark" >>"$t/out/report.txt"
refuse "edited_report" 4 small -o "$t/out"
check "edited_report/is_named" said "report.txt.*changed"
check "edited_report/stays" grep -q "a remark" "$t/out/report.txt"
rm "$t/out/report.txt"
check "what_is_gone_is_no_hindrance" small -o "$t/out"

# Pictures and samples that are made later are the result's, too.
check "plot" pcbsim plot "$t/out"
check "samples" pcbsim compare --samples "$t/out"
check "run_replaces_pictures" small -o "$t/out"
check "pictures_went" absent "$t/out/plots"
check "samples_went" absent "$t/out/samples"
check "plot_once_more" pcbsim plot "$t/out"
echo "# mine" >>"$t/out/plots/lock-stalls.gp"
refuse "plot_over_an_edited_script" 4 pcbsim plot "$t/out"
check "edited_script/is_named" said "lock-stalls.gp"
check "edited_script/stays" grep -q "# mine" "$t/out/plots/lock-stalls.gp"

# A remark in the list itself is somebody's, too.
echo "# mine" >>"$t/out/manifest.sha256"
refuse "remark_in_the_list" 4 small -o "$t/out"
check "remark_in_the_list/is_named" said "manifest.sha256:[0-9]*: '# mine' is"
refuse "remark_in_the_list/plot" 4 pcbsim plot "$t/out"
check "remark_in_the_list/stays" grep -q "# mine" "$t/out/manifest.sha256"
rm "$t/out/manifest.sha256" "$t/out/plots/lock-stalls.gp"
rm -r "$t/out"

# An empty list is one of no file.
small -o "$t/out"
: >"$t/out/manifest.sha256"
refuse "empty_list" 4 small -o "$t/out"
check "empty_list/is_said" said "^not replacing .* is none of its files"
check "empty_list/and_that_alone" test "$(wc -l <"$t/stderr")" -eq 1
rm -r "$t/out"

# Another version's words in it are the program's, if they prove it; they stay
# as long as the result does.  With a note between them they are somebody's.
reworded() {	# reworded LINE...: other words, sealed, and behind them LINEs
	words='# Words of another version.
# INCOMPLETE: 3 of 4 runs
'
	printf '%s' "$words" >"$t/words"
	{	head -1 "$t/list"
		printf '%s' "$words"
		printf '# words: %s\n' "$(sha256sum <"$t/words" | cut -c1-64)"
		[ $# -eq 0 ] || printf '%s\n' "$@"
		grep -v '^#' "$t/list"
	} >"$t/out/manifest.sha256"
}
if command -v sha256sum >/dev/null 2>&1; then
	small -o "$t/out"
	cp "$t/out/manifest.sha256" "$t/list"
	reworded "# without: pictures: x" "# without: trace.json: x"
	check "other_words/plot" pcbsim plot "$t/out"
	check "other_words/stay" grep -q '^# INCOMPLETE: 3 of 4' \
	    "$t/out/manifest.sha256"
	check "other_words/and_what_it_lacks" grep -q \
	    '^# without: trace.json: x' "$t/out/manifest.sha256"
	check "other_words/plot_again" pcbsim plot "$t/out"
	check "other_words/go_with_the_result" small -o "$t/out"
	check "other_words/are_ours_again" grep -q '^# is not the program' \
	    "$t/out/manifest.sha256"
	cp "$t/out/manifest.sha256" "$t/list"
	reworded "# mine"
	refuse "other_words/note_behind" 4 small -o "$t/out"
	check "other_words/note_behind/is_named" said "sha256:5: '# mine' is"
	reworded
	sed '2s/^/# mine\n/' "$t/out/manifest.sha256" >"$t/noted"
	cp "$t/noted" "$t/out/manifest.sha256"
	refuse "other_words/note_between" 4 small -o "$t/out"
	check "other_words/note_between/is_named" said "sha256:2: '# mine' is"
	check "other_words/note_between/stays" cmp "$t/noted" \
	    "$t/out/manifest.sha256"
	cp "$t/list" "$t/out/manifest.sha256"
else
	skip "other_words" "no sha256sum"
	small -o "$t/out"
fi

# What it calls files of its own before they are whole, others may, too.
for f in report.txt run.ini manifest.sha256; do
	echo mine >"$t/out/$f.pcbsim-new"
	refuse "a_name_of_ours/$f" 4 small -o "$t/out"
	check "a_name_of_ours/$f/is_named" said "$f.pcbsim-new"
	check "a_name_of_ours/$f/plot" pcbsim plot "$t/out"
	check "a_name_of_ours/$f/stays" holds "$t/out/$f.pcbsim-new" mine
	rm "$t/out/$f.pcbsim-new"
done
cp -R "$t/out" "$t/bare"
rm "$t/bare/manifest.sha256"
echo mine >"$t/bare/report.txt.pcbsim-new"
refuse "a_name_of_ours/unlisted" 4 small -o "$t/bare"
check "a_name_of_ours/unlisted/stays" holds "$t/bare/report.txt.pcbsim-new" \
    mine
rm -r "$t/out" "$t/bare"

check "what_it_lacks" small -o "$t/out"
sed 's/^# is not the.*/&\n# without: trace.json: x\n# without: pictures: y/' \
    "$t/out/manifest.sha256" >"$t/list"
cp "$t/list" "$t/out/manifest.sha256"
check "what_it_lacks/plot" pcbsim plot "$t/out"
check "what_it_lacks/stays" grep -q "^# without: trace.json: x" \
    "$t/out/manifest.sha256"
if command -v gnuplot >/dev/null 2>&1; then
	refuse "what_it_lacks/is_mended" 1 grep -q "^# without: pictures" \
	    "$t/out/manifest.sha256"
fi

# A result that nothing lists, as older builds made them.
small -o "$t/old"
rm "$t/old/manifest.sha256"
check "unlisted" small -o "$t/old"
check "unlisted/is_moved_aside" said "old.before"
check "unlisted/is_whole" test -s "$t/old.before/summary.csv"

# ---- links, pipes, places that cannot be moved

mkdir "$t/real"
ln -s real "$t/link"
check "link" small -o "$t/link"
check "link/leads_to_the_result" test -s "$t/real/summary.csv"
check "link/stays" test -L "$t/link"
check "link_again" small -o "$t/link"
ln -s nowhere "$t/dangling"
refuse "dangling_link" 4 small -o "$t/dangling"
check "dangling_link/is_told" said "dangling.*leads nowhere"
check "dangling_link/stays" test -L "$t/dangling"
check "dangling_link/made_nothing" absent "$t/nowhere"
mkfifo "$t/fifo"
refuse "fifo" 4 small -o "$t/fifo"
check "fifo/is_told" said "fifo.*not a directory"
check "fifo/stays" test -p "$t/fifo"
refuse "device" 4 small -o /dev/null
here() { (cd "$1" && pcbsim run "$t/small.ini" -q --no-plots -o "$2"); }
mkdir -p "$t/here/below"
refuse "current_directory" 4 here "$t/here" .
check "current_directory/is_told" said "current directory"
refuse "above_the_current_directory" 4 here "$t/here/below" ..
check "current_directory/is_as_it_was" rmdir "$t/here/below" "$t/here"
refuse "root" 4 small -o /
if [ -d /proc/self ]; then
	refuse "where_nothing_is_made" 4 small -o /proc/x
	check "where_nothing_is_made/is_told" said "cannot make /proc/.x.lease"
fi
mkdir "$t/inside"
check "below_the_current_directory" here "$t/inside" ./x
check "parents_are_made" small -o "$t/a/b/c"
# What was made on the way to a place that there is not goes again, and only
# that: a name too long for a directory, for the lease, for a sweep's list.
long=$(printf '%0300d' 0)
mkdir "$t/theirs"
for way in "way/to/$long/x" "way/to/$(printf '%0250d' 0)" \
    theirs/to/$long/x; do
	refuse "parents_in_vain/$(echo "$way" | cut -c1-12)" 4 \
	    small -o "$t/$way"
	check "parents_in_vain/is_told" said "cannot make $t/"
	check "parents_in_vain/are_gone" absent "$t/way"
	check "parents_in_vain/those_before_stay" rmdir "$t/theirs"
	mkdir "$t/theirs"
done
printf '[sweep]\nscenario = small.ini\nhost.cpus = 1;2\n' >"$t/w.sweep"
refuse "parents_in_vain/sweep" 4 pcbsim sweep run "$t/w.sweep" -q \
    -o "$t/way/to/$long"
check "parents_in_vain/sweep_is_told" said "cannot make $t/way/to"
check "parents_in_vain/sweep_are_gone" absent "$t/way"
rmdir "$t/theirs"
check "a_trailing_slash" small -o "$t/a/b/c/"
mkdir "$t/empty"
check "an_empty_directory" small -o "$t/empty"
# -o of other subcommands.
ln -s target.txt "$t/to"
refuse "file/dangling_link" 4 pcbsim report "$t/a/b/c" -o "$t/to"
: >"$t/target.txt"
check "file/link" pcbsim report "$t/a/b/c" -o "$t/to"
check "file/link_stays" test -L "$t/to"
check "file/link_leads_to_it" test -s "$t/target.txt"
(cat "$t/fifo" >"$t/through") &
check "file/fifo" pcbsim report "$t/a/b/c" -o "$t/fifo"
wait $!
check "file/fifo_was_written_to" cmp "$t/through" "$t/target.txt"

# ---- an answer that is to take the place of its question

# By another name, through a link, from standard input, and what is only read
# because another file names it.
mkdir "$t/asked"
(cd "$t/asked" && cp ../small.ini small.ini && ln -s small.ini link.ini &&
    printf '[sweep]\nscenario = small.ini\nhost.cpus = 1;2\n' >w.sweep &&
    printf 'config,10000,10003,0,512,512\naddr,1,192.0.2.1\n' >ops &&
    printf 'Proto Recv-Q Send-Q Local Address Foreign Address (state)
tcp4 0 0 192.0.2.10.55132 198.51.100.1.443 ESTABLISHED\n' >netstat &&
    "$PCBSIM" run small.ini -q --no-plots -o r &&
    "$PCBSIM" sweep run w.sweep -q -o s) || exit 1
row=$(cd "$t/asked" && echo s/rows/*)
asked() { (cd "$t/asked" && pcbsim "$@"); }
asked_of() { (cd "$t/asked" && from=$1 && shift && pcbsim "$@" <"$from"); }
kept() {	# kept NAME FILE COMMAND...
	kept_name=$1 kept_file=$t/asked/$2
	shift 2
	cp "$kept_file" "$t/before"
	refuse "question/$kept_name" 4 "$@"
	check "question/$kept_name/is_told" said \
	    '^not replacing .*: it is read here'
	check "question/$kept_name/stays" cmp "$kept_file" "$t/before"
}
kept import netstat asked import netstat -o netstat
kept import_stdin netstat asked_of netstat import - -o netstat
kept ask netstat asked ask --netstat=netstat --rate=1/s --lifetime=1s \
    --fast -o netstat
kept script ops asked script --stack=freebsd-12.0 ops -o ops
kept script_stdin ops asked_of ops script --stack=freebsd-12.0 -o ops
kept check small.ini asked check small.ini -o ./small.ini
kept check_link small.ini asked check small.ini -o link.ini
kept limit small.ini asked limit small.ini -q --replications=1 -o small.ini \
    --vary=workload:web.rate=1/s..100/s '--until=current.ok > 50'
kept report r/summary.csv asked report r -f html -o r/summary.csv
kept compare r/summary.csv asked compare r -o r/summary.csv
kept column r/summary.csv asked column ok r/summary.csv -o r/summary.csv
for f in s/manifest "$row" w.sweep small.ini; do
	kept "merge/$(basename "$f")" "$f" asked sweep merge w.sweep -o s \
	    --csv="$f"
done
check "question/another_file" asked import netstat -o recording.csv
check "question/and_again" asked import netstat -o recording.csv
check "question/nothing_is_left" test -z "$(find "$t/asked" -name '*.*.??????')"

# ---- another run

"$PCBSIM" run "$t/small.ini" -q --no-plots -o "$t/busy" \
    --set=scenario.duration=10h --set=workload:web.rate=2k/s 2>/dev/null &
pid=$!
n=0
while [ ! -e "$t/.busy.lease" ] && [ $n -lt 100 ]; do
	sleep 0.1
	n=$((n + 1))
done
refuse "another_run" 4 small -o "$t/busy"
check "another_run/is_named" said "process $pid of host"
refuse "another_run/by_another_name" 4 small -o "$t/link/../busy"
if unshare --pid --fork --mount-proc true 2>/dev/null; then
	container() {
		unshare --pid --fork --mount-proc "$PCBSIM" run "$t/small.ini" \
		    -q --no-plots -o "$t/busy" >"$t/stdout" 2>"$t/stderr"
	}
	refuse "another_run/from_another_container" 4 container
	check "another_run/from_another_container/is_told" said "another run"
else
	skip "another_run/from_another_container" "no unshare, or not root"
fi
refuse "plot_meanwhile" 4 pcbsim plot "$t/busy"
kill -TERM $pid
wait $pid
check "another_run/ended_well" grep -q "^# INCOMPLETE" "$t/busy/summary.csv"
check "then_it_is_free" small -o "$t/busy"

# A run that was killed: the next one clears up.
"$PCBSIM" run "$t/small.ini" -q --no-plots -o "$t/busy" \
    --set=scenario.duration=10h --set=workload:web.rate=2k/s 2>/dev/null &
pid=$!
n=0
while [ ! -e "$t/.busy.lease" ] && [ $n -lt 100 ]; do
	sleep 0.1
	n=$((n + 1))
done
sleep 0.3
kill -KILL $pid
wait $pid 2>/dev/null
check "killed/the_result_is_as_it_was" test -s "$t/busy/summary.csv"
check "killed/the_next_is_not_hindered" small -o "$t/busy"
none_beside() { [ -z "$(find "$t" -maxdepth 1 -name ".busy*")" ]; }
check "killed/nothing_is_left" none_beside
tap_done
