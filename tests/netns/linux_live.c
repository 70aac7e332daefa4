/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The cases recorded in tests/golden/linux, done again on the kernel that runs
 * here, in network namespaces of their own, and held against the model: every
 * column that is the same whatever the model's secret must be so on the kernel,
 * line by line.  And what a connect() costs, measured beside modelled.
 *
 *	linux_live [CASE]	from the top folder; `costs' is a case
 *
 * All traffic is over the loopback of namespaces that end with their child.
 */

#include <sys/utsname.h>
#include <sys/wait.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

#include "models/cpus/costs.h"
#include "models/linux/variant.h"
#include "models/net/net.h"
#include "models/stacks/stack.h"
#include "sim/rng.h"
#include "study/scenario/costs_file.h"
#include "study/script/script.h"
#include "study/text/lines.h"
#include "tests/netns/netns_rig.h"

/* The recorded cases, and some of our own. */
static const char *const dirs[] = { "tests/golden/linux",
    "tests/netns/cases" };

#define	SECRETS	24
#define	MANY_SECRETS	4000	/* before a difference is one */
#define	MAXIDS	2048

/* What of a line is compared. */
enum { V_ERR, V_LADDR, V_LPORT, V_PARITY, V_SHARE, V_SHARE_SAME, NVALUES };

static const char *const value_names[NVALUES] = { "err", "laddr", "lport",
    "parity", "share", "share_same" };

/* Cases where who shares a port with whom goes by chance, nearly always. */
static const char *const chance[] = { "L04_dst_rr", "L06_", "L09_", "L15_tw1",
    "L17_", NULL };

/* A run's sockets, for who shares what. */
struct run {
	unsigned	first;
	struct {
		char		laddr[16];
		unsigned	lport;
	} open[MAXIDS];
};

static GPtrArray *
read_ops(const char *path)
{
	GError *error = NULL;
	struct lines *in;
	GPtrArray *a;
	char *line;

	in = lines_open(path, &error);
	if (in == NULL)
		g_error("%s", error->message);
	a = g_ptr_array_new_with_free_func(g_free);
	while (lines_next(in, &line, &error) && line != NULL)
		g_ptr_array_add(a, g_strdup(line));
	lines_close(in);
	return (a);
}

/* The model's rows for a seed. */
static char **
model_rows(const struct stack *stack, const GPtrArray *ops, unsigned seed)
{
	g_autoptr(GString) text = g_string_new(NULL);
	GError *error = NULL;
	struct lines *in;
	char *printed, **rows;
	size_t size;
	unsigned i;
	FILE *out;

	for (i = 0; i < ops->len; i++) {
		if (g_str_has_prefix(ops->pdata[i], "#"))
			continue;	/* lines keep their numbers: the seed */
		g_string_append_printf(text, "%s\n", (char *)ops->pdata[i]);
		if (g_str_has_prefix(ops->pdata[i], "config,"))
			g_string_append_printf(text, "seed,%u\n", seed);
	}
	in = lines_open_text("ops", text->str);
	out = open_memstream(&printed, &size);
	script_run(stack, NET_SEARCH_INDEX, in, out, &error);
	if (error != NULL)
		g_error("%s", error->message);
	lines_close(in);
	fclose(out);
	rows = g_strsplit(printed, "\n", -1);
	free(printed);
	return (rows);
}

/* The kernel's rows, from a child in a namespace; NULL: not allowed. */
static char **
kernel_rows(const GPtrArray *ops, const char **reason)
{
	g_autoptr(GString) text = g_string_new("\n");
	char buf[4096], **rows;
	int fd[2], status;
	ssize_t n;
	pid_t pid;
	FILE *out;

	if (pipe(fd) != 0)
		g_error("pipe");
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		if (!netns_enter(reason))
			_exit(77);
		out = fdopen(fd[1], "w");
		netns_script((char *const *)ops->pdata, ops->len, out);
		fclose(out);
		_exit(0);
	}
	close(fd[1]);
	while ((n = read(fd[0], buf, sizeof(buf))) > 0)
		g_string_append_len(text, buf, n);
	close(fd[0]);
	waitpid(pid, &status, 0);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 77) {
		*reason = "network namespaces are not allowed here";
		return (NULL);
	}
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		g_error("the namespace's process failed: %d", status);
	rows = g_strsplit(text->str, "\n", -1);
	return (rows);
}

static bool
ends(const char *op)
{

	return (strcmp(op, "close") == 0 || strcmp(op, "tw") == 0);
}

/* What of a row is compared; v[NVALUES] gets texts to free. */
static void
values_of(struct run *r, char **f, char **v)
{
	unsigned i, id, same, share;
	const char *colon;

	id = (unsigned)atoi(f[2]) % MAXIDS;
	r->open[id].lport = ends(f[1]) ? 0 : (unsigned)atoi(f[5]);
	g_strlcpy(r->open[id].laddr, f[4], sizeof(r->open[id].laddr));
	share = same = 0;
	for (i = 0; r->open[id].lport != 0 && i < MAXIDS; i++)
		if (i != id && r->open[i].lport == r->open[id].lport) {
			share = 1;
			same |= strcmp(r->open[i].laddr,
			    r->open[id].laddr) == 0;
		}
	colon = strcmp(f[1], "uc") == 0 ? strchr(f[3], ':') : NULL;
	v[V_ERR] = g_strdup(colon != NULL ? colon + 1 : f[3]);
	v[V_LADDR] = g_strdup(f[4]);
	v[V_LPORT] = g_strdup(f[5]);
	v[V_PARITY] = r->open[id].lport == 0 ? g_strdup("-") :
	    g_strdup_printf("%u", (r->open[id].lport - r->first) % 2);
	v[V_SHARE] = g_strdup_printf("%u", share);
	v[V_SHARE_SAME] = g_strdup_printf("%u", same);
}

/* Per line and value: the model's, or NULL where secrets differ. */
static GPtrArray *
invariants(const struct stack *stack, const GPtrArray *ops, unsigned first)
{
	GPtrArray *all;
	unsigned i, k, seed;

	all = g_ptr_array_new_with_free_func(g_free);
	for (seed = 0; seed < SECRETS; seed++) {
		g_auto(GStrv) rows = model_rows(stack, ops, seed * 97 + 5);
		g_autofree struct run *r = g_new0(struct run, 1);

		r->first = first;
		for (i = 1; rows[i] != NULL && *rows[i] != '\0'; i++) {
			g_auto(GStrv) f = g_strsplit(rows[i], ",", 7);
			char *v[NVALUES];

			values_of(r, f, v);
			for (k = 0; k < NVALUES; k++) {
				guint at = (i - 1) * NVALUES + k;

				if (ends(f[1]))
					g_clear_pointer(&v[k], g_free);
				if (seed == 0) {
					g_ptr_array_add(all, v[k]);
					continue;
				}
				if (g_strcmp0(all->pdata[at], v[k]) != 0)
					g_clear_pointer(&all->pdata[at],
					    g_free);
				g_free(v[k]);
			}
		}
	}
	return (all);
}

/*
 * Does any of many more secrets give the value at that line?  What SECRETS of
 * them agree on may still have its exceptions, and this kernel is one secret.
 */
static bool
some_secret_gives(const struct stack *stack, const GPtrArray *ops,
    unsigned first, unsigned line, unsigned value, const char *text)
{
	unsigned i, k, seed;
	bool given;

	given = false;
	for (seed = SECRETS; seed < MANY_SECRETS && !given; seed++) {
		g_auto(GStrv) rows = model_rows(stack, ops, seed * 97 + 5);
		g_autofree struct run *r = g_new0(struct run, 1);

		r->first = first;
		for (i = 1; i <= line && rows[i] != NULL; i++) {
			g_auto(GStrv) f = g_strsplit(rows[i], ",", 7);
			char *v[NVALUES];

			values_of(r, f, v);
			given = i == line && strcmp(v[value], text) == 0;
			for (k = 0; k < NVALUES; k++)
				g_free(v[k]);
		}
	}
	return (given);
}

/*
 * After a connect() that failed getsockname(2) still tells the port, given back
 * or not.
 */
static bool
is_compared(const char *name, char *const *f, unsigned value)
{
	unsigned i;

	if (value > V_LADDR && strcmp(f[1], "connect") == 0 &&
	    strcmp(f[3], "OK") != 0)
		return (false);
	if (value < V_SHARE)
		return (true);
	for (i = 0; chance[i] != NULL; i++)
		if (g_str_has_prefix(name, chance[i]))
			return (false);
	return (true);
}

/* One case; the number of differences. */
static unsigned
live_case(const struct stack *stack, const char *path, const char **reason)
{
	g_autoptr(GPtrArray) ops = read_ops(path), want = NULL;
	g_autofree char *name = g_path_get_basename(path);
	g_autofree struct run *r = g_new0(struct run, 1);
	g_auto(GStrv) rows = NULL;
	unsigned bad, compared, i, k;

	for (i = 0; i < ops->len; i++)
		if (g_str_has_prefix(ops->pdata[i], "config,"))
			r->first = (unsigned)atoi((char *)ops->pdata[i] + 7);
	rows = kernel_rows(ops, reason);
	if (rows == NULL)
		return (0);
	want = invariants(stack, ops, r->first);
	bad = compared = 0;
	for (i = 1; rows[i] != NULL && *rows[i] != '\0'; i++) {
		g_auto(GStrv) f = g_strsplit(rows[i], ",", 7);
		char *v[NVALUES];

		values_of(r, f, v);
		for (k = 0; k < NVALUES; k++) {
			guint at = (i - 1) * NVALUES + k;

			if (at < want->len && want->pdata[at] != NULL &&
			    is_compared(name, f, k)) {
				compared++;
				if (strcmp(want->pdata[at], v[k]) != 0 &&
				    !some_secret_gives(stack, ops, r->first,
				    i, k, v[k]) && bad++ < 5)
					printf("# %s line %s: %s is %s, "
					    "%s has %s\n", name, f[0],
					    value_names[k], v[k],
					    stack->name,
					    (char *)want->pdata[at]);
			}
			g_free(v[k]);
		}
	}
	if ((i - 1) * NVALUES != want->len) {
		printf("# %s: %u rows, %s has %u\n", name, i - 1,
		    stack->name, want->len / NVALUES);
		bad++;
	}
	printf("%s %s: %u values of %u lines\n", bad == 0 ? "ok  " : "FAIL",
	    name, compared, i - 1);
	return (bad);
}

/* ---- costs ------------------------------------------------------------- */

#define	COST_FIRST	40000
#define	COST_PORTS	4000u
#define	COST_WINDOW	40u

static uint32_t
draw(void *rng)
{

	return (rng_u32(rng));
}

/* ns that the model charges for a decision, its handshake left out. */
static double
modelled_ns(const struct costs *c, const struct net_op *op, uint64_t npcbs)
{
	uint64_t locked;

	locked = op->iters - op->known - op->unlocked;
	return ((double)(cost_at(c, COST_SYSCALL, npcbs) +
	    cost_at(c, COST_ROUTE, npcbs) + cost_at(c, COST_SEARCH, npcbs) +
	    (simtime)op->iters * cost_at(c, COST_LPORT_ITER, npcbs) +
	    2 * (simtime)locked * cost_at(c, COST_MUTEX, npcbs) +
	    (simtime)op->total.connhash * cost_at(c, COST_CHAIN_VISIT,
	    npcbs)) / 1000);
}

static int
by_ns(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x < *y ? -1 : *x > *y);
}

/* The same connects on the kernel, in a child: medians of the windows, us. */
static void
measure(FILE *out, const unsigned *at, unsigned n)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
	    .sin_port = htons(80) };
	double ns[COST_WINDOW];
	struct timespec a, b;
	unsigned done, i, w;
	int fd, l;

	netns_sysctl("ip_local_port_range", "40000 43999");
	netns_address(inet_addr("10.77.0.1"));
	netns_destinations(inet_addr("10.77.0.1"));
	to.sin_addr.s_addr = inet_addr("203.0.113.1");
	l = netns_listen(80);
	for (done = w = 0; w < n; w++)
		for (i = 0; done < at[w] + COST_WINDOW; done++) {
			fd = socket(AF_INET, SOCK_STREAM, 0);
			clock_gettime(CLOCK_MONOTONIC, &a);
			if (connect(fd, (struct sockaddr *)&to,
			    sizeof(to)) != 0)
				close(fd);
			else
				netns_accept(l);
			clock_gettime(CLOCK_MONOTONIC, &b);
			if (done < at[w])
				continue;
			ns[i++] = (double)(b.tv_sec - a.tv_sec) * 1e9 +
			    (double)(b.tv_nsec - a.tv_nsec);
			if (i < COST_WINDOW)
				continue;
			qsort(ns, i, sizeof(*ns), by_ns);
			fprintf(out, "%.3f\n", ns[i / 2] / 1000);
			i = 0;
		}
}

static void
live_costs(void)
{
	static const unsigned at[] = { 0, 1900, 2000, 3600, 3950, 4000 };
	struct net_conf nc = { .family = &net_family_linux,
	    .variant = &linux_6_18, .first = COST_FIRST,
	    .last = COST_FIRST + COST_PORTS - 1, .draw = draw };
	double ns[COST_WINDOW], us, base_m, base_k;
	struct costs *c;
	struct net_op op;
	struct net *net;
	struct rng rng;
	uint32_t pcb;
	unsigned done, i, w;
	char *path, line[64];
	uint64_t hash;
	int fd[2], status;
	FILE *in, *out;

	if (pipe(fd) != 0 || fflush(stdout) != 0)
		g_error("pipe");
	if (fork() == 0) {
		const char *reason;

		if (!netns_enter(&reason))
			_exit(77);
		out = fdopen(fd[1], "w");
		measure(out, at, G_N_ELEMENTS(at));
		fclose(out);
		_exit(0);
	}
	close(fd[1]);
	in = fdopen(fd[0], "r");
	rng_init(&rng, 1, 0, "live");
	nc.draw_arg = &rng;
	net = net_new(&nc);
	net_laddr_add(net, inet_addr("10.77.0.1"));
	c = costs_file_load("linux-vm", ".", &path, &hash, NULL);
	printf("costs of connect(), 4,000 ports, us: medians of %u; `above' "
	    "is what exceeds an empty range\nin use    measured   modelled"
	    "   above: measured   modelled\n", COST_WINDOW);
	base_k = base_m = 0;
	for (done = w = 0; w < G_N_ELEMENTS(at); w++) {
		for (i = 0; done < at[w] + COST_WINDOW; done++) {
			pcb = net_socket(net, 0, 0);
			net_connect(net, pcb, inet_addr("203.0.113.1"), 80,
			    &op);
			if (op.error != 0)
				net_close(net, pcb, NULL);
			if (done >= at[w])
				ns[i++] = modelled_ns(c, &op, done);
		}
		qsort(ns, i, sizeof(*ns), by_ns);
		if (fgets(line, sizeof(line), in) == NULL)
			break;
		us = atof(line);
		if (w == 0) {
			base_k = us;
			base_m = ns[i / 2] / 1000;
		}
		printf("%5.1f %% %11.1f %10.1f %17.1f %10.1f%s\n",
		    100.0 * MIN(at[w], COST_PORTS) / COST_PORTS, us,
		    ns[i / 2] / 1000, us - base_k, ns[i / 2] / 1000 - base_m,
		    at[w] >= COST_PORTS ? "  fails" : "");
	}
	fclose(in);
	wait(&status);
	net_free(net);
}

/* ---- all --------------------------------------------------------------- */

static const struct stack *
stack_here(void)
{
	struct utsname u;
	unsigned major, minor;

	if (uname(&u) != 0 || strcmp(u.sysname, "Linux") != 0 ||
	    sscanf(u.release, "%u.%u", &major, &minor) != 2)
		return (NULL);
	printf("# this is Linux %s\n", u.release);
	if (major > 7 || (major == 7 && minor >= 1))
		return (stack_find("linux-7.1"));
	if (major == 7 || minor >= 18)
		return (stack_find("linux-6.18"));
	return (stack_find("linux-6.1"));
}

/* The cases of a folder that have `part' in their names; how many differ. */
static unsigned
live_folder(const struct stack *stack, const char *folder, const char *part,
    unsigned *cases, const char **reason)
{
	const char *file;
	unsigned bad;
	GDir *dir;

	dir = g_dir_open(folder, 0, NULL);
	if (dir == NULL)
		g_error("%s is missing: run from the top folder", folder);
	bad = 0;
	while (*reason == NULL && (file = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_strdup_printf("%s/%s", folder,
		    file);

		if (strstr(file, ".ops.csv") == NULL ||
		    strstr(file, part) == NULL)
			continue;
		bad += live_case(stack, path, reason) > 0;
		++*cases;
	}
	g_dir_close(dir);
	return (bad);
}

int
main(int argc, char **argv)
{
	const struct stack *stack;
	const char *reason;
	unsigned bad, cases, i;

	stack = stack_here();
	if (stack == NULL) {
		printf("SKIP: this is not Linux\n");
		return (0);
	}
	bad = cases = 0;
	reason = NULL;
	for (i = 0; i < G_N_ELEMENTS(dirs); i++)
		bad += live_folder(stack, dirs[i], argc > 1 ? argv[1] : "",
		    &cases, &reason);
	if (reason != NULL) {
		printf("SKIP: %s\n", reason);
		return (0);
	}
	if (argc == 1 || strcmp(argv[1], "costs") == 0)
		live_costs();
	printf("%u cases beside %s, %u differ\n", cases, stack->name, bad);
	return (bad > 0);
}
