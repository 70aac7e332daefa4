/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The edge: one function a subcommand, cli/NAME.c.  Results go to stdout or to
 * files, messages to stderr.
 */

#ifndef CLI_CLI_H
#define	CLI_CLI_H

/* Exit codes; a signal n exits with 128 + n. */
enum cli_exit {
	CLI_OK,
	CLI_FAILED,		/* an expectation does not hold */
	CLI_USAGE,		/* usage, or what a file says */
	CLI_INCOMPLETE,		/* stopped early */
	CLI_IO			/* input or output failed */
};

struct subcommand {
	const char	*name;
	const char	*arguments;
	const char	*help;		/* one line */
	int		(*run)(int argc, char **argv);
};

/* All there are, subcommands[nsubcommands]; cli/main.c. */
extern const struct subcommand subcommands[];
extern const unsigned nsubcommands;

/*
 * argv		argv[0] is the subcommand's name
 *
 * Returns:	the exit code.
 */
int	cli_ask(int argc, char **argv);
int	cli_calibrate(int argc, char **argv);
int	cli_check(int argc, char **argv);
int	cli_column(int argc, char **argv);
int	cli_completion(int argc, char **argv);
int	cli_compare(int argc, char **argv);
int	cli_explain(int argc, char **argv);
int	cli_help(int argc, char **argv);
int	cli_import(int argc, char **argv);
int	cli_init(int argc, char **argv);
int	cli_limit(int argc, char **argv);
int	cli_list(int argc, char **argv);
int	cli_live(int argc, char **argv);
int	cli_plot(int argc, char **argv);
int	cli_report(int argc, char **argv);
int	cli_run(int argc, char **argv);
int	cli_script(int argc, char **argv);
int	cli_sweep(int argc, char **argv);
int	cli_version(int argc, char **argv);

#endif /* !CLI_CLI_H */
