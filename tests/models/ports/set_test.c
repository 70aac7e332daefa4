/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Sets of ports and sums over ranges against the same counted one by one.
 */

#include <string.h>

#include <glib.h>

#include "models/pcb/buckets.h"
#include "models/ports/bytes.h"
#include "models/ports/set.h"
#include "models/ports/sums.h"

static unsigned
below(unsigned n)
{

	return ((unsigned)g_test_rand_int_range(0, (gint32)n));
}

/* A range; often a short one or one that ends on a border of blocks. */
static void
range(unsigned *lo, unsigned *hi)
{
	unsigned t;

	*lo = below(65536);
	*hi = below(3) == 0 ? *lo + below(200) : below(65536);
	if (*hi > 65535)
		*hi = 65535;
	if (below(4) == 0)
		*lo &= ~63u;
	if (below(4) == 0)
		*hi |= below(2) == 0 ? 63u : 4095u;
	if (*lo > *hi) {
		t = *lo;
		*lo = *hi;
		*hi = t;
	}
}

/* Put a stretch of ports in, or take one out. */
static void
change(struct port_set *s)
{
	unsigned hi, lo, p;
	bool in;

	range(&lo, &hi);
	if (below(2) == 0)
		hi = MIN(hi, lo + 300);
	in = below(3) != 0;
	for (p = lo; p <= hi; p++)
		if (port_set_has(s, p) != in) {
			if (in)
				port_set_add(s, (uint16_t)p);
			else
				port_set_remove(s, (uint16_t)p);
		}
}

static void
test_set(void)
{
	static struct port_set s[3];
	const struct port_set *sets[3] = { &s[0], &s[1], &s[2] };
	unsigned both, count, first, free, hi, i, last, lo, n, p, round;

	for (i = 0; i < 3; i++)
		port_set_clear(&s[i]);
	for (round = 0; round < 3000; round++) {
		change(&s[below(3)]);
		n = below(4);
		range(&lo, &hi);
		first = free = last = PORT_NONE;
		both = count = 0;
		for (p = hi + 1; p-- > lo; ) {
			both += port_set_has(&s[0], p) &&
			    port_set_has(&s[1], p);
			if (port_set_has(&s[0], p)) {
				first = p;
				count++;
			}
			for (i = 0; i < n && !port_set_has(&s[i], p); i++)
				continue;
			if (i < n)
				continue;
			free = p;
			if (last == PORT_NONE)
				last = p;
		}
		g_assert_cmpuint(port_set_next(&s[0], lo, hi), ==, first);
		g_assert_cmpuint(port_set_count(&s[0], lo, hi), ==, count);
		g_assert_cmpuint(port_set_count_both(&s[0], &s[1], lo, hi),
		    ==, both);
		g_assert_cmpuint(port_set_first_free(sets, n, lo, hi), ==,
		    free);
		g_assert_cmpuint(port_set_last_free(sets, n, lo, hi), ==,
		    last);
	}
	for (i = 0; i < 3; i++)
		g_assert_cmpuint(s[i].count, ==,
		    port_set_count(&s[i], 0, 65535));
}

static void
test_sums(void)
{
	static struct port_sums s;
	static uint32_t want[65536];
	uint64_t sum;
	unsigned hi, i, kept_hi = 0, kept_lo = 0, lo, p;

	/* What nothing was added to may hold anything. */
	memset(&s, 0xa5, sizeof(s));
	port_sums_clear(&s);
	for (i = 0; i < 1000; i++) {
		for (p = 0; p < 200; p++) {
			hi = below(i < 100 ? 100 + i : 65536);
			port_sums_add(&s, (uint16_t)hi, 3);
			want[hi] += 3;
		}
		p = below(i < 100 ? 100 + i : 65536);
		port_sums_add(&s, (uint16_t)p, -(int32_t)want[p]);
		want[p] = 0;
		range(&lo, &hi);
		for (sum = 0, p = lo; p <= hi; p++) {
			g_assert_cmpuint(port_sums_get(&s, p), ==, want[p]);
			sum += want[p];
		}
		g_assert_cmpuint(port_sums_range(&s, lo, hi), ==, sum);
		if (i % 5 == 0) {
			kept_lo = lo;
			kept_hi = hi;
		}
		for (sum = 0, p = kept_lo; p <= kept_hi; p++)
			sum += want[p];
		g_assert_cmpuint(port_sums_keep(&s, kept_lo, kept_hi), ==,
		    sum);
	}
}

/* Few ports, so that many are beyond what a byte holds, to and fro. */
static void
test_bytes(void)
{
	static struct port_bytes b;
	static uint32_t want[65536];
	uint64_t sum;
	unsigned hi, i, lo, p;
	int32_t d;

	for (i = 0; i < 3000; i++) {
		p = below(4) == 0 ? below(65536) : 60 + below(8);
		d = below(3) == 0 ? -(int32_t)below(want[p] + 1) :
		    (int32_t)below(300);
		port_bytes_add(&b, (uint16_t)p, d);
		want[p] += (uint32_t)d;
		if (below(2) == 0) {
			lo = 50 + below(16);
			hi = lo + below(40);
		} else
			range(&lo, &hi);
		for (sum = 0, p = lo; p <= hi; p++) {
			g_assert_cmpuint(port_bytes_get(&b, (uint16_t)p), ==,
			    want[p]);
			sum += want[p];
		}
		g_assert_cmpuint(port_bytes_range(&b, lo, hi), ==, sum);
	}
	g_assert_cmpuint(port_bytes_memory(&b), >, 0);
	port_bytes_fini(&b);
}

static void
test_buckets(void)
{
	struct pcb_buckets b;
	uint64_t sum;
	unsigned hi, i, lo, p;
	uint32_t bucket, key, shift;

	for (shift = 0; shift <= 18; shift++) {
		pcb_buckets_init(&b, 1u << shift);
		for (i = 0; i < 60; i++) {
			for (p = 0; p < 50; p++) {
				bucket = below(b.mask + 1);
				pcb_buckets_add(&b, bucket,
				    pcb_buckets_len(&b, bucket) > 0 &&
				    below(3) == 0 ? -1 : 1);
			}
			key = (uint32_t)g_test_rand_int();
			range(&lo, &hi);
			for (sum = 0, p = lo; p <= hi; p++)
				sum += pcb_buckets_len(&b, (key ^ p) & b.mask);
			g_assert_cmpuint(pcb_buckets_range(&b, key, lo, hi),
			    ==, sum);
		}
		pcb_buckets_fini(&b);
	}
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/port_set/as_counted_one_by_one", test_set);
	g_test_add_func("/port_sums/as_added_one_by_one", test_sums);
	g_test_add_func("/port_bytes/as_added_one_by_one", test_bytes);
	g_test_add_func("/pcb_buckets/as_added_one_by_one", test_buckets);
	return (g_test_run());
}
