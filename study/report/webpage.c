/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A page that stands alone; see webpage.h.
 *
 * The policy in the head forbids every request, should a text ever get
 * through as markup.  The script only adds: without it all is there but hover
 * values and the choice of variants.
 */

#include "study/report/webpage.h"
#include "study/report/webpage_script.h"
#include "study/text/markup.h"

/* Colours of curves after Okabe and Ito; lighter ones on dark. */
static const char webpage_style[] =
":root{color-scheme:light dark;--bg:#fff;--fg:#1a1a1a;--dim:#555;"
"--rule:#ccc;--grid:#e4e4e4;--band:#f3d3c4;--code:#f3f3f3;--good:#00633f;"
"--bad:#a83a00;--c0:#c44e00;--c1:#0072b2;--c2:#007a5a;--c3:#9a3f78;"
"--c4:#7a6a00;--c5:#444;--m0:#eaf2fa;--m1:#cfe1f2;--m2:#a9cbe6;"
"--m3:#7fb5d8;--m4:#4f97c7;--m5:#2a7ab9;--m6:#08306b;--m7:#000}\n"
"@media(prefers-color-scheme:dark){:root{--bg:#16181b;--fg:#e8e8e8;"
"--dim:#b0b0b0;--rule:#4a4d52;--grid:#303338;--band:#5a3020;--code:#24272b;"
"--good:#5fd3a5;--bad:#ff9a66;--c0:#ff8c42;--c1:#64b5f6;--c2:#4fd1a5;"
"--c3:#e39ac6;--c4:#e0cf50;--c5:#ccc;--m0:#1c2530;--m1:#1f3347;"
"--m2:#234766;--m3:#2a5f8a;--m4:#3a7fb4;--m5:#64a6d8;--m6:#b5d8f2;"
"--m7:#fff}}\n"
"*{box-sizing:border-box}\n"
"body{margin:0;background:var(--bg);color:var(--fg);"
"font:16px/1.5 system-ui,sans-serif;overflow-wrap:break-word}\n"
"main{max-width:62rem;margin:0 auto;padding:1rem}\n"
"h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0}\n"
"h2{font-size:1.2rem;margin:2.2rem 0 .5rem;padding-top:.4rem;"
"border-top:1px solid var(--rule)}\n"
"h3{font-size:1rem;margin:1rem 0 .2rem}\n"
"p,li{max-width:44rem}\n"
"#finding{font-weight:600;max-width:none}\n"
".dim{color:var(--dim)}.good{color:var(--good)}.bad{color:var(--bad)}\n"
"ul.variants{list-style:none;padding:0}\n"
"ul.variants>li{border-left:4px solid var(--c5);padding:.2rem 0 .2rem .8rem;"
"margin:.8rem 0}\n"
"dt{font-weight:600}dd{margin:0 0 .5rem;max-width:44rem;"
"overflow-wrap:anywhere}\n"
"pre{background:var(--code);padding:.6rem .8rem;white-space:pre-wrap;"
"overflow-wrap:anywhere}\n"
"code{overflow-wrap:anywhere}\n"
/* Shadows at the edges behind which there is more. */
".scroll{overflow-x:auto;background:linear-gradient(90deg,var(--bg) 40%,"
"transparent) 0 0/3rem 100%,linear-gradient(270deg,var(--bg) 40%,transparent) "
"100% 0/3rem 100%,linear-gradient(90deg,var(--rule),transparent) 0 0/.8rem "
"100%,linear-gradient(270deg,var(--rule),transparent) 100% 0/.8rem 100%;"
"background-repeat:no-repeat;background-attachment:local,local,scroll,scroll}\n"
".hint{color:var(--dim);font-size:.85rem;margin:.2rem 0}\n"
"th button{font:inherit;font-weight:600;color:inherit;background:none;border:0;"
"padding:0;text-align:inherit;cursor:pointer;"
"text-decoration:underline dotted}\n"
"th[aria-sort=ascending] button::after{content:' \\25b2'}"
"th[aria-sort=descending] button::after{content:' \\25bc'}\n"
"td.wide{min-width:14rem}tbody th{min-width:8rem}\n"
"#whole{font:inherit}\n"
"table{border-collapse:collapse;font-size:.9rem}\n"
"caption{text-align:left;color:var(--dim);padding-bottom:.3rem}\n"
"th,td{padding:.25rem .7rem .25rem 0;border-bottom:1px solid var(--grid);"
"vertical-align:top;text-align:left}\n"
"thead th{border-bottom:2px solid var(--rule)}\n"
"td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;"
"white-space:nowrap}\n"
"figure{margin:.6rem 0 1.4rem}\n"
"svg.chart{display:block;width:100%;min-width:34rem;height:auto}\n"
"svg text{font:12px system-ui,sans-serif;fill:var(--fg)}\n"
"svg .tick{fill:var(--dim)}.middle{text-anchor:middle}"
".end{text-anchor:end}\n"
".grid{stroke:var(--grid)}.band{fill:var(--band)}\n"
"line.mark{stroke:var(--fg);stroke-dasharray:2 3}\n"
"text.mark{paint-order:stroke;stroke:var(--bg);stroke-width:3px}\n"
".dot{stroke:var(--fg);stroke-width:8;stroke-linecap:round;fill:none}\n"
".plot *{vector-effect:non-scaling-stroke}\n"
".brush{fill:var(--c1);opacity:.2}svg.chart{touch-action:pan-x pan-y}\n"
".line{fill:none;stroke-width:1.6;stroke-linejoin:round}"
".dashed{stroke-dasharray:6 3}\n"
".cursor{stroke:var(--dim)}\n"
".c0{stroke:var(--c0)}.c1{stroke:var(--c1)}.c2{stroke:var(--c2)}"
".c3{stroke:var(--c3)}.c4{stroke:var(--c4)}.c5{stroke:var(--c5)}\n"
".f0{fill:var(--c0)}.f1{fill:var(--c1)}.f4{fill:var(--c4)}\n"
".m0{fill:var(--m0)}.m1{fill:var(--m1)}.m2{fill:var(--m2)}"
".m3{fill:var(--m3)}.m4{fill:var(--m4)}.m5{fill:var(--m5)}"
".m6{fill:var(--m6)}.m7{fill:var(--m7)}"
"rect{shape-rendering:crispEdges}\n"
".key{margin:.2rem 0;font-size:.9rem;max-width:none}"
".key span{margin-right:1.2rem;display:inline-block}\n"
".key svg{width:1.8rem;height:.7rem;margin-right:.35rem}\n"
"fieldset{border:1px solid var(--rule);position:sticky;top:0;z-index:1;"
"background:var(--bg);margin:1rem 0;padding:.2rem .8rem .4rem}\n"
"legend{background:var(--bg);padding:0 .3rem}\n"
"fieldset label{margin-right:1.2rem;white-space:nowrap}\n"
"fieldset input{width:1.1rem;height:1.1rem;vertical-align:-.15rem}\n"
":focus-visible{outline:3px solid var(--c1);outline-offset:2px}\n"
"#tip{position:fixed;z-index:2;pointer-events:none;background:var(--bg);"
"border:1px solid var(--rule);padding:.3rem .6rem;font-size:.85rem;"
"white-space:pre-line;max-width:90vw}\n"
"[hidden]{display:none!important}\n"
"@media print{fieldset,#tip{display:none}body{font-size:11pt}"
"figure,tr,li{break-inside:avoid}svg.chart{min-width:0}"
".scroll{overflow:visible}}\n";

void
webpage_open(GString *s, const char *title)
{

	g_string_append(s, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\""
	    "default-src 'none'; style-src 'unsafe-inline'; "
	    "script-src 'unsafe-inline'\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, "
	    "initial-scale=1\">\n");
	markup_element(s, "title", "", title);
	g_string_append(s, "\n<style>\n");
	g_string_append(s, webpage_style);
	g_string_append(s, "</style>\n</head>\n<body>\n<main>\n");
}

void
webpage_close(GString *s)
{

	g_string_append(s, "</main>\n<output id=\"tip\" hidden></output>\n"
	    "<script>\n");
	g_string_append(s, webpage_script);
	g_string_append(s, "</script>\n</body>\n</html>\n");
}
