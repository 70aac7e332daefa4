/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a verdict means; see verdict.h.
 */

#include <glib.h>

#include "sim/kassert.h"
#include "study/run/verdict.h"

const char *
verdict_doc(enum verdict v)
{
	static const char *const docs[NVERDICTS] = {
		[VERDICT_OK] = "none of the others",
		[VERDICT_FAILS] = "some attempt failed, none for want of a "
		    "port",
		[VERDICT_EXHAUSTED] = "some connect() got EADDRNOTAVAIL "
		    "(NetBSD: EAGAIN): it found no port",
		[VERDICT_STALLS] = "somebody waited for one hold of a lock "
		    "for longer than scenario.stall-threshold",
		[VERDICT_FREEZES] = "an observer was late by more than "
		    "its deadline",
		[VERDICT_NEVER_RECOVERS] = "an observer was still late when "
		    "the run ended; a longer run may show that it recovers",
		[VERDICT_PANICS] = "the modelled kernel panicked"
	};

	KASSERT((unsigned)v < NVERDICTS, ("verdict %u", v));
	return (docs[v]);
}
