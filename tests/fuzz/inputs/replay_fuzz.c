/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Recordings, plain and compressed: what is accepted is in order.
 */

#include "study/scenario/replay.h"
#include "tests/fuzz/inputs/driver.h"

static char *plain, *compressed;

static void
replay_init(const char *dir)
{

	plain = g_build_filename(dir, "r.csv", NULL);
	compressed = g_build_filename(dir, "r.csv.gz", NULL);
}

/* Of a client from outside the port may be left out. */
static void
replay_store_holds(const struct replay_store *st, bool in)
{
	size_t i;

	for (i = 0; i < st->rec.n && st->conns != NULL; i++) {
		g_assert_cmpint(st->conns[i].time, >=, i == 0 ? 0 :
		    st->conns[i - 1].time);
		g_assert_cmpint(st->conns[i].duration, >=, 0);
		g_assert_true(in || st->conns[i].fport > 0);
	}
}

static void
replay_one(const uint8_t *data, size_t size)
{
	g_autofree char *skipped = NULL;
	g_autoptr(GError) error = NULL;
	const char *path;
	struct replay *rp;

	/* As its first bytes say that it is. */
	path = size > 2 && data[0] == 0x1f && data[1] == 0x8b ? compressed :
	    plain;
	fuzz_write(path, data, size);
	rp = replay_load(path, size % 2 == 0, &error);
	if (rp == NULL) {
		fuzz_message(error);
		return;
	}
	replay_store_holds(&rp->out, false);
	replay_store_holds(&rp->in, true);
	skipped = replay_skipped_text(rp);
	replay_free(rp);
}

const struct fuzz_kind fuzz_kind = {
	"replay", replay_init, replay_one, NULL
};
