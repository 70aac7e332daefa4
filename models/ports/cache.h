/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What searches have learnt of a destination: ports that a connected pcb was
 * met on.  A later search skips them without a lookup.
 */

#ifndef MODELS_PORTS_CACHE_H
#define	MODELS_PORTS_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/ports/set.h"

struct port_cache_dest {
	uint32_t	laddr, faddr;
	uint16_t	fport;
};

/* Ports by destination. */
struct port_cache;

struct port_cache *port_cache_new(void);
void	port_cache_free(struct port_cache *);
size_t	port_cache_memory(const struct port_cache *);

/* The ports known to be taken, or NULL if none is. */
const struct port_set *port_cache_find(const struct port_cache *,
	    const struct port_cache_dest *);

/* The port is taken by a pcb that a search met, or that has searched. */
void	port_cache_add(struct port_cache *, const struct port_cache_dest *,
	    uint16_t lport);

/* The pcb on the port is disconnected; harmless where it was not known. */
void	port_cache_forget(struct port_cache *,
	    const struct port_cache_dest *, uint16_t lport);

#endif /* !MODELS_PORTS_CACHE_H */
