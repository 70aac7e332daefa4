#!/bin/sh
# Builds the Debian package from the tracked files and tries what is in it.
# Speaks TAP; skips where the tools are missing.
set -eu
cd "$(dirname "$0")/.."
. tests/tools/tap.sh

for tool in dpkg-buildpackage dh git; do
	if ! command -v "$tool" >/dev/null 2>&1; then
		echo "1..0 # SKIP no $tool here"
		exit 0
	fi
done

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
src=$t/pcbsim-$(cat docs/VERSION)
mkdir "$src"
git ls-files -z | xargs -0 tar cf - | (cd "$src" && tar xf -)
cp -R "$src/packaging/debian" "$src/debian"
chmod +x "$src/debian/rules"

set +e
build() {
	(cd "$src" && dpkg-buildpackage -b -us -uc) >"$t/log" 2>&1 || {
		tail -30 "$t/log" | sed 's/^/# /'
		return 1
	}
}
check "debian/builds" build
check "debian/unpacks" sh -c 'dpkg-deb -x "$1"/pcbsim_*.deb "$1/root"' sh "$t"
bin=$t/root/usr/bin/pcbsim
examples=$t/root/usr/share/doc/pcbsim/examples
check "debian/program_runs" sh -c '"$1" --version >/dev/null' sh "$bin"
check "debian/examples_parse" sh -c 'cd "$1" && "$2" check \
    scenarios/seed-2019.ini >/dev/null' sh "$examples" "$bin"
for f in share/man/man1/pcbsim.1.gz share/man/man5/pcbsim-scenario.5.gz \
    share/man/man7/pcbsim-models.7.gz share/doc/pcbsim/copyright \
    share/bash-completion/completions/pcbsim \
    share/zsh/vendor-completions/_pcbsim \
    share/fish/vendor_completions.d/pcbsim.fish; do
	check "debian/has/$f" test -s "$t/root/usr/$f"
done
check "debian/has/documents" sh -c 'ls "$1"/docs/MODEL.md* \
    "$1"/docs/schema/report-1.schema.json* \
    "$1"/results/published/seed-2019/plots/port-exhaustion.png >/dev/null' \
    sh "$t/root/usr/share/doc/pcbsim"
check "debian/nothing_under_local" test ! -e "$t/root/usr/local"
if command -v lintian >/dev/null 2>&1; then
	# Whoever publishes the package puts an address of his there.
	check "debian/lintian" lintian --allow-root --fail-on error \
	    --suppress-tags bogus-mail-host,bogus-mail-host-in-debian-changelog \
	    "$t"/pcbsim_*.deb
else
	echo "# no lintian here"
fi
tap_done
