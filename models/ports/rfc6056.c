/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The algorithms of RFC 6056; see rfc6056.h.
 */

#include <glib.h>

#include "models/ports/rfc6056.h"

static uint32_t
draw(const struct rfc6056 *r)
{

	return (r->conf->draw(r->conf->draw_arg));
}

static uint64_t
draw64(const struct rfc6056 *r)
{
	uint64_t high;

	high = draw(r);
	return (high << 32 | draw(r));
}

static void
begin(struct rfc6056 *r, const struct allocator_conf *conf, uint16_t first,
    uint16_t last)
{

	r->conf = conf;
	r->ports = last - first + 1u;
	r->left = r->ports;
}

/* A hash of where the connection goes, and from which address. */
static uint64_t
hash(const struct rfc6056 *r, const struct siphash_key *key)
{
	const struct port_query *q;
	uint32_t word[3];

	q = r->conf->query;
	word[0] = q->laddr;
	word[1] = q->faddr;
	word[2] = q->fport;
	return (siphash24_words(key, word, G_N_ELEMENTS(word)) >> 32);
}

enum allocator_begin
rfc6056_begin_1(void *st, const struct allocator_conf *conf, uint16_t first,
    uint16_t last)
{
	struct rfc6056 *r;

	r = st;
	begin(r, conf, first, last);
	r->run = (struct port_run){ .start = (uint16_t)(first +
	    draw(r) % r->ports), .step = 1, .count = r->ports };
	return (ALLOCATOR_OK);
}

enum allocator_begin
rfc6056_begin_2(void *st, const struct allocator_conf *conf, uint16_t first,
    uint16_t last)
{

	begin(st, conf, first, last);
	return (ALLOCATOR_OK);
}

enum allocator_begin
rfc6056_begin_3(void *st, const struct allocator_conf *conf, uint16_t first,
    uint16_t last)
{
	struct rfc6056 *r;

	r = st;
	begin(r, conf, first, last);
	if (!r->seeded) {
		r->key.k0 = draw64(r);
		r->key.k1 = draw64(r);
	}
	r->seeded = true;
	r->offset = hash(r, &r->key);
	r->counter = &r->next;
	return (ALLOCATOR_OK);
}

enum allocator_begin
rfc6056_begin_4(void *st, const struct allocator_conf *conf, uint16_t first,
    uint16_t last)
{
	struct rfc6056 *r;
	unsigned i;

	r = st;
	begin(r, conf, first, last);
	if (!r->seeded) {
		r->key.k0 = draw64(r);
		r->key.k1 = draw64(r);
		r->key2.k0 = draw64(r);
		r->key2.k1 = draw64(r);
		for (i = 0; i < RFC6056_TABLE; i++)
			r->table[i] = (uint16_t)draw(r);
	}
	r->seeded = true;
	r->offset = hash(r, &r->key);
	r->counter = &r->table[hash(r, &r->key2) % RFC6056_TABLE];
	return (ALLOCATOR_OK);
}

enum allocator_begin
rfc6056_begin_5(void *st, const struct allocator_conf *conf, uint16_t first,
    uint16_t last)
{
	struct rfc6056 *r;

	r = st;
	begin(r, conf, first, last);
	if (!r->seeded)
		r->next = (uint16_t)draw(r);
	r->seeded = true;
	return (ALLOCATOR_OK);
}

bool
rfc6056_propose_all(void *st, uint16_t first, uint16_t last,
    struct port_run *run)
{
	struct rfc6056 *r;

	(void)first;
	(void)last;
	r = st;
	if (r->left == 0)
		return (false);
	r->left = 0;
	*run = r->run;
	return (true);
}

static bool
propose_one(struct rfc6056 *r, unsigned port, struct port_run *run)
{

	r->left--;
	*run = (struct port_run){ .start = (uint16_t)port, .step = 1,
	    .count = 1 };
	return (true);
}

bool
rfc6056_propose_drawn(void *st, uint16_t first, uint16_t last,
    struct port_run *run)
{
	struct rfc6056 *r;

	(void)last;
	r = st;
	return (r->left > 0 && propose_one(r, first + draw(r) % r->ports,
	    run));
}

bool
rfc6056_propose_stepped(void *st, uint16_t first, uint16_t last,
    struct port_run *run)
{
	struct rfc6056 *r;

	(void)last;
	r = st;
	if (r->left == 0)
		return (false);
	r->next = (uint16_t)(r->next + draw(r) % RFC6056_STEP + 1);
	return (propose_one(r, first + r->next % r->ports, run));
}

/* Up to where the counter wraps; then on from there. */
bool
rfc6056_propose_counted(void *st, uint16_t first, uint16_t last,
    struct port_run *run)
{
	struct rfc6056 *r;

	(void)last;
	r = st;
	if (r->left == 0)
		return (false);
	r->run = (struct port_run){ .start = (uint16_t)(first +
	    (*r->counter + r->offset) % r->ports), .step = 1,
	    .count = MIN(r->left, 65536u - *r->counter) };
	*run = r->run;
	return (true);
}

void
rfc6056_tried_counted(void *st, uint16_t lport, bool found)
{
	struct rfc6056 *r;
	unsigned tried;

	r = st;
	tried = found ? (lport + r->ports - r->run.start) % r->ports + 1 :
	    r->run.count;
	*r->counter = (uint16_t)(*r->counter + tried);
	r->left -= tried;
}

void
rfc6056_tried(void *st, uint16_t lport, bool found)
{

	(void)st;
	(void)lport;
	(void)found;
}
