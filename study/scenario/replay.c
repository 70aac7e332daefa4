/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Recorded connections; see replay.h.
 */

#include <string.h>

#include "models/net/net.h"
#include "study/scenario/addrs.h"
#include "study/scenario/replay.h"
#include "study/text/csvin.h"
#include "study/text/problem.h"
#include "study/text/unit.h"

#define	REPLAY_MAX_S	(50 * UINT64_C(86400))	/* twice fits simtime */
#define	REPLAY_ROUNDED	(10 * SIM_MS)	/* t_close_s against duration_s */
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
	COLUMN_CLOSER,
	COLUMN_DIR,
	NCOLUMNS
};

struct replay_row {
	struct replay_conn conn;
	bool		inbound;
};

struct replay_reader {
	struct replay	*replay;
	struct csvin	*in;
	struct csvin_column columns[NCOLUMNS];
	bool		begun;		/* there is a first row */
	uint64_t	base_s;		/* of the first row */
	simtime		base_ps;
	simtime		last;		/* of the row above */
	GHashTable	*laddrs;	/* seen */
	GHashTable	*bound;		/* of those: bound */
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
	if (!r->begun && c == COLUMN_TIME) {
		r->base_s = s;
		r->base_ps = *ps;
	}
	if (s < r->base_s || (s == r->base_s && *ps < r->base_ps))
		return (reader_bad(r, c, c == COLUMN_CLOSE ?
		    "is before time_s" : "is before the first row; rows must "
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
	if (rc->time < r->last)
		return (reader_bad(r, COLUMN_TIME, "is before the row above; "
		    "rows must be in the order of their times", error));
	return (true);
}

/* SIM_NEVER: it has no t_close_s. */
static bool
reader_close(struct replay_reader *r, const struct replay_conn *rc,
    simtime *duration, GError **error)
{
	simtime ps;
	size_t len;

	*duration = SIM_NEVER;
	if (r->columns[COLUMN_CLOSE].idx < 0)
		return (true);
	(void)csvin_field(r->in, r->columns[COLUMN_CLOSE].idx, &len);
	if (len == 0)
		return (true);
	if (!reader_since(r, COLUMN_CLOSE, &ps, error))
		return (false);
	if (ps < rc->time)
		return (reader_bad(r, COLUMN_CLOSE, "is before time_s",
		    error));
	*duration = ps - rc->time;
	return (true);
}

static bool
reader_duration(struct replay_reader *r, struct replay_conn *rc,
    GError **error)
{
	const char *text, *what;
	simtime closes, ps;
	uint64_t s;
	size_t len;

	if (!reader_close(r, rc, &closes, error))
		return (false);
	rc->duration = closes;
	if (r->columns[COLUMN_DURATION].idx < 0)
		return (true);
	text = csvin_field(r->in, r->columns[COLUMN_DURATION].idx, &len);
	if (len == 0)
		return (true);
	what = unit_seconds(text, len, &s, &ps);
	if (what == NULL && s > REPLAY_MAX_S)
		what = "is more than 50 days";
	if (what != NULL)
		return (reader_bad(r, COLUMN_DURATION, what, error));
	rc->duration = (simtime)s * SIM_S + ps;
	if (closes != SIM_NEVER && (rc->duration - closes > REPLAY_ROUNDED ||
	    closes - rc->duration > REPLAY_ROUNDED))
		return (reader_bad(r, COLUMN_CLOSE, "is not time_s and "
		    "duration_s together", error));
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
reader_bound(struct replay_reader *r, struct replay_row *row, GError **error)
{
	struct replay_conn *rc;
	const char *text;

	rc = &row->conn;
	text = csvin_field(r->in, r->columns[COLUMN_BOUND].idx, NULL);
	if (strcmp(text, "1") == 0 || strcmp(text, "true") == 0)
		rc->bound = true;
	else if (strcmp(text, "0") == 0 || strcmp(text, "false") == 0)
		rc->bound = false;
	else
		return (reader_bad(r, COLUMN_BOUND,
		    "is none of 0, 1, true, false", error));
	if (rc->bound && row->inbound)
		return (reader_bad(r, COLUMN_BOUND, "makes no sense where dir "
		    "is in: nobody here bound before a connect()", error));
	if (rc->bound && rc->laddr == NET_ANY)
		return (reader_bad(r, COLUMN_BOUND, "needs a laddr", error));
	return (true);
}

static bool
reader_dir(struct replay_reader *r, struct replay_row *row, GError **error)
{
	const char *text;

	text = csvin_field(r->in, r->columns[COLUMN_DIR].idx, NULL);
	row->inbound = strcmp(text, "in") == 0;
	if (row->inbound || strcmp(text, "out") == 0)
		return (true);
	return (reader_bad(r, COLUMN_DIR, "is neither out nor in", error));
}

static bool
reader_closer(struct replay_reader *r, struct replay_conn *rc, GError **error)
{
	static const char *const names[] = {
	    [RECORDING_LOCAL] = "local", [RECORDING_REMOTE] = "remote",
	    [RECORDING_RESET] = "reset", [RECORDING_REFUSED] = "refused",
	    [RECORDING_OPEN] = "open" };
	const char *text;
	unsigned i;

	text = csvin_field(r->in, r->columns[COLUMN_CLOSER].idx, NULL);
	for (i = RECORDING_LOCAL; i < G_N_ELEMENTS(names); i++)
		if (strcmp(text, names[i]) == 0)
			break;
	if (i == G_N_ELEMENTS(names))
		return (reader_bad(r, COLUMN_CLOSER, "is none of local, "
		    "remote, reset, refused, open", error));
	rc->closer = (uint8_t)i;
	if (i == RECORDING_OPEN && rc->duration != SIM_NEVER)
		return (reader_bad(r, COLUMN_CLOSER, "has no end, but the row "
		    "says when it was", error));
	if (i != RECORDING_OPEN && rc->duration == SIM_NEVER)
		return (reader_bad(r, COLUMN_CLOSER, "needs a duration_s; one "
		    "that is empty is open at the end", error));
	return (true);
}

/* The column is there, and not empty in this row. */
static inline bool
reader_says(const struct replay_reader *r, enum replay_column c)
{

	return (r->columns[c].idx >= 0 &&
	    *csvin_field(r->in, r->columns[c].idx, NULL) != '\0');
}

static bool
reader_row(struct replay_reader *r, struct replay_row *row, GError **error)
{
	struct replay_conn *rc;

	memset(row, 0, sizeof(*row));
	rc = &row->conn;
	if (!reader_time(r, rc, error) || !reader_duration(r, rc, error))
		return (false);
	if (reader_says(r, COLUMN_LADDR) &&
	    !reader_addr(r, COLUMN_LADDR, &rc->laddr, error))
		return (false);
	if ((reader_says(r, COLUMN_DIR) && !reader_dir(r, row, error)) ||
	    !reader_addr(r, COLUMN_FADDR, &rc->faddr, error))
		return (false);
	if ((!row->inbound || reader_says(r, COLUMN_FPORT)) &&
	    !reader_port(r, COLUMN_FPORT, &rc->fport, error))
		return (false);
	if (reader_says(r, COLUMN_LPORT) &&
	    !reader_port(r, COLUMN_LPORT, &rc->lport, error))
		return (false);
	rc->bound = rc->laddr != NET_ANY && !row->inbound;
	if (reader_says(r, COLUMN_BOUND) && !reader_bound(r, row, error))
		return (false);
	return (!reader_says(r, COLUMN_CLOSER) ||
	    reader_closer(r, rc, error));
}

/* ---- all rows ---------------------------------------------------------- */

/* It has to be this machine's. */
static void
reader_local(struct replay_reader *r, uint32_t addr)
{
	struct replay_laddr la;

	if (!g_hash_table_add(r->laddrs, GUINT_TO_POINTER(addr)))
		return;
	la.addr = addr;
	la.line = csvin_line(r->in);
	g_array_append_val(r->laddr_list, la);
}

static bool
reader_keep(struct replay_reader *r, const struct replay_row *row,
    GError **error)
{
	const struct replay_conn *rc;
	struct replay *rp;

	rp = r->replay;
	rc = &row->conn;
	r->begun = true;
	r->last = rc->time;
	if (rc->bound || (row->inbound && rc->laddr != NET_ANY))
		reader_local(r, rc->laddr);
	if (rc->bound)
		g_hash_table_add(r->bound, GUINT_TO_POINTER(rc->laddr));
	return (replay_store_add(row->inbound ? &rp->in : &rp->out, rc,
	    error));
}

/* A bad row: count it, remember what to tell. */
static void
reader_reject(struct replay_reader *r, GError *cause)
{
	uint64_t line;

	line = csvin_line(r->in);
	g_array_append_val(r->replay->skipped_lines, line);
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
	struct replay_row row;
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
		if (status != CSVIN_ROW || !reader_row(r, &row, &cause))
			reader_reject(r, cause);
		else if (!reader_keep(r, &row, error))
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

/* text		NULL: what is in rp->path */
static bool
replay_read(struct replay *rp, const void *text, size_t len, bool skip,
    GError **error)
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
			[COLUMN_BOUND] = { "bound", false, -1 },
			[COLUMN_CLOSER] = { "closer", false, -1 },
			[COLUMN_DIR] = { "dir", false, -1 }
		}
	};
	bool ok;

	r.in = text == NULL ? csvin_new(rp->path, r.columns, NCOLUMNS,
	    error) : csvin_new_bytes(rp->path, text, len, r.columns, NCOLUMNS,
	    error);
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
	r.bound = g_hash_table_new(NULL, NULL);
	r.laddr_list = g_array_new(FALSE, FALSE, sizeof(struct replay_laddr));
	r.bad = g_string_new(NULL);
	ok = reader_rows(&r, error) && reader_verdict(&r, skip, error) &&
	    replay_store_end(&rp->out, error) &&
	    replay_store_end(&rp->in, error);
	rp->hash = rp->out.hash + 3 * rp->in.hash;
	rp->nladdrs = r.laddr_list->len;
	rp->nbound = g_hash_table_size(r.bound);
	rp->laddrs = (struct replay_laddr *)(void *)g_array_free(r.laddr_list,
	    FALSE);
	g_string_free(r.bad, TRUE);
	g_hash_table_unref(r.laddrs);
	g_hash_table_unref(r.bound);
	csvin_free(r.in);
	return (ok);
}

struct replay *
replay_load_bytes(const char *path, const void *text, size_t len, bool skip,
    GError **error)
{
	struct replay *rp;

	rp = g_new0(struct replay, 1);
	rp->path = g_strdup(path);
	replay_store_init(&rp->out, rp->path);
	replay_store_init(&rp->in, rp->path);
	rp->skipped_lines = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	if (!replay_read(rp, text, len, skip, error)) {
		replay_free(rp);
		return (NULL);
	}
	return (rp);
}

struct replay *
replay_load(const char *path, bool skip, GError **error)
{

	return (replay_load_bytes(path, NULL, 0, skip, error));
}

char *
replay_skipped_text(const struct replay *rp)
{

	if (rp->skipped == 0)
		return (NULL);
	return (g_strdup_printf("%s: %" G_GUINT64_FORMAT " bad row%s "
	    "skipped; the first: %s", rp->path, rp->skipped, rp->skipped == 1 ?
	    "" : "s", rp->first_skipped));
}

char *
replay_inbound_text(const struct replay *rp)
{

	if (rp->in.rec.n == 0)
		return (NULL);
	return (g_strdup_printf("%s: %" G_GUINT64_FORMAT " inbound "
	    "connections, from outside", rp->path, rp->in.rec.n));
}

void
replay_free(struct replay *rp)
{

	replay_store_fini(&rp->out);
	replay_store_fini(&rp->in);
	g_free(rp->laddrs);
	g_array_unref(rp->skipped_lines);
	g_free(rp->first_skipped);
	g_free(rp->path);
	g_free(rp);
}
