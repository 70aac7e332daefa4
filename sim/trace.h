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
	TRACE_RUN,		/* who: thread, what: CPU it goes onto */
	TRACE_PREEMPT,		/* who: thread, what: CPU it is put off */
	TRACE_SEARCH,		/* who: thread, what: errno, a: iterations,
				   b: list nodes visited */
	TRACE_NKINDS
};

struct trace_rec {
	simtime		time;
	enum trace_kind	kind;
	uint32_t	who;
	uint32_t	what;
	uint64_t	a;
	uint64_t	b;
};

/* The sink is called for each record, in order of time; NULL: no trace. */
struct trace {
	void		(*sink)(void *arg, const struct trace_rec *);
	void		*arg;
};

static inline void
trace_emit(const struct trace *tr, simtime now, enum trace_kind kind,
    uint32_t who, uint32_t what, uint64_t a, uint64_t b)
{

	if (__builtin_expect(tr->sink != NULL, 0)) {
		struct trace_rec rec = { now, kind, who, what, a, b };

		tr->sink(tr->arg, &rec);
	}
}

#endif /* !SIM_TRACE_H */
