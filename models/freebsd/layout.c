/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Table layouts of the FreeBSD releases.
 *
 * Models:	INP_PCBHASH() of sys/netinet/in_pcb.h, FreeBSD 12.1 and 14.3;
 *		jenkins_hash32(), sys/libkern/jenkins_hash.c (Bob Jenkins'
 *		lookup3, hashword(), in the public domain).
 * Left out:	IPv6 keys; RSS and connection groups (PCBGROUP), which no
 *		GENERIC kernel has.
 */

#include <stddef.h>

#include "models/freebsd/variant.h"
#include "models/pcb/layout.h"

/* The address is the raw in_addr_t of a little-endian machine. */
static uint32_t
xor_key(uint32_t faddr, uint32_t seed)
{

	(void)seed;
	return (faddr ^ (faddr >> 16));
}

static uint32_t
rol(uint32_t x, unsigned n)
{

	return (x << n | x >> (32 - n));
}

/*
 * hashword() of one word; of no words for the address *, which therefore
 * hashes to the start value.
 */
static uint32_t
jenkins_key(uint32_t faddr, uint32_t seed)
{
	uint32_t a, b, c;

	if (faddr == 0)
		return (seed);
	a = b = c = 0xdeadbeef + (1u << 2) + seed;
	a += faddr;
	c ^= b;
	c -= rol(b, 14);
	a ^= c;
	a -= rol(c, 11);
	b ^= a;
	b -= rol(a, 25);
	c ^= b;
	c -= rol(b, 16);
	a ^= c;
	a -= rol(c, 4);
	b ^= a;
	b -= rol(a, 14);
	c ^= b;
	c -= rol(b, 24);
	return (c);
}

const struct pcb_layout pcb_layout_freebsd_11 = {
	.name = "one-table",
	.source = "in_pcbinshash_internal(), in_pcblookup_hash_locked(), "
	    "sys/netinet/in_pcb.c, FreeBSD 11.0",
	.accept_binds_first = true,
	.key = xor_key
};

const struct pcb_layout pcb_layout_freebsd_12_0 = {
	.name = "one-table",
	.source = "in_pcbinshash_internal(), in_pcblookup_hash_locked(), "
	    "sys/netinet/in_pcb.c, FreeBSD 12.0",
	.accept_binds_first = true,
	.key = xor_key
};

const struct pcb_layout pcb_layout_freebsd_12_2 = {
	.name = "one-table",
	.source = "in_pcbinshash_internal(), in_pcblookup_hash_locked(), "
	    "sys/netinet/in_pcb.c, tcp_connect(), FreeBSD 12.2 and 13.0",
	.connect_binds_any = true,
	.key = xor_key
};

const struct pcb_layout pcb_layout_freebsd_14 = {
	.name = "exact-and-wild",
	.source = "in_pcbinshash(), in_pcblookup_hash_exact(), "
	    "in_pcblookup_hash_wild_locked(), sys/netinet/in_pcb.c, "
	    "FreeBSD 14.3",
	.split = true,
	.stop_at_match = true,
	.key = jenkins_key
};

const struct pcb_layout pcb_layout_freebsd_15 = {
	.name = "exact-and-wild-one-level",
	.source = "in_pcbinshash(), in_pcblookup_local(), "
	    "in_pcblookup_hash_exact(), in_pcblookup_hash_wild_locked(), "
	    "sys/netinet/in_pcb.c, main of 2025 (15)",
	.split = true,
	.one_level = true,
	.lb_pending = true,
	.stop_at_match = true,
	.key = jenkins_key
};
