/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim import: what another program captured, as a recording to replay.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "cli/cli.h"
#include "cli/option.h"
#include "cli/outfile.h"
#include "cli/say.h"
#include "study/capture/anonymise.h"
#include "study/capture/format.h"
#include "study/capture/locals.h"
#include "study/capture/recording.h"
#include "study/capture/settle.h"
#include "study/capture/write.h"

#define	IMPORT_KEYLEN	16

struct import_options {
	char		*format;
	char		*local;
	char		*listen;
	char		**servers;
	char		*bound;
	char		*on_error;
	char		*key;
	char		*out;
	gboolean	anonymise;
	gboolean	list;
	char		**paths;
};

static char *
import_format_names(void)
{
	const struct capture_format *const *f;
	GString *s;

	s = g_string_new("auto");
	for (f = capture_formats; *f != NULL; f++)
		g_string_append_printf(s, "|%s", (*f)->name);
	return (g_string_free(s, FALSE));
}

static bool
import_check(const struct import_options *opt, GError **error)
{
	g_autofree char *names = NULL;

	names = import_format_names();
	if (opt->list)
		return (true);
	if (opt->paths == NULL || opt->paths[1] != NULL)
		return (option_bad(error, "import: one FILE is needed; - is "
		    "standard input"));
	if (opt->key != NULL && *opt->key == '\0')
		return (option_bad(error, "--key=: is empty; whoever knows "
		    "that could map the addresses back"));
	return (option_word("--format=", opt->format, names, error) &&
	    option_word("--bound=", opt->bound, "guess|all|none", error) &&
	    option_word("--on-error=", opt->on_error, "fail|skip", error));
}

static bool
import_parse(int argc, char **argv, struct import_options *opt,
    GError **error)
{
	g_autoptr(GOptionContext) context = NULL;
	g_autofree char *names = import_format_names();
	GOptionEntry entries[] = {
		{ "format", 0, 0, G_OPTION_ARG_STRING, &opt->format,
		    "What captured it (default: auto, by what it looks like)",
		    names },
		{ "list", 0, 0, G_OPTION_ARG_NONE, &opt->list,
		    "Show each format and the command that makes it", NULL },
		{ "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt->out,
		    "Where to write (default: standard output)", "FILE.csv" },
		{ "local", 0, 0, G_OPTION_ARG_STRING, &opt->local,
		    "This machine's addresses, as in 192.0.2.10,10.0.0.0/24",
		    "ADDRESSES" },
		{ "listen", 0, 0, G_OPTION_ARG_STRING, &opt->listen,
		    "Its ports that others connect to, where no listeners are "
		    "shown", "PORTS" },
		{ "server", 0, 0, G_OPTION_ARG_STRING_ARRAY, &opt->servers,
		    "The address of a server that a log knows by its name",
		    "NAME=ADDRESS:PORT" },
		{ "bound", 0, 0, G_OPTION_ARG_STRING, &opt->bound,
		    "Where the capture does not say whether a program had "
		    "bound", "guess|all|none" },
		{ "anonymise", 0, 0, G_OPTION_ARG_NONE, &opt->anonymise,
		    "Other addresses, of a recording, too; what shares a "
		    "prefix still does", NULL },
		{ "key", 0, 0, G_OPTION_ARG_STRING, &opt->key,
		    "Map addresses as other captures with this key; implies "
		    "--anonymise", "TEXT" },
		{ "on-error", 0, 0, G_OPTION_ARG_STRING, &opt->on_error,
		    "What to do about bad lines", "fail|skip" },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
		    &opt->paths, NULL, "FILE" },
		{ .long_name = NULL }
	};

	context = option_context("import", "Turn a capture of connections "
	    "into a recording for load = replay.", NULL, entries);
	return (option_parse(context, entries, &argc, &argv, error) &&
	    import_check(opt, error));
}

static bool
import_ports(const char *text, struct capture *c, GError **error)
{
	g_auto(GStrv) items = g_strsplit_set(text, ",;", -1);
	uint16_t port;
	guint64 n;
	char *end;
	unsigned i;

	if (*text == '\0')
		return (option_bad(error, "--listen=: is empty; needed are "
		    "ports"));
	for (i = 0; items[i] != NULL; i++) {
		g_strstrip(items[i]);
		n = g_ascii_strtoull(items[i], &end, 10);
		if (!g_ascii_isdigit(*items[i]) || *end != '\0' || n < 1 ||
		    n > UINT16_MAX)
			return (option_bad(error, "--listen=%s: '%s' is not "
			    "a port, 1..65535", text, items[i]));
		port = (uint16_t)n;
		g_array_append_val(c->listening, port);
	}
	return (true);
}

static bool
import_servers(char *const *servers, struct capture *c, GError **error)
{
	const char *equals;

	for (; servers != NULL && *servers != NULL; servers++) {
		equals = strrchr(*servers, '=');
		if (equals == NULL || equals == *servers ||
		    strchr(equals, ':') == NULL)
			return (option_bad(error, "--server=%s: not "
			    "NAME=ADDRESS:PORT", *servers));
		g_hash_table_replace(c->servers, g_strndup(*servers,
		    (gsize)(equals - *servers)), g_strdup(equals + 1));
	}
	return (true);
}

/* ---- addresses --------------------------------------------------------- */

/* A key that nobody knows. */
static bool
import_random_key(guint8 key[IMPORT_KEYLEN], GError **error)
{
	FILE *f;
	bool ok;

	f = fopen("/dev/urandom", "r");
	ok = f != NULL && fread(key, IMPORT_KEYLEN, 1, f) == 1;
	if (f != NULL)
		fclose(f);
	if (!ok)
		g_set_error(error, CAPTURE_ERROR, 0, "/dev/urandom: %s",
		    g_strerror(errno));
	return (ok);
}

static struct anonymise *
import_mapping(const struct import_options *opt, GError **error)
{
	guint8 key[IMPORT_KEYLEN];

	if (opt->key != NULL)
		return (anonymise_new(opt->key, strlen(opt->key)));
	return (import_random_key(key, error) ? anonymise_new(key,
	    sizeof(key)) : NULL);
}

static bool
import_anonymise(const struct import_options *opt, struct capture *c,
    GError **error)
{
	struct capture_conn *cc;
	struct anonymise *a;
	unsigned i, side;

	if (!opt->anonymise && opt->key == NULL)
		return (true);
	a = import_mapping(opt, error);
	if (a == NULL)
		return (false);
	for (i = 0; i < c->conns->len; i++) {
		cc = capture_conn_at(c, i);
		for (side = 0; side < 2; side++)
			if (cc->addr[side] != 0)
				cc->addr[side] = anonymise_addr(a,
				    cc->addr[side]);
	}
	anonymise_free(a);
	return (true);
}

/* ---- what is said ------------------------------------------------------ */

static void
import_list(void)
{
	const struct capture_format *const *f;
	unsigned i;

	for (f = capture_formats; *f != NULL; f++) {
		g_auto(GStrv) lines = g_strsplit((*f)->command, "\n", -1);

		printf("%-10s %s\n", (*f)->name, (*f)->title);
		for (i = 0; lines[i] != NULL; i++)
			printf("             %s\n", lines[i]);
	}
}

/* The same command once more, with what it lacked. */
static void
import_tell_again(int argc, char *const *argv, const char *hint)
{
	g_autoptr(GString) again = NULL;
	int i;

	again = g_string_new(NULL);
	for (i = 1; i < argc; i++) {
		g_autofree char *quoted = g_shell_quote(argv[i]);

		g_string_append_printf(again, " %s", strspn(argv[i],
		    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		    "0123456789-_=./,:") == strlen(argv[i]) ? argv[i] :
		    quoted);
	}
	say("again, if that is this machine:\n  pcbsim %s %s%s\n", argv[0],
	    hint, again->str);
}

static void
import_tell_key(const struct capture *c, const struct import_options *opt)
{

	if (opt->key == NULL && opt->anonymise)
		say("%s: addresses mapped by a random key; --key "
		    "maps several captures alike\n", c->path);
}

static void
import_tell(const struct capture *c, const struct import_options *opt,
    const struct capture_format *f)
{
	g_autofree char *all = capture_text(c);
	g_autofree char *left = capture_left_text(c);

	say("%s: %s: %s\n", c->path, f->name, all);
	if (left != NULL)
		say("%s: left out: %s\n", c->path, left);
	if (c->nbad > 0)
		say("%s: %" G_GUINT64_FORMAT " bad lines skipped\n",
		    c->path, c->nbad);
	import_tell_key(c, opt);
}

struct import_print {
	const struct capture *capture;
	const char	*format;
};

static void
import_print(const void *arg, FILE *f)
{
	const struct import_print *p;

	p = arg;
	capture_write(p->capture, p->format, f);
}

/* ---- of a recording ---------------------------------------------------- */

struct import_recording {
	const struct capture *capture;
	const struct replay *replay;
	struct anonymise *mapping;
};

static void
import_recording_print(const void *arg, FILE *f)
{
	const struct import_recording *r;

	r = arg;
	recording_write(r->capture, r->replay, r->mapping, f);
}

static void
import_tell_recording(const struct capture *c, const struct replay *rp,
    const struct import_options *opt)
{
	g_autofree char *skipped = replay_skipped_text(rp);

	say("%s: recording: %" G_GUINT64_FORMAT " connections, with other "
	    "addresses\n", c->path, rp->out.rec.n + rp->in.rec.n);
	if (skipped != NULL)
		say("%s\n", skipped);
	if (recording_has_more(c))
		say("%s: it has comments or columns of its own: of them only "
		    "IPv4 addresses are changed, no names\n", c->path);
	import_tell_key(c, opt);
}

static const char *
import_idle_option(const struct import_options *opt)
{

	return (opt->local != NULL ? "local" : opt->listen != NULL ? "listen" :
	    opt->servers != NULL ? "server" : opt->bound != NULL ? "bound" :
	    NULL);
}

/* It can be replayed as it is, or could if it were not for its mistakes. */
static void
import_nothing_to_do(const struct capture *c, const struct replay *rp,
    GError **error)
{

	if (rp == NULL)
		g_prefix_error(error, "%s: is a recording already, but not one "
		    "that load = replay reads:\n", c->path);
	else
		(void)option_bad(error, "%s: is a recording already, of %"
		    G_GUINT64_FORMAT " connections; load = replay reads it, "
		    "--anonymise changes its addresses", c->path,
		    rp->out.rec.n + rp->in.rec.n);
}

static int
import_recording(const struct import_options *opt, const struct capture *c,
    GError **error)
{
	struct import_recording r = { .capture = c };
	bool maps, skips;
	struct replay *rp;
	int code;

	maps = opt->anonymise || opt->key != NULL;
	skips = g_strcmp0(opt->on_error, "skip") == 0;
	if (import_idle_option(opt) != NULL) {
		(void)option_bad(error, "%s: is a recording already, which "
		    "says itself what --%s is for", c->path,
		    import_idle_option(opt));
		return (CLI_USAGE);
	}
	r.replay = rp = recording_check(c, maps && skips, error);
	code = rp == NULL ? say_code(*error) : CLI_USAGE;
	if (!maps) {
		import_nothing_to_do(c, rp, error);
	} else if (rp != NULL) {
		code = CLI_IO;
		if ((opt->out == NULL || outfile_writable(opt->out, error)) &&
		    (r.mapping = import_mapping(opt, error)) != NULL &&
		    outfile_write(opt->out, import_recording_print, &r,
		    error)) {
			import_tell_recording(c, rp, opt);
			code = CLI_OK;
		}
	}
	if (r.mapping != NULL)
		anonymise_free(r.mapping);
	if (rp != NULL)
		replay_free(rp);
	return (code);
}

/* ---- import ------------------------------------------------------------ */

static bool
import_prepare(const struct import_options *opt, struct capture *c,
    GError **error)
{

	if (opt->local != NULL && !locals_parse(opt->local, c->locals,
	    error)) {
		g_prefix_error(error, "--local=%s: ", opt->local);
		return (false);
	}
	if (opt->bound != NULL && strcmp(opt->bound, "guess") != 0)
		c->guess = strcmp(opt->bound, "all") == 0 ?
		    CAPTURE_ALL_BOUND : CAPTURE_NONE_BOUND;
	return ((opt->listen == NULL || import_ports(opt->listen, c,
	    error)) && import_servers(opt->servers, c, error));
}

static int
import_run(const struct import_options *opt, struct capture *c,
    GError **error)
{
	const struct capture_format *f;
	struct import_print print;

	if (!import_prepare(opt, c, error))
		return (CLI_USAGE);
	f = opt->format == NULL ? NULL : capture_format_find(opt->format);
	f = capture_read(c, f, opt->paths[0], error);
	if (f == NULL)
		return (say_code(*error));
	if (f == &capture_format_recording)
		return (import_recording(opt, c, error));
	if (!capture_settle(c, opt->on_error != NULL &&
	    strcmp(opt->on_error, "skip") == 0, error))
		return (CLI_USAGE);
	if (opt->out != NULL && !outfile_writable(opt->out, error))
		return (CLI_IO);
	if (!import_anonymise(opt, c, error))
		return (CLI_IO);
	print = (struct import_print){ c, f->name };
	if (!outfile_write(opt->out, import_print, &print, error))
		return (CLI_IO);
	import_tell(c, opt, f);
	return (CLI_OK);
}

static void
import_options_fini(struct import_options *opt)
{

	g_free(opt->format);
	g_free(opt->local);
	g_free(opt->listen);
	g_strfreev(opt->servers);
	g_free(opt->bound);
	g_free(opt->on_error);
	g_free(opt->key);
	g_free(opt->out);
	g_strfreev(opt->paths);
}

int
cli_import(int argc, char **argv)
{
	struct import_options opt = { .format = NULL };
	/* Parsing takes words away. */
	g_autofree char **again = g_new(char *, (gsize)argc);
	g_autoptr(GError) error = NULL;
	struct capture c;
	int code;

	memcpy(again, argv, (gsize)argc * sizeof(*argv));
	capture_init(&c);
	code = CLI_USAGE;
	if (import_parse(argc, argv, &opt, &error)) {
		if (opt.list) {
			import_list();
			code = CLI_OK;
		} else
			code = import_run(&opt, &c, &error);
	}
	say("%s", c.notes->str);
	if (error != NULL)
		say("%s\n", error->message);
	if (c.local_hint != NULL)
		import_tell_again(argc, again, c.local_hint);
	capture_fini(&c);
	import_options_fini(&opt);
	return (code);
}
