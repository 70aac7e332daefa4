#!/bin/sh
# Which program made a result: the commit only where it is ours, -dirty as soon
# as it is, the digest of the sources everywhere, and the same in every output.
. tests/tools/tap.sh

# What a make that runs us says is not for the makes that we run.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES BIN 2>/dev/null

t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
not() { ! "$@"; }

# A small tree of the same shape, with the real scripts.
mkdir -p "$t/tree/docs" "$t/tree/tests/tools"
for d in sim models study/run study/costs cli; do
	mkdir -p "$t/tree/$d"
done
cp Makefile "$t/tree"
cp .gitattributes "$t/tree"
cp docs/COMMIT docs/VERSION "$t/tree/docs"
cp tests/tools/rules.sh tests/tools/version.sh "$t/tree/tests/tools"
cp study/run/version.[ch] "$t/tree/study/run"
cp study/costs/*.csv "$t/tree/study/costs"
for f in sim/b.c sim/a.c models/c.h cli/d.c; do
	echo "/* $f */" >"$t/tree/$f"
done
echo notes >"$t/tree/README.md"
gitty() {
	git -c user.name=t -c user.email=t@example.org -c init.defaultBranch=t \
	    "$@" >/dev/null 2>&1
}

# What a tree says of itself, and one word of it.
says() { (cd "$1" && sh tests/tools/version.sh); }
word() { says "$1" | sed -n "s/.*VERSION_MADE_$2	//p" | tr -d '"'; }
is() {	# is TREE WORD VALUE
	[ "$(word "$1" "$2")" = "$3" ] || {
		says "$1" | sed 's/^/# /'
		return 1
	}
}
isnt() { [ -n "$(word "$1" "$2")" ] && [ "$(word "$1" "$2")" != "$3" ]; }
sources() {	# sources NAME same|other TREE: as those of the commit?
	if [ "$2" = same ]; then
		check "$1/same_sources" is "$3" SOURCES "$digest"
	else
		check "$1/other_sources" isnt "$3" SOURCES "$digest"
	fi
}

if ! command -v git >/dev/null 2>&1; then
	skip git "no git here"
else
	tree=$t/tree
	(cd "$tree" && gitty init && gitty add . && gitty commit -m one)
	hash=$(cd "$tree" && git rev-parse --short=12 HEAD)
	digest=$(word "$tree" SOURCES)
	check "commit/hash" is "$tree" COMMIT "$hash"
	check "commit/clean" is "$tree" DIRTY 0
	check "commit/digest" sh -c 'echo "$1" | grep -qx "[0-9a-f]\{12\}"' sh \
	    "$digest"

	dirty() {	# dirty NAME 0|1 same|other COMMAND
		(cd "$tree" && eval "$4")
		check "$1/dirty_is_$2" is "$tree" DIRTY "$2"
		sources "$1" "$3" "$tree"
		(cd "$tree" && gitty reset --hard && gitty clean -fd)
		check "$1/undone" is "$tree" DIRTY 0
	}
	dirty edited 1 other 'echo x >>study/run/version.h'
	dirty staged 1 other 'echo x >>cli/d.c; git add cli/d.c'
	dirty removed 1 other 'rm sim/a.c'
	dirty renamed 1 other 'mv sim/a.c sim/z.c'
	dirty new_source 1 other 'echo "int x;" >models/new.c'
	dirty new_costs 1 other 'echo x >study/costs/mine.csv'
	dirty makefile 1 other 'echo >>Makefile'
	dirty note 0 same 'echo x >>README.md; echo x >sim/notes.txt'
	check "hook/other_repository_in_the_environment" sh -c '
		mkdir "$1/hook" && cd "$1/hook" && git init >/dev/null 2>&1 &&
		cd "$1/tree" &&
		GIT_DIR=$1/hook/.git sh tests/tools/version.sh | grep -q "$2"' \
	    sh "$t" "$hash"

	if [ "$(id -u)" -eq 0 ]; then
		chown -R 12345 "$tree"
		check "of_another_user/commit" is "$tree" COMMIT "$hash"
		chown -R 0 "$tree"
	else
		skip "of_another_user/commit" "only root can try"
	fi

	# As git archives it, as it is copied, alone and inside another's.
	mkdir "$t/archive" "$t/copy" "$t/other"
	(cd "$tree" && git archive HEAD) | (cd "$t/archive" && tar xf -)
	(cd "$tree" && tar cf - --exclude .git .) | (cd "$t/copy" && tar xf -)
	cp -R "$t/archive" "$t/copy" "$t/other"
	check "archive/commit" is "$t/archive" COMMIT "$hash"
	sources archive same "$t/archive"
	check "copy/commit" is "$t/copy" COMMIT unknown
	sources copy same "$t/copy"
	(cd "$t/other" && gitty init && gitty add . && gitty commit -m two)
	check "inside_another/archive" is "$t/other/archive" COMMIT "$hash"
	check "inside_another/copy" is "$t/other/copy" COMMIT unknown
	echo x >>"$t/archive/sim/a.c"
	sources archive_edited other "$t/archive"

	# Every make makes the same of it.
	for make in make gmake bmake; do
		command -v $make >/dev/null 2>&1 || {
			skip "$make" "no $make here"
			continue
		}
		(cd "$tree" && $make -s BUILD="$t/$make" \
		    "$t/$make/study/run/version.o") >"$t/log" 2>&1
		check "$make/header" sh -c 'cd "$1" && sh tests/tools/version.sh |
		    cmp - "$2/version_made.h"' sh "$tree" "$t/$make"
	done

	# What changes arrives with the next make; what does not, makes nothing.
	object=$t/make/study/run/version.o
	again() {
		touch "$t/before"
		(cd "$tree" && make -s BUILD="$t/make" "$object") >"$t/log" 2>&1
	}
	made() { find "$object" -newer "$t/before" | grep -q .; }
	touch -t 200001010000 "$tree/study/run/version.c" \
	    "$tree/study/run/version.h"
	again
	sleep 1
	again
	check "next_make/nothing_to_do" not made
	echo >>"$tree/sim/b.c"
	sleep 1
	again
	check "next_make/edit_of_another_file" made
	check "next_make/says_so" grep -aq "$hash-dirty, sources" "$object"
	(cd "$tree" && gitty commit -am three)
	sleep 1
	again
	check "next_make/commit" not grep -aq -e -dirty "$object"
fi

# This program, and all that it writes.
version=$("$PCBSIM" --version)
made=$(sh tests/tools/version.sh | sed -n 's/.*SOURCES	//p' | tr -d '"')
check "program/digest_of_these_sources" sh -c '
	case $1 in *", sources $2)") ;; *) echo "# $1"; exit 1 ;; esac' sh \
    "$version" "$made"
"$PCBSIM" run --quiet --no-plots --out="$t/r" scenarios/claim-1-bound-rule.ini
for f in "$t"/r/*.csv "$t/r/run.ini"; do
	check "first_line/${f##*/}" test "$(head -n 1 "$f")" = "# $version"
done
check "mail" grep -qx "$version" "$t/r/report.txt"
check "page" grep -q "$version" "$t/r/report.html"
"$PCBSIM" report --format=json "$t/r" >"$t/json"
check "json" grep -q "\"$version\"" "$t/json"
"$PCBSIM" compare --format=csv "$t/r" >"$t/csv"
check "compare" test "$(head -n 1 "$t/csv")" = "# $version"
tap_done
