/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lines of a terminal; see chatter.h.
 */

#include <string.h>

#include <glib.h>

#include "study/capture/chatter.h"

#define	CHATTER_MAXPROMPT	80	/* bytes */

/* Warnings of netstat -p without root, the head of watch(1), interrupts. */
static bool
is_warning(const char *line)
{
	static const char *const texts[] = { "^C", "^Z", "^D",
	    "Every ", "(Not all processes could be identified",
	    "(No info could be read for \"-p\"",
	    " will not be shown, you would have to be root" };
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(texts); i++)
		if (g_str_has_prefix(line, texts[i]))
			return (true);
	return (false);
}

/* "C:\\Users\\joe>netstat -ano", "PS C:\\> netstat". */
static const char *
prompt_end_windows(const char *line)
{
	const char *end;

	if (g_str_has_prefix(line, "PS "))
		line += strlen("PS ");
	if (!g_ascii_isalpha(line[0]) || line[1] != ':' || line[2] != '\\')
		return (NULL);
	end = strchr(line, '>');
	return (end == NULL || end - line > CHATTER_MAXPROMPT ? NULL :
	    end + 1 + strspn(end + 1, " \t"));
}

/* Behind the prompt; NULL: there is none. */
static const char *
prompt_end(const char *line)
{
	const char *end;
	size_t len;
	char last;

	end = prompt_end_windows(line);
	if (end != NULL)
		return (end);
	end = line;
	if (*end == '[') {
		end = strchr(end, ']');
		if (end == NULL)
			return (NULL);
	}
	len = (size_t)(end - line) + strcspn(end, " \t");
	if (len == 0 || len > CHATTER_MAXPROMPT)
		return (NULL);
	last = line[len - 1];
	/* # alone begins a comment. */
	if (strchr("$%>", last) == NULL && (last != '#' || len == 1))
		return (NULL);
	return (line + len + strspn(line + len, " \t"));
}

/* Does the command show sockets, or the time at which they were? */
static bool
command_is_ours(const char *command)
{
	static const char *const names[] = { "conntrack", "date", "netstat",
	    "sockstat", "ss", "tcpdump", "sh", "cat", "while", "for", "watch",
	    NULL };
	static const char *const before[] = { "sudo ", "doas ", "time ",
	    "/usr/bin/", "/usr/sbin/", "/sbin/", "/bin/" };
	g_autofree char *name = NULL;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(before);)
		if (g_str_has_prefix(command, before[i])) {
			command += strlen(before[i]);
			i = 0;
		} else
			i++;
	name = g_strndup(command, strcspn(command, " \t;|"));
	return (g_strv_contains(names, name));
}

bool
chatter_is(struct chatter *ch, const struct capture_format *f,
    const char *line)
{
	const char *command;

	if (is_warning(line))
		return (true);
	if (f->recognise(line)) {
		ch->elsewhere = false;
		return (false);
	}
	command = prompt_end(line);
	if (command == NULL)
		return (ch->elsewhere);
	ch->elsewhere = *command != '\0' && !command_is_ours(command);
	return (true);
}
