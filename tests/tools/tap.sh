# Sourced by test scripts: TAP for shell.
#
#	check NAME COMMAND...	passes if the command does
#	refuse NAME CODE COMMAND...	passes if it exits with CODE
#	skip NAME WHY		is not to be had here
tap_n=0
tap_failed=0

tap_result() {	# tap_result STATUS NAME
	tap_n=$((tap_n + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $tap_n $2"
	else
		echo "not ok $tap_n $2"
		tap_failed=1
	fi
}

check() {
	tap_name=$1
	shift
	"$@"
	tap_result $? "$tap_name"
}

refuse() {
	tap_name=$1 tap_code=$2
	shift 2
	"$@"
	tap_got=$?
	[ "$tap_got" -eq "$tap_code" ] ||
	    echo "# exit $tap_got, not $tap_code: $*"
	[ "$tap_got" -eq "$tap_code" ]
	tap_result $? "$tap_name"
}

skip() {
	tap_n=$((tap_n + 1))
	echo "ok $tap_n $1 # SKIP $2"
}

tap_done() {
	echo "1..$tap_n"
	exit $tap_failed
}
