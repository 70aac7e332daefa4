/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Locks in the layouts of other tools; see locks.h.
 */

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "sim/time.h"
#include "study/report/locks.h"
#include "study/run/lock_caller.h"
#include "study/text/csvtable.h"
#include "study/text/unit.h"

/* How often, and for how long; us. */
struct lock_sum {
	double		count, total, max;
};

/* Rows of locks.csv of a variant that are told as one. */
struct lock_row {
	const char	*lock, *class, *op;	/* borrowed from the table */
	const struct lock_caller *caller;
	bool		shared;
	double		acquisitions;
	struct lock_sum	wait, hold, spin, block;
};

static void
lock_sum_add(struct lock_sum *s, const struct csvtable *t, size_t row,
    const char *const columns[3])
{

	s->count += csvtable_value(t, row, columns[0]);
	s->total += csvtable_value(t, row, columns[1]);
	s->max = fmax(s->max, csvtable_value(t, row, columns[2]));
}

static const char *
lock_text(const struct csvtable *t, size_t row, const char *column)
{

	return (csvtable_text(t, row, csvtable_find(t, column)));
}

/*
 * The row of the same lock, function and mode, as a kernel's profile has it;
 * and of the same operation, if they are told apart.  Made if there is none.
 */
static struct lock_row *
lock_row_of(GArray *all, const struct csvtable *t, size_t row, bool by_op)
{
	struct lock_row key = { .shared = false }, *r;
	unsigned i;

	key.lock = lock_text(t, row, "lock");
	key.class = lock_text(t, row, "class");
	key.op = lock_text(t, row, "operation");
	key.caller = lock_caller_find(key.op, key.lock);
	key.shared = strcmp(lock_text(t, row, "mode"), "shared") == 0;
	for (i = 0; i < all->len; i++) {
		r = &g_array_index(all, struct lock_row, i);
		if (strcmp(r->lock, key.lock) == 0 &&
		    strcmp(r->caller->function, key.caller->function) == 0 &&
		    (!by_op || strcmp(r->op, key.op) == 0) &&
		    r->shared == key.shared)
			return (r);
	}
	g_array_append_val(all, key);
	return (&g_array_index(all, struct lock_row, all->len - 1));
}

static GArray *
lock_rows(const struct csvtable *t, const char *variant, bool by_op)
{
	static const char *const waits[] = { "contested", "wait_total_us",
	    "wait_max_us" };
	static const char *const holds[] = { "holds", "hold_total_us",
	    "hold_max_us" };
	static const char *const spins[] = { "spins", "spin_total_us",
	    "spin_max_us" };
	static const char *const blocks[] = { "blocks", "block_total_us",
	    "block_max_us" };
	struct lock_row *r;
	GArray *all;
	size_t row;

	all = g_array_new(FALSE, FALSE, sizeof(struct lock_row));
	for (row = 0; row < csvtable_rows(t); row++) {
		if (strcmp(csvtable_field(t, row, "variant"), variant) != 0)
			continue;
		r = lock_row_of(all, t, row, by_op);
		r->acquisitions += csvtable_value(t, row, "acquisitions");
		lock_sum_add(&r->wait, t, row, waits);
		lock_sum_add(&r->hold, t, row, holds);
		lock_sum_add(&r->spin, t, row, spins);
		lock_sum_add(&r->block, t, row, blocks);
	}
	return (all);
}

/* Print every variant's rows. */
static char *
lock_report(const struct dossier *d, bool by_op,
    void (*print)(const struct dossier *, unsigned variant, GArray *,
    GString *), GError **error)
{
	g_autofree char *path = NULL;
	struct csvtable *t;
	GString *out;
	unsigned v;

	path = g_build_filename(d->dir, "locks.csv", NULL);
	t = csvtable_read(path, error);
	if (t == NULL)
		return (NULL);
	if (!csvtable_has(t, "variant,lock,class,operation,mode,acquisitions,"
	    "contested,wait_total_us,wait_max_us,holds,hold_total_us,"
	    "hold_max_us,spins,spin_total_us,spin_max_us,blocks,"
	    "block_total_us,block_max_us", error)) {
		csvtable_free(t);
		return (NULL);
	}
	out = g_string_new(NULL);
	for (v = 0; v < d->pd->nvariants; v++) {
		g_autoptr(GArray) rows = NULL;

		rows = lock_rows(t, d->pd->variants[v].name, by_op);
		print(d, v, rows, out);
	}
	csvtable_free(t);
	return (g_string_free(out, FALSE));
}

/* What no capture would say. */
static void
lock_origin(const struct dossier *d, unsigned v, GString *out)
{
	g_autoptr(GArray) replications = NULL;

	replications = dossier_values(d, v, "replication");
	g_string_append_printf(out, "%s# %s: %s (%s), simulated, N = %u, "
	    "digest %.16s\n", out->len > 0 ? "\n" : "",
	    csvtable_first(d->pd->summary), d->pd->variants[v].name,
	    d->pd->variants[v].stack, replications->len,
	    dossier_origin(d, "digest"));
}

/*
 * Once, above all: lockstat(1) reads a clock before and after a spin, too.  It
 * ends in no number, so that flame graph tools do not take it for a stack.
 */
static void
lock_clock(GString *out)
{

	if (out->len == 0)
		g_string_append(out, "# times of spins are by the clock, as "
		    "lockstat(1) has them: who is put off its\n# CPU "
		    "meanwhile still counts, so they may exceed the CPU time "
		    "spent spinning\n");
}

/* ---- lockstat(1) ------------------------------------------------------- */

static const struct lockstat_event {
	const char	*name;
	const char	*class;
	bool		shared;
	size_t		sum;		/* which, of struct lock_row */
} lockstat_events[] = {
	{ "Adaptive mutex spin", "mutex", false,
	    offsetof(struct lock_row, spin) },
	{ "Adaptive mutex block", "mutex", false,
	    offsetof(struct lock_row, block) },
	{ "R/W writer blocked by writer", "rwlock", false,
	    offsetof(struct lock_row, block) },
	{ "R/W reader blocked by writer", "rwlock", true,
	    offsetof(struct lock_row, block) },
	{ "R/W writer spin on writer", "rwlock", false,
	    offsetof(struct lock_row, spin) },
	{ "R/W reader spin on writer", "rwlock", true,
	    offsetof(struct lock_row, spin) },
	{ "Adaptive mutex hold", "mutex", false,
	    offsetof(struct lock_row, hold) },
	{ "R/W writer hold", "rwlock", false,
	    offsetof(struct lock_row, hold) }
};

static const char lockstat_rule[] =
    "---------------------------------------"
    "----------------------------------------\n";

static const struct lock_sum *
lockstat_sum(const struct lockstat_event *ev, const struct lock_row *r)
{

	if (strcmp(r->class, ev->class) != 0 || r->shared != ev->shared)
		return (NULL);
	return ((const struct lock_sum *)(const void *)((const char *)r +
	    ev->sum));
}

/* The most events first; the earlier row of equals. */
static GArray *
lockstat_sorted(const struct lockstat_event *ev, const GArray *rows,
    double *all)
{
	const struct lock_row *r, *other;
	const struct lock_sum *s;
	GArray *sorted;
	unsigned at, i;

	sorted = g_array_new(FALSE, FALSE, sizeof(r));
	*all = 0;
	for (i = 0; i < rows->len; i++) {
		r = &g_array_index(rows, struct lock_row, i);
		s = lockstat_sum(ev, r);
		if (s == NULL || s->count <= 0)
			continue;
		*all += s->count;
		for (at = 0; at < sorted->len; at++) {
			other = g_array_index(sorted, const struct lock_row *,
			    at);
			if (lockstat_sum(ev, other)->count < s->count)
				break;
		}
		g_array_insert_val(sorted, at, r);
	}
	return (sorted);
}

static void
lockstat_event(const struct lockstat_event *ev, const GArray *rows,
    double seconds, GString *out)
{
	g_autoptr(GArray) sorted = NULL;
	const struct lock_row *r;
	const struct lock_sum *s;
	double all, cumulated;
	unsigned i;

	sorted = lockstat_sorted(ev, rows, &all);
	if (sorted->len == 0)
		return;
	g_string_append_printf(out, "\n%s: %.0f events in %.3f seconds "
	    "(%.0f events/sec)\n\n%5s %4s %4s %4s %8s %-22s %-24s\n%s",
	    ev->name, all, seconds, all / seconds, "Count", "indv", "cuml",
	    "rcnt", "nsec", "Lock", "Caller", lockstat_rule);
	cumulated = 0;
	for (i = 0; i < sorted->len; i++) {
		r = g_array_index(sorted, const struct lock_row *, i);
		s = lockstat_sum(ev, r);
		cumulated += s->count * 100 / all;
		g_string_append_printf(out, "%5.0f %3.0f%% %3.0f%% 0.00 %8.0f "
		    "%-22s %-24s\n", s->count, s->count * 100 / all,
		    cumulated, floor(s->total * 1e3 / s->count), r->lock,
		    r->caller->function);
	}
	g_string_append(out, lockstat_rule);
}

/* What happens before does not count; of a file without the key, nothing. */
static double
lockstat_warmup(const struct dossier *d)
{
	const struct keyfile_entry *entry;
	simtime ps;

	entry = keyfile_get(d->ini, "scenario", "warmup");
	if (entry == NULL || !unit_duration(entry->value, &ps, NULL))
		return (0);
	return ((double)ps / (double)SIM_S);
}

static void
lockstat_print(const struct dossier *d, unsigned v, GArray *rows,
    GString *out)
{
	g_autoptr(GArray) ends = NULL;
	double seconds;
	unsigned i;

	ends = dossier_values(d, v, "end_s");
	seconds = 0;
	for (i = 0; i < ends->len; i++)
		if (isfinite(g_array_index(ends, double, i)))
			seconds += fmax(0, g_array_index(ends, double, i) -
			    lockstat_warmup(d));
	lock_clock(out);
	lock_origin(d, v, out);
	for (i = 0; i < G_N_ELEMENTS(lockstat_events) && seconds > 0; i++)
		lockstat_event(&lockstat_events[i], rows, seconds, out);
}

char *
report_lockstat(const struct dossier *d, GError **error)
{

	return (lock_report(d, false, lockstat_print, error));
}

/* ---- LOCK_PROFILING(9) ------------------------------------------------- */

static const char *
lockprof_class(const struct lock_row *r)
{

	return (strcmp(r->class, "mutex") == 0 ? "sleep mutex" : "rw");
}

static void
lockprof_print(const struct dossier *d, unsigned v, GArray *rows,
    GString *out)
{
	const struct lock_row *r;
	double n;
	unsigned i;

	lock_origin(d, v, out);
	g_string_append_printf(out, "%8s %9s %11s %11s %11s %6s %6s %2s %6s "
	    "%s\n", "max", "wait_max", "total", "wait_total", "count", "avg",
	    "wait_avg", "cnt_hold", "cnt_lock", "name");
	for (i = 0; i < rows->len; i++) {
		r = &g_array_index(rows, struct lock_row, i);
		n = r->acquisitions;
		g_string_append_printf(out, "%8.0f %9.0f %11.0f %11.0f %11.0f "
		    "%6.0f %6.0f %2d %6.0f %s/%s:0 (%s:%s)\n",
		    floor(r->hold.max), floor(r->wait.max),
		    floor(r->hold.total), floor(r->wait.total), n,
		    floor(r->hold.total / n), floor(r->wait.total / n), 0,
		    r->wait.count, r->caller->file, r->caller->function,
		    lockprof_class(r), r->lock);
	}
}

char *
report_lockprof(const struct dossier *d, GError **error)
{

	return (lock_report(d, false, lockprof_print, error));
}

/* ---- folded stacks ----------------------------------------------------- */

/* A frame: what would end it does not belong into it. */
static char *
folded_frame(const char *text)
{
	char *frame;

	frame = g_strdup(text);
	return (g_strdelimit(frame, "; \t\r\n#", '_'));
}

static void
folded_add(GString *out, const char *variant, const struct lock_row *r,
    const char *what, const struct lock_sum *s)
{
	double ns;

	ns = floor(s->total * 1e3 + 0.5);
	if (ns > 0)
		g_string_append_printf(out, "%s;%s;%s;%s;%s %.0f\n", variant,
		    r->op, r->caller->function, r->lock, what, ns);
}

static void
folded_print(const struct dossier *d, unsigned v, GArray *rows, GString *out)
{
	g_autofree char *variant = NULL;
	const struct lock_row *r;
	unsigned i;

	lock_clock(out);
	variant = folded_frame(d->pd->variants[v].name);
	for (i = 0; i < rows->len; i++) {
		r = &g_array_index(rows, struct lock_row, i);
		folded_add(out, variant, r, r->shared ? "spin (shared)" :
		    "spin", &r->spin);
		folded_add(out, variant, r, r->shared ? "block (shared)" :
		    "block", &r->block);
		folded_add(out, variant, r, "hold", &r->hold);
	}
}

char *
report_folded(const struct dossier *d, GError **error)
{

	return (lock_report(d, true, folded_print, error));
}
