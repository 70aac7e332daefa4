#!/usr/sbin/dtrace -s
/*
 * Outgoing TCP connections of this FreeBSD machine, for `pcbsim import
 * --format=dtrace': a line with t_close_ns 0 when one is established, and one
 * with its end when it closes.  Run as root; Ctrl-C ends it.
 *
 * Whether a program had bound is read before in_pcbconnect() chooses a port.
 * A dtrace message about dropped dynamic variables means that connections are
 * missing: keep it in the file (2>&1), pcbsim passes it on; raise dynvarsize.
 *
 * Written from dtrace_tcp(4); not run on FreeBSD by its authors.  IPv4 only.
 */
#pragma D option quiet
#pragma D option switchrate=10hz
#pragma D option dynvarsize=256m

dtrace:::BEGIN
{
	printf("t_open_ns,t_close_ns,laddr,lport,faddr,fport,bound\n");
}

fbt::in_pcbconnect:entry
{
	bound[(uint64_t)arg0] = args[0]->inp_inc.inc_ie.ie_lport != 0 ? 2 : 0;
	opened[(uint64_t)arg0] = timestamp;
}

tcp:::state-change
/opened[args[1]->cs_cid] && args[3]->tcps_state == TCPS_ESTABLISHED/
{
	printf("%d,0,%s,%d,%s,%d,%d\n", opened[args[1]->cs_cid],
	    args[3]->tcps_laddr, args[3]->tcps_lport, args[3]->tcps_raddr,
	    args[3]->tcps_rport, bound[args[1]->cs_cid]);
}

tcp:::state-change
/opened[args[1]->cs_cid] && (args[3]->tcps_state == TCPS_CLOSED ||
    args[3]->tcps_state == TCPS_TIME_WAIT)/
{
	printf("%d,%d,%s,%d,%s,%d,%d\n", opened[args[1]->cs_cid], timestamp,
	    args[3]->tcps_laddr, args[3]->tcps_lport, args[3]->tcps_raddr,
	    args[3]->tcps_rport, bound[args[1]->cs_cid]);
	opened[args[1]->cs_cid] = 0;
	bound[args[1]->cs_cid] = 0;
}
