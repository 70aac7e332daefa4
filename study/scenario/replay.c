/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Recorded connections; see replay.h.
 */

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "models/net/net.h"
#include "study/scenario/addrs.h"
#include "study/scenario/replay.h"
#include "study/text/csvin.h"
#include "study/text/problem.h"
#include "study/text/unit.h"

#define	REPLAY_MAX_S	(50 * UINT64_C(86400))	/* twice fits simtime */
#define	REPLAY_MAXBAD	20	/* rows told one by one */

enum replay_column {
	COLUMN_TIME,
	COLUMN_LADDR,
	COLUMN_FADDR,
	COLUMN_FPORT,
	COLUMN_DURATION,
	COLUMN_CLOSE,
	COLUMN_LPORT,
	COLUMN_BOUND,
	NCOLUMNS
};

struct replay_reader {
	struct replay	*replay;
	struct csvin	*in;
	struct csvin_column columns[NCOLUMNS];
	uint64_t	base_s;		/* of the first row */
	simtime		base_ps;
	struct replay_conn *buf;	/* buf[nbuf], not yet in the file */
	size_t		nbuf, size;	/* size: of buf */
	GHashTable	*laddrs;	/* seen */
	GArray		*laddr_list;	/* of struct replay_laddr */
	GString		*bad;
	uint64_t	nbad;
};

/* ---- one row ----------------------------------------------------------- */

static bool
reader_bad(struct replay_reader *r, enum replay_column c, const char *what,
    GError **error)
{

	csvin_bad(r->in, &r->columns[c], what, error);
	return (false);
}

/* Since the first row; the first row itself sets the origin. */
static bool
reader_since(struct replay_reader *r, enum replay_column c, simtime *ps,
    GError **error)
{
	const char *text, *what;
	uint64_t s;
	size_t len;

	text = csvin_field(r->in, r->columns[c].idx, &len);
	what = unit_seconds(text, len, &s, ps);
	if (what != NULL)
		return (reader_bad(r, c, what, error));
	if (r->replay->rec.n == 0 && c == COLUMN_TIME) {
		r->base_s = s;
		r->base_ps = *ps;
	}
	if (s < r->base_s || (s == r->base_s && *ps < r->base_ps))
		return (reader_bad(r, c, "is before the first row; rows must "
		    "be in the order of their times", error));
	if (s - r->base_s > REPLAY_MAX_S)
		return (reader_bad(r, c, "is more than 50 days after the "
		    "first row", error));
	*ps += (simtime)(s - r->base_s) * SIM_S - r->base_ps;
	return (true);
}

static bool
reader_time(struct replay_reader *r, struct replay_conn *rc, GError **error)
{

	if (!reader_since(r, COLUMN_TIME, &rc->time, error))
		return (false);
	if (rc->time < r->replay->rec.last)
		return (reader_bad(r, COLUMN_TIME, "is before the row above; "
		    "rows must be in the order of their times", error));
	return (true);
}

static bool
reader_duration(struct replay_reader *r, struct replay_conn *rc,
    GError **error)
{
	enum replay_column c;
	const char *text, *what;
	uint64_t s;
	simtime ps;
	size_t len;

	c = r->columns[COLUMN_DURATION].idx >= 0 ? COLUMN_DURATION :
	    COLUMN_CLOSE;
	text = csvin_field(r->in, r->columns[c].idx, &len);
	rc->duration = SIM_NEVER;
	if (len == 0)
		return (true);
	if (c == COLUMN_CLOSE) {
		if (!reader_since(r, c, &ps, error))
			return (false);
		if (ps < rc->time)
			return (reader_bad(r, c, "is before time_s", error));
		rc->duration = ps - rc->time;
		return (true);
	}
	what = unit_seconds(text, len, &s, &ps);
	if (what == NULL && s > REPLAY_MAX_S)
		what = "is more than 50 days";
	if (what != NULL)
		return (reader_bad(r, c, what, error));
	rc->duration = (simtime)s * SIM_S + ps;
	return (true);
}

static bool
reader_addr(struct replay_reader *r, enum replay_column c, uint32_t *addr,
    GError **error)
{
	const char *text;

	text = csvin_field(r->in, r->columns[c].idx, NULL);
	if (!net_addr_parse(text, addr))
		return (reader_bad(r, c, c == COLUMN_LADDR ?
		    "is not an IPv4 address; empty means not bound" :
		    "is not an IPv4 address", error));
	if (!addrs_is_host(*addr))
		return (reader_bad(r, c, c == COLUMN_LADDR ?
		    "is no host's address; empty means not bound" :
		    "is no host's address", error));
	return (true);
}

static bool
reader_port(struct replay_reader *r, enum replay_column c, uint16_t *port,
    GError **error)
{
	const char *p;
	unsigned n;

	p = csvin_field(r->in, r->columns[c].idx, NULL);
	for (n = 0; g_ascii_isdigit(*p) && n <= UINT16_MAX; p++)
		n = n * 10 + (unsigned)(*p - '0');
	if (*p != '\0' || n < 1 || n > UINT16_MAX)
		return (reader_bad(r, c, "is not a port, 1..65535", error));
	*port = (uint16_t)n;
	return (true);
}

static bool
reader_bound(struct replay_reader *r, struct replay_conn *rc, GError **error)
{
	const char *text;
	size_t len;

	text = csvin_field(r->in, r->columns[COLUMN_BOUND].idx, &len);
	rc->bound = rc->laddr != NET_ANY;
	if (len == 0)
		return (true);
	if (strcmp(text, "1") == 0 || strcmp(text, "true") == 0)
		rc->bound = true;
	else if (strcmp(text, "0") == 0 || strcmp(text, "false") == 0)
		rc->bound = false;
	else
		return (reader_bad(r, COLUMN_BOUND,
		    "is none of 0, 1, true, false", error));
	if (rc->bound && rc->laddr == NET_ANY)
		return (reader_bad(r, COLUMN_BOUND, "needs a laddr", error));
	return (true);
}

static bool
reader_row(struct replay_reader *r, struct replay_conn *rc, GError **error)
{
	size_t len;

	memset(rc, 0, sizeof(*rc));
	if (!reader_time(r, rc, error) || !reader_duration(r, rc, error))
		return (false);
	(void)csvin_field(r->in, r->columns[COLUMN_LADDR].idx, &len);
	if (len > 0 && !reader_addr(r, COLUMN_LADDR, &rc->laddr, error))
		return (false);
	if (!reader_addr(r, COLUMN_FADDR, &rc->faddr, error) ||
	    !reader_port(r, COLUMN_FPORT, &rc->fport, error))
		return (false);
	(void)csvin_field(r->in, r->columns[COLUMN_LPORT].idx, &len);
	if (len > 0 && !reader_port(r, COLUMN_LPORT, &rc->lport, error))
		return (false);
	return (reader_bound(r, rc, error));
}

/* ---- where they are kept ------------------------------------------------ */

/*
 * A recording.copy.  That a file without a name, written a moment ago, cannot
 * be read is no state that a run could go on from.
 */
static void
spool_copy(const void *arg, uint64_t from, struct replay_conn *conns,
    unsigned n)
{
	const struct replay *rp;
	size_t done, len;
	ssize_t got;

	rp = arg;
	len = n * sizeof(*conns);
	for (done = 0; done < len; done += (size_t)got) {
		got = pread(rp->fd, (char *)conns + done, len - done,
		    (off_t)(from * sizeof(*conns) + done));
		if (got < 0 && errno == EINTR)
			got = 0;
		else if (got <= 0)
			g_error("%s: cannot read it back: %s", rp->path,
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

/* ---- all rows ---------------------------------------------------------- */

static uint64_t
hash_mix(uint64_t hash, uint64_t value)
{

	/* SplitMix64's finaliser: every bit in reaches every bit out. */
	hash ^= value + UINT64_C(0x9e3779b97f4a7c15);
	hash = (hash ^ hash >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	hash = (hash ^ hash >> 27) * UINT64_C(0x94d049bb133111eb);
	return (hash ^ hash >> 31);
}

static void
reader_know_dest(struct recording *rec, const struct replay_conn *rc)
{
	unsigned i;

	if (rec->ndests == RECORDING_MAXDESTS)
		return;
	for (i = 0; i < rec->ndests; i++)
		if (rec->dests[i].faddr == rc->faddr &&
		    rec->dests[i].fport == rc->fport)
			return;
	rec->dests[rec->ndests++] = (struct recording_dest){ rc->faddr,
	    rc->fport };
}

/* What is known of all connections together. */
static void
reader_know(struct replay_reader *r, const struct replay_conn *rc)
{
	struct replay_laddr la;
	struct replay *rp;

	rp = r->replay;
	rp->rec.n++;
	rp->rec.last = rc->time;
	if (rc->duration != SIM_NEVER)
		rp->rec.longest = MAX(rp->rec.longest, rc->duration);
	reader_know_dest(&rp->rec, rc);
	rp->hash = hash_mix(rp->hash, (uint64_t)rc->time);
	rp->hash = hash_mix(rp->hash, (uint64_t)rc->duration);
	rp->hash = hash_mix(rp->hash, (uint64_t)rc->laddr << 32 | rc->faddr);
	rp->hash = hash_mix(rp->hash, (uint64_t)rc->fport << 32 |
	    (uint32_t)rc->lport << 8 | rc->bound);
	if (rc->bound && g_hash_table_add(r->laddrs,
	    GUINT_TO_POINTER(rc->laddr))) {
		la.addr = rc->laddr;
		la.line = csvin_line(r->in);
		g_array_append_val(r->laddr_list, la);
	}
}

static bool
reader_spill(struct replay_reader *r, GError **error)
{
	g_autofree char *name = NULL;
	struct replay *rp;

	rp = r->replay;
	if (rp->fd == -1) {
		rp->fd = g_file_open_tmp("pcbsim-XXXXXX", &name, error);
		if (rp->fd == -1)
			return (false);
		(void)g_unlink(name);
	}
	if (!spool_write(rp->fd, r->buf, r->nbuf * sizeof(*r->buf))) {
		problem_set(error, "%s: more than %d connections are kept in "
		    "a temporary file in %s, which cannot be written: %s",
		    rp->path, REPLAY_INCORE, g_get_tmp_dir(),
		    g_strerror(errno));
		return (false);
	}
	r->nbuf = 0;
	return (true);
}

static bool
reader_keep(struct replay_reader *r, const struct replay_conn *rc,
    GError **error)
{

	if (r->nbuf == REPLAY_INCORE && !reader_spill(r, error))
		return (false);
	if (r->nbuf == r->size) {
		r->size = MAX(1024, r->size * 2);
		r->buf = g_renew(struct replay_conn, r->buf, r->size);
	}
	r->buf[r->nbuf++] = *rc;
	reader_know(r, rc);
	return (true);
}

/* Where the connections are to be found from now on. */
static bool
reader_place(struct replay_reader *r, GError **error)
{
	struct replay *rp;

	rp = r->replay;
	if (rp->fd != -1) {
		rp->rec.copy = spool_copy;
		rp->rec.arg = rp;
		return (reader_spill(r, error));
	}
	rp->conns = g_renew(struct replay_conn, g_steal_pointer(&r->buf),
	    r->nbuf);
	rp->rec.copy = recording_copy_array;
	rp->rec.arg = rp->conns;
	return (true);
}

/* A bad row: count it, remember what to tell. */
static void
reader_reject(struct replay_reader *r, GError *cause)
{

	if (r->nbad == 0)
		r->replay->first_skipped = g_strdup(cause->message);
	if (r->nbad++ < REPLAY_MAXBAD)
		g_string_append_printf(r->bad, "%s%s", r->bad->len > 0 ?
		    "\n" : "", cause->message);
	g_error_free(cause);
}

static bool
reader_rows(struct replay_reader *r, GError **error)
{
	struct replay_conn rc;
	enum csvin_status status;
	GError *cause;

	for (;;) {
		cause = NULL;
		status = csvin_next(r->in, &cause);
		if (status == CSVIN_END)
			return (true);
		if (status == CSVIN_FAILED) {
			g_propagate_error(error, cause);
			return (false);
		}
		if (status != CSVIN_ROW || !reader_row(r, &rc, &cause))
			reader_reject(r, cause);
		else if (!reader_keep(r, &rc, error))
			return (false);
	}
}

static bool
reader_verdict(struct replay_reader *r, bool skip, GError **error)
{

	r->replay->skipped = r->nbad;
	if (r->nbad == 0 || skip)
		return (true);
	if (r->nbad > REPLAY_MAXBAD)
		g_string_append_printf(r->bad, "\n%s: %" G_GUINT64_FORMAT
		    " more bad rows", r->replay->path,
		    r->nbad - REPLAY_MAXBAD);
	g_set_error_literal(error, PROBLEM_DOMAIN, 0, r->bad->str);
	return (false);
}

static bool
replay_read(struct replay *rp, bool skip, GError **error)
{
	struct replay_reader r = {
		.replay = rp,
		.columns = {
			[COLUMN_TIME] = { "time_s", true, -1 },
			[COLUMN_LADDR] = { "laddr", true, -1 },
			[COLUMN_FADDR] = { "faddr", true, -1 },
			[COLUMN_FPORT] = { "fport", true, -1 },
			[COLUMN_DURATION] = { "duration_s", false, -1 },
			[COLUMN_CLOSE] = { "t_close_s", false, -1 },
			[COLUMN_LPORT] = { "lport", false, -1 },
			[COLUMN_BOUND] = { "bound", false, -1 }
		}
	};
	bool ok;

	r.in = csvin_new(rp->path, r.columns, NCOLUMNS, error);
	if (r.in == NULL)
		return (false);
	if (r.columns[COLUMN_DURATION].idx < 0 &&
	    r.columns[COLUMN_CLOSE].idx < 0) {
		problem_set(error, "%s:%" G_GUINT64_FORMAT ": missing column "
		    "duration_s, for which t_close_s may stand", rp->path,
		    csvin_line(r.in));
		csvin_free(r.in);
		return (false);
	}
	r.laddrs = g_hash_table_new(NULL, NULL);
	r.laddr_list = g_array_new(FALSE, FALSE, sizeof(struct replay_laddr));
	r.bad = g_string_new(NULL);
	ok = reader_rows(&r, error) && reader_verdict(&r, skip, error) &&
	    reader_place(&r, error);
	g_free(r.buf);
	rp->nladdrs = r.laddr_list->len;
	rp->laddrs = (struct replay_laddr *)(void *)g_array_free(r.laddr_list,
	    FALSE);
	g_string_free(r.bad, TRUE);
	g_hash_table_unref(r.laddrs);
	csvin_free(r.in);
	return (ok);
}

struct replay *
replay_load(const char *path, bool skip, GError **error)
{
	struct replay *rp;

	rp = g_new0(struct replay, 1);
	rp->path = g_strdup(path);
	rp->fd = -1;
	if (!replay_read(rp, skip, error)) {
		replay_free(rp);
		return (NULL);
	}
	return (rp);
}

char *
replay_skipped_text(const struct replay *rp)
{

	if (rp->skipped == 0)
		return (NULL);
	return (g_strdup_printf("%s: %" G_GUINT64_FORMAT " bad rows skipped; "
	    "the first: %s", rp->path, rp->skipped, rp->first_skipped));
}

void
replay_free(struct replay *rp)
{

	if (rp->fd != -1)
		close(rp->fd);
	g_free(rp->conns);
	g_free(rp->laddrs);
	g_free(rp->first_skipped);
	g_free(rp->path);
	g_free(rp);
}
