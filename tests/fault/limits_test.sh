#!/bin/sh
# What a system may deny: descriptors, the size of a file, room for what is
# printed, the right to write, a path's length; a locale that writes 1,5.  Each
# command ends by itself, tells which file and why with exit 4, or does what it
# does without.
. tests/tools/tap.sh
. tests/tools/try.sh

t=$(cd "$t" && pwd -P)
trap 'umount "$t/ro" 2>/dev/null; rm -rf "$t"' EXIT
sh tests/tools/small.sh small 1s >"$t/small.ini"
cat >"$t/w.sweep" <<'EOT'
[sweep]
scenario = small.ini
host.cpus = 1;2
EOT
printf 'config,10000,10003,0,512,512\naddr,1,192.0.2.1\n' >"$t/s.ops"
cat >"$t/netstat" <<'EOT'
Proto Recv-Q Send-Q Local Address Foreign Address (state)
tcp4 0 0 192.0.2.10.55132 198.51.100.1.443 ESTABLISHED
EOT
mkdir "$t/in" "$t/ref"
"$PCBSIM" run "$t/small.ini" -q --no-plots -o "$t/in/r" || exit 1
"$PCBSIM" sweep run "$t/w.sweep" -q -o "$t/in/s" || exit 1

# Each of them makes $1/NAME.
commands="run sweep merge limit import ask script report compare init"
command_of() {	# command_of NAME DIR
	c=$2/$1
	case $1 in
	run)	set -- run "$t/small.ini" -q --no-plots -o "$c" ;;
	sweep)	set -- sweep run "$t/w.sweep" -q -o "$c" ;;
	merge)	set -- sweep merge "$t/w.sweep" -o "$t/in/s" --csv="$c" ;;
	limit)	set -- limit "$t/small.ini" -q --replications=1 \
		    --vary=workload:web.rate=1/s..100/s \
		    '--until=current.ok > 50' -o "$c" ;;
	import)	set -- import "$t/netstat" -o "$c" ;;
	ask)	set -- ask --rate=10/s --lifetime=1s --fast -o "$c" ;;
	script)	set -- script --stack=freebsd-12.0 "$t/s.ops" -o "$c" ;;
	report)	set -- report "$t/in/r" -f html -o "$c" ;;
	compare) set -- compare "$t/in/r" -o "$c" ;;
	init)	set -- init -o "$c" ;;
	esac
	$before timeout $((60 * ${SLOW:-1})) "$PCBSIM" "$@"
}
before=
for name in $commands; do
	command_of "$name" "$t/ref" >"$t/ref/$name.printed" 2>/dev/null ||
	    { echo "# no reference: $name"; exit 1; }
done
alike() {	# alike NAME: as the reference; of a sweep, what is merged
	if [ "$1" = sweep ]; then
		"$PCBSIM" sweep merge "$t/w.sweep" -o "$t/got/sweep" \
		    2>/dev/null | cmp -s - "$t/ref/merge"
	else
		diff -r "$t/ref/$1" "$t/got/$1" >/dev/null 2>&1
	fi
}
# denied WHY SH: all commands under a line of sh, each whole or told.
denied() {
	why=$1 line=$2 bad=0 told=0
	for name in $commands; do
		rm -rf "$t/got"
		mkdir "$t/got"
		before=denied_by
		command_of "$name" "$t/got" >"$t/out" 2>"$t/err"
		code=$?
		case $code in
		0)	alike "$name" && continue
			echo "# $line: $name: all is well, but it differs" ;;
		3|4)	grep -q "$why" "$t/err" && { told=$((told + 1))
			    continue; }
			echo "# $line: $name: exit $code, and not why" ;;
		*)	echo "# $line: $name: exit $code" ;;
		esac
		sed 's/^/#   /' "$t/err"
		bad=$((bad + 1))
	done
	before=
	[ $bad -eq 0 ]
}
denied_by() { sh -c "$line"' && exec "$@"' - "$@"; }

for n in 4 5 6 7 8; do
	check "descriptors/$n" denied "Too many open files" "ulimit -n $n"
done
# In blocks of 512 bytes; what is said has to fit, too.
for n in 1 4 16; do
	check "file_size/$n" denied "File too large" "ulimit -f $n"
done
check "full/printed" sh -c '[ -e /dev/full ] || exit 0
for c in "list stacks" "check $1/small.ini" "report $1/in/r" "version" \
    "compare $1/in/r" "explain host.cpus" "completion zsh" "help run"; do
	"$PCBSIM" $c >/dev/full 2>/dev/null
	[ $? -eq 4 ] || { echo "# $c"; exit 1; }
done' - "$t"

# Nowhere to write: to nobody, or on a disk that is read only.
somewhere() {	# somewhere WHY DIR [BEFORE...]: all commands write there
	why=$1 dir=$2 bad=0
	shift 2
	for name in $commands; do
		before=$*
		command_of "$name" "$dir" >"$t/out" 2>"$t/err"
		[ $? -eq 4 ] && grep -q "$why" "$t/err" && continue
		echo "# $name"
		sed 's/^/#   /' "$t/err"
		bad=$((bad + 1))
	done
	before=
	[ $bad -eq 0 ]
}
nothing() { [ -z "$(ls -A "$t/ro")" ]; }
# A result that nobody may take away is not replaced, and said before the run.
nobodys_own() {	# nobodys_own MODE [COMMAND...]: of the old result
	mode=$1
	shift
	rm -rf "$t/his"
	mkdir "$t/his"
	"$PCBSIM" run "$t/small.ini" -q --no-plots -o "$t/his/r"
	chown -R 65534:65534 "$t/his"
	[ $# -eq 0 ] || "$@" "$t/his/r"
	chmod "$mode" "$t/his/r"
	setpriv --reuid=65534 --regid=65534 --clear-groups "$PCBSIM" run \
	    "$t/small.ini" -q --no-plots -o "$t/his/r" >"$t/out" 2>"$t/err"
	[ $? -eq 4 ] && [ "$(ls -A "$t/his")" = r ] &&
	    grep -q "not replacing .*: Permission denied" "$t/err" ||
	    { sed 's/^/# /' "$t/err"; ls -lA "$t/his" | sed 's/^/# /'; false; }
}
mkdir "$t/ro"
if mount -t tmpfs -o size=1m,ro tmpfs "$t/ro" 2>/dev/null; then
	check "read_only" somewhere "Read-only file system" "$t/ro"
	umount "$t/ro"
else
	skip "read_only" "nothing can be mounted here"
fi
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null 2>&1; then
	chmod 755 "$t"
	chmod -R a+rX "$t"
	"$PCBSIM" version >/dev/null
	if setpriv --reuid=65534 --regid=65534 --clear-groups \
	    "$PCBSIM" version >/dev/null 2>&1; then
		check "nobody" somewhere "Permission denied" "$t/ro" setpriv \
		    --reuid=65534 --regid=65534 --clear-groups
		check "nobody/made_nothing" nothing
		check "nobody/old_one_stays" nobodys_own 555
		check "nobody/somebodys_stays" nobodys_own 755 chown -R 1:1
	else
		skip "nobody" "the program is not nobody's to run"
	fi
else
	skip "nobody" "not root, or no setpriv"
fi
# Texts are the bytes that were given, whatever the locale calls a character.
umlaut() {	# umlaut LOCALE
	rm -rf "$t/umlaut"
	LC_ALL=$1 "$PCBSIM" run "$t/small.ini" -q --no-plots -o "$t/umlaut" \
	    --set=scenario.title='für alle' >"$t/out" 2>"$t/err" &&
	    grep -q '^# title: für alle$' "$t/umlaut/summary.csv"
}
for l in C C.UTF-8 POSIX; do
	check "locales/text/$l" umlaut $l
done
refuse "out_names_nothing" 2 "$PCBSIM" check "$t/small.ini" -o '' 2>"$t/err"
check "out_names_nothing/is_told" grep -q 'check: --out= names nothing' "$t/err"
refuse "locales/no_utf8" 2 "$PCBSIM" check "$t/small.ini" \
    "--set=scenario.title=$(printf 'f\374r')" 2>"$t/err"
check "locales/no_utf8/is_told" grep -qF -- \
    "--set='scenario.title=f\\xfcr' is not UTF-8" "$t/err"

# A locale that writes 1,5, and one whose i is no I, in another time zone.
locales() {
	locales_bad=0
	for l in de_DE.UTF-8 tr_TR.UTF-8; do
		(LOCPATH=$t/locales LC_ALL=$l TZ=Asia/Kolkata
		export LOCPATH LC_ALL TZ
		for name in $commands; do
			rm -rf "$t/got"
			mkdir "$t/got"
			command_of "$name" "$t/got" >"$t/out" 2>"$t/err" &&
			    alike "$name" && continue
			echo "# $l: $name"
			sed 's/^/#   /' "$t/err"
			exit 1
		done) || locales_bad=1
	done
	return $locales_bad
}
mkdir "$t/locales"
for l in de_DE tr_TR; do
	localedef -i $l -f UTF-8 "$t/locales/$l.UTF-8" >/dev/null 2>&1
done
if LOCPATH=$t/locales LC_ALL=de_DE.UTF-8 locale decimal_point 2>/dev/null |
    grep -q ,; then
	check "locales" locales
else
	skip "locales" "none with a comma is here, nor to be made"
fi
long=$(printf '%0250d/' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17)
check "long_path" somewhere "File name too long" "$t/ro/$long"
tap_done
