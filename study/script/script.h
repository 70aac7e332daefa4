/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Socket operations in, decisions and counts out: no time, no locks.  For
 * exploring an allocator by hand, and for holding the models to recordings of
 * kernel code.
 *
 * One operation a line, fields parted by commas, # begins a comment line:
 *
 *	config,first,last,randomized,hashsize,porthashsize	comes first
 *	addr,N,ip			a local address; the first is primary
 *	primary,ip			another source of unbound connects
 *	route,faddr,srcip		.. for one destination
 *	seed,N				of the generator behind arc4random()
 *	set,NAME,value			a sysctl or a piece of state:
 *					randomized, stoprandom, lastport, ...
 *	set,NAME,N,value		one of many: reserved,PORT,1
 *	set,range,first,last
 *	sysctl,NAME,value		the same as set; ; for , in the value
 *	tick				one second has passed
 *	wait,MS				so much time has passed
 *	sock,ID[,OPTION...]		reuseaddr, reuseport, reuseport_lb,
 *					noport, lpr=LOW-HIGH, uid=N (1001)
 *	bind,ID,addr or *,port
 *	listen,ID
 *	connect,ID,faddr,fport
 *	setopt,ID,OPTION,0 or 1
 *	close,ID
 *	tw,ID				to TIME_WAIT; the pcb stays
 *	twend,ID			.. and goes
 *	accept,ID,laddr,lport,faddr,fport
 *	uc,ID,faddr,fport[,OPTION...]	sock, connect; closed if it fails
 *	bc,ID,laddr,lport,faddr,fport[,OPTION...]	sock, bind, connect
 *	plist,PORT			sockets on the port's list
 *	phash,PORT			ports in the port's hash bucket
 *
 * What one kernel has and another lacks (a knob, an option) may stand in a
 * script for either: it is read, and nothing comes of it, as sysctl(8) would
 * only complain.
 */

#ifndef STUDY_SCRIPT_SCRIPT_H
#define	STUDY_SCRIPT_SCRIPT_H

#include <stdio.h>

#include <glib.h>

#include "models/net/net.h"

struct costs;		/* models/cpus/costs.h */
struct lines;
struct stack;

/* The columns of the output. */
#define	SCRIPT_HEADER	"line,op,id,err,laddr,lport,iters,"		\
	"s_porthash,s_portlist,s_connhash,t_porthash,t_portlist,"	\
	"t_connhash,lastport,rnd"
/* With a table of costs: in its unit, ns or instructions. */
#define	SCRIPT_COST	",cost"

enum script_end {
	SCRIPT_DONE,
	SCRIPT_BAD_INPUT,	/* what was printed before it stands */
	SCRIPT_CANNOT_READ,
	SCRIPT_CANNOT_WRITE	/* the error does not name the output */
};

struct script_conf {
	const struct stack *stack;
	enum net_search	search;
	/* Of the connection hash, where it is seeded; 0 as recorded, mostly. */
	uint64_t	hash_seed;
	const struct costs *costs;	/* of the last column; NULL: none */
};

/*
 * Run the operations of `in'.
 *
 * error	not NULL; set unless SCRIPT_DONE: "FILE:LINE: what, what is
 *		allowed"
 */
enum script_end script_run_conf(const struct script_conf *, struct lines *in,
	    FILE *out, GError **error);

/* The same with a stack and a search, all else as it is by default. */
enum script_end script_run(const struct stack *, enum net_search,
	    struct lines *in, FILE *out, GError **error);

#endif /* !STUDY_SCRIPT_SCRIPT_H */
