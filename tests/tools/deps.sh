#!/bin/sh
# Installs what is missing with the system's package manager.  Does nothing,
# and needs no root, when all is there.
set -eu

missing=
have() {	# have PROGRAM DEBIAN-PACKAGE FREEBSD-PACKAGE
	command -v "$1" >/dev/null 2>&1 || missing="$missing $2:$3"
}
builds() {	# builds INCLUDE LINK-FLAGS DEBIAN-PACKAGE FREEBSD-PACKAGE
	t=$(mktemp -d)
	printf '#include <%s>\nint main(void) { return 0; }\n' "$1" >"$t/t.c"
	flags=$(pkg-config --cflags glib-2.0 2>/dev/null || true)
	# shellcheck disable=SC2086
	${CC:-cc} $flags -I/usr/local/include -L/usr/local/lib -o "$t/t" \
	    "$t/t.c" $2 >/dev/null 2>&1 || missing="$missing $3:$4"
	rm -rf "$t"
}

have "${CC:-cc}" gcc gcc
have pkg-config pkg-config pkgconf
have gnuplot gnuplot-nox gnuplot-lite
have git git git
builds glib.h "" libglib2.0-dev glib
builds csv.h -lcsv libcsv-dev libcsv
builds jansson.h -ljansson libjansson-dev jansson
builds zlib.h -lz zlib1g-dev FreeBSD-zlib-dev	# of FreeBSD's base
[ -n "$missing" ] || exit 0

root=
if [ "$(id -u)" != 0 ]; then
	for s in sudo doas; do
		if command -v "$s" >/dev/null 2>&1; then root=$s; break; fi
	done
fi
if command -v apt-get >/dev/null 2>&1; then
	names=$(for m in $missing; do echo "${m%:*}"; done)
	echo "deps: installing" $names >&2
	if [ "$(id -u)" != 0 ] && [ -z "$root" ]; then
		echo "deps: not root; run: apt-get install" $names >&2
		exit 1
	fi
	DEBIAN_FRONTEND=noninteractive
	export DEBIAN_FRONTEND
	$root apt-get update -qq
	# shellcheck disable=SC2086
	$root apt-get install -y -qq --no-install-recommends $names >/dev/null
elif command -v pkg >/dev/null 2>&1; then
	names=$(for m in $missing; do echo "${m#*:}"; done)
	echo "deps: installing" $names >&2
	# shellcheck disable=SC2086
	$root pkg install -y $names
else
	echo "deps: missing (Debian:FreeBSD package):$missing" >&2
	echo "deps: neither apt-get nor pkg is here; install them by hand" >&2
	exit 1
fi
