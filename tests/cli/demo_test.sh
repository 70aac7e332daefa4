#!/bin/sh
# `make demo' ends with the mail of the main case, where the pictures are, and
# what to do next; here with runs of a second, by a program that asks for them.
. tests/tools/tap.sh
. tests/tools/try.sh

program=$(cd "$(dirname "$PCBSIM")" && pwd)/$(basename "$PCBSIM")
demo=$PWD/tests/tools/demo.sh
ln -s "$PWD/scenarios" "$t/scenarios"
cat >"$t/short" <<EOT
#!/bin/sh
exec '$program' "\$@" --set=scenario.duration=33s --replications=1 --no-plots
EOT
chmod +x "$t/short"
(cd "$t" && sh "$demo" ./short >out 2>err)
check "ends_well" test $? -le 1
says() { grep -q -- "$1" "$t/out"; }
check "lead" says '^current: [0-9,]* wanted = '
check "what_came_out" says '^What came out$'
check "who_froze" says '^Who froze, and why$'
check "what_was_expected" says '^ok   none-fails-after-the-fix: '
refuse "no_appendix" 1 says '^How to repeat it$'
check "pictures" says 'results/seed-2019/plots/port-exhaustion.svg'
check "recorded_proxy" says 'results/replay-steady-nobind/plots/lock-stalls'
check "next" says './short ask --rate='
tap_done
