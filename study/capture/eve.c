/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Suricata's eve.json: its records of flows of TCP.  A flow that was closed by
 * both, by one, or by a RST shows it in the flags of each direction; who closed
 * first it does not say.  One that Suricata only forgot, or had when it
 * stopped, is open.
 */

#include <stdlib.h>
#include <string.h>

#include "study/capture/objects.h"
#include "study/capture/reader.h"

#define	FLAG_FIN	0x01
#define	FLAG_SYN	0x02
#define	FLAG_RST	0x04
#define	FLAG_ACK	0x10

enum eve_field {
	EVE_EVENT,
	EVE_PROTO,
	EVE_SRC_IP,
	EVE_SRC_PORT,
	EVE_DEST_IP,
	EVE_DEST_PORT,
	EVE_START,
	EVE_END,
	EVE_STATE,
	EVE_FLAGS_TS,		/* to the server */
	EVE_FLAGS_TC,		/* to the client */
	EVE_ID,
	EVE_NFIELDS
};

static const char *const eve_names[EVE_NFIELDS] = {
	"event_type", "proto", "src_ip", "src_port", "dest_ip", "dest_port",
	"flow.start", "flow.end", "flow.state", "tcp.tcp_flags_ts",
	"tcp.tcp_flags_tc", "flow_id"
};

static bool eve_object(struct capture *, void *, const json_t *);

static void *
eve_new(void)
{

	return (objects_new(eve_object, NULL));
}

static void
eve_free(void *state)
{

	objects_free(state);
}

/* The flags of one direction, hex; -1: not said. */
static int
eve_flags(const char *text)
{

	return (text == NULL ? -1 : (int)strtoul(text, NULL, 16));
}

static bool
eve_is(const char *text, const char *word)
{

	return (text != NULL && g_ascii_strcasecmp(text, word) == 0);
}

static void
eve_end(const char *const field[EVE_NFIELDS], struct capture_conn *cc)
{
	int tc, ts;

	ts = eve_flags(field[EVE_FLAGS_TS]);
	tc = eve_flags(field[EVE_FLAGS_TC]);
	cc->end = eve_is(field[EVE_STATE], "closed") ? CAPTURE_END_UNSAID :
	    CAPTURE_END_OPEN;
	if (ts < 0 || tc < 0)
		return;
	if (!(tc & FLAG_SYN)) {
		cc->end = CAPTURE_END_REFUSED;
		/* Not even a RST. */
		if (!((ts | tc) & FLAG_RST))
			cc->close = MAX(cc->close, cc->open +
			    CAPTURE_UNANSWERED);
	} else if (ts & FLAG_FIN && tc & FLAG_FIN)
		cc->end = CAPTURE_END_UNSAID;
	else if ((ts | tc) & FLAG_RST)
		cc->end = CAPTURE_END_RESET;
	else if ((ts | tc) & FLAG_FIN) {
		cc->end = CAPTURE_END_HALF;
		cc->closer = ts & FLAG_FIN ? CAPTURE_OPENER : CAPTURE_PEER;
	}
}

static bool
eve_flow(struct capture *c, const char *const field[EVE_NFIELDS])
{
	struct capture_conn cc = { .said = 0 };
	enum capture_got got;
	unsigned i;
	int ts;

	for (i = EVE_SRC_IP; i <= EVE_START; i++)
		if (field[i] == NULL)
			return (capture_bad(c, "is not set", eve_names[i]));
	got = capture_ends(c, &cc,
	    (const char *const[]){ field[EVE_SRC_IP], field[EVE_DEST_IP] },
	    (const char *const[]){ field[EVE_SRC_PORT],
	    field[EVE_DEST_PORT] });
	if (got != CAPTURE_GOT)
		return (got == CAPTURE_LEFT);
	ts = eve_flags(field[EVE_FLAGS_TS]);
	if (ts >= 0 && !(ts & FLAG_SYN))
		return (capture_leave(c, CAPTURE_NOT_OPENED));
	if (!capture_time(c, field[EVE_START], &cc.open))
		return (false);
	cc.close = cc.open;
	if (field[EVE_END] != NULL &&
	    !capture_time(c, field[EVE_END], &cc.close))
		return (false);
	if (cc.close < cc.open)
		return (capture_bad(c, "is before flow.start",
		    field[EVE_END]));
	eve_end(field, &cc);
	return (capture_add_once(c, field[EVE_ID], &cc));
}

static bool
eve_object(struct capture *c, void *arg, const json_t *object)
{
	char buf[EVE_NFIELDS][OBJECTS_MAXTEXT];
	const char *field[EVE_NFIELDS];
	unsigned i;

	(void)arg;
	for (i = 0; i < EVE_NFIELDS; i++)
		field[i] = object_field(object, eve_names[i], buf[i],
		    sizeof(buf[i]));
	if (!eve_is(field[EVE_EVENT], "flow"))
		return (capture_leave(c, CAPTURE_OTHER));
	if (!eve_is(field[EVE_PROTO], "TCP"))
		return (capture_leave(c, CAPTURE_NOT_TCP));
	return (eve_flow(c, field));
}

static bool
eve_line(struct capture *c, void *state, char *text)
{

	return (objects_line(state, c, text));
}

static void
eve_over(struct capture *c, void *state)
{

	objects_end(state, c);
}

static bool
eve_recognise(const char *line)
{

	return (strstr(line, "\"event_type\"") != NULL);
}

extern const struct capture_format capture_format_eve;

const struct capture_format capture_format_eve = {
	.name = "eve",
	.title = "eve.json of Suricata, its records of flows",
	.command = "suricata -r FILE.pcap, with flow among eve-log's types",
	.sign = "JSON with event_type",
	.recognise = eve_recognise,
	.line = eve_line,
	.end = eve_over,
	.state_new = eve_new,
	.state_free = eve_free
};
