/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The system calls of OpenBSD's TCP sockets, as far as they choose and hold
 * ports.
 *
 * Theory:	the source comes first, and the port is chosen for it by the
 *		function that bind() uses: a pcb with that address or with * is
 *		on the port, or not; its destination is never looked at.  So an
 *		address carries as many connections as there are ports, to all
 *		destinations together.
 *
 *		Both tables double when their pcbs pass three quarters of their
 *		buckets, at socket().  Each pcb is then put in again, the
 *		youngest first, so that lists come out oldest first.  Whatever
 *		changes a pcb's end puts it at the head of both its lists.
 * Models:	in_pcballoc(), in_pcbresize(), in_pcbbind_locked(),
 *		in_pcbaddrisavail_lock(), in_pcbpickport(), in_pcbconnect(),
 *		in_pcbset_addr(), in_pcbdetach(), sys/netinet/in_pcb.c 1.320;
 *		tcp_connect(), tcp_listen(), tcp_usrreq.c; soconnect(),
 *		solisten(), sys/kern/uipc_socket.c; OpenBSD of 2025-07.
 * Left out:	IPv6, rdomains, IP_PORTRANGE, SO_BINDANY, multicast, another
 *		net.inet.tcp.rootonly than the default.
 */

#include <errno.h>

#include <glib.h>

#include "models/openbsd/openbsd.h"
#include "sim/kassert.h"

#define	PORT_RESERVED	1024		/* IPPORT_RESERVED */
#define	PORT_NFS	2049		/* net.inet.tcp.rootonly's default */

/* ---- the tables -------------------------------------------------------- */

static struct net_end
end_of(const struct flat_pcb *p)
{

	return ((struct net_end){ .laddr = p->laddr, .faddr = p->faddr,
	    .lport = p->lport, .fport = p->fport });
}

static void
hash_insert(struct openbsd *ob, uint32_t pcb, uint32_t bucket)
{

	flat_insert(&ob->table, pcb, flat_get(&ob->table, pcb)->lport);
	flat_conn_insert(&ob->table, pcb, bucket);
}

static void
hash_remove(struct openbsd *ob, uint32_t pcb)
{

	flat_conn_remove(&ob->table, pcb);
	flat_remove(&ob->table, pcb);
}

/* in_pcbrehash(), with another end, and the bucket of that. */
static void
rehash(struct openbsd *ob, uint32_t pcb, const struct net_end *end,
    uint32_t bucket)
{

	hash_remove(ob, pcb);
	flat_change(&ob->table, pcb, end);
	hash_insert(ob, pcb, bucket);
}

struct aged {
	uint64_t	born;
	uint32_t	pcb;
};

static int
youngest_first(const void *a, const void *b)
{
	const struct aged *x, *y;

	x = a;
	y = b;
	return (x->born < y->born ? 1 : x->born > y->born ? -1 : 0);
}

static void
resize(struct openbsd *ob, uint32_t size)
{
	g_autoptr(GArray) all = NULL;
	struct net_end end;
	struct aged one;
	guint i;

	all = g_array_new(FALSE, FALSE, sizeof(struct aged));
	for (one.pcb = 0; one.pcb < ob->table.used; one.pcb++)
		if ((ob->table.pcb[one.pcb].flags & (FLAT_HASHED |
		    FLAT_FREE)) == FLAT_HASHED) {
			one.born = ob->table.pcb[one.pcb].born;
			g_array_append_val(all, one);
		}
	g_array_sort(all, youngest_first);
	for (i = 0; i < all->len; i++)
		hash_remove(ob, g_array_index(all, struct aged, i).pcb);
	ob->size = size;
	flat_resize(&ob->table, size, size);
	for (i = 0; i < all->len; i++) {
		one = g_array_index(all, struct aged, i);
		end = end_of(flat_get(&ob->table, one.pcb));
		hash_insert(ob, one.pcb, openbsd_conn_bucket(ob, &end));
	}
	ob->bucket_none = openbsd_conn_bucket(ob, &(struct net_end){ 0 });
}

uint32_t
openbsd_socket(struct net *n, unsigned opts, uint32_t uid, struct net_op *op)
{
	struct openbsd *ob;
	uint32_t pcb;

	(void)op;
	ob = openbsd_of(n);
	if (ob->table.hashed > (uint64_t)ob->size * 3 / 4)
		resize(ob, ob->size * 2);
	pcb = flat_alloc(&ob->table, opts, uid);
	hash_insert(ob, pcb, ob->bucket_none);
	return (pcb);
}

void
openbsd_setopt(struct net *n, uint32_t pcb, enum net_sockopt opt, bool on)
{
	struct flat_pcb *p;

	p = flat_get(&openbsd_of(n)->table, pcb);
	if (on)
		p->opts |= (uint8_t)opt;
	else
		p->opts &= (uint8_t)~opt;
}

void
openbsd_close(struct net *n, uint32_t pcb, struct net_op *op)
{

	(void)op;
	flat_release(&openbsd_of(n)->table, pcb);
}

/* ---- bind -------------------------------------------------------------- */

/*
 * arc4random_uniform(): values are drawn again that would make the low ones
 * more likely.
 */
static uint32_t
draw_below(struct openbsd *ob, uint32_t n)
{
	uint32_t least, value;

	if (n < 2)
		return (0);
	least = (uint32_t)-n % n;
	do
		value = net_draw(&ob->net);
	while (value < least);
	return (value % n);
}

struct flat_query
openbsd_query(const struct openbsd *ob, uint32_t laddr, bool wild)
{
	struct flat_query q = { .laddr = laddr, .wild = wild };

	net_range(&ob->net, &q.first, &q.last);
	if (ob->bad.count > 0)
		q.skip = &ob->bad;
	return (q);
}

static bool
is_wild(const struct flat_pcb *p)
{

	return ((p->opts & (NET_REUSEADDR | NET_REUSEPORT)) == 0);
}

/* in_pcbpickport(): stepped before the first try, so never `first' then. */
static int
pick_port(struct openbsd *ob, const struct flat_pcb *p, uint32_t laddr,
    uint16_t *lport, struct net_op *op)
{
	struct flat_run run = { .down = false };
	struct flat_query q;
	struct port_found got;
	uint32_t above;

	q = openbsd_query(ob, laddr, is_wild(p));
	above = q.last - q.first;
	run.count = above + 1;
	run.start = (uint16_t)(q.first + draw_below(ob, above) +
	    (above > 0));
	flat_search(&ob->table, &q, &run, &got);
	op->iters += got.iters;
	op->search.porthash += got.visits.porthash;
	op->search.portlist += got.visits.portlist;
	op->total.porthash += got.visits.porthash;
	op->total.portlist += got.visits.portlist;
	*lport = got.lport;
	return (got.found ? 0 : EADDRNOTAVAIL);
}

/* A port that the program asks for. */
static int
check_named(const struct openbsd *ob, const struct flat_pcb *p,
    uint32_t laddr, uint16_t lport, struct net_op *op)
{
	uint32_t held;

	if (p->uid != 0) {
		held = flat_lookup(&ob->table, laddr, lport, true,
		    &op->total);
		if (held != FLAT_NONE &&
		    flat_get(&ob->table, held)->uid != p->uid)
			return (EADDRINUSE);
	}
	held = flat_lookup(&ob->table, laddr, lport, is_wild(p), &op->total);
	if (held != FLAT_NONE && (p->opts & NET_REUSEPORT &
	    flat_get(&ob->table, held)->opts) == 0)
		return (EADDRINUSE);
	return ((lport < PORT_RESERVED || lport == PORT_NFS) && p->uid != 0 ?
	    EACCES : 0);
}

/*
 * in_pcbbind_locked().
 *
 * sets		the pcb gets laddr, too; connect() only looks with it
 */
static int
do_bind(struct openbsd *ob, uint32_t pcb, uint32_t laddr, uint16_t lport,
    bool sets, struct net_op *op)
{
	const struct flat_pcb *p;
	struct net_end end;
	int error;

	p = flat_get(&ob->table, pcb);
	if (p->lport != 0 || p->laddr != NET_ANY)
		return (EINVAL);
	if (sets && laddr != NET_ANY && !net_laddr_has(&ob->net, laddr))
		return (EADDRNOTAVAIL);
	error = lport != 0 ? check_named(ob, p, laddr, lport, op) :
	    pick_port(ob, p, laddr, &lport, op);
	if (error != 0)
		return (error);
	end = (struct net_end){ .laddr = sets ? laddr : NET_ANY,
	    .lport = lport };
	rehash(ob, pcb, &end, openbsd_conn_bucket(ob, &end));
	return (0);
}

void
openbsd_bind(struct net *n, uint32_t pcb, uint32_t laddr, uint16_t lport,
    struct net_op *op)
{

	op->error = do_bind(openbsd_of(n), pcb, laddr, lport, true, op);
}

void
openbsd_listen(struct net *n, uint32_t pcb, struct net_op *op)
{
	struct flat_pcb *p;
	struct openbsd *ob;

	ob = openbsd_of(n);
	p = flat_get(&ob->table, pcb);
	if (p->faddr != NET_ANY)
		op->error = EINVAL;
	else if (p->lport == 0)
		op->error = do_bind(ob, pcb, NET_ANY, 0, true, op);
	if (op->error == 0)
		p->flags |= FLAT_LISTENING;
}

/* ---- connect ----------------------------------------------------------- */

static bool
exists(struct openbsd *ob, const struct net_end *end, uint32_t bucket,
    struct net_op *op)
{

	return (flat_conn_lookup(&ob->table, end, bucket, &op->total));
}

/* The port that was just chosen is given back; the pcb stays where it is. */
static void
give_back(struct openbsd *ob, uint32_t pcb)
{
	const struct net_end none = { .lport = 0 };

	flat_change(&ob->table, pcb, &none);
}

static int
connect_to(struct openbsd *ob, uint32_t pcb, uint32_t faddr, uint16_t fport,
    struct net_op *op)
{
	struct net_end end = { .faddr = faddr, .fport = fport };
	const struct flat_pcb *p;
	uint32_t bucket;
	int error;

	if (faddr == NET_ANY)
		return (EINVAL);
	if (fport == 0)
		return (EADDRNOTAVAIL);
	p = flat_get(&ob->table, pcb);
	end.laddr = p->laddr;
	end.lport = p->lport;
	if (end.laddr == NET_ANY &&
	    net_source(&ob->net, faddr, &end.laddr) != 0)
		return (EADDRNOTAVAIL);
	bucket = openbsd_conn_bucket(ob, &end);
	if (exists(ob, &end, bucket, op))
		return (EADDRINUSE);
	if (p->laddr == NET_ANY && p->lport == 0) {
		error = do_bind(ob, pcb, end.laddr, 0, false, op);
		if (error != 0)
			return (error);
		end.lport = p->lport;
		bucket = openbsd_conn_bucket(ob, &end);
		if (exists(ob, &end, bucket, op)) {
			give_back(ob, pcb);
			return (EADDRINUSE);
		}
	}
	rehash(ob, pcb, &end, bucket);
	return (0);
}

void
openbsd_connect(struct net *n, uint32_t pcb, uint32_t faddr, uint16_t fport,
    struct net_op *op)
{
	const struct flat_pcb *p;
	struct openbsd *ob;

	ob = openbsd_of(n);
	p = flat_get(&ob->table, pcb);
	if ((p->flags & FLAT_LISTENING) != 0)
		op->error = EOPNOTSUPP;
	else if (p->faddr != NET_ANY)
		op->error = EISCONN;
	else
		op->error = connect_to(ob, pcb, faddr, fport, op);
}

void
openbsd_accept(struct net *n, uint32_t pcb, const struct net_end *end,
    struct net_op *op)
{
	struct openbsd *ob;
	uint32_t bucket;

	ob = openbsd_of(n);
	bucket = openbsd_conn_bucket(ob, end);
	if (exists(ob, end, bucket, op))
		op->error = EADDRINUSE;
	else
		rehash(ob, pcb, end, bucket);
}
