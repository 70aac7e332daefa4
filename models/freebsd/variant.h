/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The FreeBSD family, and what its releases differ in: how the tables are laid
 * out, how a port is chosen, and a few switches.  A stack (models/stacks/)
 * names one of these.
 */

#ifndef MODELS_FREEBSD_VARIANT_H
#define	MODELS_FREEBSD_VARIANT_H

#include <stdbool.h>
#include <stdint.h>

struct allocator;		/* models/ports/allocator.h */
struct net_family;		/* models/net/family.h */
struct pcb_layout;		/* models/pcb/layout.h */

/* connect() to 0.0.0.0: net.inet.ip.connect_inaddr_wild. */
enum freebsd_inaddr_wild {
	INADDR_WILD_ALWAYS,	/* no such sysctl: the first local address */
	INADDR_WILD_ON,		/* by default: the same */
	INADDR_WILD_OFF		/* by default: ENETUNREACH */
};

struct freebsd_variant {
	const struct allocator *allocator;
	const struct pcb_layout *layout;
	bool		has_lport_cache;	/* models/ports/cache.h */
	bool		has_reuseport_lb;	/* SO_REUSEPORT_LB */
	/* connect() of such a socket is EOPNOTSUPP. */
	bool		lb_never_connects;
	/*
	 * Another uid may share (*, port) with an unconnected holder that has
	 * just this one of NET_REUSEPORT and NET_REUSEPORT_LB; 0: with none.
	 */
	uint8_t		uids_share;
	/* A bound connect() walks its wild bucket to lock it. */
	bool		bound_walks_wild;
	enum freebsd_inaddr_wild inaddr_wild;
	bool		has_tick;		/* ipport_tick() */
	bool		has_require_unique;	/* tcp.require_unique_port */
};

/* Buckets with mutexes of their own, in struct net_seek_ops' numbering. */
enum freebsd_bucket {
	FREEBSD_BUCKET_EXACT,	/* connected pcbs */
	FREEBSD_BUCKET_WILD,	/* unconnected ones */
	FREEBSD_BUCKET_PORT
};

extern const struct net_family net_family_freebsd;

extern const struct pcb_layout pcb_layout_freebsd_11;
extern const struct pcb_layout pcb_layout_freebsd_12_0;
extern const struct pcb_layout pcb_layout_freebsd_12_2;
extern const struct pcb_layout pcb_layout_freebsd_14;
extern const struct pcb_layout pcb_layout_freebsd_15;

#endif /* !MODELS_FREEBSD_VARIANT_H */
