/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The OpenBSD family: its tables, its knobs.
 *
 * Models:	in_pcbinit(), in_pcbhash(), in_pcblhash(), sys/netinet/
 *		in_pcb.c 1.320; DEFBADDYNAMICPORTS_TCP, in.h; OpenBSD of
 *		2025-07.
 */

#include <glib.h>

#include "models/net/siphash.h"
#include "models/openbsd/family.h"
#include "models/openbsd/openbsd.h"
#include "sim/kassert.h"

/* Of the recordings: 00 01 02 ... 0f, in memory. */
#define	RECORDED_KEY_0	UINT64_C(0x0706050403020100)
#define	RECORDED_KEY_1	UINT64_C(0x0f0e0d0c0b0a0908)

/* ---- hashes ------------------------------------------------------------ */

static uint8_t *
put16(uint8_t *p, uint16_t port)
{

	*p++ = (uint8_t)(port >> 8);
	*p++ = (uint8_t)port;
	return (p);
}

/* rdomain 0, lport */
static void
port_hashes(struct openbsd *ob, const struct siphash_key *key)
{
	uint8_t bytes[6] = { 0 };
	unsigned port;

	for (port = 0; port < 65536; port++) {
		(void)put16(bytes + 4, (uint16_t)port);
		ob->port_hash[port] = (uint32_t)siphash24(key, bytes,
		    sizeof(bytes));
	}
}

/* A port as it lies in memory, in the low half of a word. */
static uint32_t
port_word(uint16_t port)
{

	return ((uint32_t)GUINT16_SWAP_LE_BE(port));
}

/* rdomain 0, faddr, fport, laddr, lport */
uint32_t
openbsd_conn_bucket(const struct openbsd *ob, const struct net_end *end)
{
	const uint32_t word[] = { 0, end->faddr,
	    port_word(end->fport) | end->laddr << 16,
	    end->laddr >> 16 | port_word(end->lport) << 16 };

	return ((uint32_t)siphash24_words(&ob->key, word,
	    G_N_ELEMENTS(word)) & (ob->size - 1));
}

/* Key number n of a seed: SplitMix64. */
static uint64_t
key_of(uint64_t seed, unsigned n)
{
	uint64_t z;

	z = seed + n * UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (z ^ z >> 31);
}

/* ---- life -------------------------------------------------------------- */

/* net.inet.tcp.baddynamic as it is by default. */
static void
bad_ports(struct port_set *bad)
{
	static const struct {
		uint16_t	first, last;
	} ports[] = { { 587, 587 }, { 749, 751 }, { 853, 853 }, { 871, 871 },
	    { 2049, 2049 }, { 6000, 6010 } };
	unsigned i, p;

	for (i = 0; i < G_N_ELEMENTS(ports); i++)
		for (p = ports[i].first; p <= ports[i].last; p++)
			port_set_add(bad, (uint16_t)p);
}

static struct net *
openbsd_new(const struct net_conf *c)
{
	struct siphash_key lkey = { RECORDED_KEY_0, RECORDED_KEY_1 };
	struct openbsd *ob;

	ob = g_new0(struct openbsd, 1);
	ob->key = lkey;
	if (c->hash_seed != 0) {
		ob->key.k0 = key_of(c->hash_seed, 1);
		ob->key.k1 = key_of(c->hash_seed, 2);
		lkey.k0 = key_of(c->hash_seed, 3);
		lkey.k1 = key_of(c->hash_seed, 4);
	}
	port_hashes(ob, &lkey);
	bad_ports(&ob->bad);
	ob->size = c->hashsize;
	ob->bucket_none = openbsd_conn_bucket(ob, &(struct net_end){ 0 });
	flat_init(&ob->table, c->search, ob->size, ob->size, ob->port_hash);
	ob->net.npcbs = &ob->table.hashed;
	return (&ob->net);
}

static void
openbsd_free(struct net *n)
{
	struct openbsd *ob;

	ob = openbsd_of(n);
	flat_fini(&ob->table);
	g_free(ob);
}

static void
set_reserved(struct net *n, uint64_t port, uint64_t on)
{
	struct openbsd *ob;

	ob = openbsd_of(n);
	if (port_set_has(&ob->bad, (unsigned)port) == (on != 0))
		return;
	if (on != 0)
		port_set_add(&ob->bad, (uint16_t)port);
	else
		port_set_remove(&ob->bad, (uint16_t)port);
}

static const struct net_knob knobs[] = {
	{ .name = "reserved", .max = 1, .set_at = set_reserved,
	    .max_at = UINT16_MAX },
	{ .name = NULL }
};

/* An unbound connect() looks with its source, and at no destination. */
static unsigned
openbsd_tuples_free(const struct net *n, const struct port_query *q)
{
	const struct openbsd *ob;
	struct flat_query f;

	ob = openbsd_of_const(n);
	f = openbsd_query(ob, q->laddr, true);
	f.first = q->first;
	f.last = q->last;
	return (flat_ports_free(&ob->table, &f));
}

/* ---- state ------------------------------------------------------------- */

static void
openbsd_end(const struct net *n, uint32_t pcb, struct net_end *end)
{
	const struct flat_pcb *p;

	p = flat_get(&openbsd_of_const(n)->table, pcb);
	*end = (struct net_end){ .laddr = p->laddr, .faddr = p->faddr,
	    .lport = p->lport, .fport = p->fport };
}

static unsigned
openbsd_ports_free(const struct net *n, uint16_t first, uint16_t last,
    uint32_t laddr)
{
	const struct openbsd *ob;
	struct flat_query q;

	ob = openbsd_of_const(n);
	q = openbsd_query(ob, laddr, true);
	q.first = first;
	q.last = last;
	return (flat_ports_free(&ob->table, &q));
}

static unsigned
openbsd_ports_busy(const struct net *n, uint16_t first, uint16_t last)
{
	const struct flat_query q = { .laddr = NET_ANY, .wild = true,
	    .first = first, .last = last };

	return (last - first + 1u -
	    flat_ports_free(&openbsd_of_const(n)->table, &q));
}

static void
openbsd_ports_by_laddr(const struct net *n, uint16_t first, uint16_t last,
    const uint32_t *laddrs, unsigned nladdrs, unsigned *busy)
{

	flat_ports_by_laddr(&openbsd_of_const(n)->table, first, last, laddrs,
	    nladdrs, busy);
}

static size_t
openbsd_plist(const struct net *n, uint16_t lport, uint32_t *out, size_t max)
{

	return (flat_plist(&openbsd_of_const(n)->table, lport, out, max));
}

static size_t
openbsd_phash(const struct net *n, uint16_t lport, uint16_t *out, size_t max)
{

	return (flat_phash(&openbsd_of_const(n)->table, lport, out, max));
}

static size_t
openbsd_memory(const struct net *n)
{
	const struct openbsd *ob;

	ob = openbsd_of_const(n);
	return (sizeof(*ob) - sizeof(ob->net) + flat_memory(&ob->table));
}

static void
openbsd_check(const struct net *n)
{

	flat_check(&openbsd_of_const(n)->table);
}

const struct net_family net_family_openbsd = {
	.name = "openbsd",
	.new = openbsd_new,
	.free = openbsd_free,
	.socket = openbsd_socket,
	.setopt = openbsd_setopt,
	.bind = openbsd_bind,
	.listen = openbsd_listen,
	.connect = openbsd_connect,
	.accept = openbsd_accept,
	.close = openbsd_close,
	.knobs = knobs,
	.porthash_counts_pcbs = true,
	.pcb = openbsd_end,
	.ports_busy = openbsd_ports_busy,
	.ports_free = openbsd_ports_free,
	.ports_by_laddr = openbsd_ports_by_laddr,
	.tuples_free = openbsd_tuples_free,
	.plist = openbsd_plist,
	.phash = openbsd_phash,
	.memory = openbsd_memory,
	.check = openbsd_check
};
