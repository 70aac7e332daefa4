# Sourced: what is preloaded into $PCBSIM for faults, see shim.c.
#
#	preload SHIM	for LD_PRELOAD: AddressSanitizer, if the program has
#			it, wants to be before everything else
#	threads_are_ours	no sanitizer has its own ways with threads
#	memory_is_ours	no sanitizer has its own ways with memory
preload() {
	preload_shim=$1
	case $1 in /*) ;; *) preload_shim=$PWD/$1 ;; esac
	ldd "$PCBSIM" 2>/dev/null | awk '/libasan/ { printf "%s ", $3 }'
	echo "$preload_shim"
}
preload_has() { nm "$PCBSIM" 2>/dev/null | grep -q "$1"; }
threads_are_ours() { ! preload_has __tsan_init; }
memory_is_ours() { ! preload_has '__[at]san_init'; }
