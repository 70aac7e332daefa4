/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The network's epoch: who reads the tables is in a section, and a pcb that was
 * closed is freed when all have left theirs who may still look at it.
 *
 * Theory:	a section waits for locks as any code does: an accept for the
 *		hash, and whoever waits for that listener.  As long as one waits
 *		nothing that was closed since can be freed, and on each CPU
 *		where something is to be, each tick of the clock wakes a thread
 *		that looks, and finds that it cannot: 4,000 times a second with
 *		kern.hz = 4000.  Nobody burns long, but whoever computes there
 *		and is no interrupt is put off, an owner in the middle of its
 *		search, too.  And who is in a section stays on its CPU: woken,
 *		it comes back there, whoever has it, and nobody steals it.
 *
 *		Sections count by the epoch in which they began, for each CPU.
 *		Who looks moves the epoch on if nobody is left in the one
 *		before; what was called two epochs ago may go then, and all, if
 *		nobody is in a section at all.
 * Models:	epoch_enter_preempt(), epoch_exit_preempt(), epoch_call(),
 *		epoch_call_task(), sys/kern/subr_epoch.c; hardclock(),
 *		sys/kern/kern_clock.c; ck_epoch_poll_deferred(),
 *		sys/contrib/ck; in_pcbfree(), sys/netinet/in_pcb.c; FreeBSD
 *		12.1 (12.0 to 13.1): `softirq_N', PI_SOFT, bound to CPU N.  11
 *		has no epochs; 14 frees pcbs without them.
 * Left out:	what the callbacks do is part of what a look costs;
 *		epoch_wait(); sections and callbacks of anything but TCP; a
 *		CPU that is idle and skips its ticks looks at the next all the
 *		same.
 */

#ifndef MODELS_MACHINE_EPOCH_H
#define	MODELS_MACHINE_EPOCH_H

#include <stdint.h>

#include "models/cpus/thread.h"
#include "models/machine/run.h"

struct epoch;
struct machine;

struct epoch_cpu {
	struct epoch	*epoch;
	struct thread	thread;		/* softirq_N */
	unsigned	cpu;
	unsigned	sections[2];	/* that began here, by the last bit of
					   their epoch */
	uint64_t	calls[4];	/* pending, by the last two bits */
	uint64_t	pending;
	unsigned	slot;		/* the next tick, while some are */
	bool		ticked;		/* it is here, and not yet taken */
	char		name[16];
};

struct epoch {
	struct machine	*machine;
	uint64_t	now;
	struct epoch_cpu *cpus;		/* NULL: not modelled */
	unsigned	ncpus;
	uint64_t	looks;		/* of all CPUs, so far */
};

/* Slots that epoch_init() takes. */
unsigned epoch_nslots(const struct run_conf *);

void	epoch_init(struct epoch *, struct machine *);
void	epoch_fini(struct epoch *);

#endif /* !MODELS_MACHINE_EPOCH_H */
