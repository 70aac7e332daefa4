/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What is known to be full; see full.h.
 */

#include "models/ports/full.h"

static uint32_t
mix(uint64_t x)
{

	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return ((uint32_t)(x >> 32));
}

static uint32_t
slot_of(const struct port_query *q)
{
	uint64_t where;

	where = q->rule;
	if (q->rule == PORT_RULE_TUPLE)
		where |= (uint64_t)q->faddr << 32 | (uint32_t)q->fport << 8;
	return ((mix(where) ^ mix(q->laddr + 1ull)) &
	    (PORT_FULL_SLOTS - 1));
}

static uint32_t
laddr_slot(uint32_t laddr)
{

	return (mix(laddr) & (PORT_FULL_LADDRS - 1));
}

uint32_t
port_full_version(const struct port_full *f, const struct port_query *q)
{

	return (f->all + f->of_laddr[laddr_slot(q->laddr)] +
	    f->of_question[slot_of(q)]);
}

bool
port_full_is(const struct port_full *f, const struct port_query *q)
{
	const struct port_full_entry *e;

	e = &f->failed[slot_of(q)];
	return (e->last != 0 && e->rule == q->rule && e->laddr == q->laddr &&
	    e->first == q->first && e->last == q->last &&
	    (q->rule != PORT_RULE_TUPLE || (e->faddr == q->faddr &&
	    e->fport == q->fport)) &&
	    e->version == port_full_version(f, q));
}

void
port_full_set(struct port_full *f, const struct port_query *q,
    uint32_t version)
{

	if (version != port_full_version(f, q))
		return;
	f->failed[slot_of(q)] = (struct port_full_entry){
	    .laddr = q->laddr, .faddr = q->faddr, .fport = q->fport,
	    .first = q->first, .last = q->last, .rule = (uint8_t)q->rule,
	    .version = version };
}

static void
local_freed(struct port_full *f, uint32_t laddr)
{
	const struct port_query q = { .rule = PORT_RULE_LOCAL,
	    .laddr = laddr };

	f->of_question[slot_of(&q)]++;
}

void
port_full_left(struct port_full *f, uint32_t laddr, uint32_t faddr,
    uint16_t fport, bool empty)
{
	const struct port_query q = { .rule = PORT_RULE_TUPLE,
	    .laddr = laddr, .faddr = faddr, .fport = fport };

	f->of_question[slot_of(&q)]++;
	local_freed(f, laddr);
	if (empty)
		local_freed(f, NET_ANY);
}

void
port_full_opened(struct port_full *f, uint32_t laddr, bool empty)
{

	if (laddr == NET_ANY)
		f->all++;
	else
		f->of_laddr[laddr_slot(laddr)]++;
	if (empty)
		local_freed(f, NET_ANY);
}
