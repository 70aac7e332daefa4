/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a capture does not say; see settle.h.
 */

#include <stdlib.h>
#include <string.h>

#include "models/net/net.h"
#include "study/capture/locals.h"
#include "study/capture/settle.h"
#include "study/capture/write.h"

#define	SETTLE_MAXBAD	20	/* as capture_bad() keeps */
#define	SETTLE_MAXSEEN	10	/* addresses told one by one */
#define	SETTLE_MAX_S	(50 * INT64_C(86400))

/* How often an address was seen, and at which end. */
struct seen {
	uint32_t	addr;
	guint		times[2];	/* [enum capture_side] */
	unsigned	order;		/* of the first time */
};

/* ---- addresses that were seen ------------------------------------------ */

static void
seen_add(GHashTable *all, uint32_t addr, enum capture_side side)
{
	struct seen *s;

	s = g_hash_table_lookup(all, GUINT_TO_POINTER(addr));
	if (s == NULL) {
		s = g_new0(struct seen, 1);
		s->addr = addr;
		s->order = g_hash_table_size(all);
		g_hash_table_insert(all, GUINT_TO_POINTER(addr), s);
	}
	s->times[side]++;
}

/* The one seen most first; of equals the first. */
static int
seen_compare(const void *a, const void *b)
{
	const struct seen *x, *y;
	guint nx, ny;

	x = *(const struct seen *const *)a;
	y = *(const struct seen *const *)b;
	nx = x->times[0] + x->times[1];
	ny = y->times[0] + y->times[1];
	if (nx != ny)
		return (nx > ny ? -1 : 1);
	return (x->order < y->order ? -1 : x->order > y->order);
}

/* Of struct seen; free with g_ptr_array_unref(). */
static GPtrArray *
seen_sorted(GHashTable *all)
{
	GHashTableIter it;
	GPtrArray *list;
	void *value;

	list = g_ptr_array_new();
	g_hash_table_iter_init(&it, all);
	while (g_hash_table_iter_next(&it, NULL, &value))
		g_ptr_array_add(list, value);
	g_ptr_array_sort(list, seen_compare);
	return (list);
}

/* ---- ours -------------------------------------------------------------- */

static bool
conn_is_open_question(const struct capture_conn *cc)
{

	return (!cc->sure && cc->said == 0);
}

static void
refuse_local(struct capture *c, GError **error)
{
	g_autoptr(GHashTable) all = NULL;
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(GString) text = NULL;
	g_autofree char *left = NULL;
	const struct capture_conn *cc;
	const struct seen *s;
	char addr[16];
	guint i;

	all = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	for (i = 0; i < c->conns->len; i++) {
		cc = capture_conn_at(c, i);
		seen_add(all, cc->addr[CAPTURE_OPENER], CAPTURE_OPENER);
		seen_add(all, cc->addr[CAPTURE_PEER], CAPTURE_PEER);
	}
	list = seen_sorted(all);
	text = g_string_new(NULL);
	g_string_append_printf(text, "%s: it does not say which addresses are "
	    "this machine's; --local=ADDRESS,... does.  In it are:",
	    c->path);
	for (i = 0; i < list->len && i < SETTLE_MAXSEEN; i++) {
		s = list->pdata[i];
		g_string_append_printf(text, "\n  %-15s  opened %u, was opened "
		    "to %u", net_addr_format(s->addr, addr),
		    s->times[CAPTURE_OPENER], s->times[CAPTURE_PEER]);
	}
	if (list->len > i)
		g_string_append_printf(text, "\n  and %u more", list->len - i);
	left = capture_left_text(c);
	if (left != NULL)
		g_string_append_printf(text, "\n  beside them: %s", left);
	s = list->pdata[0];
	g_free(c->local_hint);
	c->local_hint = g_strconcat("--local=", net_addr_format(s->addr,
	    addr), NULL);
	g_set_error_literal(error, CAPTURE_ERROR, 0, text->str);
}

/* Addresses that the capture says are local; NULL with an error if none. */
static GHashTable *
said_addresses(struct capture *c, GError **error)
{
	const struct capture_conn *cc;
	GHashTable *said;
	unsigned side;
	bool question;
	guint i;

	said = g_hash_table_new(NULL, NULL);
	question = false;
	for (i = 0; i < c->conns->len; i++) {
		cc = capture_conn_at(c, i);
		question = question || conn_is_open_question(cc);
		for (side = 0; side < 2; side++)
			if (cc->said & CAPTURE_SIDE(side))
				g_hash_table_add(said,
				    GUINT_TO_POINTER(cc->addr[side]));
	}
	if (!question || g_hash_table_size(said) > 0)
		return (said);
	g_hash_table_unref(said);
	refuse_local(c, error);
	return (NULL);
}

/* Is the address at that end ours? */
static bool
side_is_ours(const struct capture *c, const struct capture_conn *cc,
    enum capture_side side, GHashTable *said)
{

	if (cc->sure && !(cc->said & CAPTURE_SIDE(side)))
		return (false);
	/* A log of this machine's that does not name its address. */
	if (cc->sure && cc->addr[side] == NET_ANY)
		return (true);
	if (c->locals->len > 0)
		return (locals_have(c->locals, cc->addr[side]));
	return (g_hash_table_contains(said, GUINT_TO_POINTER(cc->addr[side])));
}

static bool
settle_ours(struct capture *c, GError **error)
{
	g_autoptr(GHashTable) said = NULL;
	struct capture_conn *cc;
	guint i, kept;

	if (c->locals->len == 0) {
		said = said_addresses(c, error);
		if (said == NULL)
			return (false);
	}
	for (i = kept = 0; i < c->conns->len; i++) {
		cc = capture_conn_at(c, i);
		if (side_is_ours(c, cc, CAPTURE_OPENER, said))
			cc->ours = CAPTURE_OPENER;
		else if (side_is_ours(c, cc, CAPTURE_PEER, said))
			cc->ours = CAPTURE_PEER;
		else {
			capture_leave(c, CAPTURE_ELSEWHERE);
			continue;
		}
		*capture_conn_at(c, kept++) = *cc;
	}
	g_array_set_size(c->conns, kept);
	return (true);
}

/* ---- connections to itself --------------------------------------------- */

/* Who shows sockets shows both of a connection of the machine to itself. */
static guint
conn_hash(const void *key)
{
	const struct capture_conn *cc;

	cc = key;
	return (cc->addr[0] * 31 + cc->addr[1] + ((guint)cc->port[0] << 16 |
	    cc->port[1]));
}

static gboolean
conn_equal(const void *a, const void *b)
{
	const struct capture_conn *x, *y;

	x = a;
	y = b;
	return (x->addr[0] == y->addr[0] && x->addr[1] == y->addr[1] &&
	    x->port[0] == y->port[0] && x->port[1] == y->port[1]);
}

/* The opener's end says all; of the other one nothing is known beyond. */
static void
settle_other_ends(struct capture *c)
{
	g_autoptr(GHashTable) opened = NULL;
	const struct capture_conn *cc;
	guint i, kept;

	opened = g_hash_table_new(conn_hash, conn_equal);
	for (i = 0; i < c->conns->len; i++) {
		cc = capture_conn_at(c, i);
		if (cc->sure && cc->ours == CAPTURE_OPENER)
			g_hash_table_add(opened, (void *)(uintptr_t)cc);
	}
	if (g_hash_table_size(opened) == 0)
		return;
	/* What moves would leave the table: first find, then move. */
	for (i = 0; i < c->conns->len; i++) {
		cc = capture_conn_at(c, i);
		if (cc->sure && cc->ours == CAPTURE_PEER &&
		    g_hash_table_contains(opened, cc))
			capture_conn_at(c, i)->line = 0;
	}
	for (i = kept = 0; i < c->conns->len; i++) {
		cc = capture_conn_at(c, i);
		if (cc->line == 0)
			capture_leave(c, CAPTURE_OTHER_END);
		else
			*capture_conn_at(c, kept++) = *cc;
	}
	g_array_set_size(c->conns, kept);
}

/* ---- ends, bound ------------------------------------------------------- */

static void
settle_end(struct capture_conn *cc)
{

	if (cc->end == CAPTURE_END_HALF)
		cc->end = cc->closer == cc->ours ? CAPTURE_END_CLOSED :
		    CAPTURE_END_OPEN;
	if (cc->end == CAPTURE_END_REFUSED && cc->ours == CAPTURE_PEER)
		cc->close = cc->open;
	cc->close = MAX(cc->close, cc->open);
}

/* An unbound connect() to an address of ours is from that same address. */
static bool
conn_is_to_itself(const struct capture_conn *cc)
{

	return (cc->addr[0] == cc->addr[1]);
}

/* The address that most of ours were opened from. */
static uint32_t
most_used(struct capture *c)
{
	g_autoptr(GHashTable) all = NULL;
	g_autoptr(GPtrArray) list = NULL;
	const struct capture_conn *cc;
	guint i;

	all = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	for (i = 0; i < c->conns->len; i++) {
		cc = capture_conn_at(c, i);
		if (cc->ours == CAPTURE_OPENER && !conn_is_to_itself(cc) &&
		    cc->addr[CAPTURE_OPENER] != NET_ANY)
			seen_add(all, cc->addr[CAPTURE_OPENER],
			    CAPTURE_OPENER);
	}
	list = seen_sorted(all);
	return (list->len == 0 ? NET_ANY :
	    ((const struct seen *)list->pdata[0])->addr);
}

static void
settle_bound(struct capture *c)
{
	struct capture_conn *cc;
	uint32_t addr, primary;
	guint i;

	primary = most_used(c);
	for (i = 0; i < c->conns->len; i++) {
		cc = capture_conn_at(c, i);
		addr = cc->addr[CAPTURE_OPENER];
		if (cc->ours == CAPTURE_PEER || addr == NET_ANY)
			cc->bound = CAPTURE_BOUND_NO;
		else if (cc->bound != CAPTURE_BOUND_UNKNOWN)
			continue;
		else if (c->guess == CAPTURE_GUESS)
			cc->bound = addr == primary ||
			    conn_is_to_itself(cc) ? CAPTURE_BOUND_NO :
			    CAPTURE_BOUND_YES;
		else
			cc->bound = c->guess == CAPTURE_ALL_BOUND ?
			    CAPTURE_BOUND_YES : CAPTURE_BOUND_NO;
	}
}

/* ---- all --------------------------------------------------------------- */

static int
conn_compare(const void *a, const void *b)
{
	const struct capture_conn *x, *y;

	x = a;
	y = b;
	if (x->open != y->open)
		return (x->open < y->open ? -1 : 1);
	return (x->line < y->line ? -1 : x->line > y->line);
}

static bool
settle_bad(struct capture *c, GError **error)
{

	if (c->nbad > SETTLE_MAXBAD)
		g_string_append_printf(c->bad, "\n%s: %" G_GUINT64_FORMAT
		    " more bad lines", c->path, c->nbad - SETTLE_MAXBAD);
	g_set_error_literal(error, CAPTURE_ERROR, 0, c->bad->str);
	return (false);
}

static bool
settle_nothing(struct capture *c, GError **error)
{
	g_autofree char *left = capture_left_text(c);

	g_set_error(error, CAPTURE_ERROR, 0, "%s: no TCP connection of this "
	    "machine's in %" G_GUINT64_FORMAT " lines%s%s", c->path, c->line,
	    left != NULL ? "; left out: " : "", left != NULL ? left : "");
	return (false);
}

/* A recording may be no longer, nor a connection of it. */
static bool
settle_times(struct capture *c, GError **error)
{
	const struct capture_conn *cc;
	int64_t first, longest;
	guint i;

	qsort(c->conns->data, c->conns->len, sizeof(struct capture_conn),
	    conn_compare);
	longest = 0;
	first = capture_conn_at(c, 0)->open;
	for (i = 0; i < c->conns->len; i++) {
		cc = capture_conn_at(c, i);
		longest = MAX(longest, cc->open - first);
		if (cc->end != CAPTURE_END_OPEN)
			longest = MAX(longest, cc->close - cc->open);
	}
	if (longest <= SETTLE_MAX_S * SIM_S)
		return (true);
	g_set_error(error, CAPTURE_ERROR, 0, "%s: more than 50 days lie "
	    "between the first connection and the last, or in one", c->path);
	return (false);
}

bool
capture_settle(struct capture *c, bool skip, GError **error)
{
	guint i;

	if (c->nbad > 0 && !skip)
		return (settle_bad(c, error));
	if (c->conns->len > 0 && !settle_ours(c, error))
		return (false);
	if (c->conns->len == 0)
		return (settle_nothing(c, error));
	settle_other_ends(c);
	for (i = 0; i < c->conns->len; i++)
		settle_end(capture_conn_at(c, i));
	settle_bound(c);
	return (settle_times(c, error));
}
