/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * An answer in words, and for programs; see ask.h.
 */

#include <math.h>
#include <string.h>

#include "study/run/document.h"
#include "study/scenario/effort.h"
#include "study/scenario/panic.h"
#include "study/scenario/paper.h"
#include "study/sweep/ask.h"
#include "study/text/json.h"
#include "study/text/mail.h"
#include "study/text/number.h"

#define	TELL_LINES	20		/* all in all */

static unsigned
lines_of(const GString *text)
{
	unsigned n;
	gsize i;

	for (i = n = 0; i < text->len; i++)
		n += text->str[i] == '\n';
	return (n);
}

static void
tell_count(GString *out, double n)
{

	if (n > 0 && n < 10 && n != (uint64_t)n) {
		g_string_append_printf(out, "%.3g", n);
		return;
	}
	number_add_count(out, (uint64_t)(n + 0.5));
}

/* "35 %", "0.2 %" */
static void
tell_share(GString *out, double share)
{

	if (share > 0 && share < 0.001)
		g_string_append(out, "<0.1 %");
	else
		g_string_append_printf(out, share < 0.0995 ? "%.1f %%" :
		    "%.0f %%", share * 100);
}

static double
run_lost(const struct ask_run *r)
{

	return (r->failed + r->waiting);
}

static bool
run_panics(const struct ask_run *r)
{

	return (r->done && r->verdict == VERDICT_PANICS);
}

/* The error that most got; ASK_OTHER if nobody got any. */
static enum ask_error
run_error(const struct ask_run *r)
{
	enum ask_error e, most;

	most = ASK_EADDRNOTAVAIL;
	for (e = 0; e <= ASK_OTHER; e++)
		if (r->errors[e] > r->errors[most])
			most = e;
	return (most);
}

/* "none fails", "35 % fail with EADDRNOTAVAIL, 2.0 % wait" */
static void
tell_run(GString *out, const struct ask_run *r)
{
	enum ask_error e;

	if (run_panics(r)) {
		g_string_append(out, "the kernel panics");
		return;
	}
	if (run_lost(r) <= 0) {
		g_string_append(out, "none fails");
		return;
	}
	if (r->failed > 0) {
		e = run_error(r);
		tell_share(out, r->failed);
		g_string_append_printf(out, " fail with %s", e == ASK_OTHER ?
		    r->other : ask_error_name(e));
	}
	if (r->waiting > 0) {
		g_string_append(out, r->failed > 0 ? ", " : "");
		tell_share(out, r->waiting);
		g_string_append(out, " still wait");
	}
}

/* Without a run, or of one to which nobody came. */
static void
tell_on_paper(const struct ask_answer *a, const struct paper *p, GString *out)
{

	g_string_append(out, p->fit == PAPER_SHORT ?
	    "runs out, on paper: " : "suffices, on paper: ");
	tell_count(out, p->needed);
	g_string_append(out, " of ");
	tell_count(out, p->there);
	g_string_append(out, " ports needed");
	if (a->base.done)
		g_string_append(out, "; none came in the simulation");
	g_string_append_c(out, '\n');
}

/* Was it seen to, or is it sure to before any run? */
static bool
ask_panics(const struct ask_answer *a)
{

	return (run_panics(&a->base) || (!a->base.done &&
	    panic_foreseen(&a->paper->variants[0].conf)));
}

static void
tell_finding(const struct ask *q, const struct ask_answer *a,
    const struct paper *p, GString *out)
{

	g_string_append_printf(out, "%s ", q->stack);
	if (ask_panics(a)) {
		g_string_append(out, "panics: it divides by zero where it "
		    "would draw from a range of one port\n");
		return;
	}
	if (!a->base.done || a->base.wanted <= 0) {
		tell_on_paper(a, p, out);
		return;
	}
	if (run_lost(&a->base) <= 0) {
		/* As many as chance made of the rate are told below. */
		g_string_append(out, "bears it: ");
		tell_count(out, q->rate);
		g_string_append(out, " connects/s, none fails\n");
		return;
	}
	g_string_append(out, "bears ");
	tell_count(out, a->base.served);
	g_string_append(out, " of ");
	tell_count(out, q->rate);
	g_string_append(out, " connects/s: ");
	tell_run(out, &a->base);
	g_string_append_c(out, '\n');
}

/* Of a snapshot: which kernel it was taken for, and why. */
static void
tell_stack(const struct ask *q, GString *out)
{

	if (!q->netstat || q->by == ASK_BY_USER || q->by == ASK_BY_SYSCTL)
		return;
	g_string_append_printf(out, "stack      %s, %s; another: "
	    "--stack=NAME\n", q->stack, q->by == ASK_BY_NETSTAT ?
	    "by the form of --netstat" :
	    "assumed: --netstat does not say which");
}

static void
tell_simulated(const struct ask *q, const struct ask_answer *a, GString *out)
{

	g_string_append(out, "simulated  ");
	if (run_panics(&a->base)) {
		g_string_append(out, "down at the first port that it drew\n"
		    "fails      everybody\n");
		return;
	}
	if (a->base.wanted <= 0) {
		g_string_append_printf(out, "%.0f s, and nobody came: one in ",
		    a->window);
		number_add_time(out, 1 / q->rate, SIM_S);
		g_string_append(out, " is too rare\n");
		return;
	}
	tell_count(out, a->base.served);
	g_string_append(out, " served of ");
	tell_count(out, a->base.wanted);
	g_string_append_printf(out, " a second, over %.0f s; up to ",
	    a->window);
	tell_count(out, a->base.pcbs);
	g_string_append(out, " pcbs\n");
	if (a->divided > 1)
		g_string_append_printf(out, "           (rate, range and "
		    "population divided by %u; no lock's time)\n",
		    a->divided);
	if (a->faddrs > 0)
		g_string_append_printf(out, "           (%u of %u peers, with "
		    "their share of the rate)\n", a->faddrs, q->faddrs);
	if (a->laddrs > 0)
		g_string_append_printf(out, "           (%u of %u local "
		    "addresses, with theirs)\n", a->laddrs, q->laddrs);
	g_string_append(out, "fails      ");
	if (a->base.first < 0 && run_lost(&a->base) <= 0) {
		g_string_append(out, "nobody\n");
		return;
	}
	if (a->base.first >= 0)
		g_string_append_printf(out, "first after %.3g s, ",
		    a->base.first);
	tell_run(out, &a->base);
	g_string_append(out, "\n");
}

static void
tell_fixes(const struct ask_answer *a, unsigned room, GString *out)
{
	const struct ask_fix *f;
	unsigned i, n;

	if (a->base.wanted <= 0)
		return;
	if (run_lost(&a->base) <= 0) {
		g_string_append(out, "helps      nothing needs to\n");
		return;
	}
	g_string_append(out, "helps      best first: the share that is still "
	    "lost\n");
	for (i = n = 0; i < a->nfixes && n < room; i++) {
		f = &a->fixes[i];
		if (!ask_tried(f) || !ask_helps(a, f))
			continue;
		n++;
		g_string_append_printf(out, "  %2u %-35s ", n, f->what);
		tell_count(out, f->run.served);
		g_string_append(out, "/s, ");
		if (run_lost(&f->run) <= 0)
			g_string_append(out, "none");
		else
			tell_share(out, run_lost(&f->run));
		g_string_append_printf(out, " (%s)\n", f->how);
	}
}

/* "not run    about 4.6 min of a CPU for all, above 30 s; ..." */
static void
tell_not_run(const struct ask_answer *a, GString *out)
{

	if (a->effort <= 0)
		return;
	g_string_append(out, "not run    about ");
	effort_add(out, a->effort);
	g_string_append_printf(out, " of a CPU with all remedies, more than "
	    "%d s;\n           --write=FILE leaves it for pcbsim run\n",
	    ASK_LONG);
}

/* What was tried, too, and left it as it is or made it worse. */
static void
tell_no_help(const struct ask_answer *a, GString *out)
{
	g_autoptr(GString) list = NULL;
	const struct ask_fix *f;
	unsigned i;

	if (run_lost(&a->base) <= 0)
		return;
	list = g_string_new(NULL);
	for (i = 0; i < a->nfixes; i++) {
		f = &a->fixes[i];
		if (!ask_tried(f) || ask_helps(a, f))
			continue;
		g_string_append_printf(list, "%s%s: ", list->len > 0 ? "; " :
		    "", f->what);
		if (run_panics(&f->run)) {
			g_string_append(list, "panics");
			continue;
		}
		tell_share(list, run_lost(&f->run));
		g_string_append(list, run_lost(&f->run) * ASK_LESS >
		    run_lost(&a->base) ? " lost, worse" : " lost, as now");
	}
	if (list->len > 0)
		mail_paragraph(out, "no help    ", "           ", list->str);
}

void
ask_tell(const struct ask *q, const struct ask_answer *a, GString *out)
{
	g_autoptr(GString) below = NULL;
	struct paper papers[PAPER_MAX];
	unsigned told;

	if (paper_workload(&a->paper->variants[0].conf, 0, papers) == 0) {
		g_string_append(out, "nothing is wanted\n");
		return;
	}
	below = g_string_new(NULL);
	tell_finding(q, a, &papers[0], out);
	tell_stack(q, out);
	g_string_append(out, "paper      ");
	paper_add(&papers[0], "\n           ", out);
	g_string_append_c(out, '\n');
	tell_not_run(a, out);
	if (a->base.done) {
		tell_simulated(q, a, out);
		tell_no_help(a, below);
	}
	g_string_append(below, "not known  other programs, NAT, IPv6, UDP; "
	    "lifetimes that differ\n");
	told = lines_of(out) + lines_of(below) + 1;
	if (a->base.done)
		tell_fixes(a, told < TELL_LINES ? TELL_LINES - told : 0, out);
	g_string_append(out, below->str);
}

/* ---- for programs ------------------------------------------------------ */

static void
json_run(struct json *j, const struct ask_run *r)
{
	enum ask_error e;

	json_member_double(j, "wanted_per_s", r->wanted);
	json_member_double(j, "served_per_s", r->served);
	json_member_double(j, "failed_share", r->failed);
	json_member_double(j, "waiting_share", r->waiting);
	json_key(j, "first_failure_s");
	if (r->first < 0)
		json_text(j, NULL);
	else
		json_double(j, r->first);
	json_member_double(j, "pcbs_max", r->pcbs);
	json_member_text(j, "verdict", verdict_name(r->verdict));
	json_key(j, "errors");
	json_object(j);
	for (e = 0; e <= ASK_OTHER; e++)
		json_member_count(j, e == ASK_OTHER ? "other" :
		    ask_error_name(e), r->errors[e]);
	json_end(j);
}

static void
json_paper(struct json *j, const struct ask_answer *a)
{
	struct paper papers[PAPER_MAX];

	json_key(j, "paper");
	json_object(j);
	if (paper_workload(&a->paper->variants[0].conf, 0, papers) > 0) {
		json_member_double(j, "needed", papers[0].needed);
		json_member_double(j, "there", papers[0].there);
		json_member_text(j, "fit", paper_fit_name(papers[0].fit));
	}
	json_end(j);
}

static void
json_fixes(struct json *j, const char *name, const struct ask_answer *a,
    bool helps)
{
	const struct ask_fix *f;
	unsigned i;

	json_key(j, name);
	json_list(j);
	for (i = 0; i < a->nfixes; i++) {
		f = &a->fixes[i];
		if (!ask_tried(f) || ask_helps(a, f) != helps)
			continue;
		json_object(j);
		json_member_text(j, "what", f->what);
		json_member_text(j, "how", f->how);
		json_member_text(j, "price", f->price);
		json_run(j, &f->run);
		json_end(j);
	}
	json_end(j);
}

void
ask_json(const struct ask *q, const struct ask_answer *a, GString *out)
{
	static const char *const by[] = { [ASK_BY_USER] = "user",
	    [ASK_BY_SYSCTL] = "sysctl", [ASK_BY_NETSTAT] = "netstat",
	    [ASK_ASSUMED] = "assumed" };
	struct json j;

	document_begin(&j, out, "ask", 1);
	json_member_text(&j, "stack", q->stack);
	json_member_text(&j, "stack_by", by[q->by]);
	json_member_double(&j, "rate_per_s", q->rate);
	json_member_double(&j, "lifetime_s", (double)q->lifetime / 1e12);
	json_paper(&j, a);
	json_member_count(&j, "divided", a->divided);
	json_key(&j, "panics");
	json_bool(&j, ask_panics(a));
	json_key(&j, "too_long_s");
	if (a->effort > 0)
		json_double(&j, round(a->effort / EFFORT_PER_S));
	else
		json_text(&j, NULL);
	json_key(&j, "simulated");
	if (!a->base.done)
		json_text(&j, NULL);
	else {
		json_object(&j);
		json_run(&j, &a->base);
		json_end(&j);
	}
	json_fixes(&j, "helps", a, true);
	json_fixes(&j, "no_help", a, false);
	document_end(&j);
}
