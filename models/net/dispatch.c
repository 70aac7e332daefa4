/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The way to a kernel family's functions, and what is the same for all of
 * them: local addresses, routes, random values.
 */

#include <errno.h>
#include <string.h>

#include <glib.h>

#include "models/net/family.h"
#include "sim/kassert.h"

uint32_t
net_round_down(uint32_t n)
{

	while ((n & (n - 1)) != 0)
		n &= n - 1;
	return (n);
}

struct net *
net_new(const struct net_conf *conf)
{
	struct net_conf c;
	struct net *n;

	c = *conf;
	if (c.hashsize == 0)
		c.hashsize = c.family->hashsize;
	if (c.porthashsize == 0)
		c.porthashsize = c.family->porthashsize;
	KASSERT(c.hashsize > 0 && c.porthashsize > 0,
	    ("hash sizes %u, %u", c.hashsize, c.porthashsize));
	if (!c.family->any_hashsize)
		c.hashsize = net_round_down(c.hashsize);
	c.porthashsize = MIN(net_round_down(c.porthashsize), 65536);
	n = c.family->new(&c);
	n->family = c.family;
	n->first = c.first;
	n->last = c.last;
	n->maxsockets = c.family->limits_sockets ? c.maxsockets : 0;
	n->draw = c.draw;
	n->draw_arg = c.draw_arg;
	net_addr_map_init(&n->laddrs);
	net_addr_map_init(&n->routes);
	return (n);
}

void
net_free(struct net *n)
{

	net_addr_map_fini(&n->laddrs);
	net_addr_map_fini(&n->routes);
	g_free(n->laddr);
	n->family->free(n);
}

uint32_t
net_draw(void *net)
{
	struct net *n;

	n = net;
	n->op->ndraws++;
	return (n->draw(n->draw_arg));
}

uint32_t
net_hashsize_auto(uint64_t maxsockets)
{
	uint64_t n;

	for (n = 1; n <= maxsockets / 4; n *= 2)
		continue;
	return (n < 512 ? 512 : (uint32_t)n);
}

/* ---- addresses and ports ----------------------------------------------- */

void
net_laddr_add(struct net *n, uint32_t laddr)
{

	KASSERT(laddr != NET_ANY, ("local address *"));
	if ((n->nladdrs & (n->nladdrs + 1)) == 0)
		n->laddr = g_renew(uint32_t, n->laddr, 2 * n->nladdrs + 2);
	n->laddr[n->nladdrs] = laddr;
	net_addr_map_set(&n->laddrs, laddr, n->nladdrs++);
	if (n->first_laddr == NET_ANY)
		n->first_laddr = n->primary = laddr;
}

bool
net_laddr_has(const struct net *n, uint32_t laddr)
{
	uint32_t unused;

	return (net_addr_map_get(&n->laddrs, laddr, &unused));
}

uint32_t
net_laddr_at(const struct net *n, unsigned place)
{

	KASSERT(place < n->nladdrs, ("address %u of %u", place, n->nladdrs));
	return (n->laddr[place]);
}

unsigned
net_laddr_place(const struct net *n, uint32_t laddr)
{
	uint32_t place;
	bool there;

	there = net_addr_map_get(&n->laddrs, laddr, &place);
	KASSERT(there, ("no local address"));
	return (place);
}

void
net_primary_set(struct net *n, uint32_t laddr)
{

	KASSERT(net_laddr_has(n, laddr), ("primary is not a local address"));
	n->primary = laddr;
}

void
net_route_set(struct net *n, uint32_t faddr, uint32_t laddr)
{

	net_addr_map_set(&n->routes, faddr, laddr);
}

int
net_source(const struct net *n, uint32_t faddr, uint32_t *laddr)
{

	if (net_addr_map_get(&n->routes, faddr, laddr))
		return (0);
	*laddr = n->primary;
	return (n->primary == NET_ANY ? ENETUNREACH : 0);
}

void
net_range(const struct net *n, uint16_t *first, uint16_t *last)
{

	*first = MIN(n->first, n->last);
	*last = MAX(n->first, n->last);
}

void
net_set_range(struct net *n, uint16_t first, uint16_t last)
{

	n->first = first;
	n->last = last;
}

/* ---- system calls ------------------------------------------------------ */

uint32_t
net_socket(struct net *n, unsigned opts, uint32_t uid)
{
	struct net_op unasked;

	return (net_socket_op(n, opts, uid, &unasked));
}

uint32_t
net_socket_op(struct net *n, unsigned opts, uint32_t uid, struct net_op *op)
{

	*op = (struct net_op){ 0 };
	if (n->maxsockets != 0 && n->nsockets >= n->maxsockets) {
		op->error = ENOBUFS;
		return (NET_NOPCB);
	}
	n->op = op;
	n->nsockets++;
	return (n->family->socket(n, opts, uid, op));
}

bool
net_family_own_range(const struct net_family *family)
{

	return (family->setopt_range != NULL);
}

bool
net_family_noport(const struct net_family *family)
{

	return (family->has_noport);
}

bool
net_family_ranges(const struct net_family *family)
{
	const struct net_knob *k;

	for (k = family->knobs; k->name != NULL; k++)
		if (strcmp(k->name, "hifirst") == 0)
			return (true);
	return (false);
}

void
net_setopt_range(struct net *n, uint32_t pcb, uint16_t first, uint16_t last)
{

	if (n->family->setopt_range != NULL)
		n->family->setopt_range(n, pcb, first, last);
}

void
net_setopt(struct net *n, uint32_t pcb, enum net_sockopt opt, bool on)
{

	n->family->setopt(n, pcb, opt, on);
}

void
net_bind(struct net *n, uint32_t pcb, uint32_t laddr, uint16_t lport,
    struct net_op *op)
{

	*op = (struct net_op){ 0 };
	n->op = op;
	n->family->bind(n, pcb, laddr, lport, op);
}

void
net_listen(struct net *n, uint32_t pcb, struct net_op *op)
{

	*op = (struct net_op){ 0 };
	n->op = op;
	n->family->listen(n, pcb, op);
}

void
net_connect(struct net *n, uint32_t pcb, uint32_t faddr, uint16_t fport,
    struct net_op *op)
{

	*op = (struct net_op){ 0 };
	n->op = op;
	n->family->connect(n, pcb, faddr, fport, op);
}

void
net_accept_on(struct net *n, uint32_t pcb, uint32_t laddr, uint16_t lport,
    uint32_t faddr, uint16_t fport, struct net_op *op)
{
	const struct net_end end = { .laddr = laddr, .lport = lport,
	    .faddr = faddr, .fport = fport };

	*op = (struct net_op){ 0 };
	n->op = op;
	if (net_pcb_lport(n, pcb) != 0 || lport == 0 || fport == 0 ||
	    laddr == NET_ANY || faddr == NET_ANY)
		op->error = EINVAL;
	else
		n->family->accept(n, pcb, &end, op);
}

void
net_accept(struct net *n, uint32_t laddr, uint16_t lport, uint32_t faddr,
    uint16_t fport, uint32_t *pcb, struct net_op *op)
{

	*pcb = net_socket_op(n, 0, 0, op);
	if (*pcb == NET_NOPCB)
		return;
	net_accept_on(n, *pcb, laddr, lport, faddr, fport, op);
	if (op->error != 0) {
		net_close(n, *pcb, NULL);
		*pcb = NET_NOPCB;
	}
}

void
net_close(struct net *n, uint32_t pcb, struct net_op *op)
{
	struct net_op unasked;

	if (op == NULL)
		op = &unasked;
	*op = (struct net_op){ 0 };
	n->op = op;
	n->nsockets--;
	n->family->close(n, pcb, op);
}

void
net_timewait(struct net *n, uint32_t pcb, struct net_op *op)
{
	struct net_op unasked;

	if (op == NULL)
		op = &unasked;
	*op = (struct net_op){ 0 };
	n->op = op;
	if (net_pcb_fport(n, pcb) == 0)
		op->error = ENOTCONN;
	else if (n->family->timewait != NULL)
		n->family->timewait(n, pcb, op);
}

void
net_wait(struct net *n, uint64_t ms)
{

	if (n->family->wait != NULL)
		n->family->wait(n, ms);
}

void
net_cpu_set(struct net *n, unsigned cpu)
{

	n->cpu = cpu;
}

bool
net_ticks(const struct net *n)
{

	return (n->family->tick != NULL &&
	    (n->family->ticks == NULL || n->family->ticks(n)));
}

void
net_tick(struct net *n)
{

	if (net_ticks(n))
		n->family->tick(n);
}

/* ---- in pieces --------------------------------------------------------- */

enum net_seek_state
net_seek_bind(struct net *n, struct net_seek *s, uint32_t pcb,
    uint32_t laddr, uint16_t lport, struct net_op *op)
{

	*op = (struct net_op){ 0 };
	n->op = op;
	*s = (struct net_seek){ .pcb = pcb, .searches = lport == 0 };
	return (n->family->seek.begin_bind(n, s, laddr, lport, op));
}

enum net_seek_state
net_seek_connect(struct net *n, struct net_seek *s, uint32_t pcb,
    uint32_t faddr, uint16_t fport, struct net_op *op)
{

	*op = (struct net_op){ 0 };
	n->op = op;
	*s = (struct net_seek){ .pcb = pcb, .connects = true,
	    .searches = net_pcb_lport(n, pcb) == 0 };
	return (n->family->seek.begin_connect(n, s, faddr, fport, op));
}

enum net_seek_state
net_seek_stretch(struct net *n, struct net_seek *s, unsigned max,
    struct net_op *op)
{

	KASSERT(s->searches && s->left.count > 0, ("nothing left to try"));
	n->op = op;
	return (n->family->seek.stretch(n, s, max, op));
}

enum net_seek_state
net_seek_take(struct net *n, struct net_seek *s, struct net_op *op)
{

	n->op = op;
	return (n->family->seek.take(n, s, op));
}

const struct net_seek_locks *
net_seek_locks(const struct net *n, const struct net_seek *s)
{

	return (s->connects ? &n->family->seek.connect :
	    &n->family->seek.bind);
}

uint32_t
net_bucket(const struct net *n, unsigned kind, uint32_t faddr,
    uint16_t fport, uint16_t lport)
{

	return (n->family->seek.bucket(n, kind, faddr, fport, lport));
}

/* ---- state ------------------------------------------------------------- */

static struct net_end
net_end(const struct net *n, uint32_t pcb)
{
	struct net_end end;

	n->family->pcb(n, pcb, &end);
	return (end);
}

uint32_t
net_pcb_laddr(const struct net *n, uint32_t pcb)
{

	return (net_end(n, pcb).laddr);
}

uint16_t
net_pcb_lport(const struct net *n, uint32_t pcb)
{

	return (net_end(n, pcb).lport);
}

uint32_t
net_pcb_faddr(const struct net *n, uint32_t pcb)
{

	return (net_end(n, pcb).faddr);
}

uint16_t
net_pcb_fport(const struct net *n, uint32_t pcb)
{

	return (net_end(n, pcb).fport);
}

uint64_t
net_port_visits(const struct net *n, const struct net_visits *v)
{

	return (v->portlist + (n->family->porthash_counts_pcbs ? v->porthash :
	    0));
}

uint64_t
net_inbound_visits(const struct net *n)
{

	return (n->family->inbound_visits == NULL ? 1 :
	    n->family->inbound_visits(n));
}

unsigned
net_lastport(const struct net *n)
{

	return (n->family->lastport == NULL ? 0 : n->family->lastport(n));
}

unsigned
net_stoprandom(const struct net *n)
{

	return (n->family->stoprandom == NULL ? 0 : n->family->stoprandom(n));
}

size_t
net_npcbs(const struct net *n)
{

	return (*n->npcbs);
}

unsigned
net_ports_total(const struct net *n)
{
	uint16_t first, last;

	net_range(n, &first, &last);
	return (last - first + 1u);
}

unsigned
net_ports_busy(const struct net *n)
{
	uint16_t first, last;

	net_range(n, &first, &last);
	return (n->family->ports_busy(n, first, last));
}

unsigned
net_ports_free(const struct net *n, uint32_t laddr)
{
	uint16_t first, last;

	net_range(n, &first, &last);
	return (n->family->ports_free(n, first, last, laddr));
}

void
net_ports_by_laddr(const struct net *n, const uint32_t *laddrs,
    unsigned nladdrs, unsigned *busy)
{
	uint16_t first, last;

	net_range(n, &first, &last);
	n->family->ports_by_laddr(n, first, last, laddrs, nladdrs, busy);
}

unsigned
net_tuples_free(const struct net *n, uint32_t laddr, uint32_t faddr,
    uint16_t fport)
{
	struct port_query q = { .rule = PORT_RULE_TUPLE, .laddr = laddr,
	    .faddr = faddr, .fport = fport };

	net_range(n, &q.first, &q.last);
	return (n->family->tuples_free(n, &q));
}

size_t
net_plist(const struct net *n, uint16_t lport, uint32_t *out, size_t max)
{

	return (n->family->plist(n, lport, out, max));
}

size_t
net_phash(const struct net *n, uint16_t lport, uint16_t *out, size_t max)
{

	return (n->family->phash(n, lport, out, max));
}

size_t
net_allocator_bytes(const struct net *n)
{

	return (n->family->allocator_bytes == NULL ? 0 :
	    n->family->allocator_bytes(n));
}

size_t
net_memory(const struct net *n)
{

	return (sizeof(*n) + n->family->memory(n) +
	    (n->laddrs.size + n->routes.size) * sizeof(*n->laddrs.pair));
}

void
net_check(const struct net *n)
{

	n->family->check(n);
}

const char *
net_error_name(int error, char buf[16])
{
	static const struct {
		int		error;
		const char	*name;
	} names[] = {
		{ 0, "OK" }, { EACCES, "EACCES" },
		{ EADDRINUSE, "EADDRINUSE" },
		{ EADDRNOTAVAIL, "EADDRNOTAVAIL" }, { EAGAIN, "EAGAIN" },
		{ EINVAL, "EINVAL" }, { EISCONN, "EISCONN" },
		{ ENETUNREACH, "ENETUNREACH" }, { ENOBUFS, "ENOBUFS" },
		{ ENOTCONN, "ENOTCONN" }, { EOPNOTSUPP, "EOPNOTSUPP" },
		{ NET_EDIVZERO, "EDIVZERO" }
	};
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(names); i++)
		if (names[i].error == error)
			return (names[i].name);
	g_snprintf(buf, 16, "E%d", error);
	return (buf);
}
