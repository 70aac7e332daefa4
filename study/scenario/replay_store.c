/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Where recorded connections are kept; see replay_store.h.
 */

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "study/scenario/replay_store.h"
#include "study/text/problem.h"

/*
 * A recording.copy.  That a file without a name, written a moment ago, cannot
 * be read is no state that a run could go on from.
 */
static void
spool_copy(const void *arg, uint64_t from, struct replay_conn *conns,
    unsigned n)
{
	const struct replay_store *st;
	size_t done, len;
	ssize_t got;

	st = arg;
	len = n * sizeof(*conns);
	for (done = 0; done < len; done += (size_t)got) {
		got = pread(st->fd, (char *)conns + done, len - done,
		    (off_t)(from * sizeof(*conns) + done));
		if (got < 0 && errno == EINTR)
			got = 0;
		else if (got <= 0)
			g_error("%s: cannot read it back: %s", st->path,
			    got == 0 ? "it was cut" : g_strerror(errno));
	}
}

static bool
spool_write(int fd, const void *data, size_t len)
{
	size_t done;
	ssize_t n;

	for (done = 0; done < len; done += (size_t)n) {
		n = write(fd, (const char *)data + done, len - done);
		if (n < 0 && errno != EINTR)
			return (false);
		n = MAX(n, 0);
	}
	return (true);
}

static uint64_t
hash_mix(uint64_t hash, uint64_t value)
{

	/* SplitMix64's finaliser: every bit in reaches every bit out. */
	hash ^= value + UINT64_C(0x9e3779b97f4a7c15);
	hash = (hash ^ hash >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	hash = (hash ^ hash >> 27) * UINT64_C(0x94d049bb133111eb);
	return (hash ^ hash >> 31);
}

static bool
store_is_dest(const struct recording_dest *dest, const struct replay_conn *rc)
{

	return (dest->faddr == rc->faddr && dest->fport == rc->fport);
}

/* Most were just looked up: their places are remembered. */
static void
store_know_dest(struct replay_store *st, const struct replay_conn *rc)
{
	struct recording *rec;
	uint8_t *place;
	unsigned i;

	rec = &st->rec;
	place = &st->places[(rc->faddr >> 24 ^ rc->faddr ^ rc->fport) %
	    sizeof(st->places)];
	if (rec->ndests == RECORDING_MAXDESTS ||
	    store_is_dest(&rec->dests[*place], rc))
		return;
	for (i = 0; i < rec->ndests; i++)
		if (store_is_dest(&rec->dests[i], rc))
			break;
	*place = (uint8_t)i;
	if (i == rec->ndests)
		rec->dests[rec->ndests++] = (struct recording_dest){
		    rc->faddr, rc->fport };
}

/* What is known of all connections together. */
static void
store_know(struct replay_store *st, const struct replay_conn *rc)
{
	uint64_t *hash;

	hash = &st->hash;
	st->rec.n++;
	st->rec.last = rc->time;
	if (rc->duration != SIM_NEVER)
		st->rec.longest = MAX(st->rec.longest, rc->duration);
	store_know_dest(st, rc);
	*hash = hash_mix(*hash, (uint64_t)rc->time);
	*hash = hash_mix(*hash, (uint64_t)rc->duration);
	*hash = hash_mix(*hash, (uint64_t)rc->laddr << 32 | rc->faddr);
	*hash = hash_mix(*hash, (uint64_t)rc->fport << 32 |
	    (uint32_t)rc->lport << 8 | rc->bound);
	/* What is not said leaves the hash as if nobody could say it. */
	if (rc->closer != RECORDING_UNSAID)
		*hash = hash_mix(*hash, rc->closer);
}

/* It is no fault of the recording. */
static void
store_cannot(const struct replay_store *st, const char *why, GError **error)
{

	g_set_error(error, PROBLEM_DOMAIN, PROBLEM_READ, "%s: more than %d "
	    "connections are kept in a temporary file in %s, which cannot be "
	    "written: %s", st->path, REPLAY_INCORE, g_get_tmp_dir(), why);
}

static bool
store_spill(struct replay_store *st, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autofree char *name = NULL;

	if (st->fd == -1) {
		st->fd = g_file_open_tmp("pcbsim-XXXXXX", &name, &cause);
		if (st->fd == -1) {
			store_cannot(st, cause->message, error);
			return (false);
		}
		(void)g_unlink(name);
	}
	if (!spool_write(st->fd, st->buf, st->nbuf * sizeof(*st->buf))) {
		store_cannot(st, g_strerror(errno), error);
		return (false);
	}
	st->nbuf = 0;
	return (true);
}

bool
replay_store_add(struct replay_store *st, const struct replay_conn *rc,
    GError **error)
{

	if (st->nbuf == REPLAY_INCORE && !store_spill(st, error))
		return (false);
	if (st->nbuf == st->size) {
		st->size = MAX(1024, st->size * 2);
		st->buf = g_renew(struct replay_conn, st->buf, st->size);
	}
	st->buf[st->nbuf++] = *rc;
	store_know(st, rc);
	return (true);
}

bool
replay_store_end(struct replay_store *st, GError **error)
{

	if (st->fd != -1) {
		st->rec.copy = spool_copy;
		st->rec.arg = st;
		if (!store_spill(st, error))
			return (false);
		g_clear_pointer(&st->buf, g_free);
		return (true);
	}
	st->conns = g_renew(struct replay_conn, g_steal_pointer(&st->buf),
	    st->nbuf);
	st->rec.copy = recording_copy_array;
	st->rec.arg = st->conns;
	return (true);
}

void
replay_store_init(struct replay_store *st, const char *path)
{

	*st = (struct replay_store){ .path = path, .fd = -1 };
}

void
replay_store_fini(struct replay_store *st)
{

	if (st->fd != -1)
		close(st->fd);
	g_free(st->conns);
	g_free(st->buf);
}
