/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Typed trace points: what happened, to whom, when, as fixed-size records
 * handed to a sink.  A model emits; it never formats or prints.
 */

#ifndef SIM_TRACE_H
#define	SIM_TRACE_H

#include <stddef.h>
#include <stdint.h>

#include "sim/time.h"

enum trace_kind {
	TRACE_ACQUIRE,		/* who: thread, what: lock, a: 1 if shared */
	TRACE_RELEASE,		/* who: thread, what: lock */
	TRACE_SPIN,		/* who: thread, what: lock: begins to spin */
	TRACE_SLEEP,		/* who: thread, what: lock: begins to sleep */
	TRACE_LEND,		/* who: owner, what: lock, a: priority lent */
	TRACE_WAITERS,		/* what: lock, a: how many wait for it */
	TRACE_RUN,		/* who: thread, what: CPU it goes onto */
	TRACE_PREEMPT,		/* who: thread, what: CPU it is put off */
	TRACE_STOP,		/* who: thread, what: CPU it leaves by itself */
	TRACE_OP,		/* who: thread, what: operation it begins */
	TRACE_SEEK,		/* who: thread: begins a search in pieces */
	TRACE_SEARCH,		/* who: thread, what: errno, a: iterations,
				   b: list nodes visited */
	TRACE_ATTEMPT,		/* who: thread, what: errno of a connect */
	TRACE_TABLES,		/* a: pcbs, b: ports free for any */
	TRACE_NKINDS
};

struct trace_rec {
	simtime		time;
	enum trace_kind	kind;
	uint32_t	who;
	uint32_t	what;
	uint64_t	a;
	uint64_t	b;
	const char	*name;	/* of the lock, the operation, or the thread
				   that runs; borrowed; may be NULL */
};

/* The sink is called for each record, in order of time; NULL: no trace. */
struct trace {
	void		(*sink)(void *arg, const struct trace_rec *);
	void		*arg;
};

/* For trace_emit(): where there is a sink. */
void	trace_put(const struct trace *, struct trace_rec)
	    __attribute__((__cold__));

/*
 * trace_emit(&trace, .time = now, .kind = TRACE_RUN, ...): a record, whose
 * fields are evaluated only where there is a sink.  It is passed as a value:
 * who emits has nothing of it on its stack.
 */
#define	trace_emit(tr, ...) do {					\
	if (__builtin_expect((tr)->sink != NULL, 0))			\
		trace_put((tr), (struct trace_rec){ __VA_ARGS__ });	\
} while (0)

#endif /* !SIM_TRACE_H */
