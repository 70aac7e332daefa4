/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What any program must do that reads a recording, or leaves a file a run: the
 * yardsticks of program_bench.sh, which has the rows.
 *
 *	bytes_bench read FILE		reads each byte, and sums up the numbers
 *	bytes_bench files N DIR		N files of a kibibyte, each made safe
 *	bytes_bench list		no row of its own
 */

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int
fail(const char *what)
{

	perror(what);
	return (1);
}

static int
read_all(const char *path)
{
	static char block[1 << 16];
	uint64_t number, sum;
	ssize_t i, n;
	int fd;

	fd = open(path, O_RDONLY);
	if (fd < 0)
		return (fail(path));
	number = sum = 0;
	while ((n = read(fd, block, sizeof(block))) > 0)
		for (i = 0; i < n; i++)
			if (block[i] >= '0' && block[i] <= '9')
				number = 10 * number + (uint64_t)(block[i] -
				    '0');
			else {
				sum += number;
				number = 0;
			}
	(void)close(fd);
	printf("%ju\n", (uintmax_t)sum);
	return (n < 0 ? fail(path) : 0);
}

static bool
write_one(const char *temporary, const char *name)
{
	char block[1024];
	bool written;
	int fd;

	fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0666);
	if (fd < 0)
		return (false);
	memset(block, 'x', sizeof(block));
	written = write(fd, block, sizeof(block)) == sizeof(block) &&
	    fsync(fd) == 0;
	return (close(fd) == 0 && written && rename(temporary, name) == 0);
}

static int
write_files(unsigned n, const char *dir)
{
	char name[4096], temporary[4096];
	unsigned i;

	for (i = 0; i < n; i++) {
		(void)snprintf(temporary, sizeof(temporary), "%s/.new", dir);
		(void)snprintf(name, sizeof(name), "%s/%u", dir, i);
		if (!write_one(temporary, name))
			return (fail(name));
	}
	return (0);
}

int
main(int argc, char **argv)
{

	if (argc == 3 && strcmp(argv[1], "read") == 0)
		return (read_all(argv[2]));
	if (argc == 4 && strcmp(argv[1], "files") == 0)
		return (write_files((unsigned)strtoul(argv[2], NULL, 10),
		    argv[3]));
	return (0);
}
