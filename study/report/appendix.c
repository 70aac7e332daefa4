/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a doubter turns to; see appendix.h.
 */

#include "models/stacks/stack.h"
#include "study/report/appendix.h"
#include "study/run/claim.h"
#include "study/run/version.h"
#include "study/scenario/stack_name.h"
#include "study/text/mail.h"
#include "study/text/number.h"

const char appendix_repeat_text[] =
    "The same build, scenario and seed give the same bytes in summary.csv, "
    "timeline.csv, stalls.csv and latency.csv, whatever the machine's load "
    "and the number of --jobs. run.ini, beside this report, is the same "
    "scenario with every default written out. Other random numbers: "
    "--seed=N; your own machine: --set=host.cpus=N, --set=host.costs=FILE.";

const char appendix_model_text[] =
    "No kernel was run for this. The decisions, and how many ports and pcbs "
    "a search looks at, follow the kernel's code step by step, and are held "
    "to recordings of it and to booted kernels; these counts times "
    "measured costs (host.costs) give durations; locks, threads and CPUs are "
    "a model of the kernel's, written from its source. docs/MODEL.md says "
    "what each part rests on and what is left out. Trust the counts more "
    "than the times, and the times more than the verdicts.";

/* These figures are those of docs/LAWS.md, LIVE.md and RECORDED.md. */
const char appendix_checks_text[] =
    "Held against: the laws of queueing, hashing and port exhaustion, each "
    "with its formula and its error (docs/LAWS.md); the same tables under a "
    "real lock with real threads on two CPUs: every count equal, holds 0.96 "
    "and waits 0.93 of the model's (docs/LIVE.md); a recorded proxy, on "
    "Linux 6.18 with one destination, here with the cap on TIME_WAIT raised, "
    "that ran out of ports: 20,424 failures, the first after 14.7315 s, "
    "there and here (docs/RECORDED.md).";

char *
appendix_stack(const struct stack *stack, const char *release)
{
	g_autofree char *releases = stack_name_releases(stack);
	g_autofree char *stands = stack_name_resolved(stack, release);
	GString *s;

	s = g_string_new(stands);
	g_string_append_printf(s, "%s%s", stands != NULL ? ". " : "",
	    stack->name);
	if (stack->releases != NULL)
		g_string_append_printf(s, " (releases %s; %s)", releases,
		    stack_known_name(stack->known));
	else
		g_string_append_printf(s, " (%s)",
		    stack_known_name(stack->known));
	g_string_append_printf(s, " stands for: %s. ", stack->source);
	if (stack->left_out != NULL)
		g_string_append_printf(s, "Left out: %s. ", stack->left_out);
	if (stack->booted != NULL) {
		g_string_append_printf(s, "%s was booted: ", stack->booted);
		number_add_count(s, stack->booted_ops);
		g_string_append(s, " of its decisions, every one equal. ");
	}
	if (stack->recorded_ops == 0) {
		g_string_append(s, "No recording of its decisions was to be "
		    "had: it rests on the source.");
	} else {
		g_string_append(s, "Held against ");
		number_add_count(s, stack->recorded_ops);
		g_string_append(s, " operations recorded from its code: every "
		    "decision and count equal");
		if (stack->recorded_but != NULL)
			g_string_append_printf(s, ", but for %s",
			    stack->recorded_but);
		g_string_append_c(s, '.');
	}
	return (g_string_free(s, FALSE));
}

static const struct run_conf *
appendix_conf(const struct experiment *e, unsigned variant)
{

	return (&e->confs[variant * e->sc->replications]);
}

void
appendix_made_by(const struct experiment *e, const char *command,
    GString *out)
{

	mail_heading(out, "How it was made");
	mail_paragraph(out, "  $ ", "    ", command);
	g_string_append_printf(out, "pcbsim %s\n", version_text());
	mail_paragraph(out, "scenario ", "", e->sc->name);
	g_string_append_printf(out, "digest %s\n", e->sc->digest);
	g_string_append_printf(out, "seed %ju, N = %u %s of each variant\n",
	    (uintmax_t)e->sc->seed, e->sc->replications,
	    e->sc->replications == 1 ? "replication" : "replications");
	mail_paragraph(out, "", "", "Variants share random numbers: those that "
	    "do not change a workload saw the same connections at the same "
	    "times.");
	if (e->sc->replications == 1)
		mail_paragraph(out, "", "", "One replication tells nothing of "
		    "chance: --replications=10 does.");
}

void
appendix_claims(const struct experiment *e, GString *out)
{
	enum claim_outcome outcome;
	unsigned i;

	if (e->sc->nexpectations == 0)
		return;
	mail_heading(out, "What was expected of it");
	for (i = 0; i < e->sc->nexpectations; i++) {
		g_autofree char *line = NULL, *text = NULL;

		outcome = claim_judge(e, i, &text);
		line = g_strdup_printf("%s: %s", e->sc->expectations[i].name,
		    text);
		mail_paragraph(out, outcome == CLAIM_FAILS ? "FAIL " : outcome
		    == CLAIM_SKIPPED ? "skip " : "ok   ", "     ", line);
	}
}

void
appendix_switches(const struct experiment *e, GString *out)
{
	const struct stack *stack;
	unsigned v;

	mail_heading(out, "How to switch it off");
	for (v = 0; v < e->sc->nvariants; v++) {
		g_autofree char *text = NULL;

		stack = appendix_conf(e, v)->stack;
		if (stack_reads(stack, "require_unique_port"))
			text = g_strdup_printf("%s (%s): sysctl "
			    "net.inet.tcp.require_unique_port=1 brings the "
			    "port-first rule back.", e->sc->variants[v].name,
			    stack->name);
		else
			text = g_strdup_printf("%s (%s): no sysctl chooses "
			    "another rule; it takes another kernel.",
			    e->sc->variants[v].name, stack->name);
		mail_paragraph(out, "* ", "  ", text);
	}
	mail_paragraph(out, "", "", "What moves the point of exhaustion on any "
	    "of them, without a new kernel: net.inet.ip.portrange.first and "
	    ".last (how many ports there are), and net.inet.tcp.msl (how long "
	    "TIME_WAIT holds one).");
}

void
appendix_repeat(const char *command, GString *out)
{

	mail_heading(out, "How to repeat it");
	mail_paragraph(out, "", "", "Build the version named above with make, "
	    "then:");
	mail_paragraph(out, "  $ ", "    ", command);
	mail_paragraph(out, "", "", appendix_repeat_text);
}

void
appendix_model(const struct experiment *e, GString *out)
{
	unsigned v;

	mail_heading(out, "This is a model");
	mail_paragraph(out, "", "", appendix_model_text);
	mail_paragraph(out, "", "", appendix_checks_text);
	for (v = 0; v < e->sc->nvariants; v++) {
		g_autofree char *text = NULL;

		text = appendix_stack(appendix_conf(e, v)->stack,
		    e->sc->variants[v].release);
		mail_paragraph(out, "* ", "  ", text);
	}
}
