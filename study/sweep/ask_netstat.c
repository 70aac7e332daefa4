/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a snapshot of connections says of a question; see ask.h.
 */

#include <string.h>

#include "study/capture/capture.h"
#include "study/capture/format.h"
#include "study/capture/settle.h"
#include "study/sweep/ask.h"

static GHashTable *
ask_set(void)
{

	return (g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free,
	    NULL));
}

static unsigned
ask_distinct(GHashTable *seen, uint64_t key)
{
	int64_t *k;

	k = g_new(int64_t, 1);
	*k = (int64_t)key;
	g_hash_table_add(seen, k);
	return (g_hash_table_size(seen));
}

static void
ask_count(struct ask *q, const struct capture *c)
{
	g_autoptr(GHashTable) laddrs = ask_set(), faddrs = ask_set();
	g_autoptr(GHashTable) fports = ask_set();
	const struct capture_conn *cc;
	unsigned i, other;

	for (i = 0; i < c->conns->len; i++) {
		cc = &g_array_index(c->conns, struct capture_conn, i);
		if (cc->ours != CAPTURE_OPENER)
			continue;
		other = CAPTURE_PEER;
		if (cc->addr[cc->ours] != 0)
			q->laddrs = ask_distinct(laddrs, cc->addr[cc->ours]);
		q->faddrs = ask_distinct(faddrs, cc->addr[other]);
		q->fports = ask_distinct(fports, cc->port[other]);
		if (cc->end == CAPTURE_END_OPEN)
			q->open++;
		else
			q->timewait++;
	}
	q->laddrs = MAX(q->laddrs, 1);
	q->faddrs = MAX(q->faddrs, 1);
	q->fports = CLAMP(q->fports, 1, 60000);
}

bool
ask_netstat(struct ask *q, const char *path, const char **system,
    GError **error)
{
	struct capture c;
	bool ok;

	capture_init(&c);
	c.path = path;
	ok = capture_read(&c, NULL, path, error) != NULL &&
	    capture_settle(&c, false, error);
	if (ok) {
		ask_count(q, &c);
		q->netstat = true;
		*system = c.system;
		if (q->laddrs > 1 && strcmp(q->bind, "none") == 0)
			q->bind = "laddr";
	}
	capture_fini(&c);
	return (ok);
}
