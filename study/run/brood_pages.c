/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Memory that is shared no more; see brood_pages.h.
 */

#include "study/run/brood_pages.h"

/* What sanitizers know of memory does not move with it. */
#ifdef __has_feature
#define	SANITIZED	(__has_feature(address_sanitizer) || \
	    __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer))
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define	SANITIZED	1
#else
#define	SANITIZED	0
#endif

#if defined(__linux__) && !SANITIZED

#include <sys/types.h>
#include <sys/mman.h>

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define	LARGE		((uintptr_t)2 << 20)
#define	REGIONS		64		/* that are looked at */
#define	WORTH		((uintptr_t)256 << 10)	/* bytes, at least */
#define	MOST		((uintptr_t)1 << 30)	/* .. and at most */
#define	LOOK		1024		/* pages asked for at a time */

/* Of an entry of pagemap, as proc(5) has it. */
#define	PAGE_PRESENT	(UINT64_C(1) << 63)
#define	PAGE_SWAPPED	(UINT64_C(1) << 62)

struct region {
	uintptr_t	from, to;
};

/* Is it memory that was asked for, and no file's? */
static bool
region_parse(const char *line, struct region *r)
{
	unsigned long from, inode, offset, to;
	char name[16], how[8], on[16];

	name[0] = '\0';
	if (sscanf(line, "%lx-%lx %7s %lx %15s %lu %15s", &from, &to, how,
	    &offset, on, &inode, name) < 6)
		return (false);
	*r = (struct region){ from, to };
	return (strcmp(how, "rw-p") == 0 && inode == 0 && (name[0] == '\0' ||
	    strcmp(name, "[heap]") == 0) && r->to - r->from >= WORTH &&
	    r->to - r->from <= MOST);
}

/*
 * The list is complete before anything moves.  Under valgrind there is none: it
 * lives in the same process, and its own memory looks like ours, but is not to
 * be read.
 */
static unsigned
regions(struct region *r)
{
	char line[512];
	unsigned n;
	bool alone;
	FILE *f;

	f = fopen("/proc/self/maps", "re");
	if (f == NULL)
		return (0);
	alone = true;
	for (n = 0; n < REGIONS && fgets(line, sizeof(line), f) != NULL;) {
		alone = alone && strstr(line, "/valgrind/") == NULL;
		n += region_parse(line, &r[n]);
	}
	(void)fclose(f);
	return (alone ? n : 0);
}

/*
 * Go through the pages that have something in them, in memory or swapped out;
 * copy them by `shift' unless it is 0.
 *
 * pagemap	/proc/self/pagemap
 *
 * Returns:	bytes of these; 0: not to be known
 */
static uintptr_t
region_copy(const struct region *r, int pagemap, uintptr_t page,
    uintptr_t shift)
{
	uint64_t entry[LOOK];
	uintptr_t at, i, n, sum;

	sum = 0;
	for (at = r->from; at < r->to; at += n * page) {
		n = (r->to - at) / page;
		n = n < LOOK ? n : LOOK;
		if (pread(pagemap, entry, n * sizeof(entry[0]),
		    (off_t)(at / page * sizeof(entry[0]))) !=
		    (ssize_t)(n * sizeof(entry[0])))
			return (0);
		for (i = 0; i < n; i++) {
			if ((entry[i] & (PAGE_PRESENT | PAGE_SWAPPED)) == 0)
				continue;
			sum += page;
			if (shift != 0)
				memcpy((void *)(at + i * page + shift),
				    (void *)(at + i * page), page);
		}
	}
	return (sum);
}

/* As one piece: what is one mapping now may be moved as one later. */
static void
region_unshare(const struct region *r, int pagemap, uintptr_t page)
{
	uintptr_t end, from, len, p;
	void *area;

	len = r->to - r->from;
	/* What is hardly used is not worth it. */
	if (region_copy(r, pagemap, page, 0) < len / 2)
		return;
	area = mmap(NULL, len + LARGE, PROT_READ | PROT_WRITE, MAP_PRIVATE |
	    MAP_ANONYMOUS, -1, 0);
	if (area == MAP_FAILED)
		return;
	p = (uintptr_t)area;
	end = p + len + LARGE;
	/* Large pages begin at the same places of both. */
	from = p + ((r->from - p) & (LARGE - 1));
	(void)madvise((void *)from, len, MADV_HUGEPAGE);
	/* mremap() says no before it has done anything. */
	if (region_copy(r, pagemap, page, from - r->from) == 0 ||
	    mremap((void *)from, len, len, MREMAP_MAYMOVE | MREMAP_FIXED,
	    (void *)r->from) == MAP_FAILED) {
		(void)munmap(area, len + LARGE);
		return;
	}
	if (from > p)
		(void)munmap(area, from - p);
	if (end > from + len)
		(void)munmap((void *)(from + len), end - from - len);
}

void
brood_unshare(void)
{
	struct region r[REGIONS];
	uintptr_t page;
	unsigned i, n;
	int pagemap;

	pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	if (pagemap == -1)
		return;
	page = (uintptr_t)sysconf(_SC_PAGESIZE);
	n = regions(r);
	for (i = 0; i < n; i++)
		region_unshare(&r[i], pagemap, page);
	(void)close(pagemap);
}

#else

void
brood_unshare(void)
{
}

#endif
