/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Memory in large pages; see map.h.
 */

#include <sys/mman.h>
#include <sys/types.h>

#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "study/calibrate/map.h"

#ifdef __linux__
/* Bytes of this process in large pages, as the kernel counts them. */
static size_t
map_large_bytes(void)
{
	char line[256];
	unsigned long kib;
	FILE *f;

	f = fopen("/proc/self/smaps_rollup", "r");
	if (f == NULL)
		return (0);
	kib = 0;
	while (fgets(line, sizeof(line), f) != NULL)
		if (sscanf(line, "AnonHugePages: %lu kB", &kib) == 1)
			break;
	(void)fclose(f);
	return ((size_t)kib * 1024);
}
#endif

#ifdef __FreeBSD__
/* Bytes of the mapping that lie in promoted pages. */
static size_t
map_super_bytes(const struct calibrate_map *m)
{
	size_t at, bytes;
	char state;

	bytes = 0;
	for (at = 0; at < m->size; at += CALIBRATE_MAP_LARGE)
		if (mincore((char *)m->base + at, 1, &state) == 0 &&
		    (state & MINCORE_SUPER) != 0)
			bytes += CALIBRATE_MAP_LARGE;
	return (bytes);
}
#endif

bool
calibrate_map_init(struct calibrate_map *m, size_t size)
{
	size_t large, others;
	int flags;

	flags = MAP_PRIVATE | MAP_ANON;
#ifdef MAP_ALIGNED_SUPER
	flags |= MAP_ALIGNED_SUPER;
#endif
	m->size = size;
	m->base = mmap(NULL, m->size, PROT_READ | PROT_WRITE, flags, -1, 0);
	if (m->base == MAP_FAILED)
		return (false);
	large = others = 0;
#ifdef __linux__
	(void)madvise(m->base, m->size, MADV_HUGEPAGE);
	others = map_large_bytes();
#endif
	memset(m->base, 0, m->size);
#ifdef __linux__
	large = map_large_bytes();
#elif defined(__FreeBSD__)
	large = map_super_bytes(m);
#endif
	large -= MIN(large, others);
	/* Its ends, less than two large pages, have small ones. */
	m->large = large > 0 &&
	    large >= (m->size - 2 * CALIBRATE_MAP_LARGE) / 10 * 9;
	return (true);
}

void
calibrate_map_fini(struct calibrate_map *m)
{

	(void)munmap(m->base, m->size);
}
