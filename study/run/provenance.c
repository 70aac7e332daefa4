/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Where a file comes from; see provenance.h.
 */

#include <glib.h>

#include "study/run/provenance.h"
#include "study/run/version.h"

void
provenance_write_line(FILE *f, const char *key, const char *value)
{
	g_autofree char *line = NULL;
	char *p;

	line = g_strdup(value);
	for (p = line; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			*p = ' ';
	fprintf(f, "# %s: %s\n", key, line);
}

void
provenance_write(FILE *f, const struct provenance *p)
{

	fprintf(f, PROVENANCE_MAGIC "%s\n", version_text());
	provenance_write_line(f, "scenario", p->scenario);
	provenance_write_line(f, "title", p->title);
	provenance_write_line(f, "digest", p->digest);
	fprintf(f, "# seed: %ju\n", (uintmax_t)p->seed);
	fprintf(f, "# replications: %u\n", p->replications);
	if (p->incomplete != NULL)
		fprintf(f, PROVENANCE_INCOMPLETE "%s\n", p->incomplete);
}
