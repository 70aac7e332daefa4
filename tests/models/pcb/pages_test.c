/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * An array keeps what it has while it grows from a malloc'ed one to one with
 * pages of its own; with large pages, and as where there are none.
 */

#include <stdint.h>

#include <glib.h>

/* The plain half under other names; the library has the other. */
#define	PCB_PAGES_PLAIN
#define	pcb_pages_renew	plain_renew
#define	pcb_pages_new0	plain_new0
#define	pcb_pages_free	plain_free
#include "models/pcb/pages.c"
#undef pcb_pages_renew
#undef pcb_pages_new0
#undef pcb_pages_free

void	*pcb_pages_renew(void *memory, size_t old, size_t bytes);
void	*pcb_pages_new0(size_t bytes);
void	pcb_pages_free(void *memory, size_t bytes);

static void
check_growth(void *(*renew)(void *, size_t, size_t),
    void (*release)(void *, size_t))
{
	uint32_t *v;
	size_t filled, i, n;

	v = NULL;
	filled = 0;
	/* 1.5 times each, as pools grow; 3 KB to 60 MB. */
	for (n = 777; n < 15000000; n += n / 2) {
		v = renew(v, filled * sizeof(*v), n * sizeof(*v));
		for (i = 0; i < filled; i += 61)
			g_assert_cmpuint(v[i], ==, (uint32_t)i * 2654435761u);
		for (i = filled; i < n; i++)
			v[i] = (uint32_t)i * 2654435761u;
		for (i = 0; i < n; i += 997)
			g_assert_cmpuint(v[i], ==, (uint32_t)i * 2654435761u);
		filled = n;
	}
	release(v, filled * sizeof(*v));
	release(NULL, 0);
}

/* .. also where there was something else before. */
static void
check_zero(void *(*new0)(size_t), void (*release)(void *, size_t))
{
	unsigned char *v;
	size_t i, n;

	for (n = 1000; n < 20000000; n *= 3) {
		v = new0(n);
		memset(v, 0xa5, n);
		release(v, n);
		v = new0(n);
		for (i = 0; i < n; i++)
			g_assert_cmpuint(v[i], ==, 0);
		release(v, n);
	}
}

static void
test_large(void)
{

	check_growth(pcb_pages_renew, pcb_pages_free);
	check_zero(pcb_pages_new0, pcb_pages_free);
}

static void
test_plain(void)
{

	check_growth(plain_renew, plain_free);
	check_zero(plain_new0, plain_free);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pages/large", test_large);
	g_test_add_func("/pages/plain", test_plain);
	return (g_test_run());
}
