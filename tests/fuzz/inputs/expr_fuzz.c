/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Expressions: of claims, of a constraint over parameters, and those in which a
 * variant is understood.
 */

#include "study/text/expr.h"
#include "tests/fuzz/inputs/driver.h"

/* Every name has a value but those that begin with x. */
static bool
expr_value(const char *variant, const char *metric, double *value, void *arg,
    GError **error)
{

	(void)variant;
	(void)arg;
	if (*metric == 'x') {
		g_set_error_literal(error, g_quark_from_static_string("fuzz"),
		    1, "none");
		return (false);
	}
	*value = (double)strlen(metric) - 3;
	return (true);
}

static void
expr_try(struct expr *x, const GError *bad)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *told = NULL;
	double value;

	if (x == NULL) {
		fuzz_message(bad);
		return;
	}
	(void)expr_check(x, expr_value, NULL, NULL);
	if (expr_eval(x, expr_value, NULL, &value, &error))
		told = expr_explain(x, expr_value, NULL);
	else
		fuzz_message(error);
	expr_free(x);
}

static void
expr_one(const uint8_t *data, size_t size)
{
	static const char *const paths[] = { "host.cpus",
	    "workload:nginx.rate", "kernel.net.inet.tcp.msl" };
	g_autofree char *text = fuzz_text(data, size);
	struct expr *x;
	int i;

	for (i = 0; text != NULL && i < 3; i++) {
		g_autoptr(GError) error = NULL;

		x = i == 0 ? expr_parse(text, &error) : i == 1 ?
		    expr_parse_variant(text, "current", &error) :
		    expr_parse_paths(text, paths, G_N_ELEMENTS(paths),
		    &error);
		expr_try(x, error);
	}
}

static void
expr_seeds(void (*put)(const char *, const void *, size_t))
{
	static const char *const texts[] = {
		"current.eaddrnotavail > 0",
		"proposed.stall_max_us < 1e3 && (current.ok + 2) * 3 != 7",
		"host.cpus * workload:nginx.rate <= 4000 || -1 >= 2 / 0",
		"((((1))))", "a.b == c.d == e.x" };
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autofree char *name = g_strdup_printf("seed-%zu", i);

		put(name, texts[i], strlen(texts[i]));
	}
}

const struct fuzz_kind fuzz_kind = {
	"expr", NULL, expr_one, expr_seeds
};
