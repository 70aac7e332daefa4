#!/bin/sh
# Replay recordings of decisions: every NAME.STACK.csv.gz of the directories is
# what `pcbsim script --stack=STACK' must print for NAME.ops.csv.gz, every column
# of it, byte for byte, with each search.
#
#	replay.sh PCBSIM DIR...
#
# Those of 14.3 have a hash seed, and count a visit less where a pcb bound to *
# is entered; see README.md here.
#
# Prints what differs and a line of counts; 1 if anything does.
set -eu
pcbsim=$1
shift
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
# The same for 14.3: in rows of bind and listen to * ours may have one more.
same_as_14() {	# same_as_14 WANT GOT
	awk -F, 'FNR == NR { want[FNR] = $0; next }
	want[FNR] == $0 { n++; next }
	$5 == "*" && $4 == "OK" && ($2 == "bind" || $2 == "listen") {
		row = $1
		for (i = 2; i <= NF; i++)
			row = row "," (i == 13 ? $i - 1 : $i)
		if (row == want[FNR]) { n++; next }
	}
	{ exit 1 }
	END { exit n != FNR || n != length(want) }' "$1" "$2"
}

files=0
differ=0
for want in $(for dir; do ls "$dir"/*.csv.gz; done); do
	case $want in
	*.ops.csv.gz) continue ;;
	esac
	dir=${want%/*}
	base=${want##*/}
	base=${base%.csv.gz}
	# Names have no dot, stacks may.
	name=${base%%.*}
	stack=${base#*.}
	gunzip -c "$dir/$name.ops.csv.gz" >"$tmp/ops.csv"
	gunzip -c "$want" >"$tmp/want"
	for search in index walk; do
		files=$((files + 1))
		if "$pcbsim" script --stack="$stack" --search=$search \
		    "$tmp/ops.csv" >"$tmp/got" 2>"$tmp/err" &&
		    cmp -s "$tmp/want" "$tmp/got"; then
			continue
		fi
		if [ "$stack" != freebsd-14 ] || ! "$pcbsim" script \
		    --stack="$stack" --search=$search --hash-seed=1817669548 \
		    "$tmp/ops.csv" >"$tmp/got" 2>"$tmp/err" ||
		    ! same_as_14 "$tmp/want" "$tmp/got"; then
			differ=$((differ + 1))
			n=$(diff "$tmp/want" "$tmp/got" | grep -c '^<' || true)
			echo "$base $search: $n lines differ, first" \
			    "$(diff "$tmp/want" "$tmp/got" | sed -n '2p;/^>/{p;q;}' |
			    tr '\n' ' ')$(cat "$tmp/err")"
		fi
	done
done
echo "$files replays, $differ differ"
test "$differ" -eq 0
