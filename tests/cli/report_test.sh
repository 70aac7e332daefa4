#!/bin/sh
# report: a result in every form, from its files alone.
. tests/tools/tap.sh
. tests/tools/try.sh
. tests/tools/schema.sh

# Texts that would be markup, were they not escaped.
sed -e 's/^title = .*/title = <script>alert(1)<\/script> \& "b" of '"'c'"'/' \
    -e '/^\[expect\]/,$d' -e 's/^# Question: .*/# Question: <b>why<\/b>?/' \
    scenarios/seed-2019.ini >"$t/s.ini"
cat >>"$t/s.ini" <<'EOT'
[expect]
holds = current.attempts > 0
fails = proposed.attempts < 0
EOT
"$PCBSIM" run "$t/s.ini" --set=scenario.duration=33s --replications=3 \
    --no-plots -q --out="$t/r" >/dev/null 2>"$t/err"
r=$t/r
check "replaced" sh -c "\"$PCBSIM\" run '$t/s.ini' --no-plots -q \
    --set=scenario.duration=33s --replications=3 --out='$r' >/dev/null
    [ \$? -eq 1 ]"

report() { "$PCBSIM" report "$@" >"$t/out" 2>"$t/err"; }
plot() { "$PCBSIM" plot "$@" >"$t/out" 2>"$t/err"; }
has() { grep -q -- "$1" "$t/out"; }
lacks() { ! grep -q -i -- "$1" "$t/out"; }
same() { cmp "$t/out" "$1"; }

check "mail" report "$r"
check "mail_is_the_runs" same "$r/report.txt"
check "html" report "$r" --format=html
check "html_is_the_runs" same "$r/report.html"
check "title_is_escaped" has \
    '&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;b&quot; of &#39;c&#39;'
check "title_is_no_markup" lacks '<script>alert'
check "question_is_escaped" has '&lt;b&gt;why&lt;/b&gt;?'
check "nothing_is_fetched" lacks \
    '\(src\|href\)="\(http\|//\|[a-z]*\.\(js\|css\|svg\|png\)\)'
check "html_has_no_url_in_style" lacks 'url('
# The first line of the mail's table of who pays, as a row of the page.
pays() {
	row=$(awk '$1 == "tcphash" && $2 == "utilities" { print "<td>" $1 \
	    "</td><td>" $2 "</td><td>" $3 "</td><td class=\"n\">" $4 "</td>"
	    exit }' "$r/report.txt")
	[ -n "$row" ] && sed 's/\([0-9]\),\([0-9]\)/\1\2/g' "$t/out" |
	    grep -qF -- "$row"
}
check "who_pays_is_as_in_the_mail" pays
check "what_it_rests_on_is_told" has 'Held against 20,488 operations'
# A line that is told is drawn, too, with as many points as it has values.
lines_drawn() {
	grep -o '<path class="line[^>]*>' "$t/out" >"$t/paths"
	[ "$(grep -vc ' unseen' "$t/paths")" -ge 8 ] &&
	    ! grep -v ' unseen' "$t/paths" | grep -q ' d=""' &&
	    grep -v ' unseen' "$t/paths" | grep -q 'data-name="[^"]*connect'
}
check "every_line_is_drawn" lines_drawn
check "page_leads_with_all_that_was_wanted" has ' wanted = [0-9,]* served + '
check "mail_leads_with_all_that_was_wanted" sh -c 'head -1 "$1" |
    grep -q "^current: [0-9,]* wanted = [0-9,]* served + [0-9,]* failed"' - \
    "$r/report.txt"
# Mail and page say the same of what was simulated.
simulated_as_in_the_mail() {
	sed -n '/^What was simulated/,/^Who froze/p' "$r/report.txt" |
	    sed '1,2d; $d' | tr -s ' \n' '  ' |
	    sed 's/^ *//; s/ *$//' >"$t/said"
	sed -n '/^<h2>What was simulated/,/^<fieldset/p' "$t/out" |
	    grep '^<p' | sed "s/<[^>]*>//g; s/&gt;/>/g; s/&#39;/'/g" |
	    tr '\n' ' ' | sed 's/ *$//' >"$t/page"
	[ -s "$t/said" ] && cmp "$t/said" "$t/page"
}
check "simulated_as_in_the_mail" simulated_as_in_the_mail
check "mail_says_what_was_simulated" grep -q \
    'on 8 CPUs, local addresses 198.51.100.1\*50' "$r/report.txt"
check "variants_have_their_release" grep -q \
    'current is freebsd-12.0; proposed' "$r/report.txt"
check "what_was_not_tried_is_told" grep -q 'moves the result most was not' \
    "$r/report.txt"
first_is_the_finding() {
	sed -n '/<main/,$p' "$t/out" | grep -m1 '<p\|<h' |
	    grep -q 'current: [0-9,]* wanted = '
}
check "page_opens_with_the_finding" first_is_the_finding
# What can be read in a minute; all else is behind it.
check "mail_has_100_lines_and_an_appendix" sh -c \
    'n=$(sed "/=== Appendix ===/q" "$1" | wc -l) && [ "$n" -le 100 ] &&
    [ "$(wc -l <"$1")" -gt "$n" ]' - "$r/report.txt"
check "what_would_be_wrong_is_told" grep -q '^Wrong if: ' "$r/report.txt"
# Each kind of connect by the ports that it chooses from: the proposed kernel
# does not run out.
check "what_is_left_is_of_its_own_kind" awk '
    /at the fullest/ { v = $2; left = $6 }
    v == "current:" && left == "0" { out = 1 }
    v == "proposed:" && left ~ /^5[0-9],/ { in_ = 1 }
    END { exit !(out && in_) }' "$r/report.txt"
# stalls.csv, mail and page have the same chain of who waited for whom.
why_is_told() {
	chain=$(sed -n 's/.*,screen,[0-9.]*,"\(.*\)"$/\1/p' "$r/stalls.csv" |
	    head -n 1)
	ssh=$(awk -F, '!/^#/ && $11 == "ssh" && $4 > most {
	    most = $4; sub(/.*,ssh,[0-9.]*,/, ""); gsub(/"/, ""); c = $0 }
	    END { print c }' "$r/stalls.csv")
	[ -n "$ssh" ] && has "$ssh" &&
	    tr -s ' \n' '  ' <"$r/report.txt" | grep -qF "which computes" &&
	    has 'Why they were late' && [ -n "$chain$ssh" ]
}
check "why_is_told" why_is_told
check "claim_holds" has '<td class="good">ok</td><th scope="row">holds'
check "claim_fails_with_values" has 'proposed.attempts (= [0-9.]*) &lt; 0'
check "verdict_is_coloured" has '<span class="bad">'
check "interval_is_told" has '<span class="dim">± '
check "command_is_told" has 'pcbsim run s.ini --set=scenario.duration=33s'

# Five <svg> a variant, and one of latency; each has a name.
charts_named() {
	all=$(grep -o '<svg class="chart"' "$t/out" | wc -l)
	named=$(grep -o '<svg class="chart"[^>]* aria-label="[^"]' "$t/out" |
	    wc -l)
	[ "$all" -eq 11 ] && [ "$named" -eq 11 ] ||
	    { echo "# $all charts, $named named"; return 1; }
}
check "charts_have_names" charts_named
small() { [ "$(wc -c <"$t/out")" -lt 400000 ]; }
check "html_is_small" small

# Every element that is opened is closed, in order.
balanced() {
	sed -e '/^<script>$/,/^<\/script>$/d' -e '/^<style>$/,/^<\/style>$/d' \
	    -e 's/<!DOCTYPE[^>]*>//; s/<\(meta\|link\|input\|br\)[^>]*>//g' \
	    "$t/out" | grep -o '</\{0,1\}[a-z][a-z0-9]*[^>]*>' | awk '
	/\/>$/ { next }
	/^<\// { n = substr($0, 3); sub(/>.*/, "", n)
	    if (s[d] != n) { print "# " n " closes " s[d]; exit bad = 1 }
	    d--; next }
	{ n = substr($0, 2); sub(/[ >].*/, "", n); s[++d] = n }
	END { exit bad || d != 0 }'
}
check "html_is_balanced" balanced

check "json" report "$r" -f json
python=$(command -v python3)
valid() { schema_valid "$t/out" report; }
if ! schema_here; then
	skip json_is_valid "python3-jsonschema is not here"
else
	check "json_is_valid" valid
	sed 's/"format_version":1/"format_version":2/' "$t/out" >"$t/two"
	mv "$t/two" "$t/out"
	refuse "another_version_is_not" 1 valid
	report "$r" -f json
fi
figures() {	# the mean is that of summary.csv
	"$python" - "$t/out" "$r/summary.csv" <<'EOP'
import csv, json, sys
doc = json.load(open(sys.argv[1]))
rows = list(csv.DictReader(l for l in open(sys.argv[2]) if l[0] != "#"))
for v in doc["variants"]:
    mine = [r for r in rows if r["variant"] == v["name"]]
    assert len(mine) == 3 and v["metrics"]
    for name, m in v["metrics"].items():
        want = [float(r[name]) if r[name] else None for r in mine]
        assert m["values"] == want, name
        if None in want:
            assert m["mean"] is None
        else:
            mean = sum(want) / 3
            assert abs(m["mean"] - mean) <= 1e-9 * max(abs(mean), 1), name
assert doc["scenario"]["title"].startswith("<script>")
assert [c["outcome"] for c in doc["claims"]] == ["ok", "FAIL"]
EOP
}
if [ -z "$python" ]; then
	tap_result 0 "json_is_of_the_csv # SKIP python3 is not here"
else
	check "json_is_of_the_csv" figures
fi

spins_are_explained() {	# above all else, once, and like no stack
	head -n 2 "$t/out" | grep -c '^# .*[^0-9]$' | grep -qx 2 &&
	    head -n 1 "$t/out" | grep -q '^# times of spins are by the clock' &&
	    [ "$(grep -c 'by the clock' "$t/out")" -eq 1 ]
}

# The layouts of lockstat(1) and LOCK_PROFILING(9), by other parsers.
lockstat_layout() {
	awk '/^#/ || /^$/ || /^---/ { next }
	/ events in [0-9.]* seconds \([0-9]* events\/sec\)$/ {
	    if (want && want != got) bad = 1
	    n = $0; sub(/^[^:]*: /, "", n); want = n + 0; got = 0; next }
	/^Count indv cuml rcnt     nsec Lock / { next }
	NF == 7 && $2 ~ /%$/ && $3 ~ /%$/ && $4 == "0.00" { got += $1
	    rows++; if (seen[want, $6, $7]++) bad = 1; next }
	{ print "# " $0; bad = 1 }
	END { exit bad || rows < 10 || want != got }' "$t/out"
}
check "lockstat" report "$r" -f lockstat
check "lockstat_layout" lockstat_layout
check "lockstat_spins_are_explained" spins_are_explained
check "lockstat_names_the_lock" has ' tcphash  *tcp_connect '
check "lockstat_says_simulated" has '^# pcbsim .*current.*simulated'
lockprof_layout() {	# fixed columns, then the name
	awk '/^#/ || /^$/ { next }
	/^     max  wait_max       total  wait_total       count    avg / {
	    heads++; next }
	substr($0, 9, 1) != " " || substr($0, 19, 1) != " " ||
	    substr($0, 31, 1) != " " || NF < 11 || $8 != 0 ||
	    $0 !~ / [a-z_.]*\/[a-z_]*:0 \((sleep mutex|rw):[a-z]*\)$/ {
	    print "# " $0; exit bad = 1 }
	$1 > $3 || $2 > $4 || $9 > $5 { print "# " $0; exit bad = 1 }
	{ rows++ } END { exit bad || heads != 2 || rows < 6 }' "$t/out"
}
check "lockprof" report "$r" -f lockprof
check "lockprof_layout" lockprof_layout
folded_adds_up() {	# what flame graph tools read, and nothing is lost
	sed '/^#/d' "$t/out" >"$t/stacks"
	! grep -v -q '^[^ ;]*\(;[^;]*\)\{4\} [0-9][0-9]*$' "$t/stacks" ||
	    return 1
	awk -F, 'FNR == 1 { file++ }
	file == 1 && !/^#/ && !head { for (i = 1; i <= NF; i++) c[$i] = i
	    head = 1; next }
	file == 1 && !/^#/ { csv += 1000 * $c["spin_total_us"]
	    csv += 1000 * $c["block_total_us"]
	    csv += 1000 * $c["hold_total_us"]; next }
	file == 2 { sub(/.* /, ""); sum += $0 }
	END { d = csv - sum; exit !(csv > 0 && d < 1000 && d > -1000) }' \
	    "$r/locks.csv" "$t/stacks"
}
check "folded" report "$r" -f folded
check "folded_adds_up" folded_adds_up
check "folded_spins_are_explained" spins_are_explained
waits_add_up() {	# spinning and sleeping are all of the waiting
	awk -F, '/^#/ { next } !head { for (i = 1; i <= NF; i++) c[$i] = i
	    head = 1; next }
	{ d = $c["wait_total_us"] - $c["spin_total_us"]
	    d -= $c["block_total_us"]; n += $c["contested"]
	    if (d > 0.01 || d < -0.01) exit bad = 1 }
	END { exit bad || n == 0 }' "$r/locks.csv"
}
check "waits_add_up" waits_add_up

"$PCBSIM" run "$t/s.ini" --set=scenario.duration=8s -q --no-plots \
    --set=scenario.warmup=3s --replications=1 --out="$t/warm" >/dev/null 2>&1
check "warmed_up" report "$t/warm" -f lockstat
check "warm_up_is_no_time_of_it" has ' events in 5.000 seconds '

# A holder that its column cuts is told in full, once; others are not.
sed 's/workload:utilities/workload:shell-utilities/' "$t/s.ini" >"$t/cut.ini"
"$PCBSIM" run "$t/cut.ini" --set=scenario.duration=33s --replications=1 \
    --variant=current -q --no-plots --out="$t/legend" >/dev/null 2>&1
legends() { sed -n '/function pays$/,/^What connects/p' "$1/report.txt" |
    grep -c '^shell-uti: shell-utilities$'; }
check "holder_legend" test "$(legends "$t/legend")" -eq 1
check "holder_no_legend" test "$(legends "$r")" -eq 0

check "to_a_file" report "$r" -f json -o "$t/file.json"
report "$r" -f json
check "file_is_the_same" same "$t/file.json"
refuse "unknown_format" 2 report "$r" -f htm
check "unknown_format_hint" said "did you mean 'html'"
refuse "no_directory" 2 report
refuse "two_directories" 2 report "$r" "$r"
refuse "no_result" 4 report "$t/none"
check "no_result_is_named" said "none"
sed '8,$d' "$r/summary.csv" >"$t/cut" && cp -r "$r" "$t/broken" &&
    mv "$t/cut" "$t/broken/timeline.csv"
# Two of the pictures need files that results of older builds have not.
if command -v gnuplot >/dev/null; then
	cp -r "$r" "$t/older"
	check "plot" plot "$t/older"
	check "maps_are_drawn" test -s "$t/older/plots/connect-causes.svg" \
	    -a -s "$t/older/plots/address-occupancy.svg"
	p=$t/older/plots
	check "pictures_are_small" test -z "$(find "$p" -name '*.svg' \
	    -size +300k)"
	check "title_is_the_finding" \
	    grep -Eq 'current: [1-9][0-9,]* of [1-9][0-9,]* connections fail' \
	    "$p/port-exhaustion.svg"
	check "intervals_have_a_length" sh -c \
	    'grep -q "in each [0-9.]* ms" "$1/port-exhaustion.svg" &&
	    grep -q "of each [0-9.]* ms" "$1/lock-stalls.svg"' sh "$p"
	# What is bound to an address takes from its ports, not from any's.
	check "bound_ones_have_their_own_ports" awk '
	    /^# current/ { b++ } b == 1 && $1 > 30 && $2 > 50000 { free = 1 }
	    END { exit !free }' "$p/fullest.dat"
	check "bound_ones_are_drawn" grep -q 'free if bound' \
	    "$p/port-exhaustion.svg"
	for who in screen ssh daemon serial; do
		check "$who/has_a_lane" grep -q ">$who<" "$p/observer-lags.svg"
	done
	check "states_add_up" awk -F, '
	    NR == FNR { if (!/^#/ && $2 == 1 && $4 > 0) want[$1] = $4; next }
	    /^# (current|proposed)/ { v = $2 }
	    !/^#/ && NF { split($0, f, " "); got[v] = f[9] + f[10] + f[11] }
	    END { exit !(want["current"] > 0 &&
		got["current"] == want["current"] &&
		got["proposed"] == want["proposed"]) }' \
	    "$r/timeline.csv" FS=' ' "$p/timeline.dat"
	rm -r "$t/older/plots" "$t/older/connects.csv" \
	    "$t/older/addresses.csv"
	check "plot_of_an_older_one" plot "$t/older"
	check "without_maps" test ! -e "$t/older/plots/connect-causes.gp" \
	    -a -s "$t/older/plots/observer-lags.svg"
	echo 'variant,replication' >"$t/older/connects.csv"
	refuse "half_a_file" 4 plot "$t/older"
fi

refuse "another_files_columns" 4 report "$t/broken" -f html
check "without_locks" rm "$r/locks.csv"
refuse "no_lockstat_without_them" 4 report "$r" -f lockstat
check "locks_are_named" said 'locks.csv'
check "without_report_txt" sh -c "rm '$r/report.txt' '$r/report.html'"
check "html_of_csv_alone" report "$r" -f html
check "then_run_ini_repeats_it" has 'pcbsim run run.ini'
tap_done
