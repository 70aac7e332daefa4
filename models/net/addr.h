/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * IPv4 addresses: maps keyed by them.  Reading and writing them is declared
 * in models/net/net.h, for everybody.
 */

#ifndef MODELS_NET_ADDR_H
#define	MODELS_NET_ADDR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct net_addr_map {
	struct net_addr_pair {
		uint32_t	key;	/* 0: free */
		uint32_t	value;
	} *pair;			/* pair[size], linear probing */
	uint32_t	size;		/* 0 or a power of two */
	uint32_t	used;
};

void	net_addr_map_init(struct net_addr_map *);
void	net_addr_map_fini(struct net_addr_map *);

/* key: not 0.  An earlier value is replaced. */
void	net_addr_map_set(struct net_addr_map *, uint32_t key, uint32_t value);
bool	net_addr_map_get(const struct net_addr_map *, uint32_t key,
	    uint32_t *value);

#endif /* !MODELS_NET_ADDR_H */
