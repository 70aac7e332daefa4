/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The work of tests/bench/mm1_bench.c, lock_bench.c and event_bench.c as a user
 * of Cimba would write it, by its public interface
 * (https://github.com/ambonvik/cimba, Apache-2.0).  tests/tools/bench.sh builds
 * it where Cimba is installed; nothing of the project depends on it.
 *
 *	cimba mm1 CUSTOMERS	M customers/s
 *	cimba lock CPUS TIMES	M acquisitions/s
 *	cimba hold WAITING OPS	ns of one
 */

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cimba.h>

static uint64_t left;		/* to be done before it ends */
static double started;

static double
cpu_seconds(void)
{

	return ((double)clock() / CLOCKS_PER_SEC);
}

/* ---- M/M/1 ------------------------------------------------------------- */

struct customer {
	double		came;
	struct customer	*next;
};

static struct customer *idle;	/* so that no rival pays for malloc(3) */
static double stayed;

static void *
arrivals(struct cmb_process *me, void *queue)
{
	struct customer *c;

	(void)me;
	for (;;) {
		cmb_process_hold(cmb_random_exponential(1 / 0.9));
		c = idle;
		if (c != NULL)
			idle = c->next;
		else
			c = malloc(sizeof(*c));
		c->came = cmb_time();
		cmb_objectqueue_put(queue, c);
	}
	return (NULL);
}

static void *
services(struct cmb_process *me, void *queue)
{
	struct customer *c;
	void *object;

	(void)me;
	while (left > 0) {
		cmb_objectqueue_get(queue, &object);
		c = object;
		cmb_process_hold(cmb_random_exponential(1));
		stayed += cmb_time() - c->came;
		c->next = idle;
		idle = c;
		left--;
	}
	cmb_event_queue_clear();
	cmb_process_hold(1);
	return (NULL);
}

static void
process(const char *name, cmb_process_func *fn, void *arg)
{
	struct cmb_process *p;

	p = cmb_process_create();
	cmb_process_initialize(p, name, fn, arg, 0);
	cmb_process_start(p);
}

static void
mm1(void)
{
	struct cmb_objectqueue *queue;

	queue = cmb_objectqueue_create();
	cmb_objectqueue_initialize(queue, "queue", CMB_UNLIMITED);
	process("arrivals", arrivals, queue);
	process("services", services, queue);
}

/* ---- one FIFO lock ----------------------------------------------------- */

static struct cmb_resource *lock;
static double think;

static void *
cpu(struct cmb_process *me, void *unused)
{

	(void)me;
	(void)unused;
	while (left > 0) {
		cmb_process_hold(cmb_random_exponential(think));
		cmb_resource_acquire(lock);
		cmb_process_hold(cmb_random_exponential(1));
		cmb_resource_release(lock);
		if (left > 0 && --left == 0)
			cmb_event_queue_clear();
	}
	cmb_process_hold(1);
	return (NULL);
}

static void
fifo_lock(unsigned ncpus)
{
	unsigned i;

	think = ncpus;
	lock = cmb_resource_create();
	cmb_resource_initialize(lock, "lock");
	for (i = 0; i < ncpus; i++)
		process("cpu", cpu, NULL);
}

/* ---- hold -------------------------------------------------------------- */

static uint64_t warm;		/* not timed */

static void
event(void *subject, void *object)
{

	if (warm > 0 && --warm == 0)
		started = cpu_seconds();
	else if (warm == 0 && --left == 0) {
		cmb_event_queue_clear();
		return;
	}
	cmb_event_schedule(event, subject, object, cmb_time() +
	    cmb_random_exponential(1), 0);
}

static void
hold(unsigned waiting)
{
	unsigned i;

	warm = waiting;
	for (i = 0; i < waiting; i++)
		cmb_event_schedule(event, NULL, NULL,
		    cmb_random_exponential(1), 0);
}

int
main(int argc, char **argv)
{
	const char *what;
	double took;
	uint64_t times;

	what = argc > 2 ? argv[1] : "";
	times = left = strtoull(argc > 2 ? argv[argc - 1] : "0", NULL, 10);
	cmb_logger_flags_off(CMB_LOGGER_INFO);
	cmb_random_initialize(1);
	cmb_event_queue_initialize(0);
	if (times == 0)
		return (2);
	if (strcmp(what, "mm1") == 0)
		mm1();
	else if (strcmp(what, "lock") == 0)
		fifo_lock((unsigned)strtoul(argv[2], NULL, 10));
	else if (strcmp(what, "hold") == 0)
		hold((unsigned)strtoul(argv[2], NULL, 10));
	else
		return (2);
	started = cpu_seconds();
	cmb_event_queue_execute();
	took = cpu_seconds() - started;
	printf("%.6g\n", strcmp(what, "hold") == 0 ? took * 1e9 /
	    (double)times : (double)times / took / 1e6);
	/* At load 0.9 a customer stays ten services. */
	if (stayed != 0 && fabs(stayed / (double)times - 10) > 2)
		fprintf(stderr, "cimba: mean stay %g, not 10\n", stayed /
		    (double)times);
	(void)fflush(stdout);
	/* Its queues and stacks are not what is measured. */
	_Exit(0);
}
