/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbs of the kernel's size on lists like the kernel's, to be walked against a
 * clock.
 *
 * Theory:	a visit costs what its cache and TLB misses cost, and the pcbs
 *		of the model (models/pcb/pcb.h) are a twelfth of the kernel's:
 *		they would fit caches that the kernel's do not.  So these nodes
 *		are 488 bytes, and a visit reads three lines of one, as the
 *		kernel does: credential and flags, addresses, list entry.  N
 *		connections are N / 55,536 local addresses on all ports of a
 *		range, each in a random slot of memory, as they come to lie
 *		after some hours of opening and closing.  All lies in large
 *		pages where the system gives them, as in a kernel.
 * Models:	in_pcb_lport(), in_pcblookup_local(), in_pcbinshash(),
 *		in_pcblookup_hash_locked(), in_pcbremlists(), FreeBSD 12.0,
 *		amd64.
 * Left out:	IPv6 pcbs, the load-balancing groups, the generation count.
 *		They are tests of lines that are read anyway.
 */

#ifndef STUDY_CALIBRATE_NODES_H
#define	STUDY_CALIBRATE_NODES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define	CALIBRATE_NODES_PORTS	55536	/* 10000 to 65535 */

struct calibrate_nodes;

/* Bytes that calibrate_nodes_new() asks for. */
size_t	calibrate_nodes_memory(uint64_t max);

/*
 * Memory for `max' pcbs, all of it touched.
 *
 * Returns:	NULL if the system does not give that much.
 */
struct calibrate_nodes *calibrate_nodes_new(uint64_t max);
void	calibrate_nodes_free(struct calibrate_nodes *);

/* Do (nine tenths of) the pcbs lie in large pages? */
bool	calibrate_nodes_large(const struct calibrate_nodes *);

/*
 * Empty the tables, then put `population' connections into them: on that many
 * ports if they are fewer than CALIBRATE_NODES_PORTS, else a multiple of it.
 */
void	calibrate_nodes_fill(struct calibrate_nodes *, uint64_t population);

/* Port heads alone, with no pcb on their lists. */
void	calibrate_nodes_fill_heads(struct calibrate_nodes *, unsigned ports);

/*
 * Search a free local port from a random one on, until `want' are found or all
 * are tried; the kernel wants 1.
 *
 * ahead	may the processor begin with a candidate before it is done with
 *		the last one?  A loop as short as ours lets it read several
 *		lists at a time.  Around the kernel's lists there are some
 *		hundred instructions more: what was measured on its code is
 *		as if every list waited for the one before.
 * visits	[in, out] pcbs visited are added
 *
 * Returns:	how many were free.
 */
unsigned calibrate_nodes_search(struct calibrate_nodes *, unsigned want,
	    bool ahead, uint64_t *visits);

/*
 * The way of such a search with no list walked: the head of each port is found
 * and read, each after the one before.  Returns how many there are.
 */
unsigned calibrate_nodes_heads(struct calibrate_nodes *);

/* The same through the connection hash, for a tuple that nobody holds. */
unsigned calibrate_nodes_search_chains(struct calibrate_nodes *,
	    bool ahead, uint64_t *visits);

/*
 * Take pcbs out of all tables and put them back, calibrate_nodes_choose() says
 * how many: at most half of the population, at random.
 */
unsigned calibrate_nodes_choose(struct calibrate_nodes *);
void	calibrate_nodes_remove(struct calibrate_nodes *);
void	calibrate_nodes_insert(struct calibrate_nodes *);

#endif /* !STUDY_CALIBRATE_NODES_H */
