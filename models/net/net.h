/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The decisions of one kernel's IPv4 TCP socket layer, without time: pcb
 * tables, port allocator, conflict rules.  Each call does what the system call
 * (or the inbound segment) does to the tables, at once, and says what the
 * kernel would have visited on the way.  What that costs, and who waits for
 * it, is the machine's affair (models/machine/machine.h).
 *
 * A kernel family implements it as one table of functions (family.h); what is
 * declared here is the same for all of them.
 *
 * Addresses are IPv4 in network byte order as an in_addr_t holds them on a
 * little-endian machine (the first octet is the low byte), because the hash
 * functions use them raw; use net_addr_parse() and friends.  Ports are in host
 * order.  Errors are <errno.h> numbers, as data.
 */

#ifndef MODELS_NET_NET_H
#define	MODELS_NET_NET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct net;
struct net_family;
struct proposal;		/* models/net/proposal.h */

#define	NET_ANY		0u		/* INADDR_ANY */
/* CPUs that a knob `cpus' takes, at most. */
#define	NET_MAXCPUS	128
#define	NET_NOPCB	UINT32_MAX

/* How the tables are searched; decisions and counts are always the same. */
enum net_search {
	NET_SEARCH_INDEX,	/* by index: no walking (the default) */
	NET_SEARCH_WALK,	/* literally, along the kernel's lists */
	NET_SEARCH_BOTH		/* both, and panic where they differ (tests) */
};

/* List nodes visited, all of them counts of nodes. */
struct net_visits {
	uint64_t	porthash;	/* port heads in the port hash */
	uint64_t	portlist;	/* pcbs on a port's list */
	uint64_t	connhash;	/* pcbs in connection-hash buckets */
	/*
	 * For costs alone, and of families whose code makes a difference here;
	 * no recording has them.
	 */
	uint64_t	wilds;		/* tuple lookups that no connected pcb
					   or group ended .. */
	uint64_t	wild;		/* .. and of connhash, what these saw */
	uint64_t	stops;		/* walks of a port's list that a match
					   ended */
	uint64_t	new_heads;	/* port heads made */
	uint64_t	crowded;	/* insertions before others */
};

static inline void
net_visits_add(struct net_visits *to, const struct net_visits *v)
{

	to->porthash += v->porthash;
	to->portlist += v->portlist;
	to->connhash += v->connhash;
	to->wilds += v->wilds;
	to->wild += v->wild;
	to->stops += v->stops;
	to->new_heads += v->new_heads;
	to->crowded += v->crowded;
}

/* A part of them is none. */
static inline void
net_visits_less(struct net_visits *from, const struct net_visits *v)
{

	from->porthash -= v->porthash;
	from->portlist -= v->portlist;
	from->connhash -= v->connhash;
	from->wilds -= v->wilds;
	from->wild -= v->wild;
	from->stops -= v->stops;
	from->new_heads -= v->new_heads;
	from->crowded -= v->crowded;
}

/*
 * An error of our own: the kernel would divide by zero here and panic (a range
 * of one port with randomized = 1 on freebsd-14).  Nothing was changed.
 */
#define	NET_EDIVZERO	(-1)

/* What one operation did. */
struct net_op {
	int		error;		/* errno or NET_EDIVZERO; 0 success */
	uint64_t	iters;		/* candidates the lport loop tried */
	struct net_visits search;	/* inside that loop */
	struct net_visits total;	/* in the whole operation */
	uint64_t	known;		/* of iters: not looked up, because
					   they were known to be taken */
	uint64_t	unlocked;	/* of iters: looked up by a kernel that
					   locks, and not locked for it */
	/*
	 * The pcb of a TIME_WAIT, plus 1, whose 4-tuple this one got: it is
	 * free, and its number may be given again.  0: none.
	 */
	uint32_t	recycled;
	unsigned	ndraws;		/* random values drawn */
};

/* Socket options that port choice looks at; combine with |. */
enum net_sockopt {
	NET_REUSEADDR = 1,
	NET_REUSEPORT = 2,
	NET_REUSEPORT_LB = 4,
	NET_NOPORT = 8,		/* IP_BIND_ADDRESS_NO_PORT */
	NET_HIGHPORT = 16,	/* IP_PORTRANGE_HIGH: hifirst to hilast */
	NET_LOWPORT = 32	/* IP_PORTRANGE_LOW: lowfirst to lowlast */
};

struct net_conf {
	const struct net_family *family;
	const void	*variant;	/* the family's: which release */
	const struct proposal *proposal;	/* .. but for this; NULL */
	enum net_search	search;
	uint16_t	first, last;	/* automatic ports, as set */
	uint32_t	hashsize;	/* connection hash buckets */
	uint32_t	porthashsize;	/* port hash buckets, <= 65536 */
					/* 0: see struct net_family */
	uint64_t	hash_seed;	/* where the hash is seeded */
	size_t		npcbs_hint;	/* expected population; 0 is fine */
	uint64_t	maxsockets;	/* 0: none; some families have none */
	uint32_t	(*draw)(void *arg);	/* the kernel's random source */
	void		*draw_arg;
};

/*
 * Sizes are rounded down to powers of two here (as the recorder of the golden
 * files does); the kernel's own automatic sizing is net_hashsize_auto().
 */
struct net *net_new(const struct net_conf *);
void	net_free(struct net *);

/*
 * Buckets of the connection hash for a value of kern.ipc.maxsockets.
 *
 * Models:	tcp_init(), sys/netinet/tcp_subr.c, FreeBSD 12.1: the power
 *		of two strictly above maxsockets / 4, at least 512.
 */
uint32_t net_hashsize_auto(uint64_t maxsockets);

/* Add a local address; the first one is the primary. */
void	net_laddr_add(struct net *, uint32_t laddr);
bool	net_laddr_has(const struct net *, uint32_t laddr);
/* The one that so many were added before. */
uint32_t net_laddr_at(const struct net *, unsigned place);
/* How many were added before it; it must be there. */
unsigned net_laddr_place(const struct net *, uint32_t laddr);
/* Source of unbound connects; must be a local address. */
void	net_primary_set(struct net *, uint32_t laddr);
/* Source of unbound connects to one destination. */
void	net_route_set(struct net *, uint32_t faddr, uint32_t laddr);

/*
 * socket(2): an unbound pcb.  `opts' is a set of net_sockopt.
 * NET_NOPCB: there are as many sockets as may be, ENOBUFS.
 *
 * Models:	the zones "socket" and "tcp_inpcb", both of kern.ipc.maxsockets
 *		items: soalloc(), sys/kern/uipc_socket.c, in_pcballoc(),
 *		FreeBSD 12.1.  A pcb in TIME_WAIT is one of them.
 */
uint32_t net_socket(struct net *, unsigned opts, uint32_t uid);
/* The same, and what it visits: some tables grow then. */
uint32_t net_socket_op(struct net *, unsigned opts, uint32_t uid,
	    struct net_op *);
void	net_setopt(struct net *, uint32_t pcb, enum net_sockopt, bool on);
/* Has it NET_HIGHPORT and NET_LOWPORT, and ranges of a socket's own? */
bool	net_family_ranges(const struct net_family *);
bool	net_family_own_range(const struct net_family *);
/* Has it NET_NOPORT? */
bool	net_family_noport(const struct net_family *);
/* A range of the socket's own, as IP_LOCAL_PORT_RANGE; 0, 0: none. */
void	net_setopt_range(struct net *, uint32_t pcb, uint16_t first,
	    uint16_t last);

/* bind(2); laddr NET_ANY for *, lport 0 for an automatic port. */
void	net_bind(struct net *, uint32_t pcb, uint32_t laddr, uint16_t lport,
	    struct net_op *);
void	net_listen(struct net *, uint32_t pcb, struct net_op *);
void	net_connect(struct net *, uint32_t pcb, uint32_t faddr,
	    uint16_t fport, struct net_op *);

/*
 * The child pcb of a completed handshake.  Returns it in `pcb'; NET_NOPCB with
 * an error.
 */
void	net_accept(struct net *, uint32_t laddr, uint16_t lport,
	    uint32_t faddr, uint16_t fport, uint32_t *pcb, struct net_op *);

/* The same on a socket that is there already, with its options and uid. */
void	net_accept_on(struct net *, uint32_t pcb, uint32_t laddr,
	    uint16_t lport, uint32_t faddr, uint16_t fport, struct net_op *);

/* Take the pcb out of every table and free it (net_op may be NULL). */
void	net_close(struct net *, uint32_t pcb, struct net_op *);

/*
 * The connection goes to TIME_WAIT: the program has no socket any more, the pcb
 * stays until net_close().  ENOTCONN if it is not connected.  net_op may be
 * NULL.
 */
void	net_timewait(struct net *, uint32_t pcb, struct net_op *);

/*
 * So much time passes, for kernels whose decisions depend on the time that a
 * connection has been in TIME_WAIT.
 */
void	net_wait(struct net *, uint64_t ms);

/* The CPU that the next calls come from, for kernels that choose by it. */
void	net_cpu_set(struct net *, unsigned cpu);

/* What the kernel does to its allocator once a second, if anything. */
void	net_tick(struct net *);
/* Does it? */
bool	net_ticks(const struct net *);

/* Change the range of automatic ports in the middle, as sysctl(8) would. */
void	net_set_range(struct net *, uint16_t first, uint16_t last);

/*
 * A knob of the family: a sysctl, or a piece of the allocator's state that a
 * recording sets.
 */
struct net_knob {
	const char	*name;		/* "randomized" */
	/* Its values: numbers up to `max'; or these words, ended by NULL. */
	uint64_t	max;
	const char	*const *words;
	bool		early;		/* before the first socket only */
	/* One of the three; a word is set by its place among `words'. */
	void		(*set)(struct net *, uint64_t value);
	/* One value for each number up to max_at: a port, mostly. */
	void		(*set_at)(struct net *, uint64_t at, uint64_t value);
	uint64_t	max_at;
	/* Any text; false, and nothing done, if it is not a value. */
	bool		(*set_text)(struct net *, const char *text);
};

/* The family's knobs, ended by a name that is NULL. */
const struct net_knob *net_knobs(const struct net *);

/*
 * Set a knob.  False: this family has none of that name; nothing is done then,
 * as sysctl(8) would only complain.  KASSERTs that it has one number or word
 * for its value, and that this one is in range.
 */
bool	net_set(struct net *, const char *name, uint64_t value);

/*
 * The same with the value as sysctl(8) takes it, of a knob of any kind but one
 * with a value for each port.  False: no such knob, or no value of it.
 */
bool	net_set_text(struct net *, const char *name, const char *text);

/* The place of a word among the knob's; false: it has no such word. */
bool	net_knob_word(const struct net_knob *, const char *word,
	    uint64_t *value);

/* Where a pcb stands. */
uint32_t net_pcb_laddr(const struct net *, uint32_t pcb);
uint16_t net_pcb_lport(const struct net *, uint32_t pcb);
uint32_t net_pcb_faddr(const struct net *, uint32_t pcb);
uint16_t net_pcb_fport(const struct net *, uint32_t pcb);

/* Pcbs that were visited on port lists, whosever ports. */
uint64_t net_port_visits(const struct net *, const struct net_visits *);
/* Pcbs that the lookup of an inbound segment visits now, on average. */
uint64_t net_inbound_visits(const struct net *);

/* The state of the tables, for timelines.  All O(65536 / 64) or better. */
unsigned net_lastport(const struct net *);	/* the rover; 0: has none */
unsigned net_stoprandom(const struct net *);	/* seconds left, 0: random */
size_t	net_npcbs(const struct net *);		/* hashed pcbs */
unsigned net_ports_total(const struct net *);	/* last - first + 1 */
unsigned net_ports_busy(const struct net *);	/* in range, held by any pcb */
/* Ports in the range free for bind(laddr, 0). */
unsigned net_ports_free(const struct net *, uint32_t laddr);
/* .. that a pcb with this very laddr is on, for each of laddrs[n]. */
void	net_ports_by_laddr(const struct net *, const uint32_t *laddrs,
	    unsigned nladdrs, unsigned *busy);
/* Ports in the range free for the 4-tuple rule of 12.2 from `laddr'. */
unsigned net_tuples_free(const struct net *, uint32_t laddr,
	    uint32_t faddr, uint16_t fport);

/*
 * For `plist' and `phash' of pcbsim script: pcbs on a port's list, ports in a
 * port-hash bucket, head first.  Fill out[max]; return how many there are.
 */
size_t	net_plist(const struct net *, uint16_t lport, uint32_t *out,
	    size_t max);
size_t	net_phash(const struct net *, uint16_t lport, uint16_t *out,
	    size_t max);

/* Bytes that a kernel holds for choosing ports, beside its pcb tables. */
size_t	net_allocator_bytes(const struct net *);

/* Memory held, bytes, everything included. */
size_t	net_memory(const struct net *);

/* O(n) audit of every count and list against the pcbs; panics if wrong. */
void	net_check(const struct net *);

/* "EADDRINUSE"; "E99" for one that no operation here gives. */
const char *net_error_name(int error, char buf[16]);

/* Dotted quad, strictly (no octal, no short forms).  False if it is none. */
bool	net_addr_parse(const char *text, uint32_t *addr);
/* buf[16]; returns buf. */
char	*net_addr_format(uint32_t addr, char *buf);
/* The address n further on: 198.51.100.1 + 3 = 198.51.100.4. */
uint32_t net_addr_add(uint32_t addr, uint32_t n);

#endif /* !MODELS_NET_NET_H */
