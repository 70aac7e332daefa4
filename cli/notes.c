/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a scenario has no use for; see notes.h.
 */

#include <stdio.h>

#include "cli/notes.h"
#include "cli/say.h"
#include "study/scenario/scenario.h"

void
notes_tell(const struct scenario *sc)
{
	guint i;

	for (i = 0; i < sc->notes->len; i++)
		say("%s\n", (const char *)sc->notes->pdata[i]);
}
