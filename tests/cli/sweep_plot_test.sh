#!/bin/sh
# plot of a merged sweep: means and intervals are those of the table, the phase
# diagram shows each cell's worst verdict, pictures are whole, and what cannot be
# drawn is refused.
. tests/tools/tap.sh

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
cat >"$t/one.csv" <<'CSV'
# pcbsim 1.2.3 (test)
# sweep: one
# swept: host.cpus
# digest: 0123456789abcdef
# replications: 3
host.cpus,variant,replication,frozen_s,verdict
2,a,1,1,ok
2,a,2,2,ok
2,a,3,3,freezes
8,a,1,10,stalls
8,a,2,10,ok
8,a,3,10,ok
2,b,1,0,ok
2,b,2,0,ok
2,b,3,0,ok
CSV
sed -e 's/swept: host.cpus/swept: host.cpus, workload:w.rate/' \
    -e 's/^host.cpus,/host.cpus,workload:w.rate,/' \
    -e 's/^\([28]\),/\1,5,/' "$t/one.csv" >"$t/two.csv"
"$PCBSIM" plot --metric=frozen_s "$t/one.csv" >"$t/out" 2>"$t/err"
code=$?
if ! command -v gnuplot >/dev/null 2>&1; then
	skip pictures "gnuplot is not installed"
	check says_so grep -q gnuplot "$t/err"
else
	check draws test $code -eq 0
	check svg grep -q '</svg>' "$t/plots/sweep-frozen_s.svg"
fi
# Mean 2, and 4.303 x 1 / sqrt(3) of Student's t with 2 degrees of freedom.
check mean_and_interval grep -q '^0 2 -0.484138 4.48414$' \
    "$t/plots/sweep-frozen_s.gp"
check no_spread grep -q '^1 10 10 10$' "$t/plots/sweep-frozen_s.gp"
check a_missing_cell_is_no_zero sh -c '! sed -n "/^.v1/,/EOD/p" "$1" |
    grep -q "^1 "' sh "$t/plots/sweep-frozen_s.gp"

"$PCBSIM" plot --metric=frozen_s -o "$t/p2" "$t/two.csv" >"$t/out" 2>"$t/err"
check phase_shows_the_worst grep -q "set label 'F' at 0,0 " \
    "$t/p2/sweep-verdict.gp"
check phase_shows_the_others grep -q "set label 'S' at 1,0 " \
    "$t/p2/sweep-verdict.gp"
check phase_of_b grep -q "set label 'ok' at 0,0 " "$t/p2/sweep-verdict.gp"
# Each verdict that there is has a letter of its own.
letters=
for v in ok fails exhausted stalls freezes never-recovers panics; do
	sed "s/,freezes$/,$v/" "$t/two.csv" >"$t/verdict.csv"
	"$PCBSIM" plot --metric=frozen_s -o "$t/p3" "$t/verdict.csv" \
	    >"$t/out" 2>"$t/err"
	letters="$letters $(sed -n "s/.*set label '\([^']*\)' at 0,0 .*/\1/p" \
	    "$t/p3/sweep-verdict.gp" | head -n 1)"
done
check phase_has_a_letter_for_each test "$letters" = " ok x E S F N P" ||
    echo "#$letters"
# Who froze, by observer; titles say how many cells, and where most.
sed -e 's/,verdict$/,ssh_frozen_s,screen_frozen_s,verdict/' \
    -e 's/^\(2,5,a,.*\),\([a-z-]*\)$/\1,4,0,\2/' \
    -e 's/^\([28],5,[ab],.*[0-9]\),\([a-z]*\)$/\1,0,0,\2/' \
    -e 's/,4,0,0,0,/,4,0,/' "$t/two.csv" >"$t/who.csv"
"$PCBSIM" plot --metric=frozen_s -o "$t/p4" "$t/who.csv" >"$t/out" 2>"$t/err"
check who_froze_has_its_number grep -q "set label '1' at 0,0 " \
    "$t/p4/sweep-who-froze.gp"
check who_did_not_has_a_dash grep -q "set label '-' at 1,0 " \
    "$t/p4/sweep-who-froze.gp"
check numbers_have_names grep -q '1 ssh, 2 screen' "$t/p4/sweep-who-froze.gp"
check title_counts_cells grep -q 'a freezes, or worse, in 1 of 2 cells, b in 0 of 1' \
    "$t/p4/sweep-verdict.gp"
# Unless told, it draws who was frozen longest, not who is named first.
sed -e '/^#/!s/,verdict$/,screen_max_ms,ssh_max_ms,verdict/' \
    -e '/^#/!s/,frozen_s,ssh_frozen_s,screen_frozen_s/&,eaddrnotavail,hold_max_us,stall_max_us,console_max_ms/' \
    -e '/^#/!s/,\([a-z-]*\)$/,1,2,3,4,5,6,\1/' -e '/^host/s/,1,2,3,4,5,6,/,/' \
    "$t/who.csv" >"$t/worst.csv"
"$PCBSIM" plot -o "$t/worst" "$t/worst.csv" >"$t/out" 2>"$t/err" ||
    sed 's/^/# /' "$t/err"
check the_worst_off_is_drawn test -s "$t/worst/sweep-ssh_frozen_s.gp" \
    -a -s "$t/worst/sweep-ssh_max_ms.gp"
check the_first_is_not test ! -e "$t/worst/sweep-frozen_s.gp" \
    -a ! -e "$t/worst/sweep-console_max_ms.gp"
check the_picture_has_its_freezes grep -q 'ssh_frozen_s: at most 4 s, by a' \
    "$t/worst/sweep-ssh_frozen_s.gp"
check the_page_has_each_once test "$(grep -c '<h2>ssh_frozen_s: ' \
    "$t/worst/sweep.html")" = 1
# Nobody was frozen: who was latest.
sed -e '/^#/!s/,4,0,1,/,0,0,1,/' "$t/worst.csv" >"$t/late.csv"
"$PCBSIM" plot -o "$t/late" "$t/late.csv" >"$t/out" 2>"$t/err"
check else_the_latest test -s "$t/late/sweep-ssh_max_ms.gp"
# A sweep of before there were observers.
sed -e 's/,ssh_frozen_s,screen_frozen_s,/,a,b,/' "$t/worst.csv" >"$t/old.csv"
"$PCBSIM" plot -o "$t/old" "$t/old.csv" >"$t/out" 2>"$t/err"
check without_observers_the_first test -s "$t/old/sweep-frozen_s.gp" \
    -a -s "$t/old/sweep-console_max_ms.gp"
# Of many variants a title names those that freeze, as far as it has room.
{
	cat "$t/two.csv"
	for v in c d e f; do
		sed -n "s/^\(.*\),a,\(.*\)$/\1,$v,\2/p" "$t/two.csv"
	done
} >"$t/many.csv"
"$PCBSIM" plot --metric=frozen_s -o "$t/many" "$t/many.csv" >"$t/out" \
    2>"$t/err"
named='a freezes, or worse, in 1 of 2 cells, c in 1 of 2, d in 1 of 2'
check title_of_many grep -q "$named, 2 more in some; 1 of 6 variants never" \
    "$t/many/sweep.html"
check title_says_where_most grep -q \
    'frozen_s: at most 10 s, by a at host.cpus = 8, rate of w = 5; 0 by b' "$t/p4/sweep-frozen_s.gp"
# From freezes to stalls with more CPUs: the picture says so, and why, if it can.
check not_monotonic_is_said grep -q \
    'Better with more, in 1 place. Most, a, host.cpus = 2' \
    "$t/p4/sweep-verdict.gp"
check why_needs_a_column grep -q 'probes_mean' \
    "$t/p4/sweep-verdict.gp"
sed -e 's/,verdict$/,probes_mean,verdict/' -e '/^#/!s/,\([a-z-]*\)$/,77,\1/' \
    -e 's/,77,verdict/,verdict/' "$t/two.csv" >"$t/why.csv"
"$PCBSIM" plot --metric=frozen_s -o "$t/p5" "$t/why.csv" >"$t/out" 2>"$t/err"
check why_is_said grep -q 'looks at 77' \
    "$t/p5/sweep.html"
# The page: variants by parameter, verdicts with who froze, means, no request.
page_of_two() {
	grep -q 'a freezes, or worse, in 1 of 2 cells, b in 0 of 1' "$1" &&
	    grep -q '<td class="n bad">freezes: ssh</td>' "$1" &&
	    grep -q '<h2>frozen_s: at most 10 s, by a at host.cpus = 8' "$1" &&
	    grep -q 'Better with more' "$1" && ! grep -q 'https*://' "$1"
}
check page_of_two_parameters page_of_two "$t/p4/sweep.html"
page_of_one() {
	grep -q 'a freezes, or worse, in 1 of 2 cells' "$1" &&
	    grep -q '<td class="n">2 <span class="dim">± 2.48414</span>' "$1" &&
	    grep -q 'data-name="a" data-variant="a" data-xs="2 8" data-ys="2 10"' \
	    "$1"
}
check page_of_one_parameter page_of_one "$t/plots/sweep.html"
# Panels of many variants are beside one another, and none covers another.
disjoint() {
	awk '
	/set [lrtb]margin at screen/ {
		side = substr($2, 1, 1)
		if (side == "l") n++
		at[n, side] = $5
	}
	END {
		for (i = 1; i <= n; i++) {
			beside += at[i, "t"] == at[1, "t"]
			for (j = 1; j < i; j++)
				if (at[i, "l"] < at[j, "r"] &&
				    at[j, "l"] < at[i, "r"] &&
				    at[i, "b"] < at[j, "t"] &&
				    at[j, "b"] < at[i, "t"])
					exit bad = 1
		}
		exit bad || n != 6 || beside < 3
	}' "$1"
}
check panels_are_beside_one_another disjoint "$t/many/sweep-verdict.gp"
sed 's/set lmargin at screen .*/set lmargin at screen 0.1/' \
    "$t/many/sweep-verdict.gp" >"$t/planted.gp"
covered() { ! disjoint "$1"; }
check covered_panels_are_seen covered "$t/planted.gp"
# Names for people: what is swept, with its unit, and which stack a variant is.
sed -e 's/workload:w.rate,/workload:w.rate_per_s,/' \
    -e 's/^\(.*,variant\),/\1,stack,/' -e 's/^\([28],5,[ab]\),/\1,freebsd-12.0,/' \
    "$t/two.csv" >"$t/names.csv"
"$PCBSIM" plot --metric=frozen_s -o "$t/names" "$t/names.csv" >"$t/out" \
    2>"$t/err"
check axes_have_names grep -q \
    "label 'across: host.cpus; upwards: rate of w (per s)'" \
    "$t/names/sweep-verdict.gp"
check variants_have_their_stack grep -q "label 'b (freebsd-12.0)'" \
    "$t/names/sweep-verdict.gp"
check measures_are_explained grep -q \
    'time in which the first observer missed its deadline, s; less is better' \
    "$t/names/sweep-frozen_s.gp"
# A long value has the room that it takes.
sed 's/,5,\([ab]\),/,constant(1h) and a name of forty letters or more,\1,/' \
    "$t/two.csv" >"$t/long.csv"
"$PCBSIM" plot --metric=frozen_s -o "$t/p6" "$t/long.csv" >"$t/out" 2>"$t/err"
check long_labels_have_room awk '/set lmargin at screen/ { m = $5 }
    END { exit !(m * 1000 > 44 * 9) }' "$t/p6/sweep-verdict.gp"
check heat_has_the_mean grep -q "set label '10' at 1,0 " \
    "$t/p2/sweep-frozen_s.gp"

refuse no_such_column 4 "$PCBSIM" plot --metric=frozen "$t/one.csv" \
    2>"$t/err"
check names_what_there_is grep -q frozen_s "$t/err"
sed 's/^host.cpus,/a,b,c,/; s/^\([28]\),/\1,1,1,/' "$t/one.csv" >"$t/three.csv"
refuse three_parameters 4 "$PCBSIM" plot "$t/three.csv" 2>"$t/err"
check says_how_many grep -q '3 parameters are swept' "$t/err"
grep -v swept "$t/one.csv" >"$t/none.csv"
refuse no_sweep 4 "$PCBSIM" plot "$t/none.csv" 2>"$t/err"
check says_what_it_wants grep -q 'sweep merge' "$t/err"
# Two parameters and no run: panels were divided by none of them.
for n in one two; do
	grep -B99 '^host.cpus' "$t/$n.csv" >"$t/empty-$n.csv"
	refuse "no_run/$n" 4 "$PCBSIM" plot -o "$t/e" "$t/empty-$n.csv" \
	    2>"$t/err"
	check "no_run_is_said/$n" grep -q 'has no run' "$t/err"
done

# The same run twice is no second one.
cat "$t/one.csv" "$t/one.csv" >"$t/again.csv"
refuse "a_run_twice" 4 "$PCBSIM" plot --metric=frozen_s "$t/again.csv" \
    2>"$t/err"
check "a_run_twice/is_told" grep -q 'again.csv:[0-9]*: is a second row of ' \
    "$t/err"

# Two into one place: the second would take the first one's pictures.
mkdir -p "$t/apart"
cp "$t/two.csv" "$t/apart/two.csv"
ln -s . "$t/apart/same"
into_one() {	# into_one NAME ARGUMENT...
	name=$1
	shift
	rm -rf "$t/plots" "$t/apart/plots" "$t/mine"
	refuse "into_one/$name" 2 "$PCBSIM" plot "$@" 2>"$t/err"
	check "into_one/$name/is_told" grep -q 'would both be drawn into' \
	    "$t/err"
	check "into_one/$name/draws_nothing" test ! -e "$t/plots" -a \
	    ! -e "$t/apart/plots" -a ! -e "$t/mine"
}
into_one beside "$t/one.csv" "$t/two.csv"
into_one twice "$t/one.csv" "$t/one.csv"
into_one out -o "$t/mine" "$t/one.csv" "$t/apart/two.csv"
into_one link "$t/apart/two.csv" "$t/apart/same/two.csv"
refuse "named_once" 4 "$PCBSIM" plot --metric=ok "$t/one.csv" 2>"$t/err"
check "named_once/is" sh -c '! grep -q "one.csv.*one.csv" "$1"' sh "$t/err"
if command -v gnuplot >/dev/null 2>&1; then
	check "into_two" "$PCBSIM" plot --metric=frozen_s "$t/one.csv" \
	    "$t/apart/two.csv"
	check "into_two/both" test -e "$t/plots/sweep.html" -a \
	    -e "$t/apart/plots/sweep.html"
fi

tap_done
