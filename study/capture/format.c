/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Formats of captures; see format.h.
 */

#include <string.h>

#include "study/capture/chatter.h"
#include "study/capture/format.h"
#include "study/capture/kin.h"
#include "study/capture/pcap.h"
#include "study/capture/recording.h"
#include "study/text/lines.h"
#include "study/text/problem.h"

#define	FORMAT_MAXPEEK	500	/* lines by which to recognise one */

extern const struct capture_format capture_format_conntrack,
    capture_format_dtrace, capture_format_eve, capture_format_haproxy,
    capture_format_netstat, capture_format_nginx, capture_format_sockstat,
    capture_format_squid, capture_format_ss, capture_format_tcpdump,
    capture_format_tshark, capture_format_vpc, capture_format_zeek;

const struct capture_format *const capture_formats[] = {
	&capture_format_conntrack, &capture_format_dtrace, &capture_format_eve,
	&capture_format_haproxy, &capture_format_netstat, &capture_format_nginx,
	&capture_format_pcap, &capture_format_sockstat, &capture_format_squid,
	&capture_format_ss, &capture_format_tcpdump, &capture_format_tshark,
	&capture_format_vpc, &capture_format_zeek, NULL
};

const struct capture_format *
capture_format_find(const char *name)
{
	const struct capture_format *const *f;

	for (f = capture_formats; *f != NULL; f++)
		if (strcmp((*f)->name, name) == 0)
			return (*f);
	return (NULL);
}

/* ---- which ------------------------------------------------------------- */

static const struct capture_format *
format_of_line(const char *line)
{
	const struct capture_format *const *f;

	for (f = capture_formats; *f != NULL; f++)
		if ((*f)->recognise != NULL && (*f)->recognise(line))
			return (*f);
	return (NULL);
}

static void
format_unknown(const struct capture *c, const GPtrArray *peeked,
    GError **error)
{
	const struct capture_format *const *f;
	g_autoptr(GString) text = NULL;
	const char *kin;

	if (peeked->len == 0) {
		g_set_error(error, CAPTURE_ERROR, 0, "%s: is empty", c->path);
		return;
	}
	kin = kin_of(peeked);
	if (kin != NULL) {
		g_set_error(error, CAPTURE_ERROR, 0, "%s: %s", c->path, kin);
		return;
	}
	text = g_string_new(NULL);
	g_string_append_printf(text, "%s: of no known format; in its first %u "
	    "lines was looked for:", c->path, peeked->len);
	for (f = capture_formats; *f != NULL; f++)
		g_string_append_printf(text, "\n  %-10s %s", (*f)->name,
		    (*f)->sign);
	g_string_append(text, "\n--format=NAME reads it as one of these");
	g_set_error_literal(error, CAPTURE_ERROR, 0, text->str);
}

/* Lines up to one by which it is known, all of them kept for its reader. */
static const struct capture_format *
format_recognise(struct capture *c, struct lines *in, GPtrArray *peeked,
    GError **error)
{
	const struct capture_format *f;
	char *text;

	while (peeked->len < FORMAT_MAXPEEK) {
		if (!lines_next(in, &text, error)) {
			if (peeked->len == 0 && error != NULL &&
			    !problem_unread(*error))
				g_prefix_error(error, "of no known format: ");
			return (NULL);
		}
		if (text == NULL)
			break;
		g_ptr_array_add(peeked, g_strdup(text));
		f = format_of_line(text);
		if (f == NULL && recording_is(text))
			f = &capture_format_recording;
		if (f != NULL)
			return (f);
	}
	format_unknown(c, peeked, error);
	return (NULL);
}

/* ---- reading ----------------------------------------------------------- */

static void
format_line(struct capture *c, const struct capture_format *f, void *state,
    struct chatter *ch, char *text)
{

	if (!f->terminal || !chatter_is(ch, f, text))
		(void)f->line(c, state, text);
}

static bool
format_lines(struct capture *c, const struct capture_format *f,
    struct lines *in, const GPtrArray *peeked, GError **error)
{
	struct chatter ch = { .elsewhere = false };
	void *state;
	char *text;
	guint i;
	bool ok;

	state = f->state_new == NULL ? NULL : f->state_new();
	for (i = 0; i < peeked->len; i++) {
		c->line = i + 1;
		format_line(c, f, state, &ch, peeked->pdata[i]);
	}
	while ((ok = lines_next(in, &text, error)) && text != NULL) {
		c->line = lines_number(in);
		format_line(c, f, state, &ch, text);
	}
	if (ok && f->end != NULL)
		f->end(c, state);
	if (state != NULL)
		f->state_free(state);
	return (ok);
}

/* What it is will be known: then all of it is read. */
static const struct capture_format *
format_guess(struct capture *c, struct lines *in, GPtrArray *peeked,
    GError **error)
{
	const struct capture_format *f;
	GByteArray *kept;

	kept = g_byte_array_new();
	lines_keep(in, kept);
	f = format_recognise(c, in, peeked, error);
	if (f == &capture_format_recording) {
		c->recording = kept;
		return (recording_read(in, kept, error) ? f : NULL);
	}
	lines_keep(in, NULL);
	g_byte_array_unref(kept);
	return (f);
}

const struct capture_format *
capture_read(struct capture *c, const struct capture_format *f,
    const char *path, GError **error)
{
	g_autoptr(GPtrArray) peeked = NULL;
	struct lines *in;

	c->path = strcmp(path, "-") == 0 ? "standard input" : path;
	if (f == &capture_format_pcap || (f == NULL && pcap_is(path)))
		return (pcap_read(c, path, error) ? &capture_format_pcap :
		    NULL);
	in = lines_open(path, error);
	if (in == NULL)
		return (NULL);
	peeked = g_ptr_array_new_with_free_func(g_free);
	if (f == NULL)
		f = format_guess(c, in, peeked, error);
	if (f != NULL && c->recording == NULL &&
	    !format_lines(c, f, in, peeked, error))
		f = NULL;
	lines_close(in);
	if (f != NULL && f->system != NULL)
		c->system = f->system;
	return (f);
}
