/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What somebody learns who sees the connections to one destination, and none
 * of the others.
 *
 * Theory:	he is not on the path: at a destination of his own he sees which
 *		ports came to him, and wants the next one there (to forge a
 *		segment, RFC 5961), or how much the machine connects elsewhere.
 *		Steps are from the port he saw last to the next, round the range
 *		of N ports.  All pairs of a source address and a destination are
 *		taken together: their steps are supposed to be of one kind.
 *
 *		bits	entropy of a step (Chao, Shen: entropy.h): what is left
 *			to guess for who knows the last port and how steps are
 *			distributed.  log2 N of random ports, 0 of a counter of
 *			its own, the entropy of how many others connected
 *			between of one that all share.  Who knows more of the
 *			past than the last port knows at least as much.
 *		within	share of next ports that lie within w of the last, on
 *			either side: (2 w + 1) / N of random ports.
 *		leak	what the step tells of the number of connections that
 *			the machine opened from one to the other (RFC 6056, 3.3;
 *			RFC 9415, 8.2): their mutual information over the
 *			entropy of that number, both by powers of two, less the
 *			bias of (K - 1) (L - 1) / 2n nats.  1 of an algorithm
 *			with one counter for all, 0 of random ports.  A step of
 *			more than N / 2 counts as one back.
 *		r2	the same by a straight line, r^2 corrected for its two
 *			parameters: what grows in proportion.  A few random
 *			steps among many regular ones hide them from it, not
 *			from leak.
 * Left out:	who sees several destinations; who breaks the hash (Kol, Klein,
 *		Gilad 2023); who can make the machine connect.
 */

#ifndef MODELS_MEASURES_TRAIL_H
#define	MODELS_MEASURES_TRAIL_H

#include <stdint.h>

/* One end's view: what it saw last. */
struct trail_view {
	uint64_t	opened;		/* .. as so many were; 0: nothing yet */
	uint16_t	place;
};

/* Of fewer steps than 8 sqrt(N), no bits are told; of fewer, no leak. */
#define	TRAIL_ENOUGH	64u
#define	TRAIL_LEAK_STEPS 1000u

#define	TRAIL_CELLS	34u	/* 0, 17 octaves ahead, 16 back */

struct trail {
	unsigned	ports;		/* N */
	uint64_t	steps;
	uint32_t	*count;		/* of each step, 0 .. N - 1 */
	/* Of steps y and of connections x from one to the next. */
	uint32_t	cell[TRAIL_CELLS][TRAIL_CELLS];	/* by octave: x, y */
	double		x, y, xx, yy, xy;
};

void	trail_init(struct trail *, unsigned ports);
void	trail_fini(struct trail *);
void	trail_forget(struct trail *);

/*
 * A connection comes from this place.
 *
 * opened	connections that the machine has opened, this one included
 */
void	trail_see(struct trail *, struct trail_view *, unsigned place,
	    uint64_t opened);

/* NAN where there is nothing to tell of. */
double	trail_bits(const struct trail *);
double	trail_within(const struct trail *, unsigned w);
double	trail_leak(const struct trail *);
double	trail_r2(const struct trail *);

#endif /* !MODELS_MEASURES_TRAIL_H */
