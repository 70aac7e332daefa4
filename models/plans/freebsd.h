/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The locks of FreeBSD's TCP, by the names its plans use, and these plans.
 */

#ifndef MODELS_PLANS_FREEBSD_H
#define	MODELS_PLANS_FREEBSD_H

#include "models/freebsd/variant.h"
#include "models/plans/plan.h"

enum freebsd_lock {
	LOCK_INFO,		/* ipi_lock, "tcp" */
	LOCK_LIST,		/* ipi_list_lock, "pcblist" */
	LOCK_HASH,		/* ipi_hash_lock, "tcphash" */
	LOCK_LISTENER,		/* the pcb lock of the inbound listener */
	LOCK_UNCONN,		/* ipi_list_unconn's, with bucket locks */
	LOCK_INP = PLAN_INP,	/* the pcb lock of the connection in hand */
	LOCK_EXACT = PLAN_BUCKET(FREEBSD_BUCKET_EXACT),
	LOCK_WILD = PLAN_BUCKET(FREEBSD_BUCKET_WILD),
	LOCK_PORT = PLAN_BUCKET(FREEBSD_BUCKET_PORT)
};

/* Names, and what they guard; of which class each is depends on the release. */
#define	FREEBSD_INFO(class)						\
	{ "tcp", class, "all pcbs, listed and counted (ipi_lock)" }
#define	FREEBSD_LIST(class)						\
	{ "pcblist", class, "the list of all pcbs (ipi_list_lock)" }
#define	FREEBSD_HASH(class)						\
	{ "tcphash", class, "tables of pcbs; a port is searched under it" }
#define	FREEBSD_LISTENER(class)						\
	{ "tcpinp", class, "the pcb of a listener: handshakes end under it" }

extern const struct lock_class lock_class_mutex, lock_class_rwlock;

/* Which there are in 12 and 13, and which covers a search. */
#define	FREEBSD_12_LOCKS						\
	.locks = {							\
		[LOCK_INFO] = FREEBSD_INFO(&lock_class_mutex),		\
		[LOCK_LIST] = FREEBSD_LIST(&lock_class_rwlock),		\
		[LOCK_HASH] = FREEBSD_HASH(&lock_class_mutex),		\
		[LOCK_LISTENER] = FREEBSD_LISTENER(&lock_class_rwlock)	\
	},								\
	.search = LOCK_HASH,						\
	.listener = LOCK_LISTENER,					\
	.inp = &lock_class_rwlock

/* From 14 on, and who spins how. */
#define	FREEBSD_14_LOCKS						\
	.locks = {							\
		[LOCK_INFO] = FREEBSD_INFO(&lock_class_mutex),		\
		[LOCK_HASH] = FREEBSD_HASH(&lock_class_mutex),		\
		[LOCK_LISTENER] = FREEBSD_LISTENER(&lock_class_rwlock)	\
	},								\
	.search = LOCK_HASH,						\
	.listener = LOCK_LISTENER,					\
	.inp = &lock_class_rwlock,					\
	.backoff = BACKOFF_14

extern const struct lock_plan plan_freebsd_11;
extern const struct lock_plan plan_freebsd_12;
extern const struct lock_plan plan_freebsd_12_2;
extern const struct lock_plan plan_freebsd_14;
extern const struct lock_plan plan_freebsd_15;
extern const struct lock_plan plan_freebsd_16;
extern const struct lock_plan plan_freebsd_main_2026_04;

/* Of proposals. */
extern const struct lock_plan plan_freebsd_12_pieces;
extern const struct lock_plan plan_freebsd_12_2_pieces;
extern const struct lock_plan plan_freebsd_14_pieces;
extern const struct lock_plan plan_freebsd_15_pieces;
extern const struct lock_plan plan_freebsd_main_2026_04_pieces;

#endif /* !MODELS_PLANS_FREEBSD_H */
