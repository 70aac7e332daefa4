/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Scenarios: one is refused with messages, or it has an effective form that is
 * accepted again, with the same digest.
 */

#include "study/run/claim.h"
#include "study/scenario/effective.h"
#include "study/scenario/estimate.h"
#include "study/scenario/load.h"
#include "tests/fuzz/inputs/driver.h"

static char *path, *again_path;

static void
scenario_init(const char *dir)
{

	path = g_build_filename(dir, "s.ini", NULL);
	again_path = g_build_filename(dir, "run.ini", NULL);
}

static void
scenario_again(const struct scenario *sc)
{
	g_autofree char *text = scenario_effective(sc);
	g_autofree char *second = NULL;
	g_autoptr(GError) error = NULL;
	struct scenario *again;

	fuzz_write(again_path, text, strlen(text));
	again = scenario_load(again_path, NULL, 0, NULL, &error);
	g_assert_no_error(error);
	second = scenario_effective(again);
	g_assert_cmpstr(text, ==, second);
	g_assert_cmpstr(sc->digest, ==, again->digest);
	scenario_free(again);
}

static void
scenario_one(const uint8_t *data, size_t size)
{
	g_autoptr(GError) error = NULL;
	struct scenario *sc;
	struct estimate est;
	unsigned i;

	fuzz_write(path, data, size);
	sc = scenario_load(path, NULL, 0, NULL, &error);
	if (sc == NULL) {
		fuzz_message(error);
		return;
	}
	(void)claim_check_names(sc, false, NULL);
	for (i = 0; i < sc->nvariants; i++)
		estimate_run(&sc->variants[i].conf, &est);
	scenario_again(sc);
	scenario_free(sc);
}

const struct fuzz_kind fuzz_kind = {
	"scenario", scenario_init, scenario_one, NULL
};
