/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What an operation prints, a row of the answer; see core.h.
 */

#include <stdint.h>
#include <stdio.h>

#include "models/net/net.h"
#include "models/stacks/stack.h"
#include "study/script/core.h"
#include "study/text/problem.h"

/* In ns, or instructions, with a fraction only where there is one. */
static void
print_cost(struct script *s)
{
	simtime part;

	fprintf(s->out, ",%jd", (intmax_t)(s->cost / SIM_NS));
	part = s->cost % SIM_NS;
	if (part != 0)
		fprintf(s->out, ".%03d", (int)part);
	s->cost = 0;
}

void
script_print(struct script *s, uint32_t id, const char *err, uint32_t pcb,
    const struct net_op *op)
{
	char addr[16];
	const char *laddr;
	unsigned i, lport;

	laddr = "*";
	lport = 0;
	if (pcb != NET_NOPCB) {
		if (net_pcb_laddr(s->net, pcb) != NET_ANY)
			laddr = net_addr_format(net_pcb_laddr(s->net, pcb),
			    addr);
		lport = net_pcb_lport(s->net, pcb);
	}
	fprintf(s->out, "%ju,%s,%u,%s,%s,%u,%ju,%ju,%ju,%ju,%ju,%ju,%ju,%u,",
	    (uintmax_t)s->line, s->field[0], id, err, laddr, lport,
	    (uintmax_t)op->iters, (uintmax_t)op->search.porthash,
	    (uintmax_t)op->search.portlist, (uintmax_t)op->search.connhash,
	    (uintmax_t)op->total.porthash, (uintmax_t)op->total.portlist,
	    (uintmax_t)op->total.connhash, net_lastport(s->net));
	for (i = 0; i < op->ndraws && i < s->draws->len; i++)
		fprintf(s->out, "%s%u", i > 0 ? ";" : "",
		    g_array_index(s->draws, uint32_t, i));
	if (s->costs != NULL)
		print_cost(s);
	fputc('\n', s->out);
}

bool
script_edivzero(struct script *s)
{

	problem_set(s->error, "%s: %s divides by zero here and panics: it "
	    "cannot draw from a range of one port", s->field[0],
	    s->stack->name);
	return (false);
}

bool
script_print_op(struct script *s, uint32_t id, uint32_t pcb,
    const struct net_op *op)
{
	char buf[16];

	if (op->error == NET_EDIVZERO)
		return (script_edivzero(s));
	script_print(s, id, net_error_name(op->error, buf), pcb, op);
	return (true);
}

bool
script_print_nosock(struct script *s, uint32_t id)
{
	struct net_op none = { 0 };

	script_print(s, id, "NOSOCK", NET_NOPCB, &none);
	return (true);
}
