# bench.awk tests/bench/reference.csv ROWS: rows of benchmarks (tests/bench/bench.h)
# -> lines of results/bench.csv, and on standard error a line for the eye.
#
# What is held is the median of the ratios to the yardstick.  The target of a ratio
# is the absolute one over what the yardstick was where that one was set
# (reference.csv), unless the row says another.  A row without either is held by
# its value; one without a target is there to be compared with.
BEGIN { FS = "\t" }
FILENAME ~ /reference\.csv$/ {
	split($0, part, ",")
	reference[part[1]] = part[3]
	next
}

function less(a, b) { return a + 0 < b + 0 }

# Of v[1..n]: sorts; sets least, middle, most.
function spread(v, n,   i, j, x) {
	for (i = 2; i <= n; i++) {
		x = v[i]
		for (j = i - 1; j > 0 && less(x, v[j]); j--)
			v[j + 1] = v[j]
		v[j + 1] = x
	}
	least = n ? v[1] : ""
	middle = n ? v[int((n + 1) / 2)] : ""
	most = n ? v[n] : ""
}

function four(x) { return x == "" ? "" : sprintf("%.4g", x) }
function given(x) { return x == "-" ? "" : x }
function met(x, target) {
	if (x == "" || target == "")
		return ""
	return (sense == "most" ? x <= target : x >= target) ? "yes" : "no"
}

{
	work = $1
	gsub(",", "", work)	# it is a field of a line with commas
	unit = $2; sense = $3
	target = given($4); yard_name = given($5); yard_unit = given($6)
	bound = given($7)
	if (bound == "" && target != "" && reference[work] > 0)
		bound = target / reference[work]
	rival = given($8); rival_value = given($9)
	rival_from = rival_value == "" ? "" : "recorded"
	n = split($10, sample, " ")
	nv = ny = nr = nk = 0
	for (i = 1; i <= n; i++) {
		split(sample[i], part, ":")
		if (part[1] == "")
			continue
		v[++nv] = part[1]
		if (part[2] + 0 > 0) {
			y[++ny] = part[2]
			r[++nr] = part[1] / part[2]
		}
		if (part[3] + 0 > 0)
			k[++nk] = part[3]
	}
	spread(v, nv); value = middle; low = least; high = most
	spread(y, ny); yard = middle
	spread(r, nr); ratio = middle; ratio_low = least; ratio_high = most
	if (nk) {
		spread(k, nk)
		rival_value = middle
		rival_from = "run"
	}
	if (rival_value == "")
		rival = ""
	absolute = met(value, target)
	held = nv == 0 ? "failed" : bound != "" ? met(ratio, bound) : absolute
	print work "," four(value) "," unit "," target "," held "," \
	    four(low) "," four(high) "," absolute "," yard_name "," \
	    four(yard) "," yard_unit "," four(ratio) "," four(bound) "," \
	    four(ratio_low) "," four(ratio_high) "," rival "," \
	    four(rival_value) "," rival_from
	tell()
}

function tell(   s, at) {
	at = sense == "most" ? "at most" : "at least"
	if (held == "failed") {
		printf "FAILED    %s: %s\n", work, unit >"/dev/stderr"
		return
	}
	s = held == "yes" ? "held" : held == "no" ? "NOT HELD" : "-"
	printf "%-9s %s: %s %s", s, work, four(value), unit >"/dev/stderr"
	if (low != high)
		printf " (%s-%s)", four(low), four(high) >"/dev/stderr"
	if (target != "")
		printf ", aim %s%s", target, absolute == "yes" ? "" : \
		    " missed" >"/dev/stderr"
	if (ratio != "")
		printf "; %s of %s, %s %s", four(ratio), yard_name, \
		    four(yard), yard_unit >"/dev/stderr"
	if (bound != "")
		printf ", %s %s", at, four(bound) >"/dev/stderr"
	if (rival != "")
		printf "; %s %s, %s", rival, four(rival_value), \
		    rival_from == "run" ? "in this run" : rival_from \
		    >"/dev/stderr"
	printf "\n" >"/dev/stderr"
}
