/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What is wrong with a question, told of the option that was typed: nobody has
 * seen the scenario that was made of it.
 */

#include <string.h>

#include "study/sweep/ask.h"

/* The option that a key was made of; NULL: none. */
static const char *
option_of(const char *key)
{
	static const char *const options[][2] = {
		{ "stack", "stack" }, { "rate", "rate" },
		{ "lifetime", "lifetime" }, { "bind", "bind" },
		{ "closer", "closer" }, { "laddrs", "laddrs" },
		{ "faddrs", "faddrs" }, { "fport", "fports" },
		{ "include-sysctl", "sysctl" },
		{ "net.inet.tcp.msl", "msl" },
		{ "_time_wait_interval", "msl" },
		{ "net.inet.ip.portrange.first", "range" },
		{ "net.inet.ip.portrange.last", "range" },
		{ "net.inet.ip.anonportmin", "range" },
		{ "net.inet.ip.anonportmax", "range" },
		{ "net.inet.ip.portfirst", "range" },
		{ "net.inet.ip.portlast", "range" },
		{ "smallest_anon_port", "range" },
		{ "largest_anon_port", "range" },
		{ "net.ipv4.ip_local_port_range", "range" }
	};
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(options); i++)
		if (strcmp(options[i][0], key) == 0)
			return (options[i][1]);
	return (NULL);
}

/* What was typed for a key that is made of it; NULL: nothing. */
static const char *
said_of(const struct ask *q, const char *key)
{

	return (strcmp(key, "rate") == 0 ? q->said.rate :
	    strcmp(key, "lifetime") == 0 ? q->said.lifetime : NULL);
}

/* "the question:10: [kernel] net.inet.tcp.msl = 9d: ..." is --msl=9d: ... */
static void
add_line(const struct ask *q, GString *out, const char *line)
{
	g_autofree char *key = NULL;
	const char *at, *equals, *option, *said, *wrong;

	at = g_str_has_prefix(line, ASK_NAME ":") ? strstr(line, "] ") : NULL;
	equals = at == NULL ? NULL : strstr(at, " = ");
	if (equals == NULL) {
		if (g_str_has_prefix(line, ASK_NAME ": "))
			line += strlen(ASK_NAME ": ");
		g_string_append(out, line);
		return;
	}
	key = g_strndup(at + 2, (gsize)(equals - at - 2));
	option = option_of(key);
	said = said_of(q, key);
	wrong = strstr(equals, ": ");
	if (said != NULL && wrong != NULL)
		g_string_append_printf(out, "--%s=%s%s", option, said, wrong);
	else if (option == NULL)
		g_string_append_printf(out, "ask: %s", at + 2);
	else if (strcmp(option, key) == 0)
		g_string_append_printf(out, "--%s=%s", option, equals + 3);
	else
		g_string_append_printf(out, "--%s: %s", option, at + 2);
}

void
ask_option_told(const struct ask *q, GError *cause)
{
	g_auto(GStrv) lines = NULL;
	GString *out;
	guint i;

	lines = g_strsplit(cause->message, "\n", -1);
	out = g_string_new(NULL);
	for (i = 0; lines[i] != NULL; i++) {
		if (i > 0)
			g_string_append_c(out, '\n');
		add_line(q, out, lines[i]);
	}
	g_free(cause->message);
	cause->message = g_string_free(out, FALSE);
}
