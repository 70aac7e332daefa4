/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which function of the kernel takes a lock for an operation: the name that
 * lockstat(1) shows as the caller.
 *
 * Source:	sys/netinet/{tcp_usrreq,in_pcb,tcp_syncache,tcp_input,
 *		tcp_subr}.c, FreeBSD 12.1 and 14.3.
 * Left out:	functions that only some releases have between these and the
 *		lock.
 */

#ifndef STUDY_RUN_LOCK_CALLER_H
#define	STUDY_RUN_LOCK_CALLER_H

struct lock_caller {
	const char	*op;		/* "connect" */
	const char	*lock;		/* "tcphash"; NULL: any other */
	const char	*function;	/* "tcp_connect" */
	const char	*file;		/* "tcp_usrreq.c" */
};

/* Never NULL: what is not known is "-". */
const struct lock_caller *lock_caller_find(const char *op, const char *lock);

#endif /* !STUDY_RUN_LOCK_CALLER_H */
