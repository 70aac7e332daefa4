# A picture of the bench of allocators, and the same as text, of means.csv and
# versus.csv: what is found goes first, with its figures.
#
#	awk -v measure=M -v ... -f digits.awk -f proposals_pictures.awk \
#	    kind=pictures FILE kind=cases FILE kind=list FILE kind=ini FILE \
#	    kind=versus FILE kind=means FILE
#
# measure	a column of the means
# than		the variant that all are compared with
# gp, txt	where the script for gnuplot and the text go
# stamp		which program made the means
# pictures	measure|what|unit|scale|lowest|better|cases|remark, a line each
# cases		case|two lines of a heading|where that is, for a sentence
# list		`pcbsim list proposals'
# ini		the scenario of the bench: which stack a variant is
#
# The finding: the shown case in which a change to `than' gains most of what is
# proven; if none gains a tenth, the one in which a change loses most.

function most(a, b) { return a > b ? a : b }

# With its unit, the one that reads well.
function worded(x) {
	if (x >= never)
		return "never"
	if (unit == "us")
		return x >= 1000 ? digits(x / 1000) " ms" : digits(x) " us"
	if (unit == "s")
		return x >= 1 ? digits(x) " s" : x >= 0.001 ? \
		    digits(1000 * x) " ms" : digits(1e6 * x) " us"
	if (unit == "%")
		return digits(100 * x) " %"
	return digits(x) (unit == "" ? "" : " " unit)
}
function axis_number(x) {
	if (unit == "%")
		return 100 * x ""
	return x >= 1e6 ? x / 1e6 "M" : x >= 1e4 ? x / 1e3 "k" : \
	    x < 1e-3 && x > 0 ? sprintf("%.4f", x) : x ""
}

# "FreeBSD main + drop-lock + stride", of a variant.
function kernel(v,   base, s, t) {
	base = stack[v]
	sub(/\+.*/, "", base)
	t = v
	s = base
	gsub(/\./, "-", s)
	if (s == "freebsd-" than)
		s = than
	t = substr(t, 1, length(s)) == s ? substr(t, length(s) + 1) : ""
	sub(/^-/, "", t)
	gsub(/-/, " ", t)
	if (base == "freebsd-" than)
		base = "FreeBSD main, 2026-04"
	sub(/^freebsd-/, "FreeBSD ", base)
	sub(/^linux-/, "Linux ", base)
	sub(/-lportcache/, ", lportcache", base)
	sub(/^netbsd/, "NetBSD", base)
	sub(/^openbsd/, "OpenBSD", base)
	sub(/^rfc6056-/, "algorithm ", base)
	return base (t == "" ? "" : ", " t)
}
function changes(v,   s) {
	s = stack[v]
	if (!sub(/^[^+]*\+/, "", s))
		return ""
	gsub(/\+/, " + ", s)
	return s
}
function label(v) { return changes(v) != "" ? changes(v) : kernel(v) }
function group(v,   base) {
	if (stack[v] ~ /^rfc6056/)
		return "RFC 6056, on 12.2's tables"
	if (changes(v) == "")
		return "Kernels as they are"
	base = kernel(v)
	sub(/,.*/, "", base)
	return base " changed by"
}

kind == "pictures" {
	split($0, part, "|")
	if (part[1] != measure)
		next
	what = part[2]; unit = part[3]; scale = part[4]; low = part[5] + 0
	better = part[6]; note = part[8]
	nc = split(part[7], shown, " ")
	for (i = 1; i <= nc; i++) is_shown[shown[i]] = 1
	next
}
kind == "cases" {
	split($0, part, "|")
	head1[part[1]] = part[2]; head2[part[1]] = part[3]
	where[part[1]] = part[4]
	next
}
kind == "list" {
	name = $1
	$1 = ""
	sub(/^ +/, "")
	says[name] = $0
	next
}
kind == "ini" && /^\[variant:/ { now = $0; gsub(/^\[variant:|\]$/, "", now) }
kind == "ini" && /^stack *=/ && now != "" { stack[now] = $3 }
kind == "ini" { next }
FNR == 1 { next }
kind == "versus" {
	split($0, part, ",")
	if (part[2] == measure)
		verdict[part[1], part[3]] = part[9]
	next
}
{
	split($0, part, ",")
	if (!(part[2] in seen)) { seen[part[2]] = 1; variant[++nv] = part[2] }
	if (part[3] != measure || !(part[1] in is_shown))
		next
	mean[part[1], part[2]] = part[4] + 0
	half[part[1], part[2]] = part[5] + 0
	n_of = most(n_of, part[6] + 0)
}

# ---- what is found -------------------------------------------------------

# How much better than main: times, or as a share of what there is.
function gain(c, v,   a, b) {
	a = mean[c, than]; b = mean[c, v]
	if (scale != "log")
		return better == "less" ? (a - b) / span : (b - a) / span
	a = least(most(a, low), never); b = least(most(b, low), never)
	return better == "less" ? log(a / b) : log(b / a)
}
function is_change(v) {
	return stack[v] ~ ("^" stack[than] "\\+")
}
# Which change gains, or with sign -1 loses, most, in which case.
function search(sign,   c, i, j, g, v) {
	best = 0
	for (i = 1; i <= nc; i++) for (j = 1; j <= nv; j++) {
		c = shown[i]; v = variant[j]
		if (!is_change(v) || !((c, v) in mean))
			continue
		if (verdict[v, c] != (sign > 0 ? "better" : "worse"))
			continue
		g = sign * gain(c, v)
		if (g > best + 1e-9) {
			best = g; best_v = v; best_c = c
		}
	}
	return best
}
# Others whose mean there is within a twentieth of the best one's.
function also(   j, k, v, d) {
	for (j = k = 0; j++ < nv; ) {
		v = variant[j]
		if (v == best_v || !is_change(v) || !((best_c, v) in mean))
			continue
		d = fraction(mean[best_c, v] - mean[best_c, best_v])
		k += d <= 0.05 * fraction(mean[best_c, best_v])
	}
	return k == 0 ? "" : k == 1 ? " (as one other)" : \
	    " (as " k " others)"
}
function times(a, b,   r) {
	if (scale != "log" || unit == "%" || a == 0 || b == 0 || \
	    a >= never || b >= never)
		return ""
	r = a > b ? a / b : b / a
	return r < 1.05 ? "" : ", " (r < 10 ? sprintf("%.1f", r) : \
	    digits(sprintf("%.0f", r) + 0)) " times " (b < a ? "less" : "more")
}
# "Longest hold of a table's lock, 99 % held: 21.4 us on main, 1.1 us with X".
function finding(   a, b, s) {
	tenth = scale == "log" ? log(1.1) : 0.1
	gains = search(1) >= tenth
	if (!gains && search(-1) < tenth) {
		best_c = shown[1]; best_v = than
	}
	a = mean[best_c, than]; b = mean[best_c, best_v]
	s = what " " where[best_c] ": " worded(a) " on main"
	if (best_v == than)
		return s "; no change differs by a tenth"
	if (!gains)
		return s "; no change gains a tenth, worst is " \
		    changes(best_v) " with " worded(b) also()
	return s ", " worded(b) " with " changes(best_v) also() times(a, b)
}
# How many changes are better or worse, in the cases shown.
function counts(   b, w, i, j, k, v, isb, isw) {
	for (j = 1; j <= nv; j++) {
		v = variant[j]
		if (!is_change(v))
			continue
		k++; isb = isw = 0
		for (i = 1; i <= nc; i++) {
			isb += verdict[v, shown[i]] == "better"
			isw += verdict[v, shown[i]] == "worse"
		}
		b += isb > 0; w += isw > 0
	}
	return (best_v == than ? "" : "The title tells of where a change " (gains ? \
	    "gains" : "loses") " most. ") "Better than main in a case shown: " \
	    b + 0 " of " k " changes to it; worse: " w + 0 "."
}
# The kernels that there are, in that case.
function others(   j, v, lo, hi) {
	for (j = 1; j <= nv; j++) {
		v = variant[j]
		if (changes(v) != "" || stack[v] ~ /^rfc6056/ ||
		    !((best_c, v) in mean))
			continue
		if (lo == "" || mean[best_c, v] < mean[best_c, lo]) lo = v
		if (hi == "" || mean[best_c, v] > mean[best_c, hi]) hi = v
	}
	if (lo == hi || mean[best_c, lo] == mean[best_c, hi])
		return "All kernels are alike there."
	return "Kernels there: from " worded(mean[best_c, lo]) " (" \
	    label(lo) ") to " worded(mean[best_c, hi]) " (" label(hi) ")."
}
# What its parts are, for who does not know the names.
function explained(   p, n, i, s) {
	n = split(changes(best_v), p, " [+] ")
	for (i = 1; i <= n; i++)
		if (p[i] in says)
			s = s (s == "" ? "" : "; ") p[i] ": " says[p[i]]
	return s
}

# Into line[1..n], none longer than room.
function wrap(s, room,   n, i, k, w) {
	k = split(s, w, " ")
	n = 0
	for (i = 1; i <= k; i++)
		if (n == 0 || length(line[n]) + 1 + length(w[i]) > room)
			line[++n] = w[i]
		else
			line[n] = line[n] " " w[i]
	return n
}

# ---- the text ------------------------------------------------------------

function paragraph(s, room,   i, n) {
	n = wrap(s, room)
	for (i = 1; i <= n; i++) print line[i] >txt
}
function text_cell(c, v,   s) {
	if (!((c, v) in mean))
		return "- "
	s = mean[c, v] >= never ? "never" : digits(mean[c, v])
	return s (verdict[v, c] == "better" ? "+" : \
	    verdict[v, c] == "worse" ? "!" : " ")
}
function text(   c, g, i, j, v) {
	paragraph(found ".", 78)
	print "" >txt
	paragraph(counts() " " others(), 78)
	if (explained() != "")
		paragraph(explained() ".", 78)
	print "" >txt
	paragraph((unit == "" ? "Means" : "In " (unit == "%" ? \
	    "shares of 1" : unit) ", means") " of " n_of " replications; " \
	    better " is better. +: better than main, !: worse, proven by a" \
	    " 99.9 % interval; -: nothing to measure." \
	    (any_never ? " never: in some replication none" \
	    " came back." : "") \
	    (note == "" ? "" : " " note ".") \
	    " Their intervals: means.csv, versus.csv.", 78)
	print "" >txt
	for (i = 0; i < 2; i++) {
		printf "%-28s", "" >txt
		for (c = 1; c <= nc; c++)
			printf "%10s", short(shown[c], i) >txt
		print "" >txt
	}
	for (j = 1; j <= nv; j++) {
		v = variant[j]
		if (group(v) != g) {
			g = group(v)
			print "" >txt
			print g >txt
		}
		printf "  %-26s", label(v) >txt
		for (c = 1; c <= nc; c++)
			printf "%10s", text_cell(shown[c], v) >txt
		print (v == than ? " <" : "") >txt
	}
	print "" >txt
	paragraph("<: the baseline. " stamp, 78)
}
# A heading of at most nine letters.
function short(c, i,   s, p, n) {
	n = split(c, p, "-")
	if (n == 1)
		return i == 0 ? "" : c " "
	s = p[2]
	for (k = 3; k <= n; k++) s = s "." p[k]
	return (i == 0 ? p[1] : s) " "
}

# ---- the picture ---------------------------------------------------------

function quoted(s) {
	gsub(/'/, "''", s)
	return "'" s "'"
}
function put(s, x, y, font, how) {
	printf "set label %s at screen %.5f,%.5f font ',%s' %s\n", \
	    quoted(s), x / wide, 1 - y / high, font, how >gp
}
# What all panels have in common: least and greatest value, and the foot.
function limits(   c, j, y) {
	lo = 1e300; hi = 0
	for (c = 1; c <= nc; c++) for (j = 1; j <= nv; j++) {
		if (!((shown[c], variant[j]) in mean))
			continue
		y = mean[shown[c], variant[j]]
		if (y >= never) { any_never = 1; continue }
		if (scale == "log" && y < low) {
			any_low = 1
			any_some = any_some || y > 0
			continue
		}
		lo = least(lo, y); hi = most(hi, y)
	}
	if (scale != "log") {
		foot = 0
		top = hi <= 1 ? 1 : 4 * int((hi + 3.99) / 4)
		span = top
		return
	}
	for (foot = 1e-6; foot * 10 <= lo * 1.0001; foot *= 10) continue
	for (top = foot * 10; top < hi; top *= 10) continue
	if (any_low)
		foot = low < foot / 3 ? foot / 4 : low
}
function at(x) {	# pixels from the left of a panel
	if (scale == "log")
		return panel * log(x / from) / log(to / from)
	return panel * (x - from) / (to - from)
}
# Labels of the axis with steps of so many decades; "" if they collide.
function try(step,   s, x, e, w, right, limit, word) {
	s = ""
	right = -100
	limit = 1e9
	if (any_low) {
		word = any_some ? "<" : "0"
		s = sprintf("%s %.8g", quoted(word), foot)
		right = at(foot) + 3.4 * length(word)
	}
	if (any_never)
		limit = at(never_at) - 3.4 * 5
	for (e = -6; e <= 9; e += step) {
		x = 10 ^ e
		if (x > top * 1.01 || x < foot * 0.99 || (any_low && \
		    x < foot * 1.01))
			continue
		word = axis_number(x)
		w = 3.4 * length(word)
		if (at(x) - w < right + 4 && s ~ /^'[<0]/ && s !~ /,/)
			continue
		if (at(x) - w < right + 4)
			return ""
		if (at(x) + w > limit)
			continue
		s = s (s == "" ? "" : ", ") sprintf("%s %.8g", quoted(word), x)
		right = at(x) + w
	}
	if (any_never)
		s = s sprintf(", 'never' %.8g", never_at)
	return s
}
function ticks(   s, step) {
	if (scale != "log") {
		for (step = 0; step <= 4; step++)
			s = s (step ? ", " : "") sprintf("%s %.8g", \
			    quoted(step % 2 ? "" : axis_number(top * \
			    step / 4)), top * step / 4)
		return s
	}
	for (step = 1; step <= 6; step++)
		if ((s = try(step)) != "")
			return s
}
# A mark of a variant in a case: 0 as it should, 1 below the axis, 2 never.
function place(c, v) {
	if (mean[c, v] >= never)
		return never_at
	return scale == "log" ? most(mean[c, v], foot) : mean[c, v]
}
function state(c, v) {
	if (v == than)
		return "main"
	return verdict[v, c] == "better" ? "better" : verdict[v, c] == \
	    "worse" ? "worse" : "tie"
}
function data(   c, i, j, v, x, h) {
	for (i = 1; i <= nc; i++) {
		c = shown[i]
		printf "$c%d << EOD\n", i >gp
		for (j = 1; j <= nv; j++) {
			v = variant[j]
			if (!((c, v) in mean))
				continue
			x = place(c, v); h = half[c, v]
			if (mean[c, v] >= never)
				h = 0
			printf "%.6g %.6g %.6g %d %s %s\n", x, \
			    most(from, x - h), least(to, x + h), row[j], \
			    state(c, v), v >gp
		}
		print "EOD" >gp
	}
}
# The marks and what they mean, in a line above the panels.
function legend(y,   x) {
	x = 12
	mark("■", "#b2182b", 12); put("FreeBSD's main, the baseline (line)", \
	    28, y, 9, "left"); mark_at(16, y)
	mark("●", "#2166ac", 12); put("better than main (99.9 %)", 282, y, 9, \
	    "left"); mark_at(271, y)
	mark("○", "#707070", 12); put("no difference proven", 480, y, 9, \
	    "left"); mark_at(469, y)
	mark("◆", "#d95f02", 12); put("worse", 640, y, 9, "left")
	mark_at(629, y)
}
function mark(s, colour, font) { sign = s; ink = colour; size = font }
function mark_at(x, y) {
	put(sign, x, y, size, "center textcolor rgb '" ink "'")
}
function picture(   i, j, y, n, s, left, g, rows, foot_at, k) {
	wide = 800
	rows = 0
	for (j = 1; j <= nv; j++) {
		if (group(variant[j]) != g) {
			g = group(variant[j])
			heading[rows] = g
			rows++
		}
		row[j] = rows++
	}
	names = ""
	for (j = 1; j <= nv; j++)
		names = names (j > 1 ? ", " : "") quoted(label(variant[j])) \
		    " " row[j]
	n = wrap(found, 84)
	body = 20 + 22 * n + 3 * 19 + 66
	k = explained() == "" ? 0 : wrap(explained() ".", 118)
	body += 17 * k
	high = body + 15 * rows + 74
	side = 192
	panel = (wide - side - 8) / nc - 14
	from = scale == "log" ? foot / 2.2 : -0.05 * top
	never_at = top * 3
	to = any_never ? never_at * 2.2 : scale == "log" ? top * 1.6 : \
	    1.05 * top
	if (scale == "log" && !any_low)
		from = foot / 1.3

	printf "# %s; gnuplot 5.2 or later, with a terminal set.\n", measure >gp
	print "set encoding utf8" >gp
	data()
	print "set multiplot" >gp
	n = wrap(found, 84)
	for (i = 1; i <= n; i++)
		put(line[i], 12, 20 + 22 * (i - 1), 13, "left")
	y = 20 + 22 * n + 2
	put(counts(), 12, y, 9.5, "left")
	put(others(), 12, y + 19, 9.5, "left")
	y += 19
	k = explained() == "" ? 0 : wrap(explained() ".", 118)
	for (i = 1; i <= k; i++)
		put(line[i], 12, y + 2 + 17 * i, 9, \
		    "left textcolor rgb '#505050'")
	y += 17 * k + 24
	legend(y)
	s = "A mark: mean of " n_of " replications; bar: its 95 % interval, cut at the panel; no mark: nothing to measure."
	put(s, 12, y + 18, 9, "left")
	foot_at = high - 30
	put((better == "less" ? "← less is better" : "more is better →") \
	    ";  " (unit == "" ? "" : unit ", ") (scale == "log" ? \
	    "logarithmic, " : "") "one axis for all panels" (any_low ? \
	    (any_some ? "; <: below " axis_number(low) : \
	    "; 0 at its foot") : "") (any_never ? \
	    "; never: in some replication" : "") (note == "" ? "" : "; " note), 12, foot_at, 9.5, "left")
	put(stamp, wide - 8, high - 10, 8, "right textcolor rgb '#505050'")
	printf "set yrange [%d.5:-0.6]\n", rows - 1 >gp
	printf "set xrange [%.8g:%.8g]\n", from, to >gp
	if (scale == "log") print "set logscale x" >gp
	print "set grid xtics ytics lt 1 lc rgb '#e8e8e8'" >gp
	print "set border 1\nset tics nomirror scale 0.4\nunset key" >gp
	printf "set xtics (%s) font ',8.5'\n", ticks() >gp
	printf "set tmargin at screen %.5f\n", 1 - body / high >gp
	printf "set bmargin at screen %.5f\n", 1 - (body + 15 * rows) / high >gp
	for (j in heading)
		printf "set label %s at screen %.5f,first %s left " \
		    "font ',9.5' textcolor rgb '#000000'\n", \
		    quoted(heading[j] ":"), 8 / wide, j >gp
	for (i = 1; i <= nc; i++) {
		left = side + (i - 1) * (panel + 14)
		printf "set lmargin at screen %.5f\n", left / wide >gp
		printf "set rmargin at screen %.5f\n", (left + panel) / wide >gp
		if (i == 1)
			printf "set ytics (%s) font ',9' scale 0\n", names >gp
		else {
			print "unset label" >gp
			gsub(/'[^']*'/, "''", names)
			printf "set ytics (%s)\n", names >gp
		}
		put(head1[shown[i]], left + panel / 2, body - 32, 9.5, "center")
		put(head2[shown[i]], left + panel / 2, body - 15, 9, \
		    "center textcolor rgb '#505050'")
		base = place(shown[i], than)
		if ((shown[i], than) in mean) {
			printf "set arrow 1 from first %.8g,graph 0 to " \
			    "first %.8g,graph 1 nohead lw 1 lc rgb " \
			    "'#b2182b' back\n", base, base >gp
		} else
			print "unset arrow 1" >gp
		printf "plot $c%d using 1:4:2:3 with xerrorbars pt 0 lw 1 " \
		    "lc rgb '#909090', \\\n", i >gp
		marks(i, "tie", 6, 0.6, "#707070"); print ", \\" >gp
		marks(i, "better", 7, 0.7, "#2166ac"); print ", \\" >gp
		marks(i, "worse", 13, 0.9, "#d95f02"); print ", \\" >gp
		marks(i, "main", 5, 0.9, "#b2182b"); print "" >gp
	}
	print "unset multiplot" >gp
	print wide, high
}
function marks(i, what, pt, ps, colour) {
	printf "    $c%d using (strcol(5) eq '%s' ? $1 : NaN):4 with points " \
	    "pt %d ps %s lc rgb '%s'", i, what, pt, ps, colour >gp
}

END {
	never = 1e5
	if (unit != "s")
		never = 1e300
	limits()
	found = finding()
	text()
	picture()
}
