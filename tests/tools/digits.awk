# Numbers as people read them, for other scripts.
function least(a, b) { return a < b ? a : b }
function fraction(x) { return x < 0 ? -x : x }
# A count, thousands apart: 55,536.
function whole(x,   s) {
	s = sprintf("%.0f", x)
	while (match(s, /[0-9][0-9][0-9][0-9](,|$)/))
		s = substr(s, 1, RSTART) "," substr(s, RSTART + 1)
	return s
}
# Three digits, thousands apart: 0.00024, 2.46, 47.7, 1,060.
function digits(x,   s, e) {
	if (x == 0)
		return "0"
	e = 0
	while (fraction(x) >= 10 ^ (e + 1)) e++
	while (fraction(x) < 10 ^ e) e--
	if (e < 2) {
		s = sprintf("%." least(2 - e, 5) "f", x)
		if (s ~ /\./) { sub(/0+$/, "", s); sub(/\.$/, "", s) }
		return s
	}
	s = sprintf("%.0f", x / 10 ^ (e - 2)) * 10 ^ (e - 2)
	return whole(x < 10000 && x == int(x) ? x : s)
}
