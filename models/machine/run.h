/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * One run: one variant, one replication.  run_conf goes in, run_result comes
 * out; nothing else passes between a study and the models.  A run touches no
 * global state, so that any number may go in parallel.
 */

#ifndef MODELS_MACHINE_RUN_H
#define	MODELS_MACHINE_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/cpus/costs.h"
#include "models/locks/use.h"
#include "models/machine/blame.h"
#include "models/machine/recording.h"
#include "models/measures/result.h"
#include "models/net/net.h"
#include "sim/dist.h"
#include "sim/time.h"
#include "sim/trace.h"

struct hist;
struct stack;
struct load;

/* ---- in ---------------------------------------------------------------- */

/* Events a second, in millionths: 2k/s is 2000000000. */
typedef uint64_t rate_uhz;

/* From `from' on the rate is `rate', until the next step. */
struct rate_step {
	simtime		from;
	rate_uhz	rate;
};

enum workload_bind {
	BIND_NONE,		/* rule 2: connect() without bind() */
	BIND_LADDR,		/* rule 1: bind(laddr, 0) first */
	BIND_LADDR_LPORT,	/* bind(laddr, lport) by the program itself */
	BIND_ANY,		/* bind(*, 0) first: any address, a port */
	BIND_NOPORT		/* bind(laddr, 0) that leaves the port to
				   connect(): IP_BIND_ADDRESS_NO_PORT */
};

/* Does it bind to an address of its own? */
bool	bind_has_laddr(enum workload_bind);

/* A sysctl whose default depends on the kernel. */
enum sysctl_bool {
	SYSCTL_AUTO,
	SYSCTL_OFF,
	SYSCTL_ON
};

enum workload_closer {
	CLOSER_LOCAL,		/* we close first: TIME_WAIT is ours */
	CLOSER_REMOTE,		/* the peer closes first: none here */
	CLOSER_ABORT		/* we do, by SO_LINGER 0, and no peer has
					   answered: the pcb is gone at once */
};

/* The ports that a program's sockets come from. */
enum portrange_kind {
	PORTRANGE_DEFAULT,	/* portrange.first to .last */
	PORTRANGE_HIGH,		/* IP_PORTRANGE_HIGH: hifirst to hilast */
	PORTRANGE_LOW,		/* IP_PORTRANGE_LOW: lowfirst to lowlast */
	PORTRANGE_OWN		/* the program's, or IP_LOCAL_PORT_RANGE */
};

struct portrange {
	enum portrange_kind kind;
	uint16_t	first, last;	/* PORTRANGE_OWN: first <= last */
};

struct workload_conf {
	const char	*name;
	const struct load *load;	/* plug-in: poisson, closed, ... */
	unsigned	nrates;
	const struct rate_step *rates;	/* rates[nrates], ascending, [0]=0 */
	struct dist	lifetime;	/* of a connection */
	struct dist	think;		/* closed: between connections */
	enum workload_bind bind;
	struct portrange portrange;
	unsigned	nladdrs;	/* to bind to, round robin */
	const uint32_t	*laddrs;
	bool		laddrs_full;	/* .. one after the other, each until
					   its ports are used up */
	unsigned	nfaddrs;	/* chosen uniformly */
	const uint32_t	*faddrs;
	unsigned	nfports;	/* likewise */
	const uint16_t	*fports;
	unsigned	threads;	/* 0: a thread for each connection that
					   needs one (separate programs) */
	unsigned	launchers;	/* .. who start these; 0: each has a
					   shell of its own */
	enum workload_closer closer;
	/* Of those that we close first: until the peer's FIN, after it has
	   acknowledged ours. */
	struct dist	peer_close;
	uint64_t	unanswered_ppm;	/* SYNs that nobody answers */
	unsigned	sockopts;	/* set of net_sockopt */
	bool		bind_only;	/* and closes again */
	/*
	 * After a failure; 0: give up.  What a closed load or a pool gives up
	 * it does not open again: that client, that slot is lost.
	 */
	simtime		retry;
	unsigned	tries;		/* .. and at once, at another peer: so
					   many in all; 0 as 1 */
	simtime		retry_for;	/* and then gives up; 0: never */
	simtime		rtt;		/* to the peer and back */
	simtime		start, stop;	/* arrivals within [start, stop) */
	unsigned	size;		/* closed, pool: connections held;
					   burst: connections a burst */
	uint64_t	total;		/* connections wanted at most; 0: any
					   number */
	unsigned	open;		/* of the size, or beside what arrives:
					   open before the run begins */
	simtime		every;		/* burst: period; 0: once */
	const struct recording *recording; /* replay; borrowed */
	/* replay: what others opened; NULL: nothing; borrowed */
	const struct recording *recorded_in;
	uint64_t	speed_ppm;	/* replay: 1000000 as recorded */
	unsigned	repeat;		/* replay: 1 once */
};

/* By which way somebody is served; models/machine/chain.h has the stages. */
enum observer_kind {
	OBSERVER_VT_ECHO,
	OBSERVER_VT_SHELL,
	OBSERVER_SSH,
	OBSERVER_SSH_LOGIN,
	OBSERVER_TIMED,
	OBSERVER_ITIMER,
	OBSERVER_SERIAL,
	OBSERVER_LOOPBACK,
	OBSERVER_ECHO,
	OBSERVER_PINGPONG,
	OBSERVER_NKINDS
};

/* Somebody who wants a little at every period, and notices if it is late. */
struct observer_conf {
	const char	*name;		/* "screen" */
	enum observer_kind kind;
	simtime		period, deadline;
	simtime		work;		/* SIM_NEVER: that of its kind */
	bool		closed;		/* the next period begins when it has
					   been served */
	unsigned	cpu;		/* its threads' only one; UINT_MAX:
					   any */
	unsigned	priority;	/* its threads'; 0: of its kind */
};

/*
 * Sysctls that not every kernel family has, by the names of its knobs
 * (models/net/net.h).
 */
enum run_knob {
	RUN_IP_LOCAL_PORT_RANGE,
	RUN_IP_LOCAL_RESERVED_PORTS,
	RUN_IP_LOCAL_PORT_STEP_WIDTH,
	RUN_IP_AUTOBIND_REUSE,
	RUN_TCP_TW_REUSE,
	RUN_TCP_TW_REUSE_DELAY,
	RUN_TCP_TIMESTAMPS,
	RUN_NKNOBS
};

const char *run_knob_name(enum run_knob);

/* How virtual CPUs share what is below them: models/cpus/share.h, turns.h. */
enum host_turns { HOST_TURNS_EQUAL, HOST_TURNS_ICOUNT };

struct run_conf {
	const struct stack *stack;
	enum net_search	search;
	uint64_t	seed;
	unsigned	replication;	/* 0-based */
	simtime		duration;
	simtime		interval;	/* of the timeline */
	simtime		stall_threshold;
	/* What happens before counts in the timeline only. */
	simtime		warmup;
	/*
	 * Kernels with bucket locks: candidates tried as the tables were at
	 * the first of them; 0: each is looked at under its locks.
	 */
	unsigned	seek_stretch;
	bool		measures;	/* of port choice: struct
					   measures_result */
	/* Nobody is going to ask for what is told of each interval: .rows,
	   .causes and .occupancies stay empty, nothing of them is traced, and
	   all else is the same. */
	bool		rowless;
	uint64_t	shuffle_ties;	/* for tests: sim_shuffle_ties() */
	bool		stepwise;	/* for tests: nothing is done at once */

	struct {
		unsigned	cpus;
		unsigned	nladdrs;
		const uint32_t	*laddrs;	/* [0] is the primary */
		uint64_t	maxsockets;
		const struct costs *costs;
		rate_uhz	noise;		/* wake-ups of daemons */
		simtime		noise_work;	/* each, mean */
		unsigned	cores;		/* below the CPUs; 0: as many */
		simtime		turn;		/* what a pause gives away; 0:
						   nothing */
		unsigned	turns;		/* enum host_turns */
	} host;

	struct {
		uint16_t	portrange_first, portrange_last;
		uint16_t	portrange_hifirst, portrange_hilast;
		uint16_t	portrange_lowfirst, portrange_lowlast;
		bool		portrange_randomized;
		unsigned	portrange_randomcps, portrange_randomtime;
		bool		require_unique_port;
		uint32_t	tcbhashsize;		/* 0: automatic */
		simtime		msl;
		simtime		time_wait;	/* 0: twice the msl */
		unsigned	anonportalgo;	/* netbsd: a value of `algo' */
		/* dragonfly; UINT32_MAX: twice the CPUs. */
		uint32_t	porthash_trycount;
		uint64_t	maxtcptw;		/* 0: automatic */
		enum sysctl_bool nolocaltimewait;
		/* Peers that are not heard of (lapse.h). */
		simtime		keepinit, keepintvl, finwait2_timeout;
		unsigned	keepcnt;
		bool		fast_finwait2_recycle;
		/* Linux': s, and counts; 0: another kernel. */
		unsigned	fin_timeout, syn_retries, syn_linear_timeouts;
		enum sysctl_bool inaddr_wild;	/* connect to 0.0.0.0 */
		bool		pin_default_swi;	/* softclock on CPU 0 */
		bool		steal_idle, balance;	/* of the scheduler */
		unsigned	hz;
		bool		periodic;	/* timers wait for a tick */
		/* Frees wait for readers; who reads stays where it is. */
		bool		epoch_calls, epoch_pins;
		/* As texts; NULL: the kernel's own default. */
		const char	*knobs[RUN_NKNOBS];
		/* Spin back-off, pauses; 0: automatic. */
		unsigned	delay_max;
	} kernel;

	unsigned	nobservers;	/* at most RUN_MAXOBSERVERS */
	const struct observer_conf *observers;

	struct {
		rate_uhz	segments;	/* of established connections */
		rate_uhz	accepts;	/* handshakes completed */
		struct dist	lifetime;	/* of an accepted connection */
		uint16_t	lport;		/* the listener's */
		unsigned	queues;		/* 0: CPUs, at most 8 */
		unsigned	rx_priority;	/* of their threads; 0: that of
						   the release */
		bool		rx_bound;	/* each to a CPU */
		unsigned	ring;		/* frames a queue holds */
		simtime		tx_hold;	/* of a transmit queue's mutex;
						   0: there is none */
		unsigned	backlog;	/* of the listener */
		simtime		rtt;		/* to a client and back */
		unsigned	open;		/* connections at the start */
		enum workload_closer closer;
		struct dist	peer_close;	/* as a workload's */
	} inbound;

	struct {
		simtime		period;		/* 0: nobody runs netstat */
	} netstat;

	unsigned	nworkloads;
	const struct workload_conf *workloads;

	struct trace	trace;
	/*
	 * Asked now and then (NULL: never): true ends the run early and marks
	 * its result incomplete.  Must not change anything simulated.
	 */
	bool		(*stop)(void *arg, simtime now);
	void		*stop_arg;
};

/* The range that a workload's ports come from, first <= last. */
void	portrange_of(const struct run_conf *, const struct workload_conf *,
	    uint16_t *first, uint16_t *last);

/* ---- out --------------------------------------------------------------- */

enum verdict {
	VERDICT_OK,
	VERDICT_FAILS,		/* some attempt failed, not for want of a
				   port */
	VERDICT_EXHAUSTED,	/* some connect() got EADDRNOTAVAIL */
	VERDICT_STALLS,		/* a stall above the threshold */
	VERDICT_FREEZES,	/* an observer missed its deadline */
	VERDICT_NEVER_RECOVERS,	/* and still did when the run ended */
	VERDICT_PANICS,		/* the modelled kernel went down */
	NVERDICTS
};

const char *verdict_name(enum verdict);

/*
 * Counts of connections and of attempts to open them; one for the run, one a
 * workload.  wanted = ok + failed + waiting: each connection counts once,
 * however often it is tried.
 */
struct attempt_counts {
	uint64_t	wanted;		/* connections due */
	uint64_t	failed;		/* got an error, and nothing else yet */
	uint64_t	trying;		/* of those: will try again */
	uint64_t	waiting;	/* neither an error nor a connection */
	uint64_t	attempts;	/* bind+connect tried, retries too */
	uint64_t	ok;
	uint64_t	eaddrnotavail;
	uint64_t	no_port;	/* .. or whatever else the kernel says
					   when it finds no port */
	uint64_t	eaddrinuse;
	uint64_t	enobufs;	/* the kernel has no more sockets */
	uint64_t	other;
	uint64_t	unfinished;	/* due, but not decided at the end */
};

/* What an observer saw.  Late: by more than its deadline. */
struct observer_result {
	const char	*name;		/* borrowed from the run_conf */
	struct hist	*lag;		/* ps: served - due - what it takes
					   when nobody is in its way */
	simtime		frozen;		/* union of [due, served] of the late */
	simtime		unfreeze;	/* the longest chain of freezes */
	bool		frozen_at_end;
	const char	*waited;	/* where the longest lag was spent, a
					   stage; "": there was none */
	simtime		lag_max;	/* that one */
	simtime		lag_from;	/* when it was due */
	struct blame	why;		/* whom it waited for then; names are
					   interned */
	double		why_share;	/* for this part of the time */
};

struct workload_result {
	const char	*name;		/* borrowed from the run_conf */
	struct attempt_counts count;
	simtime		first_exhaustion;	/* SIM_NEVER: none */
	struct hist	*connect;	/* latency from due, ps */
	simtime		busy_max;	/* the longest that one of its threads
					   was at one connection */
	/*
	 * From its first bind() or connect() until that is decided; over the
	 * loopback until the server's end is there.  ps
	 */
	struct hist	*call;
	/* By the server here: of those recorded as coming in, and over the
	   loopback. */
	uint64_t	accepted, accept_refused;
	simtime		accept_max;	/* from the SYN's arrival */
};

#define	RUN_MAXOBSERVERS	16

/* One interval of the timeline, the states at its end. */
struct timeline_row {
	simtime		time;		/* end of the interval */
	uint64_t	pcbs;
	unsigned	ports_busy;	/* in the range, held by any pcb */
	unsigned	ports_free_any;	/* free for an unbound 12.0 connect */
	unsigned	tuples_free;	/* free for the primary address towards
					   the fullest destination */
	uint64_t	timewaits;	/* their time is not over */
	uint64_t	timewaits_over;	/* it is, and they are there still */
	uint64_t	connects_ok;
	uint64_t	connects_failed;
	double		hash_hold_frac;	/* 0..1 */
	unsigned	hash_waiters_max;
	double		spin_cpus_mean;
	simtime		stall_max;
	simtime		lag_max[RUN_MAXOBSERVERS];	/* of each observer */
};

/*
 * A stall: the part of one hold of a lock in which somebody waited for it, if
 * longer than the threshold.
 */
struct stall {
	simtime		start;		/* first waiter of this hold */
	simtime		length;
	const char	*lock;		/* "tcphash" */
	const char	*holder;	/* "utilities", "rx3", "softclock" */
	const char	*doing;		/* "connect", "tcp_close" */
	uint64_t	iterations;	/* of the search under this hold */
	uint64_t	visits;
	unsigned	waiters;	/* at most, at one time */
};

/* What most of a connect's latency went to. */
enum connect_cause {
	CAUSE_THREAD,		/* no thread of its program was free */
	CAUSE_CPU,		/* its thread had no CPU */
	CAUSE_LOCK,		/* its thread waited for locks */
	CAUSE_SEARCH,		/* its own search for a port */
	CAUSE_WORK,		/* the rest of its own work */
	NCAUSES
};

const char *connect_cause_name(enum connect_cause);

/*
 * Connects decided in one interval of the timeline, of one cause and nearly
 * the same latency.
 */
struct cause_row {
	simtime		time;		/* end of the interval */
	enum connect_cause cause;
	simtime		latency;	/* the highest it may be, ps */
	uint64_t	count;
	uint64_t	failed;		/* of those */
};

/* Ports in use on one local address, or on several that follow another. */
struct occupancy_row {
	simtime		time;
	uint32_t	laddr;		/* the first */
	unsigned	laddrs;		/* how many */
	uint64_t	ports_busy;	/* in the range, sum over them */
};

struct lock_result {
	const char	*name;
	uint64_t	acquisitions;
	uint64_t	contested;	/* had to wait */
	struct hist	*hold;		/* ps */
	struct hist	*wait;		/* ps, of contested acquisitions */
	double		busy_frac;	/* exclusively held, 0..1 */
	uint64_t	spins, sleeps;	/* waits that began so */
};

/* What one operation did to one lock, or to all locks of a kind. */
struct lock_use_result {
	const char	*lock;		/* "tcphash" */
	const char	*class;		/* "mutex" */
	const char	*op;		/* "connect" */
	bool		shared;
	struct lock_use	use;
};

struct run_result {
	bool		complete;	/* false: stopped early */
	simtime		end;		/* simulated time reached */
	uint64_t	events;

	struct attempt_counts count;
	simtime		first_exhaustion;
	struct hist	*connect;	/* latency from due, ps */
	simtime		spent[NCAUSES];	/* its parts, means; SIM_NEVER: no
					   connect was decided */
	struct hist	*probes;	/* iterations of a search */
	uint64_t	searches;
	uint64_t	visits_max;	/* list nodes in one search */
	struct hist	*hash_hold;	/* ps; borrowed from `locks' */
	struct hist	*hash_wait;
	double		hold_busy_frac;
	simtime		stall_max;
	simtime		wait_max;	/* longest single wait for a lock */
	double		spin_cpu_frac;	/* of all CPU time */
	struct hist	*console;	/* the first observer's lag, ps; NULL:
					   there is none */
	simtime		frozen;		/* likewise its times */
	simtime		unfreeze;
	bool		frozen_at_end;	/* some observer */
	bool		panicked;	/* the modelled kernel */
	uint64_t	pcbs_max;
	uint64_t	timewait_recycled;
	uint64_t	lapsed;		/* closed by a timer: their peers were
					   not heard of */
	uint64_t	accepted;	/* by the server, from outside */
	uint64_t	accept_refused;	/* its queue was full, or as recorded */
	struct hist	*accept;	/* from the SYN's arrival, ps */
	struct thread_time {
		double	cpus;		/* on a CPU, of all such threads */
		double	spinning;	/* .. for locks */
		double	blocked;	/* asleep for locks, threads */
	} rx, netisr, clock, users;
	uint64_t	segments;	/* processed */
	uint64_t	segments_dropped; /* receive queue full */
	/*
	 * What the searches would need of their one lock: attempts due a second
	 * times their mean hold; above 1 they never get done.  < 0: there is
	 * no such lock, or nobody searched.
	 */
	double		rho;
	/*
	 * From the end of the last workload that stops until nobody failed and
	 * nobody was late any more; SIM_NEVER: none stops, or it still goes on.
	 */
	simtime		recover;
	enum verdict	verdict;
	struct measures_result measures;

	unsigned	nworkloads;
	struct workload_result *workloads;
	unsigned	nobservers;
	struct observer_result *observers;
	unsigned	nlocks;
	struct lock_result *locks;
	unsigned	nuses;
	struct lock_use_result *uses;	/* those that were used */
	/* At the ends of intervals, the last and the most of them. */
	bool		looked;		/* there was one */
	unsigned	ports_busy_end, ports_busy_max;
	size_t		nrows;
	struct timeline_row *rows;
	size_t		ncauses;
	struct cause_row *causes;	/* by time, cause, latency */
	size_t		noccupancies;
	struct occupancy_row *occupancies;	/* by time, address */
	size_t		nstalls;
	struct stall	*stalls;
	uint64_t	stalls_unlisted; /* beyond the first RUN_MAXSTALLS */
};

#define	RUN_MAXSTALLS	200000

void	run_result_free(struct run_result *);

#endif /* !MODELS_MACHINE_RUN_H */
