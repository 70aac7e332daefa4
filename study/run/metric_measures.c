/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The metrics of port choice, which a run has with scenario.measures = 1; see
 * metric.h, and models/measures/ for what each is.
 */

#include "study/run/metric.h"
#include "study/run/metric_rows.h"

/* Of a histogram: 0 of 1 is its least. */
#define	QH(n, u, s, field, p, q, d)					\
	{ .name = n, .unit = u, .doc = d, .kind = METRIC_TIME,		\
	    .better = METRIC_HIGHER, .unit_ps = s,			\
	    .from = FROM_QUANTILE,					\
	    .offset = offsetof(struct run_result, measures.field),	\
	    .num = p, .den = q }
#define	QC(n, field, p, q, d)						\
	{ .name = n, .unit = "", .doc = d, .kind = METRIC_COUNT,	\
	    .better = METRIC_HIGHER, .unit_ps = 1,			\
	    .from = FROM_QUANTILE,					\
	    .offset = offsetof(struct run_result, measures.field),	\
	    .num = p, .den = q }

#define	METRIC_OF	run_result
const struct metric metric_measures_table[] = {
	OF("visits_mean", DOUBLE, "", LOWER, 0, DOUBLE, measures.visits_mean,
	    "list nodes visited in a search for a port, mean"),
	OF("search_us", DOUBLE, "us", LOWER, 0, DOUBLE, measures.search_us,
	    "time that a search for a port computes, mean"),
	OF("search_max_us", TIME, "us", LOWER, SIM_US, TIME,
	    measures.search_max,
	    "time that a search for a port computes, most"),
	OF("port_evenness", DOUBLE, "", HIGHER, 0, DOUBLE, measures.evenness,
	    "entropy of the uses of ports over the most there can be: 1 if "
	    "all are used alike"),
	OF("port_spread", DOUBLE, "", LOWER, 0, DOUBLE, measures.spread,
	    "variance of the uses of ports over that of a fair die: 1 by "
	    "chance, 0 in turns, more if some are preferred"),
	OF("port_peak", DOUBLE, "", LOWER, 0, DOUBLE, measures.peak,
	    "uses of the port used most over the mean"),
	OF("port_reached_frac", DOUBLE, "", HIGHER, 0, DOUBLE,
	    measures.reached,
	    "share of the ports of the range that was used"),
	OF("behind_closed", DOUBLE, "", LOWER, 0, DOUBLE,
	    measures.behind_closed,
	    "uses of the two ports behind reserved ones or the listener's, "
	    "over their fair share"),
	OF("behind_taken", DOUBLE, "", LOWER, 0, DOUBLE, measures.behind_taken,
	    "choices of a port that has a taken one one or two before it, "
	    "over the fair share"),
	OF("tuples_held_frac", DOUBLE, "", HIGHER, 0, DOUBLE,
	    measures.held_max,
	    "tuples of an address and destination that were taken at once, "
	    "of those there are, most"),
	QH("tuple_reuse_min_s", "s", SIM_S, tuple_time, 0, 1,
	    "from the end of a connection until a 4-tuple comes back: least"),
	QH("tuple_reuse_p1_s", "s", SIM_S, tuple_time, 1, 100,
	    "from the end of a connection until a 4-tuple comes back: 1 of "
	    "100 is not more"),
	QH("tuple_reuse_p50_s", "s", SIM_S, tuple_time, 1, 2,
	    "from the end of a connection until a 4-tuple comes back: "
	    "median"),
	QC("tuple_reuse_min", tuple_conns, 0, 1,
	    "connections opened from the end of one until a 4-tuple comes "
	    "back: least"),
	QC("tuple_reuse_p1", tuple_conns, 1, 100,
	    "connections opened from the end of one until a 4-tuple comes "
	    "back: 1 of 100 is not more"),
	QC("tuple_reuse_p50", tuple_conns, 1, 2,
	    "connections opened from the end of one until a 4-tuple comes "
	    "back: median"),
	QH("port_reuse_min_s", "s", SIM_S, port_time, 0, 1,
	    "from the end of a connection until a port comes back: least"),
	QH("port_reuse_p1_s", "s", SIM_S, port_time, 1, 100,
	    "from the end of a connection until a port comes back: 1 of 100 "
	    "is not more"),
	QH("port_reuse_p50_s", "s", SIM_S, port_time, 1, 2,
	    "from the end of a connection until a port comes back: median"),
	QC("port_reuse_min", port_conns, 0, 1,
	    "connections opened from the end of one until a port comes "
	    "back: least"),
	QC("port_reuse_p1", port_conns, 1, 100,
	    "connections opened from the end of one until a port comes "
	    "back: 1 of 100 is not more"),
	QC("port_reuse_p50", port_conns, 1, 2,
	    "connections opened from the end of one until a port comes "
	    "back: median"),
	OF("tuples_watched_frac", DOUBLE, "", NEUTRAL, 0, DOUBLE,
	    measures.tuples_watched,
	    "share of the tuples whose reuse was watched"),
	OF("next_port_bits", DOUBLE, "bits", HIGHER, 0, DOUBLE, measures.bits,
	    "entropy of the next port at a destination for who knows the "
	    "last one, and how steps are distributed"),
	OF("next_within_1", DOUBLE, "", LOWER, 0, DOUBLE, measures.within_1,
	    "share of next ports at a destination that lie within 1 of the "
	    "last"),
	OF("next_within_16", DOUBLE, "", LOWER, 0, DOUBLE, measures.within_16,
	    "share of next ports at a destination that lie within 16 of the "
	    "last"),
	OF("next_within_256", DOUBLE, "", LOWER, 0, DOUBLE,
	    measures.within_256,
	    "share of next ports at a destination that lie within 256 of "
	    "the last"),
	OF("rate_leak", DOUBLE, "", LOWER, 0, DOUBLE, measures.leak,
	    "what the step between two ports at a destination tells of the "
	    "number of connections that the machine opened between: mutual "
	    "information over that number's entropy, by powers of two"),
	OF("rate_r2", DOUBLE, "", LOWER, 0, DOUBLE, measures.r2,
	    "what the step between two ports at a destination tells of the "
	    "number of connections that the machine opened between, by a "
	    "straight line: r^2, corrected"),
	OF("next_port_steps", COUNT, "", NEUTRAL, 0, U64, measures.steps,
	    "steps from port to port that were seen at destinations"),
	OF("dest_fairness", DOUBLE, "", HIGHER, 0, DOUBLE,
	    measures.dest_fairness,
	    "Jain's index of the shares of attempts that succeed, over "
	    "destinations: 1 if all get alike"),
	OF("addr_fairness", DOUBLE, "", NEUTRAL, 0, DOUBLE,
	    measures.addr_fairness,
	    "Jain's index of the connections of each local address: 1 if "
	    "all have alike, 1 / n if one has all"),
	OF("fail_probes_mean", DOUBLE, "", LOWER, 0, DOUBLE,
	    measures.fail_candidates,
	    "candidate ports looked at in a search that finds none, mean"),
	OF("fail_search_us", DOUBLE, "us", LOWER, 0, DOUBLE, measures.fail_us,
	    "time that a search computes that finds none, mean"),
	OF("fail_search_max_us", TIME, "us", LOWER, SIM_US, TIME,
	    measures.fail_max,
	    "time that a search computes that finds none, most"),
	OF("fail_errno", TEXT, "", NEUTRAL, 0, TEXT, measures.fail_errno,
	    "errors of searches that find no port, joined by +"),
	OF("fail_false_frac", DOUBLE, "", LOWER, 0, DOUBLE,
	    measures.fail_false,
	    "share of failures while a tuple was free, of the first 4096"),
	OF("fail_held_frac", DOUBLE, "", HIGHER, 0, DOUBLE, measures.fail_held,
	    "tuples of the address and destination that were taken at the "
	    "first failure, of those there are"),
	OF("outage_max_s", TIME, "s", LOWER, SIM_S, TIME, measures.outage_max,
	    "longest time in which a workload got no connection, from its "
	    "first failure to its next success"),
	OF("allocator_bytes", COUNT, "", LOWER, 0, U64, measures.bytes,
	    "memory that choosing ports takes, beside the tables"),
	{ .name = NULL }
};
