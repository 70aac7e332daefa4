/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * CPUs to measure on; see cpu.h.
 */

#ifdef __FreeBSD__
#include <sys/param.h>
#include <sys/cpuset.h>
#include <sys/sysctl.h>
#endif

#ifdef __linux__
#include <sched.h>
#endif
#include <stdio.h>

#include <glib.h>

#include "study/calibrate/cpu.h"

#ifdef __linux__
/* Is `cpu' a hardware thread of the core that `of' belongs to? */
static bool
cpu_sibling(int cpu, int of)
{
	g_autofree char *path = NULL, *text = NULL;
	g_auto(GStrv) ranges = NULL;
	int from, to;
	char **r;

	path = g_strdup_printf("/sys/devices/system/cpu/cpu%d/topology/"
	    "thread_siblings_list", of);
	if (!g_file_get_contents(path, &text, NULL, NULL))
		return (false);
	ranges = g_strsplit(text, ",", -1);
	for (r = ranges; *r != NULL; r++) {
		switch (sscanf(*r, "%d-%d", &from, &to)) {
		case 1:
			to = from;
			break;
		case 2:
			break;
		default:
			continue;
		}
		if (cpu >= from && cpu <= to)
			return (true);
	}
	return (false);
}

void
calibrate_cpu_init(struct calibrate_cpu *c)
{
	cpu_set_t set;
	int i;

	c->first = c->other = -1;
	if (sched_getaffinity(0, sizeof(set), &set) != 0)
		return;
	for (i = 0; i < CPU_SETSIZE && c->other < 0; i++) {
		if (!CPU_ISSET(i, &set))
			continue;
		if (c->first < 0)
			c->first = i;
		else if (!cpu_sibling(i, c->first))
			c->other = i;
	}
}

bool
calibrate_cpu_bind(int cpu)
{
	cpu_set_t set;

	if (cpu < 0)
		return (false);
	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	return (sched_setaffinity(0, sizeof(set), &set) == 0);
}
#elif defined(__FreeBSD__)
/* Hardware threads of a core have neighbouring numbers. */
static int
cpu_threads_per_core(void)
{
	size_t len;
	int n;

	len = sizeof(n);
	if (sysctlbyname("kern.smp.threads_per_core", &n, &len, NULL, 0) != 0 ||
	    n < 1)
		return (1);
	return (n);
}

void
calibrate_cpu_init(struct calibrate_cpu *c)
{
	cpuset_t set;
	int i, threads;

	c->first = c->other = -1;
	if (cpuset_getaffinity(CPU_LEVEL_WHICH, CPU_WHICH_TID, -1, sizeof(set),
	    &set) != 0)
		return;
	threads = cpu_threads_per_core();
	for (i = 0; i < CPU_SETSIZE && c->other < 0; i++) {
		if (!CPU_ISSET(i, &set))
			continue;
		if (c->first < 0)
			c->first = i;
		else if (i / threads != c->first / threads)
			c->other = i;
	}
}

bool
calibrate_cpu_bind(int cpu)
{
	cpuset_t set;

	if (cpu < 0)
		return (false);
	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	return (cpuset_setaffinity(CPU_LEVEL_WHICH, CPU_WHICH_TID, -1,
	    sizeof(set), &set) == 0);
}
#else
void
calibrate_cpu_init(struct calibrate_cpu *c)
{

	c->first = c->other = -1;
}

bool
calibrate_cpu_bind(int cpu)
{

	(void)cpu;
	return (false);
}
#endif
