/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The FreeBSD family: its tables, its allocator, its sysctls.
 */

#include <string.h>

#include <glib.h>

#include "models/freebsd/freebsd.h"
#include "sim/kassert.h"

struct pcb *
freebsd_pcb(const struct freebsd *f, uint32_t pcb)
{
	struct pcb *p;

	KASSERT(pcb < f->table.pool.used, ("no pcb %u", pcb));
	p = pcb_get(&f->table.pool, pcb);
	KASSERT((p->flags & PCB_FREE) == 0, ("pcb %u is free", pcb));
	return (p);
}

static const char *
freebsd_allocator(const void *variant)
{
	const struct freebsd_variant *v;

	v = variant;
	return (v->allocator->name);
}

/* ---- life -------------------------------------------------------------- */

/* What a kernel as it is does otherwise. */
static const struct proposal nothing;

/* The variant, but for the proposal. */
static void
freebsd_propose(struct freebsd *f)
{
	const struct freebsd_variant *v = f->variant;

	f->allocator = f->proposal->allocator != NULL ?
	    f->proposal->allocator : v->allocator;
	f->connect_rule = freebsd_does(f, PROPOSAL_SPREAD) ? PORT_RULE_TUPLE :
	    v->allocator->connect_rule;
	f->changed = *v->layout;
	if (freebsd_does(f, PROPOSAL_FIRST_MATCH))
		f->changed.first_match = f->changed.stop_at_match = true;
	/* A look at the pcb that was met ends the walk to it. */
	if (freebsd_does(f, PROPOSAL_MENDED_CACHE))
		f->changed.stop_at_match = true;
	f->changed.laddr_keyed = freebsd_does(f, PROPOSAL_KEY_LADDR);
	f->changed.laddr_hashed = freebsd_does(f, PROPOSAL_HASH_LADDR);
	f->layout = &f->changed;
}

static struct net *
freebsd_new(const struct net_conf *c)
{
	const struct freebsd_variant *v;
	struct freebsd *f;

	v = c->variant;
	f = g_new0(struct freebsd, 1);
	f->variant = v;
	f->proposal = c->proposal != NULL ? c->proposal : &nothing;
	freebsd_propose(f);
	f->state = g_malloc0(f->allocator->state_size);
	f->conf = (struct allocator_conf){ .randomized = true,
	    .randomcps = 10, .randomtime = 45, .draw = net_draw,
	    .draw_arg = &f->net };
	f->ranges[FREEBSD_RANGE_HIGH].first = 49152;
	f->ranges[FREEBSD_RANGE_HIGH].last = 65535;
	f->ranges[FREEBSD_RANGE_LOW].first = 1023;
	f->ranges[FREEBSD_RANGE_LOW].last = 600;
	f->hash_seed = (uint32_t)c->hash_seed;
	f->hash_mask = c->hashsize - 1;
	f->port_mask = c->porthashsize - 1;
	f->inaddr_wild = v->inaddr_wild != INADDR_WILD_OFF;
	/* Bitmaps of all make those needless. */
	if ((v->has_lport_cache || freebsd_does(f, PROPOSAL_MENDED_CACHE)) &&
	    !freebsd_does(f, PROPOSAL_BITMAP))
		f->known = port_cache_new(freebsd_does(f,
		    PROPOSAL_MENDED_CACHE));
	f->memory = freebsd_memory_new(f);
	pcb_table_init(&f->table, f->layout, c);
	f->net.npcbs = &f->table.hashed;
	return (&f->net);
}

static void
freebsd_free(struct net *n)
{
	struct freebsd *f;

	f = freebsd_of(n);
	pcb_table_fini(&f->table);
	port_cache_free(f->known);
	freebsd_memory_free(f->memory);
	g_free(f->state);
	g_free(f);
}

/* ---- the allocator and its knobs --------------------------------------- */

static bool
freebsd_ticks(const struct net *n)
{

	return (freebsd_of_const(n)->variant->has_tick);
}

static void
freebsd_tick(struct net *n)
{
	struct freebsd *f;

	f = freebsd_of(n);
	if (f->allocator->tick != NULL)
		f->allocator->tick(f->state, &f->conf);
}

static void
set_randomized(struct net *n, uint64_t on)
{

	freebsd_of(n)->conf.randomized = on != 0;
}

static void
set_randomcps(struct net *n, uint64_t searches)
{

	freebsd_of(n)->conf.randomcps = (unsigned)searches;
}

static void
set_randomtime(struct net *n, uint64_t seconds)
{

	freebsd_of(n)->conf.randomtime = (unsigned)seconds;
}

static void
set_stoprandom(struct net *n, uint64_t seconds)
{
	struct freebsd *f;

	f = freebsd_of(n);
	if (f->allocator->set_stoprandom != NULL)
		f->allocator->set_stoprandom(f->state, (unsigned)seconds);
}

static void
set_lastport(struct net *n, uint64_t lport)
{
	struct freebsd *f;

	f = freebsd_of(n);
	if (f->allocator->set_lastport != NULL)
		f->allocator->set_lastport(f->state, (uint16_t)lport);
}

static void
set_hifirst(struct net *n, uint64_t port)
{

	freebsd_of(n)->ranges[FREEBSD_RANGE_HIGH].first = (uint16_t)port;
}

static void
set_hilast(struct net *n, uint64_t port)
{

	freebsd_of(n)->ranges[FREEBSD_RANGE_HIGH].last = (uint16_t)port;
}

static void
set_lowfirst(struct net *n, uint64_t port)
{

	freebsd_of(n)->ranges[FREEBSD_RANGE_LOW].first = (uint16_t)port;
}

static void
set_lowlast(struct net *n, uint64_t port)
{

	freebsd_of(n)->ranges[FREEBSD_RANGE_LOW].last = (uint16_t)port;
}

static void
set_unique(struct net *n, uint64_t on)
{

	freebsd_of(n)->unique = on != 0;
}

static void
set_cpus(struct net *n, uint64_t cpus)
{

	freebsd_of(n)->conf.cpus = (unsigned)cpus;
}

static void
set_inaddr_wild(struct net *n, uint64_t on)
{
	struct freebsd *f;

	f = freebsd_of(n);
	if (f->variant->inaddr_wild != INADDR_WILD_ALWAYS)
		f->inaddr_wild = on != 0;
}

/* Where a release lacks one it is set, and read by nobody. */
static bool
freebsd_reads(const void *variant, const char *knob)
{
	const struct freebsd_variant *v;

	v = variant;
	if (strcmp(knob, "stoprandom") == 0 ||
	    strcmp(knob, "randomcps") == 0 || strcmp(knob, "randomtime") == 0)
		return (v->has_tick);
	if (strcmp(knob, "require_unique_port") == 0)
		return (v->has_require_unique);
	if (strcmp(knob, "connect_inaddr_wild") == 0)
		return (v->inaddr_wild != INADDR_WILD_ALWAYS);
	return (true);
}

static const struct net_knob knobs[] = {
	{ .name = "randomized", .max = 1, .set = set_randomized },
	{ .name = "stoprandom", .max = INT32_MAX, .set = set_stoprandom },
	{ .name = "lastport", .max = UINT16_MAX, .set = set_lastport },
	{ .name = "require_unique_port", .max = 1, .set = set_unique },
	{ .name = "randomcps", .max = INT32_MAX, .set = set_randomcps },
	{ .name = "randomtime", .max = INT32_MAX, .set = set_randomtime },
	{ .name = "connect_inaddr_wild", .max = 1, .set = set_inaddr_wild },
	{ .name = "hifirst", .max = UINT16_MAX, .set = set_hifirst },
	{ .name = "hilast", .max = UINT16_MAX, .set = set_hilast },
	{ .name = "lowfirst", .max = UINT16_MAX, .set = set_lowfirst },
	{ .name = "cpus", .max = NET_MAXCPUS, .set = set_cpus },
	{ .name = "lowlast", .max = UINT16_MAX, .set = set_lowlast },
	{ .name = NULL }
};

static unsigned
freebsd_lastport(const struct net *n)
{
	const struct freebsd *f;

	f = freebsd_of_const(n);
	return (f->allocator->lastport == NULL ? 0 :
	    f->allocator->lastport(f->state));
}

static unsigned
freebsd_stoprandom(const struct net *n)
{
	const struct freebsd *f;

	f = freebsd_of_const(n);
	return (f->allocator->stoprandom == NULL ? 0 :
	    f->allocator->stoprandom(f->state));
}

/* ---- state ------------------------------------------------------------- */

static void
freebsd_end(const struct net *n, uint32_t pcb, struct net_end *end)
{
	const struct pcb *p;

	p = freebsd_pcb(freebsd_of_const(n), pcb);
	*end = (struct net_end){ .laddr = p->laddr, .faddr = p->faddr,
	    .lport = p->lport, .fport = p->fport };
}

static unsigned
freebsd_ports_busy(const struct net *n, uint16_t first, uint16_t last)
{

	return (pcb_table_busy(&freebsd_of_const(n)->table, first, last));
}

static unsigned
freebsd_ports_free(const struct net *n, uint16_t first, uint16_t last,
    uint32_t laddr)
{
	const struct port_query q = { .rule = PORT_RULE_LOCAL, .laddr = laddr,
	    .first = first, .last = last };

	return (pcb_table_free(&freebsd_of_const(n)->table, &q));
}

static void
freebsd_ports_by_laddr(const struct net *n, uint16_t first, uint16_t last,
    const uint32_t *laddrs, unsigned nladdrs, unsigned *busy)
{

	pcb_table_by_laddr(&freebsd_of_const(n)->table, first, last, laddrs,
	    nladdrs, busy);
}

static unsigned
freebsd_tuples_free(const struct net *n, const struct port_query *q)
{

	return (pcb_table_free(&freebsd_of_const(n)->table, q));
}

static size_t
freebsd_plist(const struct net *n, uint16_t lport, uint32_t *out, size_t max)
{

	return (pcb_table_plist(&freebsd_of_const(n)->table, lport, out,
	    max));
}

static size_t
freebsd_phash(const struct net *n, uint16_t lport, uint16_t *out, size_t max)
{

	return (pcb_table_phash(&freebsd_of_const(n)->table, lport, out,
	    max));
}

static size_t
freebsd_allocator_bytes(const struct net *n)
{
	const struct freebsd *f;

	f = freebsd_of_const(n);
	return ((f->allocator->bytes != NULL ? f->allocator->bytes(f->state) :
	    f->allocator->state_size) + port_cache_memory(f->known) +
	    freebsd_memory_bytes(f));
}

static size_t
freebsd_memory(const struct net *n)
{
	const struct freebsd *f;

	f = freebsd_of_const(n);
	return (sizeof(*f) - sizeof(f->net) + f->allocator->state_size +
	    pcb_table_memory(&f->table) + port_cache_memory(f->known) +
	    freebsd_memory_size(f->memory));
}

static void
freebsd_check(const struct net *n)
{

	pcb_table_check(&freebsd_of_const(n)->table);
}

const struct net_family net_family_freebsd = {
	.name = "freebsd",
	.limits_sockets = true,
	.proposals = PROPOSAL_ON_FREEBSD,
	.allocator = freebsd_allocator,
	.new = freebsd_new,
	.free = freebsd_free,
	.socket = freebsd_socket,
	.setopt = freebsd_setopt,
	.bind = freebsd_bind,
	.listen = freebsd_listen,
	.connect = freebsd_connect,
	.accept = freebsd_accept,
	.close = freebsd_close,
	.tick = freebsd_tick,
	.ticks = freebsd_ticks,
	.seek = {
		.begin_bind = freebsd_seek_bind,
		.begin_connect = freebsd_seek_connect,
		.stretch = freebsd_seek_stretch,
		.take = freebsd_seek_take,
		.bucket = freebsd_seek_bucket,
		.bind = { { FREEBSD_BUCKET_WILD, FREEBSD_BUCKET_PORT }, 2 },
		/* The third, the load-balancing group's, is dropped at once. */
		.connect = { { FREEBSD_BUCKET_EXACT, FREEBSD_BUCKET_WILD },
		    3 }
	},
	.knobs = knobs,
	.reads = freebsd_reads,
	.pcb = freebsd_end,
	.lastport = freebsd_lastport,
	.stoprandom = freebsd_stoprandom,
	.ports_busy = freebsd_ports_busy,
	.ports_free = freebsd_ports_free,
	.ports_by_laddr = freebsd_ports_by_laddr,
	.tuples_free = freebsd_tuples_free,
	.plist = freebsd_plist,
	.phash = freebsd_phash,
	.allocator_bytes = freebsd_allocator_bytes,
	.memory = freebsd_memory,
	.check = freebsd_check
};
