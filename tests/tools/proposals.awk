# The bench of allocators: from `pcbsim sweep merge' to
#
#	means	case,variant,measure,mean,ci95,n
#	versus	variant,measure,case,than,mean,than_mean,differs,ci999,verdict
#
# What there was nothing to take of is as good as can be where that says that
# nothing happened (no failure, nothing came back), and left out elsewhere; so
# is what connections did where none was opened.
# `versus' pairs replications, which have the same arrivals, with those of the
# variant `than'; better or worse is what a 99.9 % interval says, since there
# are some 280 comparisons of each, and one in a thousand of the value is no
# difference.
#
#	awk -v means=FILE -v versus=FILE -v than=VARIANT -f proposals.awk CSV
# Quantiles of Student's t with n - 1 degrees of freedom, n from 2 to 10.
function ci(sum, squares, n, quantiles,    v, t) {
	if (n < 2) return 0
	split(quantiles, t, " ")
	v = (squares - sum * sum / n) / (n - 1)
	return t[n > 10 ? 9 : n - 1] * sqrt((v > 0 ? v : 0) / n)
}
function abs(x) { return x < 0 ? -x : x }
BEGIN {
	FS = OFS = ","
	t95 = "12.71 4.303 3.182 2.776 2.571 2.447 2.365 2.306 2.262"
	t999 = "636.6 31.60 12.92 8.610 6.869 5.959 5.408 5.041 4.781"
	# measure, which is better, what none is
	nm = split("failed:less probes_mean:less visits_mean:less " \
	    "search_us:less search_max_us:less hold_max_us:less " \
	    "stall_max_us:less port_spread:less behind_closed:less " \
	    "behind_taken:less port_reached_frac:- tuples_held_frac:- " \
	    "tuple_reuse_min_s:more:1e6 tuple_reuse_p1_s:more:1e6 " \
	    "port_reuse_p1_s:more:1e6 next_port_bits:more " \
	    "next_within_16:less rate_leak:less dest_fairness:more " \
	    "addr_fairness:- fail_probes_mean:less:0 fail_search_us:less:0 " \
	    "fail_false_frac:less:0 fail_held_frac:- outage_max_s:less " \
	    "allocator_bytes:less", list, " ")
	for (i = 1; i <= nm; i++) {
		split(list[i], p, ":")
		name[i] = p[1]; want[i] = p[2]; none[i] = p[3]
		p[3] = ""
	}
}
/^#/ { next }
!head {
	for (i = 1; i <= NF; i++) col[$i] = i
	head = 1
	next
}
{
	c = $col["workload:proxy.start"]; v = $col["variant"]
	r = $col["replication"]
	if (!(c in seen_c)) { seen_c[c] = 1; cases[++nc] = c }
	if (!(v in seen_v)) { seen_v[v] = 1; variants[++nv] = v }
	for (i = 1; i <= nm; i++) {
		# Of connections: where there were none there is no merit.
		if ($col["ok"] == 0 && name[i] ~ /^(port|tuple|behind|next|rate)/)
			continue
		x = $col[name[i]]
		if (x == "") x = none[i]
		if (x == "") continue
		k = c SUBSEP v SUBSEP i
		value[k, r] = x; n[k]++; sum[k] += x; sq[k] += x * x
	}
	if (r > reps) reps = r
}
END {
	print "case,variant,measure,mean,ci95,n" >means
	for (a = 1; a <= nc; a++) for (b = 1; b <= nv; b++)
		for (i = 1; i <= nm; i++) {
			k = cases[a] SUBSEP variants[b] SUBSEP i
			if (!n[k]) continue
			printf "%s,%s,%s,%.5g,%.2g,%d\n", cases[a],
			    variants[b], name[i], sum[k] / n[k],
			    ci(sum[k], sq[k], n[k], t95), n[k] >means
		}
	print "variant,measure,case,than,mean,than_mean,differs,ci999,verdict" \
	    >versus
	for (b = 1; b <= nv; b++) {
		if (variants[b] == than) continue
		for (i = 1; i <= nm; i++) {
			if (want[i] == "-") continue
			for (a = 1; a <= nc; a++) {
				k = cases[a] SUBSEP variants[b] SUBSEP i
				o = cases[a] SUBSEP than SUBSEP i
				m = s = q = 0
				for (r = 1; r <= reps; r++) {
					if (!((k, r) in value) ||
					    !((o, r) in value)) continue
					d = value[k, r] - value[o, r]
					m++; s += d; q += d * d
				}
				if (m == 0) continue
				h = ci(s, q, m, t999); d = s / m
				big = abs(sum[o] / n[o])
				if (abs(sum[k] / n[k]) > big)
					big = abs(sum[k] / n[k])
				verdict = "tie"
				if (abs(d) > h && abs(d) > big / 1000)
					verdict = (d < 0) == \
					    (want[i] == "less") ? \
					    "better" : "worse"
				printf "%s,%s,%s,%s,%.5g,%.5g,%.4g,%.2g,%s\n",
				    variants[b], name[i], cases[a], than,
				    sum[k] / n[k], sum[o] / n[o], d, h,
				    verdict >versus
			}
		}
	}
}
