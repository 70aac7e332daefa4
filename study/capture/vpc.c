/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * AWS VPC flow logs: fourteen fields of version 2, or any in any order below a
 * line of their names, as files in S3 have it.
 *
 * A record is what one direction sent within a window of a minute or ten, so
 * those of both directions, and of windows that follow one another, are one
 * connection.  tcp-flags tells who opened it and how it ended; without it the
 * end with the lower port counts as the server, and a connection ends with its
 * last packet.
 */

#include <stdlib.h>
#include <string.h>

#include "study/capture/fields.h"
#include "study/capture/reader.h"

#define	FLAG_FIN	0x01
#define	FLAG_SYN	0x02
#define	FLAG_RST	0x04
#define	FLAG_ACK	0x10	/* only with SYN */

/* Windows that are farther apart than this are of two connections. */
#define	VPC_GAP		(600 * SIM_S)

enum vpc_column {
	VPC_SRCADDR,
	VPC_DSTADDR,
	VPC_SRCPORT,
	VPC_DSTPORT,
	VPC_PROTOCOL,
	VPC_START,
	VPC_END,
	VPC_NEEDED,		/* up to here */
	VPC_ACTION = VPC_NEEDED,
	VPC_STATUS,
	VPC_FLAGS,
	VPC_NCOLUMNS
};

static const struct {
	const char	*name;
	int		v2;		/* where it stands by default; -1 */
} vpc_columns[VPC_NCOLUMNS] = {
	[VPC_SRCADDR] = { "srcaddr", 3 },
	[VPC_DSTADDR] = { "dstaddr", 4 },
	[VPC_SRCPORT] = { "srcport", 5 },
	[VPC_DSTPORT] = { "dstport", 6 },
	[VPC_PROTOCOL] = { "protocol", 7 },
	[VPC_START] = { "start", 10 },
	[VPC_END] = { "end", 11 },
	[VPC_ACTION] = { "action", 12 },
	[VPC_STATUS] = { "log-status", 13 },
	[VPC_FLAGS] = { "tcp-flags", -1 }
};

#define	VPC_V2		14	/* fields */

struct vpc_conn {
	guint		idx;
	unsigned	flags[2];	/* [enum capture_side] */
	bool		rejected;
};

struct vpc {
	struct fields	*fields;
	char		separator;
	guint		ncolumns;
	int		idx[VPC_NCOLUMNS];
	GHashTable	*live;		/* name -> struct vpc_conn */
	GPtrArray	*all;		/* of struct vpc_conn; owns them */
	const char	*value[VPC_NCOLUMNS];	/* NULL: not set */
};

static void *
vpc_new(void)
{
	struct vpc *v;
	unsigned i;

	v = g_new0(struct vpc, 1);
	v->fields = fields_new();
	v->separator = ' ';
	v->ncolumns = VPC_V2;
	for (i = 0; i < VPC_NCOLUMNS; i++)
		v->idx[i] = vpc_columns[i].v2;
	v->live = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	v->all = g_ptr_array_new_with_free_func(g_free);
	return (v);
}

static void
vpc_free(void *state)
{
	struct vpc *v;

	v = state;
	fields_free(v->fields);
	g_hash_table_unref(v->live);
	g_ptr_array_unref(v->all);
	g_free(v);
}

/* ---- columns ----------------------------------------------------------- */

static bool
vpc_is_header(const char *text)
{

	return (strstr(text, "srcaddr") != NULL &&
	    strstr(text, "dstaddr") != NULL);
}

static char
vpc_separator(const char *text)
{

	return (strchr(text, '\t') != NULL ? '\t' : strchr(text, ',') !=
	    NULL ? ',' : ' ');
}

/* "srcaddr", "${srcaddr}" of a format, "srcAddr" of some exports. */
static bool
vpc_is_name(const char *text, const char *name)
{
	g_autofree char *plain = NULL;

	if (g_str_has_prefix(text, "${"))
		text += 2;
	plain = g_strdelimit(g_strndup(text, strcspn(text, "}")), "_", '-');
	return (g_ascii_strcasecmp(plain, name) == 0);
}

static bool
vpc_header(struct capture *c, struct vpc *v, const char *text)
{
	guint i, k;

	v->separator = vpc_separator(text);
	v->ncolumns = fields_split(v->fields, text, v->separator);
	for (i = 0; i < VPC_NCOLUMNS; i++) {
		v->idx[i] = -1;
		for (k = 0; k < v->ncolumns; k++)
			if (vpc_is_name(fields_at(v->fields, k),
			    vpc_columns[i].name))
				v->idx[i] = (int)k;
	}
	for (i = 0; i < VPC_NEEDED; i++)
		if (v->idx[i] < 0)
			return (capture_bad(c, "is a field that the line of "
			    "names has not", vpc_columns[i].name));
	return (true);
}

static bool
vpc_split(struct vpc *v, const char *text)
{
	guint i, n, skip;

	n = fields_split(v->fields, text, v->separator);
	skip = n == v->ncolumns + 1 && strchr(fields_at(v->fields, 0), ':') !=
	    NULL ? 1 : 0;
	if (n - skip != v->ncolumns)
		return (false);
	for (i = 0; i < VPC_NCOLUMNS; i++) {
		v->value[i] = v->idx[i] < 0 ? "-" :
		    fields_at(v->fields, (guint)v->idx[i] + skip);
		if (strcmp(v->value[i], "-") == 0 || *v->value[i] == '\0')
			v->value[i] = NULL;
	}
	return (true);
}

/* ---- connections ------------------------------------------------------- */

/* Who opened, of source (0) and destination (1) of the record. */
static unsigned
vpc_opener(struct capture *c, const struct capture_conn *cc, unsigned flags)
{

	if (flags & FLAG_SYN)
		return (flags & FLAG_ACK ? 1 : 0);
	capture_remark(c, "not all records say who opened the connection: the "
	    "end with the higher port counts as the one");
	return (cc->port[0] >= cc->port[1] ? 0 : 1);
}

static struct vpc_conn *
vpc_open(struct capture *c, struct vpc *v, const struct capture_conn *record,
    unsigned opener)
{
	struct capture_conn cc = *record;
	struct vpc_conn *vc;

	cc.addr[CAPTURE_OPENER] = record->addr[opener];
	cc.addr[CAPTURE_PEER] = record->addr[1 - opener];
	cc.port[CAPTURE_OPENER] = record->port[opener];
	cc.port[CAPTURE_PEER] = record->port[1 - opener];
	vc = g_new0(struct vpc_conn, 1);
	vc->idx = capture_add(c, &cc);
	g_ptr_array_add(v->all, vc);
	return (vc);
}

/* The same for both directions. */
static char *
vpc_name(const struct capture_conn *cc)
{
	unsigned a;

	a = cc->addr[0] > cc->addr[1] || (cc->addr[0] == cc->addr[1] &&
	    cc->port[0] > cc->port[1]);
	return (g_strdup_printf("%x:%u %x:%u", cc->addr[a], cc->port[a],
	    cc->addr[1 - a], cc->port[1 - a]));
}

static void
vpc_record(struct capture *c, struct vpc *v, const struct capture_conn *cc,
    unsigned flags)
{
	struct capture_conn *known;
	struct vpc_conn *vc;
	unsigned side;
	char *name;

	name = vpc_name(cc);
	vc = g_hash_table_lookup(v->live, name);
	known = vc == NULL ? NULL : capture_conn_at(c, vc->idx);
	if (vc == NULL || cc->open > known->close + VPC_GAP) {
		vc = vpc_open(c, v, cc, vpc_opener(c, cc, flags));
		known = capture_conn_at(c, vc->idx);
		g_hash_table_replace(v->live, name, vc);
	} else
		g_free(name);
	known->open = MIN(known->open, cc->open);
	known->close = MAX(known->close, cc->close);
	side = known->addr[CAPTURE_OPENER] == cc->addr[0] &&
	    known->port[CAPTURE_OPENER] == cc->port[0] ? CAPTURE_OPENER :
	    CAPTURE_PEER;
	vc->flags[side] |= flags;
	vc->rejected = vc->rejected || (v->value[VPC_ACTION] != NULL &&
	    strcmp(v->value[VPC_ACTION], "REJECT") == 0);
}

/* "2024-05-01 10:00:00.000,2 1234 eni-...": CloudWatch's time in front. */
static char *
vpc_message(char *text)
{
	char *comma;

	comma = strchr(text, ',');
	return (comma != NULL && strchr(comma + 1, ' ') != NULL &&
	    comma - text < 32 && strspn(text, "0123456789-: .TZ\"") ==
	    (size_t)(comma - text) && strchr(text, '-') != NULL &&
	    strchr(text, '-') < comma ? comma + 1 + (comma[1] == '"') : text);
}

static bool
vpc_line(struct capture *c, void *state, char *text)
{
	struct capture_conn cc = { .said = 0 };
	enum capture_got got;
	unsigned flags;
	struct vpc *v;
	guint i;

	v = state;
	if (*text == '\0' || *text == '#')
		return (true);
	if (g_str_has_prefix(text, "@timestamp,@message"))
		return (true);
	if (vpc_is_header(text))
		return (vpc_header(c, v, text));
	if (v->separator == ' ') {
		text = vpc_message(text);
		text[strcspn(text, "\"")] = '\0';
	}
	if (!vpc_split(v, text))
		return (capture_bad(c, "has not the fields of version 2, nor "
		    "those that a line of names says", text));
	/* NODATA and SKIPDATA have no addresses. */
	if (v->value[VPC_SRCADDR] == NULL || v->value[VPC_PROTOCOL] == NULL)
		return (capture_leave(c, CAPTURE_OTHER));
	if (strcmp(v->value[VPC_PROTOCOL], "6") != 0)
		return (capture_leave(c, CAPTURE_NOT_TCP));
	for (i = 0; i < VPC_NEEDED; i++)
		if (v->value[i] == NULL)
			return (capture_bad(c, "is not set",
			    vpc_columns[i].name));
	got = capture_ends(c, &cc, &v->value[VPC_SRCADDR],
	    &v->value[VPC_SRCPORT]);
	if (got != CAPTURE_GOT)
		return (got == CAPTURE_LEFT);
	if (!capture_time(c, v->value[VPC_START], &cc.open) ||
	    !capture_time(c, v->value[VPC_END], &cc.close))
		return (false);
	if (cc.close < cc.open)
		return (capture_bad(c, "is before start", v->value[VPC_END]));
	flags = v->value[VPC_FLAGS] == NULL ? 0 :
	    (unsigned)strtoul(v->value[VPC_FLAGS], NULL, 10);
	vpc_record(c, v, &cc, flags);
	return (true);
}

static void
vpc_conn_end(struct capture *c, const struct vpc *v, const struct vpc_conn *vc)
{
	struct capture_conn *cc;
	unsigned both;

	cc = capture_conn_at(c, vc->idx);
	both = vc->flags[0] | vc->flags[1];
	cc->end = CAPTURE_END_UNSAID;
	if (vc->rejected && !(vc->flags[CAPTURE_PEER] & FLAG_SYN)) {
		/* Nothing answers what a rule drops. */
		cc->end = CAPTURE_END_REFUSED;
		cc->close = MAX(cc->close, cc->open + CAPTURE_UNANSWERED);
	} else if (vc->flags[0] & FLAG_FIN && vc->flags[1] & FLAG_FIN)
		cc->end = CAPTURE_END_UNSAID;
	else if (both & FLAG_RST)
		cc->end = both & FLAG_FIN ||
		    vc->flags[CAPTURE_PEER] & FLAG_SYN ?
		    CAPTURE_END_RESET : CAPTURE_END_REFUSED;
	else if (both & FLAG_FIN) {
		cc->end = CAPTURE_END_HALF;
		cc->closer = vc->flags[0] & FLAG_FIN ? CAPTURE_OPENER :
		    CAPTURE_PEER;
	} else if (v->idx[VPC_FLAGS] >= 0)
		cc->end = CAPTURE_END_OPEN;
}

static void
vpc_end(struct capture *c, void *state)
{
	struct vpc *v;
	guint i;

	v = state;
	for (i = 0; i < v->all->len; i++)
		vpc_conn_end(c, v, v->all->pdata[i]);
}

/* ---- the format -------------------------------------------------------- */

/* Names, or "2 ACCOUNT eni-... ... ACCEPT OK". */
static bool
vpc_recognise(const char *line)
{

	return (vpc_is_header(line) || ((strstr(line, " eni-") != NULL ||
	    strstr(line, " - ") != NULL) && (strstr(line, " ACCEPT ") !=
	    NULL || strstr(line, " REJECT ") != NULL ||
	    g_str_has_suffix(line, " NODATA") ||
	    g_str_has_suffix(line, " SKIPDATA"))));
}

extern const struct capture_format capture_format_vpc;

const struct capture_format capture_format_vpc = {
	.name = "vpc",
	.title = "flow logs of an AWS VPC",
	.command = "aws s3 cp s3://BUCKET/.../vpcflowlogs/... FILE.log.gz",
	.sign = "names such as srcaddr, or eni-... and ACCEPT or REJECT",
	.recognise = vpc_recognise,
	.line = vpc_line,
	.end = vpc_end,
	.state_new = vpc_new,
	.state_free = vpc_free
};
