/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A network namespace of our own: addresses and a route on its loopback, and
 * operations of a script (study/script/script.h) carried out on its kernel.
 * All of it ends with the process that entered the namespace.
 */

#ifndef TESTS_NETNS_NETNS_RIG_H
#define	TESTS_NETNS_NETNS_RIG_H

#include <sys/ioctl.h>
#include <sys/socket.h>

#include <arpa/inet.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

#include "models/net/net.h"

#ifndef IP_LOCAL_PORT_RANGE
#define	IP_LOCAL_PORT_RANGE	51
#endif
#ifndef IP_BIND_ADDRESS_NO_PORT
#define	IP_BIND_ADDRESS_NO_PORT	24
#endif

#define	NETNS_MAXIDS	2048
#define	NETNS_PEERS	"203.0.112.0"
#define	NETNS_PEER_BITS	22

static void
netns_die(const char *what)
{

	fprintf(stderr, "netns: %s: %s\n", what, strerror(errno));
	_exit(1);
}

/* Write a file below /proc/sys/net. */
static bool
netns_write(const char *name, const char *value)
{
	g_autofree char *path = g_strdup_printf("/proc/sys/net/%s", name);
	bool good;
	int fd;

	fd = open(path, O_WRONLY);
	if (fd < 0)
		return (false);
	good = write(fd, value, strlen(value)) == (ssize_t)strlen(value);
	close(fd);
	return (good);
}

static void
netns_sysctl(const char *name, const char *value)
{
	g_autofree char *file = g_strdup_printf("ipv4/%s", name);

	if (!netns_write(file, value))
		netns_die(name);
}

/*
 * Into a new namespace, with loopback up.  False, with the reason, where that
 * is not allowed.  There is no way back: call it in a child.
 */
static bool
netns_enter(const char **reason)
{
	struct ifreq ifr = { .ifr_name = "lo" };
	int fd;

	*reason = "network namespaces are not allowed here";
	if (unshare(CLONE_NEWNET) != 0)
		return (false);
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	ifr.ifr_flags = IFF_UP | IFF_LOOPBACK | IFF_RUNNING;
	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &ifr) != 0)
		return (false);
	close(fd);
	/* A backlog for all that a case opens; not in every kernel. */
	(void)netns_write("core/somaxconn", "65535");
	(void)netns_write("ipv4/tcp_max_syn_backlog", "65535");
	return (true);
}

struct netns_request {
	struct nlmsghdr	h;
	union {
		struct ifaddrmsg	addr;
		struct rtmsg		route;
	} u;
	char		more[128];
};

static void
netns_attr(struct netns_request *r, unsigned short type, uint32_t value)
{
	struct rtattr *a;

	a = (struct rtattr *)(void *)((char *)r +
	    NLMSG_ALIGN(r->h.nlmsg_len));
	a->rta_type = type;
	a->rta_len = RTA_LENGTH(sizeof(value));
	memcpy(RTA_DATA(a), &value, sizeof(value));
	r->h.nlmsg_len = NLMSG_ALIGN(r->h.nlmsg_len) + a->rta_len;
}

static void
netns_ask(struct netns_request *r, const char *what)
{
	struct {
		struct nlmsghdr	h;
		struct nlmsgerr	e;
		char		more[256];
	} answer;
	int fd;

	fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	if (fd < 0 || send(fd, r, r->h.nlmsg_len, 0) < 0 ||
	    recv(fd, &answer, sizeof(answer), 0) < 0)
		netns_die(what);
	errno = -answer.e.error;
	if (errno != 0 && errno != EEXIST)
		netns_die(what);
	close(fd);
}

/* A local address, network order, /32 on loopback. */
static void
netns_address(uint32_t addr)
{
	struct netns_request r = { .h = { .nlmsg_type = RTM_NEWADDR,
	    .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE,
	    .nlmsg_len = NLMSG_LENGTH(sizeof(r.u.addr)) } };

	r.u.addr = (struct ifaddrmsg){ .ifa_family = AF_INET,
	    .ifa_prefixlen = 32, .ifa_index = if_nametoindex("lo") };
	netns_attr(&r, IFA_LOCAL, addr);
	netns_attr(&r, IFA_ADDRESS, addr);
	netns_ask(&r, "address");
}

/* The peers' addresses are local, and see `src' as their source. */
static void
netns_destinations(uint32_t src)
{
	struct netns_request r = { .h = { .nlmsg_type = RTM_NEWROUTE,
	    .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE,
	    .nlmsg_len = NLMSG_LENGTH(sizeof(r.u.route)) } };

	r.u.route = (struct rtmsg){ .rtm_family = AF_INET,
	    .rtm_dst_len = NETNS_PEER_BITS, .rtm_table = RT_TABLE_LOCAL,
	    .rtm_protocol = RTPROT_BOOT, .rtm_scope = RT_SCOPE_HOST,
	    .rtm_type = RTN_LOCAL };
	netns_attr(&r, RTA_DST, inet_addr(NETNS_PEERS));
	netns_attr(&r, RTA_PREFSRC, src);
	netns_attr(&r, RTA_OIF, if_nametoindex("lo"));
	netns_ask(&r, "route");
}

/* A listener for whoever connects to this port. */
static int
netns_listen(uint16_t port)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
	    .sin_port = htons(port) };
	int fd, on;

	on = 1;
	fd = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof(a)) != 0 ||
	    listen(fd, 65535) != 0)
		netns_die("listener");
	return (fd);
}

/* A connection of it; -1: none within a second. */
static int
netns_accept(int listener)
{
	struct pollfd p = { .fd = listener, .events = POLLIN };

	return (poll(&p, 1, 1000) == 1 ? accept(listener, NULL, NULL) : -1);
}

/* ---- scripts ----------------------------------------------------------- */

struct netns_run {
	FILE		*out;
	unsigned	line;
	char		**f;
	unsigned	nf;
	bool		routed;
	int		listener[65536];	/* by port, 0: none */
	struct {
		int	fd, peer;	/* 0: none */
	} id[NETNS_MAXIDS];
};

static unsigned
netns_id(const struct netns_run *r)
{

	return ((unsigned)atoi(r->f[1]) % NETNS_MAXIDS);
}

/* The row of an operation: what came of it, where the socket is then. */
static void
netns_row(const struct netns_run *r, const char *call, int error)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t len;
	char addr[16], name[16];
	unsigned id;

	id = netns_id(r);
	len = sizeof(a);
	if (r->id[id].fd > 0)
		getsockname(r->id[id].fd, (struct sockaddr *)&a, &len);
	fprintf(r->out, "%u,%s,%u,%s%s%s,%s,%u,\n", r->line, r->f[0], id,
	    call, *call != '\0' ? ":" : "", net_error_name(error, name),
	    a.sin_addr.s_addr == 0 ? "*" : net_addr_format(
	    a.sin_addr.s_addr, addr), ntohs(a.sin_port));
}

static void
netns_socket(struct netns_run *r, unsigned from)
{
	unsigned high, id, i, low;
	uint32_t range;
	int fd, on;

	on = 1;
	id = netns_id(r);
	fd = socket(AF_INET, SOCK_STREAM, 0);
	if (fd < 0)
		netns_die("socket");
	for (i = from; i < r->nf; i++)
		if (strcmp(r->f[i], "reuseaddr") == 0)
			setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on,
			    sizeof(on));
		else if (strcmp(r->f[i], "reuseport") == 0)
			setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on,
			    sizeof(on));
		else if (strcmp(r->f[i], "noport") == 0)
			setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT,
			    &on, sizeof(on));
		else if (sscanf(r->f[i], "lpr=%u-%u", &low, &high) == 2) {
			range = high << 16 | low;
			setsockopt(fd, IPPROTO_IP, IP_LOCAL_PORT_RANGE,
			    &range, sizeof(range));
		}
	r->id[id].fd = fd;
	r->id[id].peer = 0;
}

static int
netns_bind(struct netns_run *r, const char *addr, const char *port)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
	    .sin_port = htons((uint16_t)atoi(port)) };

	a.sin_addr.s_addr = *addr == '*' ? INADDR_ANY : inet_addr(addr);
	return (bind(r->id[netns_id(r)].fd, (struct sockaddr *)&a,
	    sizeof(a)) == 0 ? 0 : errno);
}

static int
netns_connect(struct netns_run *r, const char *addr, const char *port)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
	    .sin_port = htons((uint16_t)atoi(port)),
	    .sin_addr.s_addr = inet_addr(addr) };
	unsigned id, p;

	id = netns_id(r);
	p = (unsigned)atoi(port);
	if (r->listener[p] == 0)
		r->listener[p] = netns_listen((uint16_t)p);
	if (connect(r->id[id].fd, (struct sockaddr *)&a, sizeof(a)) != 0)
		return (errno);
	r->id[id].peer = netns_accept(r->listener[p]);
	return (0);
}

/* The program's socket goes, and the peer's. */
static void
netns_close(struct netns_run *r, bool timewait)
{
	struct linger reset = { .l_onoff = 1 };
	struct pollfd p = { .events = POLLIN };
	unsigned id;

	id = netns_id(r);
	if (r->id[id].fd <= 0)
		return;
	if (!timewait)
		setsockopt(r->id[id].fd, SOL_SOCKET, SO_LINGER, &reset,
		    sizeof(reset));
	close(r->id[id].fd);
	if (r->id[id].peer > 0) {
		/* The peer answers the FIN that it has seen. */
		p.fd = r->id[id].peer;
		(void)poll(&p, 1, 1000);
		close(r->id[id].peer);
	}
	r->id[id].fd = r->id[id].peer = 0;
}

static void
netns_attempt(struct netns_run *r, bool binds)
{
	const char *call;
	int error;

	netns_socket(r, binds ? 6 : 4);
	call = "bind";
	error = binds ? netns_bind(r, r->f[2], r->f[3]) : 0;
	if (error == 0) {
		call = binds ? "connect" : "";
		error = binds ? netns_connect(r, r->f[4], r->f[5]) :
		    netns_connect(r, r->f[2], r->f[3]);
	}
	if (error != 0)
		netns_close(r, false);
	netns_row(r, error != 0 ? call : "", error);
}

static void
netns_setup_op(struct netns_run *r)
{
	char range[16];

	if (strcmp(r->f[0], "config") == 0) {
		snprintf(range, sizeof(range), "%s %s", r->f[1], r->f[2]);
		netns_sysctl("ip_local_port_range", range);
	} else if (strcmp(r->f[0], "addr") == 0) {
		netns_address(inet_addr(r->f[2]));
		if (!r->routed)
			netns_destinations(inet_addr(r->f[2]));
		r->routed = true;
	} else if (strcmp(r->f[0], "sysctl") == 0) {
		g_strdelimit(r->f[2], ";", ',');
		netns_sysctl(r->f[1], r->f[2]);
	} else if (strcmp(r->f[0], "wait") == 0)
		g_usleep((gulong)atoi(r->f[1]) * 1000);
	else
		netns_die(r->f[0]);
}

static void
netns_op(struct netns_run *r)
{
	const char *op;

	op = r->f[0];
	if (strcmp(op, "uc") == 0 || strcmp(op, "bc") == 0)
		netns_attempt(r, *op == 'b');
	else if (strcmp(op, "sock") == 0) {
		netns_socket(r, 2);
		netns_row(r, "", 0);
	} else if (strcmp(op, "bind") == 0)
		netns_row(r, "", netns_bind(r, r->f[2], r->f[3]));
	else if (strcmp(op, "listen") == 0)
		netns_row(r, "", listen(r->id[netns_id(r)].fd, 64) == 0 ? 0 :
		    errno);
	else if (strcmp(op, "connect") == 0)
		netns_row(r, "", netns_connect(r, r->f[2], r->f[3]));
	else if (strcmp(op, "close") == 0 || strcmp(op, "tw") == 0) {
		netns_close(r, *op == 't');
		netns_row(r, "", 0);
	} else
		netns_setup_op(r);
}

/*
 * Carry out ops[n], and print a row for each on a socket: line, op, id, err,
 * laddr, lport.
 */
static void
netns_script(char *const *ops, unsigned n, FILE *out)
{
	struct netns_run *r;

	r = g_new0(struct netns_run, 1);
	r->out = out;
	for (r->line = 1; r->line <= n; r->line++) {
		if (ops[r->line - 1][0] == '#')
			continue;
		r->f = g_strsplit(ops[r->line - 1], ",", -1);
		r->nf = g_strv_length(r->f);
		netns_op(r);
		g_strfreev(r->f);
	}
	g_free(r);
}

#endif /* !TESTS_NETNS_NETNS_RIG_H */
