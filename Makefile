# pcbsim: one Makefile for GNU make (4.0 or later) and BSD make.
#
#	make		build ./pcbsim
#	make demo	run the main scenario, print the report
#	make check	build and run every fast test
#	make check-linux	the model beside this machine's Linux, in namespaces
#	make check-slurm	a sweep on a two-node Slurm cluster, a node dies
#	make scale	measure sweeps of up to 10,000 runs: docs/scale.csv
#	make check-browser	report.html and trace.json in chromium
#	make bench	measure speed against the targets
#	make growth	how time and memory grow: docs/growth.csv (10 minutes)
#	make fuzz-search	fuzz the two searches for SECONDS (600)
#	make fuzz-smoke	libFuzzer on every input, FUZZ_SECONDS (60) each
#	make check-fault	each call that can fail, failed once; kills (slow)
#	make check-extent	what is large: time and memory (slow)
#	make check-sanitize	make check under ASan, UBSan; goes on where it was
#	make check-valgrind	test programs and commands under valgrind (slow)
#	make check-tsan	runs of several jobs under ThreadSanitizer
#	make coverage	what tests reach: docs/coverage.csv (KEEP=yes: go on)
#	make lint	cppcheck, gcc -fanalyzer, clang-tidy, clang --analyze
#	make fuzz-afl	AFL++ on the same inputs, FUZZ_SECONDS each
#	make fuzz-hour	KIND=... (all) for HOUR (3600) seconds: docs/fuzz.csv
#	make fuzz-keep	what these found that reaches more: tests/fuzz/corpus
#	make publish	results/published/ anew
#	make repro	the same bytes from every compiler: tests/repro/
#	make repro-update	another reference; say why in the commit
#	make proposals	every allocator on every load: results/published
#	make kernels	the case of 2019 on every kernel: results/published
#	make limits	the rate that each stack survives: results/published
#	make phase	the phase diagram: results/published
#	make sensitivity	what each cost does to seed-2019: docs/MODEL.md
#	make deps	install what is missing (root only if something is)
#	make install	program, manual, completions, examples; uninstall
#	make man	the parts of the manual that the program makes
#	make check-package	build the Debian package, try it (slow)
#
# Knobs: CC, OPTIMIZE, HARDEN, HARDEN_LINK, CFLAGS (added after them), LDFLAGS,
# BUILD (where objects go), BIN (the program), PREFIX, DESTDIR (in front of it),
# JOBS (check, lint, check-sanitize and check-valgrind do so many at a time),
# WERROR=-Werror: warnings are errors, as they are to `make check', where the
# compilers are those that were tried.

CC?=		cc
OPTIMIZE?=	-O3 -g -D_FORTIFY_SOURCE=2
HARDEN?=	-fstack-protector-strong -fPIE
HARDEN_LINK?=	-pie -Wl,-z,relro -Wl,-z,now
CFLAGS?=
WERROR?=
BUILD?=		build/release
BIN?=		./pcbsim
PREFIX?=	/usr/local
DESTDIR?=
SECONDS?=	600
FUZZ_SECONDS?=	60
HOUR?=		3600
KIND?=
JOBS?=		2

WARN=		-Wall -Wextra $(WERROR) -Wshadow -Wstrict-prototypes \
		-Wmissing-prototypes -Wpointer-arith -Wwrite-strings \
		-Wformat=2 -Wmissing-format-attribute
STD=		-std=c11 -D_GNU_SOURCE -ffp-contract=off -fno-strict-aliasing
GLIB_CFLAGS!=	pkg-config --cflags glib-2.0 2>/dev/null || true
GLIB_LIBS!=	pkg-config --libs glib-2.0 2>/dev/null || true
ZLIB_CFLAGS!=	pkg-config --cflags zlib 2>/dev/null || true
ZLIB_LIBS!=	pkg-config --libs zlib 2>/dev/null || echo -lz
CSV_LIBS=	-lcsv
JSON_LIBS=	-ljansson
COMPILE=	$(CC) $(STD) $(WARN) $(OPTIMIZE) $(HARDEN) $(CFLAGS) $(GLIB_CFLAGS) \
		$(ZLIB_CFLAGS) -I. -I$(BUILD)
LINK=		$(CC) $(CFLAGS) $(HARDEN_LINK) $(LDFLAGS)
LIBS=		$(BUILD)/libcli.a $(BUILD)/libstudy.a $(BUILD)/libmodels.a \
		$(BUILD)/libsim.a
SYSLIBS=	$(CSV_LIBS) $(JSON_LIBS) $(ZLIB_LIBS) $(GLIB_LIBS) -lm -lpthread

# The list of objects is made from the list of files, by a script that speaks
# to both makes: it writes plain explicit rules and reads back dependencies.
RULES!=		sh tests/tools/rules.sh $(BUILD)

all: $(BIN)

include $(BUILD)/rules.mk

$(BIN): $(BUILD)/cli/main.o $(LIBS)
	$(LINK) -o $@ $(BUILD)/cli/main.o $(LIBS) $(SYSLIBS)

deps:
	@sh tests/tools/deps.sh

demo: deps
	@$(MAKE) all
	@sh tests/tools/demo.sh $(BIN)

check: deps
	@$(MAKE) -j$(JOBS) WERROR=-Werror all tests fuzzers benches faults
	@sh tests/tools/run.sh -j $(JOBS) $(BUILD) $(BIN)

check-sanitize: deps
	@$(MAKE) BUILD=build/sanitize BIN=build/sanitize/pcbsim OPTIMIZE= \
	    CFLAGS="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover" \
	    all tests fuzzers faults
	@SLOW=4 sh tests/tools/run.sh -j $(JOBS) -k build/sanitize/said \
	    -l 3600 build/sanitize build/sanitize/pcbsim

check-slurm: deps
	@$(MAKE) all
	@sh tests/slurm/slurm.sh $(BIN)

check-linux: deps
	@$(MAKE) lives
	@$(BUILD)/tests/netns/linux_live

scale: deps
	@$(MAKE) all
	@sh tests/tools/scale.sh $(BIN) docs/scale.csv

check-browser: all
	@sh tests/browser/browser.sh $(BUILD) $(BIN)

bench: deps
	@$(MAKE) all benches
	@sh tests/tools/bench.sh $(BUILD) $(BIN)

growth: deps
	@$(MAKE) all
	@sh tests/tools/growth.sh $(BIN) docs/growth.csv
	@echo "growth: docs/growth.csv; sh tests/tools/bench_page.sh has it shown"

install: all
	@sh packaging/install.sh install $(BIN) "$(DESTDIR)" "$(PREFIX)"

uninstall:
	@sh packaging/install.sh uninstall $(BIN) "$(DESTDIR)" "$(PREFIX)"

man: all
	@sh tests/tools/man.sh $(BIN) docs/man/pcbsim.1
	@sh tests/tools/man.sh $(BIN) docs/man/pcbsim-scenario.5
	@sh tests/tools/man.sh $(BIN) docs/man/pcbsim-models.7

check-package:
	@sh packaging/check.sh

fuzz-smoke: deps
	@MAKE="$(MAKE)" sh tests/fuzz/fuzz.sh $(FUZZ_SECONDS)

check-fault: deps
	@$(MAKE) all faults
	@sh tests/fault/check_fault.sh $(BIN) $(BUILD)/tests/fault/shim.so

check-extent: all
	@sh tests/tools/extent.sh $(BIN)

# Tables on plain memory, whose bounds valgrind knows.
check-valgrind: deps
	@$(MAKE) BUILD=build/plain BIN=build/plain/pcbsim \
	    CFLAGS="$(CFLAGS) -DPCB_PAGES_PLAIN" all tests fuzzers
	@sh tests/tools/valgrind.sh -j $(JOBS) build/plain build/plain/pcbsim

check-tsan: deps
	@mkdir -p build/tsan
	@$(COMPILE) -c -o build/tsan/locks.o tests/tools/tsan_locks.c
	@$(MAKE) BUILD=build/tsan BIN=build/tsan/pcbsim OPTIMIZE= HARDEN= \
	    HARDEN_LINK= CFLAGS="-O1 -g -fsanitize=thread" \
	    LDFLAGS="build/tsan/locks.o" all tests faults
	@sh tests/tools/tsan.sh -j $(JOBS) build/tsan build/tsan/pcbsim

coverage: deps
	@MAKE="$(MAKE)" KEEP="$(KEEP)" sh tests/tools/coverage.sh docs/coverage.csv

lint: all
	@sh tests/tools/lint.sh -j $(JOBS)

fuzz-afl:
	@MAKE="$(MAKE)" LEDGER="$(LEDGER)" sh tests/fuzz/afl.sh $(FUZZ_SECONDS) \
	    $(KIND)

fuzz-hour: deps
	@MAKE="$(MAKE)" LEDGER=docs/fuzz.csv sh tests/fuzz/fuzz.sh $(HOUR) $(KIND)

fuzz-keep:
	@sh tests/fuzz/keep.sh $(KIND)

faults: $(BUILD)/tests/fault/shim.so

$(BUILD)/tests/fault/shim.so: tests/fault/shim.c
	@mkdir -p $(BUILD)/tests/fault
	$(CC) $(STD) $(WARN) -O1 -g -fPIC -shared -o $@ tests/fault/shim.c

fuzz-search: deps
	@$(MAKE) fuzzers
	@$(BUILD)/tests/fuzz/search_fuzz --seconds=$(SECONDS)

publish: deps
	@$(MAKE) all
	@sh tests/tools/publish.sh $(BIN)

repro: deps
	@MAKE="$(MAKE)" sh tests/repro/repro.sh

repro-update: deps
	@MAKE="$(MAKE)" sh tests/repro/repro.sh --update

proposals: deps
	@$(MAKE) all
	@sh tests/tools/proposals.sh $(BIN)

kernels: deps
	@$(MAKE) all
	@sh tests/tools/kernels.sh $(BIN)

limits: deps
	@$(MAKE) all
	@sh tests/tools/limits.sh $(BIN)

phase: deps
	@$(MAKE) all
	@sh tests/tools/phase.sh $(BIN)

sensitivity: deps
	@$(MAKE) all
	@sh tests/tools/sensitivity.sh $(BIN) >docs/sensitivity.csv.new
	@mv docs/sensitivity.csv.new docs/sensitivity.csv
	@sh tests/tools/sensitivity.sh $(BIN) --page

clean:
	rm -rf build $(BIN)

.PHONY: all deps demo check check-sanitize check-browser bench growth \
	fuzz-search publish clean \
	tests benches fuzzers install uninstall man check-package sensitivity \
	repro repro-update kernels proposals limits phase check-slurm scale \
	fuzz-smoke check-linux lives check-extent check-valgrind check-tsan \
	coverage lint fuzz-afl fuzz-hour fuzz-keep \
	check-fault faults
