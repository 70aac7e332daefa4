/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The inside of struct net, for net.c and net_call.c alone.
 */

#ifndef MODELS_NET_CORE_H
#define	MODELS_NET_CORE_H

#include "models/allocator.h"
#include "models/net.h"
#include "models/net_addr.h"
#include "models/pcb_table.h"

struct pcb_layout;
struct stack;

struct net {
	const struct stack *stack;
	const struct pcb_layout *layout;
	const struct allocator *allocator;
	void		*state;		/* the allocator's */
	struct allocator_conf conf;
	bool		unique;		/* tcp.require_unique_port */
	struct pcb_table table;
	struct net_addr_map laddrs;
	struct net_addr_map routes;
	uint32_t	first_laddr;	/* 0: none yet */
	uint32_t	primary;
	uint32_t	(*draw)(void *arg);
	void		*draw_arg;
	struct net_op	*op;		/* in progress: gets the draws */
};

/* The pcb; panics if it is free. */
struct pcb *net_pcb(const struct net *, uint32_t pcb);

/* The range of ports, first <= last. */
void	net_range(const struct net *, uint16_t *first, uint16_t *last);

#endif /* !MODELS_NET_CORE_H */
