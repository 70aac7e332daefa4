/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Who takes a lock; see lock_caller.h.
 */

#include <stddef.h>
#include <string.h>

#include "study/run/lock_caller.h"

/* The first that fits counts. */
static const struct lock_caller lock_callers[] = {
	{ "socket", NULL, "in_pcballoc", "in_pcb.c" },
	{ "bind", "tcphash", "tcp_usr_bind", "tcp_usrreq.c" },
	{ "bind", NULL, "in_pcbbind", "in_pcb.c" },
	{ "connect", "tcphash", "tcp_connect", "tcp_usrreq.c" },
	{ "connect", "tcp", "tcp_usr_connect", "tcp_usrreq.c" },
	{ "connect", NULL, "in_pcbconnect", "in_pcb.c" },
	{ "close", NULL, "tcp_usr_disconnect", "tcp_usrreq.c" },
	{ "close_unconnected", NULL, "in_pcbfree", "in_pcb.c" },
	{ "netstat", NULL, "tcp_pcblist", "tcp_subr.c" },
	{ "accept", "tcpinp", "tcp_input", "tcp_input.c" },
	{ "accept", "tcp", "in_pcballoc", "in_pcb.c" },
	{ "accept", "pcblist", "in_pcballoc", "in_pcb.c" },
	{ "accept", NULL, "syncache_socket", "tcp_syncache.c" },
	{ "tcp_close", "tcphash", "in_pcbdrop", "in_pcb.c" },
	{ "tcp_close", NULL, "in_pcbfree", "in_pcb.c" },
	{ "timewait_recycle", NULL, "in_pcbfree", "in_pcb.c" },
	{ "timewait_expire", NULL, "in_pcbfree", "in_pcb.c" },
	{ "segment", NULL, "tcp_input", "tcp_input.c" },
	{ "syn", NULL, "tcp_input", "tcp_input.c" },
	{ "synack", NULL, "tcp_input", "tcp_input.c" },
	{ "fin", NULL, "tcp_input", "tcp_input.c" },
	{ "timewait", NULL, "tcp_input", "tcp_input.c" },
	{ NULL, NULL, "-", "-" }
};

const struct lock_caller *
lock_caller_find(const char *op, const char *lock)
{
	const struct lock_caller *c;

	for (c = lock_callers; c->op != NULL; c++)
		if (strcmp(c->op, op) == 0 && (c->lock == NULL ||
		    strcmp(c->lock, lock) == 0))
			break;
	return (c);
}
