/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Relatives of captures; see kin.h.
 */

#include <stdbool.h>
#include <string.h>

#include "models/net/net.h"
#include "study/capture/kin.h"

/* Each line has one of some texts in it; both must be found. */
static const struct {
	const char	*text, *also;	/* NULL: no other */
	const char	*says;
} kins[] = {
	{ "(estab ", "timewait ", "is the summary of ss -s, which has no "
	    "connections; run ss -tan" },
	{ "COMMAND", "SIZE/OFF", "is of lsof, which does not show TIME_WAIT; "
	    "run ss -tan, or sockstat -4 and netstat -an" },
	{ "local_address", "rem_address", "is /proc/net/tcp as it is; run ss "
	    "-tan" },
	{ "\"_source\"", "\"layers\"", "is tshark's JSON; run sh "
	    "scenarios/capture/packets.sh FILE.pcap, which uses -T fields" },
	{ "\"layers\"", "\"timestamp\"", "is tshark's -T ek; run sh "
	    "scenarios/capture/packets.sh FILE.pcap, which uses -T fields" },
	{ "<pdml", NULL, "is tshark's PDML; run sh "
	    "scenarios/capture/packets.sh FILE.pcap, which uses -T fields" },
	{ "<conntrack>", NULL, "is XML of conntrack; run it without -o xml" },
	{ " > ", ": tcp ", "is of tcpdump -q, which shows no flags; run it "
	    "without -q" },
	{ "ESTABLISHED:ESTABLISHED", NULL, "has states of pf, out of scope as "
	    "its NAT is; run netstat -an" },
	{ "Destination", "Gateway", "has routes; run netstat -an, or ss -tan" },
	{ "packets sent", "connection", "is the statistics of netstat -s, "
	    "which has no connections; run netstat -an" },
	{ "{\"statistics\"", "\"protocol\"", "is netstat's JSON; run netstat "
	    "-an without --libxo" },
	{ "\"sockstat\"", "\"proto\"", "is sockstat's JSON; run sockstat -4 "
	    "without --libxo" },
	{ "PAR1", NULL, "is Parquet; flow logs can be written as text, or "
	    "turned into CSV with a line of names" }
};

static bool
is_there(const GPtrArray *lines, const char *text)
{
	guint i;

	for (i = 0; i < lines->len; i++)
		if (strstr(lines->pdata[i], text) != NULL)
			return (true);
	return (false);
}

/* Columns with two addresses among them, and no names above. */
static bool
is_nameless(const char *line)
{
	g_auto(GStrv) field = NULL;
	unsigned addrs, i;
	uint32_t addr;

	if (strpbrk(line, "\t,;|") == NULL)
		return (false);
	field = g_strsplit_set(line, "\t,;|", -1);
	for (i = addrs = 0; field[i] != NULL; i++)
		addrs += net_addr_parse(field[i], &addr);
	return (addrs >= 2);
}

const char *
kin_of(const GPtrArray *lines)
{
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(kins); i++)
		if (is_there(lines, kins[i].text) && (kins[i].also == NULL ||
		    is_there(lines, kins[i].also)))
			return (kins[i].says);
	if (lines->len > 0 && is_nameless(lines->pdata[0]))
		return ("has columns without names; tshark -T fields -E "
		    "header=y, or Zeek's whole conn.log, has them");
	return (NULL);
}
