#!/bin/sh
# Captures of each format, as their programs write them: recognised, and read
# to what stands in data/want; the same with line ends of another system, and
# compressed.  What comes out is a recording.
. tests/tools/tap.sh

data=tests/study/capture/data
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
mkdir "$t/lf" "$t/crlf" "$t/gz"
case $PCBSIM in
/*) program=$PCBSIM ;;
*) program=$PWD/$PCBSIM ;;
esac

# as DIR FILE CODE OPTIONS...: import gives that exit code and what is wanted
as() {
	dir=$1 file=$2 want=$3
	shift 3
	(cd "$dir" && "$program" import "$@") >"$t/out" 2>"$t/err"
	code=$?
	[ $code = "$want" ] || { echo "# exit $code"; return 1; }
	got=$t/out
	[ $code = 0 ] || got=$t/err
	cmp -s "$got" "$data/want/$file" && return 0
	diff "$got" "$data/want/$file" | sed 's/^/# /'
	return 1
}

n=0
while read -r file format code options; do
	case $file in
	'#'*) continue ;;
	esac
	n=$((n + 1))
	# shellcheck disable=SC2086
	check "$file" as $data "$file" "$code" $options "$file"
	if [ "$code" = 0 ]; then
		check "$file/recognised" grep -q ": $format: " "$t/err"
		# shellcheck disable=SC2086
		check "$file/told" as $data "$file" "$code" \
		    --format="$format" $options "$file"
		grep -v '^#' "$t/out" >"$t/$n.csv"
		printf '[workload:w%s]\nload = replay\nfile = %s.csv\n' \
		    "$n" "$n" >>"$t/all.ini"
	fi
	# The names in messages are the file's, in a directory of its own.
	sed "s/$(printf '\r')\$//; s/\$/$(printf '\r')/" "$data/$file" \
	    >"$t/crlf/$file"
	# shellcheck disable=SC2086
	check "$file/crlf" as "$t/crlf" "$file" "$code" $options "$file"
	[ "$code" = 0 ] || continue
	gzip -c "$data/$file" >"$t/gz/$file.gz"
	# shellcheck disable=SC2086
	check "$file/gz" as "$t/gz" "$file" "$code" $options "$file.gz"
done <$data/INDEX
check "index_is_whole" test "$n" = "$(find $data -type f ! -path '*/want/*' \
    ! -name INDEX | wc -l)"

# Whoever writes a recording writes one that is read.
{
	echo '[scenario]'
	echo 'format = 1'
	echo 'duration = 1s'
	echo '[variant:v]'
	echo 'stack = freebsd-14'
} >>"$t/all.ini"
"$PCBSIM" check "$t/all.ini" >"$t/out" 2>"$t/err" || sed 's/^/# /' "$t/err"
check "all_are_recordings" test "$(grep -c '^  recording ' "$t/out")" = \
    "$(grep -c '^load = ' "$t/all.ini")"
check "inbound_is_kept_apart" grep -q 'connections 10, .* inbound 10$' \
    "$t/out"

tap_done
