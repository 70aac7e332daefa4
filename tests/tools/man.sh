#!/bin/sh
# Brings a manual page up to date: what stands between `.\" BEGIN ARGUMENTS'
# and `.\" END' becomes what `pcbsim ARGUMENTS' prints.
#
#	man.sh PCBSIM PAGE [NEW-PAGE]
set -eu
new=${3:-$2}
tmp=$new.$$
trap 'rm -f "$tmp"' EXIT
while IFS= read -r line; do
	case $line in
	'.\" END') skip= ;;
	esac
	[ -n "${skip:-}" ] || printf '%s\n' "$line"
	case $line in
	'.\" BEGIN '*)
		skip=1
		# shellcheck disable=SC2086
		"$1" ${line#'.\" BEGIN '}
		;;
	esac
done <"$2" >"$tmp"
cmp -s "$tmp" "$new" || cat "$tmp" >"$new"
