/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which boot this is; see boot.h.
 */

#include <sys/types.h>
#ifdef __FreeBSD__
#include <sys/sysctl.h>
#endif

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

#include "study/run/boot.h"

#ifdef __FreeBSD__

/* FreeBSD 14 has a word for each boot; a jail sees its host's. */
static char *
boot_read_id(void)
{
	char id[64];
	size_t len;

	len = sizeof(id) - 1;
	if (sysctlbyname("kern.boot_id", id, &len, NULL, 0) != 0)
		return (NULL);
	id[len] = '\0';
	return (g_strdup(id));
}

static char *
boot_read_pids(void)
{

	/* Jails share the numbers of their host. */
	return (g_strdup("host"));
}

#else

static char *
boot_read_id(void)
{
	char *id;

	if (!g_file_get_contents("/proc/sys/kernel/random/boot_id", &id, NULL,
	    NULL))
		return (NULL);
	return (g_strstrip(id));
}

/* "pid:[4026531836]" */
static char *
boot_read_pids(void)
{

	return (g_file_read_link("/proc/self/ns/pid", NULL));
}

#endif

/* What the system does not tell is nobody else's, so that nothing is proven. */
static void *
boot_once(void *read)
{
	g_autofree char *uuid = NULL;
	char *text;

	text = ((char *(*)(void))read)();
	if (text != NULL && *text != '\0')
		return (text);
	g_free(text);
	uuid = g_uuid_string_random();
	return (g_strconcat("unknown-", uuid, NULL));
}

const char *
boot_id(void)
{
	static GOnce once = G_ONCE_INIT;

	return (g_once(&once, boot_once, (void *)boot_read_id));
}

const char *
boot_pids(void)
{
	static GOnce once = G_ONCE_INIT;

	return (g_once(&once, boot_once, (void *)boot_read_pids));
}

bool
boot_is_gone(long pid)
{

	return (pid > 0 && kill((pid_t)pid, 0) != 0 && errno == ESRCH);
}
