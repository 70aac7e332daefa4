/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The heart of leases; see lease_heart.h.
 */

#include <sys/stat.h>

#include <signal.h>

#include <glib.h>

#include "study/run/lease.h"
#include "study/run/lease_heart.h"

static struct {
	GMutex		lock;
	GCond		cond;
	GArray		*fds;		/* of int; NULL: none ever */
	GThread		*thread;
} heart;

static void *
heart_beat(void *arg)
{
	sigset_t all;
	gint64 until;
	guint i;

	(void)arg;
	/* Signals are for those who wait for something. */
	sigfillset(&all);
	(void)pthread_sigmask(SIG_BLOCK, &all, NULL);
	g_mutex_lock(&heart.lock);
	while (heart.fds->len > 0) {
		until = g_get_monotonic_time() + LEASE_BEAT * G_USEC_PER_SEC;
		if (g_cond_wait_until(&heart.cond, &heart.lock, until))
			continue;
		for (i = 0; i < heart.fds->len; i++)
			(void)futimens(g_array_index(heart.fds, int, i),
			    NULL);
	}
	g_mutex_unlock(&heart.lock);
	return (NULL);
}

void
lease_heart_add(int fd)
{

	g_mutex_lock(&heart.lock);
	if (heart.fds == NULL)
		heart.fds = g_array_new(FALSE, FALSE, sizeof(int));
	g_array_append_val(heart.fds, fd);
	if (heart.thread == NULL)
		heart.thread = g_thread_try_new("lease", heart_beat, NULL,
		    NULL);
	g_mutex_unlock(&heart.lock);
}

void
lease_heart_remove(int fd)
{
	GThread *over;
	guint i;

	over = NULL;
	g_mutex_lock(&heart.lock);
	for (i = 0; heart.fds != NULL && i < heart.fds->len; i++)
		if (g_array_index(heart.fds, int, i) == fd)
			g_array_remove_index_fast(heart.fds, i--);
	if (heart.fds != NULL && heart.fds->len == 0) {
		over = g_steal_pointer(&heart.thread);
		g_cond_signal(&heart.cond);
	}
	g_mutex_unlock(&heart.lock);
	if (over != NULL)
		g_thread_join(over);
}
