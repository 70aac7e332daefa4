/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Captures of packets in files; see pcap.h.
 */

#include <sys/wait.h>

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "study/capture/pcap.h"
#include "study/text/kin.h"
#include "study/text/lines.h"
#include "study/text/taken.h"

#define	PCAP_COMPLAINT	200	/* bytes of it that are told */

extern const struct capture_format capture_format_tshark;

/*
 * What tshark is asked for.  Of a packet in a tunnel it is the innermost
 * address; a packet that is quoted by an ICMP message is none.
 */
static const char *const pcap_arguments[] = { "tshark", "-n", "-T", "fields",
    "-E", "header=y", "-E", "separator=/t", "-E", "occurrence=l",
    "-Y", "(tcp.flags.syn == 1 || tcp.flags.fin == 1 || "
    "tcp.flags.reset == 1) && !icmp",
    "-e", "frame.time_epoch", "-e", "tcp.stream", "-e", "ip.src",
    "-e", "tcp.srcport", "-e", "ip.dst", "-e", "tcp.dstport",
    "-e", "tcp.flags", "-e", "frame.protocols", "-r", NULL };

bool
pcap_is(const char *path)
{
	static const unsigned char magic[][4] = {
		{ 0xd4, 0xc3, 0xb2, 0xa1 }, { 0xa1, 0xb2, 0xc3, 0xd4 },
		{ 0x4d, 0x3c, 0xb2, 0xa1 }, { 0xa1, 0xb2, 0x3c, 0x4d },
		{ 0x0a, 0x0d, 0x0d, 0x0a }
	};
	unsigned char head[4];
	size_t i, n;
	FILE *f;

	if (g_str_has_suffix(path, ".pcap.gz") ||
	    g_str_has_suffix(path, ".pcapng.gz") ||
	    g_str_has_suffix(path, ".cap.gz"))
		return (true);
	/* What is looked at in a pipe is gone for who reads it then. */
	if (!g_file_test(path, G_FILE_TEST_IS_REGULAR) ||
	    (f = fopen(path, "re")) == NULL)
		return (false);
	n = fread(head, 1, sizeof(head), f);
	fclose(f);
	for (i = 0; n == sizeof(head) && i < G_N_ELEMENTS(magic); i++)
		if (memcmp(head, magic[i], sizeof(head)) == 0)
			return (true);
	return (false);
}

/* ---- tshark ------------------------------------------------------------ */

struct pcap_child {
	GPid		pid;
	FILE		*out;		/* what it prints */
	FILE		*complaints;	/* a file without a name */
	bool		endless;	/* a line of it */
};

static bool
child_missing(const char *path, GError **error)
{
	g_autofree char *program = g_find_program_in_path("tshark");

	if (program != NULL)
		return (false);
	g_set_error(error, CAPTURE_ERROR, 0, "%s: holds packets, which tshark "
	    "reads; it is not installed (package tshark). Where "
	    "it is, `sh scenarios/capture/packets.sh %s >packets.csv' "
	    "makes a text that --format=tshark reads", path, path);
	return (true);
}

/* It is not to go on; its status. */
static int
child_reap(const struct pcap_child *ch)
{
	int status;

	(void)kill(ch->pid, SIGKILL);
	while (waitpid(ch->pid, &status, 0) == -1 && errno == EINTR)
		continue;
	g_spawn_close_pid(ch->pid);
	return (status);
}

static bool
child_start(struct pcap_child *ch, const char *path, GError **error)
{
	const char *argv[G_N_ELEMENTS(pcap_arguments) + 1];
	int out[2];
	guint i;
	bool ok;

	for (i = 0; pcap_arguments[i] != NULL; i++)
		argv[i] = pcap_arguments[i];
	argv[i++] = path;
	argv[i] = NULL;
	ch->complaints = tmpfile();
	if (ch->complaints == NULL || pipe(out) != 0) {
		g_set_error(error, CAPTURE_ERROR, 0, "cannot run tshark: %s",
		    g_strerror(errno));
		if (ch->complaints != NULL)
			fclose(ch->complaints);
		return (false);
	}
	taken_note_path(path);
	ok = g_spawn_async_with_fds(NULL, (char **)(uintptr_t)argv, NULL,
	    G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
	    G_SPAWN_CHILD_INHERITS_STDIN, kin_bind, NULL, &ch->pid, -1, out[1],
	    fileno(ch->complaints), error);
	close(out[1]);
	if (ok) {
		ch->out = fdopen(out[0], "r");
		if (ch->out != NULL)
			return (true);
		g_set_error(error, CAPTURE_ERROR, 0, "cannot read what tshark "
		    "says: %s", g_strerror(errno));
		child_reap(ch);
	}
	close(out[0]);
	fclose(ch->complaints);
	return (false);
}

/* The line that says what is wrong; not that root should not run it. */
static void
child_complaint(struct pcap_child *ch, int status, char *buf, int size)
{
	char line[PCAP_COMPLAINT];

	if (WIFSIGNALED(status))
		(void)g_snprintf(buf, (gulong)size, "ended by signal %d",
		    WTERMSIG(status));
	else
		g_strlcpy(buf, "no message", (gsize)size);
	rewind(ch->complaints);
	while (fgets(line, sizeof(line), ch->complaints) != NULL) {
		g_strstrip(line);
		if (*line != '\0' && strstr(line, "Running as user") == NULL)
			g_strlcpy(buf, line, (gsize)size);
	}
}

/* Some packets of a file that was cut are better than none, if it is said. */
static bool
child_end(struct pcap_child *ch, struct capture *c, GError **error)
{
	g_autofree char *text = NULL;
	char complaint[PCAP_COMPLAINT];
	int status;

	fclose(ch->out);
	while (waitpid(ch->pid, &status, 0) == -1 && errno == EINTR)
		continue;
	g_spawn_close_pid(ch->pid);
	child_complaint(ch, status, complaint, sizeof(complaint));
	fclose(ch->complaints);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return (true);
	if (c->conns->len == 0) {
		g_set_error(error, CAPTURE_ERROR, 0, "%s: tshark cannot read "
		    "it: %s", c->path, complaint);
		return (false);
	}
	text = g_strconcat("is not whole; tshark says: ", complaint, NULL);
	capture_remark(c, text);
	return (true);
}

/* The next line of what it says, without its end; false: none, or too long. */
static bool
child_line(struct pcap_child *ch, char *text)
{
	size_t len;

	if (fgets(text, LINES_MAX + 1, ch->out) == NULL)
		return (false);
	len = strlen(text);
	if (len == LINES_MAX && text[len - 1] != '\n') {
		ch->endless = true;
		return (false);
	}
	text[strcspn(text, "\r\n")] = '\0';
	return (true);
}

bool
pcap_read(struct capture *c, const char *path, GError **error)
{
	const struct capture_format *f;
	struct pcap_child ch = { .endless = false };
	void *state;
	char *text;

	f = &capture_format_tshark;
	if (child_missing(path, error) || !child_start(&ch, path, error))
		return (false);
	state = f->state_new();
	text = g_malloc(LINES_MAX + 1);
	while (child_line(&ch, text)) {
		/* The first line has the names. */
		c->line++;
		(void)f->line(c, state, text);
	}
	g_free(text);
	f->end(c, state);
	f->state_free(state);
	if (ch.endless) {
		g_set_error(error, CAPTURE_ERROR, 0, "%s: tshark wrote a line "
		    "of more than 64 KiB, behind line %" G_GUINT64_FORMAT,
		    path, (guint64)c->line);
		(void)child_reap(&ch);
		fclose(ch.out);
		fclose(ch.complaints);
		return (false);
	}
	return (child_end(&ch, c, error));
}

const struct capture_format capture_format_pcap = {
	.name = "pcap",
	.title = "packets in a file, pcap or pcapng, which tshark reads",
	.command = "tcpdump -i INTERFACE -w FILE.pcap \\\n"
	    "    'tcp[tcpflags] & (tcp-syn|tcp-fin|tcp-rst) != 0'",
	.sign = "the first bytes of such a file"
};
