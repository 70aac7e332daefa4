#!/bin/sh
# browser.sh BUILD PCBSIM: the pages in a real browser (make check-browser).
# Needs chromium and node, which root gets by apt-get or pkg if they are not
# there; takes playwright-core and speedscope from npm into BUILD/browser, where
# the screenshots go, too.
set -eu
build=$1 pcbsim=$2
dir=$build/browser
mkdir -p "$dir"
browser() {
	command -v chromium || command -v chromium-browser ||
	    command -v chrome || true
}
if { [ -z "$(browser)" ] || ! command -v npm >/dev/null 2>&1; } &&
    [ "$(id -u)" -eq 0 ]; then
	if command -v apt-get >/dev/null 2>&1; then
		apt-get update -qq >&2 && apt-get install -qq -y chromium \
		    nodejs npm >&2 || true
	elif command -v pkg >/dev/null 2>&1; then
		pkg install -qy chromium node npm >&2 || true
	fi
fi
for tool in node npm; do
	command -v "$tool" >/dev/null 2>&1 ||
	    { echo "1..0 # SKIP no $tool here"; exit 0; }
done
chromium=$(browser)
[ -n "$chromium" ] || { echo "1..0 # SKIP no chromium here"; exit 0; }
[ -d "$dir/node_modules/playwright-core" ] &&
    [ -d "$dir/node_modules/speedscope" ] ||
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm install --prefix "$dir" \
	--no-save --no-audit --no-fund --ignore-scripts --silent \
	playwright-core@1 speedscope@1 >&2

# A title that would be a script, were it not escaped.
sed 's/^title = .*/title = <script>document.title="bad"<\/script> proxy/' \
    scenarios/seed-2019.ini >"$dir/seed-2019.ini"
"$pcbsim" run "$dir/seed-2019.ini" --no-plots -q --replications=1 \
    --trace-window=31s..31.02s --out="$dir/result" >"$dir/said" 2>&1 || {
	cat "$dir/said" >&2
	exit 1
}
exec node tests/browser/report_test.mjs "$dir" "$chromium"
