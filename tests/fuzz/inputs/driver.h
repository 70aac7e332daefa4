/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A kind of input, and who feeds it: libFuzzer, if this is compiled with
 * -DFUZZ_LIBFUZZER, else a main() of its own, which runs files and mutates
 * them, in one process.
 *
 *	X_fuzz [--seconds=S] [--seed=N] FILE|DIRECTORY...
 *	X_fuzz --seeds=DIRECTORY	write what the kind itself knows
 *
 * It says how many inputs it tried, and how many a second.  What is wrong is
 * an assertion: the input is then in the file crash-NAME.
 */

#ifndef TESTS_FUZZ_INPUTS_DRIVER_H
#define	TESTS_FUZZ_INPUTS_DRIVER_H

#include <sys/stat.h>

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <glib.h>
#include <glib/gstdio.h>

/* ---- each kind defines ------------------------------------------------- */

struct fuzz_kind {
	const char	*name;		/* of its corpus */
	/*
	 * Once, before the first input; `dir' is empty, in memory if there is
	 * such.  NULL: nothing to do.
	 */
	void		(*init)(const char *dir);
	/* One input; asserts. */
	void		(*one)(const uint8_t *data, size_t size);
	/* Call put() with inputs to begin with.  NULL: it knows none. */
	void		(*seeds)(void (*put)(const char *name,
			    const void *data, size_t size));
};

extern const struct fuzz_kind fuzz_kind;

/* ---- for kinds --------------------------------------------------------- */

static char *fuzz_dir;

static void
fuzz_remove(const char *path)
{
	const char *name;
	struct stat st;
	GDir *d;

	d = lstat(path, &st) == 0 && S_ISDIR(st.st_mode) ?
	    g_dir_open(path, 0, NULL) : NULL;
	while (d != NULL && (name = g_dir_read_name(d)) != NULL) {
		g_autofree char *child = g_build_filename(path, name, NULL);

		fuzz_remove(child);
	}
	if (d != NULL)
		g_dir_close(d);
	(void)g_remove(path);
}

static void
fuzz_fini(void)
{

	fuzz_remove(fuzz_dir);
	g_free(fuzz_dir);
}

static void
fuzz_begin(void)
{
	static bool begun;

	if (begun)
		return;
	begun = true;
	if (access("/dev/shm", W_OK) == 0)
		(void)g_setenv("TMPDIR", "/dev/shm", TRUE);
	fuzz_dir = g_dir_make_tmp("fuzz-XXXXXX", NULL);
	g_assert_nonnull(fuzz_dir);
	(void)g_log_set_always_fatal((GLogLevelFlags)(G_LOG_LEVEL_CRITICAL |
	    G_LOG_LEVEL_WARNING | G_LOG_FATAL_MASK));
	(void)atexit(fuzz_fini);
	if (fuzz_kind.init != NULL)
		fuzz_kind.init(fuzz_dir);
}

/* Without a temporary beside it, without waiting for a disk. */
static inline void
fuzz_write(const char *path, const void *data, size_t size)
{
	FILE *f;

	f = fopen(path, "w");
	g_assert_nonnull(f);
	g_assert_cmpuint(fwrite(data, 1, size, f), ==, size);
	g_assert_cmpint(fclose(f), ==, 0);
}

/* An input that is a text without NUL bytes; NULL if it has some. */
static inline char *
fuzz_text(const uint8_t *data, size_t size)
{

	return (memchr(data, 0, size) != NULL ? NULL :
	    g_strndup((const char *)data, size));
}

/* A message has lines, the first and the last not empty. */
static inline void
fuzz_message(const GError *error)
{

	g_assert_nonnull(error);
	g_assert_cmpuint(strlen(error->message), >, 0);
	g_assert_false(g_str_has_prefix(error->message, "\n"));
	g_assert_false(g_str_has_suffix(error->message, "\n"));
}

/* ---- libFuzzer --------------------------------------------------------- */

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{

	fuzz_begin();
	fuzz_kind.one(data, size);
	return (0);
}

/* ---- main -------------------------------------------------------------- */

#ifndef FUZZ_LIBFUZZER

#define	FUZZ_MAXSIZE	16384

static GPtrArray *fuzz_corpus;		/* of GBytes */
static GRand *fuzz_rand;
static const char *fuzz_into;
static const void *fuzz_now;
static size_t fuzz_now_size;
static gboolean fuzz_plant;

static void
fuzz_put(const char *name, const void *data, size_t size)
{
	g_autofree char *path = NULL;

	g_ptr_array_add(fuzz_corpus, g_bytes_new(data, size));
	if (fuzz_into == NULL)
		return;
	path = g_build_filename(fuzz_into, name, NULL);
	fuzz_write(path, data, size);
}

static void
fuzz_load(const char *path)
{
	g_autofree char *text = NULL;
	const char *name;
	gsize len;
	GDir *d;

	d = g_dir_open(path, 0, NULL);
	if (d == NULL) {
		if (g_file_get_contents(path, &text, &len, NULL))
			fuzz_put("", text, len);
		return;
	}
	while ((name = g_dir_read_name(d)) != NULL) {
		g_autofree char *child = g_build_filename(path, name, NULL);

		fuzz_load(child);
	}
	g_dir_close(d);
}

static unsigned
fuzz_any(size_t n)
{

	return ((unsigned)g_rand_int_range(fuzz_rand, 0, (gint32)n));
}

/* A piece of another input, or a word of trouble, goes in somewhere. */
static void
fuzz_insert(GString *s)
{
	static const char *const words[] = { "0", "-1", "nan", "inf",
	    "1e400", "1e-400", "99999999999999999999", "0x1p1023",
	    "18446744073709551615", "9223372036854775808", "\xff", "\x1b[31m",
	    "\xc2\x9b", "\xef\xbb\xbf", "\n", "\r\n", "# ", "\"", "\"\"", ",",
	    ",,,,,,,,", "[", "]", "=", ";", "*70k", "..", "../", "%s%n",
	    "\n# INCOMPLETE: x\n", "variant", "replication" };
	const guint8 *data;
	gsize at, len, size;

	at = fuzz_any(s->len + 1);
	if (fuzz_any(3) > 0) {
		g_string_insert(s, (gssize)at,
		    words[fuzz_any(G_N_ELEMENTS(words))]);
		return;
	}
	data = g_bytes_get_data(fuzz_corpus->pdata[fuzz_any(
	    fuzz_corpus->len)], &size);
	if (size == 0)
		return;
	len = fuzz_any(size < 400 ? size : 400) + 1;
	g_string_insert_len(s, (gssize)at, (const char *)data +
	    fuzz_any(size - len + 1), (gssize)len);
}

static void
fuzz_change(GString *s)
{
	gsize at, len;

	if (s->len == 0) {
		fuzz_insert(s);
		return;
	}
	at = fuzz_any(s->len);
	len = 1 + fuzz_any(fuzz_any(4) == 0 ? 400 : 8);
	len = MIN(len, s->len - at);
	switch (fuzz_any(8)) {
	case 0:
		s->str[at] = (char)fuzz_any(256);
		break;
	case 1:
		s->str[at] ^= (char)(1 << fuzz_any(8));
		break;
	case 2:
	case 3:
		g_string_erase(s, (gssize)at, (gssize)len);
		break;
	case 4: {
		g_autofree char *piece = g_strndup(s->str + at, len);

		g_string_insert(s, (gssize)fuzz_any(s->len), piece);
		break;
	}
	case 5:
		if (fuzz_any(4) == 0)
			g_string_truncate(s, at);
		break;
	default:
		fuzz_insert(s);
		break;
	}
}

/* An assertion that fails leaves what it failed on. */
static void
fuzz_on_abort(int signo)
{
	char name[64];
	FILE *f;

	(void)snprintf(name, sizeof(name), "crash-%s", fuzz_kind.name);
	f = fopen(name, "w");
	if (f != NULL) {
		(void)fwrite(fuzz_now, 1, fuzz_now_size, f);
		(void)fclose(f);
	}
	(void)signal(signo, SIG_DFL);
	(void)raise(signo);
}

static void
fuzz_feed(const void *data, size_t size)
{

	fuzz_now = data;
	fuzz_now_size = size;
	g_assert_true(!fuzz_plant || memmem(data, size, "70k", 3) == NULL);
	fuzz_kind.one(data, size);
}

static uint64_t
fuzz_mutate(double seconds)
{
	const guint8 *data;
	gint64 until;
	uint64_t n;
	unsigned i;
	gsize size;

	until = g_get_monotonic_time() + (gint64)(seconds * G_USEC_PER_SEC);
	for (n = 0; g_get_monotonic_time() < until; n++) {
		g_autoptr(GString) s = g_string_new(NULL);

		data = g_bytes_get_data(fuzz_corpus->pdata[fuzz_any(
		    fuzz_corpus->len)], &size);
		g_string_append_len(s, (const char *)data, (gssize)size);
		for (i = 1 + fuzz_any(6); i > 0; i--)
			fuzz_change(s);
		if (s->len > FUZZ_MAXSIZE)
			g_string_truncate(s, FUZZ_MAXSIZE);
		fuzz_feed(s->str, s->len);
	}
	return (n);
}

/* Seconds of a CPU that were used; others may want it, too. */
static double
fuzz_cpu(void)
{

	return ((double)clock() / CLOCKS_PER_SEC);
}

int
main(int argc, char **argv)
{
	g_autofree char *into = NULL;
	g_auto(GStrv) paths = NULL;
	double seconds = 0;
	gint seed = 1;
	GOptionEntry entries[] = {
		{ "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds,
		    "How long to mutate", "S" },
		{ "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Of chance", "N" },
		{ "seeds", 0, 0, G_OPTION_ARG_FILENAME, &into,
		    "Write inputs to begin with there", "DIRECTORY" },
		{ "plant", 0, 0, G_OPTION_ARG_NONE, &fuzz_plant,
		    "Fail on a word, to see that failures are found", NULL },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
		    &paths, NULL, "FILE|DIRECTORY..." },
		{ .long_name = NULL }
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	double began;
	uint64_t n;
	gsize size;
	guint i;

	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, &argc, &argv, NULL))
		return (2);
	fuzz_corpus = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)g_bytes_unref);
	fuzz_rand = g_rand_new_with_seed((guint32)seed);
	fuzz_begin();
	if (into != NULL)
		g_assert_cmpint(g_mkdir_with_parents(into, 0777), ==, 0);
	fuzz_into = into;
	if (fuzz_kind.seeds != NULL)
		fuzz_kind.seeds(fuzz_put);
	fuzz_into = NULL;
	for (i = 0; paths != NULL && paths[i] != NULL; i++)
		fuzz_load(paths[i]);
	(void)signal(SIGABRT, fuzz_on_abort);
	(void)signal(SIGSEGV, fuzz_on_abort);
	began = fuzz_cpu();
	for (i = 0; i < fuzz_corpus->len; i++) {
		const void *data = g_bytes_get_data(fuzz_corpus->pdata[i],
		    &size);

		fuzz_feed(data, size);
	}
	n = fuzz_corpus->len;
	if (seconds > 0 && fuzz_corpus->len > 0)
		n += fuzz_mutate(seconds);
	printf("%s: %ju inputs, %.0f a second of a CPU\n", fuzz_kind.name,
	    (uintmax_t)n, (double)n / MAX(1e-6, fuzz_cpu() - began));
	g_ptr_array_unref(fuzz_corpus);
	g_rand_free(fuzz_rand);
	return (n == 0);
}

#endif /* !FUZZ_LIBFUZZER */

#endif /* !TESTS_FUZZ_INPUTS_DRIVER_H */
