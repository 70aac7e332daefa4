/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The heart of leases; see lease_heart.h.
 */

#include <sys/stat.h>

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>

#include <glib.h>

#include "study/run/lease_heart.h"

#define	HEART_STACK	((size_t)256 << 10)	/* bytes */

static struct {
	GMutex		lock;
	GCond		cond;
	GArray		*fds;		/* of int; NULL: none ever */
	bool		beats;		/* `thread' is there */
	pthread_t	thread;
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

/* With little of a stack: where memory is short others need it more. */
static bool
heart_begin(void)
{
	pthread_attr_t attr;
	bool ok;

	if (pthread_attr_init(&attr) != 0)
		return (false);
	(void)pthread_attr_setstacksize(&attr, HEART_STACK);
	ok = pthread_create(&heart.thread, &attr, heart_beat, NULL) == 0;
	(void)pthread_attr_destroy(&attr);
	return (ok);
}

void
lease_heart_add(int fd)
{

	g_mutex_lock(&heart.lock);
	if (heart.fds == NULL)
		heart.fds = g_array_new(FALSE, FALSE, sizeof(int));
	g_array_append_val(heart.fds, fd);
	if (!heart.beats)
		heart.beats = heart_begin();
	g_mutex_unlock(&heart.lock);
}

void
lease_heart_remove(int fd)
{
	bool over;
	guint i;

	over = false;
	g_mutex_lock(&heart.lock);
	for (i = 0; heart.fds != NULL && i < heart.fds->len; i++)
		if (g_array_index(heart.fds, int, i) == fd)
			g_array_remove_index_fast(heart.fds, i--);
	if (heart.fds != NULL && heart.fds->len == 0) {
		over = heart.beats;
		heart.beats = false;
		g_cond_signal(&heart.cond);
	}
	g_mutex_unlock(&heart.lock);
	if (over)
		(void)pthread_join(heart.thread, NULL);
}
