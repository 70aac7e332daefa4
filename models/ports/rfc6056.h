/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The five algorithms of RFC 6056 (BCP 156), sections 3.3.1 to 3.3.5.
 *
 * Theory:	1 tries ports from a random one on; 2 draws a new one for each
 *		try; 3 goes on from a counter that all searches share, moved by
 *		a keyed hash of the destination; 4 has some counters, chosen by
 *		another hash; 5 steps its counter by a random number of ports.
 *		All try as many candidates as there are ports; so 2 and 5 may
 *		miss one that is free.  3 and 4 step the counter before the
 *		test, and it stays stepped when they fail.
 *
 *		The counters have 16 bits, as in the text: where they wrap, the
 *		sequence jumps unless the number of ports divides 65,536.
 * Models:	the pseudo-code of the RFC.  The hash is SipHash, the text
 *		names MD5; ten counters for 4 and steps of up to 500 for 5 are
 *		its examples.
 * Left out:	the list of ports to avoid.
 */

#ifndef MODELS_PORTS_RFC6056_H
#define	MODELS_PORTS_RFC6056_H

#include <stdbool.h>
#include <stdint.h>

#include "models/net/siphash.h"
#include "models/ports/allocator.h"

#define	RFC6056_TABLE	10
#define	RFC6056_STEP	500

struct rfc6056 {
	const struct allocator_conf *conf;	/* of the search in hand */
	uint16_t	next;
	uint16_t	table[RFC6056_TABLE];
	bool		seeded;
	struct siphash_key key, key2;
	uint16_t	*counter;	/* 3, 4: the search's */
	uint64_t	offset;		/* .. hash of its destination */
	struct port_run	run;		/* the one proposed last */
	unsigned	left;		/* candidates */
	unsigned	ports;		/* in the range */
};

enum allocator_begin rfc6056_begin_1(void *, const struct allocator_conf *,
	    uint16_t first, uint16_t last);
enum allocator_begin rfc6056_begin_2(void *, const struct allocator_conf *,
	    uint16_t first, uint16_t last);
enum allocator_begin rfc6056_begin_3(void *, const struct allocator_conf *,
	    uint16_t first, uint16_t last);
enum allocator_begin rfc6056_begin_4(void *, const struct allocator_conf *,
	    uint16_t first, uint16_t last);
enum allocator_begin rfc6056_begin_5(void *, const struct allocator_conf *,
	    uint16_t first, uint16_t last);

/* 1 */
bool	rfc6056_propose_all(void *, uint16_t first, uint16_t last,
	    struct port_run *);
/* 2 */
bool	rfc6056_propose_drawn(void *, uint16_t first, uint16_t last,
	    struct port_run *);
/* 3, 4 */
bool	rfc6056_propose_counted(void *, uint16_t first, uint16_t last,
	    struct port_run *);
/* 5 */
bool	rfc6056_propose_stepped(void *, uint16_t first, uint16_t last,
	    struct port_run *);

/* 3, 4: the counter goes on by what was tried; the others: nothing. */
void	rfc6056_tried_counted(void *, uint16_t lport, bool found);
void	rfc6056_tried(void *, uint16_t lport, bool found);

#endif /* !MODELS_PORTS_RFC6056_H */
