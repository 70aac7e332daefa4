/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Trace records to slices on lanes; see trace_lanes.h.
 */

#include <string.h>

#include "models/net/net.h"
#include "sim/kassert.h"
#include "study/run/trace_lanes.h"

static const char *const slice_cats[] = {
	[SLICE_THREAD] = "thread", [SLICE_OP] = "op", [SLICE_HOLD] = "lock",
	[SLICE_SPIN] = "spin", [SLICE_SEARCH] = "search"
};

/* ---- events ------------------------------------------------------------- */

/* The lanes of CPUs, and those of threads that sleep. */
unsigned
trace_lanes_pid(const struct trace_lanes *v)
{

	return (2 * v->number + 1);
}

unsigned
trace_lanes_sleepers(const struct trace_lanes *v)
{

	return (2 * v->number + 2);
}

/*
 * Begin an event, on a line of its own.  Microseconds, to the picosecond: no
 * two instants fall together.
 */
static void
event_begin(struct trace_lanes *v, const char *ph, unsigned pid, unsigned tid)
{
	struct json *j;

	j = &v->json;
	json_line(j);
	json_object(j);
	json_member_text(j, "ph", ph);
	json_member_count(j, "pid", pid);
	json_member_count(j, "tid", tid);
	json_key(j, "ts");
	json_number(j, "%jd.%06u", (intmax_t)(v->now / SIM_US),
	    (unsigned)(v->now % SIM_US));
}

static void
event_name(struct trace_lanes *v, const char *cat, const char *what,
    const char *name)
{
	g_autofree char *full = NULL;

	full = g_strconcat(what, what[0] != '\0' ? " " : "", name, NULL);
	if (cat != NULL) {
		json_member_text(&v->json, "cat", cat);
	}
	json_member_text(&v->json, "name", full);
}

/* End it; "t": it is of a thread, not of all. */
static void
event_end_instant(struct trace_lanes *v)
{

	json_member_text(&v->json, "s", "t");
	json_end(&v->json);
}

/* What a search came to. */
static void
event_search(struct trace_lanes *v, const struct slice *s)
{
	struct json *j;
	char buf[16];

	j = &v->json;
	json_key(j, "args");
	json_object(j);
	json_member_count(j, "iterations", s->iters);
	json_member_count(j, "visits", s->visits);
	json_member_text(j, "result", net_error_name(s->error, buf));
	json_end(j);
}

static void
meta_begin(struct json *j, const char *what, const char *of, unsigned pid,
    unsigned tid)
{
	g_autofree char *name = NULL;

	name = g_strconcat(what, of, NULL);
	json_line(j);
	json_object(j);
	json_member_text(j, "ph", "M");
	json_member_count(j, "pid", pid);
	json_member_count(j, "tid", tid);
	json_member_text(j, "name", name);
	json_key(j, "args");
	json_object(j);
}

void
trace_lanes_meta(struct json *j, const char *what, unsigned pid, unsigned tid,
    const char *name, unsigned sort)
{

	meta_begin(j, what, "_name", pid, tid);
	json_member_text(j, "name", name);
	json_end(j);
	json_end(j);
	meta_begin(j, what, "_sort_index", pid, tid);
	json_member_count(j, "sort_index", sort);
	json_end(j);
	json_end(j);
}

/* ---- slices on a lane -------------------------------------------------- */

/*
 * A beginning or an end.  Ends repeat name and arguments, because speedscope
 * looks for the slice to end by them.
 */
static void
slice_write(struct trace_lanes *v, unsigned cpu, const struct slice *s,
    const char *ph)
{
	static const char *const verbs[] = { "", "", "hold", "spin", "" };

	event_begin(v, ph, trace_lanes_pid(v), cpu + 1);
	event_name(v, slice_cats[s->kind], verbs[s->kind], s->name);
	if (s->known)
		event_search(v, s);
	json_end(&v->json);
}

/*
 * Bring a CPU's lane up to date, once all that happens at an instant has
 * happened: so no slice is written that has no length.
 */
static void
cpu_sync(struct trace_lanes *v, unsigned cpu)
{
	const struct lane *l;
	struct cpu_lane *c;
	unsigned i, n, same;

	c = &v->cpus[cpu];
	c->changed = false;
	l = c->thread < 0 ? NULL : &g_array_index(v->lanes, struct lane,
	    c->thread);
	n = l == NULL || v->state != WINDOW_OPEN ? 0 : l->nslices;
	for (same = 0; same < n && same < c->nslices; same++)
		if (c->slices[same].id != l->slices[same].id)
			break;
	for (i = c->nslices; i-- > same;)
		slice_write(v, cpu, &c->slices[i], "E");
	for (i = same; i < n; i++) {
		c->slices[i] = l->slices[i];
		slice_write(v, cpu, &c->slices[i], "B");
		v->slices++;
	}
	c->nslices = n;
}

static void
cpus_sync(struct trace_lanes *v)
{
	unsigned c;

	for (c = 0; c < v->ncpus; c++)
		if (v->cpus[c].changed)
			cpu_sync(v, c);
}

static void
lane_changed(struct trace_lanes *v, const struct lane *l)
{

	if (l->cpu >= 0)
		v->cpus[l->cpu].changed = true;
}

static void
lane_push(struct trace_lanes *v, struct lane *l, const struct slice *s)
{

	KASSERT(l->nslices < MAXSLICES, ("%s: slices too deep", l->name));
	l->slices[l->nslices] = *s;
	l->slices[l->nslices++].id = ++v->ids;
	lane_changed(v, l);
}

/* End the slice; those above it go on, as slices of their own. */
static void
lane_remove(struct trace_lanes *v, struct lane *l, unsigned at)
{
	unsigned i;

	memmove(&l->slices[at], &l->slices[at + 1],
	    (l->nslices - at - 1) * sizeof(l->slices[0]));
	l->nslices--;
	for (i = at; i < l->nslices; i++)
		l->slices[i].id = ++v->ids;
	lane_changed(v, l);
}

/* Where the topmost slice of that kind is (and of that lock); -1. */
static int
lane_find(const struct lane *l, enum slice_kind kind, int64_t lock)
{
	int i;

	for (i = (int)l->nslices - 1; i >= 0; i--)
		if (l->slices[i].kind == kind &&
		    (lock < 0 || l->slices[i].lock == lock))
			return (i);
	return (-1);
}

static void
lane_drop(struct trace_lanes *v, struct lane *l, enum slice_kind kind,
    int64_t lock)
{
	int at;

	at = lane_find(l, kind, lock);
	if (at >= 0)
		lane_remove(v, l, (unsigned)at);
}

static void
lane_on(struct trace_lanes *v, struct lane *l, unsigned thread, int cpu)
{

	l->cpu = cpu;
	v->cpus[cpu].thread = (int)thread;
	v->cpus[cpu].changed = true;
}

static void
lane_off(struct trace_lanes *v, struct lane *l)
{

	lane_changed(v, l);
	v->cpus[l->cpu].thread = -1;
	l->cpu = -1;
}

static void
lane_sleep(struct trace_lanes *v, struct lane *l, unsigned id,
    const char *lock)
{

	l->asleep = true;
	l->lock = lock;
	if (v->state != WINDOW_OPEN)
		return;
	if (!l->named)
		trace_lanes_meta(&v->json, "thread", trace_lanes_sleepers(v),
		    id + 1, l->name, id);
	l->named = true;
	event_begin(v, "B", trace_lanes_sleepers(v), id + 1);
	event_name(v, "sleep", "sleep", lock);
	json_end(&v->json);
	v->slices++;
}

static void
lane_awake(struct trace_lanes *v, struct lane *l, unsigned id)
{

	if (l->asleep && v->state == WINDOW_OPEN) {
		event_begin(v, "E", trace_lanes_sleepers(v), id + 1);
		event_name(v, "sleep", "sleep", l->lock);
		json_end(&v->json);
	}
	l->asleep = false;
}

/* ---- the window -------------------------------------------------------- */

/* What is going on as the window opens begins there. */
static void
window_open(struct trace_lanes *v)
{
	struct lane *l;
	unsigned i;

	v->state = WINDOW_OPEN;
	for (i = 0; i < v->lanes->len; i++) {
		l = &g_array_index(v->lanes, struct lane, i);
		lane_changed(v, l);
		if (l->asleep)
			lane_sleep(v, l, i, l->lock);
	}
	cpus_sync(v);
}

/* What goes on as it closes ends there. */
void
trace_lanes_close(struct trace_lanes *v)
{
	unsigned c, i;

	if (v->state != WINDOW_OPEN)
		return;
	for (i = 0; i < v->lanes->len; i++)
		lane_awake(v, &g_array_index(v->lanes, struct lane, i), i);
	v->state = WINDOW_AFTER;
	for (c = 0; c < v->ncpus; c++)
		cpu_sync(v, c);
}

/* The clock goes on to `now'; false if nothing is written any more. */
static bool
window_at(struct trace_lanes *v, simtime now)
{

	if (v->state == WINDOW_AFTER)
		return (false);
	if (v->state == WINDOW_OPEN && now > v->now)
		cpus_sync(v);
	if (v->state == WINDOW_BEFORE && now >= v->conf->from) {
		v->now = v->conf->from;
		window_open(v);
	}
	if (v->state == WINDOW_OPEN && (now >= v->conf->to ||
	    v->slices >= v->conf->cap)) {
		v->now = MIN(now, v->conf->to);
		if (now < v->conf->to)
			v->cut = now;
		trace_lanes_close(v);
		return (false);
	}
	v->now = now;
	return (true);
}

/* ---- records ----------------------------------------------------------- */

static struct lane *
lane_of(struct trace_lanes *v, uint32_t thread)
{
	struct lane none = { .name = "?", .cpu = -1 };

	while (v->lanes->len <= thread)
		g_array_append_val(v->lanes, none);
	return (&g_array_index(v->lanes, struct lane, thread));
}

static void
on_run(struct trace_lanes *v, struct lane *l, const struct trace_rec *rec)
{
	struct slice s = { .kind = SLICE_THREAD,
	    .name = g_intern_string(rec->name) };

	if (l->nslices == 0)
		l->nslices = 1;
	s.id = ++v->ids;
	l->slices[0] = s;
	l->name = s.name;
	lane_awake(v, l, rec->who);
	lane_on(v, l, rec->who, (int)rec->what);
}

static void
on_op(struct trace_lanes *v, struct lane *l, const struct trace_rec *rec)
{
	struct slice s = { .kind = SLICE_OP,
	    .name = g_intern_string(rec->name) };

	/* The thread's own slice gets its name when it runs: on_run(). */
	if (l->nslices == 0)
		l->nslices = 1;
	lane_drop(v, l, SLICE_OP, -1);
	lane_push(v, l, &s);
}

static void
on_search(struct trace_lanes *v, struct lane *l,
    const struct trace_rec *rec)
{
	struct slice s = { .kind = SLICE_SEARCH, .name = "search",
	    .iters = rec->a, .visits = rec->b, .error = (int)rec->what,
	    .known = true };
	int at;

	at = lane_find(l, SLICE_SEARCH, -1);
	if (at < 0) {
		lane_push(v, l, &s);
		return;
	}
	/* In pieces: what it came to is known at its end only. */
	if (v->state == WINDOW_OPEN && l->cpu >= 0) {
		event_begin(v, "i", trace_lanes_pid(v), (unsigned)l->cpu + 1);
		event_name(v, "search", "", "searched");
		event_search(v, &s);
		event_end_instant(v);
	}
	lane_remove(v, l, (unsigned)at);
}

static void
on_attempt(struct trace_lanes *v, const struct lane *l,
    const struct trace_rec *rec)
{
	char buf[16];

	if (rec->what == 0 || v->state != WINDOW_OPEN || l->cpu < 0)
		return;
	event_begin(v, "i", trace_lanes_pid(v), (unsigned)l->cpu + 1);
	event_name(v, "connect", "", net_error_name((int)rec->what, buf));
	event_end_instant(v);
}

static void
counter(struct trace_lanes *v, const char *what, const char *name,
    uint64_t n)
{

	if (v->state != WINDOW_OPEN)
		return;
	event_begin(v, "C", trace_lanes_pid(v), 0);
	event_name(v, NULL, what, name);
	json_key(&v->json, "args");
	json_object(&v->json);
	json_member_count(&v->json, "n", n);
	json_end(&v->json);
	json_end(&v->json);
}

static void
on_lock(struct trace_lanes *v, struct lane *l, const struct trace_rec *rec)
{
	struct slice s = { .lock = rec->what,
	    .name = g_intern_string(rec->name) };

	switch (rec->kind) {
	case TRACE_ACQUIRE:
		lane_drop(v, l, SLICE_SPIN, -1);
		s.kind = SLICE_HOLD;
		lane_push(v, l, &s);
		break;
	case TRACE_RELEASE:
		lane_drop(v, l, SLICE_SEARCH, -1);
		lane_drop(v, l, SLICE_HOLD, rec->what);
		break;
	case TRACE_SPIN:
		s.kind = SLICE_SPIN;
		lane_push(v, l, &s);
		break;
	default:
		lane_drop(v, l, SLICE_SPIN, -1);
		lane_sleep(v, l, rec->who, s.name);
		break;
	}
}

/* The sink of a run. */
void
trace_lanes_record(void *arg, const struct trace_rec *rec)
{
	struct trace_lanes *v;
	struct lane *l;

	v = arg;
	if (!window_at(v, rec->time))
		return;
	l = lane_of(v, rec->who);
	switch (rec->kind) {
	case TRACE_RUN:
		on_run(v, l, rec);
		break;
	case TRACE_PREEMPT:
	case TRACE_STOP:
		if (rec->kind == TRACE_PREEMPT)
			lane_drop(v, l, SLICE_SPIN, -1);
		lane_off(v, l);
		break;
	case TRACE_OP:
		on_op(v, l, rec);
		break;
	case TRACE_SEEK:
		lane_push(v, l, &(struct slice){ .kind = SLICE_SEARCH,
		    .name = "search" });
		break;
	case TRACE_SEARCH:
		on_search(v, l, rec);
		break;
	case TRACE_ATTEMPT:
		on_attempt(v, l, rec);
		break;
	case TRACE_WAITERS:
		counter(v, "waiters", rec->name, rec->a);
		break;
	case TRACE_TABLES:
		counter(v, "", "ports free for any", rec->b);
		counter(v, "", "pcbs", rec->a);
		break;
	case TRACE_LEND:
	case TRACE_NKINDS:
		break;
	default:
		on_lock(v, l, rec);
		break;
	}
}

/* ---- before and after -------------------------------------------------- */

void
trace_lanes_init(struct trace_lanes *v, unsigned number, const char *title,
    unsigned ncpus, const struct timeline_trace_conf *conf)
{
	unsigned c;

	*v = (struct trace_lanes){ .conf = conf, .number = number,
	    .title = title, .ncpus = ncpus, .cut = SIM_NEVER };
	v->cpus = g_new0(struct cpu_lane, ncpus);
	for (c = 0; c < ncpus; c++)
		v->cpus[c].thread = -1;
	v->lanes = g_array_new(FALSE, TRUE, sizeof(struct lane));
	v->out = g_string_new(NULL);
	/* After the names of its lanes: trace_lanes_meta(). */
	json_init_inside(&v->json, v->out, JSON_TIGHT);
}

void
trace_lanes_fini(struct trace_lanes *v)
{

	json_fini(&v->json);
	g_free(v->cpus);
	g_array_free(v->lanes, TRUE);
	g_string_free(v->out, TRUE);
}
