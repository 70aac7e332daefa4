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

struct allocator;		/* models/ports/allocator.h */
struct net_family;		/* models/net/family.h */
struct pcb_layout;		/* models/pcb/layout.h */

struct freebsd_variant {
	const struct allocator *allocator;
	const struct pcb_layout *layout;
	bool		has_lport_cache;	/* models/ports/cache.h */
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
extern const struct pcb_layout pcb_layout_freebsd_14_0;
extern const struct pcb_layout pcb_layout_freebsd_14;
extern const struct pcb_layout pcb_layout_freebsd_15;

#endif /* !MODELS_FREEBSD_VARIANT_H */
