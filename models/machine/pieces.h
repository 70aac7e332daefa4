/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A thread inside bind(2) or connect(2) of a kernel with one lock over the
 * tables that does not hold it through the whole of a search: proposals.
 *
 * Theory:	with `stretch' S of the stack's proposal > 0 the thread takes
 *		the lock, tries S candidates, drops it and takes it again, so
 *		that whoever waits gets in between; it goes on with the
 *		candidate where it was, whatever has changed meanwhile.  With
 *		S = 0 it tries without the lock, takes it for the candidate that
 *		seems free, looks at that one again, and goes on without the
 *		lock if somebody was faster.  A port that was looked at and
 *		frees later in the same search is missed, as it would be in the
 *		kernel.
 *
 *		Without a lock the tables are looked at scenario.seek-stretch
 *		candidates at a time, each stretch as they are when it begins.
 */

#ifndef MODELS_MACHINE_PIECES_H
#define	MODELS_MACHINE_PIECES_H

struct machine;

/* Carry out ACT_PIECES; the thread holds no lock of it before or after. */
void	pieces_init(struct machine *);

#endif /* !MODELS_MACHINE_PIECES_H */
