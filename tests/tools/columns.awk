# Some columns of a CSV, by their names, in this order; comments stay.
#
#	awk -v want="variant replication ..." -f columns.awk FILE
BEGIN { FS = OFS = "," }
/^#/ { print; next }
!n {
	n = split(want, name, " ")
	for (i = 1; i <= NF; i++) at[$i] = i
	for (i = 1; i <= n; i++)
		if (!(name[i] in at)) {
			print "no column " name[i] >"/dev/stderr"
			exit 1
		}
}
{
	for (i = 1; i <= n; i++)
		printf "%s%s", $at[name[i]], i < n ? OFS : "\n"
}
