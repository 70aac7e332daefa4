/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The inside of a Linux kernel's TCP tables, for models/linux/ alone.
 */

#ifndef MODELS_LINUX_LINUX_H
#define	MODELS_LINUX_LINUX_H

#include "models/linux/search.h"
#include "models/linux/tables.h"
#include "models/linux/variant.h"
#include "models/net/family.h"
#include "models/net/proposal.h"
#include "models/net/siphash.h"
#include "models/ports/set.h"

struct linux_index;

/* Values of net.ipv4.tcp_tw_reuse. */
#define	LINUX_REUSE_LOOPBACK	2

/* Counters of perturbations. */
#define	LINUX_PERTURB_SIZE	65536u

struct linux_net {
	struct net	net;		/* first */
	const struct linux_variant *variant;
	const struct proposal *proposal;	/* NULL: none */
	enum net_search	search;
	struct linux_tables t;
	struct linux_index *index;	/* NULL: by walk alone */
	int64_t		now_ms;		/* since the start */
	/* sysctls, net.ipv4. */
	struct port_set	reserved;	/* ip_local_reserved_ports; places as
					   linux_place() has them */
	unsigned	tw_reuse;	/* tcp_tw_reuse */
	unsigned	tw_reuse_delay;	/* tcp_tw_reuse_delay, ms */
	unsigned	step_width;	/* ip_local_port_step_width */
	bool		autobind_reuse;	/* ip_autobind_reuse */
	bool		timestamps;	/* tcp_timestamps */
	unsigned	unprivileged;	/* ip_unprivileged_port_start */
	/* What a connect() begins at. */
	bool		seeded;		/* from the first connect() on */
	struct siphash_key key;
	uint64_t	perturb_seed;
	uint32_t	*perturb;	/* perturb[65536], what was added to
					   the random first values */
};

static inline struct linux_net *
linux_of(struct net *n)
{

	return ((struct linux_net *)(void *)n);
}

static inline const struct linux_net *
linux_of_const(const struct net *n)
{

	return ((const struct linux_net *)(const void *)n);
}

/* ---- bind.c: who may have a port, and who has it ------------------------ */

/*
 * Would the socket, bound to laddr, conflict with who holds the port?
 *
 * relax	as the last pass of bind(A, 0) under ip_autobind_reuse, and
 *		as a bind to a port by name
 * shares	SO_REUSEPORT counts (a port by name)
 * v		[in/out] gets buckets and sockets looked at
 */
bool	linux_bind_conflict(const struct linux_net *, uint32_t sock,
	    uint32_t laddr, uint16_t port, bool relax, bool shares,
	    struct net_visits *v);

/* bind() to a port by name, or listen(): 0 or EADDRINUSE. */
int	linux_bind_named(struct linux_net *, uint32_t sock, uint16_t port,
	    struct net_op *);

/* bind(): the port is the socket's, who is not on one. */
void	linux_bind_enter(struct linux_net *, uint32_t sock, uint16_t port);

/* connect(): the same, and the port stays open to other connects. */
void	linux_connect_enter(struct linux_net *, uint32_t sock,
	    uint16_t port);

/* A child of a listener on the port. */
void	linux_accept_enter(struct linux_net *, uint32_t sock,
	    uint16_t port);

/* The socket gives its port back. */
void	linux_bind_leave(struct linux_net *, uint32_t sock);

/* Its address changes, in its bucket as well if it is in one. */
void	linux_bind_move(struct linux_net *, uint32_t sock, uint32_t laddr);

/* ---- established.c ------------------------------------------------------ */

/* Into the hash, its two ends being set; the tuple must be new. */
void	linux_hash_enter(struct linux_net *, uint32_t sock);
void	linux_hash_leave(struct linux_net *, uint32_t sock);

/* A connection becomes a TIME_WAIT, now. */
void	linux_hash_timewait(struct linux_net *, uint32_t sock);
/* Every socket in its chain, once; panics. */
void	linux_hash_check(const struct linux_net *);

/* May its tuple be had again, by a connect() on a port by name or not? */
bool	linux_timewait_reusable(const struct linux_net *,
	    const struct linux_sock *, bool named);

/* The socket of the tuple, TIME_WAIT included; PCB_NONE. */
uint32_t linux_hash_find(const struct linux_net *,
	    const struct linux_tuple *, struct net_visits *v);

/*
 * A connect() took the tuple of a TIME_WAIT, which has left the hash: it
 * leaves its port, and is no more; op->recycled says so.
 */
void	linux_recycle(struct linux_net *, uint32_t tw, struct net_op *);

/* ---- offset.c: where a search begins ------------------------------------ */

uint64_t linux_port_offset(struct linux_net *, const struct linux_tuple *);
uint32_t linux_perturb(const struct linux_net *, uint64_t port_offset);
void	linux_perturb_add(struct linux_net *, uint64_t port_offset,
	    uint32_t n);
/* A random number below n > 0. */
uint32_t linux_random_below(struct linux_net *, uint32_t n);

/* ---- walk.c, scan.c ---------------------------------------------------- */

enum linux_look {
	LINUX_FREE,
	LINUX_TAKEN,
	LINUX_SKIPPED		/* reserved: not looked at */
};

/* Look at one candidate; what was looked at is added to *f. */
enum linux_look linux_look(const struct linux_net *,
	    const struct linux_search *, uint16_t port,
	    struct linux_found *f);

/*
 * Try candidates of the pass from s->done on, at most max, until one is free:
 * one by one, or by the index.
 */
void	linux_walk(const struct linux_net *, const struct linux_search *,
	    unsigned max, struct linux_found *);
void	linux_scan(const struct linux_net *, const struct linux_search *,
	    unsigned max, struct linux_found *);

/* .. as the conf says; both, and they agree. */
void	linux_try(const struct linux_net *, const struct linux_search *,
	    unsigned max, struct linux_found *);

/* Ports of [first, last] in none of sets[n]; places as linux_place() has. */
unsigned linux_scan_outside(const struct port_set *const *sets, unsigned n,
	    uint16_t first, uint16_t last);

/* ---- call.c: the system calls ------------------------------------------- */

uint32_t linux_socket(struct net *, unsigned opts, uint32_t uid,
	    struct net_op *);
void	linux_setopt(struct net *, uint32_t pcb, enum net_sockopt, bool on);
void	linux_setopt_range(struct net *, uint32_t pcb, uint16_t first,
	    uint16_t last);
void	linux_bind(struct net *, uint32_t pcb, uint32_t laddr,
	    uint16_t lport, struct net_op *);
void	linux_listen(struct net *, uint32_t pcb, struct net_op *);
void	linux_connect(struct net *, uint32_t pcb, uint32_t faddr,
	    uint16_t fport, struct net_op *);
void	linux_accept(struct net *, uint32_t pcb, const struct net_end *,
	    struct net_op *);
void	linux_timewait(struct net *, uint32_t pcb, struct net_op *);
void	linux_close(struct net *, uint32_t pcb, struct net_op *);

/* .. in parts: see seek.c */

/*
 * What bind() and connect() do before their search.  Returns an errno, or
 * LINUX_SEARCHES (the search is set up), or LINUX_NAMED (the port is given).
 */
#define	LINUX_SEARCHES	(-2)
#define	LINUX_NAMED	(-3)
int	linux_bind_begin(struct linux_net *, uint32_t sock, uint32_t laddr,
	    uint16_t lport, struct linux_search *);
int	linux_connect_begin(struct linux_net *, uint32_t sock,
	    uint32_t faddr, uint16_t fport, struct linux_search *);

/* A candidate of the search was free: it is the socket's now. */
void	linux_search_took(struct linux_net *, struct linux_search *,
	    const struct linux_found *, struct net_op *);
/* bind() or connect() of a port by name. */
int	linux_search_named(struct linux_net *, struct linux_search *,
	    struct net_op *);
/* It failed: what is taken back. */
void	linux_search_failed(struct linux_net *, struct linux_search *);

/* ---- seek.c: the same in pieces; see models/net/seek.h ------------------ */

enum net_seek_state linux_seek_bind(struct net *, struct net_seek *,
	    uint32_t laddr, uint16_t lport, struct net_op *);
enum net_seek_state linux_seek_connect(struct net *, struct net_seek *,
	    uint32_t faddr, uint16_t fport, struct net_op *);
enum net_seek_state linux_seek_stretch(struct net *, struct net_seek *,
	    unsigned max, struct net_op *);
enum net_seek_state linux_seek_take(struct net *, struct net_seek *,
	    struct net_op *);
uint32_t linux_seek_bucket(const struct net *, unsigned kind,
	    uint32_t faddr, uint16_t fport, uint16_t lport);

/* The socket; panics if it is free. */
struct linux_sock *linux_sock(const struct linux_net *, uint32_t sock);

#endif /* !MODELS_LINUX_LINUX_H */
