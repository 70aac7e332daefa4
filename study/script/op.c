/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The operations of a script.
 *
 * Theory:	every operation is one row of a table: its name, how many
 *		fields it has, what they are called, and a function.
 */

#include <string.h>

#include <glib.h>

#include "models/net/family.h"
#include "models/net/net.h"
#include "models/stacks/stack.h"
#include "study/script/core.h"
#include "study/text/nearest.h"
#include "study/text/problem.h"

#define	MAXHASH		(1u << 26)
#define	DEFAULT_UID	1001

/* The generator of the recordings: Knuth's MMIX constants, high half. */
static uint32_t
script_draw(void *arg)
{
	struct script *s;
	uint32_t value;

	s = arg;
	s->seed = s->seed * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	value = (uint32_t)(s->seed >> 32);
	g_array_append_val(s->draws, value);
	return (value);
}

/* The pcb of a socket ID, NET_NOPCB if there is none. */
static uint32_t
pcb_of(const struct script *s, uint32_t id)
{
	gpointer pcb;

	if (!g_hash_table_lookup_extended(s->pcbs, GUINT_TO_POINTER(id + 1),
	    NULL, &pcb))
		return (NET_NOPCB);
	return (GPOINTER_TO_UINT(pcb));
}

static bool
run_config(struct script *s)
{
	struct net_conf conf = { .search = s->search,
	    .hash_seed = s->hash_seed, .draw = script_draw, .draw_arg = s };
	uint64_t size;
	bool randomized;

	if (s->net != NULL) {
		problem_set(s->error, "config: allowed once, as the first "
		    "operation");
		return (false);
	}
	if (!script_range_port(s, 1, "first", &conf.first) ||
	    !script_range_port(s, 2, "last", &conf.last) ||
	    !script_flag(s, 3, "randomized", &randomized))
		return (false);
	if (!script_parse_uint(s->field[4], MAXHASH, &size) ||
	    (size == 0 && s->stack->family->hashsize == 0))
		return (script_bad_field(s, "hashsize", s->field[4],
		    "a number from 1 to 67108864"));
	conf.hashsize = (uint32_t)size;
	if (!script_parse_uint(s->field[5], MAXHASH, &size) ||
	    (size == 0 && s->stack->family->porthashsize == 0))
		return (script_bad_field(s, "porthashsize", s->field[5],
		    "a number from 1 to 67108864"));
	conf.porthashsize = (uint32_t)size;
	s->net = stack_net(s->stack, &conf);
	net_set(s->net, "randomized", randomized);
	return (true);
}

static bool
run_addr(struct script *s)
{
	uint64_t unused;
	uint32_t addr;

	if (!script_uint(s, 1, "number", UINT32_MAX, &unused) ||
	    !script_addr(s, 2, "address", false, &addr))
		return (false);
	if (addr == NET_ANY)
		return (script_bad_field(s, "address", s->field[2],
		    "not 0.0.0.0"));
	net_laddr_add(s->net, addr);
	return (true);
}

static bool
run_primary(struct script *s)
{
	uint32_t addr;

	if (!script_laddr(s, 1, "address", &addr))
		return (false);
	net_primary_set(s->net, addr);
	return (true);
}

static bool
run_route(struct script *s)
{
	uint32_t faddr, laddr;

	if (!script_addr(s, 1, "destination", false, &faddr) ||
	    !script_laddr(s, 2, "source", &laddr))
		return (false);
	if (faddr == NET_ANY)
		return (script_bad_field(s, "destination", s->field[1],
		    "not 0.0.0.0"));
	net_route_set(s->net, faddr, laddr);
	return (true);
}

static bool
run_seed(struct script *s)
{

	return (script_uint(s, 1, "seed", UINT64_MAX, &s->seed));
}

static bool
run_tick(struct script *s)
{

	net_tick(s->net);
	return (true);
}

static bool
get_option(const char *name, enum net_sockopt *opt)
{

	if (strcmp(name, "reuseaddr") == 0)
		*opt = NET_REUSEADDR;
	else if (strcmp(name, "reuseport") == 0)
		*opt = NET_REUSEPORT;
	else if (strcmp(name, "reuseport_lb") == 0)
		*opt = NET_REUSEPORT_LB;
	else if (strcmp(name, "noport") == 0)
		*opt = NET_NOPORT;
	else
		return (false);
	return (true);
}

/* lpr=LO-HI */
static bool
get_range(const char *text, uint16_t *first, uint16_t *last)
{
	g_auto(GStrv) end = NULL;
	uint64_t high, low;

	if (!g_str_has_prefix(text, "lpr="))
		return (false);
	end = g_strsplit(text + 4, "-", 2);
	if (g_strv_length(end) != 2 ||
	    !script_parse_uint(end[0], 65535, &low) ||
	    !script_parse_uint(end[1], 65535, &high) || low > high)
		return (false);
	*first = (uint16_t)low;
	*last = (uint16_t)high;
	return (true);
}

/* socket(2), with the options from field `from' on. */
static bool
open_socket(struct script *s, unsigned from, uint32_t *id, uint32_t *pcb,
    struct net_op *op)
{
	enum net_sockopt opt;
	uint16_t first, last;
	uint64_t uid;
	unsigned i, opts;

	if (!script_id(s, id))
		return (false);
	if (pcb_of(s, *id) != NET_NOPCB) {
		(void)script_bad_field(s, "socket ID", s->field[1],
		    "one that is not in use");
		return (false);
	}
	opts = first = last = 0;
	uid = DEFAULT_UID;
	for (i = from; i < s->nfields; i++) {
		if (get_option(s->field[i], &opt))
			opts |= opt;
		else if (!get_range(s->field[i], &first, &last) &&
		    (!g_str_has_prefix(s->field[i], "uid=") ||
		    !script_parse_uint(s->field[i] + 4, UINT32_MAX, &uid))) {
			(void)script_bad_field(s, "option", s->field[i],
			    "reuseaddr, reuseport, reuseport_lb, noport, "
			    "lpr=LOW-HIGH or uid=NUMBER");
			return (false);
		}
	}
	*pcb = net_socket_op(s->net, opts, (uint32_t)uid, op);
	script_pay(s, COST_SYSCALL, 1);
	script_pay(s, COST_SOCKET, 1);
	if (last != 0)
		net_setopt_range(s->net, *pcb, first, last);
	g_hash_table_insert(s->pcbs, GUINT_TO_POINTER(*id + 1),
	    GUINT_TO_POINTER(*pcb));
	if (*pcb >= s->ids->len)
		g_array_set_size(s->ids, *pcb + 1);
	g_array_index(s->ids, uint32_t, *pcb) = *id;
	return (true);
}

static void
close_socket(struct script *s, uint32_t id, uint32_t pcb)
{

	script_pay(s, COST_REMOVE, net_pcb_lport(s->net, pcb) != 0);
	net_close(s->net, pcb, NULL);
	g_hash_table_remove(s->pcbs, GUINT_TO_POINTER(id + 1));
}

static bool
run_sock(struct script *s)
{
	struct net_op op;
	uint32_t id, pcb;

	return (open_socket(s, 2, &id, &pcb, &op) &&
	    script_print_op(s, id, pcb, &op));
}

static bool
run_bind(struct script *s)
{
	struct net_op op;
	uint32_t id, laddr, pcb;
	uint16_t lport;

	if (!script_id(s, &id) || !script_addr(s, 2, "address", true, &laddr) ||
	    !script_port(s, 3, "port", &lport))
		return (false);
	if ((pcb = pcb_of(s, id)) == NET_NOPCB)
		return (script_print_nosock(s, id));
	net_bind(s->net, pcb, laddr, lport, &op);
	script_pay_bind(s, laddr, &op);
	return (script_print_op(s, id, pcb, &op));
}

static bool
run_listen(struct script *s)
{
	struct net_op op;
	uint32_t id, pcb;

	if (!script_id(s, &id))
		return (false);
	if ((pcb = pcb_of(s, id)) == NET_NOPCB)
		return (script_print_nosock(s, id));
	net_listen(s->net, pcb, &op);
	if (op.iters > 0)
		script_pay_bind(s, NET_ANY, &op);
	else
		script_pay(s, COST_SYSCALL, 1);
	return (script_print_op(s, id, pcb, &op));
}

/* A TIME_WAIT made room: its socket ID names nothing now. */
static void
forget_recycled(struct script *s, const struct net_op *op)
{
	uint32_t id;

	if (op->recycled == 0)
		return;
	id = g_array_index(s->ids, uint32_t, op->recycled - 1);
	g_hash_table_remove(s->pcbs, GUINT_TO_POINTER(id + 1));
}

static bool
run_connect(struct script *s)
{
	struct net_op op;
	uint32_t faddr, id, pcb;
	uint16_t fport;

	if (!script_id(s, &id) ||
	    !script_addr(s, 2, "address", false, &faddr) ||
	    !script_port(s, 3, "port", &fport))
		return (false);
	if ((pcb = pcb_of(s, id)) == NET_NOPCB)
		return (script_print_nosock(s, id));
	net_connect(s->net, pcb, faddr, fport, &op);
	script_pay_connect(s, &op);
	forget_recycled(s, &op);
	return (script_print_op(s, id, pcb, &op));
}

static bool
run_setopt(struct script *s)
{
	struct net_op none = { 0 };
	enum net_sockopt opt;
	uint32_t id, pcb;
	bool on;

	if (!script_id(s, &id) || !script_flag(s, 3, "value", &on))
		return (false);
	if (!get_option(s->field[2], &opt))
		return (script_bad_field(s, "option", s->field[2],
		    "reuseaddr, reuseport, reuseport_lb or noport"));
	if ((pcb = pcb_of(s, id)) == NET_NOPCB)
		return (script_print_nosock(s, id));
	net_setopt(s->net, pcb, opt, on);
	return (script_print_op(s, id, pcb, &none));
}

static bool
run_close(struct script *s)
{
	struct net_op none = { 0 };
	uint32_t id, pcb;

	if (!script_id(s, &id))
		return (false);
	if ((pcb = pcb_of(s, id)) == NET_NOPCB)
		return (script_print_nosock(s, id));
	script_pay(s, COST_SYSCALL, 1);
	close_socket(s, id, pcb);
	return (script_print_op(s, id, NET_NOPCB, &none));
}

static bool
run_tw(struct script *s)
{
	struct net_op op;
	uint32_t id, pcb;

	if (!script_id(s, &id))
		return (false);
	if ((pcb = pcb_of(s, id)) == NET_NOPCB)
		return (script_print_nosock(s, id));
	net_timewait(s->net, pcb, &op);
	return (script_print_op(s, id, pcb, &op));
}

static bool
run_wait(struct script *s)
{
	uint64_t ms;

	if (!script_uint(s, 1, "milliseconds", INT64_MAX, &ms))
		return (false);
	net_wait(s->net, ms);
	return (true);
}

static bool
run_accept(struct script *s)
{
	struct net_op op;
	uint32_t faddr, id, laddr, pcb;
	uint16_t fport, lport;

	if (!script_id(s, &id) ||
	    !script_addr(s, 2, "local address", false, &laddr) ||
	    !script_port(s, 3, "local port", &lport) ||
	    !script_addr(s, 4, "foreign address", false, &faddr) ||
	    !script_port(s, 5, "foreign port", &fport))
		return (false);
	if ((pcb = pcb_of(s, id)) == NET_NOPCB)
		return (script_print_nosock(s, id));
	net_accept_on(s->net, pcb, laddr, lport, faddr, fport, &op);
	script_pay_accept(s, &op);
	forget_recycled(s, &op);
	return (script_print_op(s, id, pcb, &op));
}

/* What the next call of an attempt did, on top of those before. */
static void
op_add(struct net_op *to, const struct net_op *op)
{

	to->error = op->error;
	to->iters += op->iters;
	to->ndraws += op->ndraws;
	net_visits_add(&to->search, &op->search);
	net_visits_add(&to->total, &op->total);
}

/*
 * The end of an attempt whose call `call' came last.  Recordings of FreeBSD
 * name the call even where an attempt is one call, those of others do not.
 */
static bool
print_attempt(struct script *s, uint32_t id, uint32_t pcb, const char *call,
    const struct net_op *op)
{
	const bool named = strcmp(s->field[0], "uc") != 0 ||
	    strcmp(s->stack->family->name, "freebsd") == 0;
	char buf[16];
	char err[40];

	if (op->error == NET_EDIVZERO)
		return (script_edivzero(s));
	if (op->error == 0)
		return (script_print_op(s, id, pcb, op));
	g_snprintf(err, sizeof(err), "%s%s%s", named ? call : "",
	    named ? ":" : "", net_error_name(op->error, buf));
	close_socket(s, id, pcb);
	script_print(s, id, err, NET_NOPCB, op);
	return (true);
}

static bool
run_uc(struct script *s)
{
	struct net_op connect, op;
	uint32_t faddr, id, pcb;
	uint16_t fport;

	if (!script_addr(s, 2, "address", false, &faddr) ||
	    !script_port(s, 3, "port", &fport) ||
	    !open_socket(s, 4, &id, &pcb, &op))
		return (false);
	net_connect(s->net, pcb, faddr, fport, &connect);
	script_pay_connect(s, &connect);
	forget_recycled(s, &connect);
	op_add(&op, &connect);
	return (print_attempt(s, id, pcb, "connect", &op));
}

/*
 * Recordings of DragonFly count the tuple check of an attempt with the search
 * of its bind().
 */
static bool
counts_on(const struct script *s)
{

	return (strcmp(s->stack->family->name, "dragonfly") == 0);
}

static bool
run_bc(struct script *s)
{
	struct net_op bind, connect, op;
	uint32_t faddr, id, laddr, pcb;
	uint16_t fport, lport;

	if (!script_addr(s, 2, "local address", true, &laddr) ||
	    !script_port(s, 3, "local port", &lport) ||
	    !script_addr(s, 4, "foreign address", false, &faddr) ||
	    !script_port(s, 5, "foreign port", &fport) ||
	    !open_socket(s, 6, &id, &pcb, &op))
		return (false);
	net_bind(s->net, pcb, laddr, lport, &bind);
	script_pay_bind(s, laddr, &bind);
	op_add(&op, &bind);
	if (op.error != 0)
		return (print_attempt(s, id, pcb, "bind", &op));
	net_connect(s->net, pcb, faddr, fport, &connect);
	script_pay_connect(s, &connect);
	forget_recycled(s, &connect);
	op_add(&op, &connect);
	if (counts_on(s) && bind.iters > 0)
		op.search.connhash += connect.total.connhash;
	return (print_attempt(s, id, pcb, "connect", &op));
}

static bool
run_plist(struct script *s)
{
	g_autofree uint32_t *pcbs = NULL;
	size_t i, n;
	uint16_t port;

	if (!script_port(s, 1, "port", &port))
		return (false);
	n = net_plist(s->net, port, NULL, 0);
	pcbs = g_new(uint32_t, n + 1);
	(void)net_plist(s->net, port, pcbs, n);
	fprintf(s->out, "%ju,plist,%u,", (uintmax_t)s->line, port);
	for (i = 0; i < n; i++)
		fprintf(s->out, " %u",
		    g_array_index(s->ids, uint32_t, pcbs[i]));
	fputc('\n', s->out);
	return (true);
}

static bool
run_phash(struct script *s)
{
	g_autofree uint16_t *ports = NULL;
	size_t i, n;
	uint16_t port;

	if (!script_port(s, 1, "port", &port))
		return (false);
	n = net_phash(s->net, port, NULL, 0);
	ports = g_new(uint16_t, n + 1);
	(void)net_phash(s->net, port, ports, n);
	fprintf(s->out, "%ju,phash,%u,", (uintmax_t)s->line, port);
	for (i = 0; i < n; i++)
		fprintf(s->out, " %u", ports[i]);
	fputc('\n', s->out);
	return (true);
}

static const struct script_op operations[] = {
	{ "config", 5, 5, "first,last,randomized,hashsize,porthashsize",
	    run_config },
	{ "addr", 2, 2, "N,ip", run_addr },
	{ "primary", 1, 1, "ip", run_primary },
	{ "route", 2, 2, "faddr,srcip", run_route },
	{ "seed", 1, 1, "N", run_seed },
	{ "set", 2, 3, "NAME,value...", script_set },
	{ "sysctl", 2, 2, "NAME,value", script_sysctl },
	{ "tick", 0, 0, "nothing", run_tick },
	{ "wait", 1, 1, "milliseconds", run_wait },
	{ "sock", 1, 7, "ID[,OPTION...]", run_sock },
	{ "bind", 3, 3, "ID,addr or *,port", run_bind },
	{ "listen", 1, 1, "ID", run_listen },
	{ "connect", 3, 3, "ID,faddr,fport", run_connect },
	{ "setopt", 3, 3, "ID,OPTION,0 or 1", run_setopt },
	{ "close", 1, 1, "ID", run_close },
	{ "tw", 1, 1, "ID", run_tw },
	{ "twend", 1, 1, "ID", run_close },
	{ "accept", 5, 5, "ID,laddr,lport,faddr,fport", run_accept },
	{ "uc", 3, 9, "ID,faddr,fport[,OPTION...]", run_uc },
	{ "bc", 5, 11, "ID,laddr,lport,faddr,fport[,OPTION...]", run_bc },
	{ "plist", 1, 1, "PORT", run_plist },
	{ "phash", 1, 1, "PORT", run_phash }
};

/* Name the operations there are. */
static void
unknown_operation(struct script *s)
{
	const char *names[G_N_ELEMENTS(operations) + 1];
	g_autofree char *all = NULL, *hint = NULL, *quoted = NULL;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(operations); i++)
		names[i] = operations[i].name;
	names[i] = NULL;
	all = g_strjoinv(", ", (char **)(guintptr)names);
	hint = nearest_hint(s->field[0], names, G_N_ELEMENTS(operations));
	quoted = problem_quote(s->field[0]);
	problem_set(s->error, "unknown operation %s; there are %s%s", quoted,
	    all, hint);
}

const struct script_op *
script_op_find(struct script *s)
{
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(operations); i++)
		if (strcmp(operations[i].name, s->field[0]) == 0)
			return (&operations[i]);
	unknown_operation(s);
	return (NULL);
}
