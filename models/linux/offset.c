/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Where the search of a connect() begins: a keyed hash of the destination,
 * anew every ten seconds, plus a counter that many destinations share.
 *
 * Theory:	algorithm 4 of RFC 6056 with 65,536 counters and increments
 *		that are random while ports are plenty.
 * Models:	secure_ipv4_port_ephemeral(), net/core/secure_seq.c;
 *		table_perturb, __inet_hash_connect(),
 *		net/ipv4/inet_hashtables.c; get_random_u32_below(),
 *		drivers/char/random.c; Linux 6.1, 6.18.
 * Left out:	the first values of the 65,536 counters are the kernel's
 *		random bytes; here a generator makes them that two draws
 *		seed.  6.1 does not reject where a random number below n
 *		would be biased, by 1 in 10^5 at most.
 */

#include <glib.h>

#include "models/linux/linux.h"

#define	EPOCH_MS	10000

static uint64_t
draw64(struct linux_net *l)
{
	uint64_t high;

	high = net_draw(l);
	return (high << 32 | net_draw(l));
}

/* Secrets are made when they are first needed. */
static void
seed(struct linux_net *l)
{

	l->key.k0 = draw64(l);
	l->key.k1 = draw64(l);
	l->perturb_seed = draw64(l);
	l->perturb = g_new0(uint32_t, LINUX_PERTURB_SIZE);
	l->seeded = true;
}

uint64_t
linux_port_offset(struct linux_net *l, const struct linux_tuple *u)
{
	uint32_t word[4];

	if (!l->seeded)
		seed(l);
	word[0] = u->laddr;
	word[1] = u->faddr;
	word[2] = u->fport;
	word[3] = (uint32_t)(l->now_ms / EPOCH_MS);
	return (siphash24_words(&l->key, word, G_N_ELEMENTS(word)));
}

/* The random first value of a counter: splitmix64's step. */
static uint32_t
first_value(const struct linux_net *l, uint32_t i)
{
	uint64_t z;

	z = l->perturb_seed + (i + 1) * UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return ((uint32_t)(z >> 32));
}

uint32_t
linux_perturb(const struct linux_net *l, uint64_t port_offset)
{
	uint32_t i;

	i = port_offset % LINUX_PERTURB_SIZE;
	return (first_value(l, i) + l->perturb[i]);
}

void
linux_perturb_add(struct linux_net *l, uint64_t port_offset, uint32_t n)
{

	l->perturb[port_offset % LINUX_PERTURB_SIZE] += n;
}

uint32_t
linux_random_below(struct linux_net *l, uint32_t n)
{
	uint64_t m;

	m = (uint64_t)net_draw(l) * n;
	while ((uint32_t)m < n && (uint32_t)m < -n % n)
		m = (uint64_t)net_draw(l) * n;
	return ((uint32_t)(m >> 32));
}
