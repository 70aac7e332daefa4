/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Large pages; see pages.h.
 */

#include <stdint.h>
#include <string.h>

#include <glib.h>

#ifdef __linux__
#include <sys/mman.h>
#endif

#include "models/pcb/pages.h"
#include "sim/kassert.h"

/* PCB_PAGES_PLAIN: a test that wants what other systems get. */
#if defined(__linux__) && defined(MADV_HUGEPAGE) && !defined(PCB_PAGES_PLAIN)

#define	LARGE	((size_t)2 << 20)

static uintptr_t
round_up(uintptr_t x)
{

	return ((x + LARGE - 1) & ~(LARGE - 1));
}

/* As GLib says it where it has none: cli/signals.c tells the user. */
static void
no_memory(size_t bytes)
{

	g_error("failed to allocate %zu bytes", bytes);
}

/* A place for so many bytes that begins with a large page. */
static void *
place(size_t bytes)
{
	uintptr_t end, start;
	void *p;

	p = mmap(NULL, bytes + LARGE, PROT_READ | PROT_WRITE, MAP_PRIVATE |
	    MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (p == MAP_FAILED)
		no_memory(bytes);
	start = round_up((uintptr_t)p);
	end = (uintptr_t)p + bytes + LARGE;
	if (start > (uintptr_t)p)
		(void)munmap(p, start - (uintptr_t)p);
	if (end > start + bytes)
		(void)munmap((void *)(start + bytes), end - start - bytes);
	return ((void *)start);
}

void *
pcb_pages_renew(void *memory, size_t old, size_t bytes)
{
	void *p;

	KASSERT(bytes >= old, ("%zu bytes become %zu", old, bytes));
	if (bytes < PCB_PAGES_MIN)
		return (g_realloc(memory, bytes));
	p = place(round_up(bytes));
	(void)madvise(p, round_up(bytes), MADV_HUGEPAGE);
	if (old >= PCB_PAGES_MIN) {
		if (mremap(memory, round_up(old), round_up(bytes),
		    MREMAP_MAYMOVE | MREMAP_FIXED, p) == MAP_FAILED)
			no_memory(bytes);
	} else if (memory != NULL)
		memcpy(p, memory, old);
	if (old < PCB_PAGES_MIN)
		g_free(memory);
	return (p);
}

void *
pcb_pages_new0(size_t bytes)
{

	return (bytes < PCB_PAGES_MIN ? g_malloc0(bytes) :
	    pcb_pages_renew(NULL, 0, bytes));
}

void
pcb_pages_free(void *memory, size_t bytes)
{

	if (bytes < PCB_PAGES_MIN)
		g_free(memory);
	else
		(void)munmap(memory, round_up(bytes));
}

#else

void *
pcb_pages_renew(void *memory, size_t old, size_t bytes)
{

	(void)old;
	return (g_realloc(memory, bytes));
}

void *
pcb_pages_new0(size_t bytes)
{

	return (g_malloc0(bytes));
}

void
pcb_pages_free(void *memory, size_t bytes)
{

	(void)bytes;
	g_free(memory);
}

#endif
