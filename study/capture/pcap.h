/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Captures of packets in files, pcap and pcapng: read by tshark(1), which is
 * run as a program, and then as what it prints (study/capture/tshark.c).
 */

#ifndef STUDY_CAPTURE_PCAP_H
#define	STUDY_CAPTURE_PCAP_H

#include <stdbool.h>

#include <glib.h>

#include "study/capture/reader.h"

extern const struct capture_format capture_format_pcap;

/* Does the file begin like one, or, compressed, is it called like one? */
bool	pcap_is(const char *path);

/*
 * path		"-" is standard input
 *
 * Errors:	tshark is not installed, or cannot read the file.
 */
bool	pcap_read(struct capture *, const char *path, GError **);

#endif /* !STUDY_CAPTURE_PCAP_H */
