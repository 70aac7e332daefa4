/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * IPv4 addresses as text, and small maps of them.
 */

#include <string.h>

#include <glib.h>

#include "models/net/addr.h"
#include "models/net/net.h"
#include "sim/kassert.h"

/* Of an address: one of 0 to 255; 010 is ten to some and eight to others. */
static const char *
octet_parse(const char *p, unsigned *octet)
{
	unsigned digit;

	*octet = (unsigned)*p - '0';
	if (*octet > 9)
		return (NULL);
	for (p++; *octet > 0 && (digit = (unsigned)*p - '0') <= 9; p++) {
		*octet = 10 * *octet + digit;
		if (*octet > 255)
			return (NULL);
	}
	return (p);
}

bool
net_addr_parse(const char *text, uint32_t *addr)
{
	uint32_t a;
	unsigned octet, part;

	a = 0;
	for (part = 0; part < 4; part++) {
		text = octet_parse(text, &octet);
		if (text == NULL || *text++ != (part < 3 ? '.' : '\0'))
			return (false);
		a |= octet << 8 * part;
	}
	*addr = a;
	return (true);
}

char *
net_addr_format(uint32_t addr, char *buf)
{
	char *s;
	unsigned octet, part;

	s = buf;
	for (part = 0; part < 4; part++) {
		octet = addr >> 8 * part & 255;
		if (octet >= 100)
			*s++ = (char)('0' + octet / 100);
		if (octet >= 10)
			*s++ = (char)('0' + octet / 10 % 10);
		*s++ = (char)('0' + octet % 10);
		*s++ = part < 3 ? '.' : '\0';
	}
	return (buf);
}

static uint32_t
swap(uint32_t x)
{

	return (x << 24 | (x & 0xff00) << 8 | (x >> 8 & 0xff00) | x >> 24);
}

uint32_t
net_addr_add(uint32_t addr, uint32_t n)
{

	return (swap(swap(addr) + n));
}

void
net_addr_map_init(struct net_addr_map *m)
{

	memset(m, 0, sizeof(*m));
}

void
net_addr_map_fini(struct net_addr_map *m)
{

	g_free(m->pair);
}

static struct net_addr_pair *
pair_of(const struct net_addr_map *m, uint32_t key)
{
	uint32_t i;

	i = (uint32_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 32);
	for (i &= m->size - 1; m->pair[i].key != 0 && m->pair[i].key != key; )
		i = (i + 1) & (m->size - 1);
	return (&m->pair[i]);
}

void
net_addr_map_set(struct net_addr_map *m, uint32_t key, uint32_t value)
{
	struct net_addr_map old;
	struct net_addr_pair *p;
	uint32_t i;

	KASSERT(key != 0, ("address * as a key"));
	if (2 * m->used >= m->size) {
		old = *m;
		m->size = old.size == 0 ? 16 : 2 * old.size;
		m->pair = g_new0(struct net_addr_pair, m->size);
		for (i = 0; i < old.size; i++)
			if (old.pair[i].key != 0)
				*pair_of(m, old.pair[i].key) = old.pair[i];
		g_free(old.pair);
	}
	p = pair_of(m, key);
	if (p->key == 0)
		m->used++;
	*p = (struct net_addr_pair){ key, value };
}

bool
net_addr_map_get(const struct net_addr_map *m, uint32_t key, uint32_t *value)
{
	const struct net_addr_pair *p;

	if (m->size == 0)
		return (false);
	p = pair_of(m, key);
	if (p->key != key || key == 0)
		return (false);
	*value = p->value;
	return (true);
}
