/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Zeek's conn.log: columns that a #fields line names, in any order, several
 * logs one behind the other; or JSON.
 *
 * How it ended is in conn_state and history: who sent the first FIN (F of the
 * opener, f of the peer), a RST, a refusal.  S1 was not seen to close; of S2
 * and S3 one side has closed.  S0 had no answer, and holds its port for 75 s.
 * OTH, SHR and RSTRH are not seen to open.  Who is local is in local_orig and
 * local_resp, if Zeek was told its networks.
 */

#include <string.h>

#include "study/capture/objects.h"
#include "study/capture/reader.h"

enum zeek_column {
	ZEEK_TS,
	ZEEK_ORIG_H,
	ZEEK_RESP_H,
	ZEEK_RESP_P,
	ZEEK_PROTO,
	ZEEK_DURATION,
	ZEEK_NEEDED,		/* up to here */
	ZEEK_ORIG_P = ZEEK_NEEDED,
	ZEEK_STATE,
	ZEEK_HISTORY,
	ZEEK_LOCAL_ORIG,
	ZEEK_LOCAL_RESP,
	ZEEK_UID,
	ZEEK_NCOLUMNS
};

static const char *const zeek_names[ZEEK_NCOLUMNS] = {
	[ZEEK_TS] = "ts",
	[ZEEK_ORIG_H] = "id.orig_h",
	[ZEEK_RESP_H] = "id.resp_h",
	[ZEEK_RESP_P] = "id.resp_p",
	[ZEEK_PROTO] = "proto",
	[ZEEK_DURATION] = "duration",
	[ZEEK_ORIG_P] = "id.orig_p",
	[ZEEK_STATE] = "conn_state",
	[ZEEK_HISTORY] = "history",
	[ZEEK_LOCAL_ORIG] = "local_orig",
	[ZEEK_LOCAL_RESP] = "local_resp",
	[ZEEK_UID] = "uid"
};

struct zeek {
	int		idx[ZEEK_NCOLUMNS];	/* -1: not there */
	unsigned	ncolumns;	/* 0: no #fields yet */
	char		separator[2];
	char		*unset;
	bool		other;		/* #path is not conn */
	bool		json;		/* and no columns */
	struct objects	*objects;
	/* The present line; NULL: not set. */
	const char	*value[ZEEK_NCOLUMNS];
};

static bool zeek_object(struct capture *, void *, const json_t *);

static void *
zeek_new(void)
{
	struct zeek *z;

	z = g_new0(struct zeek, 1);
	z->separator[0] = '\t';
	z->unset = g_strdup("-");
	z->objects = objects_new(zeek_object, z);
	return (z);
}

static void
zeek_free(void *state)
{
	struct zeek *z;

	z = state;
	objects_free(z->objects);
	g_free(z->unset);
	g_free(z);
}

/* ---- a connection ------------------------------------------------------ */

static bool
zeek_has(const struct zeek *z, enum zeek_column col, const char *text)
{

	return (z->value[col] != NULL && strcmp(z->value[col], text) == 0);
}

/* What the history says where the state does not: who sent the first FIN. */
static void
zeek_end_by_history(const struct zeek *z, struct capture_conn *cc)
{
	const char *fin, *history;

	history = z->value[ZEEK_HISTORY];
	if (history == NULL)
		return;
	fin = strpbrk(history, "Ff");
	if (fin != NULL) {
		cc->end = CAPTURE_END_CLOSED;
		cc->closer = *fin == 'F' ? CAPTURE_OPENER : CAPTURE_PEER;
	}
	/* SF has both FINs, and what comes after them changes nothing. */
	if (z->value[ZEEK_STATE] != NULL)
		return;
	if (strpbrk(history, "Rr") != NULL)
		cc->end = strchr(history, 'h') != NULL ? CAPTURE_END_RESET :
		    CAPTURE_END_REFUSED;
	else if (fin == NULL)
		cc->end = CAPTURE_END_OPEN;
}

static void
zeek_end(const struct zeek *z, struct capture_conn *cc)
{
	static const struct {
		const char	*state;
		enum capture_end end;
	} states[] = {
		{ "S0", CAPTURE_END_REFUSED }, { "REJ", CAPTURE_END_REFUSED },
		{ "RSTOS0", CAPTURE_END_REFUSED },
		{ "S1", CAPTURE_END_OPEN }, { "S2", CAPTURE_END_HALF },
		{ "S3", CAPTURE_END_HALF }, { "SH", CAPTURE_END_HALF },
		{ "RSTO", CAPTURE_END_RESET }, { "RSTR", CAPTURE_END_RESET }
	};
	unsigned i;

	cc->end = CAPTURE_END_UNSAID;
	for (i = 0; i < G_N_ELEMENTS(states); i++)
		if (zeek_has(z, ZEEK_STATE, states[i].state))
			cc->end = states[i].end;
	cc->closer = zeek_has(z, ZEEK_STATE, "S3") ? CAPTURE_PEER :
	    CAPTURE_OPENER;
	if (cc->end == CAPTURE_END_UNSAID)
		zeek_end_by_history(z, cc);
	if (zeek_has(z, ZEEK_STATE, "S0"))
		cc->close = MAX(cc->close, cc->open + CAPTURE_UNANSWERED);
}

static bool
zeek_is_opened(const struct zeek *z)
{

	return (!zeek_has(z, ZEEK_STATE, "OTH") &&
	    !zeek_has(z, ZEEK_STATE, "SHR") &&
	    !zeek_has(z, ZEEK_STATE, "RSTRH"));
}

static bool
zeek_conn(struct capture *c, const struct zeek *z)
{
	const char *addr[2], *port[2];
	struct capture_conn cc = { .said = 0 };
	enum capture_got got;
	int64_t ps;
	unsigned i;

	for (i = 0; i < ZEEK_DURATION; i++)
		if (z->value[i] == NULL)
			return (capture_bad(c, "is not set",
			    zeek_names[i]));
	if (!zeek_has(z, ZEEK_PROTO, "tcp"))
		return (capture_leave(c, CAPTURE_NOT_TCP));
	addr[CAPTURE_OPENER] = z->value[ZEEK_ORIG_H];
	addr[CAPTURE_PEER] = z->value[ZEEK_RESP_H];
	port[CAPTURE_OPENER] = z->value[ZEEK_ORIG_P];
	port[CAPTURE_PEER] = z->value[ZEEK_RESP_P];
	got = capture_ends(c, &cc, addr, port);
	if (got != CAPTURE_GOT)
		return (got == CAPTURE_LEFT);
	if (!zeek_is_opened(z))
		return (capture_leave(c, CAPTURE_NOT_OPENED));
	ps = 0;
	if (!capture_time(c, z->value[ZEEK_TS], &cc.open) ||
	    (z->value[ZEEK_DURATION] != NULL &&
	    !capture_duration(c, z->value[ZEEK_DURATION], &ps)))
		return (false);
	cc.close = cc.open + ps;
	zeek_end(z, &cc);
	if (zeek_has(z, ZEEK_LOCAL_ORIG, "T"))
		cc.said |= CAPTURE_SIDE(CAPTURE_OPENER);
	if (zeek_has(z, ZEEK_LOCAL_RESP, "T"))
		cc.said |= CAPTURE_SIDE(CAPTURE_PEER);
	return (capture_add_once(c, z->value[ZEEK_UID], &cc));
}

/* ---- columns ----------------------------------------------------------- */

static bool
zeek_fields(struct capture *c, struct zeek *z, const char *text)
{
	g_auto(GStrv) name = g_strsplit(text, z->separator, -1);
	unsigned i, k;

	z->ncolumns = g_strv_length(name);
	for (i = 0; i < ZEEK_NCOLUMNS; i++) {
		z->idx[i] = -1;
		for (k = 0; k < z->ncolumns; k++)
			if (strcmp(name[k], zeek_names[i]) == 0)
				z->idx[i] = (int)k;
		if (i < ZEEK_NEEDED && z->idx[i] < 0 && !z->other) {
			z->ncolumns = 0;
			return (capture_bad(c, "is a column that #fields does "
			    "not name", zeek_names[i]));
		}
	}
	return (true);
}

/* "\x09" as #separator has it, or the character itself. */
static char
zeek_separator(const char *text)
{

	if (text[0] == '\\' && text[1] == 'x')
		return ((char)g_ascii_strtoull(text + 2, NULL, 16));
	return (*text);
}

static bool
zeek_remark(struct capture *c, struct zeek *z, const char *text)
{
	const char *value;

	if (g_str_has_prefix(text, "#separator ")) {
		z->separator[0] = zeek_separator(text +
		    strlen("#separator "));
		if (z->separator[0] != '\0')
			return (true);
		z->separator[0] = '\t';
		return (capture_bad(c, "is no separator", text));
	}
	value = strchr(text, z->separator[0]);
	if (value == NULL)
		return (true);
	value++;
	if (g_str_has_prefix(text, "#unset_field")) {
		g_free(z->unset);
		z->unset = g_strdup(value);
	} else if (g_str_has_prefix(text, "#path"))
		z->other = strcmp(value, "conn") != 0;
	else if (g_str_has_prefix(text, "#fields"))
		return (zeek_fields(c, z, value));
	return (true);
}

static bool
zeek_line(struct capture *c, void *state, char *text)
{
	g_auto(GStrv) field = NULL;
	struct zeek *z;
	unsigned i;

	z = state;
	z->json = z->json || (z->ncolumns == 0 && (*text == '{' ||
	    *text == '['));
	if (z->json)
		return (objects_line(z->objects, c, text));
	if (text[0] == '#')
		return (zeek_remark(c, z, text));
	if (text[0] == '\0')
		return (true);
	if (z->ncolumns == 0)
		return (capture_bad(c, "comes before a #fields line; is this "
		    "a conn.log of Zeek, whole?", text));
	if (z->other)
		return (capture_leave(c, CAPTURE_OTHER));
	field = g_strsplit(text, z->separator, -1);
	if (g_strv_length(field) != z->ncolumns)
		return (capture_bad(c, "has not as many fields as #fields "
		    "names", text));
	for (i = 0; i < ZEEK_NCOLUMNS; i++)
		z->value[i] = z->idx[i] < 0 || strcmp(field[z->idx[i]],
		    z->unset) == 0 ? NULL : field[z->idx[i]];
	return (zeek_conn(c, z));
}

/* ---- JSON -------------------------------------------------------------- */

static bool
zeek_object(struct capture *c, void *arg, const json_t *object)
{
	char buf[ZEEK_NCOLUMNS][OBJECTS_MAXTEXT], path[OBJECTS_MAXTEXT];
	struct zeek *z;
	unsigned i;

	z = arg;
	for (i = 0; i < ZEEK_NCOLUMNS; i++)
		z->value[i] = object_field(object, zeek_names[i], buf[i],
		    sizeof(buf[i]));
	if (object_field(object, "_path", path, sizeof(path)) != NULL &&
	    strcmp(path, "conn") != 0)
		return (capture_leave(c, CAPTURE_OTHER));
	return (zeek_conn(c, z));
}

static void
zeek_over(struct capture *c, void *state)
{

	objects_end(((struct zeek *)state)->objects, c);
}

/* ---- the format -------------------------------------------------------- */

static bool
zeek_recognise(const char *line)
{

	return (g_str_has_prefix(line, "#separator ") ||
	    g_str_has_prefix(line, "#fields") ||
	    strstr(line, "\"id.orig_h\"") != NULL ||
	    strstr(line, "\"orig_h\"") != NULL);
}

extern const struct capture_format capture_format_zeek;

const struct capture_format capture_format_zeek = {
	.name = "zeek",
	.title = "conn.log of Zeek, as columns or JSON",
	.command = "zeek -r FILE.pcap",
	.sign = "a #separator or #fields line, or JSON with id.orig_h",
	.recognise = zeek_recognise,
	.line = zeek_line,
	.end = zeek_over,
	.state_new = zeek_new,
	.state_free = zeek_free
};
