#!/bin/sh
# Puts the program and what belongs to it where it is to live, and takes it
# away again.  One list of files serves both.
#
#	install.sh install|uninstall|list PCBSIM DESTDIR PREFIX
#
# MANDIR, EXAMPLESDIR, DOCDIR, BASHDIR, ZSHDIR and FISHDIR in the environment
# are taken instead of the places below PREFIX.
set -eu
what=$1 pcbsim=$2 destdir=$3 prefix=$4
cd "$(dirname "$0")/.."

man=${MANDIR:-$prefix/share/man}
examples=${EXAMPLESDIR:-$prefix/share/examples/pcbsim}
doc=${DOCDIR:-$prefix/share/doc/pcbsim}
bash=${BASHDIR:-$prefix/share/bash-completion/completions}
zsh=${ZSHDIR:-$prefix/share/zsh/site-functions}
fish=${FISHDIR:-$prefix/share/fish/vendor_completions.d}

# MODE SOURCE TARGET, one a line; a source !SHELL is what the program prints.
files() {
	echo "755 $pcbsim $prefix/bin/pcbsim"
	for f in docs/man/*.[157]; do
		echo "644 $f $man/man${f##*.}/${f##*/}"
	done
	echo "644 !bash $bash/pcbsim"
	echo "644 !zsh $zsh/_pcbsim"
	echo "644 !fish $fish/pcbsim.fish"
	# The documents as they lie here, since they name one another so; of
	# what is published what they show.
	for f in LICENSE README.md CHANGELOG.md CONTRIBUTING.md docs/*.md \
	    docs/*.csv docs/*.svg docs/adr/*.md docs/schema/*.json \
	    tests/golden/README.md results/published/live-*/live.txt \
	    $(sed -n 's/.*](\(\.\.\/\)*\(results\/[^)]*\)).*/\2/p' README.md \
	    docs/*.md | sort -u); do
		echo "644 $f $doc/$f"
	done
	for f in scenarios/*.ini scenarios/*.sweep scenarios/workloads/* \
	    scenarios/cluster/* scenarios/capture/*; do
		echo "644 $f $examples/$f"
	done
	for f in study/costs/*.csv; do
		echo "644 $f $examples/costs/${f##*/}"
	done
}

put() {	# put MODE SOURCE TARGET
	mkdir -p "$(dirname "$3")"
	# A program that runs is not written over: the name is made anew.
	rm -f "$3"
	case $2 in
	!*) "$pcbsim" completion "${2#!}" >"$3" ;;
	*) cp "$2" "$3" ;;
	esac
	chmod "$1" "$3"
}

files | while read -r mode source target; do
	case $what in
	install) put "$mode" "$source" "$destdir$target" ;;
	uninstall) rm -f "$destdir$target" ;;
	list) echo "$target" ;;
	*)
		echo "install.sh: $what: install, uninstall or list" >&2
		exit 2
		;;
	esac
done
[ "$what" = uninstall ] || exit 0
# Folders that are ours alone, unless somebody put something of his there: the
# deepest first.
for dir in "$examples" "$doc"; do
	[ ! -d "$destdir$dir" ] ||
	    find "$destdir$dir" -depth -type d -exec rmdir {} + 2>/dev/null || :
done
