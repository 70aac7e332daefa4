/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * GLib's locks as ThreadSanitizer is to see them: they are futexes in a library
 * that is not built with it, so that what they guard would look like a race,
 * and a race beside them could not be told from it.  Linked into the program of
 * `make check-tsan' alone, in front of GLib's own.
 */

#include <dlfcn.h>
#include <stdlib.h>

#include <glib.h>

void	__tsan_acquire(void *);
void	__tsan_release(void *);

/* Of the next library that has it; more than one thread may look. */
static void *
locks_next(void **next, const char *name)
{
	void *f;

	f = __atomic_load_n(next, __ATOMIC_ACQUIRE);
	if (f == NULL) {
		f = dlsym(RTLD_NEXT, name);
		if (f == NULL)
			abort();
		__atomic_store_n(next, f, __ATOMIC_RELEASE);
	}
	return (f);
}

void
g_mutex_lock(GMutex *m)
{
	static void *next;

	((void (*)(GMutex *))locks_next(&next, "g_mutex_lock"))(m);
	__tsan_acquire(m);
}

void
g_mutex_unlock(GMutex *m)
{
	static void *next;

	__tsan_release(m);
	((void (*)(GMutex *))locks_next(&next, "g_mutex_unlock"))(m);
}

void
g_cond_wait(GCond *c, GMutex *m)
{
	static void *next;

	__tsan_release(m);
	((void (*)(GCond *, GMutex *))locks_next(&next, "g_cond_wait"))(c, m);
	__tsan_acquire(m);
}

gboolean
g_cond_wait_until(GCond *c, GMutex *m, gint64 end)
{
	static void *next;
	gboolean woken;

	__tsan_release(m);
	woken = ((gboolean (*)(GCond *, GMutex *, gint64))locks_next(&next,
	    "g_cond_wait_until"))(c, m, end);
	__tsan_acquire(m);
	return (woken);
}
