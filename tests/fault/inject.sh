# Sourced: one fault at a time in a run, in the runs of a sweep, in a merge and
# in what makes a file, and whether what was promised holds; see shim.c.
#
#	inject_begin DIR SHIM	references, made without faults
#	inject CALL AT [NAME=VALUE...]	run: one fault; 0 if all holds
#	inject_sweep, inject_merge	the same for these
#	inject_limit, _ask, _import, _report, _calibrate	.. and these
#	inject_calls WHAT CALL	how many calls of it there are
#	inject_late MS run|sweep|merge	ended by SIGKILL so much later
#	inject_disk KIB		a run on a disk with so much room beside the old
#
# Promised of a run: it ends, and not by a crash.  If it says that all is well
# the result is the one without faults, to the byte; else it says why, and the
# result is the old one or a whole new one that tells what it is without.
# Whatever is left beside is named.  The next run finds nothing in its way.

. tests/fault/preload.sh
inject_begin() {
	inj=$1 shim=$(preload "$2")
	sh tests/tools/small.sh s 1s 'interval = 100ms' 'replications = 2' |
	    sed 's/^rate.*/rate = 50\/s/' >"$inj/s.ini"
	cat >"$inj/w.sweep" <<'EOT'
[sweep]
scenario = s.ini
host.cpus = 1;2
EOT
	mkdir "$inj/place"
	inject_plots=--no-plots
	inject_run old "$inj/old" && inject_run new "$inj/new" || return 1
	cp -R "$inj/old" "$inj/place/d"
	"$PCBSIM" sweep run "$inj/w.sweep" -q -o "$inj/sweep" &&
	    "$PCBSIM" sweep merge "$inj/w.sweep" -o "$inj/sweep" \
	    >"$inj/merged.csv" || return 1
	inject_tools_begin
}

# A run of the old figures, or of the new.
inject_run() {	# inject_run old|new DIR
	inject_seed=1
	[ "$1" = old ] || inject_seed=2
	"$PCBSIM" run "$inj/s.ini" -q $inject_plots --seed=$inject_seed \
	    -o "$2" --jobs=2 >"$inj/stdout" 2>"$inj/stderr"
}

# With a fault; what it exited with is $inject_code.
inject_with() {	# inject_with CALL AT SETTINGS -- COMMAND...
	inject_call=$1 inject_at=$2
	shift 2
	inject_set=
	while [ "$1" != -- ]; do
		inject_set="$inject_set $1"
		shift
	done
	shift
	# shellcheck disable=SC2086
	case $inject_call in
	late)	"$@" >"$inj/stdout" 2>"$inj/stderr" &
		inject_pid=$!
		sleep "$inject_at"
		kill -KILL $inject_pid 2>/dev/null
		wait $inject_pid 2>/dev/null ;;
	disk)	timeout $((60 * ${SLOW:-1})) "$@" >"$inj/stdout" 2>"$inj/stderr" ;;
	*)	timeout $((60 * ${SLOW:-1})) env LD_PRELOAD="$shim" FAULT_CALL="$inject_call" \
		    FAULT_AT="$inject_at" $inject_set "$@" \
		    >"$inj/stdout" 2>"$inj/stderr" ;;
	esac
	inject_code=$?
}

inject_bad() {
	echo "# $inject_call $inject_at$inject_set: exit $inject_code: $*"
	sed 's/^/#   /' "$inj/stderr" | head -5
	return 1
}

# It ended by itself, and said why if it says that something is wrong.
inject_ended() {
	case $inject_code in
	0)	return 0 ;;
	137)	[ -n "$inject_killed" ] && return 0 ;;
	1|2|3|4)
		[ -s "$inj/stderr" ] || { inject_bad "says nothing"; return 1; }
		return 0 ;;
	esac
	inject_bad "did not end by itself"
}

inject_same() { diff -r "$1" "$2" >/dev/null 2>&1; }

inject_result() {
	d=$inj/place/d
	if [ "$inject_code" -eq 0 ]; then
		inject_same "$d" "$inj/new" ||
		    inject_bad "all is well, but the result differs"
		return
	fi
	inject_same "$d" "$inj/old" || inject_same "$d" "$inj/new" && return
	[ -d "$d" ] || [ -n "$inject_killed" ] ||
	    { inject_bad "there is no result"; return 1; }
	[ -d "$d" ] || return 0
	(cd "$d" && sha256sum -c manifest.sha256 >/dev/null 2>&1) ||
	    { inject_bad "half a result"; return 1; }
	grep -q '^# without: ' "$d/manifest.sha256" ||
	    inject_bad "it does not tell what it is without"
}

# Names beside the result: each was told of.
inject_beside() {
	for f in "$inj/place"/.[!.]* "$inj/place"/*; do
		case $f in
		*/d|*/.\[!.\]\*|*/\*) continue ;;
		esac
		[ -n "$inject_killed" ] || grep -qF "$f" "$inj/said" ||
		    { inject_bad "leaves $f"; return 1; }
	done
}

# The next run, without a fault, finds nothing in its way.
inject_next_is() { inject_next_plain; }
inject_next() { inject_next_is; }
inject_next_plain() {
	mv "$inj/stderr" "$inj/said"
	inject_run old "$inj/place/d" || { inject_bad "hinders the next"
	    return 1; }
	cat "$inj/stderr" >>"$inj/said"
	inject_same "$inj/place/d" "$inj/old" ||
	    { inject_bad "changes the next"; return 1; }
	inject_killed_was=$inject_killed
	inject_killed=
	inject_beside
	inject_rc=$?
	inject_killed=$inject_killed_was
	find "$inj/place" -mindepth 1 -maxdepth 1 ! -name d \
	    -exec rm -rf {} +
	[ "$inject_rc" -eq 0 ] || return 1
	[ -s "$inj/mine/letter" ] || inject_bad "somebody's letter is gone"
}

inject() {
	mkdir -p "$inj/mine"
	echo mine >"$inj/mine/letter"
	inject_killed=
	case "$*" in *FAULT_WAY=kill*) inject_killed=yes ;; esac
	inject_what_call=$1 inject_what_at=$2
	shift 2
	inject_with "$inject_what_call" "$inject_what_at" "$@" -- "$PCBSIM" \
	    run "$inj/s.ini" -q $inject_plots --seed=2 -o "$inj/place/d" \
	    --jobs=2
	inject_ended && inject_result && inject_next
	inject_rc=$?
	# Whatever came of it: the next begins as this did.
	[ $inject_rc -eq 0 ] || { rm -rf "$inj/place"; mkdir "$inj/place"
	    cp -R "$inj/old" "$inj/place/d"; }
	return $inject_rc
}

# A sweep that says that all is well is whole; else it goes on where it was.
inject_sweep() {
	inject_killed=
	case "$*" in *FAULT_WAY=kill*) inject_killed=yes ;; esac
	inject_what_call=$1 inject_what_at=$2
	shift 2
	rm -rf "$inj/parts"
	inject_with "$inject_what_call" "$inject_what_at" "$@" -- "$PCBSIM" \
	    sweep run "$inj/w.sweep" -q -o "$inj/parts" --jobs=2
	inject_ended || return 1
	if [ "$inject_code" -ne 0 ]; then
		"$PCBSIM" sweep run "$inj/w.sweep" -q -o "$inj/parts" \
		    >/dev/null 2>"$inj/stderr" ||
		    { inject_bad "does not go on"; return 1; }
	fi
	"$PCBSIM" sweep merge "$inj/w.sweep" -o "$inj/parts" \
	    >"$inj/now.csv" 2>"$inj/stderr" && cmp -s "$inj/now.csv" \
	    "$inj/merged.csv" || inject_bad "merges into something else"
}

# A merge that says that all is well is right; else what it wrote says so.
inject_merge() {
	inject_killed=
	case "$*" in *FAULT_WAY=kill*) inject_killed=yes ;; esac
	inject_what_call=$1 inject_what_at=$2
	shift 2
	rm -f "$inj"/out.csv*
	inject_with "$inject_what_call" "$inject_what_at" "$@" -- "$PCBSIM" \
	    sweep merge "$inj/w.sweep" -o "$inj/sweep" --csv="$inj/out.csv"
	inject_ended || return 1
	if [ "$inject_code" -eq 0 ]; then
		cmp -s "$inj/out.csv" "$inj/merged.csv" ||
		    { inject_bad "all is well, but the file differs"
		    return 1; }
	elif [ -e "$inj/out.csv" ] && ! cmp -s "$inj/out.csv" \
	    "$inj/merged.csv"; then
		grep -q '^# INCOMPLETE: ' "$inj/out.csv" ||
		    { inject_bad "the file does not say that it lacks runs"
		    return 1; }
	fi
	if [ -z "$inject_killed" ]; then
		for f in "$inj"/out.csv?*; do
			[ ! -e "$f" ] || { inject_bad "leaves $f"; return 1; }
		done
	fi
}

# ---- what makes a file: -o FILE, and prints

inject_tools="limit ask import report calibrate"
inject_tools_begin() {
	mkdir -p "$inj/tools"
	{
		echo "Proto Recv-Q Send-Q Local Address Foreign Address (state)"
		echo "tcp4 0 0 192.0.2.10.55132 198.51.100.1.443 ESTABLISHED"
		echo "tcp4 0 0 192.0.2.10.55131 198.51.100.1.443 TIME_WAIT"
	} >"$inj/netstat"
	for inject_tool in $inject_tools; do
		# shellcheck disable=SC2046
		"$PCBSIM" $(inject_tool_args "$inject_tool" \
		    "$inj/tools/$inject_tool") \
		    >"$inj/tools/$inject_tool.printed" 2>"$inj/stderr" ||
		    { cat "$inj/stderr"; return 1; }
	done
}

inject_tool_args() {	# inject_tool_args TOOL FILE: its command line
	case $1 in
	limit)	echo limit "$inj/s.ini" -q --jobs=2 --replications=2 \
		    --vary=workload:web.rate=10/s..100/s --tolerance=20% \
		    "--until=current.ok>50" -o "$2" ;;
	ask)	echo ask "--netstat=$inj/netstat" --rate=100/s --lifetime=5s \
		    -o "$2" ;;
	import)	echo import "$inj/netstat" -o "$2" ;;
	report)	echo report "$inj/old" -f html -o "$2" ;;
	calibrate) echo calibrate --quick -o "$2" ;;
	esac
}

# Two calibrations are never the same; a whole one has every cost but for what
# it says that it could not measure, at fewer populations if it says that.
inject_tool_costs() {
	grep -v '^#' "$1" | cut -d, -f1 | grep -vxFf "$inj/unmeasured" | sort |
	    $inject_tool_rows
}
inject_tool_same() {	# inject_tool_same TOOL FILE REFERENCE
	if [ "$1" = calibrate ]; then
		inject_tool_rows=cat
		! grep -q 'memory holds no more than' "$inj/stderr" ||
		    inject_tool_rows=uniq
		sed -n 's/^calibrate: \(.*\) is not measured: .*/\1/p' \
		    "$inj/stderr" >"$inj/unmeasured"
		[ "$(inject_tool_costs "$2")" = "$(inject_tool_costs "$3")" ]
	else
		cmp -s "$2" "$3"
	fi
}

# If it says that all is well, file and print are what they are without a fault;
# else the file is the old one, or a whole one, and nothing is beside it.
inject_tool() {
	inject_tool=$1 inject_what_call=$2 inject_what_at=$3
	inject_killed=
	case "$*" in *FAULT_WAY=kill*) inject_killed=yes ;; esac
	shift 3
	rm -rf "$inj/file"
	mkdir "$inj/file"
	echo old >"$inj/file/f"
	# shellcheck disable=SC2046
	inject_with "$inject_what_call" "$inject_what_at" "$@" -- "$PCBSIM" \
	    $(inject_tool_args "$inject_tool" "$inj/file/f")
	inject_ended || return 1
	if inject_tool_same "$inject_tool" "$inj/file/f" \
	    "$inj/tools/$inject_tool"; then
		[ "$inject_code" -ne 0 ] || [ "$inject_tool" = calibrate ] ||
		    cmp -s "$inj/stdout" "$inj/tools/$inject_tool.printed" ||
		    { inject_bad "all is well, but it prints something else"
		    return 1; }
	else
		[ "$inject_code" -ne 0 ] ||
		    { inject_bad "all is well, but the file differs"
		    return 1; }
		grep -qx old "$inj/file/f" ||
		    { inject_bad "half a file"; return 1; }
	fi
	[ -n "$inject_killed" ] || [ "$(ls -A "$inj/file")" = f ] ||
	    inject_bad "leaves $(ls -A "$inj/file")"
}
inject_limit() { inject_tool limit "$@"; }
inject_ask() { inject_tool ask "$@"; }
inject_import() { inject_tool import "$@"; }
inject_report() { inject_tool report "$@"; }
inject_calibrate() { inject_tool calibrate "$@"; }

# By SIGKILL, at a moment of the clock.
inject_late() {
	inject_try=inject
	[ "$2" = run ] || inject_try=inject_$2
	$inject_try late "$(awk "BEGIN { print $1 / 1000 }")" FAULT_WAY=kill
}

# On a disk of its own that has room for the old result and so many KiB; then
# there is enough.  Needs mount(8) of tmpfs.
inject_disk() {
	inject_room=$(du -sk "$inj/old" | awk '{ print $1 }')
	rm -rf "$inj/place"/*
	mount -t tmpfs -o size=$((inject_room + 64))k tmpfs "$inj/place" ||
	    return 1
	cp -R "$inj/old" "$inj/place/d"
	inject_room=$(df -k "$inj/place" | awk 'END { print $3 }')
	mount -o remount,size=$((inject_room + $1))k "$inj/place"
	inject_next_is() { mount -o remount,size=64m "$inj/place" &&
	    inject_next_plain; }
	inject disk "$1"
	inject_disk_rc=$?
	inject_next_is() { inject_next_plain; }
	umount "$inj/place"
	cp -R "$inj/old" "$inj/place/d"
	return $inject_disk_rc
}

inject_calls() {	# inject_calls run|sweep|merge|TOOL CALL
	case $1 in
	run)	set -- "$2" run "$inj/s.ini" -q $inject_plots --seed=2 \
		    -o "$inj/place/d" --jobs=2 ;;
	sweep)	rm -rf "$inj/parts"
		set -- "$2" sweep run "$inj/w.sweep" -q -o "$inj/parts" \
		    --jobs=2 ;;
	merge)	set -- "$2" sweep merge "$inj/w.sweep" -o "$inj/sweep" \
		    --csv="$inj/out.csv" ;;
	*)	# shellcheck disable=SC2046
		set -- "$2" $(inject_tool_args "$1" "$inj/count.out") ;;
	esac
	inject_count_of=$1
	shift
	rm -f "$inj/count"
	env LD_PRELOAD="$shim" FAULT_CALL="$inject_count_of" FAULT_AT=0 \
	    FAULT_COUNT="$inj/count" "$PCBSIM" "$@" >/dev/null 2>&1
	cat "$inj/count"
	rm -rf "$inj/place/d"
	cp -R "$inj/old" "$inj/place/d"
}
