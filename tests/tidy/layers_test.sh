#!/bin/sh
# The rooms of the house, from the roof down: a room may include what lies in
# it and in the rooms below, never above; so no two rooms need each other.
# Within a room no two files do, in however wide a circle (a header and its .c
# are one).  Each rule is also tried on a planted offender, so that it cannot
# pass by matching nothing.
. tests/tools/tap.sh

rooms='cli
study/sweep study/report study/live study/stat study/plot study/calibrate
study/run study/capture study/script study/scenario study/text
models/machine models/proposals models/stacks models/plans models/locks
models/cpus
models/freebsd models/linux models/xnu models/netbsd models/openbsd
models/dragonfly models/illumos models/pcb models/measures models/ports
models/net models
sim'

# Every include of one of our files: "file included", of the trees in $1.
arrows() {	# arrows DIR
	(cd "$1" && find cli study models sim -name '*.[ch]' -exec \
	    grep -HE '^#[ 	]*include[ 	]+"' {} + 2>/dev/null) |
	    sed 's/^\([^:]*\):[^"]*"\([^"]*\)".*/\1 \2/' |
	    grep -v ' tests/' | LC_ALL=C sort -u
}

# Arrows that do not run down, and files of no room.
rising() {	# rising DIR
	arrows "$1" | awk -v rooms="$rooms" '
	BEGIN { n = split(rooms, r); for (i = 1; i <= n; i++) floor[r[i]] = i }
	function room(path,    p, n) {
		n = split(path, p, "/")
		return (n == 2 ? p[1] : p[1] "/" p[2])
	}
	{ a = room($1); b = room($2) }
	!(a in floor) { print $1 ": no room of the house"; bad = 1; next }
	!(b in floor) { next }	# made by the build
	floor[a] > floor[b] { print $1 " includes " $2; bad = 1 }
	a == "cli" && b == "sim" { print $1 " includes " $2; bad = 1 }
	END { exit !bad }'
}

# Circles of files that include one another.  Arrows from files that none
# points to, and to files that point to none, are taken away, again and again;
# of the rest, those are told that can be gone back.
circles() {	# circles DIR
	arrows "$1" | awk '
	function noun(path) { sub(/\.[ch]$/, "", path); return (path) }
	{ a = noun($1); b = noun($2); if (a != b) to[a " needs " b] = 1 }
	END {
		do {
			gone = 0
			split("", from); split("", into)
			for (e in to) {
				split(e, p, " needs ")
				from[p[1]] = into[p[2]] = 1
			}
			for (e in to) {
				split(e, p, " needs ")
				if (!(p[2] in from) || !(p[1] in into)) {
					delete to[e]
					gone = 1
				}
			}
		} while (gone)
		for (x in from) for (y in into)
			reach[x, y] = ((x " needs " y) in to)
		for (k in from) for (x in from) if (reach[x, k])
			for (y in into) if (reach[k, y])
				reach[x, y] = 1
		for (e in to) {
			split(e, p, " needs ")
			if (reach[p[2], p[1]]) { print e; bad = 1 }
		}
		exit !bad
	}'
}

# Calls that have no place below study/: text, files, clocks, environment.
edge_calls() {
	grep -nE '(^|[^>._a-zA-Z0-9])(printf|fprintf|puts|fopen|getenv|setlocale|time|gettimeofday|clock_gettime|rand|srand|random|drand48|g_print|g_printerr|g_random_[a-z]+|strtod|atof|g_hash_table_[a-z_]+) *\(' \
	    "$@" | grep -vE '^([^:]*:)?[0-9]+:[ 	]*/?\*'
}

# A table of contents, not a heap.
crowded() {	# crowded DIR...
	for d in "$@"; do
		n=$(find "$d" -maxdepth 1 -type f | wc -l)
		[ "$n" -gt 10 ] && { echo "$d: $n files"; return 0; }
	done
	return 1
}

nothing() { ! "$@"; }

check "rooms/arrows_run_down" nothing rising .
check "rooms/no_files_in_a_circle" nothing circles .
check "rooms/study_and_models_are_tables_of_contents" \
    nothing crowded study models
for room in $rooms; do
	check "rooms/$room/is_there" test -d "$room"
done

# kpanic() is the one that may write, to stderr, on its way to abort().
files=$(find sim models -name '*.[ch]' ! -path sim/kassert.c)
# shellcheck disable=SC2086
check "models/no_text_no_clock_no_hash_order" nothing edge_calls $files

# Each rule sees what it is there for.
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
house() {	# house FILE INCLUDED...	a house of one room's files
	rm -rf "$t/house"
	for room in $rooms models/attic; do
		mkdir -p "$t/house/$room"
	done
	while [ $# -gt 1 ]; do
		echo "#include \"$2\"" >>"$t/house/$1"
		shift 2
	done
}
house models/pcb/a.c models/pcb/a.h
check "planted/a_good_house_is_good" nothing rising "$t/house"
house models/net/a.c models/machine/machine.h
check "planted/arrow_up_a_floor_is_seen" rising "$t/house"
house study/text/a.c study/report/mail.h
check "planted/arrow_between_rooms_of_study_is_seen" rising "$t/house"
house models/machine/a.c study/run/output.h
check "planted/arrow_out_of_models_is_seen" rising "$t/house"
house cli/a.c sim/sim.h
check "planted/the_edge_in_the_engine_is_seen" rising "$t/house"
house models/attic/a.c models/net/net.h
check "planted/a_file_of_no_room_is_seen" rising "$t/house"
house models/machine/a.c models/machine/b.h models/machine/b.h models/machine/c.h
check "planted/a_chain_is_no_circle" nothing circles "$t/house"
house models/machine/a.c models/machine/b.h models/machine/b.c models/machine/c.h \
    models/machine/c.c models/machine/a.h
check "planted/circle_of_three_files_is_seen" circles "$t/house"
house models/pcb/a.h models/ports/b.h models/ports/b.h models/pcb/a.h
check "planted/circle_of_two_rooms_is_seen" rising "$t/house"
mkdir "$t/heap"
for i in 1 2 3 4 5 6 7 8 9 10 11; do : >"$t/heap/$i.c"; done
check "planted/a_heap_of_files_is_seen" crowded "$t/heap"
printf 'void f(void)\n{\n\tprintf("x");\n}\n' >"$t/print.c"
check "planted/printf_is_seen" edge_calls "$t/print.c"
tap_done
