/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Captures: the first byte chooses the format.  What comes out of one is a
 * recording that is accepted.
 */

#include "study/capture/capture.h"
#include "study/capture/format.h"
#include "study/capture/settle.h"
#include "study/capture/write.h"
#include "study/scenario/replay.h"
#include "tests/fuzz/inputs/driver.h"

static char *path, *csv;
static unsigned nformats;

static void
capture_begin(const char *dir)
{

	path = g_build_filename(dir, "capture.log", NULL);
	csv = g_build_filename(dir, "out.csv", NULL);
	while (capture_formats[nformats] != NULL)
		nformats++;
}

static void
capture_again(const struct capture *c, const struct capture_format *format)
{
	g_autoptr(GError) error = NULL;
	struct replay *rp;
	char *text;
	size_t len;
	FILE *f;

	f = open_memstream(&text, &len);
	capture_write(c, format->name, f);
	fclose(f);
	fuzz_write(csv, text, len);
	free(text);
	rp = replay_load(csv, false, &error);
	g_assert_no_error(error);
	replay_free(rp);
}

static void
capture_one(const uint8_t *data, size_t size)
{
	g_autoptr(GError) error = NULL;
	const struct capture_format *format;
	struct capture c;

	if (size == 0)
		return;
	fuzz_write(path, data + 1, size - 1);
	capture_init(&c);
	c.path = "capture.log";
	/* One number more than there are formats: find out yourself. */
	format = capture_formats[data[0] % (nformats + 1)];
	c.guess = (enum capture_guess)(data[0] / 64 % 3);
	format = capture_read(&c, format, path, &error);
	if (format == NULL || !capture_settle(&c, size % 2 == 0, &error))
		fuzz_message(error);
	else
		capture_again(&c, format);
	capture_fini(&c);
}

const struct fuzz_kind fuzz_kind = {
	"capture", capture_begin, capture_one, NULL
};
