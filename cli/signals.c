/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Signals, descriptors, memory; see signals.h.
 */

#include <sys/mman.h>
#include <sys/resource.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/outfile.h"
#include "cli/signals.h"
#include "study/plot/gnuplot.h"
#include "study/run/crew.h"
#include "study/run/stage.h"

/* Sanitizers have a use for faults of their own. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define	SIGNALS_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
#define	SIGNALS_SANITIZED
#endif
#endif

/* If not even that much is to be had, memory is what was wanted, bytes. */
#define	SIGNALS_LITTLE	((size_t)1 << 20)

/*
 * timeout(1) signals its child and then the group that it is in, systemd and a
 * session that ends send two kinds: within this time they are one request.
 */
#define	SIGNALS_ONE_MS	500

gint signals_caught;
gint signals_asked;

/* When the first came, ms by some clock, never 0; 0: it is being told. */
static gint signals_since;

/* In a handler of a signal. */
static guint
signals_now(void)
{
	struct timespec ts;

	if (clock_gettime(CLOCK_MONOTONIC, &ts) != 0)
		return (1);
	return (((guint)ts.tv_sec * 1000 + (guint)ts.tv_nsec / 1000000) | 1);
}

/* The first is heeded in time; one that comes later ends us at once. */
static void
signals_on(int signo)
{
	guint since;

	if (g_atomic_int_compare_and_exchange(&signals_caught, 0, signo)) {
		g_atomic_int_set(&signals_since, (gint)signals_now());
		return;
	}
	since = (guint)g_atomic_int_get(&signals_since);
	if (since == 0 || signals_now() - since < SIGNALS_ONE_MS)
		return;
	(void)signal(signo, SIG_DFL);
	(void)raise(signo);
}

static void
signals_on_question(int signo)
{

	(void)signo;
	g_atomic_int_set(&signals_asked, 1);
}

void
signals_catch(void)
{
	struct sigaction sa = { .sa_handler = signals_on }, was;

	sigemptyset(&sa.sa_mask);
	sa.sa_flags = SA_RESTART;
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	/* nohup(1) is right. */
	if (sigaction(SIGHUP, NULL, &was) == 0 && was.sa_handler != SIG_IGN)
		sigaction(SIGHUP, &sa, NULL);
	signal(SIGPIPE, SIG_IGN);
	gnuplot_stop_on(&signals_caught);
	outfile_stop_on(&signals_caught);
}

void
signals_release(void)
{
	static const int caught[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction was;
	size_t i;

	for (i = 0; i < sizeof(caught) / sizeof(caught[0]); i++)
		if (sigaction(caught[i], NULL, &was) == 0 &&
		    was.sa_handler == signals_on)
			(void)signal(caught[i], SIG_DFL);
}

static void
signals_on_end(int signo)
{

	outfile_abandon();
	stage_abandon();
	(void)signal(signo, SIG_DFL);
	(void)raise(signo);
}

void
signals_leave(void)
{
	static const int ends[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction sa = { .sa_handler = signals_on_end }, was;
	size_t i;

	sigemptyset(&sa.sa_mask);
	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (sigaction(ends[i], NULL, &was) == 0 &&
		    was.sa_handler == SIG_DFL)
			(void)sigaction(ends[i], &sa, NULL);
}

void
signals_catch_questions(void)
{
	struct sigaction sa = { .sa_handler = signals_on_question };

	sigemptyset(&sa.sa_mask);
	sa.sa_flags = SA_RESTART;
	sigaction(SIGUSR1, &sa, NULL);
#ifdef SIGINFO
	sigaction(SIGINFO, &sa, NULL);
#endif
}

/* ---- memory ------------------------------------------------------------ */

/* Without memory, and in a handler of a signal: no stdio, no allocation. */
static void
signals_write(const char *text)
{
	ssize_t n;

	n = write(STDERR_FILENO, text, strlen(text));
	(void)n;
}

static void
signals_say(const char *text)
{

	signals_write("pcbsim: ");
	signals_write(text);
	signals_write("\n");
}

static void
signals_no_memory(void)
{
	static gint told;
	char digits[24], *at;
	struct rlimit rl;
	uintmax_t kib;

	/* Of several threads one tells it, and ends them all. */
	while (!g_atomic_int_compare_and_exchange(&told, 0, 1))
		(void)pause();
	signals_write("pcbsim: there is no memory left");
	if (getrlimit(RLIMIT_AS, &rl) == 0 && rl.rlim_cur != RLIM_INFINITY) {
		at = digits + sizeof(digits);
		*--at = '\0';
		for (kib = rl.rlim_cur / 1024; kib > 0; kib /= 10)
			*--at = (char)('0' + kib % 10);
		signals_write(" (its limit: ulimit -v ");
		signals_write(*at == '\0' ? "0" : at);
		signals_write(")");
	}
	signals_write("; what was being written is cleared away by the next "
	    "run\n");
	outfile_abandon();
	_exit(CLI_IO);
}

/* What GLib has to say before it aborts; a GLogFunc. */
static void
signals_on_log(const char *domain, GLogLevelFlags level, const char *text,
    void *arg)
{
	const char *what;

	if ((level & G_LOG_LEVEL_ERROR) != 0 && text != NULL) {
		what = strstr(text, "failed to allocate");
		if (what != NULL) {
			signals_say(what);
			signals_no_memory();
		}
		/*
		 * Ours, of what a system did to us (GLib has a domain); a
		 * thread that cannot be done without, see crew.h for others.
		 */
		if (domain == NULL ||
		    g_str_has_prefix(text, "creating thread ")) {
			signals_say(text);
			outfile_abandon();
			_exit(CLI_IO);
		}
	}
	g_log_default_handler(domain, level, text, arg);
}

#ifndef SIGNALS_SANITIZED
/*
 * A fault.  GLib, when there is no memory to say that there is none, calls
 * itself until the stack is used up, or aborts where it makes a thread or what
 * threads have each of their own; that is told apart from a fault of ours by
 * asking for a little, and by why the abort's caller failed last.  Other
 * threads may fault meanwhile, too, so it is caught each time; one in here is
 * the end.
 */
static void
signals_on_fault(int signo, siginfo_t *info, void *context)
{
	void *little;
	int cause;

	(void)context;
	cause = errno;
	little = mmap(NULL, SIGNALS_LITTLE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANON, -1, 0);
	if ((little == MAP_FAILED && errno == ENOMEM) ||
	    (signo == SIGABRT && cause == ENOMEM))
		signals_no_memory();
	/* As it would have been: the fault comes again, a signal does not. */
	(void)signal(signo, SIG_DFL);
	if (info->si_code <= 0)
		(void)raise(signo);
}

static void
signals_catch_faults(void)
{
	struct sigaction sa = { .sa_sigaction = signals_on_fault };

	crew_signal_stack();
	sigemptyset(&sa.sa_mask);
	sigaddset(&sa.sa_mask, SIGSEGV);
	sigaddset(&sa.sa_mask, SIGBUS);
	sigaddset(&sa.sa_mask, SIGABRT);
	sa.sa_flags = SA_ONSTACK | SA_SIGINFO;
	sigaction(SIGSEGV, &sa, NULL);
	sigaction(SIGBUS, &sa, NULL);
	sigaction(SIGABRT, &sa, NULL);
}
#else
static void
signals_catch_faults(void)
{
}
#endif

/* ---- descriptors ------------------------------------------------------- */

void
signals_prepare(void)
{
	int fd, way;

	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) != -1 || errno != EBADF)
			continue;
		/* The wrong way round: its use is still an error. */
		way = fd == STDIN_FILENO ? O_WRONLY : O_RDONLY;
		if (open("/dev/null", way) != fd)
			_exit(CLI_IO);
	}
	signal(SIGXFSZ, SIG_IGN);
	g_log_set_default_handler(signals_on_log, NULL);
	signals_catch_faults();
}
