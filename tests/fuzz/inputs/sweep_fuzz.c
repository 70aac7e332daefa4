/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Sweep files, over a scenario that is right.
 */

#include "study/sweep/file.h"
#include "study/sweep/sweep.h"
#include "tests/fuzz/inputs/driver.h"

static char *path;

static void
sweep_init(const char *dir)
{
	static const char base[] = "[scenario]\nformat = 1\nname = s\n"
	    "title = t\nduration = 1s\n[host]\ncpus = 2\nladdrs = "
	    "198.51.100.1*3\n[workload:web]\nload = poisson\nrate = 10/s\n"
	    "lifetime = exponential(1s)\nbind = none\nfaddrs = 192.0.2.7\n"
	    "fport = 80\n[variant:current]\nstack = freebsd-12.0\n"
	    "[variant:proposed]\nstack = freebsd-12.2\n";
	g_autofree char *s = g_build_filename(dir, "s.ini", NULL);

	fuzz_write(s, base, strlen(base));
	path = g_build_filename(dir, "w.sweep", NULL);
}

static void
sweep_one(const uint8_t *data, size_t size)
{
	g_autoptr(GError) error = NULL;
	struct sweep_run run;
	struct sweep *sw;
	char id[SWEEP_IDLEN + 1];

	fuzz_write(path, data, size);
	sw = sweep_load(path, &error);
	if (sw == NULL) {
		fuzz_message(error);
		return;
	}
	g_assert_cmpuint(sw->nruns, >, 0);
	sweep_run_at(sw, sw->nruns - 1, &run);
	sweep_run_id(sw, &run, "build", id);
	sweep_free(sw);
}

static void
sweep_seeds(void (*put)(const char *, const void *, size_t))
{
	static const char *const texts[] = {
		"[sweep]\nscenario = s.ini\nhost.cpus = 1;2;8\n",
		"[sweep]\nscenario = s.ini\nreplications = 3\n"
		"workload:web.rate = 10/s..80/s *2\nhost.cpus = 1;2\n"
		"constraint = host.cpus * workload:web.rate <= 80\n",
		"[sweep]\nscenario = s.ini\nhost.cpus = 1;2;3\n"
		"scenario.duration = 1s..3s step 1s\n"
		"zip = host.cpus,scenario.duration\n[labels]\n"
		"host.cpus = one;two;three\n" };
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autofree char *name = g_strdup_printf("seed-%zu", i);

		put(name, texts[i], strlen(texts[i]));
	}
}

const struct fuzz_kind fuzz_kind = {
	"sweep", sweep_init, sweep_one, sweep_seeds
};
