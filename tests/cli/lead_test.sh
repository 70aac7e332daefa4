#!/bin/sh
# What comes first says the same on the terminal, in the mail and on the page,
# where a mean ends in a half, and where ports run out in some replications
# only; and a picture's title does not say of 100 % that nobody has more.
. tests/tools/tap.sh
. tests/tools/try.sh

cat >"$t/edge.ini" <<'EOT'
[scenario]
format = 1
name = edge
duration = 10s
replications = 6
[host]
cpus = 2
laddrs = 192.0.2.1
[kernel]
net.inet.ip.portrange.first = 10000
net.inet.ip.portrange.last = 10999
[workload:u]
load = poisson
rate = 100/s
lifetime = constant(1h)
faddrs = 203.0.113.10
fport = 443
[variant:a]
stack = freebsd-14
EOT
"$PCBSIM" run "$t/edge.ini" --out="$t/r" >"$t/said" 2>"$t/err"

# Of six replications one has its ports to the end, and 3 x 2 - 1 fill 1,000:
# the mean of the served ends in a half.
check "case/a_half" awk -F, '/^a,/ { served += $6; some += $9 == "" }
    END { exit !(served % 6 == 3 && some == 1) }' "$t/r/summary.csv"

terminal=$(sed -n '1s/^edge: //p' "$t/said")
mail=$(sed '/^$/q' "$t/r/report.txt" | tr '\n' ' ' |
    sed 's/\. Longest stall.*//')
page=$(sed -n 's/.*<p id="finding">\([^<]*\)\.<.*/\1/p' "$t/r/report.html")
check "mail_as_terminal" test "$mail" = "$terminal"
check "page_as_terminal" test "$page" = "$terminal"

check "some/terminal" grep -q '^a .* in 5 of 6 ' "$t/said"
check "some/page" grep -q 'for want of a port: in 5 of 6\.' "$t/r/report.html"
check "some/mail" sh -c 'tr "\n" " " <"$0" | tr -s " " |
    grep -q "for want of a port in 5 of 6 replications"' "$t/r/report.txt"

titled() { sed -n 2,60p "$t/r/plots/address-occupancy.gp" | grep -q "$1"; }
check "title/all" titled 'a: all ports of the address are used'
refuse "title/nothing_of_100_percent" 1 titled 'over 100 %'
tap_done
