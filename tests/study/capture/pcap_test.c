/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Packets in files: recognised by their first bytes; read by tshark if it is
 * there; and told how to go on if it is not, or cannot.
 */

#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "models/net/net.h"
#include "study/capture/format.h"
#include "study/capture/locals.h"
#include "study/capture/pcap.h"
#include "study/capture/settle.h"

#define	SYN	0x02
#define	RST	0x04
#define	FIN	0x01
#define	ACK	0x10

static char *dir;		/* of the files that a test makes */

static void
add16(GByteArray *a, unsigned n)
{
	guint8 b[2] = { (guint8)(n >> 8), (guint8)n };

	g_byte_array_append(a, b, sizeof(b));
}

static void
add32(GByteArray *a, uint32_t n)
{

	add16(a, n >> 16);
	add16(a, n & 0xffff);
}

/* In network order, as raw IP: link type 101. */
static GByteArray *
pcap_begin(void)
{
	GByteArray *a;

	a = g_byte_array_new();
	add32(a, 0xa1b2c3d4);
	add16(a, 2);
	add16(a, 4);
	add32(a, 0);
	add32(a, 0);
	add32(a, 65535);
	add32(a, 101);
	return (a);
}

/* A packet of 40 bytes, `outer' in another IPv4 header of 20. */
static void
pcap_add(GByteArray *a, uint32_t sec, uint32_t src, uint32_t dst,
    unsigned sport, unsigned dport, unsigned flags, bool outer)
{
	unsigned len;

	len = outer ? 60 : 40;
	add32(a, sec);
	add32(a, 500000);
	add32(a, len);
	add32(a, len);
	for (; len >= 40; len -= 20) {
		add16(a, 0x4500);
		add16(a, len);
		add32(a, 0);
		add16(a, 0x4000 | (len == 60 ? 4 : 6));
		add16(a, 0);
		add32(a, len == 60 ? 0x0a000001 : src);
		add32(a, len == 60 ? 0x0a000002 : dst);
	}
	add16(a, sport);
	add16(a, dport);
	add32(a, 1);
	add32(a, flags & ACK ? 2 : 0);
	add16(a, 0x5000 | flags);
	add16(a, 65535);
	add32(a, 0);
}

#define	US	0xc000020a	/* 192.0.2.10 */
#define	PEER	0xc6336421	/* 198.51.100.33 */

static char *
write_file(const char *name, const GByteArray *a, guint len)
{
	char *path;

	path = g_build_filename(dir, name, NULL);
	g_assert_true(g_file_set_contents(path, (const char *)a->data, len,
	    NULL));
	return (path);
}

/* Three connections: refused; closed by the peer, in a tunnel; open. */
static GByteArray *
three(void)
{
	GByteArray *a;

	a = pcap_begin();
	pcap_add(a, 100, US, PEER, 40000, 80, SYN, false);
	pcap_add(a, 101, PEER, US, 80, 40000, RST | ACK, false);
	pcap_add(a, 102, US, PEER, 40001, 80, SYN, true);
	pcap_add(a, 103, PEER, US, 80, 40001, SYN | ACK, true);
	pcap_add(a, 104, PEER, US, 80, 40001, FIN | ACK, true);
	pcap_add(a, 105, US, PEER, 40001, 80, FIN | ACK, true);
	pcap_add(a, 106, US, PEER, 40002, 80, SYN, false);
	return (a);
}

static bool
have_tshark(void)
{
	g_autofree char *program = g_find_program_in_path("tshark");

	return (program != NULL);
}

static void
set_local(struct capture *c)
{
	struct locals_range r = { US, US };

	g_array_append_val(c->locals, r);
}

static void
check_three(struct capture *c, guint n)
{
	const struct capture_conn *cc;
	char addr[16];

	g_assert_cmpuint(c->conns->len, ==, n);
	cc = capture_conn_at(c, 0);
	g_assert_cmpuint(cc->end, ==, CAPTURE_END_REFUSED);
	g_assert_cmpint(cc->close - cc->open, ==, SIM_S);
	g_assert_cmpstr(net_addr_format(cc->addr[CAPTURE_PEER], addr), ==,
	    "198.51.100.33");
	g_assert_cmpuint(cc->port[CAPTURE_OPENER], ==, 40000);
	if (n < 3)
		return;
	cc = capture_conn_at(c, 1);
	g_assert_cmpstr(net_addr_format(cc->addr[CAPTURE_OPENER], addr), ==,
	    "192.0.2.10");
	g_assert_cmpuint(cc->end, ==, CAPTURE_END_CLOSED);
	g_assert_cmpuint(cc->closer, ==, CAPTURE_PEER);
	g_assert_cmpint(cc->close - cc->open, ==, 3 * SIM_S);
	g_assert_cmpuint(capture_conn_at(c, 2)->end, ==, CAPTURE_END_OPEN);
}

static void
test_read(void)
{
	g_autoptr(GByteArray) a = three();
	g_autofree char *path = write_file("a.pcap", a, a->len);
	g_autofree char *cut = write_file("b.pcap", a, 24 + 3 * 56 + 60);
	g_autoptr(GError) error = NULL;
	struct capture c;

	if (!have_tshark()) {
		g_test_skip("tshark is not installed");
		return;
	}
	capture_init(&c);
	set_local(&c);
	g_assert_true(capture_read(&c, NULL, path, &error) ==
	    &capture_format_pcap);
	g_assert_no_error(error);
	g_assert_true(capture_settle(&c, false, &error));
	check_three(&c, 3);
	g_assert_cmpuint(c.notes->len, ==, 0);
	capture_fini(&c);

	/* What a file that was cut has is taken, and the cut is told. */
	capture_init(&c);
	set_local(&c);
	g_assert_nonnull(capture_read(&c, NULL, cut, &error));
	g_assert_true(capture_settle(&c, false, &error));
	check_three(&c, 2);
	g_assert_nonnull(strstr(c.notes->str, "is not whole; tshark says: "));
	capture_fini(&c);

	g_clear_pointer(&path, g_free);
	path = write_file("a.pcap", a, 30);
	capture_init(&c);
	g_assert_null(capture_read(&c, NULL, path, &error));
	g_test_message("%s", error->message);
	g_assert_nonnull(strstr(error->message, "tshark cannot read it: "));
	capture_fini(&c);
}

static void
test_is(void)
{
	static const guint8 ng[] = { 0x0a, 0x0d, 0x0d, 0x0a, 0x1c, 0, 0, 0 };
	g_autoptr(GByteArray) a = three();
	g_autofree char *path = write_file("c.pcap", a, a->len);
	g_autofree char *none = NULL, *pcapng = NULL;

	g_assert_true(pcap_is(path));
	g_byte_array_set_size(a, 0);
	g_byte_array_append(a, ng, sizeof(ng));
	pcapng = write_file("c.bin", a, a->len);
	g_assert_true(pcap_is(pcapng));
	none = write_file("c.txt", a, 3);
	g_assert_false(pcap_is(none));
	g_assert_true(pcap_is("x.pcapng.gz"));
	g_assert_false(pcap_is("-"));
	g_assert_false(pcap_is("no-such.pcap"));
}

/* Without tshark: one message, with the way to go. */
static void
test_missing(void)
{
	g_autofree char *before = g_strdup(g_getenv("PATH"));
	g_autoptr(GByteArray) a = three();
	g_autofree char *path = write_file("d.pcap", a, a->len);
	g_autoptr(GError) error = NULL;
	struct capture c;

	capture_init(&c);
	g_setenv("PATH", "/nonexistent", TRUE);
	g_assert_null(capture_read(&c, NULL, path, &error));
	g_setenv("PATH", before, TRUE);
	g_test_message("%s", error->message);
	g_assert_nonnull(strstr(error->message, "it is not installed"));
	g_assert_nonnull(strstr(error->message, "packets.sh"));
	capture_fini(&c);
}

int
main(int argc, char **argv)
{
	static const char *const files[] = { "a.pcap", "b.pcap", "c.pcap",
	    "c.bin", "c.txt", "d.pcap" };
	unsigned i;
	int rc;

	g_test_init(&argc, &argv, NULL);
	dir = g_dir_make_tmp("pcap-XXXXXX", NULL);
	g_test_add_func("/pcap/is", test_is);
	g_test_add_func("/pcap/read", test_read);
	g_test_add_func("/pcap/missing", test_missing);
	rc = g_test_run();
	for (i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *path = g_build_filename(dir, files[i], NULL);

		g_unlink(path);
	}
	g_rmdir(dir);
	g_free(dir);
	return (rc);
}
