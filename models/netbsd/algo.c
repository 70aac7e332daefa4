/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The six algorithms by which NetBSD chooses a local port.
 *
 * Theory:	all but two forget the destination: a counter or a random
 *		start, the same for all addresses.  hash and doublehash want the
 *		whole tuple and put the choice off until it is there; but their
 *		hash has a new secret at every call, so that no sequence by
 *		destination comes of it.
 *
 *		Only bsd says that the range is exhausted.  After any other the
 *		caller takes the port given last, by whichever algorithm, minus
 *		one, taken or not, in the range or not.
 * Models:	portalgo_randport(), the algo_*() functions, Fhash(), sys/
 *		netinet/portalgo.c 1.7, NetBSD-current of 2015-02; the same
 *		choice in the text of 2017.
 * Left out:	IP_PORTALGO of a socket, low ports, UDP's own counters.
 */

#include <errno.h>
#include <string.h>

#include <glib.h>

#include "models/netbsd/netbsd.h"

#define	RANDINC_MAX	500		/* N of RFC 6056, algorithm 5 */

const char *const netbsd_algo_names[] = { "bsd", "random_start",
    "random_pick", "hash", "doublehash", "randinc", NULL };

/* One choice on its way. */
struct pick {
	struct netbsd	*nb;
	struct flat_query q;
	struct net_op	*op;
	unsigned	nports;
	uint16_t	lport;		/* tried last */
};

/* Try so many from `port' on; true: the last one is free. */
static bool
try_run(struct pick *k, uint16_t port, unsigned count, bool down)
{
	const struct flat_run run = { .start = port, .down = down,
	    .count = count };
	struct port_found got;

	flat_search(&k->nb->table, &k->q, &run, &got);
	k->op->iters += got.iters;
	k->op->search.porthash += got.visits.porthash;
	k->op->search.portlist += got.visits.portlist;
	k->op->total.porthash += got.visits.porthash;
	k->op->total.portlist += got.visits.portlist;
	k->lport = got.lport;
	return (got.found);
}

static uint32_t
draw(struct pick *k)
{

	return (net_draw(&k->nb->net));
}

static bool
pick_bsd(struct pick *k)
{
	uint16_t *next;
	bool found;

	next = &k->nb->next[NETBSD_BSD];
	if (*next < k->q.first || *next > k->q.last)
		*next = k->q.last;
	found = try_run(k, *next, k->nports, true);
	*next = (uint16_t)(k->lport - 1);
	return (found);
}

static bool
pick_random_start(struct pick *k)
{
	uint16_t *next;
	bool found;

	next = &k->nb->next[NETBSD_RANDOM_START];
	*next = (uint16_t)(k->q.first + draw(k) % k->nports);
	found = try_run(k, *next, k->nports, false);
	if (found)
		*next = k->lport;
	return (found);
}

static bool
pick_random_pick(struct pick *k)
{
	uint16_t *next;
	unsigned i;

	next = &k->nb->next[NETBSD_RANDOM_PICK];
	*next = (uint16_t)(k->q.first + draw(k) % k->nports);
	for (i = 0; i < k->nports; i++) {
		if (try_run(k, *next, 1, false))
			return (true);
		*next = (uint16_t)(k->q.first + draw(k) % k->nports);
	}
	return (false);
}

static bool
pick_randinc(struct pick *k)
{
	uint16_t *next;
	unsigned i;

	next = &k->nb->next[NETBSD_RANDINC];
	if (*next == 0)
		*next = (uint16_t)draw(k);
	for (i = 0; i < k->nports; i++) {
		*next = (uint16_t)(*next + draw(k) % RANDINC_MAX + 1);
		if (try_run(k, (uint16_t)(k->q.first + *next % k->nports), 1,
		    false))
			return (true);
	}
	return (false);
}

/*
 * F(): MD5 of the end as it lies in memory, and of a secret drawn now, folded
 * to 16 bits.
 */
static uint16_t
tuple_hash(struct pick *k, const struct net_end *end)
{
	g_autoptr(GChecksum) md5 = NULL;
	uint32_t secret[4], digest[4], folded;
	uint8_t fport[2];
	gsize size;
	unsigned i;

	for (i = 0; i < 4; i++)
		secret[i] = GUINT32_TO_LE(draw(k));
	fport[0] = (uint8_t)(end->fport >> 8);
	fport[1] = (uint8_t)end->fport;
	md5 = g_checksum_new(G_CHECKSUM_MD5);
	g_checksum_update(md5, (const guchar *)&end->laddr, 4);
	g_checksum_update(md5, (const guchar *)&end->faddr, 4);
	g_checksum_update(md5, fport, 2);
	g_checksum_update(md5, (const guchar *)secret, sizeof(secret));
	size = sizeof(digest);
	g_checksum_get_digest(md5, (guint8 *)digest, &size);
	folded = GUINT32_FROM_LE(digest[0] ^ digest[1] ^ digest[2] ^
	    digest[3]);
	return ((uint16_t)(folded ^ folded >> 16));
}

/*
 * From offset + *next on, stepping *next for each candidate.  It has 16 bits:
 * where it begins again at 0 the order of ports jumps.
 */
static bool
try_from(struct pick *k, uint16_t offset, uint16_t *next)
{
	unsigned count, left;
	uint64_t before;
	bool found;

	found = false;
	for (left = k->nports; left > 0 && !found; left -= count) {
		count = MIN(left, 65536u - *next);
		before = k->op->iters;
		found = try_run(k, (uint16_t)(k->q.first +
		    ((unsigned)*next + offset) % k->nports), count, false);
		*next = (uint16_t)(*next + (k->op->iters - before));
	}
	return (found);
}

static bool
pick_hash(struct pick *k, const struct net_end *end)
{

	return (try_from(k, tuple_hash(k, end), &k->nb->next[NETBSD_HASH]));
}

static bool
pick_doublehash(struct pick *k, const struct net_end *end)
{
	uint16_t offset;
	unsigned i;

	if (k->nb->slot[0] == 0)
		for (i = 0; i < NETBSD_SLOTS; i++)
			k->nb->slot[i] = (uint16_t)draw(k);
	offset = tuple_hash(k, end);
	i = tuple_hash(k, end) % NETBSD_SLOTS;
	return (try_from(k, offset, &k->nb->slot[i]));
}

struct flat_query
netbsd_query(const struct netbsd *nb, uint32_t laddr)
{
	struct flat_query q = { .laddr = laddr, .wild = true };

	net_range(&nb->net, &q.first, &q.last);
	if (nb->reserve.count > 0)
		q.skip = &nb->reserve;
	return (q);
}

static bool
pick(struct pick *k, const struct net_end *end)
{

	switch (k->nb->algo) {
	case NETBSD_RANDOM_START:
		return (pick_random_start(k));
	case NETBSD_RANDOM_PICK:
		return (pick_random_pick(k));
	case NETBSD_HASH:
		return (pick_hash(k, end));
	case NETBSD_DOUBLEHASH:
		return (pick_doublehash(k, end));
	case NETBSD_RANDINC:
		return (pick_randinc(k));
	default:
		return (pick_bsd(k));
	}
}

int
netbsd_choose(struct netbsd *nb, struct netbsd_choice *c, struct net_op *op)
{
	struct pick k = { .nb = nb, .op = op };

	c->late = (nb->algo == NETBSD_HASH || nb->algo == NETBSD_DOUBLEHASH) &&
	    (c->end.fport == 0 || c->end.faddr == NET_ANY);
	if (c->late) {
		c->lport = 0;
	} else {
		k.q = netbsd_query(nb, c->end.laddr);
		k.nports = k.q.last - k.q.first + 1u;
		if (pick(&k, &c->end))
			c->lport = k.lport;
		else if (nb->algo == NETBSD_BSD)
			return (EAGAIN);
		else
			c->lport = (uint16_t)(nb->lastport - 1);
	}
	nb->lastport = c->lport;
	return (0);
}
