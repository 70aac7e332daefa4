/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Command lines to begin with; see examples.h.
 */

#include <stddef.h>
#include <string.h>

#include <glib.h>

#include "cli/examples.h"

static const struct {
	const char	*subcommand;
	const char	*lines;
} examples[] = {
	{ "run",
	    "  pcbsim run scenarios/seed-2019.ini\n"
	    "  pcbsim run my.ini --variant=current --set=host.cpus=4\n"
	    "  pcbsim run my.ini --until=ci:5%,stall_max_us --out=tight\n"
	    "  pcbsim run - --quiet --out=results/piped <my.ini\n" },
	{ "check",
	    "  pcbsim check scenarios/*.ini\n"
	    "  pcbsim check my.ini --set=kernel.net.inet.tcp.msl=5s\n"
	    "  pcbsim check my.ini --format=json | "
	    "jq '.scenarios[].variants[].paper'\n" },
	{ "ask",
	    "  pcbsim ask --stack=freebsd-14.2 --rate=30k/s --lifetime=50ms "
	    "--laddrs=4 --faddrs=3\n"
	    "  netstat -an >n; sysctl -a >s; pcbsim ask --netstat=n "
	    "--sysctl=s\n"
	    "  pcbsim ask --rate=500/s --lifetime=2s --write=my.ini\n" },
	{ "import",
	    "  pcbsim import --format=zeek conn.log --out=mine.csv "
	    "--anonymise\n"
	    "  pcbsim import --format=tshark packets.txt "
	    "--local=198.51.100.1*50\n" },
	{ "limit",
	    "  pcbsim limit my.ini --vary=workload:web.rate=1/s..9k/s "
	    "--until='failed > 0'\n"
	    "  pcbsim limit my.ini --vary=host.cpus=1..64 "
	    "--until='verdict <= stalls'\n" },
	{ "list",
	    "  pcbsim list stacks\n"
	    "  pcbsim list metrics | grep stall\n"
	    "  pcbsim list --format=json --out=names.json\n" },
	{ "explain",
	    "  pcbsim explain net.inet.tcp.msl\n"
	    "  pcbsim explain workload:nginx.lifetime\n"
	    "  pcbsim explain frozen_s\n" },
	{ "script",
	    "  pcbsim script --stack=freebsd-12.0 ops.csv\n"
	    "  pcbsim script --stack=freebsd-14 --search=both <ops.csv\n" },
	{ "completion",
	    "  eval \"$(pcbsim completion bash)\"\n" },
	{ "sweep",
	    "  pcbsim sweep plan scenarios/sweep-addresses.sweep\n"
	    "  pcbsim sweep run scenarios/sweep-addresses.sweep --out=s\n"
	    "  pcbsim sweep merge scenarios/sweep-addresses.sweep --out=s "
	    ">all.csv\n"
	    "  pcbsim plot all.csv\n" },
	{ "compare",
	    "  pcbsim compare results/seed-2019\n"
	    "  pcbsim compare results/before results/after\n"
	    "  pcbsim compare results/seed-2019 --metric=stall_max_us "
	    "--samples\n" },
	{ "report",
	    "  pcbsim report results/seed-2019\n"
	    "  pcbsim report results/seed-2019 --format=json "
	    "--out=seed.json\n" },
	{ "plot",
	    "  pcbsim plot results/seed-2019\n"
	    "  pcbsim plot all.csv --metric=frozen_s --out=pictures\n" },
	{ "column",
	    "  pcbsim column stall_max_us results/seed-2019/summary.csv "
	    "--variant=current\n" },
	{ "calibrate",
	    "  pcbsim calibrate --out=my-costs.csv\n"
	    "  pcbsim run my.ini --set=host.costs=my-costs.csv\n" },
	{ "live",
	    "  pcbsim live scenarios/live-mutex.ini --out=results/live\n" },
	{ "init",
	    "  pcbsim init my.ini\n"
	    "  pcbsim init | pcbsim run - --out=results/first\n" },
	{ "help",
	    "  pcbsim help limit\n" },
	{ "version",
	    "  pcbsim version\n" }
};

const char *
examples_find(const char *subcommand)
{
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(examples); i++)
		if (strcmp(examples[i].subcommand, subcommand) == 0)
			return (examples[i].lines);
	return (NULL);
}
