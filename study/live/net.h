/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * bind(2), connect(2) and close(2) on tables of real pcbs: the decisions of
 * models/freebsd/call.c made once more, by walking, with the same allocator and
 * the same random numbers.  Nobody else's pcbs can be told apart here: there
 * is one user and there are no socket options.
 *
 * Whoever calls holds the lock.
 */

#ifndef STUDY_LIVE_NET_H
#define	STUDY_LIVE_NET_H

#include "models/machine/run.h"
#include "study/live/op.h"

struct live_net;

/* NULL if there is no memory for so many pcbs. */
struct live_net *live_net_new(const struct run_conf *,
	    const struct live_ops *);
void	live_net_free(struct live_net *);

/* Do the pcbs lie in large pages? */
bool	live_net_large(const struct live_net *);

/* Do it; .error, .iters and .visits of the outcome are set. */
void	live_net_do(struct live_net *, const struct live_op *,
	    struct live_outcome *);

#endif /* !STUDY_LIVE_NET_H */
