/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Differential fuzzing of the two searches: random socket operations, every
 * stack and every proposal on some of them, tiny and real ranges, tiny and
 * real hashes.  Both searches get the same operations as `pcbsim script'
 * would, and must print the same bytes: every decision, every count of visited
 * nodes.
 *
 *	search_fuzz [--seconds=N] [--seed=N] [--stack=NAME] [--plant]
 *
 * On a difference it drops operations as long as the difference stays, prints
 * what is left as a file for `pcbsim script', and exits 1.  --plant lets the
 * index forget every 64th close, to show that an error is found.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "models/net/proposal.h"
#include "models/registry.h"
#include "models/stacks/stack.h"
#include "sim/rng.h"
#include "study/scenario/stack_name.h"
#include "study/script/script.h"
#include "study/text/lines.h"

#define	WORLD_OPS	600u
/* Now and then a large one: what is kept for many connections only. */
#define	LARGE_OPS	5000u
#define	LARGE_EVERY	24u
#define	MAXSOCKS	400u

struct fuzz {
	struct rng	rng;
	bool		plant;
	uint64_t	ops;
	unsigned	worlds;
};

/* One world: what it may draw from. */
struct world {
	struct rng	*rng;
	unsigned	first, nports, naddrs, ndests;
	unsigned	nsocks;		/* of the latest, which to pick from */
	unsigned	next;		/* number of the next socket */
	bool		tick;		/* the stack has one */
	bool		large;		/* many connections, few ends */
};

static unsigned
pick(struct world *w, unsigned n)
{

	return ((unsigned)rng_below(w->rng, n));
}

static const char *
opts(struct world *w)
{
	static const char *const sets[] = { "", "", "", "", ",reuseaddr",
	    ",reuseport", ",reuseport_lb", ",reuseaddr,reuseport", ",uid=0",
	    ",uid=1002", ",reuseport,uid=1002", ",noport",
	    ",noport,reuseaddr", ",lpr=2000-40000", ",lpr=0-30000",
	    ",lpr=20000-65535" };

	return (sets[pick(w, G_N_ELEMENTS(sets))]);
}

/* A port: mostly in the range, where conflicts are. */
static unsigned
port(struct world *w)
{

	return (pick(w, 8) == 0 ? 1 + pick(w, 65535) :
	    w->first + pick(w, w->nports));
}

static char *
laddr(struct world *w)
{

	return (pick(w, 5) == 0 ? g_strdup("*") :
	    g_strdup_printf("10.0.0.%u", 1 + pick(w, w->naddrs)));
}

static char *
dest(struct world *w)
{

	if (pick(w, 40) == 0)
		return (g_strdup("0.0.0.0,80"));
	return (g_strdup_printf("203.0.113.%u,%u", 1 + pick(w, w->ndests),
	    80 + pick(w, 2)));
}

static char *
change(struct world *w)
{
	/* The last two draw each candidate: walks of wide ranges are slow. */
	static const char *const algos[] = { "bsd", "random_start", "hash",
	    "doublehash", "random_pick", "randinc" };
	unsigned last;

	switch (pick(w, w->tick ? 14 : 12)) {
	case 11:
		return (g_strdup_printf("set,algo,%s",
		    algos[pick(w, w->nports > 100 ? 4 : 6)]));
	case 12:
		return (g_strdup("tick"));
	case 13:
		return (g_strdup_printf("set,stoprandom,%u", pick(w, 3)));
	case 4:
		last = w->first + 1 + pick(w, w->nports);
		return (g_strdup_printf("set,range,%u,%u", MIN(last, 65535),
		    w->first));
	case 5:
		return (g_strdup_printf("set,cpu,%u", pick(w, 8)));
	case 6:
	case 7:
		return (g_strdup_printf("set,reserved,%u,%u", port(w),
		    pick(w, 2)));
	case 8:
		return (g_strdup_printf("sysctl,tcp_tw_reuse,%u", pick(w, 3)));
	case 9:
		return (g_strdup_printf("sysctl,ip_autobind_reuse,%u",
		    pick(w, 2)));
	case 10:
		return (g_strdup_printf("sysctl,ip_local_port_step_width,%u",
		    pick(w, 3) * pick(w, 20)));
	case 0:
		return (g_strdup_printf("set,randomized,%u", pick(w, 2)));
	case 1:
		return (g_strdup_printf("set,lastport,%u", port(w)));
	case 2:
		last = w->first + 1 + pick(w, w->nports);
		return (g_strdup_printf("set,range,%u,%u", w->first,
		    MIN(last, 65535)));
	default:
		return (g_strdup_printf("primary,10.0.0.%u",
		    1 + pick(w, w->naddrs)));
	}
}

/* One random operation as a line of a script. */
static char *
line(struct world *w)
{
	g_autofree char *a = NULL, *d = NULL;
	unsigned id;

	a = laddr(w);
	d = dest(w);
	id = w->next - pick(w, MIN(w->next, w->nsocks) + 1);
	if (w->large && pick(w, 8) != 0)
		return (g_strdup_printf("uc,%u,%s", w->next++, d));
	switch (pick(w, 21)) {
	case 0:
	case 1:
		return (g_strdup_printf("sock,%u%s", w->next++, opts(w)));
	case 2:
		return (g_strdup_printf("bind,%u,%s,0", id, a));
	case 3:
		return (g_strdup_printf("bind,%u,%s,%u", id, a, port(w)));
	case 4:
		return (g_strdup_printf("listen,%u", id));
	case 5:
		return (g_strdup_printf("connect,%u,%s", id, d));
	case 6:
	case 7:
	case 8:
		return (g_strdup_printf("close,%u", id));
	case 9:
	case 10:
		return (g_strdup_printf("uc,%u,%s%s", w->next++, d,
		    opts(w)));
	case 11:
	case 12:
		return (g_strdup_printf("bc,%u,%s,0,%s%s", w->next++, a, d,
		    opts(w)));
	case 13:
		return (g_strdup_printf("accept,%u,10.0.0.1,%u,%s",
		    w->next++, port(w), d));
	case 14:
		return (g_strdup_printf("%s,%u", pick(w, 2) ? "plist" :
		    "phash", port(w)));
	case 15:
	case 16:
		return (g_strdup_printf("tw,%u", id));
	case 17:
		return (g_strdup_printf("twend,%u", id));
	case 18:
		return (g_strdup_printf("wait,%u", 300 * pick(w, 5)));
	case 19:
		return (g_strdup_printf("setopt,%u,%s,%u", id, pick(w, 2) ?
		    "reuseport_lb" : "reuseport", pick(w, 2)));
	default:
		return (change(w));
	}
}

/* A script of its own: configuration, addresses, then operations. */
static GPtrArray *
world_new(struct fuzz *f, const struct stack *stack)
{
	static const unsigned sizes[] = { 1, 2, 3, 5, 8, 16, 40, 100, 1000 };
	static const unsigned hashes[] = { 1, 2, 4, 16, 64, 512, 65536 };
	struct world w = { .rng = &f->rng,
	    .tick = stack_reads(stack, "stoprandom") };
	GPtrArray *ops;
	unsigned i, nops;

	w.large = pick(&w, LARGE_EVERY) == 0;
	nops = w.large ? LARGE_OPS : WORLD_OPS;
	w.nports = sizes[pick(&w, G_N_ELEMENTS(sizes))];
	if (w.large)
		w.nports = 1200 + pick(&w, 2000);
	w.first = 1024 + pick(&w, 64000 - w.nports);
	w.naddrs = 1 + pick(&w, 6);
	w.ndests = w.large ? 1 : 1 + pick(&w, 4);
	w.nsocks = 10 + pick(&w, MAXSOCKS - 10);
	ops = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(ops, g_strdup_printf("config,%u,%u,%u,%u,%u",
	    w.first, w.first + w.nports - 1, pick(&w, 2),
	    hashes[pick(&w, G_N_ELEMENTS(hashes))],
	    hashes[pick(&w, G_N_ELEMENTS(hashes))]));
	/* Who has no such thing only reads it. */
	if (pick(&w, 2) == 0) {
		g_ptr_array_add(ops, g_strdup_printf("set,cpus,%u",
		    1 + pick(&w, 8)));
		g_ptr_array_add(ops, g_strdup_printf("set,trycount,%u",
		    pick(&w, 20)));
		g_ptr_array_add(ops, g_strdup_printf("set,bindhash,%u",
		    hashes[pick(&w, G_N_ELEMENTS(hashes))]));
	}
	for (i = 0; i < w.naddrs; i++)
		g_ptr_array_add(ops, g_strdup_printf("addr,%u,10.0.0.%u", i,
		    i + 1));
	g_ptr_array_add(ops, g_strdup_printf("seed,%u", pick(&w, 1u << 30)));
	for (i = 0; i < nops; i++)
		g_ptr_array_add(ops, line(&w));
	return (ops);
}

/* Of a seeded hash: by the first line, which every smaller script keeps. */
static uint64_t
hash_seed(const GPtrArray *ops)
{

	return (g_str_hash(ops->pdata[0]));
}

/* What `pcbsim script' prints; an error of the script is part of it. */
static char *
answer(const GPtrArray *ops, const struct stack *stack,
    enum net_search search, bool plant)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	struct script_conf conf;
	struct lines *in;
	FILE *out;
	char *printed;
	size_t len;
	unsigned i, closes;

	for (i = closes = 0; i < ops->len; i++) {
		if (plant && g_str_has_prefix(ops->pdata[i], "close,") &&
		    ++closes % 64 == 0)
			g_string_append(text, "# forgotten\n");
		else
			g_string_append_printf(text, "%s\n",
			    (const char *)ops->pdata[i]);
	}
	printed = NULL;
	in = lines_open_text("fuzz", text->str);
	out = open_memstream(&printed, &len);
	if (out == NULL)
		g_error("fuzz: no memory stream");
	conf = (struct script_conf){ .stack = stack, .search = search,
	    .hash_seed = hash_seed(ops) };
	script_run_conf(&conf, in, out, &error);
	if (error != NULL)
		fprintf(out, "%s\n", error->message);
	lines_close(in);
	fclose(out);
	return (printed);
}

/* A forgotten close prints no line of its own: leave out all such lines. */
static void
drop_closes(char *text)
{
	char *from, *to;

	for (from = to = text; *from != '\0';) {
		size_t n = strcspn(from, "\n") + 1;

		if (memchr(from, '\n', strlen(from)) == NULL)
			n = strlen(from);
		if (g_strstr_len(from, (gssize)n, ",close,") == NULL) {
			memmove(to, from, n);
			to += n;
		}
		from += n;
	}
	*to = '\0';
}

static bool
differs(const struct fuzz *f, const GPtrArray *ops, const struct stack *stack)
{
	g_autofree char *index = NULL, *walk = NULL;

	walk = answer(ops, stack, NET_SEARCH_WALK, false);
	index = answer(ops, stack, NET_SEARCH_INDEX, f->plant);
	if (f->plant) {
		drop_closes(walk);
		drop_closes(index);
	}
	return (strcmp(walk, index) != 0);
}

/* Drop ever smaller pieces of the script while it still differs. */
static void
shrink(const struct fuzz *f, GPtrArray **ops, const struct stack *stack)
{
	GPtrArray *less;
	unsigned at, i, n;

	for (n = (*ops)->len / 2; n > 0; n /= 2)
		for (at = 1; at < (*ops)->len;) {
			less = g_ptr_array_new_with_free_func(g_free);
			for (i = 0; i < (*ops)->len; i++)
				if (i < at || i >= at + n)
					g_ptr_array_add(less,
					    g_strdup((*ops)->pdata[i]));
			if (less->len < (*ops)->len &&
			    differs(f, less, stack)) {
				g_ptr_array_unref(*ops);
				*ops = less;
			} else {
				g_ptr_array_unref(less);
				at += n;
			}
		}
}

/* One world on one stack.  False, with the shortest script, if it differs. */
static bool
fuzz_world(struct fuzz *f, const struct stack *stack)
{
	GPtrArray *ops;
	unsigned i;
	bool good;

	ops = world_new(f, stack);
	f->worlds++;
	f->ops += ops->len;
	good = !differs(f, ops, stack);
	if (!good) {
		shrink(f, &ops, stack);
		printf("# the searches differ: pcbsim script --stack=%s "
		    "--hash-seed=%ju, --search=walk against index\n",
		    stack->name, (uintmax_t)hash_seed(ops));
		for (i = 0; i < ops->len; i++)
			printf("%s\n", (const char *)ops->pdata[i]);
	}
	g_ptr_array_unref(ops);
	return (good);
}

/* Every stack, and each proposal on those of these that it goes with. */
static GPtrArray *
stacks_all(void)
{
	static const char *const bases[] = { "freebsd-12.0", "freebsd-12.2",
	    "freebsd-14", "freebsd-16", "freebsd-16-lportcache",
	    "linux-6.18" };
	const struct proposal *const *p;
	const struct stack *const *s;
	const struct stack *with;
	GPtrArray *all;
	unsigned i;

	all = g_ptr_array_new();
	for (s = registry_stacks; *s != NULL; s++)
		g_ptr_array_add(all, (gpointer)(uintptr_t)*s);
	for (p = registry_proposals; *p != NULL; p++)
		for (i = 0; i < G_N_ELEMENTS(bases); i++) {
			g_autofree char *name = g_strdup_printf("%s+%s",
			    bases[i], (*p)->name);

			with = stack_name_find(name);
			if (with != NULL)
				g_ptr_array_add(all,
				    (gpointer)(uintptr_t)with);
		}
	return (all);
}

/* NULL: that one alone could not be found. */
static GPtrArray *
stacks_only(const char *name)
{
	const struct stack *stack;
	GPtrArray *one;

	if (name == NULL)
		return (stacks_all());
	stack = stack_name_find(name);
	if (stack == NULL)
		return (NULL);
	one = g_ptr_array_new();
	g_ptr_array_add(one, (gpointer)(uintptr_t)stack);
	return (one);
}

int
main(int argc, char **argv)
{
	g_autoptr(GPtrArray) stacks = NULL;
	gint64 end, seconds, seed, told;
	struct fuzz f = { 0 };
	const char *only;
	unsigned i;

	only = NULL;
	seconds = 10;
	seed = g_get_real_time();
	for (i = 1; i < (unsigned)argc; i++) {
		if (g_str_has_prefix(argv[i], "--seconds="))
			seconds = g_ascii_strtoll(argv[i] + 10, NULL, 10);
		else if (g_str_has_prefix(argv[i], "--seed="))
			seed = g_ascii_strtoll(argv[i] + 7, NULL, 10);
		else if (g_str_has_prefix(argv[i], "--stack="))
			only = argv[i] + 8;
		else if (g_str_equal(argv[i], "--plant"))
			f.plant = true;
		else {
			fprintf(stderr, "usage: search_fuzz [--seconds=N] "
			    "[--seed=N] [--stack=NAME] [--plant]\n");
			return (2);
		}
	}
	rng_init(&f.rng, (uint64_t)seed, 0, "fuzz");
	fprintf(stderr, "search_fuzz: seed %jd\n", (intmax_t)seed);
	end = g_get_monotonic_time() + seconds * G_USEC_PER_SEC;
	told = g_get_monotonic_time();
	stacks = stacks_only(only);
	if (stacks == NULL) {
		fprintf(stderr, "search_fuzz: no stack '%s'\n", only);
		return (2);
	}
	for (i = 0; g_get_monotonic_time() < end; i++) {
		if (!fuzz_world(&f, stacks->pdata[i % stacks->len]))
			return (1);
		if (g_get_monotonic_time() > told + 20 * G_USEC_PER_SEC) {
			told = g_get_monotonic_time();
			fprintf(stderr, "search_fuzz: %u worlds, %ju "
			    "operations\n", f.worlds, (uintmax_t)f.ops);
		}
	}
	printf("search_fuzz: %u worlds, %ju operations, no difference\n",
	    f.worlds, (uintmax_t)f.ops);
	return (0);
}
