/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The ways of the kinds of observer; see chain.h.
 *
 * Models:	priorities of sys/sys/priority.h and swi_add(), FreeBSD 12.1:
 *		PI_TTY 16, SWI_TTY 24, SWI_NET 28, SWI_TQ_GIANT 48, PSOCK 104;
 *		14.0: 4, 8, 8, 8, 72.
 * Left out:	that equals share slices on 14.0.  The locks of tty, vt and
 *		Giant, for which nobody else competes here.
 *
 * The times of drivers and programs are nobody's measurement: they are small
 * against every deadline, and lag does not contain them.
 */

#include "models/cpus/sched.h"
#include "models/machine/chain.h"

#define	IRQ1	{ .name = "irq1", .kind = STAGE_THREAD, .thread = 0,	\
		    .pri = PRI_TTY, .cost = 10 * SIM_US }
#define	GIANT	{ .name = "giant", .kind = STAGE_THREAD, .thread = 1,	\
		    .pri = PRI_GIANT, .cost = 20 * SIM_US }

const struct chain chain_table[OBSERVER_NKINDS] = {
	[OBSERVER_VT_ECHO] = {
		.name = "vt-echo",
		.title = "a key is echoed on the screen, as at a login prompt",
		.source = "atkbd_intr(), sys/dev/atkbdc; vt_schedule_flush(), "
		    "vt_timer(), sys/dev/vt/vt_core.c, FreeBSD 12.1",
		.left_out = "USB keyboards: two more threads, 12 and 32",
		.needs = "clock 0",
		.work = 100 * SIM_US,
		.nstages = 3,
		.stages = {
			IRQ1, GIANT,
			{ .name = "clock", .kind = STAGE_FLUSH, .works = true }
		}
	},
	[OBSERVER_VT_SHELL] = {
		.name = "vt-shell",
		.title = "a key is echoed on the screen by a shell",
		.source = "as vt-echo; line editing is the shell's",
		.left_out = "as vt-echo",
		.needs = "a CPU, clock 0",
		.work = 500 * SIM_US,
		.nstages = 4,
		.stages = {
			IRQ1, GIANT,
			{ .name = "shell", .kind = STAGE_THREAD, .thread = 2,
			    .pri = PRI_CONSOLE, .works = true },
			{ .name = "clock", .kind = STAGE_FLUSH,
			    .cost = 100 * SIM_US }
		}
	},
	[OBSERVER_SSH] = {
		.name = "ssh",
		.title = "a key of a session that is open is echoed",
		.source = "tcp_input(), sowakeup(), selwakeuppri(PSOCK), "
		    "FreeBSD 12.1; sshd(8) between socket and pty",
		.left_out = "the lock of its own pcb, which nobody holds for "
		    "long; retransmission of what waits, but was not dropped",
		.needs = "its receive queue, a CPU",
		.work = 500 * SIM_US,
		.session = true,
		.nstages = 4,
		.stages = {
			{ .name = "rx", .kind = STAGE_SEGMENT },
			{ .name = "sshd", .kind = STAGE_THREAD, .thread = 0,
			    .pri = PRI_CONSOLE, .wake_pri = PRI_PSOCK,
			    .cost = 100 * SIM_US },
			{ .name = "shell", .kind = STAGE_THREAD, .thread = 1,
			    .pri = PRI_CONSOLE, .works = true },
			{ .name = "sshd-out", .kind = STAGE_THREAD,
			    .thread = 0, .pri = PRI_CONSOLE, .sends = true,
			    .cost = 100 * SIM_US }
		}
	},
	[OBSERVER_ECHO] = {
		.name = "echo",
		.title = "a service that sends back what comes, from outside",
		.source = "tcp_input(), sowakeup(), tcp_usr_send(), "
		    "FreeBSD 12.1",
		.left_out = "as ssh",
		.needs = "its receive queue, a CPU",
		.work = 5 * SIM_US,
		.session = true,
		.nstages = 2,
		.stages = {
			{ .name = "rx", .kind = STAGE_SEGMENT },
			{ .name = "server", .kind = STAGE_THREAD, .thread = 0,
			    .pri = PRI_CONSOLE, .wake_pri = PRI_PSOCK,
			    .works = true, .sends = true }
		}
	},
	[OBSERVER_SSH_LOGIN] = {
		.name = "ssh-login",
		.title = "somebody connects to sshd, which forks",
		.source = "syncache_add(), syncache_socket(), "
		    "sys/netinet/tcp_syncache.c, FreeBSD 12.1; sshd(8)",
		.left_out = "the exchange of keys: many segments of an open "
		    "session, as ssh",
		.needs = "a receive queue, the hash lock, a CPU",
		.work = 5 * SIM_MS,
		.nstages = 3,
		.stages = {
			{ .name = "syn", .kind = STAGE_SYN },
			{ .name = "ack", .kind = STAGE_ACK },
			{ .name = "sshd", .kind = STAGE_THREAD, .thread = 0,
			    .pri = PRI_CONSOLE, .wake_pri = PRI_PSOCK,
			    .works = true }
		}
	},
	[OBSERVER_TIMED] = {
		.name = "timed",
		.title = "a daemon that sleeps for a period",
		.source = "sleepq_set_timeout_sbt(), "
		    "sys/kern/subr_sleepqueue.c, FreeBSD 12.1: C_DIRECT_EXEC, "
		    "run by the timer interrupt of the CPU on which it slept",
		.needs = "a CPU",
		.work = SIM_MS,
		.timer = true,
		.nstages = 1,
		.stages = {
			{ .name = "cpu", .kind = STAGE_THREAD, .thread = 0,
			    .pri = PRI_CONSOLE, .works = true }
		}
	},
	[OBSERVER_ITIMER] = {
		.name = "itimer",
		.title = "a program woken by setitimer(2)",
		.source = "realitexpire(), sys/kern/kern_time.c, FreeBSD 12.1: "
		    "a callout of timeout_cpu that is not direct",
		.needs = "clock 0, a CPU",
		.work = SIM_MS,
		.timer = true,
		.nstages = 2,
		.stages = {
			{ .name = "clock", .kind = STAGE_CLOCK },
			{ .name = "cpu", .kind = STAGE_THREAD, .thread = 0,
			    .pri = PRI_CONSOLE, .works = true }
		}
	},
	[OBSERVER_SERIAL] = {
		.name = "serial",
		.title = "a key is echoed on a serial line",
		.source = "uart_intr(), a filter; uart_tty_intr(), swi0: uart, "
		    "sys/dev/uart, FreeBSD 12.1",
		.needs = "a CPU, at a software interrupt's priority",
		.work = 10 * SIM_US,
		.nstages = 1,
		.stages = {
			{ .name = "uart", .kind = STAGE_THREAD, .thread = 0,
			    .pri = PRI_SWI_TTY, .works = true }
		}
	},
	[OBSERVER_LOOPBACK] = {
		.name = "loopback",
		.title = "a program connects to a service of this host",
		.source = "if_simloop(), netisr_queue(NETISR_IP), "
		    "sys/net/if_loop.c, FreeBSD 12.1: swi1: netisr 0",
		.left_out = "the client's connect(), which is a workload's to "
		    "make, and its pcb",
		.needs = "netisr 0, the hash lock, a CPU",
		.work = 100 * SIM_US,
		.loopback = true,
		.nstages = 3,
		.stages = {
			{ .name = "syn", .kind = STAGE_SYN },
			{ .name = "ack", .kind = STAGE_ACK },
			{ .name = "cpu", .kind = STAGE_THREAD, .thread = 0,
			    .pri = PRI_CONSOLE, .wake_pri = PRI_PSOCK,
			    .works = true }
		}
	},
	[OBSERVER_PINGPONG] = {
		.name = "pingpong",
		.title = "two programs of this host over an open connection",
		.source = "as loopback; tcp_usr_send(), sowakeup(), "
		    "FreeBSD 12.1",
		.needs = "netisr 0, a CPU; on 11 the hash lock",
		.work = 5 * SIM_US,
		.loopback = true,
		.session = true,
		.timer = true,
		.measures = true,
		.nstages = 5,
		.stages = {
			{ .name = "client", .kind = STAGE_THREAD, .thread = 0,
			    .pri = PRI_CONSOLE, .works = true, .sends = true },
			{ .name = "there", .kind = STAGE_LOCAL },
			{ .name = "server", .kind = STAGE_THREAD, .thread = 1,
			    .pri = PRI_CONSOLE, .wake_pri = PRI_PSOCK,
			    .works = true, .sends = true },
			{ .name = "back", .kind = STAGE_LOCAL },
			{ .name = "answer", .kind = STAGE_THREAD, .thread = 0,
			    .pri = PRI_CONSOLE, .wake_pri = PRI_PSOCK,
			    .works = true }
		}
	}
};

simtime
chain_cost(const struct chain_stage *s, simtime work,
    const struct costs *costs)
{

	return (s->cost + (s->works ? work : 0) + (s->sends ?
	    cost_at(costs, COST_TCP_OUTPUT, 0) : 0));
}

simtime
chain_alone(const struct chain_stage *s, simtime cost,
    const struct costs *costs)
{

	switch (s->kind) {
	case STAGE_THREAD:
		return (cost + cost_at(costs, COST_WAKE, 0));
	case STAGE_CLOCK:
		return (cost + cost_at(costs, COST_CALLOUT, 0));
	case STAGE_FLUSH:
		return (cost + cost_at(costs, COST_CALLOUT, 0) +
		    CHAIN_FLUSH_DELAY);
	case STAGE_SEGMENT:
	case STAGE_LOCAL:
		return (cost + cost_at(costs, COST_TCP_INPUT, 0));
	case STAGE_SYN:
		return (cost + cost_at(costs, COST_TCP_INPUT, 0) +
		    cost_at(costs, COST_TCP_OUTPUT, 0));
	case STAGE_ACK:
		return (cost + cost_at(costs, COST_TCP_INPUT, 0) + CHAIN_RTT +
		    cost_at(costs, COST_SOCKET, 0) +
		    2 * cost_at(costs, COST_INSERT, 0));
	}
	return (0);
}
