/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Prefix-preserving addresses; see anonymise.h.
 */

#include <string.h>

#include <glib.h>

#include "study/capture/anonymise.h"

#define	FIRST_OCTET	1
#define	LAST_OCTET	223
#define	LOOPBACK	127		/* stays what it is */

struct anonymise {
	guchar		*key;
	size_t		len;
	uint8_t		octet[256];	/* of the first, permuted */
	GHashTable	*known;		/* address -> address */
};

/* 64 bits that depend on the key and on `n' bits of a prefix. */
static uint64_t
keyed(const struct anonymise *a, uint32_t prefix, uint8_t n)
{
	guint8 digest[32], text[5];
	gsize size;
	uint64_t value;
	GHmac *h;

	text[0] = n;
	text[1] = (guint8)(prefix >> 24);
	text[2] = (guint8)(prefix >> 16);
	text[3] = (guint8)(prefix >> 8);
	text[4] = (guint8)prefix;
	h = g_hmac_new(G_CHECKSUM_SHA256, a->key, a->len);
	g_hmac_update(h, text, sizeof(text));
	size = sizeof(digest);
	g_hmac_get_digest(h, digest, &size);
	g_hmac_unref(h);
	memcpy(&value, digest, sizeof(value));
	return (GUINT64_FROM_LE(value));
}

struct anonymise *
anonymise_new(const void *key, size_t len)
{
	struct anonymise *a;
	unsigned i, j;
	uint8_t swap;

	a = g_new0(struct anonymise, 1);
	a->key = g_malloc(len);
	memcpy(a->key, key, len);
	a->len = len;
	a->known = g_hash_table_new(NULL, NULL);
	for (i = 0; i < 256; i++)
		a->octet[i] = (uint8_t)i;
	/* Fisher and Yates; 64 bits modulo 223 are even enough. */
	for (i = LAST_OCTET; i > FIRST_OCTET; i--) {
		j = FIRST_OCTET + (unsigned)(keyed(a, i, 0) %
		    (i - FIRST_OCTET + 1));
		if (i == LOOPBACK || j == LOOPBACK)
			continue;
		swap = a->octet[i];
		a->octet[i] = a->octet[j];
		a->octet[j] = swap;
	}
	return (a);
}

void
anonymise_free(struct anonymise *a)
{

	g_hash_table_destroy(a->known);
	g_free(a->key);
	g_free(a);
}

uint32_t
anonymise_addr(struct anonymise *a, uint32_t addr)
{
	uint32_t from, to;
	gpointer known;
	uint8_t n;

	if (g_hash_table_lookup_extended(a->known, GUINT_TO_POINTER(addr),
	    NULL, &known))
		return (GPOINTER_TO_UINT(known));
	/* The first octet is the low byte; here it is to be the high one. */
	from = GUINT32_SWAP_LE_BE(addr);
	to = (uint32_t)a->octet[from >> 24] << 24;
	for (n = 8; n < 32; n++)
		to |= ((from >> (31 - n) & 1) ^ (uint32_t)(keyed(a,
		    from >> (32 - n) << (32 - n), n) & 1)) << (31 - n);
	to = GUINT32_SWAP_LE_BE(to);
	g_hash_table_insert(a->known, GUINT_TO_POINTER(addr),
	    GUINT_TO_POINTER(to));
	return (to);
}
