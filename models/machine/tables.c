/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The machine's network tables: made as the scenario says, told the time, heard
 * of TIME_WAITs that a decision ended.
 */

#include <glib.h>

#include "models/machine/machine.h"
#include "models/net/family.h"
#include "models/net/net.h"
#include "models/stacks/stack.h"

static uint32_t
machine_draw(void *arg)
{

	return (rng_u32(arg));
}

void
machine_tables_init(struct machine *m)
{
	const struct run_conf *conf;
	struct net_conf nc;
	unsigned i;

	conf = m->conf;
	machine_stream(m, &m->arc4random, "kernel/arc4random");
	nc = (struct net_conf){
		.search = conf->search,
		.first = conf->kernel.portrange_first,
		.last = conf->kernel.portrange_last,
		.maxsockets = conf->host.maxsockets,
		.draw = machine_draw,
		.draw_arg = &m->arc4random
	};
	nc.hashsize = conf->kernel.tcbhashsize;
	if (nc.hashsize == 0 && conf->stack->family->hashsize == 0)
		nc.hashsize = net_hashsize_auto(conf->host.maxsockets);
	nc.porthashsize = MIN(nc.hashsize, 65536);
	nc.hash_seed = rng_u64(&m->arc4random);
	m->net = stack_net(conf->stack, &nc);
	m->net_timed = conf->stack->family->wait != NULL;
	net_set(m->net, "randomized", conf->kernel.portrange_randomized);
	net_set(m->net, "randomcps", conf->kernel.portrange_randomcps);
	net_set(m->net, "randomtime", conf->kernel.portrange_randomtime);
	if (net_family_ranges(conf->stack->family)) {
		net_set(m->net, "hifirst", conf->kernel.portrange_hifirst);
		net_set(m->net, "hilast", conf->kernel.portrange_hilast);
		net_set(m->net, "lowfirst", conf->kernel.portrange_lowfirst);
		net_set(m->net, "lowlast", conf->kernel.portrange_lowlast);
	}
	net_set(m->net, "require_unique_port",
	    conf->kernel.require_unique_port);
	if (conf->kernel.inaddr_wild != SYSCTL_AUTO)
		net_set(m->net, "connect_inaddr_wild",
		    conf->kernel.inaddr_wild == SYSCTL_ON);
	net_set(m->net, "algo", conf->kernel.anonportalgo);
	net_set(m->net, "cpus", MIN(conf->host.cpus, NET_MAXCPUS));
	net_set(m->net, "trycount", conf->kernel.porthash_trycount ==
	    UINT32_MAX ? 2 * conf->host.cpus : conf->kernel.porthash_trycount);
	for (i = 0; i < RUN_NKNOBS; i++)
		if (conf->kernel.knobs[i] != NULL)
			net_set_text(m->net, run_knob_name(i),
			    conf->kernel.knobs[i]);
	for (i = 0; i < conf->host.nladdrs; i++)
		net_laddr_add(m->net, conf->host.laddrs[i]);
}

void
machine_net_time(struct machine *m)
{
	uint64_t ms;

	if (!m->net_timed)
		return;
	ms = (uint64_t)(machine_now(m) / SIM_MS);
	if (ms > m->net_ms)
		net_wait(m->net, ms - m->net_ms);
	m->net_ms = ms;
}

void
machine_decided(struct machine *m, struct thread *t)
{

	/* The modelled kernel goes down here; the run with it. */
	if (t->result.error == NET_EDIVZERO)
		m->res->panicked = true;
	if (t->result.recycled != 0 && m->recycled.fn != NULL)
		m->recycled.fn(m->recycled.arg, t->result.recycled - 1);
}
