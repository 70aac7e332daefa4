/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A service that clients from outside connect to: their handshakes, the queue
 * of those that nobody has accepted yet, the program that accepts them, and
 * how they end.
 *
 * Theory:	a SYN takes the listener's lock and is answered; the ACK comes
 *		a round trip later.  It makes a socket, under the listener's
 *		lock, unless 1.5 x backlog wait already: then the client gets
 *		a RST, before any pcb is made.  One user thread accepts, in
 *		their order; then a connection's life begins.
 * Models:	tcp_input(), syncache_add(), syncache_expand(),
 *		syncache_socket(), sonewconn() and solisten_dequeue(),
 *		sys/netinet/tcp_syncache.c and sys/kern/uipc_socket.c, FreeBSD
 *		12.1; net.inet.tcp.syncache.rst_on_sock_fail = 1, its default.
 * Left out:	the syncache's own limits and cookies; clients that try again
 *		after a RST; the service's work on what it accepted.
 */

#ifndef MODELS_MACHINE_SERVER_H
#define	MODELS_MACHINE_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "models/cpus/sched.h"
#include "models/machine/fifo.h"
#include "sim/rng.h"

struct inbound;
struct lapse;
struct machine;
struct replay_conn;
struct workload_conf;

#define	SERVER_NSLOTS	3

struct server {
	struct machine	*machine;
	struct inbound	*inbound;
	struct lapse	*lapse;
	struct thread	thread;		/* accepts */
	struct fifo	queue;		/* connections to accept */
	unsigned	slot_arrival;	/* next SYN */
	unsigned	slot_close;	/* timers: lives that end */
	unsigned	slot_rtt;	/* ring: answers of clients */
	struct rng	rng_accept;
	struct rng	rng_lifetime;
	struct rng	rng_peer;	/* when clients close */
	uint32_t	clients;	/* counts them: their addresses */
};

/* Owns CONN_INBOUND, carries out ACT_ADMIT. */
void	server_init(struct server *, struct machine *, struct inbound *,
	    struct lapse *);
void	server_fini(struct server *);

/* Does it listen on inbound.lport?  Make it listen on another port, too. */
bool	server_listens(const struct server *);
void	server_listen(struct server *, uint16_t lport);

/*
 * The SYN of a recorded client of that workload arrives.  What the recording
 * leaves empty is as of any other client.
 */
void	server_call(struct server *, const struct replay_conn *,
	    unsigned workload);

#endif /* !MODELS_MACHINE_SERVER_H */
