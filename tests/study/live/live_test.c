/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Both sides of a live run: the tables of real pcbs decide as the simulator
 * does, waits are told from what the order holds back, and a difference is
 * seen.
 *
 * Alone: it measures this machine.
 */

#include <errno.h>
#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "models/stacks/stack.h"
#include "study/live/live.h"
#include "study/live/lock.h"
#include "study/live/net.h"
#include "study/scenario/load.h"
#include "study/scenario/scenario.h"

#define	US	SIM_US

/* ---- decisions --------------------------------------------------------- */

/* Few ports, much coming and going, every way to choose a port. */
static const char live_scenario[] =
    "[scenario]\nformat = 1\nname = t\nduration = 3s\n"
    "[host]\ncpus = 2\nladdrs = 198.51.100.1*3\nmaxsockets = 2k\n"
    "[kernel]\nnet.inet.ip.portrange.first = 10000\n"
    "net.inet.ip.portrange.last = 10399\n"
    "[workload:named]\nload = burst\nsize = 900\nevery = 1s\n"
    "lifetime = exponential(900ms)\nbind = laddr+port\n"
    "faddrs = 203.0.113.10\nfport = 443\nthreads = 1\ncloser = remote\n"
    "[workload:bound]\nload = poisson\nrate = 500/s\n"
    "lifetime = exponential(100ms)\nbind = laddr\n"
    "faddrs = 203.0.113.10*2\nfport = 443\nthreads = 1\ncloser = remote\n"
    "[workload:free]\nload = poisson\nrate = 500/s\n"
    "lifetime = exponential(200ms)\nbind = none\nfaddrs = 192.0.2.1*2\n"
    "fport = 80\nthreads = 2\ncloser = remote\n"
    "[variant:eleven]\nstack = freebsd-11\n"
    "[variant:twelve]\nstack = freebsd-12.0\n"
    "[variant:dest]\nstack = freebsd-12.2\n"
    "[variant:unique]\nstack = freebsd-12.2\n"
    "kernel.net.inet.tcp.require_unique_port = 1\n"
    "[variant:fourteen]\nstack = freebsd-14\n";

static struct scenario *
load_text(const char *text)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL;
	struct scenario *sc;
	int fd;

	fd = g_file_open_tmp("live-XXXXXX.ini", &path, &error);
	g_assert_no_error(error);
	(void)g_close(fd, NULL);
	g_assert_true(g_file_set_contents(path, text, -1, &error));
	sc = scenario_load(path, NULL, 0, NULL, &error);
	g_assert_no_error(error);
	(void)g_unlink(path);
	return (sc);
}

/* Do all of it, one after the other; nothing may differ. */
static void
check_decisions(const struct variant *v)
{
	g_autoptr(GError) error = NULL;
	struct live_outcome *out;
	struct live_stat *st;
	struct live_ops *ops;
	struct live_net *net;
	size_t i;

	g_assert_true(live_model_check(&v->conf, 2, &error));
	ops = live_model_run(&v->conf, &error);
	g_assert_no_error(error);
	net = live_net_new(&v->conf, ops);
	g_assert_nonnull(net);
	out = g_new0(struct live_outcome, ops->n);
	for (i = 0; i < ops->n; i++)
		live_net_do(net, &ops->op[i], &out[i]);
	i = live_stat_differs(ops, out);
	if (i < ops->n)
		g_test_message("%s: operation %zu: error %d %d, iterations "
		    "%ju %ju, visits %ju %ju", v->name, i, out[i].error,
		    ops->model[i].error, (uintmax_t)out[i].iters,
		    (uintmax_t)ops->model[i].iters, (uintmax_t)out[i].visits,
		    (uintmax_t)ops->model[i].visits);
	g_assert_cmpuint(i, ==, ops->n);
	st = live_stat_new(ops, ops->model, 0);
	g_assert_cmpuint(st->connects, >, 3000);
	g_assert_cmpuint(st->failures, >, 100);
	g_assert_cmpuint(st->failures, <, st->connects);
	g_assert_cmpuint(st->searches, >, 1000);
	live_stat_free(st);
	/* One visit more somewhere is seen, and where. */
	out[ops->n / 2].visits++;
	g_assert_cmpuint(live_stat_differs(ops, out), ==, ops->n / 2);
	g_free(out);
	live_net_free(net);
	live_ops_free(ops);
}

static void
test_decisions(gconstpointer name)
{
	struct scenario *sc;
	unsigned i, n;

	sc = load_text(live_scenario);
	for (i = n = 0; i < sc->nvariants; i++) {
		if (strcmp(sc->variants[i].name, name) != 0)
			continue;
		check_decisions(&sc->variants[i]);
		n++;
	}
	g_assert_cmpuint(n, ==, 1);
	scenario_free(sc);
}

/* ---- refusals ---------------------------------------------------------- */

static void
test_refusals(void)
{
	static const struct {
		const char *from, *to, *says;
	} cases[] = {
		{ "cpus = 2", "cpus = 3", "host.cpus" },
		{ "duration = 3s", "duration = 300s", "scenario.duration" },
		{ "threads = 2\n", "threads = 2\nretry = 1s\n",
		    "workload:free" },
		{ "load = burst\nsize = 900\nevery = 1s\n",
		    "load = pool\nsize = 900\n", "workload:named" },
		{ "[variant:eleven]", "[inbound]\nsegments = 1k/s\n"
		    "[variant:eleven]", "inbound" },
		{ "stack = freebsd-11\n", "stack = freebsd-16\n",
		    "stack = freebsd-16" }
	};
	struct scenario *sc;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GString) text = NULL;
		char *at;

		text = g_string_new(live_scenario);
		at = strstr(text->str, cases[i].from);
		g_assert_nonnull(at);
		g_string_insert(g_string_erase(text, at - text->str,
		    (gssize)strlen(cases[i].from)), at - text->str,
		    cases[i].to);
		sc = load_text(text->str);
		g_assert_false(live_model_check(&sc->variants[0].conf, 2,
		    &error));
		g_assert_nonnull(strstr(error->message, cases[i].says));
		scenario_free(sc);
	}
}

/* ---- waits ------------------------------------------------------------- */

#define	W	LIVE_BIND		/* exclusive */
#define	R	LIVE_LOOKUP		/* shared */

static struct live_stat *
stat_of(const enum live_kind *kinds, const simtime (*us)[3], size_t n)
{
	struct live_outcome *out;
	struct live_stat *st;
	struct live_ops ops;
	size_t i;

	memset(&ops, 0, sizeof(ops));
	ops.n = n;
	ops.op = g_new0(struct live_op, n);
	out = g_new0(struct live_outcome, n);
	for (i = 0; i < n; i++) {
		ops.op[i].kind = kinds[i];
		out[i].requested = us[i][0] * US;
		out[i].granted = us[i][1] * US;
		out[i].released = us[i][2] * US;
		out[i].worked = out[i].released - out[i].granted;
		out[i].iters = kinds[i] == W;
		out[i].error = kinds[i] == W ? EADDRNOTAVAIL : 0;
	}
	ops.duration = 100 * US;
	st = live_stat_new(&ops, out, 0);
	g_free(ops.op);
	g_free(out);
	return (st);
}

static void
test_wait(void)
{
	/* The second asks in the middle of a hold and notices 2 us late. */
	static const enum live_kind kinds[] = { W, W, W };
	static const simtime us[][3] = { { 0, 0, 10 }, { 5, 12, 20 },
	    { 30, 30, 40 } };
	struct live_stat *st;

	st = stat_of(kinds, us, 3);
	g_assert_cmpuint(st->contested, ==, 1);
	g_assert_cmpint(hist_max(st->wait), ==, 7 * US);
	g_assert_cmpint(hist_max(st->back), ==, 0);
	g_assert_cmpint(st->busy, ==, 28 * US);
	g_assert_cmpint(st->span, ==, 100 * US);
	g_assert_cmpuint(st->failures, ==, 3);
	g_assert_cmpuint(st->decided, ==, 3);
	live_stat_free(st);
}

static void
test_held_back(void)
{
	/*
	 * The last one asks at 2; until 10 nobody holds the lock, but the
	 * first has not come; from 10 to 20 somebody does.
	 */
	static const enum live_kind kinds[] = { W, W };
	static const simtime us[][3] = { { 10, 10, 20 }, { 2, 21, 30 } };
	struct live_stat *st;

	st = stat_of(kinds, us, 2);
	g_assert_cmpuint(st->contested, ==, 1);
	g_assert_cmpint(hist_max(st->wait), ==, 11 * US);
	g_assert_cmpint(hist_max(st->back), ==, 8 * US);
	live_stat_free(st);
}

static void
test_readers(void)
{
	/* A writer, two readers that wait for it, a writer for both. */
	static const enum live_kind kinds[] = { W, R, R, W };
	static const simtime us[][3] = { { 0, 0, 10 }, { 4, 10, 30 },
	    { 20, 20, 25 }, { 21, 30, 31 } };
	struct live_stat *st;

	st = stat_of(kinds, us, 4);
	g_assert_cmpuint(st->contested, ==, 2);
	g_assert_cmpint(hist_min(st->wait), ==, 6 * US);
	g_assert_cmpint(hist_max(st->wait), ==, 9 * US);
	g_assert_cmpuint(hist_count(st->hold), ==, 2);
	g_assert_cmpint(st->busy, ==, 11 * US);
	live_stat_free(st);
}

/* ---- bands ------------------------------------------------------------- */

static struct live_stat *
stat_times(simtime worked, simtime hold, simtime wait, unsigned waits)
{
	struct live_stat *st;

	st = live_stat_new_empty();
	st->connects = st->decided = 1000;
	st->span = SIM_S;
	st->contested = waits;
	hist_add(st->hold, hold);
	hist_add(st->worked, worked);
	for (; waits > 0; waits--)
		hist_add(st->wait, wait);
	return (st);
}

static enum live_verdict
verdict_of(const struct live_row *rows, const char *name)
{
	unsigned i;

	for (i = 0; i < LIVE_NROWS; i++)
		if (strcmp(rows[i].name, name) == 0)
			return (rows[i].verdict);
	g_assert_not_reached();
}

static void
check_row(struct live_stat *real, const char *name, enum live_verdict want)
{
	struct live_row rows[LIVE_NROWS];
	struct live_stat *model;

	model = stat_times(100 * US, 100 * US, 100 * US, 500);
	live_rows(real, model, rows);
	g_assert_cmpint(verdict_of(rows, name), ==, want);
	live_stat_free(real);
	live_stat_free(model);
}

static void
test_bands(void)
{
	static const struct {
		simtime		worked_us, hold_us, wait_us;
		unsigned	waits;
		const char	*row;
		enum live_verdict want;
	} cases[] = {
		{ 101, 101, 100, 500, "hold_cpu_p50_us", LIVE_WITHIN },
		{ 1000, 1000, 100, 500, "hold_cpu_p50_us", LIVE_OUTSIDE },
		{ 10, 10, 100, 500, "hold_cpu_p50_us", LIVE_OUTSIDE },
		{ 101, 101, 1000, 500, "wait_mean_us", LIVE_OUTSIDE },
		{ 101, 101, 101, 500, "wait_mean_us", LIVE_WITHIN },
		/* Too few waits, or a machine with other work. */
		{ 101, 101, 1000, 10, "wait_mean_us", LIVE_TOLD },
		{ 101, 1000, 1000, 500, "wait_mean_us", LIVE_TOLD },
		{ 1000, 9000, 1000, 500, "hold_cpu_p50_us", LIVE_OUTSIDE },
		{ 101, 101, 100, 500, "connects", LIVE_EQUAL }
	};
	struct live_stat *st;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("case %u: %s", i, cases[i].row);
		check_row(stat_times(cases[i].worked_us * US,
		    cases[i].hold_us * US, cases[i].wait_us * US,
		    cases[i].waits), cases[i].row, cases[i].want);
	}
	st = stat_times(101 * US, 101 * US, 100 * US, 500);
	st->connects++;
	check_row(st, "connects", LIVE_DIFFERENT);
}

/* ---- the lock ---------------------------------------------------------- */

struct locked {
	struct live_lock lock;
	volatile unsigned value;	/* odd while it is written */
	atomic_uint	torn;
};

#define	ROUNDS	20000

static gpointer
lock_writer(gpointer arg)
{
	struct locked *x;
	unsigned i;

	x = arg;
	for (i = 0; i < ROUNDS; i++) {
		live_lock_acquire(&x->lock, false);
		x->value++;
		live_lock_pause(3);
		x->value++;
		live_lock_release(&x->lock, false);
	}
	return (NULL);
}

static gpointer
lock_reader(gpointer arg)
{
	struct locked *x;
	unsigned i;

	x = arg;
	for (i = 0; i < ROUNDS; i++) {
		live_lock_acquire(&x->lock, true);
		if (x->value % 2 != 0)
			atomic_fetch_add(&x->torn, 1);
		live_lock_release(&x->lock, true);
	}
	return (NULL);
}

static void
test_lock(void)
{
	static const struct live_backoff backoff = { .base = 1, .max = 64 };
	GThread *threads[4];
	struct locked *x;
	unsigned i;

	x = g_aligned_alloc0(1, sizeof(*x), LIVE_LINE);
	live_lock_init(&x->lock, &backoff);
	for (i = 0; i < G_N_ELEMENTS(threads); i++)
		threads[i] = g_thread_new("t", i % 2 == 0 ? lock_writer :
		    lock_reader, x);
	for (i = 0; i < G_N_ELEMENTS(threads); i++)
		g_thread_join(threads[i]);
	g_assert_cmpuint(x->value, ==, 4 * ROUNDS);
	g_assert_cmpuint(atomic_load(&x->torn), ==, 0);
	g_aligned_free(x);
}

int
main(int argc, char **argv)
{
	static const char *const variants[] = { "eleven", "twelve", "dest",
	    "unique", "fourteen" };
	unsigned i;

	g_test_init(&argc, &argv, NULL);
	for (i = 0; i < G_N_ELEMENTS(variants); i++) {
		g_autofree char *path = NULL;

		path = g_strdup_printf("/live/same_decisions/%s",
		    variants[i]);
		g_test_add_data_func(path, variants[i], test_decisions);
	}
	g_test_add_func("/live/refuses_by_name", test_refusals);
	g_test_add_func("/live/wait_is_until_noticed", test_wait);
	g_test_add_func("/live/held_back_is_no_wait", test_held_back);
	g_test_add_func("/live/readers_wait_for_writers", test_readers);
	g_test_add_func("/live/bands", test_bands);
	g_test_add_func("/live/lock_excludes", test_lock);
	return (g_test_run());
}
