/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lines of sysctl.conf(5) and its like; see sysctl.h.
 */

#include <stdio.h>
#include <string.h>

#include "study/scenario/sysctl.h"
#include "study/text/nearest.h"

/* ---- how they are written ---------------------------------------------- */

/* Behind a prompt and who may do it: "root@proxy:~ # ", "sudo ". */
static const char *
line_after_prompt(const char *line)
{
	static const char *const marks[] = { "# ", "$ ", "% ", "> " };
	const char *at;
	unsigned i;

	at = strstr(line, "sysctl ");
	for (i = 0; at != NULL && i < G_N_ELEMENTS(marks); i++)
		if (at - line >= 2 && strncmp(at - 2, marks[i], 2) == 0)
			line = at;
	for (i = 0; i < G_N_ELEMENTS(marks); i++)
		if (strncmp(line, marks[i], 2) == 0)
			line += 2;
	if (g_str_has_prefix(line, "sudo ") || g_str_has_prefix(line, "doas "))
		line += strlen("sudo ");
	return (line);
}

/*
 * Behind the command of `sysctl -w NAME=VALUE', as it stands in notes, and
 * behind the - of sysctl.d(5), which says that a failure does not matter.
 */
static const char *
line_after_command(const char *line)
{

	line = line_after_prompt(line);
	if (*line == '-' && g_ascii_isalpha(line[1]))
		return (line + 1);
	if (!g_str_has_prefix(line, "sysctl") || !g_ascii_isspace(line[6]))
		return (line);
	line += strlen("sysctl");
	for (;;) {
		while (g_ascii_isspace(*line))
			line++;
		if (*line != '-')
			return (line);
		while (*line != '\0' && !g_ascii_isspace(*line))
			line++;
	}
}

bool
sysctl_only_asks(const char *line)
{
	const char *at;

	at = line_after_command(line);
	return (at != line && strchr(at, '=') == NULL &&
	    strstr(line, "sysctl ") != NULL);
}

/* loader.conf(5) counts k, m and g in powers of 1024. */
static char *
value_quoted(const char *start, size_t len)
{
	g_autofree char *value = g_strstrip(g_strndup(start, len));
	size_t digits;

	digits = strspn(value, "0123456789");
	if (digits == 0 || value[digits] == '\0' || value[digits + 1] != '\0' ||
	    strchr("kKmMgG", value[digits]) == NULL)
		return (g_steal_pointer(&value));
	return (g_strdup_printf("%.*s%ci", (int)digits, value,
	    g_ascii_toupper(value[digits])));
}

/* Without the comment, the remark in parentheses, the value before it. */
static char *
value_bare(const char *text)
{
	g_autofree char *value = g_strndup(text, strcspn(text, "#"));
	const char *arrow;
	char *remark;
	size_t type;

	g_strchomp(value);
	remark = strstr(value, " (");
	if (remark != NULL && g_str_has_suffix(value, ")"))
		*remark = '\0';
	arrow = strstr(value, "-> ");
	if (arrow != NULL)
		return (g_strstrip(g_strdup(arrow + 3)));
	/* sysctl -t: "integer: 10000", "uint64_t: 0". */
	type = strspn(value, "abcdefghijklmnopqrstuvwxyz_0123456789 ");
	return (g_strstrip(g_strdup(type > 2 && g_ascii_islower(*value) &&
	    strncmp(value + type, ": ", 2) == 0 ? value + type + 2 :
	    value)));
}

static bool
name_char(char c)
{

	return (g_ascii_isalnum(c) || strchr("._-%/", c) != NULL);
}

bool
sysctl_split(const char *line, char **name, char **value)
{
	const char *end, *start, *text;

	start = line_after_command(line);
	for (end = start; *end != '\0' && name_char(*end); end++)
		continue;
	text = end + strspn(end, " \t");
	if (end == start || (*text != '=' && *text != ':'))
		return (false);
	text++;
	text += strspn(text, " \t");
	*name = g_strndup(start, (size_t)(end - start));
	/* net/ipv4/tcp_fin_timeout is net.ipv4.tcp_fin_timeout. */
	if (strchr(*name, '/') != NULL && strchr(*name, '.') == NULL)
		g_strdelimit(*name, "/", '.');
	end = *text == '"' || *text == '\'' ? strchr(text + 1, *text) : NULL;
	*value = end != NULL ? value_quoted(text + 1,
	    (size_t)(end - text) - 1) : value_bare(text);
	return (true);
}

bool
sysctl_is_printed(const char *line)
{
	const char *end;

	for (end = line; *end != '\0' && name_char(*end); end++)
		continue;
	return (end != line && *end == ':');
}

char *
sysctl_value(const struct param *p, const char *value)
{
	static const char *const on[] = { "yes", "true", "on", "enable" };
	static const char *const off[] = { "no", "false", "off", "disable" };
	size_t len;
	guint i;

	len = strlen(value);
	if (p->type == PARAM_DURATION && len > 0 &&
	    strspn(value, "0123456789") == len)
		return (g_strconcat(value, "ms", NULL));
	for (i = 0; (p->type == PARAM_BOOL || p->type == PARAM_CHOICE) &&
	    i < G_N_ELEMENTS(on); i++) {
		if (g_ascii_strcasecmp(value, on[i]) == 0)
			return (g_strdup("1"));
		if (g_ascii_strcasecmp(value, off[i]) == 0)
			return (g_strdup("0"));
	}
	return (g_strdup(value));
}

/* ---- names ------------------------------------------------------------- */

const struct param *
sysctl_param(const char *name)
{
	const struct param *p;

	p = param_find("kernel", name);
	if (p != NULL || strchr(name, '.') == NULL)
		return (p);
	for (p = param_table; p->group != NULL; p++)
		if (p->mirrors != NULL && strcmp(p->mirrors, name) == 0)
			return (p);
	return (NULL);
}

/* Kernels' own names that look like typing errors in ours. */
static const char *const names_alike[] = {
	"debug.lock.delay_max", "debug.rwlock.delay_max", "debug.sx.delay_max",
	"net.inet.sctp.pcbhashsize", "net.inet.sctp.tcbhashsize",
	"net.inet.tcp.tso", "net.inet.ip.porthifirst",
	"net.inet.ip.porthilast", "net.inet6.ip6.connect_in6addr_wild",
	"net.ipv4.tcp_synack_retries",
	"net.ipv4.tcp_thin_linear_timeouts", NULL
};

/* Two letters wrong; of a long name more, since it takes more to type. */
static bool
name_is_mistyped(const char *name)
{
	const struct param *p;
	const char *ours;

	if (g_strv_contains(names_alike, name))
		return (false);
	for (p = param_table; p->group != NULL; p++) {
		ours = strcmp(p->group, "kernel") == 0 ? p->key : p->mirrors;
		if (ours != NULL && strchr(ours, '.') != NULL &&
		    nearest_distance(name, ours) <= MAX(2, strlen(ours) / 8))
			return (true);
	}
	return (false);
}

/* Where a kernel's names begin: FreeBSD's, Linux', the loader's. */
static bool
name_is_a_kernels(const char *name)
{
	static const char *const top[] = { "abi", "compat", "debug", "dev",
	    "dtrace", "efi", "fs", "hint", "hptmv", "hw", "kern", "kernel",
	    "kstat", "loader", "machdep", "net", "p1003_1b", "screen",
	    "security", "smbios", "sunrpc", "sysctl", "user", "vfs", "vm" };
	static const char *const loader[] = { "autoboot_", "beastie_", "boot_",
	    "comconsole_", "efi_", "init_", "loader_", "module_", "zfs_" };
	static const char *const loads[] = { "_load", "_name", "_type",
	    "_flags", "_before", "_after", "_error" };
	static const char *const whole[] = { "console", "exec",
	    "kernels_autodetect", "password", "verbose_loading", NULL };
	size_t len;
	guint i;

	len = strcspn(name, "./");
	for (i = 0; name[len] != '\0' && i < G_N_ELEMENTS(top); i++)
		if (strlen(top[i]) == len && strncmp(name, top[i], len) == 0)
			return (true);
	if (name[len] != '\0')
		return (false);
	for (i = 0; i < G_N_ELEMENTS(loader); i++)
		if (g_str_has_prefix(name, loader[i]))
			return (true);
	for (i = 0; i < G_N_ELEMENTS(loads); i++)
		if (g_str_has_suffix(name, loads[i]))
			return (true);
	return (g_strv_contains(whole, name));
}

/* ---- Linux' ------------------------------------------------------------ */

static const struct {
	const char	*name;
	const char	*freebsd;
} linux_names[] = {
	{ "fs.file-max", "kern.maxfiles, without a meaning here" },
	{ "net.core.somaxconn",
	    "kern.ipc.soacceptqueue, without a meaning here" },
	{ "net.ipv4.ip_local_port_range",
	    "net.inet.ip.portrange.first and net.inet.ip.portrange.last" },
	{ "net.ipv4.ip_local_reserved_ports", NULL },
	{ "net.ipv4.tcp_fin_timeout", "net.inet.tcp.finwait2_timeout, with "
	    "net.inet.tcp.fast_finwait2_recycle = 1; TIME_WAIT lasts twice "
	    "net.inet.tcp.msl" },
	{ "net.ipv4.tcp_syn_retries", "net.inet.tcp.keepinit" },
	{ "net.ipv4.tcp_timestamps", "net.inet.tcp.rfc1323, without a meaning "
	    "here" },
	{ "net.ipv4.tcp_max_tw_buckets", "net.inet.tcp.maxtcptw" },
	{ "net.ipv4.tcp_tw_recycle", NULL },
	{ "net.ipv4.tcp_tw_reuse", "nothing: a connect() takes no port that is "
	    "in TIME_WAIT towards its destination; see "
	    "net.inet.tcp.nolocaltimewait" }
};

char *
sysctl_counterpart(const char *name, const char *value)
{
	g_autofree char *dotted = g_strdelimit(g_strdup(name), "/", '.');
	unsigned first, last;
	const char *freebsd;
	guint i;

	for (i = 0; i < G_N_ELEMENTS(linux_names); i++)
		if (strcmp(linux_names[i].name, dotted) == 0)
			break;
	if (i == G_N_ELEMENTS(linux_names))
		return (NULL);
	if (strcmp(dotted, "net.ipv4.ip_local_port_range") == 0 &&
	    sscanf(value, "%5u %5u", &first, &last) == 2)
		return (g_strdup_printf("net.inet.ip.portrange.first = %u and "
		    "net.inet.ip.portrange.last = %u", first, last));
	freebsd = linux_names[i].freebsd;
	return (g_strdup(freebsd != NULL ? freebsd : "nothing"));
}

enum sysctl_kind
sysctl_kind(const char *name)
{
	g_autofree char *counterpart = NULL;

	if (sysctl_param(name) != NULL)
		return (SYSCTL_OURS);
	if (name_is_mistyped(name))
		return (SYSCTL_MISTYPED);
	counterpart = sysctl_counterpart(name, "");
	if (counterpart != NULL)
		return (SYSCTL_LINUX);
	return (name_is_a_kernels(name) ? SYSCTL_UNUSED : SYSCTL_NONE);
}
