/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * trace.json; see timeline_trace.h.
 */

#include <string.h>

#include "study/run/timeline_trace.h"
#include "study/run/trace_lanes.h"
#include "study/run/version.h"
#include "study/text/number.h"
#include "study/text/unit.h"

struct timeline_trace {
	const struct experiment *e;
	struct timeline_trace_conf conf;
	unsigned	nvariants;
	struct trace_lanes *variants;
};

bool
timeline_trace_window(const char *text, struct timeline_trace_conf *conf,
    GError **error)
{
	g_autofree char *from = NULL, *to = NULL;
	const char *dots;
	bool good;

	conf->cap = TIMELINE_TRACE_CAP;
	conf->from = 0;
	conf->to = SIM_NEVER;
	if (text == NULL)
		return (true);
	dots = strstr(text, "..");
	good = dots != NULL;
	if (good) {
		from = g_strndup(text, (gsize)(dots - text));
		to = g_strdup(dots + 2);
		good = (from[0] == '\0' || unit_duration(from,
		    &conf->from, NULL)) && (to[0] == '\0' ||
		    unit_duration(to, &conf->to, NULL)) &&
		    conf->from < conf->to;
	}
	if (!good)
		g_set_error(error, TIMELINE_TRACE_ERROR, 0,
		    "--trace-window=%s: not FROM..TO, as in 30s..31s", text);
	return (good);
}

struct timeline_trace *
timeline_trace_new(struct experiment *e,
    const struct timeline_trace_conf *conf)
{
	struct timeline_trace *tt;
	struct trace_lanes *v;
	struct run_conf *rc;
	unsigned i;

	tt = g_new0(struct timeline_trace, 1);
	tt->e = e;
	tt->conf = *conf;
	tt->nvariants = e->sc->nvariants;
	tt->variants = g_new0(struct trace_lanes, tt->nvariants);
	for (i = 0; i < tt->nvariants; i++) {
		v = &tt->variants[i];
		rc = &e->confs[i * e->sc->replications];
		trace_lanes_init(v, i, e->sc->variants[i].name, rc->host.cpus,
		    &tt->conf);
		rc->trace.sink = trace_lanes_record;
		rc->trace.arg = v;
	}
	return (tt);
}

void
timeline_trace_free(struct timeline_trace *tt)
{
	unsigned i;

	if (tt == NULL)
		return;
	for (i = 0; i < tt->nvariants; i++)
		trace_lanes_fini(&tt->variants[i]);
	g_free(tt->variants);
	g_free(tt);
}

/* The names of its lanes, whatever happens on them. */
static void
write_lanes(const struct trace_lanes *v, struct json *j)
{
	g_autofree char *asleep = NULL;
	unsigned c;

	trace_lanes_meta(j, "process", trace_lanes_pid(v), 0, v->title,
	    2 * v->number);
	asleep = g_strconcat(v->title, ": asleep on a lock", NULL);
	trace_lanes_meta(j, "process", trace_lanes_sleepers(v), 0, asleep,
	    2 * v->number + 1);
	for (c = 0; c < v->ncpus; c++) {
		g_autofree char *name = NULL;

		name = g_strdup_printf("cpu %u", c);
		trace_lanes_meta(j, "thread", trace_lanes_pid(v), c + 1, name,
		    c);
	}
}

static void
write_origin(const struct timeline_trace *tt, struct json *j)
{
	g_autofree char *atmost = NULL, *cut = NULL, *seed = NULL;

	cut = timeline_trace_cut(tt);
	seed = g_strdup_printf("%ju", (uintmax_t)tt->e->sc->seed);
	atmost = g_strdup_printf("%ju a variant", (uintmax_t)tt->conf.cap);
	json_key(j, "otherData");
	json_object(j);
	json_member_text(j, "tool", version_text());
	json_member_text(j, "scenario", tt->e->sc->name);
	json_member_text(j, "digest", tt->e->sc->digest);
	json_member_text(j, "seed", seed);
	json_member_text(j, "replication", "0");
	json_member_text(j, "slices_at_most", atmost);
	json_member_text(j, "cut", cut == NULL ? "no" : cut);
	json_end(j);
}

void
timeline_trace_write(const struct timeline_trace *tt, FILE *f)
{
	g_autoptr(GString) s = NULL;
	struct trace_lanes *v;
	struct json j;
	unsigned i;

	s = g_string_new(NULL);
	json_init(&j, s, JSON_TIGHT);
	json_object(&j);
	json_member_text(&j, "displayTimeUnit", "ns");
	write_origin(tt, &j);
	json_line(&j);
	json_key(&j, "traceEvents");
	json_list(&j);
	for (i = 0; i < tt->nvariants; i++) {
		v = &tt->variants[i];
		trace_lanes_close(v);
		write_lanes(v, &j);
		fputs(s->str, f);
		g_string_truncate(s, 0);
		fputs(v->out->str, f);
	}
	json_line(&j);
	json_end(&j);
	json_end(&j);
	json_fini(&j);
	fprintf(f, "%s\n", s->str);
}

char *
timeline_trace_cut(const struct timeline_trace *tt)
{
	const struct trace_lanes *v;
	GString *s;
	unsigned i;

	s = g_string_new(NULL);
	for (i = 0; i < tt->nvariants; i++) {
		v = &tt->variants[i];
		if (v->cut == SIM_NEVER)
			continue;
		g_string_append_printf(s, "%s%s: stopped at ", s->len > 0 ?
		    "; " : "", v->title);
		number_add_duration(s, v->cut);
		g_string_append_printf(s, ", after %ju slices",
		    (uintmax_t)v->slices);
	}
	if (s->len == 0) {
		g_string_free(s, TRUE);
		return (NULL);
	}
	return (g_string_free(s, FALSE));
}
