/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Digests of files, of several at a time.
 */

#ifndef STUDY_RUN_DIGEST_H
#define	STUDY_RUN_DIGEST_H

#include <stdbool.h>

#define	DIGEST_HEX	64		/* of a SHA-256 */

/*
 * SHA-256 of a regular file, hex; NULL and errno if it is none.  Nothing else
 * is waited for: a fifo may stand in the place of a file.
 *
 * sync		once it has really got to the disk
 */
char	*digest_file(const char *path, bool sync);

/* A file and what it turned out to be. */
struct digest {
	char		*path;
	char		*hex;		/* NULL: it could not be read */
	int		cause;		/* errno of that */
};

/* Of d[n], by so many threads. */
void	digest_files(struct digest *d, unsigned n, unsigned threads,
	    bool sync);
void	digest_clear(struct digest *);

#endif /* !STUDY_RUN_DIGEST_H */
