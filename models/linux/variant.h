/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The Linux family, and what its releases differ in.  A stack
 * (models/stacks/) names one of these.
 */

#ifndef MODELS_LINUX_VARIANT_H
#define	MODELS_LINUX_VARIANT_H

#include <stdbool.h>

struct net_family;		/* models/net/family.h */

struct linux_variant {
	/*
	 * connect() looks a candidate up under RCU, and takes its bucket's
	 * lock only if it seems free (6.15 on).
	 */
	bool		looks_first;
	/*
	 * A port that the last bind()er has left is open to connect() again
	 * (6.18 on); else only once it is empty.
	 */
	bool		recovers;
	/* IP_LOCAL_PORT_RANGE goes through all ports in order (6.8 on). */
	bool		range_by_ones;
	/* TIME_WAIT is reused after ms (6.14 on), else in the next second. */
	bool		reuse_by_ms;
	/* The hash of established sockets is linear in the port (6.15 on). */
	bool		linear_hash;
	/* net.ipv4.ip_local_port_step_width (7.1 on). */
	bool		has_step_width;
};

/* Buckets with spinlocks of their own, in struct net_seek_ops' numbering. */
enum linux_bucket {
	LINUX_BUCKET_BIND,	/* bhash: a port */
	LINUX_BUCKET_BIND2,	/* bhash2: an address and port */
	LINUX_BUCKET_EHASH	/* established: a tuple */
};

extern const struct net_family net_family_linux;

extern const struct linux_variant linux_6_1;
extern const struct linux_variant linux_6_18;
extern const struct linux_variant linux_7_1;

#endif /* !MODELS_LINUX_VARIANT_H */
