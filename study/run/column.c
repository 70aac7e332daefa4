/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Columns of the files of a result; see column.h.
 */

#include <string.h>

#include <glib.h>

#include "study/run/column.h"

/* Of each row of each file. */
#define	COLUMN_ALL	"all files"

const struct column column_table[] = {
	{ COLUMN_ALL, "variant", "", "[variant:NAME] of the scenario" },
	{ COLUMN_ALL, "replication", "", "from 1; each has random numbers of "
	    "its own, the same for all variants" },

	{ "timeline.csv", "time_s", "s", "simulated time: the interval's end" },
	{ "timeline.csv", "pcbs", "", "pcbs there are, those in TIME_WAIT and "
	    "listeners, too" },
	{ "timeline.csv", "ports_busy", "", "ports of the range that any pcb "
	    "has, of whatever address" },
	{ "timeline.csv", "ports_free_any", "", "ports that an unbound "
	    "connect() of 12.0 could have: no pcb of any address has them" },
	{ "timeline.csv", "tuples_free", "", "ports that are free for the "
	    "first local address towards the destination that has fewest" },
	{ "timeline.csv", "connects_ok", "", "attempts in the interval that "
	    "got a connection" },
	{ "timeline.csv", "connects_failed", "", "attempts in the interval "
	    "that failed" },
	{ "timeline.csv", "hash_hold_frac", "", "share of the interval in "
	    "which the lock over searches was held; 0 to 1" },
	{ "timeline.csv", "hash_waiters_max", "", "who waited for it, most at "
	    "a time" },
	{ "timeline.csv", "spin_cpus_mean", "", "CPUs that spun for locks, "
	    "mean over the interval" },
	{ "timeline.csv", "stall_max_us", "us", "longest part of one hold, of "
	    "any lock, in which somebody waited" },
	{ "timeline.csv", "console_lag_max_ms", "ms", "of the first observer "
	    "as OBSERVER_lag_ms" },
	{ "timeline.csv", "timewaits", "", "connections in TIME_WAIT whose "
	    "time is not over" },
	{ "timeline.csv", "timewaits_over", "", "connections whose TIME_WAIT "
	    "is over and whose pcbs are there still" },
	{ "timeline.csv", COLUMN_OBSERVER "lag_ms", "ms", "how late the latest "
	    "of the observer's ticks in the interval was" },

	{ "stalls.csv", "start_s", "s", "when somebody began to wait; of an "
	    "observer, when its longest wait began" },
	{ "stalls.csv", "length_us", "us", "for how long" },
	{ "stalls.csv", "lock", "", "for which lock" },
	{ "stalls.csv", "holder", "", "who had it" },
	{ "stalls.csv", "doing", "", "what for: an operation" },
	{ "stalls.csv", "iterations", "", "ports that its search tried under "
	    "this hold" },
	{ "stalls.csv", "visits", "", "list nodes that its search looked at "
	    "under this hold" },
	{ "stalls.csv", "waiters", "", "who waited, most at a time" },
	{ "stalls.csv", "observer", "", "whose longest wait this is; empty: it "
	    "is a hold above scenario.stall-threshold" },
	{ "stalls.csv", "share", "", "of that wait, in which it was as chain "
	    "says; 0 to 1" },
	{ "stalls.csv", "chain", "", "who waited for whom, from who was to "
	    "serve the observer to who kept all of them" },

	{ "latency.csv", "what", "", "of what: connect, connect:WORKLOAD, "
	    "hash_hold, hash_wait, console, lag:OBSERVER" },
	{ "latency.csv", "value_us", "us", "upper end of a class; of the last, "
	    "the greatest value" },
	{ "latency.csv", "percentile", "", "share of values that are not above "
	    "it, 0 to 1, rounded down" },
	{ "latency.csv", "count", "", "values of the class" },
	{ "latency.csv", "cumulative", "", "values of the class and of those "
	    "below" },

	{ "connects.csv", "time_s", "s", "simulated time: the interval's end" },
	{ "connects.csv", "cause", "", "what most of the latency went to: "
	    "thread (none of the program was free), cpu (its thread had none, "
	    "or was being woken), lock, search, work" },
	{ "connects.csv", "latency_us", "us", "at most: the upper end of one "
	    "of four classes an octave" },
	{ "connects.csv", "count", "", "connects decided in the interval, of "
	    "that cause and latency" },
	{ "connects.csv", "failed", "", "those of them that failed" },

	{ "addresses.csv", "time_s", "s", "simulated time" },
	{ "addresses.csv", "laddr", "", "local address, or the first of "
	    "several that follow one another" },
	{ "addresses.csv", "laddrs", "", "how many" },
	{ "addresses.csv", "ports_busy", "", "ports of the range in use on "
	    "them, added up" },

	{ "locks.csv", "lock", "", "all locks of that name: pcbsim list "
	    "kernel-locks" },
	{ "locks.csv", "class", "", "of the lock: pcbsim list locks" },
	{ "locks.csv", "operation", "", "who took it: an operation" },
	{ "locks.csv", "function", "", "of the kernel, which takes it there" },
	{ "locks.csv", "mode", "", "shared or exclusive" },
	{ "locks.csv", "acquisitions", "", "how often it was taken" },
	{ "locks.csv", "contested", "", "how often it had to be waited for" },
	{ "locks.csv", "wait_total_us", "us", "waited for, in all" },
	{ "locks.csv", "wait_max_us", "us", "longest wait" },
	{ "locks.csv", "holds", "", "how often it was held exclusively" },
	{ "locks.csv", "hold_total_us", "us", "held exclusively, in all" },
	{ "locks.csv", "hold_max_us", "us", "longest exclusive hold" },
	{ "locks.csv", "spins", "", "waits, or parts of one, in which a CPU "
	    "spun" },
	{ "locks.csv", "spin_total_us", "us", "spun for, in all, by the "
	    "clock" },
	{ "locks.csv", "spin_max_us", "us", "longest spin" },
	{ "locks.csv", "blocks", "", "waits, or parts of one, asleep" },
	{ "locks.csv", "block_total_us", "us", "slept on, in all" },
	{ "locks.csv", "block_max_us", "us", "longest sleep" },

	{ "moves.csv", "setting", "", "what was changed; empty: the scenario "
	    "as it is" },
	{ "moves.csv", "from", "", "its value in the scenario" },
	{ "moves.csv", "to", "", "its value in this run" },
	{ "moves.csv", "wanted", "", "connections due" },
	{ "moves.csv", "failed", "", "connections that got an error and were "
	    "never opened" },
	{ "moves.csv", "waiting", "", "connections without an answer at the "
	    "end" },
	{ "moves.csv", "late_max_ms", "ms", "longest lateness of any "
	    "observer" },
	{ "moves.csv", "verdict", "", "of the run: pcbsim list verdicts" },
	{ "moves.csv", "untried", "", "why it could not be run" },

	{ "ports.csv", "port", "", "a port, or the first of several that "
	    "follow one another" },
	{ "ports.csv", "ports", "", "how many" },
	{ "ports.csv", "closed", "", "ports beside them that are reserved or "
	    "the listener's" },
	{ "ports.csv", "uses", "", "how often they were chosen, added up" },
	{ "ports.csv", "uses_max", "", "how often the one was that was chosen "
	    "most" },

	{ "searches.csv", "held_from", "", "searches that found this share of "
	    "tuples taken, or more, up to that of the next row; 0 to 1" },
	{ "searches.csv", "searches", "", "how many" },
	{ "searches.csv", "failed", "", "how many of them found none" },
	{ "searches.csv", "probes_mean", "", "ports tried, mean" },
	{ "searches.csv", "probes_max", "", "ports tried, most" },
	{ "searches.csv", "visits_mean", "", "list nodes looked at, mean" },
	{ "searches.csv", "search_us", "us", "time of one, mean" },
	{ "searches.csv", "search_max_us", "us", "time of the longest" },
	{ .name = NULL }
};

char *
column_head(const char *file)
{
	const struct column *c;
	GString *head;

	head = g_string_new(NULL);
	for (c = column_table; c->name != NULL; c++) {
		if ((strcmp(c->file, file) != 0 &&
		    strcmp(c->file, COLUMN_ALL) != 0) ||
		    g_str_has_prefix(c->name, COLUMN_OBSERVER))
			continue;
		g_string_append_printf(head, "%s%s", head->len > 0 ? "," : "",
		    c->name);
	}
	return (g_string_free(head, FALSE));
}
