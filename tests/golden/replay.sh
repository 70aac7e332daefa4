#!/bin/sh
# Replay recordings of decisions: every NAME.STACK.csv.gz of the directories is
# what `pcbsim script --stack=STACK' must print for NAME.ops.csv.gz, every column
# of it, byte for byte, with each search.
#
#	replay.sh PCBSIM DIR...
#
# Prints what differs and a line of counts; 1 if anything does.
set -eu
pcbsim=$1
shift
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
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
		if ! "$pcbsim" script --stack="$stack" --search=$search \
		    "$tmp/ops.csv" >"$tmp/got" 2>"$tmp/err" ||
		    ! cmp -s "$tmp/want" "$tmp/got"; then
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
