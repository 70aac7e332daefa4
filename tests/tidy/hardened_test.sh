#!/bin/sh
# The program as it is built by default: where it lies in memory is random, its
# tables of addresses are read-only, its stacks are guarded and what libc copies
# is checked.  A build with other flags is asked only for what it was told.
. tests/tools/tap.sh

if ! command -v readelf >/dev/null; then
	skip hardened "needs readelf"
	tap_done
fi
case $BUILD in
*release*) ;;
*)
	skip hardened "another build than the default"
	tap_done
	;;
esac

is() { readelf "$1" "$PCBSIM" 2>/dev/null | grep -q "$2"; }
check "position_independent" is -hW 'Type: *DYN'
check "relro" is -lW GNU_RELRO
check "bind_now" is -dW 'BIND_NOW\|Flags: .*NOW'
check "stack_protector" is -sW __stack_chk_fail
check "fortified" is -sW '__[a-z_]*_chk@\|__[a-z_]*_chk$'
no_exec_stack() {
	readelf -lW "$PCBSIM" | grep GNU_STACK | grep -qv RWE
}
check "stack_not_executable" no_exec_stack

tap_done
