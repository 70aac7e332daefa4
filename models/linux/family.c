/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The Linux family: its tables, its sysctls.
 */

#include <string.h>

#include <glib.h>

#include "models/linux/index.h"
#include "models/linux/linux.h"
#include "sim/kassert.h"

#define	EHASH_BUCKETS	262144u
#define	BHASH_BUCKETS	65536u

const struct linux_variant linux_6_1 = { .has_step_width = false };

const struct linux_variant linux_6_18 = {
	.looks_first = true,
	.recovers = true,
	.range_by_ones = true,
	.reuse_by_ms = true,
	.linear_hash = true
};

const struct linux_variant linux_7_1 = {
	.looks_first = true,
	.recovers = true,
	.range_by_ones = true,
	.reuse_by_ms = true,
	.linear_hash = true,
	.has_step_width = true
};

static const char *
linux_allocator(const void *variant)
{

	(void)variant;
	return ("linux");
}

/* ---- life -------------------------------------------------------------- */

static struct net *
linux_new(const struct net_conf *c)
{
	struct linux_net *l;

	l = g_new0(struct linux_net, 1);
	l->variant = c->variant;
	l->proposal = c->proposal;
	l->search = c->search;
	linux_tables_init(&l->t, c->hashsize, c->hash_seed);
	if (c->search != NET_SEARCH_WALK)
		l->index = linux_index_new(l->variant->looks_first);
	l->tw_reuse = LINUX_REUSE_LOOPBACK;
	l->tw_reuse_delay = 1000;
	l->timestamps = true;
	l->unprivileged = 1024;
	l->net.npcbs = &l->t.bound;
	return (&l->net);
}

static void
linux_free(struct net *n)
{
	struct linux_net *l;

	l = linux_of(n);
	linux_index_free(l->index);
	linux_tables_fini(&l->t);
	g_free(l->perturb);
	g_free(l);
}

static void
linux_wait(struct net *n, uint64_t ms)
{

	linux_of(n)->now_ms += (int64_t)ms;
}

/* ---- sysctls, net.ipv4. ------------------------------------------------ */

static void
set_tw_reuse(struct net *n, uint64_t value)
{

	linux_of(n)->tw_reuse = (unsigned)value;
	linux_index_unripen(linux_of(n));
}

static void
set_tw_reuse_delay(struct net *n, uint64_t ms)
{

	linux_of(n)->tw_reuse_delay = (unsigned)ms;
	linux_index_unripen(linux_of(n));
}

static void
set_timestamps(struct net *n, uint64_t value)
{

	linux_of(n)->timestamps = value != 0;
}

static void
set_autobind_reuse(struct net *n, uint64_t on)
{

	linux_of(n)->autobind_reuse = on != 0;
}

static void
set_step_width(struct net *n, uint64_t width)
{

	linux_of(n)->step_width = (unsigned)width;
}

static void
set_unprivileged(struct net *n, uint64_t port)
{

	linux_of(n)->unprivileged = (unsigned)port;
}

static void
set_reserved(struct net *n, uint64_t port, uint64_t on)
{
	struct linux_net *l;
	uint16_t place;

	l = linux_of(n);
	place = linux_place((unsigned)port);
	if (port_set_has(&l->reserved, place) == (on != 0))
		return;
	if (on != 0)
		port_set_add(&l->reserved, place);
	else
		port_set_remove(&l->reserved, place);
}

/* One port or a range of them; moves *text behind it. */
static bool
parse_ports(const char **text, unsigned *first, unsigned *last)
{
	unsigned *end[2] = { first, last };
	unsigned i;

	for (i = 0; i < 2; i++) {
		*end[i] = 0;
		if (!g_ascii_isdigit(**text))
			return (false);
		for (; g_ascii_isdigit(**text); ++*text) {
			*end[i] = *end[i] * 10 + (unsigned)(**text - '0');
			if (*end[i] > UINT16_MAX)
				return (false);
		}
		if (i == 0) {
			*last = *first;
			if (**text != '-')
				break;
			++*text;
		}
	}
	return (*first <= *last);
}

/* "40003,40010-40012", or nothing: the ports, and no others. */
static bool
set_reserved_list(struct net *n, const char *text)
{
	struct port_set set;
	unsigned first, last;

	port_set_clear(&set);
	while (*text != '\0') {
		if (!parse_ports(&text, &first, &last))
			return (false);
		for (; first <= last; first++)
			if (!port_set_has(&set, linux_place(first)))
				port_set_add(&set, linux_place(first));
		if (*text == ',')
			text++;
		else if (*text != '\0')
			return (false);
	}
	linux_of(n)->reserved = set;
	return (true);
}

/* "32768 60999" */
static bool
set_range(struct net *n, const char *text)
{
	unsigned first, last, same;

	if (!parse_ports(&text, &first, &same) || same != first)
		return (false);
	while (*text == ' ' || *text == '\t' || *text == ',')
		text++;
	if (!parse_ports(&text, &last, &same) || same != last ||
	    *text != '\0' || last < first || first == 0)
		return (false);
	net_set_range(n, (uint16_t)first, (uint16_t)last);
	return (true);
}

static const struct net_knob knobs[] = {
	{ .name = "tcp_tw_reuse", .max = LINUX_REUSE_LOOPBACK,
	    .set = set_tw_reuse },
	{ .name = "tcp_tw_reuse_delay", .max = INT32_MAX,
	    .set = set_tw_reuse_delay },
	{ .name = "tcp_timestamps", .max = 2, .set = set_timestamps },
	{ .name = "ip_autobind_reuse", .max = 1, .set = set_autobind_reuse },
	{ .name = "ip_local_port_step_width", .max = UINT32_MAX,
	    .set = set_step_width },
	{ .name = "ip_unprivileged_port_start", .max = UINT16_MAX,
	    .set = set_unprivileged },
	{ .name = "ip_local_reserved_ports", .set_text = set_reserved_list },
	{ .name = "ip_local_port_range", .set_text = set_range },
	{ .name = "reserved", .max = 1, .set_at = set_reserved,
	    .max_at = UINT16_MAX },
	{ .name = NULL }
};

static bool
linux_reads(const void *variant, const char *knob)
{
	const struct linux_variant *v;

	v = variant;
	if (strcmp(knob, "ip_local_port_step_width") == 0)
		return (v->has_step_width);
	if (strcmp(knob, "tcp_tw_reuse_delay") == 0)
		return (v->reuse_by_ms);
	return (true);
}

/* ---- state ------------------------------------------------------------- */

static void
linux_end(const struct net *n, uint32_t pcb, struct net_end *end)
{
	const struct linux_sock *s;

	s = linux_sock(linux_of_const(n), pcb);
	*end = (struct net_end){ .laddr = s->laddr, .faddr = s->faddr,
	    .lport = s->lport, .fport = s->fport };
}

/* Without an index: ports of a range of which something holds. */
static unsigned
ports_if(const struct linux_net *l, uint16_t first, uint16_t last,
    bool (*is)(const struct linux_net *, unsigned port, const void *arg),
    const void *arg)
{
	unsigned n, port;

	for (n = 0, port = first; port <= last; port++)
		n += is(l, port, arg);
	return (n);
}

static bool
is_used(const struct linux_net *l, unsigned port, const void *unused)
{

	(void)unused;
	return (linux_port_used(&l->t, (uint16_t)port));
}

static bool
is_on(const struct linux_net *l, unsigned port, const void *laddr)
{

	return (linux_bucket2_find(&l->t, *(const uint32_t *)laddr,
	    (uint16_t)port) != LINUX_NOBUCKET);
}

static bool
is_bindable(const struct linux_net *l, unsigned port, const void *laddr)
{

	if (port_set_has(&l->reserved, linux_place(port)))
		return (false);
	if (*(const uint32_t *)laddr == NET_ANY)
		return (!is_used(l, port, NULL));
	return (!is_on(l, port, &(uint32_t){ NET_ANY }) &&
	    !is_on(l, port, laddr));
}

static bool
is_connectable(const struct linux_net *l, unsigned port, const void *arg)
{
	const struct port_query *q;
	struct linux_tuple u;
	uint32_t s;

	q = arg;
	if (port_set_has(&l->reserved, linux_place(port)) ||
	    linux_port_hidden(&l->t, (uint16_t)port))
		return (false);
	if (!linux_port_used(&l->t, (uint16_t)port))
		return (true);
	u = (struct linux_tuple){ .laddr = q->laddr, .faddr = q->faddr,
	    .lport = (uint16_t)port, .fport = q->fport };
	s = linux_hash_find(l, &u, &(struct net_visits){ 0 });
	return (s == LINUX_NONE || (l->t.sock[s].state == LINUX_TIMEWAIT &&
	    linux_timewait_reusable(l, &l->t.sock[s], false)));
}

static unsigned
linux_ports_busy(const struct net *n, uint16_t first, uint16_t last)
{
	const struct linux_net *l;
	const struct port_set *any;

	l = linux_of_const(n);
	if (l->index == NULL)
		return (ports_if(l, first, last, is_used, NULL));
	any = &l->index->any;
	return (last - first + 1u - linux_scan_outside(&any, 1, first, last));
}

static unsigned
linux_ports_free(const struct net *n, uint16_t first, uint16_t last,
    uint32_t laddr)
{
	const struct port_set *any, *own, *sets[3];
	const struct linux_net *l;
	unsigned k;

	l = linux_of_const(n);
	if (l->index == NULL)
		return (ports_if(l, first, last, is_bindable, &laddr));
	k = 0;
	sets[k++] = &l->reserved;
	if (laddr == NET_ANY)
		sets[k++] = &l->index->any;
	else {
		any = linux_index_laddr(l->index, NET_ANY);
		own = linux_index_laddr(l->index, laddr);
		if (any != NULL)
			sets[k++] = any;
		if (own != NULL)
			sets[k++] = own;
	}
	return (linux_scan_outside(sets, k, first, last));
}

static void
linux_ports_by_laddr(const struct net *n, uint16_t first, uint16_t last,
    const uint32_t *laddrs, unsigned nladdrs, unsigned *busy)
{
	const struct linux_net *l;
	const struct port_set *set;
	unsigned i;

	l = linux_of_const(n);
	for (i = 0; i < nladdrs; i++) {
		if (l->index == NULL) {
			busy[i] = ports_if(l, first, last, is_on, &laddrs[i]);
			continue;
		}
		set = linux_index_laddr(l->index, laddrs[i]);
		busy[i] = set == NULL ? 0 : last - first + 1u -
		    linux_scan_outside(&set, 1, first, last);
	}
}

static unsigned
linux_tuples_free(const struct net *n, const struct port_query *q)
{
	const struct port_set *sets[3];
	const struct linux_dest *d;
	const struct linux_net *l;
	unsigned k, sum;
	uint32_t s;

	l = linux_of_const(n);
	if (l->index == NULL)
		return (ports_if(l, q->first, q->last, is_connectable, q));
	d = linux_index_dest(l, q->laddr, q->faddr, q->fport);
	k = 0;
	sets[k++] = &l->reserved;
	sets[k++] = &l->index->hidden;
	if (d != NULL && d->taken != NULL)
		sets[k++] = d->taken;
	sum = linux_scan_outside(sets, k, q->first, q->last);
	if (d == NULL || d->taken != NULL)
		return (sum);
	for (s = d->first; s != LINUX_NONE; s = l->t.sock[s].dnext)
		sum -= l->t.sock[s].lport >= q->first &&
		    l->t.sock[s].lport <= q->last &&
		    !port_set_has(&l->reserved,
		    linux_place(l->t.sock[s].lport)) &&
		    !port_set_has(&l->index->hidden,
		    linux_place(l->t.sock[s].lport)) &&
		    linux_index_blocks(l, s);
	return (sum);
}

static size_t
linux_plist(const struct net *n, uint16_t lport, uint32_t *out, size_t max)
{
	const struct linux_tables *t;
	uint32_t b, s;
	size_t i;

	t = &linux_of_const(n)->t;
	i = 0;
	for (b = t->port[lport].first; b != LINUX_NOBUCKET;
	    b = t->b2[b].next)
		for (s = t->b2[b].owners; s != LINUX_NONE;
		    s = t->sock[s].next, i++)
			if (i < max)
				out[i] = s;
	return (i);
}

static size_t
linux_phash(const struct net *n, uint16_t lport, uint16_t *out, size_t max)
{

	if (!linux_port_used(&linux_of_const(n)->t, lport))
		return (0);
	if (max > 0)
		out[0] = lport;
	return (1);
}

/* table_perturb[], made when it is first needed. */
static size_t
linux_allocator_bytes(const struct net *n)
{

	(void)n;
	return (LINUX_PERTURB_SIZE * sizeof(uint32_t));
}

static bool
linux_avoids(const struct net *n, uint16_t lport)
{

	return (port_set_has(&linux_of_const(n)->reserved,
	    linux_place(lport)));
}

static size_t
linux_memory(const struct net *n)
{
	const struct linux_net *l;

	l = linux_of_const(n);
	return (sizeof(*l) - sizeof(l->net) + linux_tables_memory(&l->t) +
	    linux_index_memory(l->index) +
	    (l->perturb == NULL ? 0 : 65536 * sizeof(*l->perturb)));
}

static void
linux_check(const struct net *n)
{

	linux_tables_check(&linux_of_const(n)->t);
	linux_hash_check(linux_of_const(n));
	linux_index_check(linux_of_const(n));
}

const struct net_family net_family_linux = {
	.name = "linux",
	.proposals = PROPOSAL_ON_LINUX,
	.allocator = linux_allocator,
	.hashsize = EHASH_BUCKETS,
	.porthashsize = BHASH_BUCKETS,
	.new = linux_new,
	.free = linux_free,
	.socket = linux_socket,
	.setopt = linux_setopt,
	.setopt_range = linux_setopt_range,
	.has_noport = true,
	.bind = linux_bind,
	.listen = linux_listen,
	.connect = linux_connect,
	.accept = linux_accept,
	.close = linux_close,
	.timewait = linux_timewait,
	.wait = linux_wait,
	.seek = {
		.begin_bind = linux_seek_bind,
		.begin_connect = linux_seek_connect,
		.stretch = linux_seek_stretch,
		.take = linux_seek_take,
		.bucket = linux_seek_bucket,
		.bind = { { LINUX_BUCKET_BIND, LINUX_BUCKET_BIND2 }, 3 },
		.connect = { { LINUX_BUCKET_BIND, LINUX_BUCKET_EHASH }, 2 }
	},
	.knobs = knobs,
	.reads = linux_reads,
	.pcb = linux_end,
	.ports_busy = linux_ports_busy,
	.ports_free = linux_ports_free,
	.ports_by_laddr = linux_ports_by_laddr,
	.tuples_free = linux_tuples_free,
	.plist = linux_plist,
	.phash = linux_phash,
	.allocator_bytes = linux_allocator_bytes,
	.avoids = linux_avoids,
	.memory = linux_memory,
	.check = linux_check
};
