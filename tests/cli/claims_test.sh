#!/bin/sh
# Every scenario that ships holds what its [expect] claims.
. tests/tools/tap.sh

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

holds() {
	"$PCBSIM" run "$1" --out="$out/one" --no-plots --quiet --jobs=2 \
	    >"$out/log" 2>&1 && return 0
	sed 's/^/# /' "$out/log"
	return 1
}
for s in scenarios/*.ini; do
	check "$(basename "$s" .ini)" holds "$s"
done

# A claim that does not hold is told with both sides' values, and exit 1.
sed 's/^none-fails-after-the-fix = .*/none-fails-today = current.eaddrnotavail == 0/' \
    scenarios/claim-8-proposed.ini >"$out/wrong.ini"
refuse "planted/wrong_claim_exits_1" 1 \
    sh -c '"$PCBSIM" run "$1" --out="$2" --variant=current --no-plots \
	--quiet >"$2.log" 2>&1' - "$out/wrong.ini" "$out/wrong"
check "planted/wrong_claim_shows_its_value" \
    grep -q 'FAIL.*none-fails-today.*eaddrnotavail' "$out/wrong.log"
tap_done
