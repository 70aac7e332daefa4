/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * All observers of a run.
 */

#ifndef MODELS_MACHINE_OBSERVERS_H
#define	MODELS_MACHINE_OBSERVERS_H

#include "models/machine/observer.h"
#include "models/machine/run.h"

struct observers {
	struct machine	*machine;
	struct softclock *softclock;
	unsigned	callout;	/* of all; its data says whose */
	struct observer	*observer;	/* observer[conf->nobservers] */
};

void	observers_init(struct observers *, struct machine *,
	    struct softclock *, struct inbound *);
void	observers_fini(struct observers *);

/* How late the oldest tick of each that was not served is. */
void	observers_waiting(const struct observers *,
	    simtime lag[RUN_MAXOBSERVERS]);
/* The warm-up is over: freezes count from now on. */
void	observers_forget(struct observers *);
/* The run is over: count what was never served as far as it got. */
void	observers_end(struct observers *);

#endif /* !MODELS_MACHINE_OBSERVERS_H */
