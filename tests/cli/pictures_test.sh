#!/bin/sh
# Pictures of one to eight variants with long names: no two texts overprint.
. tests/tools/tap.sh
. tests/tools/try.sh

if ! command -v gnuplot >/dev/null; then
	echo "1..0 # SKIP no gnuplot"
	exit 0
fi

# scenario N: few ports, so that connects fail, of two kinds of connects.
scenario() {
	sh tests/tools/small.sh "of-$1" 8s | sed '/^\[variant/,$d'
	cat <<-'INI'
	[host]
	laddrs = 192.0.2.1*3
	[kernel]
	net.inet.tcp.msl = 1s
	net.inet.ip.portrange.first = 10000
	net.inet.ip.portrange.last = 10199
	[workload:proxy]
	load = poisson
	rate = 300/s
	lifetime = exponential(2s)
	bind = laddr
	faddrs = 192.0.2.77*2
	fport = 80
	closer = remote
	INI
	for stack in freebsd-11 freebsd-12.0 freebsd-12.2 freebsd-14 \
	    freebsd-15 freebsd-16 freebsd-main-2026-04 freebsd-14+spread; do
		printf '[variant:a-rather-long-%s]\nstack = %s\n' \
		    "$(echo $stack | tr .+ --)" $stack
	done | head -n $((2 * $1))
}

# Texts of an SVG that are level, as boxes: a letter is at least half as wide
# as it is high, and stands from 0.7 of its size above the line to 0.2 below.  One that is drawn
# twice in the same place is drawn on a box.
overprints() {
	awk '
	/<g transform="translate\([0-9.,-]*\)" stroke="none"/ {
		s = substr($0, index($0, "translate(") + 10)
		split(s, at, /[,)]/)
		size = s; sub(/.*font-size="/, "", size); size += 0
		anchor = s; sub(/.*text-anchor="/, "", anchor)
		sub(/".*/, "", anchor)
	}
	/<text>/ {
		text = $0; sub(/.*<text>/, "", text)
		sub(/<\/text>.*/, "", text); gsub(/&[a-z]+;/, "x", text)
		if (size == 0 || text == "") next
		w = length(text) * size / 2
		x0 = anchor == "end" ? at[1] - w : anchor == "middle" ? \
		    at[1] - w / 2 : at[1] + 0
		key = text " " at[1] " " at[2]
		if (key in seen) next
		seen[key] = 1
		n++; t[n] = text; l[n] = x0; r[n] = x0 + w
		lo[n] = at[2] - size * 0.7; hi[n] = at[2] + size * 0.2
		size = 0
	}
	END {
		for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++)
			if (l[i] < r[j] && l[j] < r[i] && lo[i] < hi[j] &&
			    lo[j] < hi[i]) {
				print "# " t[i] " / " t[j]; bad = 1
			}
		if (n < 10) { print "# only " n " texts"; bad = 1 }
		exit bad
	}' "$1"
}

# A number and its unit are on one line of a title.
units_stay() {
	! grep -E '<text>(%|s|ms|us)( of |;)' "$1"
}

# Panels of so many variants, two boxes each: so many columns and rows of them,
# each box on the page, none upon another.
panels() {	# panels GP VARIANTS COLUMNS
	awk -v n="$2" -v columns="$3" '
	$1 == "set" && $3 == "at" && $2 ~ /^[lrtb]margin$/ {
		at[substr($2, 1, 1)] = $5
		if ($2 != "bmargin") next
		l[++k] = at["l"]; r[k] = at["r"]; hi[k] = at["t"]; lo[k] = $5
		left[at["l"]]; low[$5]
		if (l[k] < 0 || r[k] > 1 || lo[k] < 0 || hi[k] > 1 ||
		    l[k] >= r[k] || lo[k] >= hi[k]) bad = 1
		for (i = 1; i < k; i++)
			if (l[i] < r[k] && l[k] < r[i] && lo[i] < hi[k] &&
			    lo[k] < hi[i]) bad = 1
	}
	END {
		for (x in left) across++
		for (y in low) down++
		if (bad || k != 2 * n || across != columns ||
		    down != 2 * int((n + columns - 1) / columns)) {
			print "# " k " boxes, " across " by " down
			exit 1
		}
	}' "$1"
}

for n in 1 2 3 5 8; do
	scenario $n >"$t/$n.ini"
	check "drawn/$n" "$PCBSIM" run "$t/$n.ini" -q --out="$t/$n"
	for svg in "$t/$n"/plots/*.svg; do
		check "apart/$n/$(basename "$svg" .svg)" overprints "$svg"
		check "units_stay/$n/$(basename "$svg" .svg)" units_stay "$svg"
	done
	check "panels/$n" panels "$t/$n/plots/port-exhaustion.gp" $n \
	    $((1 + (n > 4)))
done
sed 's/lmargin at screen [0-9.]*/lmargin at screen 0.1/' \
    "$t/5/plots/port-exhaustion.gp" >"$t/planted.gp"
refuse "panels/planted" 1 panels "$t/planted.gp" 5 2

# What a title says is what summary.csv has: of one or two variants each, of
# more the worst and the best.
fails() {	# fails DIR VARIANT|worst|best
	grep -v '^#' "$1/summary.csv" | awk -F, -v v="$2" '
	function amount(x,   s) {
		s = x ""
		while (match(s, /[0-9][0-9][0-9][0-9](,|$)/))
			s = substr(s, 1, RSTART) "," substr(s, RSTART + 1)
		return s
	}
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	{
		bad = $at["failed"] + $at["waiting"]
		if (v == "worst" ? n == 0 || bad > most : v == "best" ? \
		    n == 0 || bad < most : $at["variant"] == v) {
			most = bad
			said = $at["variant"] ": " amount($at["failed"]) \
			    " of " amount($at["wanted"]) " connections fail"
		}
		n++
	}
	END { print said }'
}
title() {	# title DIR: the lines of the page's title as one
	sed -n "s/.*set label '\(.*\)' at screen 0.5, screen .* font ',1[0-6]' \
textcolor rgb '#000000'.*/\1/p" "$1/plots/port-exhaustion.gp" | tr '\n' ' '
}
says() { title "$1" | grep -qF "$2"; }
v=a-rather-long-freebsd
check "title/1/first" says "$t/1" "$(fails "$t/1" $v-11); attempts fail from "
check "title/2/alike" says "$t/2" "$v-11 and $(fails "$t/2" $v-12-0)"
for n in 3 5 8; do
	check "title/$n/worst" says "$t/$n" \
	    "Of $n the worst, $(fails "$t/$n" worst)"
	check "title/$n/best" says "$t/$n" "the best, $(fails "$t/$n" best)"
done
check "title/another_is_seen" not says "$t/1" "$(fails "$t/2" $v-12-0)"
sed -e "s/$v-11/eleven/" -e 's/12[.]0/12.2/' -e 's/12-0/12-2/' "$t/2.ini" \
    >"$t/named.ini"
check "title/two/drawn" "$PCBSIM" run "$t/named.ini" -q --out="$t/named"
check "title/two/one" says "$t/named" \
    "$(fails "$t/named" eleven | sed 's/:/ (freebsd-11):/')"
check "title/two/other" says "$t/named" "$(fails "$t/named" $v-12-2)"
# A name that does not say its stack has it beside it.
check "title/stack" says "$t/named" "eleven (freebsd-11): "
check "title/stack/not_twice" says "$t/named" "$v-12-2: "

# How many columns a legend has is not left to what a terminal takes a font to
# be, for its lines have to have room: 24 pixels each beyond two.
for n in 1:640 2:688 3:736 5:712 8:784; do
	check "legend/${n%:*}/one_column" grep -q 'set key .* maxcols 1 ' \
	    "$t/${n%:*}/plots/connect-latency.gp"
	check "legend/${n%:*}/room" grep -q "set terminal pngcairo size\
 1000,${n#*:} " "$t/${n%:*}/plots/connect-latency.gp"
done
check "legend/short" sh -c 'sed "s/a-rather-long-freebsd-/v/" "$1" >"$2.ini" &&
    "$3" run "$2.ini" -q --out="$2" && grep -q "set key .* maxcols 2 " \
    "$2/plots/connect-latency.gp"' - "$t/8.ini" "$t/short" "$PCBSIM"

# The test can fail: a title moved onto the line below it.
sed 's/translate(1000.00,[0-9.]*)/translate(1000.00,30.00)/' \
    "$t/8/plots/port-exhaustion.svg" >"$t/moved.svg"
check "would_be_seen" not overprints "$t/moved.svg"
# What gnuplot lets through into an SVG although XML has a meaning for it.
sh tests/tools/small.sh marked 1s |
    sed 's/^title = .*/title = of ]]> and \&#x3c; and \&#xffff;/' \
    >"$t/marked.ini"
check "marked" "$PCBSIM" run "$t/marked.ini" -q -o "$t/marked"
for svg in "$t"/marked/plots/*.svg; do
	check "marked/$(basename "$svg" .svg)" grep -q \
	    '>of ]]&gt; and &amp;#x3c; and &amp;#xffff;<' "$svg"
	refuse "marked/$(basename "$svg" .svg)/as_it_is" 1 grep -q ']]>\|&#x' \
	    "$svg"
done
# One row of the timeline, and nobody waited: gnuplot gets a point to draw.
sh tests/tools/small.sh single 1s | sed 's/^duration.*/&\ninterval = 1s/' \
    >"$t/single.ini"
check "a_single_row" "$PCBSIM" run "$t/single.ini" -q --no-plots -o "$t/single"
refuse "a_single_row/charts" 1 grep -q "No charts" "$t/single/report.txt"
tap_done
