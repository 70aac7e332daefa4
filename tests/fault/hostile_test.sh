#!/bin/sh
# A result that came from somebody else: whatever is in its files, a reader
# names the file and what is wrong, or reads it; no terminal is told anything.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

sh tests/tools/small.sh small 2s 'replications = 2' >"$t/small.ini"
"$PCBSIM" run "$t/small.ini" -q --no-plots -o "$t/whole" || exit 1

pcbsim() { timeout $((60 * ${SLOW:-1})) "$PCBSIM" "$@" >"$t/stdout" 2>"$t/stderr"; }
said() {
	grep -q -- "$1" "$t/stderr" || { sed 's/^/# /' "$t/stderr"; return 1; }
}
fresh() { rm -rf "$t/r"; cp -R "$t/whole" "$t/r"; }
# Only line ends, tabs and what prints.
plain() {
	! LC_ALL=C grep -q "[$(printf '\001-\010\013-\037\177')]" "$t/stderr" \
	    "$t/stdout"
}
without() {	# without FILE COLUMN: take a column out
	awk -F, -v OFS=, -v drop="$2" '/^#/ { print; next }
	    !at { for (i = 1; i <= NF; i++) if ($i == drop) at = i }
	    { s = ""; for (i = 1; i <= NF; i++) if (i != at)
		s = s (s == "" ? "" : OFS) $i; print s }' "$t/whole/$1" \
	    >"$t/r/$1"
}
ended() {	# ended NAME COMMAND...: by itself, within its time
	tap_name=$1
	shift
	"$@"
	case $? in 0|1|2|3|4) tap_result 0 "$tap_name" ;;
	*) echo "# exit $?: $*"; tap_result 1 "$tap_name" ;;
	esac
}

# Each column of each file is missed once, by every reader.
for f in summary timeline stalls latency connects addresses locks; do
	columns=$(grep -v '^#' "$t/whole/$f.csv" | head -1 | tr , ' ')
	broke=
	for c in $columns; do
		fresh
		without $f.csv "$c"
		for do in "report -f html" "report -f json" \
		    "report -f lockstat" "report -f lockprof" \
		    "report -f folded" compare; do
			# shellcheck disable=SC2086
			pcbsim $do "$t/r"
			code=$?
			[ $code -le 4 ] || broke="$c $do: exit $code"
		done
	done
	check "missing_columns/$f" test -z "$broke"
done
fresh
without locks.csv mode
refuse "locks_without_mode" 4 pcbsim report -f lockstat "$t/r"
check "locks_without_mode/is_told" said 'locks.csv: no column mode'
fresh
without summary.csv chooses
refuse "summary_without_chooses" 4 pcbsim report -f html "$t/r"
check "summary_without_chooses/is_told" said 'summary.csv: no column chooses'

# Wrong counts, no numbers, another version, half of a file, none of it.
fresh
sed '/^current/s/,[^,]*$//' "$t/whole/timeline.csv" >"$t/r/timeline.csv"
refuse "fewer_fields" 4 pcbsim report -f html "$t/r"
columns=$(grep -v '^#' "$t/whole/timeline.csv" | head -n 1 | tr , '\n' | wc -l)
check "fewer_fields/is_told" said \
    "timeline.csv:[0-9]*: $((columns - 1)) fields, but $((columns))"
fresh
sed 's/^current,1/current,7/' "$t/whole/summary.csv" >"$t/r/summary.csv"
ended "no_first_replication" pcbsim report -f html "$t/r"
sed '/^#/!s/^proposed,\(.*\),2,/current,\1,1,/' "$t/whole/summary.csv" \
    >"$t/r/summary.csv"
ended "a_variant_twice" pcbsim report -f html "$t/r"
for bad in nan 0 -1 1e18 1e999 1e300 -1e300 0x1p1000 '' x; do
	fresh
	for f in summary timeline stalls latency connects addresses locks; do
		awk -F, -v OFS=, -v bad="$bad" '/^#/ || !seen++ { print; next }
		    { for (i = 3; i <= NF; i++)
			if ($i ~ /^[0-9.]+$/) $i = bad; print }' \
		    "$t/whole/$f.csv" >"$t/r/$f.csv"
	done
	for format in html json lockstat lockprof folded; do
		ended "numbers_are_$bad/$format" pcbsim report -f $format \
		    "$t/r"
	done
	ended "numbers_are_$bad/compare" pcbsim compare "$t/r"
done
# Whatever was changed, cut or put there since is said by who reads it.
fresh
for do in "report -f html" "report -f json" "report -f mail" compare; do
	# shellcheck disable=SC2086
	check "as_it_was/$do" pcbsim $do "$t/r"
	check "as_it_was/$do/silent" test ! -s "$t/stderr"
done
for f in summary timeline latency connects addresses locks; do
	fresh
	sed '$d' "$t/whole/$f.csv" >"$t/r/$f.csv"
	ended "cut/$f" pcbsim report -f html "$t/r"
	check "cut/$f/is_told" said "r/$f.csv: is not as the run wrote it"
done
fresh
sed 's/^seed = .*/seed = 4711/' "$t/whole/run.ini" >"$t/r/run.ini"
check "another_seed" pcbsim compare "$t/r"
check "another_seed/is_told" said "r/run.ini: is not as the run wrote it"

# One figure that is none is no missing one: its line is named, by each reader.
for bad in nan inf 0x1F -5 7x; do
	fresh
	awk -F, -v OFS=, -v bad="$bad" '/^#/ { print; next }
	    !at { for (i = 1; i <= NF; i++) if ($i == "attempts") at = i }
	    /^proposed,/ && !done++ { $at = bad } { print }' \
	    "$t/whole/summary.csv" >"$t/r/summary.csv"
	for do in "report -f html" "report -f json" compare; do
		# shellcheck disable=SC2086
		ended "figure_is_$bad/$do" pcbsim $do "$t/r"
		check "figure_is_$bad/$do/is_told" said \
		    "column attempts: '$bad' is no number"
	done
done
fresh
sed '1s/.*/# pcbsim 99.0 (none)/' "$t/whole/summary.csv" >"$t/r/summary.csv"
ended "another_version" pcbsim report -f html "$t/r"
for f in summary.csv timeline.csv run.ini locks.csv; do
	fresh
	head -c 700 "$t/whole/$f" >"$t/r/$f"
	ended "half/$f" pcbsim report -f html "$t/r"
	: >"$t/r/$f"
	ended "empty/$f" pcbsim report -f lockstat "$t/r"
	head -c 3000 /dev/urandom >"$t/r/$f"
	ended "noise/$f" pcbsim report -f json "$t/r"
	rm "$t/r/$f"
	mkdir "$t/r/$f"
	refuse "directory/$f" 4 pcbsim report -f lockstat "$t/r"
	rmdir "$t/r/$f"
	mkfifo "$t/r/$f"
	refuse "fifo/$f" 4 pcbsim report -f lockstat "$t/r"
done

# What would tell a terminal something.
esc=$(printf '\033]0;owned\007\033[31m')
for f in summary.csv timeline.csv stalls.csv locks.csv run.ini report.txt; do
	fresh
	sed "s/current/${esc}current/; s/connects/${esc}/" "$t/whole/$f" \
	    >"$t/r/$f"
	for do in "report -f mail" "report -f html" "report -f json" \
	    "report -f lockstat" "report -f folded" compare plot; do
		# shellcheck disable=SC2086
		pcbsim $do "$t/r"
		plain || break
	done
	check "no_control_bytes/$f" plain
done
fresh
printf 'Dear list,\n\033[2Jgone\n' >"$t/r/report.txt"
refuse "mail_with_escapes" 4 pcbsim report "$t/r"
check "mail_with_escapes/is_told" said 'report.txt:2: a control character'
mkdir "$t/${esc}r"
pcbsim compare "$t/${esc}r"
check "a_name_with_escapes" plain
sed "s/^title = .*/title = a ${esc}b/" "$t/small.ini" >"$t/esc.ini"
refuse "a_scenario_with_escapes" 2 pcbsim check "$t/esc.ini"
check "a_scenario_with_escapes/is_told" said 'esc.ini:4: a control character'
check "a_scenario_with_escapes/plain" plain
pcbsim "${esc}frob"
check "a_subcommand_with_escapes" plain

# What cannot be read is told of, not left out.
if [ "$(id -u)" != 0 ]; then
	for f in report.txt addresses.csv; do
		fresh
		chmod 0 "$t/r/$f"
		refuse "denied/$f" 4 pcbsim report -f html "$t/r"
		check "denied/$f/is_named" said "$f"
	done
else
	for f in report.txt addresses.csv; do
		fresh
		rm "$t/r/$f"
		ln -s "$f" "$t/r/$f"
		refuse "denied/$f" 4 pcbsim report -f html "$t/r"
		check "denied/$f/is_named" said "$f"
	done
fi
# `manifest' is looked at, since a sweep has one: whatever it is, nobody waits
# for it, nor reads what has no end.
for what in report compare plot; do
	fresh
	mkfifo "$t/r/manifest"
	check "manifest/fifo/$what" timeout $((20 * ${SLOW:-1})) "$PCBSIM" \
	    "$what" "$t/r" >"$t/stdout" 2>"$t/stderr"
	rm "$t/r/manifest"
	ln -s /dev/zero "$t/r/manifest"
	check "manifest/endless/$what" timeout $((20 * ${SLOW:-1})) "$PCBSIM" \
	    "$what" "$t/r" >"$t/stdout" 2>"$t/stderr"
	rm "$t/r/manifest"
	printf '# a sweep of pcbsim\n' >"$t/r/manifest"
	refuse "manifest/of_a_sweep/$what" 2 pcbsim "$what" "$t/r"
	check "manifest/of_a_sweep/$what/says" said \
	    'holds the runs of a sweep, no result; merge them first'
done

fresh
echo nonsense >"$t/r/run.ini"
check "compare_without_run.ini" pcbsim compare "$t/r"
check "compare_without_run.ini/says_so" said 'run.ini:1'
# Names that would tell a terminal something, or are no text.
odd() {	# odd NAME FILE-NAME
	cp "$t/small.ini" "$t/$2.ini"
	printf '[sweep]\nscenario = small.ini\nhost.cpus = 1;2\n' \
	    >"$t/$2.sweep"
	check "odd_name/$1/check" pcbsim check "$t/$2.ini"
	check "odd_name/$1/check/is_plain" plain
	check "odd_name/$1/plan" pcbsim sweep plan "$t/$2.sweep"
	check "odd_name/$1/plan/is_plain" plain
	check "odd_name/$1/run" pcbsim run "$t/$2.ini" -q --no-plots \
	    -o "$t/$2.d"
	check "odd_name/$1/run/is_plain" plain
	check "odd_name/$1/has_its_page" test -s "$t/$2.d/report.html"
	cp "$t/$2.d/report.txt" "$t/stdout"
	check "odd_name/$1/report_is_plain" plain
	for command in report compare; do
		check "odd_name/$1/$command" pcbsim $command "$t/$2.d"
		check "odd_name/$1/$command/is_plain" plain
	done
}
odd controls "$(printf 'a\nb\033[31mred\001')"
odd no_text "$(printf 'x\377\376y')"
odd format '%s%n"'
# The command of a result that was made so is one that a shell understands.
if command -v bash >/dev/null 2>&1; then
	check "odd_name/command" bash -c "$(printf 't=%s\n' "$t"
	    echo 'cd "$t" && word=$(sed -n "s/^  [$] pcbsim run //p" \
		x*.d/report.txt | head -1) && eval "set -- $word" && \
		[ -f "$1" ]')"
fi

# A file of 300 KiB that wants to be 300 MiB of the smallest cells.
fresh
{ head -1 "$t/whole/summary.csv"; yes a,b | head -c 300000000; } |
    gzip >"$t/bomb"
for f in summary timeline; do
	cp "$t/bomb" "$t/r/$f.csv"
done
for command in report compare plot; do
	refuse "bomb/$command" 4 pcbsim $command "$t/r"
	check "bomb/$command/is_told" said "csv: has more than 256 MiB of text"
done
refuse "bomb/column" 4 pcbsim column ok "$t/bomb"
check "bomb/column/is_told" said "bomb: has more than 256 MiB of text"

# What is no directory is called what it is.
mkfifo "$t/fifo"
echo x >"$t/file"
ln -s nowhere "$t/dangling"
ln -s loop "$t/loop"
ln -s /dev/null "$t/device"
printf '[sweep]\nscenario = small.ini\nhost.cpus = 1;2\n' >"$t/w.sweep"
no_dir() {	# no_dir NAME WHAT: of every command that reads a directory
	for command in compare report plot; do
		refuse "no_directory/$1/$command" 4 pcbsim $command "$t/$1"
		check "no_directory/$1/$command/why" said "$1: $2"
	done
	refuse "no_directory/$1/merge" "$3" pcbsim sweep merge "$t/w.sweep" \
	    -o "$t/$1"
	check "no_directory/$1/merge/why" said "$t/$1.*: $2"
	refuse "no_directory/$1/sweep" 4 pcbsim sweep run "$t/w.sweep" -q \
	    -o "$t/$1"
	check "no_directory/$1/sweep/why" said "$t/$1.*: $4"
}
no_dir fifo "is a FIFO, no directory" 2 "Not a directory"
no_dir file "is a file, no directory" 2 "Not a directory"
no_dir device "is a device, no directory" 2 "Not a directory"
no_dir dangling "is a symbolic link that leads nowhere" 2 \
    "is a symbolic link that leads nowhere"
no_dir loop "Too many levels of symbolic links" 4 \
    "Too many levels of symbolic links"
check "no_directory/all_stay" test -p "$t/fifo" -a -f "$t/file" -a \
    -L "$t/dangling" -a -L "$t/loop"
tap_done
