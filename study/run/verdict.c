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
	static const char *const docs[] = {
		[VERDICT_OK] = "none of the others",
		[VERDICT_EXHAUSTED] = "some connect() got EADDRNOTAVAIL: it "
		    "found no port",
		[VERDICT_STALLS] = "somebody waited for one hold of a lock "
		    "for longer than scenario.stall-threshold",
		[VERDICT_FREEZES] = "the console was late by more than "
		    "console.deadline",
		[VERDICT_NEVER_RECOVERS] = "the console was still late when "
		    "the run ended; a longer run may show that it recovers"
	};

	KASSERT((unsigned)v < G_N_ELEMENTS(docs), ("verdict %u", v));
	return (docs[v]);
}
