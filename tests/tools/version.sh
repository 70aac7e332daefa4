#!/bin/sh
# Prints which program the sources below this directory make, as a header:
#
#	NUMBER	the version: docs/VERSION
#	COMMIT	in an archive that git made, what it wrote into docs/COMMIT;
#		else of git, if this very directory is a checkout of ours (not
#		one inside another repository); else unknown
#	DIRTY	1 if a file that the program is made of is not the commit's
#	SOURCES	a digest of all those files, names and contents, in the order
#		of the names' bytes: the same anywhere, from any make
set -eu
LC_ALL=C
export LC_ALL
# A hook, or a make under git, may have named another repository.
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX 2>/dev/null || :

layers="sim models study cli"
others="Makefile docs/VERSION tests/tools/rules.sh tests/tools/version.sh"
# Of the layers' files, those that are compiled, or built in.
compiled='\.(c|h|csv|ini)$'

sources() {
	# shellcheck disable=SC2086
	{
		find $layers -type f | grep -E "$compiled"
		printf '%s\n' $others
	} | sort
}

# Whoever runs make here trusts this directory already; so may git, whoever owns
# it (`sudo make install').
ours() {
	git -c safe.directory="$(pwd -P)" -c core.quotePath=off "$@" 2>/dev/null
}
ours_is_here() {
	top=$(ours rev-parse --show-toplevel) &&
	    [ "$(cd "$top" && pwd -P)" = "$(pwd -P)" ] &&
	    ours ls-files --error-unmatch docs/VERSION >/dev/null &&
	    ours rev-parse --verify --quiet HEAD >/dev/null
}

# What is not as in the commit: changed or gone, or new.
ours_changed() {
	# shellcheck disable=SC2086
	{
		ours --no-optional-locks diff --name-only HEAD -- $layers |
		    grep -E "$compiled" || :
		ours --no-optional-locks diff --name-only HEAD -- $others
		ours ls-files -- $layers $others | sort >"$tmp/tracked"
		sources | comm -23 - "$tmp/tracked"
	}
}

# Lines "DIGEST  NAME" of the files that are named on standard input.
digests() {
	if command -v sha256sum >/dev/null 2>&1; then
		xargs sha256sum
	else
		xargs sha256 -r | sed 's/ /  /'
	fi
}

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
dirty=0
commit=$(cut -c1-12 docs/COMMIT)
case $commit in
*[!0-9a-f]*)	# "$Format:%H$": git made no archive of it
	commit=unknown
	if ours_is_here; then
		commit=$(ours rev-parse --short=12 HEAD)
		[ -z "$(ours_changed)" ] || dirty=1
	fi
	;;
esac
sources | digests >"$tmp/sources"
sources=$(echo "$tmp/sources" | digests | cut -c1-12)
printf '#define\tVERSION_MADE_%s\t%s\n' NUMBER "\"$(cat docs/VERSION)\"" \
    COMMIT "\"$commit\"" DIRTY "$dirty" SOURCES "\"$sources\""
