/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Every key of a scenario, a row each; see param.h.
 */

#include "study/scenario/addrs.h"
#include "study/scenario/param.h"

#define	RUN(field)							\
	PARAM_IN_RUN, offsetof(struct run_conf, field),			\
	sizeof(((struct run_conf *)0)->field), 0
#define	RUN_LIST(field, count)						\
	PARAM_IN_RUN, offsetof(struct run_conf, field),			\
	sizeof(((struct run_conf *)0)->field),				\
	offsetof(struct run_conf, count)
#define	LOAD(field)							\
	PARAM_IN_WORKLOAD, offsetof(struct workload_conf, field),	\
	sizeof(((struct workload_conf *)0)->field), 0
#define	LOAD_LIST(field, count)						\
	PARAM_IN_WORKLOAD, offsetof(struct workload_conf, field),	\
	sizeof(((struct workload_conf *)0)->field),			\
	offsetof(struct workload_conf, count)
#define	OBSERVER(field)							\
	PARAM_IN_OBSERVER, offsetof(struct observer_conf, field),	\
	sizeof(((struct observer_conf *)0)->field), 0
#define	HEAD(field)							\
	PARAM_IN_HEAD, offsetof(struct param_head, field),		\
	sizeof(((struct param_head *)0)->field), 0
#define	NOWHERE		PARAM_IN_NOTHING, 0, 0, 0
#define	ANY		0, 0
#define	DAYS(n)		((uint64_t)(n) * 86400 * SIM_S)

/* A sysctl of Linux, as its text. */
#define	LINUX_KEY(name, knob, doc)					\
	{ "kernel", "net.ipv4." name, PARAM_TEXT, PARAM_OTHERS,		\
	    RUN(kernel.knobs[knob]), NULL, NULL, ANY, NULL,		\
	    "net.ipv4." name, doc }

const struct param param_table[] = {
	/* ---- [scenario] ------------------------------------------------ */
	{ "scenario", "format", PARAM_COUNT, PARAM_REQUIRED | PARAM_NO_VARIANT,
	    NOWHERE, NULL, NULL, 1, 1, NULL, NULL,
	    "Version of the file format; this program reads 1." },
	{ "scenario", "include", PARAM_TEXT, PARAM_NO_VARIANT |
	    PARAM_INCLUDES, NOWHERE, NULL, NULL, ANY, NULL, NULL,
	    "Files to read first, relative to this one, separated by ;. What "
	    "stands in this file goes over what stands in them, wherever the "
	    "line is. At most 8 deep." },
	{ "scenario", "name", PARAM_NAME, PARAM_NO_VARIANT, HEAD(name), "",
	    NULL, ANY, NULL, NULL,
	    "Short name; results go to results/NAME. Default: the file's name "
	    "without .ini." },
	{ "scenario", "title", PARAM_TEXT, PARAM_NO_VARIANT, HEAD(title), "",
	    NULL, ANY, NULL, NULL,
	    "One line that heads reports and pictures." },
	{ "scenario", "duration", PARAM_DURATION,
	    PARAM_REQUIRED | PARAM_NO_VARIANT, RUN(duration), NULL, NULL,
	    SIM_MS, DAYS(26), NULL, NULL,
	    "Simulated time of a run." },
	{ "scenario", "seed", PARAM_COUNT, PARAM_NO_VARIANT, RUN(seed), "42",
	    NULL, ANY, NULL, NULL,
	    "Seed of all random numbers. Variants share their arrivals: "
	    "streams depend on seed, replication and component, never on the "
	    "variant." },
	{ "scenario", "replications", PARAM_COUNT, PARAM_NO_VARIANT,
	    HEAD(replications), "1", NULL, 1, 10000, NULL, NULL,
	    "How often each variant runs, with other random numbers." },
	{ "scenario", "interval", PARAM_DURATION, PARAM_NO_VARIANT,
	    RUN(interval), "auto", "auto", SIM_US, DAYS(26), NULL, NULL,
	    "Length of a row of timeline.csv; auto is duration / 600. At most "
	    "1,000,000 rows a run." },
	{ "scenario", "stall-threshold", PARAM_DURATION, PARAM_NO_VARIANT,
	    RUN(stall_threshold), "1ms", NULL, 0, DAYS(1), NULL, NULL,
	    "A hold of a lock is a stall if somebody waited for it longer." },
	{ "scenario", "warmup", PARAM_DURATION, PARAM_NO_VARIANT,
	    RUN(warmup), "0", NULL, 0, DAYS(26), NULL, NULL,
	    "What happens before does not count: summary, latency, stalls, "
	    "locks and verdict begin there. The timeline and the time of the "
	    "first failure are those of the whole run." },
	{ "scenario", "measures", PARAM_BOOL, PARAM_NO_VARIANT | PARAM_UNSAID,
	    RUN(measures), "0", NULL, 0, 1, NULL, NULL,
	    "Measure the choice of ports: how even, how soon again, how "
	    "predictable, how fair; more columns of summary.csv, ports.csv "
	    "and searches.csv. Needs 14 to 40 MiB a run." },
	{ "scenario", "search-stretch", PARAM_COUNT, PARAM_NO_VARIANT,
	    RUN(seek_stretch), "64", NULL, 0, 65536, NULL, NULL,
	    "Kernels with bucket locks (freebsd-16): candidates of a port "
	    "search that are tried as the tables were at the first of them; "
	    "0: each under its own locks, exact and slow." },

	/* ---- [host] ---------------------------------------------------- */
	{ "host", "cpus", PARAM_COUNT, 0, RUN(host.cpus), "8", NULL, 1, 1024,
	    NULL, "hw.ncpu",
	    "CPUs." },
	{ "host", "laddrs", PARAM_ADDRS, 0,
	    RUN_LIST(host.laddrs, host.nladdrs), "auto", "auto", 1,
	    ADDRS_MAXLOCAL, NULL, NULL,
	    "Local addresses; the first is the primary, which unbound "
	    "connections get. auto: 192.0.2.1, and every address that a "
	    "workload or a recording binds to." },
	{ "host", "maxsockets", PARAM_COUNT, 0, RUN(host.maxsockets), "1M",
	    NULL, 1024, UINT64_C(1) << 30, NULL, "kern.ipc.maxsockets",
	    "Sockets the kernel may have, those in TIME_WAIT too; one more is "
	    "ENOBUFS, on FreeBSD: the others have no such limit here. Sizes "
	    "the hash tables and the TIME_WAIT zone." },
	{ "host", "costs", PARAM_COSTS, 0, RUN(host.costs), "epyc-vm", NULL,
	    ANY, NULL, NULL,
	    "Table of costs that turns counts into time: a built-in name, or a "
	    "file relative to this one. See `pcbsim list costs'." },
	{ "host", "noise", PARAM_RATE, 0, RUN(host.noise), "100/s", NULL, 0,
	    UINT64_C(1000000000000), NULL, NULL,
	    "How often daemons wake, all together, as some do on any machine. "
	    "Who wakes may put a search off its CPU." },
	{ "host", "noise-work", PARAM_DURATION, 0, RUN(host.noise_work),
	    "100us", NULL, 0, SIM_S, NULL, NULL,
	    "CPU time that each takes, in the mean." },

	{ "host", "cores", PARAM_COUNT, 0, RUN(host.cores), "0", NULL, 0, 1024,
	    NULL, NULL,
	    "Real CPUs below these, if they are virtual and share fewer; 0: "
	    "as many. One that spins or is idle leaves its part to the "
	    "others." },
	{ "host", "turn", PARAM_DURATION, 0, RUN(host.turn), "0", NULL, 0,
	    SIM_S, NULL, NULL,
	    "Virtual CPUs: how long it takes until one that executes a pause, "
	    "and so gives its turn away, has its next; 0: as long as the "
	    "table of costs says. With turns = icount: the longest turn; 0: "
	    "until the next clock interrupt of any of them." },
	{ "host", "turns", PARAM_CHOICE, PARAM_UNSAID, RUN(host.turns),
	    "equal", NULL, ANY, "equal;icount", NULL,
	    "How virtual CPUs share what is below them. equal: all that "
	    "compute at once, cores equally. icount: one after the other, as "
	    "QEMU 7.2 does if it counts instructions: a turn ends with a "
	    "pause, when the CPU halts, or with the next clock interrupt of "
	    "any CPU, and then the next in the round is passed over." },

	/* ---- [kernel] -------------------------------------------------- */
	{ "kernel", "include-sysctl", PARAM_TEXT, PARAM_NO_VARIANT |
	    PARAM_INCLUDES, NOWHERE, NULL, NULL, ANY, NULL, NULL,
	    "Files with what a machine says of itself, separated by ;: "
	    "sysctl.conf, loader.conf, the output of `sysctl -a'. What stands "
	    "in this file goes over it." },
	{ "kernel", "net.inet.ip.portrange.first", PARAM_COUNT, 0,
	    RUN(kernel.portrange_first), "10000", NULL, 1024, 65535, NULL,
	    "net.inet.ip.portrange.first",
	    "One end of the range of ports that the kernel chooses from." },
	{ "kernel", "net.inet.ip.portrange.last", PARAM_COUNT, 0,
	    RUN(kernel.portrange_last), "65535", NULL, 1024, 65535, NULL,
	    "net.inet.ip.portrange.last",
	    "The other end; may be below the first, as in the kernel." },
	{ "kernel", "net.inet.ip.portrange.hifirst", PARAM_COUNT, 0,
	    RUN(kernel.portrange_hifirst), "49152", NULL, 1024, 65535, NULL,
	    "net.inet.ip.portrange.hifirst",
	    "One end of the range of sockets with IP_PORTRANGE_HIGH: "
	    "portrange = high of a workload." },
	{ "kernel", "net.inet.ip.portrange.hilast", PARAM_COUNT, 0,
	    RUN(kernel.portrange_hilast), "65535", NULL, 1024, 65535, NULL,
	    "net.inet.ip.portrange.hilast",
	    "The other end." },
	{ "kernel", "net.inet.ip.portrange.lowfirst", PARAM_COUNT, 0,
	    RUN(kernel.portrange_lowfirst), "1023", NULL, 1, 1023, NULL,
	    "net.inet.ip.portrange.lowfirst",
	    "One end of the range of sockets with IP_PORTRANGE_LOW, root's: "
	    "portrange = low of a workload." },
	{ "kernel", "net.inet.ip.portrange.lowlast", PARAM_COUNT, 0,
	    RUN(kernel.portrange_lowlast), "600", NULL, 1, 1023, NULL,
	    "net.inet.ip.portrange.lowlast",
	    "The other end; below the first, as it is." },
	{ "kernel", "net.inet.ip.portrange.randomized", PARAM_BOOL, 0,
	    RUN(kernel.portrange_randomized), "1", NULL, ANY, NULL,
	    "net.inet.ip.portrange.randomized",
	    "Searches begin at a random port (1), or after the last one." },
	{ "kernel", "net.inet.ip.portrange.randomcps", PARAM_COUNT, 0,
	    RUN(kernel.portrange_randomcps), "10", NULL, 0, INT32_MAX, NULL,
	    "net.inet.ip.portrange.randomcps",
	    "More allocations than this in a second make the choice sequential "
	    "for a while. FreeBSD to 13; gone from 14 on." },
	{ "kernel", "net.inet.ip.portrange.randomtime", PARAM_COUNT, 0,
	    RUN(kernel.portrange_randomtime), "45", NULL, 1, INT32_MAX, NULL,
	    "net.inet.ip.portrange.randomtime",
	    "Seconds, a plain number, that the rate must stay below randomcps "
	    "until the choice is random again. FreeBSD to 13." },
	{ "kernel", "net.inet.tcp.require_unique_port", PARAM_BOOL, 0,
	    RUN(kernel.require_unique_port), "0", NULL, ANY, NULL,
	    "net.inet.tcp.require_unique_port",
	    "Choose the port before the address, as before the change of 2020. "
	    "FreeBSD 12.2 and 13 only." },
	{ "kernel", "net.inet.tcp.tcbhashsize", PARAM_COUNT, PARAM_POWER_OF_2,
	    RUN(kernel.tcbhashsize), "0", NULL, 0, 1 << 24, NULL,
	    "net.inet.tcp.tcbhashsize",
	    "Buckets of the connection hash, a power of two; 0: automatic, "
	    "from maxsockets." },
	{ "kernel", "net.inet.tcp.msl", PARAM_DURATION, 0, RUN(kernel.msl),
	    "30s", NULL, SIM_MS, DAYS(1), NULL, "net.inet.tcp.msl",
	    "Maximum segment lifetime; TIME_WAIT lasts twice as long. A plain "
	    "number counts milliseconds, as the sysctl does." },
	{ "kernel", "net.inet.tcp.randomize_ports", PARAM_BOOL, PARAM_OTHERS,
	    RUN(kernel.portrange_randomized), NULL, NULL, ANY, NULL,
	    "net.inet.tcp.randomize_ports",
	    "xnu: begin the search at a random port (1) or after the last one "
	    "used (0, the kernel's default)." },
	{ "kernel", "net.inet.ip.porthash_trycount", PARAM_COUNT,
	    PARAM_OTHERS, RUN(kernel.porthash_trycount), NULL, "auto", 0,
	    65535, NULL, "net.inet.ip.porthash_trycount",
	    "dragonfly: steps of an unbound connect() that only look at ports "
	    "whose connection would belong to the CPU that asks; auto: twice "
	    "the CPUs." },
	{ "kernel", "net.inet.ip.anonportmin", PARAM_COUNT, PARAM_OTHERS,
	    RUN(kernel.portrange_first), NULL, NULL, 1024, 65535, NULL,
	    "net.inet.ip.anonportmin",
	    "netbsd: the first port that the kernel chooses." },
	{ "kernel", "net.inet.ip.anonportmax", PARAM_COUNT, PARAM_OTHERS,
	    RUN(kernel.portrange_last), NULL, NULL, 1024, 65535, NULL,
	    "net.inet.ip.anonportmax",
	    "netbsd: the last port that the kernel chooses." },
	{ "kernel", "net.inet.ip.anonportalgo.selected", PARAM_CHOICE,
	    PARAM_OTHERS, RUN(kernel.anonportalgo), NULL, NULL, ANY,
	    "bsd;random_start;random_pick;hash;doublehash;randinc",
	    "net.inet.ip.anonportalgo.selected",
	    "netbsd: how it chooses ports. Only bsd says that there is none "
	    "left; with hash and doublehash a socket that was bound to an "
	    "address and port 0 cannot connect." },
	{ "kernel", "net.inet.ip.portfirst", PARAM_COUNT, PARAM_OTHERS,
	    RUN(kernel.portrange_first), NULL, NULL, 1024, 65535, NULL,
	    "net.inet.ip.portfirst",
	    "openbsd: one end of the range that the kernel chooses from." },
	{ "kernel", "net.inet.ip.portlast", PARAM_COUNT, PARAM_OTHERS,
	    RUN(kernel.portrange_last), NULL, NULL, 1024, 65535, NULL,
	    "net.inet.ip.portlast",
	    "openbsd: the other end." },
	{ "kernel", "smallest_anon_port", PARAM_COUNT, PARAM_OTHERS,
	    RUN(kernel.portrange_first), NULL, NULL, 1024, 65535, NULL,
	    "smallest_anon_port",
	    "illumos (ipadm): the first port that the kernel chooses." },
	{ "kernel", "largest_anon_port", PARAM_COUNT, PARAM_OTHERS,
	    RUN(kernel.portrange_last), NULL, NULL, 1024, 65535, NULL,
	    "largest_anon_port",
	    "illumos (ipadm): the last port that the kernel chooses." },
	{ "kernel", "tcp_random_anon_port", PARAM_BOOL, PARAM_OTHERS,
	    RUN(kernel.portrange_randomized), NULL, NULL, ANY, NULL,
	    "tcp_random_anon_port",
	    "illumos (/etc/system): begin the search at a random port (1) or "
	    "after the last one used (0)." },
	{ "kernel", "_time_wait_interval", PARAM_DURATION, PARAM_OTHERS,
	    RUN(kernel.time_wait), NULL, NULL, SIM_S, DAYS(1), NULL,
	    "_time_wait_interval",
	    "illumos (ipadm): how long TIME_WAIT lasts." },
	{ "kernel", "ipcl_conn_hash_size", PARAM_COUNT, PARAM_OTHERS,
	    RUN(kernel.tcbhashsize), NULL, NULL, 1, 1 << 24, NULL,
	    "ipcl_conn_hash_size",
	    "illumos (/etc/system): buckets of the connection hash, any "
	    "number; the kernel takes a prime by its memory, at most "
	    "98,299." },
	{ "kernel", "net.inet.tcp.maxtcptw", PARAM_COUNT, 0,
	    RUN(kernel.maxtcptw), "0", NULL, 0, UINT64_C(1) << 30, NULL,
	    "net.inet.tcp.maxtcptw",
	    "Most connections in TIME_WAIT; one more closes the oldest. 0: "
	    "half the ports, a fifth of the sockets at most. 14: no cap." },
	{ "kernel", "net.inet.tcp.nolocaltimewait", PARAM_CHOICE, 0,
	    RUN(kernel.nolocaltimewait), "auto", NULL, ANY, "auto;0;1",
	    "net.inet.tcp.nolocaltimewait",
	    "No TIME_WAIT for connections to addresses of this host. auto: the "
	    "kernel's own default, 0 to FreeBSD 13 and 1 from 14 on." },
	{ "kernel", "net.inet.tcp.keepinit", PARAM_DURATION, 0,
	    RUN(kernel.keepinit), "75s", NULL, SIM_MS, DAYS(1), NULL,
	    "net.inet.tcp.keepinit",
	    "How long a SYN waits for its answer; then connect() fails with "
	    "ETIMEDOUT, and softclock closes the pcb. See unanswered of a "
	    "workload." },
	{ "kernel", "net.inet.tcp.keepintvl", PARAM_DURATION, 0,
	    RUN(kernel.keepintvl), "75s", NULL, SIM_MS, DAYS(1), NULL,
	    "net.inet.tcp.keepintvl",
	    "FIN_WAIT_2 ends after keepcnt + 1 times this, if the peer does "
	    "not close. See peer-close of a workload." },
	{ "kernel", "net.inet.tcp.keepcnt", PARAM_COUNT, 0,
	    RUN(kernel.keepcnt), "8", NULL, 1, 1000, NULL,
	    "net.inet.tcp.keepcnt", "See net.inet.tcp.keepintvl." },
	{ "kernel", "net.inet.tcp.fast_finwait2_recycle", PARAM_BOOL, 0,
	    RUN(kernel.fast_finwait2_recycle), "0", NULL, ANY, NULL,
	    "net.inet.tcp.fast_finwait2_recycle",
	    "FIN_WAIT_2 ends after finwait2_timeout (1), not by keepintvl." },
	{ "kernel", "net.inet.tcp.finwait2_timeout", PARAM_DURATION, 0,
	    RUN(kernel.finwait2_timeout), "1min", NULL, SIM_MS, DAYS(1), NULL,
	    "net.inet.tcp.finwait2_timeout",
	    "How long FIN_WAIT_2 lasts with fast_finwait2_recycle." },
	{ "kernel", "net.inet.ip.connect_inaddr_wild", PARAM_CHOICE, 0,
	    RUN(kernel.inaddr_wild), "auto", NULL, ANY, "auto;0;1",
	    "net.inet.ip.connect_inaddr_wild",
	    "A connect() to 0.0.0.0 goes to an address of this host (1), or "
	    "fails with ENETUNREACH (0). auto: the kernel's own default, 1 to "
	    "FreeBSD 14 and 0 from 15 on. Before 14.2 there is no such "
	    "sysctl." },
	{ "kernel", "kern.pin_default_swi", PARAM_BOOL, 0,
	    RUN(kernel.pin_default_swi), "0", NULL, ANY, NULL,
	    "kern.pin_default_swi",
	    "Bind the thread that runs callouts to CPU 0 (1), or let it run "
	    "on any (0)." },
	{ "kernel", "kern.sched.steal_idle", PARAM_BOOL, 0,
	    RUN(kernel.steal_idle), "1", NULL, ANY, NULL,
	    "kern.sched.steal_idle",
	    "A CPU that goes idle takes a thread from another's queue." },
	{ "kernel", "kern.sched.balance", PARAM_BOOL, 0,
	    RUN(kernel.balance), "1", NULL, ANY, NULL, "kern.sched.balance",
	    "Even out the queues of CPUs, every 0.5 to 1.5 s." },
	{ "kernel", "kern.hz", PARAM_COUNT, 0, RUN(kernel.hz), "1000", NULL,
	    1, 100000, NULL, "kern.hz",
	    "Clock interrupts a second, on each CPU; what one costs is `tick' "
	    "of the table of costs." },
	{ "kernel", "kern.eventtimer.periodic", PARAM_BOOL, 0,
	    RUN(kernel.periodic), "0", NULL, ANY, NULL,
	    "kern.eventtimer.periodic",
	    "Sleepers are woken by the next clock interrupt (1), or in time." },
	{ "kernel", "epoch-calls", PARAM_BOOL, 0, RUN(kernel.epoch_calls),
	    "0", NULL, ANY, NULL, NULL,
	    "FreeBSD 12.0 to 13.1: closed pcbs are freed when all readers "
	    "have left their epoch; until then each tick of the clock wakes "
	    "a thread that looks, on each CPU where one was closed." },
	{ "kernel", "epoch-pins", PARAM_BOOL, 0, RUN(kernel.epoch_pins), "0",
	    NULL, ANY, NULL, NULL,
	    "Likewise: who is in a section of the epoch stays on its CPU, "
	    "also when it waits for a lock." },
	{ "kernel", "debug.mtx.delay_max", PARAM_COUNT, 0,
	    RUN(kernel.delay_max), "0", NULL, 0, 1000000, NULL,
	    "debug.mtx.delay_max",
	    "Longest back-off of a spinner between two looks at a lock, in "
	    "pauses; 0: automatic, by the number of CPUs. A long back-off "
	    "notices a release late." },

	/* Linux alone. */
	LINUX_KEY("ip_local_port_range", RUN_IP_LOCAL_PORT_RANGE,
	    "Linux: first and last local port that the kernel chooses. "
	    "Otherwise 32768 60999."),
	LINUX_KEY("ip_local_reserved_ports", RUN_IP_LOCAL_RESERVED_PORTS,
	    "Linux: ports and ranges, 1,3-5, that it never chooses."),
	LINUX_KEY("ip_local_port_step_width", RUN_IP_LOCAL_PORT_STEP_WIDTH,
	    "Linux 7.1: connect() goes on by a random number of ports of one "
	    "parity, up to this. 0, the default: one after the other."),
	LINUX_KEY("ip_autobind_reuse", RUN_IP_AUTOBIND_REUSE,
	    "Linux: bind() of port 0 with SO_REUSEADDR shares ports when all "
	    "are taken (1). Default: 0."),
	LINUX_KEY("tcp_tw_reuse", RUN_TCP_TW_REUSE,
	    "Linux: connect() may take the tuple of a TIME_WAIT: 0 never, 1 "
	    "always, 2 on 127.0.0.0/8 only, the default."),
	LINUX_KEY("tcp_tw_reuse_delay", RUN_TCP_TW_REUSE_DELAY,
	    "Linux, from 6.14 on: ms until it may. Default: 1000."),
	LINUX_KEY("tcp_timestamps", RUN_TCP_TIMESTAMPS,
	    "Linux: without them (0) no TIME_WAIT is reused. Default: 1."),
	{ "kernel", "net.ipv4.tcp_fin_timeout", PARAM_COUNT, PARAM_OTHERS,
	    RUN(kernel.fin_timeout), NULL, NULL, 1, 86400, NULL,
	    "net.ipv4.tcp_fin_timeout",
	    "Linux: seconds that FIN_WAIT_2 lasts, if the peer does not "
	    "close." },
	{ "kernel", "net.ipv4.tcp_syn_retries", PARAM_COUNT, PARAM_OTHERS,
	    RUN(kernel.syn_retries), NULL, NULL, 1, 30, NULL,
	    "net.ipv4.tcp_syn_retries",
	    "Linux: how often a SYN is sent again; with 6 connect() fails "
	    "after 127 s, or 131 where there are linear timeouts." },
	{ "kernel", "net.ipv4.tcp_syn_linear_timeouts", PARAM_COUNT,
	    PARAM_OTHERS, RUN(kernel.syn_linear_timeouts), NULL, NULL, 0, 255,
	    NULL, "net.ipv4.tcp_syn_linear_timeouts",
	    "Linux, from 6.5 on: so many times after a second each, before the "
	    "time doubles." },

	/* ---- [inbound] ------------------------------------------------- */
	{ "inbound", "segments", PARAM_RATE, 0, RUN(inbound.segments), "0/s",
	    NULL, 0, UINT64_C(100000000000000), NULL, NULL,
	    "TCP segments of established connections that arrive, all queues "
	    "together." },
	{ "inbound", "accepts", PARAM_RATE, 0, RUN(inbound.accepts), "0/s",
	    NULL, 0, UINT64_C(10000000000000), NULL, NULL,
	    "Connections from outside that begin; each that completes takes "
	    "the hash lock." },
	{ "inbound", "lifetime", PARAM_DIST, 0, RUN(inbound.lifetime),
	    "exponential(10s)", NULL, ANY, NULL, NULL,
	    "How long an accepted connection lives." },
	{ "inbound", "closer", PARAM_CHOICE, 0, RUN(inbound.closer), "local",
	    NULL, ANY, "local;remote", NULL,
	    "Who closes an accepted connection first. A server that ends idle "
	    "clients' connections does (local), and has the TIME_WAIT." },
	{ "inbound", "peer-close", PARAM_DIST, 0, RUN(inbound.peer_close),
	    "constant(0s)", NULL, ANY, NULL, NULL,
	    "closer = local: how long a client takes to close, too; this host "
	    "is in FIN_WAIT_2 meanwhile." },
	{ "inbound", "open", PARAM_COUNT, 0, RUN(inbound.open), "0", NULL, 0,
	    16777216, NULL, NULL,
	    "Accepted connections that are there when the run begins." },
	{ "inbound", "queues", PARAM_COUNT, 0, RUN(inbound.queues), "0", NULL,
	    0, 1024, NULL, "dev.X.iflib.override_nrxqs",
	    "Receive queues, each with a thread; 0: as many as CPUs, at most "
	    "8." },
	{ "inbound", "rx-priority", PARAM_COUNT, 0, RUN(inbound.rx_priority),
	    "0", NULL, 0, 79, NULL, NULL,
	    "Priority of the receive threads; 0: that of the release, 8 of "
	    "11's interrupt threads (PI_NET; those of 12 and 13, too), 24 of "
	    "iflib's in 12 and 13 (PI_SOFT), 8 from 14 on." },
	{ "inbound", "rx-bound", PARAM_BOOL, 0, RUN(inbound.rx_bound), "1",
	    NULL, ANY, NULL, NULL,
	    "Each bound to a CPU (1: iflib; igb, ix of 11), or floating (0)." },
	{ "inbound", "ring", PARAM_COUNT, 0, RUN(inbound.ring), "1024", NULL,
	    1, 1048576, NULL, "dev.X.iflib.override_nrxds",
	    "Frames that a queue holds; one more is lost, and comes again "
	    "after a time out of TCP." },
	{ "inbound", "tx-hold", PARAM_DURATION, 0, RUN(inbound.tx_hold), "0",
	    NULL, 0, SIM_S, NULL, NULL,
	    "NICs whose transmit queues have a mutex (vtnet of 12.1): how long "
	    "who sends holds it. Who finds it held leaves the frame to a "
	    "thread of the queue. 0: there is none." },
	{ "inbound", "backlog", PARAM_COUNT, 0, RUN(inbound.backlog), "128",
	    NULL, 1, 1000000, NULL, "kern.ipc.soacceptqueue",
	    "Of the listener: beyond one and a half times as many that nobody "
	    "accepted yet, clients are refused." },
	{ "inbound", "rtt", PARAM_DURATION, 0, RUN(inbound.rtt), "1ms", NULL,
	    0, 3600 * SIM_S, NULL, NULL,
	    "Network time to a client, who answers at once, and back." },
	{ "inbound", "lport", PARAM_COUNT, 0, RUN(inbound.lport), "443",
	    NULL, 1, 65535, NULL, NULL,
	    "The listener's port." },

	/* ---- [netstat] ------------------------------------------------- */
	{ "netstat", "period", PARAM_DURATION, 0, RUN(netstat.period), "0",
	    NULL, 0, DAYS(26), NULL, NULL,
	    "Somebody runs netstat this often; 0: nobody does." },

	/* ---- [workload:NAME] ------------------------------------------- */
	{ "workload", "load", PARAM_LOAD, PARAM_REQUIRED, LOAD(load), NULL,
	    NULL, ANY, NULL, NULL,
	    "When connections are due; see `pcbsim list loads'." },
	{ "workload", "rate", PARAM_PROFILE, PARAM_BY_LOAD,
	    LOAD_LIST(rates, nrates), NULL, NULL, 0,
	    UINT64_C(10000000000000), NULL, NULL,
	    "New connections a second, or a profile of rates: 2k/s; 30s: 8k/s; "
	    "60s: 2k/s, with times from the start of the run." },
	{ "workload", "lifetime", PARAM_DIST, PARAM_BY_LOAD, LOAD(lifetime),
	    NULL, NULL, ANY, NULL, NULL,
	    "How long a connection lives, TIME_WAIT not counted." },
	{ "workload", "think", PARAM_DIST, PARAM_BY_LOAD, LOAD(think), NULL,
	    NULL, ANY, NULL, NULL,
	    "How long a client waits between two connections." },
	{ "workload", "bind", PARAM_CHOICE, 0, LOAD(bind), "none", NULL, ANY,
	    "none;laddr;laddr+port;any;noport", NULL,
	    "Does the program bind before connect()? none: no (rule 2); laddr: "
	    "to an address, the kernel chooses the port (rule 1); laddr+port: "
	    "the program chooses both; any: to 0.0.0.0 and port 0, so that the "
	    "kernel chooses a port that is free on all addresses, as for "
	    "none before 12.2; noport: to an address, with "
	    "IP_BIND_ADDRESS_NO_PORT, so that connect() chooses a port that is "
	    "free towards its destination (Linux). A replay binds as recorded; "
	    "laddr+port makes it bind to the recorded port, too, noport "
	    "leaves the port of those that are bound to connect()." },
	{ "workload", "portrange", PARAM_PORTRANGE, 0, LOAD(portrange),
	    "default", NULL, ANY, NULL, "setsockopt(2)",
	    "Where its local ports come from. default: portrange.first to "
	    ".last; high, low: IP_PORTRANGE_HIGH, IP_PORTRANGE_LOW, which root "
	    "sets; A-B: the program's own, as HAProxy's source ports, which "
	    "needs bind = laddr+port, or a kernel with IP_LOCAL_PORT_RANGE." },
	{ "workload", "laddrs", PARAM_ADDRS, 0, LOAD_LIST(laddrs, nladdrs),
	    "all", "all", 1, ADDRS_MAXLOCAL, NULL, NULL,
	    "Local addresses it binds to, in turn; all: host.laddrs." },
	{ "workload", "laddrs-full", PARAM_BOOL, 0, LOAD(laddrs_full), "0",
	    NULL, ANY, NULL, NULL,
	    "Not in turn, but one after the other, each until its range of "
	    "ports is used up (1)." },
	{ "workload", "faddrs", PARAM_ADDRS, PARAM_BY_LOAD,
	    LOAD_LIST(faddrs, nfaddrs), NULL, NULL, 1, ADDRS_MAX, NULL, NULL,
	    "Addresses it connects to, each as likely as the others." },
	{ "workload", "fport", PARAM_PORTS, PARAM_BY_LOAD,
	    LOAD_LIST(fports, nfports), NULL, NULL, ANY, NULL, NULL,
	    "Port it connects to; of several, each is as likely as the others: "
	    "80; 8000-8099." },
	{ "workload", "threads", PARAM_COUNT, 0, LOAD(threads), "0", NULL, 0,
	    65536, NULL, NULL,
	    "Threads that open and close its connections; 0: each finds one, "
	    "as separate programs do." },
	{ "workload", "launchers", PARAM_COUNT, 0, LOAD(launchers), "1", NULL,
	    0, 65536, NULL, NULL,
	    "threads = 0: processes that start these programs. What a child "
	    "runs counts as its launcher's, so that who starts many a second "
	    "starts batch programs; 0: each has an idle shell of its own." },
	{ "workload", "closer", PARAM_CHOICE, 0, LOAD(closer), "local", NULL,
	    ANY, "local;remote;abort", NULL,
	    "Who closes first, and so has the TIME_WAIT. abort: the program, "
	    "by SO_LINGER 0; nobody has one, and the peer has not answered "
	    "yet." },
	{ "workload", "peer-close", PARAM_DIST, 0, LOAD(peer_close),
	    "constant(0s)", NULL, ANY, NULL, NULL,
	    "closer = local: how long the peer takes to close, too; until then "
	    "the port is held in FIN_WAIT_2, and TIME_WAIT comes after it. The "
	    "kernel gives up at last: net.inet.tcp.keepintvl, "
	    "net.inet.tcp.fast_finwait2_recycle." },
	{ "workload", "unanswered", PARAM_FACTOR, 0, LOAD(unanswered_ppm),
	    "0", NULL, 0, 1000000, NULL, NULL,
	    "Share of SYNs that nobody answers, as behind a firewall that "
	    "drops them: connect() fails after net.inet.tcp.keepinit, and the "
	    "port is held until then." },
	{ "workload", "bind-only", PARAM_BOOL, 0, LOAD(bind_only), "0", NULL,
	    ANY, NULL, NULL,
	    "1: it binds, which `bind' must ask for, and closes at once; what "
	    "counts as a connection is its bind(2) then." },
	{ "workload", "sockopts", PARAM_FLAGS, 0, LOAD(sockopts), "", NULL,
	    ANY, "reuseaddr;reuseport;reuseport_lb", "setsockopt(2)",
	    "Socket options it sets, separated by ;." },
	{ "workload", "retry", PARAM_DURATION, 0, LOAD(retry), "0", NULL, 0,
	    DAYS(1), NULL, NULL,
	    "How long after a failure it tries again, without a sleep if that "
	    "is less than a microsecond; 0: it gives up, and a client of a "
	    "closed load or a slot of a pool is lost with it." },
	{ "workload", "retry-for", PARAM_DURATION, 0, LOAD(retry_for), "0",
	    NULL, 0, DAYS(26), NULL, NULL,
	    "How long it tries again before it gives up; 0: for ever." },
	{ "workload", "tries", PARAM_COUNT, 0, LOAD(tries), "1", NULL, 1,
	    1000, NULL, NULL,
	    "Peers that it tries at once, one after the other and in the same "
	    "thread, when bind() or connect() fails, as nginx with "
	    "proxy_next_upstream." },
	{ "workload", "rtt", PARAM_DURATION, 0, LOAD(rtt), "1ms", NULL, 0,
	    3600 * SIM_S, NULL, NULL,
	    "Network time to the peer and back." },
	{ "workload", "start", PARAM_DURATION, 0, LOAD(start), "0", NULL, 0,
	    DAYS(26), NULL, NULL,
	    "When its first connections are due." },
	{ "workload", "stop", PARAM_DURATION, 0, LOAD(stop), "never", "never",
	    0, DAYS(26), NULL, NULL,
	    "From when on none are due any more; open ones live on." },
	{ "workload", "size", PARAM_COUNT, PARAM_BY_LOAD, LOAD(size), NULL,
	    NULL, 1, 16777216, NULL, NULL,
	    "closed, pool: connections it holds; burst: connections a burst." },
	{ "workload", "total", PARAM_COUNT, PARAM_BY_LOAD, LOAD(total), "0",
	    NULL, 0, UINT64_C(1000000000000), NULL, NULL,
	    "Connections it wants at most, and then no more, as ab -n; 0: no "
	    "limit." },
	{ "workload", "open", PARAM_COUNT, PARAM_BY_LOAD, LOAD(open), "0",
	    NULL, 0, 16777216, NULL, NULL,
	    "Connections that are open when the run begins, somewhere in their "
	    "lives; closed, pool: so many of the size." },
	{ "workload", "every", PARAM_DURATION, PARAM_BY_LOAD, LOAD(every),
	    "0", NULL, 0, DAYS(26), NULL, NULL,
	    "Time between two bursts; 0: one burst only." },
	{ "workload", "file", PARAM_FILE, PARAM_BY_LOAD, NOWHERE, NULL, NULL,
	    ANY, NULL, NULL,
	    "Recording to replay: a CSV, *.gz too, relative to this file." },
	{ "workload", "speed", PARAM_FACTOR, PARAM_BY_LOAD, LOAD(speed_ppm),
	    "1", NULL, 1000, UINT64_C(1000000000000), NULL, NULL,
	    "Replay this many times as fast: times and durations shrink." },
	{ "workload", "repeat", PARAM_COUNT, PARAM_BY_LOAD, LOAD(repeat),
	    "1", NULL, 1, 1000000, NULL, NULL,
	    "Replay this often, one after the other." },
	{ "workload", "on-error", PARAM_CHOICE, PARAM_BY_LOAD, NOWHERE,
	    "stop", NULL, ANY, "stop;skip", NULL,
	    "A bad row of a recording: stop with an error, or skip it and say "
	    "how many were skipped." },

	/* ---- [observer:NAME] ------------------------------------------ */
	{ "observer", "kind", PARAM_CHOICE, PARAM_REQUIRED, OBSERVER(kind),
	    NULL, NULL, ANY, "vt-echo;vt-shell;ssh;ssh-login;timed;itimer;"
	    "serial;loopback;echo;pingpong", NULL,
	    "By which way through the kernel it is served; see `pcbsim list "
	    "observers'. Without observers there are screen (vt-echo), ssh, "
	    "daemon (timed) and serial; [console] stands for "
	    "[observer:console] with kind = vt-echo." },
	{ "observer", "period", PARAM_DURATION, 0, OBSERVER(period),
	    "100ms", NULL, SIM_MS, DAYS(1), NULL, NULL,
	    "It wants something at every period." },
	{ "observer", "work", PARAM_DURATION, 0, OBSERVER(work),
	    "auto", "auto", 0, DAYS(1), NULL, NULL,
	    "CPU time that it takes each time: of the program, of the screen's "
	    "drawing (vt-echo), of the driver (serial). auto: that of its "
	    "kind." },
	{ "observer", "closed", PARAM_BOOL, 0, OBSERVER(closed), "0", NULL,
	    ANY, NULL, NULL,
	    "A period begins when it has been served (1), as that of a program "
	    "that sleeps between two requests; or whatever happened before "
	    "(0), so that one long freeze counts as all that it swallowed." },
	{ "observer", "cpu", PARAM_COUNT, 0, OBSERVER(cpu), "any", "any", 0,
	    1023, NULL, "cpuset(1)",
	    "Its threads are bound to this CPU, from 0." },
	{ "observer", "priority", PARAM_COUNT, 0, OBSERVER(priority), "0",
	    NULL, 0, 255, NULL, "rtprio(1)",
	    "Of its threads, as the kernel counts: 48 to 79 are rtprio(1)'s; "
	    "0: that of its kind." },
	{ "observer", "deadline", PARAM_DURATION, 0, OBSERVER(deadline),
	    "500ms", NULL, 0, DAYS(1), NULL, NULL,
	    "Later than this, and it is frozen." },

	/* ---- [variant:NAME] -------------------------------------------- */
	{ "variant", "stack", PARAM_STACK, PARAM_REQUIRED, RUN(stack), NULL,
	    NULL, ANY, NULL, NULL,
	    "The kernel; see `pcbsim list stacks'. Proposals may stand behind "
	    "it, as in freebsd-14+spread; see `pcbsim list proposals'. "
	    "Further keys of a variant are parameter paths that it changes: "
	    "workload:nginx.rate = 50/s." },
	{ .group = NULL }
};

_Static_assert(G_N_ELEMENTS(param_table) <= PARAM_MAXKEYS,
    "names of all keys have room");
