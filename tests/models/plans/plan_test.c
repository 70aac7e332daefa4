/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lock plans, followed along every way through every operation: no lock is
 * taken twice, given back without being held, or left when the operation is
 * over; each is one that the kernel has, in a mode that its class has; tables
 * change under what covers a search, or under a bucket's lock.
 *
 * A condition is taken both ways, but that a search in pieces which found its
 * port holds two buckets, and is not asked again how it went.
 */

#include <glib.h>

#include "models/net/family.h"
#include "models/plans/plan.h"
#include "models/registry.h"
#include "models/stacks/stack.h"
#include "study/scenario/stack_name.h"

extern const struct lock_class lock_class_mutex, lock_class_rwlock;

struct plan_way {
	const struct lock_plan *plan;
	const struct net_seek_ops *seek;
	const struct step *steps;
	enum op		op;
};

enum went { WENT_UNKNOWN, WENT_WELL, WENT_WRONG };

/* Where a thread is. */
struct plan_at {
	unsigned	pc;
	uint8_t		held[THREAD_MAXHELD];
	unsigned	nheld;
	enum went	went;		/* the last search in pieces */
};

static const struct lock_class *
class_of(const struct plan_way *w, unsigned lock)
{

	if (lock < PLAN_MAXLOCKS)
		return (w->plan->locks[lock].class);
	if (lock == PLAN_INP)
		return (w->plan->inp);
	return (lock - PLAN_BUCKET(0) < plan_nbuckets(w->plan) ?
	    w->plan->buckets[lock - PLAN_BUCKET(0)].class : NULL);
}

static int
held_at(const struct plan_at *at, unsigned lock)
{
	unsigned i;

	for (i = 0; i < at->nheld; i++)
		if (at->held[i] == lock)
			return ((int)i);
	return (-1);
}

static const char *
take(const struct plan_way *w, struct plan_at *at, unsigned lock, bool shared)
{

	if (class_of(w, lock) == NULL)
		return ("takes a lock that the kernel has not");
	if (shared && (class_of(w, lock) == &lock_class_mutex ||
	    lock >= PLAN_BUCKET(0)))
		return ("takes a mutex shared");
	if (held_at(at, lock) >= 0)
		return ("takes a lock twice");
	if (at->nheld == THREAD_MAXHELD)
		return ("holds too much");
	at->held[at->nheld++] = (uint8_t)lock;
	return (NULL);
}

static const char *
give(struct plan_at *at, unsigned lock)
{
	int i;

	i = held_at(at, lock);
	if (i < 0)
		return ("gives back what it does not hold");
	at->held[i] = at->held[--at->nheld];
	return (NULL);
}

static const char *
act(const struct plan_way *w, const struct plan_at *at, enum act what)
{
	unsigned i;

	if (what == ACT_PIECES)
		return (held_at(at, w->plan->search) < 0 ? NULL :
		    "takes a lock twice");
	if (what != ACT_BIND && what != ACT_CONNECT && what != ACT_ACCEPT &&
	    what != ACT_REMOVE)
		return (NULL);
	if (held_at(at, w->plan->search) >= 0)
		return (NULL);
	/* What changes them takes the buckets' locks itself, not told here. */
	if (w->plan->locks_candidates)
		return (NULL);
	for (i = 0; i < at->nheld; i++)
		if (at->held[i] >= PLAN_BUCKET(0))
			return (NULL);
	return ("changes the tables without a lock");
}

static const char *follow(const struct plan_way *, struct plan_at);

/* A search in pieces: found, with two buckets held, or failed. */
static const char *
follow_seek(const struct plan_way *w, struct plan_at at)
{
	const struct net_seek_locks *locks;
	const char *error;
	unsigned i;

	at.went = WENT_WRONG;
	error = follow(w, at);
	at.went = WENT_WELL;
	locks = w->op == OP_BIND ? &w->seek->bind : &w->seek->connect;
	for (i = 0; i < G_N_ELEMENTS(locks->kind) && error == NULL; i++)
		error = take(w, &at, PLAN_BUCKET(locks->kind[i]), false);
	return (error != NULL ? error : follow(w, at));
}

static const char *
follow_unless(const struct plan_way *w, struct plan_at at,
    const struct step *s)
{
	const char *error;
	unsigned i;
	bool known;

	/* A bind(2) in pieces that went well has its locks, or no port. */
	known = s->arg == COND_OK ||
	    (s->arg == COND_HASHED && w->op == OP_BIND);
	for (i = 0; i < s->skip; i++)
		if (at.pc + i >= PLAN_MAXSTEPS ||
		    w->steps[at.pc + i].kind == STEP_END)
			return ("skips its end");
	error = NULL;
	if (!known || at.went != WENT_WRONG)
		error = follow(w, at);
	if (error != NULL || (known && at.went == WENT_WELL))
		return (error);
	at.pc += s->skip;
	return (follow(w, at));
}

/* Not got: the next step; got: what lies behind those for that case. */
static const char *
follow_try(const struct plan_way *w, struct plan_at at, const struct step *s)
{
	const char *error;

	error = follow(w, at);
	if (error == NULL)
		error = take(w, &at, s->arg, true);
	at.pc += s->skip;
	return (error != NULL ? error : follow(w, at));
}

/* NULL, or what is wrong on some way from here to the end. */
static const char *
follow(const struct plan_way *w, struct plan_at at)
{
	const struct step *s;
	const char *error;

	for (error = NULL; error == NULL && at.pc < PLAN_MAXSTEPS;) {
		s = &w->steps[at.pc++];
		switch ((enum step_kind)s->kind) {
		case STEP_END:
			return (at.nheld == 0 ? NULL : "keeps a lock");
		case STEP_COST:
			error = s->arg < NCOSTS ? NULL : "costs what is none";
			break;
		case STEP_WLOCK:
		case STEP_RLOCK:
			error = take(w, &at, s->arg, s->kind == STEP_RLOCK);
			break;
		case STEP_TRYRLOCK:
			return (follow_try(w, at, s));
		case STEP_UNLOCK:
			error = give(&at, s->arg);
			break;
		case STEP_ACT:
			if (s->arg == ACT_SEEK)
				return (follow_seek(w, at));
			if (s->arg == ACT_ENTER)
				error = take(w, &at, PLAN_BUCKET(0), false);
			else if (s->arg == ACT_EXIT)
				error = give(&at, PLAN_BUCKET(0));
			else
				error = act(w, &at, s->arg);
			break;
		case STEP_UNLESS:
			return (follow_unless(w, at, s));
		}
	}
	return (error != NULL ? error : "has no end");
}

static const char *
wrong(const struct lock_plan *plan, const struct net_seek_ops *seek,
    enum op op)
{
	struct plan_way w = { .plan = plan, .seek = seek, .op = op };

	w.steps = plan_steps(plan, op);
	return (follow(&w, (struct plan_at){ .pc = 0 }));
}

static void
test_plan(gconstpointer arg)
{
	const struct stack *stack;
	const char *error;
	unsigned op, n;

	stack = arg;
	n = 0;
	for (op = OP_NONE + 1; op < NOPS; op++) {
		error = wrong(stack->plan, &stack->family->seek, (enum op)op);
		if (error != NULL)
			g_test_message("%s of %s %s", op_name((enum op)op),
			    stack->name, error);
		g_assert_null(error);
		n += plan_steps(stack->plan, (enum op)op)->kind != STEP_END;
	}
	/* A plan without steps would pass, too. */
	g_assert_cmpuint(n, >, NOPS / 2);
}

/* ---- planted ----------------------------------------------------------- */

enum planted_lock { LOCK_ONE, LOCK_TWO, LOCK_NONE };

#define	PLANTED(what, ...)						\
	{ { .locks = { [LOCK_ONE] = { "one", &lock_class_mutex },	\
	    [LOCK_TWO] = { "two", &lock_class_rwlock } },		\
	    .ops = { [OP_BIND] = { __VA_ARGS__ } } }, what }

static const struct {
	struct lock_plan plan;
	const char	*what;
} planted[] = {
	PLANTED(NULL, WLOCK(ONE), IF(OK, 2), RLOCK(TWO), UNLOCK(TWO),
	    ACT(BIND), UNLOCK(ONE), END),
	PLANTED(NULL, TRYRLOCK(TWO, 1), GIVE_UP, WLOCK(ONE), ACT(BIND),
	    UNLOCK(ONE), UNLOCK(TWO), END),
	PLANTED("keeps a lock", WLOCK(ONE), TRYRLOCK(TWO, 1), GIVE_UP,
	    ACT(BIND), UNLOCK(TWO), UNLOCK(ONE), END),
	PLANTED("keeps a lock", WLOCK(ONE), ACT(BIND), END),
	PLANTED("keeps a lock", WLOCK(ONE), ACT(BIND), IF(OK, 1), UNLOCK(ONE),
	    END),
	PLANTED("takes a lock twice", WLOCK(ONE), WLOCK(ONE), END),
	PLANTED("takes a lock twice", WLOCK(ONE), ACT(PIECES), UNLOCK(ONE),
	    END),
	PLANTED("takes a mutex shared", RLOCK(ONE), UNLOCK(ONE), END),
	PLANTED("takes a lock that the kernel has not", WLOCK(NONE), END),
	PLANTED("gives back what it does not hold", UNLOCK(TWO), END),
	PLANTED("changes the tables without a lock", WLOCK(TWO), ACT(BIND),
	    UNLOCK(TWO), END),
	PLANTED("takes a lock that the kernel has not", ACT(ENTER), ACT(EXIT),
	    END),
	PLANTED("gives back what it does not hold", ACT(EXIT), END),
	PLANTED("skips its end", IF(OK, 2), COMPUTE(SYSCALL), END)
};

static void
test_planted(void)
{
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(planted); i++)
		g_assert_cmpstr(wrong(&planted[i].plan, NULL, OP_BIND), ==,
		    planted[i].what);
}

int
main(int argc, char **argv)
{
	/* Proposals that lock otherwise. */
	static const char *const proposed[] = { "freebsd-12.0+drop-lock",
	    "freebsd-14+unlocked", "freebsd-main-2026-04+unlocked" };
	const struct stack *const *s;
	unsigned i;

	g_test_init(&argc, &argv, NULL);
	for (i = 0; i < G_N_ELEMENTS(proposed); i++) {
		g_autofree char *path = g_strconcat("/plan/every_way/",
		    proposed[i], NULL);

		g_test_add_data_func(path, stack_name_find(proposed[i]),
		    test_plan);
	}
	for (s = registry_stacks; *s != NULL; s++) {
		g_autofree char *path = NULL;

		/* A scenario may name any of them. */
		g_assert_nonnull((*s)->plan);
		path = g_strconcat("/plan/every_way/", (*s)->name, NULL);
		g_test_add_data_func(path, *s, test_plan);
	}
	g_test_add_func("/plan/planted_errors_are_seen", test_planted);
	return (g_test_run());
}
