/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Counts of each port's uses; see evenness.h.
 */

#include <string.h>

#include <glib.h>

#include "models/measures/entropy.h"
#include "models/measures/evenness.h"
#include "models/measures/none.h"

void
evenness_init(struct evenness *e, uint16_t first, uint16_t last,
    const struct port_set *closed)
{

	*e = (struct evenness){ .first = first, .last = last,
	    .closed = closed };
	e->ports = last - first + 1u - port_set_count(closed, first, last);
	e->count = g_new0(uint32_t, PORT_NONE);
}

void
evenness_fini(struct evenness *e)
{

	g_free(e->count);
}

void
evenness_forget(struct evenness *e)
{

	memset(e->count, 0, PORT_NONE * sizeof(e->count[0]));
	e->uses = 0;
}

double
evenness_entropy(const struct evenness *e)
{
	double h, most;

	if (e->uses < 2 || e->ports < 2)
		return (MEASURE_NONE);
	most = entropy_log2((double)MIN(e->uses, e->ports));
	h = entropy_miller_madow(e->count, PORT_NONE) / most;
	return (MIN(h, 1));
}

double
evenness_spread(const struct evenness *e)
{
	double d, mean, sum;
	unsigned p;

	if (e->uses == 0 || e->ports < 2)
		return (MEASURE_NONE);
	mean = (double)e->uses / e->ports;
	for (p = e->first, sum = 0; p <= e->last; p++)
		if (!port_set_has(e->closed, p)) {
			d = e->count[p] - mean;
			sum += d * d;
		}
	return (sum / mean / (e->ports - 1));
}

double
evenness_peak(const struct evenness *e)
{
	uint32_t most;
	unsigned p;

	if (e->uses == 0)
		return (MEASURE_NONE);
	for (p = e->first, most = 0; p <= e->last; p++)
		most = MAX(most, e->count[p]);
	return (most * (double)e->ports / (double)e->uses);
}

double
evenness_reached(const struct evenness *e)
{
	unsigned n, p;

	if (e->ports == 0)
		return (MEASURE_NONE);
	for (p = e->first, n = 0; p <= e->last; p++)
		n += e->count[p] > 0;
	return ((double)n / e->ports);
}

/* One of the two ports before it is closed, and in the range. */
static bool
is_behind(const struct evenness *e, unsigned p)
{

	return ((p >= e->first + 1u && port_set_has(e->closed, p - 1)) ||
	    (p >= e->first + 2u && port_set_has(e->closed, p - 2)));
}

double
evenness_behind(const struct evenness *e)
{
	uint64_t uses;
	unsigned p, ports;

	for (p = e->first, ports = 0, uses = 0; p <= e->last; p++)
		if (!port_set_has(e->closed, p) && is_behind(e, p)) {
			ports++;
			uses += e->count[p];
		}
	if (ports == 0 || e->uses == 0)
		return (MEASURE_NONE);
	return ((double)uses / (double)e->uses * e->ports / ports);
}
