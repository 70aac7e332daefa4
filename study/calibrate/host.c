/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What the machine is; see host.h.
 */

#include <sys/types.h>
#ifdef __FreeBSD__
#include <sys/sysctl.h>
#endif
#include <sys/utsname.h>

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

#include "study/calibrate/host.h"
#include "study/run/provenance.h"

#define	HOST_CPUID_NAME		0x80000002u	/* and the two after it */
#define	HOST_CPUID_HYPERVISOR	(1u << 31)	/* leaf 1, ecx */

char *
calibrate_host_cpu(void)
{
	struct utsname u;
#if defined(__x86_64__) || defined(__i386__)
	unsigned regs[12];
	char name[sizeof(regs) + 1];
	unsigned i;
	bool ok;

	for (i = 0, ok = true; i < 3 && ok; i++)
		ok = __get_cpuid(HOST_CPUID_NAME + i, &regs[4 * i],
		    &regs[4 * i + 1], &regs[4 * i + 2], &regs[4 * i + 3]) != 0;
	if (ok) {
		memcpy(name, regs, sizeof(regs));
		name[sizeof(regs)] = '\0';
		return (g_strdup(g_strstrip(name)));
	}
#endif
	if (uname(&u) != 0)
		return (g_strdup("unknown"));
	return (g_strdup(u.machine));
}

char *
calibrate_host_os(void)
{
	struct utsname u;

	if (uname(&u) != 0)
		return (g_strdup("unknown"));
	return (g_strdup_printf("%s %s %s", u.sysname, u.release, u.machine));
}

char *
calibrate_host_compiler(void)
{

#ifdef __clang__
	return (g_strdup(__VERSION__));
#else
	return (g_strdup("gcc " __VERSION__));
#endif
}

enum calibrate_host_kind
calibrate_host_kind(void)
{
#if defined(__x86_64__) || defined(__i386__)
	unsigned a, b, c, d;
#endif
#ifdef __FreeBSD__
	char guest[32];
	size_t len;

	len = sizeof(guest) - 1;
	if (sysctlbyname("kern.vm_guest", guest, &len, NULL, 0) == 0) {
		guest[len] = '\0';
		return (strcmp(guest, "none") == 0 ? CALIBRATE_HOST_REAL :
		    CALIBRATE_HOST_VIRTUAL);
	}
#endif
#if defined(__x86_64__) || defined(__i386__)
	if (__get_cpuid(1, &a, &b, &c, &d) != 0)
		return ((c & HOST_CPUID_HYPERVISOR) != 0 ?
		    CALIBRATE_HOST_VIRTUAL : CALIBRATE_HOST_REAL);
#endif
	return (CALIBRATE_HOST_UNKNOWN);
}

#ifdef __linux__
/* A number behind `key' in a file of the system's, 0 if there is none. */
static uint64_t
host_number(const char *path, const char *key)
{
	g_autofree char *text = NULL;
	const char *at;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return (0);
	at = strstr(text, key);
	return (at == NULL ? 0 :
	    g_ascii_strtoull(at + strlen(key), NULL, 10));
}
#endif

uint64_t
calibrate_host_memory(void)
{
	uint64_t bytes;
	long page, pages;

	page = sysconf(_SC_PAGESIZE);
	pages = sysconf(_SC_PHYS_PAGES);
	bytes = page > 0 && pages > 0 ?
	    (uint64_t)page * (uint64_t)pages / 2 : 256 << 20;
#ifdef __linux__
	{
		uint64_t group, here;

		here = host_number("/proc/meminfo", "MemAvailable:") * 1024;
		if (here > 0)
			bytes = MIN(bytes, here / 4 * 3);
		/* "max", if there is no limit, reads as 0. */
		group = host_number("/sys/fs/cgroup/memory.max", "");
		if (group > 0)
			bytes = MIN(bytes, group / 2);
	}
#endif
	return (bytes);
}

void
calibrate_host_write(FILE *f)
{
	static const char *const kinds[] = { [CALIBRATE_HOST_REAL] = "real",
	    [CALIBRATE_HOST_VIRTUAL] = "virtual",
	    [CALIBRATE_HOST_UNKNOWN] = "unknown whether real or virtual" };
	g_autofree char *compiler = NULL, *cpu = NULL, *os = NULL;

	compiler = calibrate_host_compiler();
	cpu = calibrate_host_cpu();
	os = calibrate_host_os();
	provenance_write_line(f, "cpu", cpu);
	provenance_write_line(f, "machine", kinds[calibrate_host_kind()]);
	provenance_write_line(f, "os", os);
	provenance_write_line(f, "compiler", compiler);
}
