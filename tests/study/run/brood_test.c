/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Copies of this process: each part is done once, as many at a time as wanted,
 * what they say is read, a death is everybody's, and who is left alone knows.
 */

#include <signal.h>
#include <stdint.h>
#include <unistd.h>

#include <glib.h>

#include "study/run/brood.h"

#define	PARTS	20

struct tale {
	gint		done[PARTS], now, most, ticks, inner;
};

static struct tale *tale;
static unsigned own;	/* a copy's is its own */

static void
tick(void *arg)
{

	(void)arg;
	g_atomic_int_inc(&tale->ticks);
}

static void
inner(void *arg)
{

	own += 5;
	g_atomic_int_add(&tale->inner, (gint)own + *(gint *)arg);
}

static void
part(void *arg, unsigned i)
{
	gint extra, now;

	(void)arg;
	now = g_atomic_int_add(&tale->now, 1) + 1;
	if (now > g_atomic_int_get(&tale->most))
		g_atomic_int_set(&tale->most, now);
	g_usleep(i == 0 ? 600000 : 5000);
	own++;
	extra = 2;
	g_assert_true(brood_one(inner, &extra));
	g_assert_true(!brood_orphan());
	g_atomic_int_add(&tale->done[i], (gint)own);
	g_atomic_int_add(&tale->now, -1);
}

/* ---- memory ------------------------------------------------------------ */

#define	WORDS	(3u << 20)
#define	SPARSE	((size_t)64 << 20)

struct memory {
	uint32_t	*word;		/* word[WORDS], each its own number */
	char		*sparse;	/* one page in 64 MiB */
	unsigned	small;
	unsigned	*smalls[1000];
};

/* All is there, may be written, grows and goes; and it is nobody else's. */
static void
changes(void *memory)
{
	struct memory *m;
	unsigned i;

	m = memory;
	for (i = 0; i < WORDS; i++) {
		g_assert_cmpuint(m->word[i], ==, i);
		m->word[i] = ~i;
	}
	m->word = g_renew(uint32_t, m->word, 2 * WORDS);
	m->word[2 * WORDS - 1] = 1;
	g_assert_cmpuint(m->word[WORDS - 1], ==, ~(WORDS - 1));
	for (i = 0; i < G_N_ELEMENTS(m->smalls); i++) {
		g_assert_cmpuint(*m->smalls[i], ==, i);
		m->smalls[i] = g_renew(unsigned, m->smalls[i], 100 + i);
		m->smalls[i][99 + i] = 1;
	}
	g_assert_cmpint(m->sparse[SPARSE / 2], ==, 7);
	m->sparse[SPARSE - 1] = 1;
	g_free(m->sparse);
	g_free(m->word);
	tale->inner++;
}

static void
a_copy_has_its_own_memory(void)
{
	struct memory m;
	unsigned i, k;

	tale = brood_memory(sizeof(*tale));
	m.word = g_new(uint32_t, WORDS);
	for (i = 0; i < WORDS; i++)
		m.word[i] = i;
	m.sparse = g_malloc0(SPARSE);
	m.sparse[SPARSE / 2] = 7;
	for (i = 0; i < G_N_ELEMENTS(m.smalls); i++) {
		m.smalls[i] = g_new(unsigned, 1);
		*m.smalls[i] = i;
	}
	for (k = 0; k < 3; k++)
		g_assert_true(brood_one(changes, &m));
	g_assert_cmpint(tale->inner, ==, 3);
	for (i = 0; i < WORDS; i++)
		g_assert_cmpuint(m.word[i], ==, i);
	for (i = 0; i < G_N_ELEMENTS(m.smalls); i++) {
		g_assert_cmpuint(*m.smalls[i], ==, i);
		g_free(m.smalls[i]);
	}
	g_free(m.sparse);
	g_free(m.word);
	brood_memory_free(tale, sizeof(*tale));
}

/* ---- all --------------------------------------------------------------- */

static void
test_all(void)
{
	const struct brood b = { .n = PARTS, .jobs = 3, .work = part,
	    .tick = tick };
	unsigned i;

	own = 0;
	tale = brood_memory(sizeof(*tale));
	g_assert_nonnull(tale);
	g_assert_cmpuint(brood_run(&b), ==, PARTS);
	for (i = 0; i < PARTS; i++)
		g_assert_cmpint(tale->done[i], ==, 1);
	g_assert_cmpint(tale->now, ==, 0);
	g_assert_cmpint(tale->most, >=, 2);
	g_assert_cmpint(tale->most, <=, 3);
	/* The first took longer than a tick. */
	g_assert_cmpint(tale->ticks, >, 0);
	g_assert_cmpint(tale->inner, ==, PARTS * (1 + 5 + 2));
	g_assert_cmpuint(own, ==, 0);
	brood_memory_free(tale, sizeof(*tale));
}

static void
dies(void *arg)
{

	(void)arg;
	(void)raise(SIGKILL);
}

static void
test_dies(void)
{

	if (g_test_subprocess()) {
		(void)brood_one(dies, NULL);
		_exit(0);
	}
	g_test_trap_subprocess(NULL, 0, 0);
	g_test_trap_assert_failed();
}

/* Its parent goes at once; it says whether it saw that. */
static void
orphaned(void *arg, unsigned i)
{
	unsigned k;

	(void)arg;
	(void)i;
	for (k = 0; k < 500 && !brood_orphan(); k++)
		g_usleep(10000);
	g_atomic_int_set(&tale->done[0], brood_orphan() ? 2 : 1);
}

static void
tick_and_die(void *arg)
{

	(void)arg;
	(void)raise(SIGKILL);
}

static void
parent(void *arg)
{
	const struct brood b = { .n = 1, .jobs = 1, .work = orphaned,
	    .tick = tick_and_die };

	(void)arg;
	(void)brood_run(&b);
}

/* The middle one of three generations dies while it waits. */
static void
test_orphan(void)
{
	unsigned k;

	tale = brood_memory(sizeof(*tale));
	if (fork() == 0) {
		parent(NULL);
		_exit(0);
	}
	for (k = 0; k < 1000 && g_atomic_int_get(&tale->done[0]) == 0; k++)
		g_usleep(10000);
	g_assert_cmpint(tale->done[0], ==, 2);
	brood_memory_free(tale, sizeof(*tale));
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/brood/a_copy_has_its_own_memory",
	    a_copy_has_its_own_memory);
	g_test_add_func("/brood/all", test_all);
	g_test_add_func("/brood/dies", test_dies);
	g_test_add_func("/brood/orphan", test_orphan);
	return (g_test_run());
}
