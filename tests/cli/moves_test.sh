#!/bin/sh
# run --moves: each setting at half and at double, one at a time; what is told
# is what a run with that setting finds.
. tests/tools/tap.sh
. tests/tools/try.sh

# So few ports that a part of the connects fails, and two variants of which the
# first has CPUs of its own.
sh tests/tools/small.sh few 8s | sed 's/^rate = .*/rate = 60\/s/' >"$t/few.ini"
cat >>"$t/few.ini" <<'INI'

[kernel]
net.inet.ip.portrange.first = 10000
net.inet.ip.portrange.last = 10149
net.inet.tcp.msl = 2s
INI
sed 's/^stack = freebsd-12.0/&\nhost.cpus = 2/' "$t/few.ini" >"$t/own.ini"

run() { "$PCBSIM" run --no-plots "$@" >"$t/out" 2>"$t/err"; }
pcbsim() { "$PCBSIM" "$@" >"$t/out" 2>"$t/err"; }
# words TEXT FILE: there, wherever lines end
words() { tr -s '\n ' '  ' <"$2" | grep -qF -- "$1"; }
# row RESULT SETTING TO: wanted,failed,waiting
row() {
	awk -F, -v s="$2" -v to="$3" '!/^#/ && $3 == s && $5 == to {
	    print $6 "," $7 "," $8 }' "$1/moves.csv"
}
# figures RESULT: the same, of the first replication of a run
figures() {
	for m in wanted failed waiting; do
		"$PCBSIM" column "$m" "$1/summary.csv" --variant=current |
		    head -n 1
	done | paste -s -d , -
}
same() { test -n "$1" && test "$1" = "$2"; }

check "moves" run "$t/own.ini" --moves --out="$t/m"
cp "$t/out" "$t/told"
check "without" run "$t/own.ini" --out="$t/no"
check "no_file_unasked" test ! -e "$t/no/moves.csv"
for f in summary timeline stalls latency connects addresses locks; do
	check "same_bytes/$f" cmp "$t/m/$f.csv" "$t/no/$f.csv"
done
check "jobs" run "$t/own.ini" --moves --jobs=1 --out="$t/one"
check "same_bytes/jobs" cmp "$t/m/moves.csv" "$t/one/moves.csv"

# Each neighbour is what a run of it finds.
while read -r setting to set; do
	run "$t/own.ini" --variant=current --out="$t/r" --set="$set"
	check "as_run/$setting=$to" same "$(row "$t/m" "$setting" "$to")" \
	    "$(figures "$t/r")"
done <<'SETS'
host.cpus 1 variant:current.host.cpus=1
host.cpus 4 variant:current.host.cpus=4
workload:web.rate 30/s workload:web.rate=30/s
workload:web.rate 120/s workload:web.rate=120/s
workload:web.lifetime exponential(2s) workload:web.lifetime=exponential(2s)
workload:web.faddrs *2 workload:web.faddrs=*2
workload:web.closer remote workload:web.closer=remote
kernel.net.inet.tcp.msl 1s kernel.net.inet.tcp.msl=1s
ports 10000-10074 kernel.net.inet.ip.portrange.last=10074
ports 10000-10299 kernel.net.inet.ip.portrange.last=10299
SETS
check "as_it_is" same "$(row "$t/m" "" "")" "$(figures "$t/m")"

# The first that is told moves it most, by the figures of the file.
most=$(awk -F, '/^#/ || $1 == "variant" { next }
    { share = ($7 + $8) / $6 }
    $3 == "" { is = share; next }
    { d = share - is; if (d < 0) d = -d
	if (d > by) { by = d; most = $3 } }
    END { print most }' "$t/m/moves.csv")
check "some_move_it" test -n "$most"
check "ranked" sh -c 'sed -n "/not served .* settings move it, most:/{n;p;}" \
    "$1" | grep -F -- "  $2 "' - "$t/told" "$most"
check "eight_lines_at_most" sh -c 'test "$(sed -n \
    "/^current: not served/,\$p" "$1" | grep -vcF "$2")" -le 8' - "$t/told" "$t/m"

# Mail and page, again from the files alone; the command is the one that ran.
check "mail" grep -q '^current: not served .* settings move it' \
    "$t/m/report.txt"
check "mail_has_it_first" sh -c 'sed -n "/settings move it, most:/{n;p;q;}" \
    "$1/report.txt" | grep -F -- "* $2 "' - "$t/m" "$most"
check "mail_command" grep -q 'pcbsim run .*--moves' "$t/m/report.txt"
check "mail_unasked" words 'pcbsim run --moves tries each' "$t/no/report.txt"
check "page" grep -qF "<li>$most " "$t/m/report.html"
check "page_again" "$PCBSIM" report "$t/m" -f html -o "$t/again.html"
check "page_again/same" cmp "$t/m/report.html" "$t/again.html"

# Of several replications, what may be chance is not told.
check "replications" run "$t/few.ini" --moves --replications=4 --out="$t/four"
check "replications/as_is" test \
    "$(grep -c '^current,[1-4],,,,' "$t/four/moves.csv")" -eq 4
check "replications/range" prints '^current: not served .* in 4 replications)'
check "replications/cpus" sh -c '! grep -q "^  host.cpus" "$1"' - "$t/out"

# Other kernels' ports, by their own names.
for pair in linux-6.18:ip_local_port_range netbsd:anonportm; do
	stack=${pair%%:*}
	sed -e "s/^stack = .*/stack = $stack/" -e '/^\[kernel\]/,$d' \
	    "$t/few.ini" >"$t/other.ini"
	check "$stack" run "$t/other.ini" --moves --quiet --out="$t/o"
	check "$stack/half" test \
	    "$(grep -c '^current,1,ports,' "$t/o/moves.csv")" -ge 2
	check "$stack/all_ran" sh -c '! grep -q ",,,,,[^,]" "$1"' - \
	    "$t/o/moves.csv"
done

# What cannot be run says why, and the rest is there.
{ cat "$t/few.ini"; printf '\n[host]\nladdrs = 192.0.2.1*4\n'; } |
    sed 's/^bind = .*/bind = laddr\nladdrs = 192.0.2.4/' >"$t/part.ini"
check "part" run "$t/part.ini" --moves --out="$t/part"
check "part/why" grep -q '^current,1,host.laddrs,\*4,\*2,,,,,,.*192.0.2.4' \
    "$t/part/moves.csv"
check "part/no_path" sh -c '! grep -F "$1" "$2"' - "$t" "$t/part/moves.csv"
check "part/mail" words '2 of them could not be run' "$t/part/report.txt"

# A file that is none.
printf 'setting\nx\n' >"$t/m/moves.csv"
refuse "bad_file" 4 pcbsim report "$t/m" -f html -o "$t/bad.html"
check "bad_file/named" said 'moves.csv'
tap_done
