/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Two recordings of nginx on Linux 6.18 with one upstream, connection by
 * connection (scenarios/workloads): which parity the kernel gave, and when it
 * had none left, is what the model gives, whatever its secret.
 */

#include <errno.h>
#include <stdlib.h>

#include <glib.h>

#include "models/linux/variant.h"
#include "models/net/net.h"
#include "sim/rng.h"
#include "study/text/lines.h"

#define	LADDR		0x02014d0au	/* 10.77.1.2 */
#define	FADDR		0x01014d0au	/* 10.77.1.1 */
#define	FPORT		8001
#define	TIMEWAIT_MS	60000

/* What happens to the tables, at `at' us. */
struct event {
	int64_t		at;
	unsigned	row;
	enum { OPENS, ENDS, GOES } what;
};

struct row {
	int64_t		at, length;	/* us */
	unsigned	lport;		/* recorded; 0: it failed */
	uint32_t	pcb;
};

static GArray *
read_rows(const char *path)
{
	GError *error = NULL;
	struct lines *in;
	GArray *rows;
	char *line;

	in = lines_open(path, &error);
	g_assert_no_error(error);
	rows = g_array_new(FALSE, FALSE, sizeof(struct row));
	while (lines_next(in, &line, &error) && line != NULL) {
		g_auto(GStrv) f = g_strsplit(line, ",", -1);
		struct row r = { .pcb = NET_NOPCB };

		if (!g_ascii_isdigit(*line))
			continue;
		r.at = (int64_t)(g_ascii_strtod(f[0], NULL) * 1e6 + 0.5);
		r.length = (int64_t)(g_ascii_strtod(f[4], NULL) * 1e6 + 0.5);
		r.lport = (unsigned)atoi(f[5]);
		g_array_append_val(rows, r);
	}
	g_assert_no_error(error);
	lines_close(in);
	return (rows);
}

static gint
by_time(gconstpointer a, gconstpointer b)
{
	const struct event *x = a, *y = b;

	if (x->at != y->at)
		return (x->at < y->at ? -1 : 1);
	if (x->what != y->what)
		return ((int)y->what - (int)x->what);
	return (x->row < y->row ? -1 : x->row > y->row);
}

static GArray *
events_of(const GArray *rows)
{
	const struct row *r;
	struct event ev;
	GArray *a;
	guint i;

	a = g_array_new(FALSE, FALSE, sizeof(struct event));
	for (i = 0; i < rows->len; i++) {
		r = &g_array_index(rows, struct row, i);
		ev = (struct event){ r->at, i, OPENS };
		g_array_append_val(a, ev);
		ev = (struct event){ r->at + r->length, i, ENDS };
		g_array_append_val(a, ev);
		ev = (struct event){ ev.at + TIMEWAIT_MS * 1000, i, GOES };
		g_array_append_val(a, ev);
	}
	g_array_sort(a, by_time);
	return (a);
}

struct outcome {
	unsigned	ok, failed;
	unsigned	first_odd;	/* successes before it */
	unsigned	before_failing;	/* successes before the first failure */
	int64_t		failed_at;	/* us */
	int64_t		recovered_at;	/* first success after, us */
	unsigned	unlike;		/* another outcome, or another parity,
					   before ports came back */
};

static void
count(struct outcome *o, const struct row *r, int64_t at, unsigned lport)
{

	if (lport == 0) {
		if (o->failed++ == 0) {
			o->failed_at = at;
			o->before_failing = o->ok;
		}
	} else {
		if (o->failed > 0 && o->recovered_at == 0)
			o->recovered_at = at;
		if (lport % 2 != 0 && o->first_odd == 0)
			o->first_odd = o->ok;
		o->ok++;
	}
	/* From then on chance has a say in parity. */
	if (at < TIMEWAIT_MS * 1000)
		o->unlike += (lport == 0) != (r->lport == 0) ||
		    lport % 2 != r->lport % 2;
}

static uint32_t
draw(void *rng)
{

	return (rng_u32(rng));
}

static void
play(const char *path, uint16_t first, uint16_t last, uint64_t seed,
    struct outcome *o)
{
	g_autoptr(GArray) events = NULL, rows = NULL;
	struct net_conf c = { .family = &net_family_linux,
	    .variant = &linux_6_18, .first = first, .last = last,
	    .draw = draw };
	const struct event *ev;
	struct net_op op;
	struct net *net;
	struct rng rng;
	struct row *r;
	int64_t ms;
	guint i;

	rng_init(&rng, seed, 0, "recorded");
	c.draw_arg = &rng;
	net = net_new(&c);
	net_laddr_add(net, LADDR);
	rows = read_rows(path);
	events = events_of(rows);
	*o = (struct outcome){ .failed = 0 };
	for (ms = 0, i = 0; i < events->len; i++) {
		ev = &g_array_index(events, struct event, i);
		r = &g_array_index(rows, struct row, ev->row);
		net_wait(net, (uint64_t)(ev->at / 1000 - ms));
		ms = ev->at / 1000;
		if (ev->what == OPENS) {
			r->pcb = net_socket(net, 0, 0);
			net_connect(net, r->pcb, FADDR, FPORT, &op);
			count(o, r, ev->at, net_pcb_lport(net, r->pcb));
			if (op.error == 0)
				continue;
			g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
			net_close(net, r->pcb, NULL);
			r->pcb = NET_NOPCB;
		} else if (r->pcb != NET_NOPCB && ev->what == ENDS)
			net_timewait(net, r->pcb, NULL);
		else if (r->pcb != NET_NOPCB)
			net_close(net, r->pcb, NULL);
	}
	g_assert_cmpuint(net_npcbs(net), ==, 0);
	net_check(net);
	net_free(net);
}

/* Half of the range, then the other parity: 14,116 of 28,232. */
static void
test_one_destination(void)
{
	struct outcome o;
	uint64_t seed;

	for (seed = 1; seed <= 3; seed++) {
		play("scenarios/workloads/nginx_exhaust_1dst.csv.gz", 32768,
		    60999, seed, &o);
		g_assert_cmpuint(o.first_odd, ==, 14116);
		g_assert_cmpuint(o.failed, ==, 0);
		g_assert_cmpuint(o.ok, ==, 27649);
		g_assert_cmpuint(o.unlike, ==, 0);
	}
}

static void
test_small_range(void)
{
	struct outcome o;
	uint64_t seed;

	for (seed = 1; seed <= 3; seed++) {
		play("scenarios/workloads/nginx_exhaust_smallrange_demand"
		    ".csv.gz", 40000, 44095, seed, &o);
		g_assert_cmpuint(o.first_odd, ==, 2048);
		g_assert_cmpuint(o.before_failing, ==, 4096);
		g_assert_cmpuint(o.failed, ==, 20424);
		/* 60 s after the first connections have ended. */
		g_assert_cmpint(o.failed_at, >, 14700000);
		g_assert_cmpint(o.failed_at, <, 14800000);
		g_assert_cmpint(o.recovered_at, >, 60000000);
		g_assert_cmpint(o.recovered_at, <, 60500000);
		g_assert_cmpuint(o.unlike, ==, 0);
	}
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/linux/recorded/one_destination",
	    test_one_destination);
	g_test_add_func("/linux/recorded/small_range", test_small_range);
	return (g_test_run());
}
