#!/bin/sh
# results/published/kernels: the case of 2019 on every kernel, as a table, a
# picture and a text to post for each list.
#
#	kernels.sh PCBSIM
#
# From how many connections on, errno and visits: pcbsim script, by bisection
# over connections of fifty addresses in turn, then one connect() that is not
# bound.  What it costs and who freezes: scenarios/all-kernels.ini.
set -eu
pcbsim=$1
dir=results/published/kernels
most=120000
mkdir -p "$dir"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# Operations: C connections of A addresses, each in turn, then one unbound.
ops() {	# ops CONFIG C A
	awk -v config="$1" -v c="$2" -v a="$3" 'BEGIN {
		print config
		for (i = 0; i <= a; i++)
			printf "addr,%d,198.51.100.%d\n", i, i + 1
		print "seed,1"
		for (i = 0; i < c; i++)
			printf "bc,%d,198.51.100.%d,0,203.0.113.%d,443\n",
			    i + 1, i % a + 2, 10 + i % 4
		printf "uc,%d,192.0.2.1,80\n", c + 1
	}'
}
# The row of the unbound one.
probe() {	# probe STACK CONFIG C A
	ops "$2" "$3" "$4" | "$pcbsim" script --stack="$1" | grep ',uc,' | tail -1
}
error() { cut -d, -f4 | sed 's/^connect://'; }

# The smallest C of which the unbound one fails; nothing: not up to $most.
threshold() {	# threshold STACK CONFIG
	[ "$(probe "$1" "$2" $most 50 | error)" != OK ] || return 0
	low=0 high=$most
	while [ $((high - low)) -gt 1 ]; do
		mid=$(((low + high) / 2))
		if [ "$(probe "$1" "$2" $mid 50 | error)" = OK ]; then
			low=$mid
		else
			high=$mid
		fi
	done
	echo $high
}
# How many connections one address has before one of its own fails.
address() {	# address STACK CONFIG
	ops "$2" 60000 1 | "$pcbsim" script --stack="$1" |
	    awk -F, '$2 == "bc" && $4 != "OK" { found = 1 }
		$2 == "bc" && !found { n++ } END { print n }'
}
metric() {	# metric VARIANT NAME
	grep -v '^#' "$tmp/run/summary.csv" | awk -F, -v v="$1" -v m="$2" '
	NR == 1 { for (i = 1; i <= NF; i++) if ($i == m) c = i; next }
	$1 == v { print $c }'
}

# What is found, in words: "on freebsd-11, freebsd-12.0 from 55,536, on ...; on
# 6 others not up to 120,000".
found() {
	awk -F, -v most=$most "$(cat tests/tools/digits.awk)"'
	NR == 1 { next }
	$4 == "" { none++; next }
	!($4 in who) { order[++n] = $4 }
	{ who[$4] = who[$4] (who[$4] == "" ? "" : ", ") $1 }
	END {
		for (i = 1; i <= n; i++)
			s = s (i == 1 ? "" : ", ") "on " who[order[i]] \
			    " from " whole(order[i])
		print s "; on " none " others not up to " whole(most)
	}' "$dir/kernels.csv"
}
picture() {
	gnuplot <<EOF
set terminal svg size 800,440 font "sans-serif,13" background "white" noenhanced
set output "$dir/kernels.svg"
set datafile separator ","
set label 1 "Beside a proxy's connections of 50 addresses a connect() that is not bound fails" at screen 0.02,0.955 font "sans-serif,15"
set label 2 "$(found)" at screen 0.02,0.9 font "sans-serif,14"
set label 3 "A bar: connections of the proxy from which on it fails; higher is better. Default ranges of ports." at screen 0.02,0.845 font "sans-serif,12"
set tmargin at screen 0.72
set style fill solid 0.8
set boxwidth 0.7
set yrange [0:$most * 1.12]
set format y "%.0f"
set border 3
set tics nomirror
set grid ytics lt 1 lc rgb "#e4e4e4"
set ylabel "connections of the proxy"
set xtics rotate by -30 scale 0
set key at screen 0.98,0.795 right horizontal
amount(x) = strlen(x) > 0 ? x : ">$most"
plot "$dir/kernels.csv" skip 1 using 0:(strlen(strcol(4)) > 0 ? \$4 : 1/0):xtic(1) \
	with boxes lc rgb "#c0392b" title "fails from here on", \
    "" skip 1 using 0:(strlen(strcol(4)) > 0 ? 1/0 : $most):xtic(1) \
	with boxes lc rgb "#a9cce3" title "does not fail up to $most", \
    "" skip 1 using 0:(strlen(strcol(4)) > 0 ? real(strcol(4)) : $most):(amount(strcol(4))) \
	with labels offset 0,0.7 font "sans-serif,12" notitle
EOF
}

# With picture as PARTS that alone, of what is published.
if [ "${PARTS:-}" = picture ]; then
	picture
	exit
fi

"$pcbsim" run --quiet scenarios/all-kernels.ini --out="$tmp/run" >/dev/null || true

{
	echo "kernel,first,last,fails_from,errno,visits,one_address,hold_max_us,verdict,frozen"
	while read -r stack variant config; do
		first=$(echo "$config" | cut -d, -f2)
		last=$(echo "$config" | cut -d, -f3)
		row=$(probe "$stack" "$config" $most 50)
		visits=$(echo "$row" | awk -F, '{ print $11 + $12 + $13 }')
		errno=$(echo "$row" | error)
		[ "$(echo "$row" | tr -cd , | wc -c)" -ge 12 ] || visits=
		echo "$stack,$first,$last,$(threshold "$stack" "$config")$(
		    ),$errno,$visits,$(address "$stack" "$config"),$(
		    metric "$variant" hold_max_us),$(
		    metric "$variant" verdict),$(metric "$variant" frozen)"
	done
} >"$tmp/kernels.csv" <<'STACKS'
freebsd-11 freebsd-11 config,10000,65535,0,524288,65536
freebsd-12.0 freebsd-12-0 config,10000,65535,0,524288,65536
freebsd-12.2 freebsd-12-2 config,10000,65535,0,524288,65536
freebsd-16 freebsd-16 config,10000,65535,1,524288,65536
xnu xnu config,49152,65535,0,4096,4096
netbsd netbsd config,49152,65535,0,128,128
openbsd openbsd config,1024,49151,1,128,128
dragonfly dragonfly config,1024,5000,1,512,512
illumos illumos config,32768,65535,1,98299,1024
linux-6.18 linux-6-18 config,32768,60999,1,262144,65536
STACKS
cp "$tmp/kernels.csv" "$dir/kernels.csv"

{
	echo "# The case of 2019 on every kernel"
	echo
	echo "A proxy holds connections of fifty addresses that it binds to"
	echo "(bind(A, 0), then connect()); then a program connects that does"
	echo "not bind. Default ranges and table sizes. From how many"
	echo "connections on it fails, with which errno, and how many list"
	echo "nodes its search visits at $most: decisions alone (\`pcbsim"
	echo "script\`). One hold and who freezes: \`scenarios/all-kernels.ini\`,"
	echo "$most connections, 20 such programs a second, each tries again;"
	echo "one table of costs for all. How many connections one address has"
	echo "before one of its own fails says what runs out instead."
	echo "$("$pcbsim" --version)"
	echo
	echo "| kernel | range | unbound connect() fails from | errno | nodes visited | longest hold | freezes | one address ends at |"
	echo "|---|---|---|---|---|---|---|---|"
	awk -F, 'NR > 1 {
		from = $4 == "" ? "not to '$most'" : $4
		errno = $5 == "OK" ? "-" : $5
		who = $10 == "" ? "nobody" : $10
		hold = sprintf("%.1f us", $8)
		if ($8 + 0 >= 1000)
			hold = sprintf("%.1f ms", $8 / 1000)
		if ($8 == "")
			hold = who = "-"
		printf("| %s | %d-%d (%d) | %s | %s | %s | %s | %s | %s |\n",
		    $1, $2, $3, $3 - $2 + 1, from, errno, $6, hold, who, $7)
	}' "$tmp/kernels.csv" | sed 's/+/, /g'
} >"$dir/kernels.md"

picture

cp "$tmp/run/report.txt" "$dir/report.txt"
# A text for each list: that kernel alone, NetBSD with its own costs.
for v in xnu openbsd dragonfly illumos linux-6-18; do
	grep -q "^\[variant:$v\]" scenarios/all-kernels.ini || continue
	"$pcbsim" run --quiet scenarios/all-kernels.ini --variant=$v \
	    --out="$tmp/$v" >/dev/null || true
	cp "$tmp/$v/report.txt" "$dir/report-$v.txt"
done
"$pcbsim" run --quiet scenarios/netbsd-softnet.ini --out="$tmp/nb" >/dev/null || true
cp "$tmp/nb/report.txt" "$dir/report-netbsd.txt"
