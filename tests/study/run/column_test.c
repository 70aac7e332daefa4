/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Columns of the files of a result: each file's head is what a reader was
 * promised, and no column is told twice, or without a word.
 */

#include <string.h>

#include <glib.h>

#include "study/run/column.h"

static void
assert_head(const char *file, const char *want)
{
	g_autofree char *head = column_head(file);

	g_assert_cmpstr(head, ==, want);
}

static void
test_heads(void)
{

	assert_head("timeline.csv", "variant,replication,time_s,pcbs,"
	    "ports_busy,ports_free_any,tuples_free,connects_ok,"
	    "connects_failed,hash_hold_frac,hash_waiters_max,spin_cpus_mean,"
	    "stall_max_us,console_lag_max_ms,timewaits,timewaits_over");
	assert_head("stalls.csv", "variant,replication,start_s,length_us,"
	    "lock,holder,doing,iterations,visits,waiters,observer,share,"
	    "chain");
	assert_head("latency.csv", "variant,replication,what,value_us,"
	    "percentile,count,cumulative");
	assert_head("connects.csv", "variant,replication,time_s,cause,"
	    "latency_us,count,failed");
	assert_head("addresses.csv", "variant,replication,time_s,laddr,"
	    "laddrs,ports_busy");
	assert_head("locks.csv", "variant,replication,lock,class,operation,"
	    "function,mode,acquisitions,contested,wait_total_us,wait_max_us,"
	    "holds,hold_total_us,hold_max_us,spins,spin_total_us,spin_max_us,"
	    "blocks,block_total_us,block_max_us");
	assert_head("moves.csv", "variant,replication,setting,from,to,wanted,"
	    "failed,waiting,late_max_ms,verdict,untried");
	assert_head("ports.csv", "variant,replication,port,ports,closed,uses,"
	    "uses_max");
	assert_head("searches.csv", "variant,replication,held_from,searches,"
	    "failed,probes_mean,probes_max,visits_mean,search_us,"
	    "search_max_us");
}

static void
test_each_is_told_once(void)
{
	const struct column *c, *d;

	for (c = column_table; c->name != NULL; c++) {
		g_assert_cmpuint(strlen(c->doc), >, 3);
		/* A unit is the end of the name, and the other way round. */
		if (*c->unit != '\0')
			g_assert_true(g_str_has_suffix(c->name, c->unit));
		else
			g_assert_false(g_str_has_suffix(c->name, "_us") ||
			    g_str_has_suffix(c->name, "_ms") ||
			    g_str_has_suffix(c->name, "_s"));
		for (d = c + 1; d->name != NULL; d++)
			g_assert_false(strcmp(c->file, d->file) == 0 &&
			    strcmp(c->name, d->name) == 0);
	}
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/column/heads", test_heads);
	g_test_add_func("/column/each_is_told_once", test_each_is_told_once);
	return (g_test_run());
}
