/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The time in which somebody was frozen: a union of intervals, each known when
 * it ends.
 */

#ifndef MODELS_MACHINE_FREEZE_H
#define	MODELS_MACHINE_FREEZE_H

#include "sim/time.h"

struct freeze_span {
	simtime		from, to;
};

struct freeze {
	struct freeze_span *span;	/* span[n], apart, ascending */
	unsigned	n, size;
};

void	freeze_fini(struct freeze *);
void	freeze_forget(struct freeze *);

/* Frozen in [from, to]; `to' is no less than that of any before. */
void	freeze_add(struct freeze *, simtime from, simtime to);

/* All of it, ps. */
simtime	freeze_total(const struct freeze *);

/*
 * The longest chain of freezes with gaps of at most `respite', gaps included:
 * from when nothing goes any more until it does again, and stays so.
 */
simtime	freeze_longest(const struct freeze *, simtime respite);

#endif /* !MODELS_MACHINE_FREEZE_H */
