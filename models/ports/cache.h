/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What searches have learnt of a destination: bitmaps of ports, each shared by
 * the pcbs that are attached to it.  A search skips the ports of the bitmap
 * that its pcb is attached to.
 */

#ifndef MODELS_PORTS_CACHE_H
#define	MODELS_PORTS_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/ports/set.h"

struct port_cache;

/* mended	what was merged is one from then on, which no kernel does */
struct port_cache *port_cache_new(bool mended);
void	port_cache_free(struct port_cache *);
size_t	port_cache_memory(const struct port_cache *);

/* The bitmap that the pcb is attached to, or NULL. */
const struct port_set *port_cache_of(const struct port_cache *, uint32_t pcb);

/*
 * A search for `searcher' met a connected pcb of its own destination on lport:
 * both are attached to one bitmap from now on.
 */
void	port_cache_meet(struct port_cache *, uint32_t searcher, uint32_t met,
	    uint16_t lport);

/* The search took the port; harmless where its pcb is attached to none. */
void	port_cache_took(struct port_cache *, uint32_t searcher,
	    uint16_t lport);

/*
 * The pcb on lport (0: its search failed) is attached no more; harmless where
 * it was not.
 */
void	port_cache_leave(struct port_cache *, uint32_t pcb, uint16_t lport);

#endif /* !MODELS_PORTS_CACHE_H */
