/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The stack netbsd against a NetBSD that ran: its decisions where they differ
 * from what recordings of its code said, each algorithm at exhaustion, and what
 * a failing search visits and costs.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "models/cpus/costs.h"
#include "models/net/net.h"
#include "models/stacks/stack.h"
#include "sim/rng.h"
#include "study/scenario/costs_file.h"
#include "study/script/script.h"
#include "study/text/lines.h"

#define	DIR	"tests/models/netbsd/data"

static char **
lines_of(const char *file)
{
	g_autofree char *path = NULL, *text = NULL;
	GError *error = NULL;

	path = g_strdup_printf("%s/%s", DIR, file);
	g_file_get_contents(path, &text, NULL, &error);
	g_assert_no_error(error);
	return (g_strsplit(g_strchomp(text), "\n", -1));
}

/* ---- decisions --------------------------------------------------------- */

static char *
script(const char *name, enum net_search search)
{
	g_autofree char *path = NULL;
	GError *error = NULL;
	struct lines *in;
	char *text;
	size_t size;
	FILE *out;

	path = g_strdup_printf("%s/%s.ops.csv", DIR, name);
	in = lines_open(path, &error);
	g_assert_no_error(error);
	out = open_memstream(&text, &size);
	g_assert_cmpint(script_run(stack_find("netbsd"), search, in, out,
	    &error), ==, SCRIPT_DONE);
	lines_close(in);
	(void)fclose(out);
	return (text);
}

/* line,op,id,err,laddr,lport,counter,rnd of a row of the script's. */
static char *
row_as_live(const char *row)
{
	g_auto(GStrv) f = g_strsplit(row, ",", -1);

	g_assert_cmpuint(g_strv_length(f), ==, 15);
	return (g_strjoin(",", f[0], f[1], f[2], f[3], f[4], f[5], f[13],
	    f[14], NULL));
}

static void
test_decisions(gconstpointer data)
{
	int search;

	for (search = NET_SEARCH_INDEX; search <= NET_SEARCH_BOTH; search++) {
		g_autofree char *file = NULL, *out = NULL;
		g_auto(GStrv) live = NULL;
		g_auto(GStrv) rows = NULL;
		unsigned i;

		file = g_strdup_printf("%s.netbsd-7.99.34.csv",
		    (const char *)data);
		live = lines_of(file);
		out = script(data, (enum net_search)search);
		rows = g_strsplit(g_strchomp(out), "\n", -1);
		g_assert_cmpuint(g_strv_length(rows), ==,
		    g_strv_length(live));
		for (i = 1; live[i] != NULL; i++) {
			g_autofree char *row = row_as_live(rows[i]);

			g_assert_cmpstr(row, ==, live[i]);
		}
	}
}

/* ---- algorithms at exhaustion ------------------------------------------ */

static uint32_t
draw(void *rng)
{

	return (rng_u32(rng));
}

struct rig {
	struct rng	rng;
	struct net	*net;
};

static uint32_t
addr(const char *text)
{
	uint32_t a;

	g_assert_true(net_addr_parse(text, &a));
	return (a);
}

static void
rig_init(struct rig *r, const char *algo, uint16_t first, uint16_t last,
    uint64_t seed)
{
	struct net_conf conf = { .first = first, .last = last,
	    .hashsize = 128, .porthashsize = 128, .draw = draw,
	    .draw_arg = &r->rng };
	const struct net_knob *k;
	uint64_t value;
	unsigned i;

	rng_init(&r->rng, seed, 0, "netbsd");
	r->net = stack_net(stack_find("netbsd"), &conf);
	for (i = 0; i < 11; i++)
		net_laddr_add(r->net, net_addr_add(addr("10.0.0.1"), i));
	for (k = net_knobs(r->net); strcmp(k->name, "algo") != 0; k++)
		continue;
	g_assert_true(net_knob_word(k, algo, &value));
	net_set(r->net, "algo", value);
}

/* As a row of algorithms.csv has it. */
struct seen {
	unsigned	distinct, outside, repeated;
	int		first_error, first_outside, first_repeated;
	int		error;
	unsigned	named_0, named;	/* what bind() left, before connect */
	bool		one_lower;	/* after N: one lower each time */
};

static struct seen
exhaust(const char *algo, bool bound, uint16_t first, uint16_t last,
    unsigned attempts, uint64_t seed)
{
	struct seen s = { .first_error = -1, .first_outside = -1,
	    .first_repeated = -1, .one_lower = true };
	g_autofree bool *had = g_new0(bool, 65536);
	uint16_t lport, previous;
	struct net_op op;
	struct rig r;
	uint32_t pcb;
	unsigned i;

	rig_init(&r, algo, first, last, seed);
	previous = 0;
	for (i = 0; i < attempts; i++) {
		pcb = net_socket(r.net, 0, 1001);
		if (bound) {
			net_bind(r.net, pcb, addr("10.0.0.2"), 0, &op);
			lport = net_pcb_lport(r.net, pcb);
			s.named_0 += op.error == 0 && lport == 0;
			s.named += lport != 0;
		}
		if (!bound || op.error == 0)
			net_connect(r.net, pcb, addr("203.0.113.1"), 80, &op);
		lport = net_pcb_lport(r.net, pcb);
		if (i >= last - first + 1u && lport != (uint16_t)(previous -
		    1))
			s.one_lower = false;
		previous = lport;
		if (op.error != 0) {
			if (s.first_error < 0) {
				s.first_error = (int)i;
				s.error = op.error;
			}
			continue;
		}
		if (lport < first || lport > last) {
			s.outside++;
			if (s.first_outside < 0)
				s.first_outside = (int)i;
		}
		if (!had[lport])
			s.distinct += lport >= first && lport <= last;
		else if (s.repeated++ == 0)
			s.first_repeated = (int)i;
		had[lport] = true;
	}
	net_check(r.net);
	net_free(r.net);
	return (s);
}

/* Its draws are the kernel's own: what they decide is looked at apart. */
static bool
has_luck(const char *algo)
{

	return (strcmp(algo, "random_start") == 0 ||
	    strcmp(algo, "random_pick") == 0 || strcmp(algo, "randinc") == 0);
}

static void
compare_sure(const struct seen *s, char **f)
{
	char buf[16];

	g_assert_cmpint(s->first_error, ==, atoi(f[5]));
	if (s->first_error >= 0)
		g_assert_cmpstr(net_error_name(s->error, buf), ==, f[6]);
	g_assert_cmpint(s->first_repeated, ==, atoi(f[7]));
	g_assert_cmpint(s->repeated, ==, atoi(f[8]));
	g_assert_cmpint(s->first_outside, ==, atoi(f[9]));
	g_assert_cmpint(s->outside, ==, atoi(f[10]));
}

/*
 * The port given last decides when the range is left; two of them give up a
 * little before or, by luck, an attempt later.
 */
static void
compare_lucky(const struct seen *s, char **f, unsigned nports)
{
	const bool start = strcmp(f[0], "random_start") == 0;

	g_assert_cmpint(s->error, ==, EADDRINUSE);
	g_assert_cmpint(s->repeated, ==, 0);
	if (start) {
		g_assert_true(s->one_lower);
		/* Unless the last one was the first port of the range. */
		if (s->first_outside != (int)nports)
			g_assert_cmpint(s->first_error, ==, nports);
	} else {
		g_assert_cmpint(s->first_error, >=, nports * 3 / 4);
	}
	if (s->first_outside >= 0)
		g_assert_cmpint(s->first_outside, >=, nports * 3 / 4);
}

static void
test_algorithms(void)
{
	g_auto(GStrv) rows = lines_of("algorithms.csv");
	unsigned first, i, last, seed, sure;

	sure = 0;
	for (i = 1; rows[i] != NULL; i++) {
		g_auto(GStrv) f = g_strsplit(rows[i], ",", -1);

		g_assert_cmpint(sscanf(f[2], "%u-%u", &first, &last), ==, 2);
		for (seed = 1; seed <= 3; seed++) {
			struct seen s = exhaust(f[0], strcmp(f[1], "bound") ==
			    0, (uint16_t)first, (uint16_t)last,
			    (unsigned)atoi(f[3]), seed);

			g_assert_cmpuint(s.named_0, ==, atoi(f[11]));
			g_assert_cmpuint(s.named, ==, atoi(f[12]));
			if (has_luck(f[0])) {
				g_assert_cmpuint(s.distinct, <=,
				    atoi(f[4]));
				g_assert_cmpuint(s.distinct, >=,
				    atoi(f[4]) * 9 / 10);
				compare_lucky(&s, f, last - first + 1);
				continue;
			}
			g_assert_cmpuint(s.distinct, ==, atoi(f[4]));
			compare_sure(&s, f);
			sure++;
		}
	}
	g_assert_cmpuint(sure, ==, 3 * 24);
}

/* ---- what a failing search costs --------------------------------------- */

/* Bound connections to one destination, of ten addresses. */
static void
populate(struct net *n, unsigned have, unsigned pcbs, bool round_robin,
    unsigned nports)
{
	struct net_op op;
	uint32_t pcb;
	unsigned i;

	for (i = have; i < pcbs; i++) {
		pcb = net_socket(n, 0, 1001);
		net_bind(n, pcb, net_addr_add(addr("10.0.0.2"),
		    round_robin ? i % 10 : i / nports), 0, &op);
		g_assert_cmpint(op.error, ==, 0);
		net_connect(n, pcb, addr("203.0.113.1"), 80, &op);
		g_assert_cmpint(op.error, ==, 0);
	}
}

/*
 * EAGAIN from as many pcbs on as there are ports; what it visits is the law
 * that was computed, but for the socket that asks, which itself is in bucket 0;
 * and at the costs that were made from these runs it lasts as long as it did
 * there: not 12 % less than the best of the runs, nor 12 % more than their
 * median.
 */
static void
test_cost_law(void)
{
	g_auto(GStrv) rows = lines_of("costlaw.csv");
	g_autofree struct costs *fast = NULL, *slow = NULL;
	g_autofree char *a = NULL, *b = NULL;
	unsigned checked, i, have, nports, pcbs;
	struct net_op op;
	double best, median, ours;
	uint64_t hash, visits;
	uint32_t pcb;
	struct rig r;

	fast = costs_file_load("netbsd-rump", ".", &a, &hash, NULL);
	slow = costs_file_load("netbsd-rump-slow", ".", &b, &hash, NULL);
	r.net = NULL;
	have = checked = 0;
	for (i = 1; rows[i] != NULL; i++) {
		g_auto(GStrv) f = g_strsplit(rows[i], ",", -1);
		const bool again = strcmp(f[0], "d") == 0 ||
		    strcmp(f[0], "b") == 0;

		if (again)
			continue;	/* a and c once more, in less of it */
		nports = (unsigned)atoi(f[2]);
		pcbs = (unsigned)atoi(f[3]);
		if (pcbs < have || r.net == NULL) {
			if (r.net != NULL)
				net_free(r.net);
			rig_init(&r, "bsd", 49152, (uint16_t)(49151 + nports),
			    1);
			have = 0;
		}
		populate(r.net, have, pcbs, strcmp(f[1], "round robin") == 0,
		    nports);
		have = pcbs;
		pcb = net_socket(r.net, 0, 1001);
		net_connect(r.net, pcb, addr("198.51.100.1"), 80, &op);
		g_assert_cmpint(op.error, ==, EAGAIN);
		g_assert_cmpuint(op.iters, ==, nports);
		visits = net_port_visits(r.net, &op.total);
		g_assert_cmpuint(visits, ==,
		    g_ascii_strtoull(f[6], NULL, 10) + nports / 128);
		net_close(r.net, pcb, NULL);
		best = g_ascii_strtod(f[7], NULL);
		median = g_ascii_strtod(f[8], NULL);
		ours = (double)visits * (double)cost_at(
		    g_ascii_strtod(f[13], NULL) > 100 ? slow : fast,
		    COST_PCB_VISIT, pcbs) / 1000;
		if (ours < 0.88 * best || ours > 1.12 * median)
			g_error("%s pcbs, run %s: %.0f ns, live %.0f to %.0f",
			    f[3], f[0], ours, best, median);
		checked++;
	}
	net_free(r.net);
	g_assert_cmpuint(checked, ==, 8 + 8 + 8);
}

/* With one port fewer than connections there would be one left. */
static void
test_last_port(void)
{
	struct net_op op;
	struct rig r;
	uint32_t pcb;

	rig_init(&r, "bsd", 49152, 65535, 1);
	populate(r.net, 0, 16383, true, 16384);
	pcb = net_socket(r.net, 0, 1001);
	net_connect(r.net, pcb, addr("198.51.100.1"), 80, &op);
	g_assert_cmpint(op.error, ==, 0);
	g_assert_cmpuint(op.iters, ==, 1);
	g_assert_cmpuint(net_pcb_lport(r.net, pcb), ==, 49152);
	pcb = net_socket(r.net, 0, 1001);
	net_connect(r.net, pcb, addr("198.51.100.1"), 80, &op);
	g_assert_cmpint(op.error, ==, EAGAIN);
	net_free(r.net);
}

int
main(int argc, char **argv)
{
	static const char *const names[] = { "accepted", "accepted_bind",
	    "exhausted_random_start", "hash_bind" };
	unsigned i;

	g_test_init(&argc, &argv, NULL);
	for (i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = NULL;

		path = g_strconcat("/netbsd/live/", names[i], NULL);
		g_test_add_data_func(path, names[i], test_decisions);
	}
	g_test_add_func("/netbsd/live/algorithms", test_algorithms);
	g_test_add_func("/netbsd/live/cost_law", test_cost_law);
	g_test_add_func("/netbsd/live/last_port", test_last_port);
	return (g_test_run());
}
