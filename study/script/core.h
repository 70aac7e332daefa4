/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The inside of a script run, for script*.c alone.
 */

#ifndef STUDY_SCRIPT_CORE_H
#define	STUDY_SCRIPT_CORE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <glib.h>

#include "models/cpus/costs.h"
#include "models/net/net.h"

struct stack;

#define	SCRIPT_MAXFIELDS	12

struct script {
	const struct stack *stack;
	enum net_search	search;
	uint64_t	hash_seed;
	struct net	*net;		/* NULL until config */
	FILE		*out;
	uint64_t	seed;		/* the generator's state */
	GHashTable	*pcbs;		/* socket ID + 1 -> pcb */
	GArray		*ids;		/* ids[pcb]: socket ID */
	GArray		*draws;		/* uint32_t, of the line in hand */
	const struct costs *costs;	/* NULL: there is no column */
	simtime		cost;		/* of the line in hand */
	/* The line in hand. */
	uint64_t	line;
	char		*field[SCRIPT_MAXFIELDS];
	unsigned	nfields;
	GError		**error;
};

/* A kind of operation. */
struct script_op {
	const char	*name;
	unsigned	min, max;	/* fields after the name */
	const char	*fields;	/* what they are */
	bool		(*run)(struct script *);
};

/*
 * The fields of the line in hand.  Each sets the error of the line and returns
 * false if field i, which is the operation's `what', is not of its kind.
 */
bool	script_uint(struct script *, unsigned i, const char *what,
	    uint64_t max, uint64_t *value);
bool	script_port(struct script *, unsigned i, const char *what,
	    uint16_t *port);
bool	script_flag(struct script *, unsigned i, const char *what, bool *flag);
/* An end of the range: port 0 is none that anybody could have. */
bool	script_range_port(struct script *, unsigned i, const char *what,
	    uint16_t *port);
/* any_too: `*' is allowed, and gives NET_ANY. */
bool	script_addr(struct script *, unsigned i, const char *what,
	    bool any_too, uint32_t *addr);
/* One that net_laddr_has(). */
bool	script_laddr(struct script *, unsigned i, const char *what,
	    uint32_t *addr);
/* Field 1, a socket ID. */
bool	script_id(struct script *, uint32_t *id);

/* Set the error: "op: what \"text\": allowed".  Always false. */
bool	script_bad_field(struct script *, const char *what, const char *text,
	    const char *allowed);

/* ---- pay.c: what the line in hand costs -------------------------------- */

void	script_pay(struct script *, enum cost, uint64_t n);
void	script_pay_bind(struct script *, uint32_t laddr,
	    const struct net_op *);
void	script_pay_connect(struct script *, const struct net_op *);
void	script_pay_accept(struct script *, const struct net_op *);

/*
 * Print the row of an operation on a socket: what came of it, where the pcb is
 * then (NET_NOPCB: nowhere) and what it took.
 */
void	script_print(struct script *, uint32_t id, const char *err,
	    uint32_t pcb, const struct net_op *);
/* The same; false if the kernel does not answer, see script_edivzero(). */
bool	script_print_op(struct script *, uint32_t id, uint32_t pcb,
	    const struct net_op *);
/* There is no such socket.  Always true. */
bool	script_print_nosock(struct script *, uint32_t id);
/* Set the error: this kernel divides by zero and panics.  Always false. */
bool	script_edivzero(struct script *);

/* Decimal digits alone, at most max. */
bool	script_parse_uint(const char *text, uint64_t max, uint64_t *value);

/* The operations set and sysctl, in set.c. */
bool	script_set(struct script *);
bool	script_sysctl(struct script *);

/* The operation called s->field[0]; sets the error and returns NULL. */
const struct script_op *script_op_find(struct script *);

#endif /* !STUDY_SCRIPT_CORE_H */
