/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The ends of a workload's connections: its sockets, where they go, what they
 * bind to.
 *
 * Theory:	peers are drawn, each as likely as the others; local addresses
 *		are taken in turn, and with them the ports that a program counts
 *		itself, so that they depend on the number of the connection
 *		alone.
 */

#ifndef MODELS_MACHINE_ENDS_H
#define	MODELS_MACHINE_ENDS_H

#include <stdint.h>

struct conn;
struct machine;
struct rng;
struct workload_conf;

/*
 * socket(2) of one of its programs, with its options: root's, where it asks
 * for ports that only root may have.  NET_NOPCB: ENOBUFS.
 */
uint32_t ends_socket(const struct machine *, const struct workload_conf *);
/* Where its `nth' connection goes, from 0, and what it binds to. */
void	ends_draw(const struct machine *, const struct workload_conf *,
	    struct rng *, struct conn *, uint64_t nth);
/* Another peer alone. */
void	ends_peer(const struct machine *, const struct workload_conf *,
	    struct rng *, struct conn *);

#endif /* !MODELS_MACHINE_ENDS_H */
