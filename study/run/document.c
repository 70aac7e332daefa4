/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What every JSON document of ours begins with; see document.h.
 */

#include "study/run/document.h"
#include "study/run/version.h"

void
document_begin(struct json *j, GString *out, const char *name,
    unsigned version)
{
	g_autofree char *format = g_strconcat("pcbsim-", name, NULL);
	g_autofree char *program = g_strconcat("pcbsim ", version_text(),
	    NULL);

	json_init(j, out, JSON_LINES);
	json_object(j);
	json_member_text(j, "format", format);
	json_member_count(j, "format_version", version);
	json_member_text(j, "program", program);
}

void
document_end(struct json *j)
{

	json_end(j);
	json_fini(j);
	g_string_append_c(j->out, '\n');
}
