#!/bin/sh
# column: one number a line; plot: the same pictures again.
. tests/tools/tap.sh
. tests/tools/try.sh

cat >"$t/s.csv" <<'EOF'
# pcbsim 0 (test)
# seed: 1
variant,replication,first_s,holder,n
current,1,0.5,"cron, daily",10
current,2,,"say ""x""",20
proposed,1,1.5,rx,30
EOF

column() { "$PCBSIM" column "$@" >"$t/out" 2>"$t/err"; }
gives() { printf "$1" | cmp - "$t/out"; }

check "all_rows" column n "$t/s.csv"
check "all_rows_give" gives '10\n20\n30\n'
check "variant" column n "$t/s.csv" --variant=current
check "variant_gives" gives '10\n20\n'
check "where" column n "$t/s.csv" --where=replication=1 --where='holder=rx'
check "where_gives" gives '30\n'
check "where_with_a_comma" column n "$t/s.csv" --where='holder=cron, daily'
check "where_with_a_comma_gives" gives '10\n'
check "where_with_a_quote" column n "$t/s.csv" --where='holder=say "x"'
check "where_with_a_quote_gives" gives '20\n'
check "two_files" column n "$t/s.csv" "$t/s.csv" --variant=proposed
check "two_files_give" gives '30\n30\n'
refuse "no_such_variant" 2 column n "$t/s.csv" --variant=propsed
check "no_such_variant_told" said \
    "s.csv: there is no variant 'propsed'; did you mean .proposed.?"
check "no_such_variant_gives" gives ''
check "no_row_of_a_variant" column n "$t/s.csv" --variant=proposed \
    --where=replication=2
check "no_row_of_a_variant_told" said 'no row is left by the filters'
head -n 3 "$t/s.csv" >"$t/none.csv"
check "no_rows_yet" column n "$t/none.csv" --variant=proposed
rm "$t/none.csv"
check "empty_is_left_out" column first_s "$t/s.csv"
check "empty_is_left_out_gives" gives '0.5\n1.5\n'
check "empty_is_told" said '1 empty value'
refuse "unknown_column" 2 column first "$t/s.csv"
check "unknown_column_hint" said 'did you mean .first_s'
check "unknown_column_list" said 'there are: variant replication first_s'
refuse "no_number" 2 column holder "$t/s.csv"
refuse "no_file" 2 column n
refuse "missing_file" 4 column n "$t/none.csv"
check "missing_file_is_named" said 'none.csv'
echo 'a,b
1,2,3' >"$t/ragged.csv"
refuse "ragged" 4 column a "$t/ragged.csv"
check "ragged_is_told" said 'ragged.csv:2: '
printf 'a,b\n"1,2\n' >"$t/open.csv"
refuse "open_quote" 4 column a "$t/open.csv"
: >"$t/empty.csv"
refuse "empty_file" 4 column a "$t/empty.csv"

refuse "plot_of_nothing" 4 "$PCBSIM" plot "$t"
refuse "plot_without_directory" 2 "$PCBSIM" plot
tap_done
