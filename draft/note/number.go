package note

// ratio is an exact number that is not negative.
type ratio struct{ num, den int64 }

func whole(n int64) ratio { return ratio{n, 1} }

func (r ratio) plus(s ratio) ratio {
	switch {
	case r.den == 0:
		return s
	case s.den == 0:
		return r
	}
	return ratio{r.num*s.den + s.num*r.den, r.den * s.den}
}

// of returns r times unit, rounded to the nearest whole.
func (r ratio) of(unit int64) int64 {
	if r.den == 0 {
		return 0
	}
	if r.num > 1e12 {
		return 1 << 40 // longer than any time there is
	}
	return (2*r.num*unit + r.den) / (2 * r.den)
}

var units = map[string]int64{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}

var tens = map[string]int64{"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}

// under100 reads a number below a hundred that is written as words.
func (r *reading) under100(i int) (n int64, next int) {
	t := r.tok(i)
	if u, ok := units[t.low]; ok {
		return u, i + 1
	}
	n, ok := tens[t.low]
	if !ok {
		return 0, i
	}
	j := i + 1
	if r.tok(j).is("-") && r.tok(j).glued {
		j++
	}
	if u, ok := units[r.tok(j).low]; ok && u > 0 && u < 10 {
		return n + u, j + 1
	}
	return n, i + 1
}

// cardinal reads a whole number in words or digits.
func (r *reading) cardinal(i int) (n int64, next int) {
	t := r.tok(i)
	if t.kind == number && !t.point && t.value.den == 1 {
		return t.value.num, i + 1
	}
	n, j := r.under100(i)
	if j == i && t.is("a") {
		n, j = 1, i+1
		if !r.tok(j).is("hundred") {
			return 0, i
		}
	}
	if j == i || !r.tok(j).is("hundred") {
		return n, j
	}
	n, j = n*100, j+1
	k := j
	if r.tok(k).is("and") {
		k++
	}
	if rest, after := r.under100(k); after > k {
		return n + rest, after
	}
	return n, j
}

// spoken reads a decimal that is said: "one point two five", "point three".
func (r *reading) spoken(i int) (v ratio, next int) {
	j := i
	if r.tok(j).is("oh", "o", "zero") {
		j++
	} else if n, after := r.under100(j); after > j {
		v, j = whole(n), after
	}
	if !r.tok(j).is("point") {
		return ratio{}, i
	}
	j++
	digits, scale, first := int64(0), int64(1), j
	for scale < 1e4 {
		n, after := r.digits(j)
		if after == j || j > first && (n > 9 || r.tok(after).is("point") || r.unit(after) == minute) {
			break
		}
		step := int64(10)
		if n > 9 {
			step = 100
		}
		digits, scale, j = digits*step+n, scale*step, after
	}
	if j == first {
		return ratio{}, i
	}
	return v.plus(ratio{digits, scale}), j
}

// digits reads what may follow a spoken point: a digit, "oh", or a number such
// as "twenty five".
func (r *reading) digits(j int) (n int64, next int) {
	t := r.tok(j)
	if t.is("oh", "o", "zero") {
		return 0, j + 1
	}
	if t.kind == number && !t.point && t.value.num < 100 {
		return t.value.num, j + 1
	}
	return r.under100(j)
}

// quantity reads a number of any form that may have a part: "2", "1.5", "1½",
// "1 1/2", "1/2", "two and a half", "one and two tenths", "one point two". exact
// says that it was written with a point or a fraction.
func (r *reading) quantity(i int) (v ratio, next int, exact bool) {
	if v, j := r.spoken(i); j > i {
		return v, j, true
	}
	t := r.tok(i)
	if t.kind == number && t.point {
		return t.value, i + 1, true
	}
	if v, j := r.slash(i); j > i {
		return v, j, true
	}
	if t.kind == number && t.value.den > 1 {
		return t.value, i + 1, false
	}
	n, j := r.cardinal(i)
	if j == i {
		return ratio{}, i, false
	}
	v = whole(n)
	if f, k := r.slash(j); k > j && t.kind == number && !r.tok(j).glued {
		return v.plus(f), k, true
	}
	if r.tok(j).is("and") {
		if f, k := r.fraction(j + 1); k > j+1 {
			return v.plus(f), k, true
		}
	}
	return v, j, false
}

// slash reads a fraction such as 1/2.
func (r *reading) slash(i int) (v ratio, next int) {
	a, s, b := r.tok(i), r.tok(i+1), r.tok(i+2)
	if a.kind != number || b.kind != number || a.point || b.point || !s.is("/") || !s.glued || !b.glued || r.tok(i+3).is("/") && r.tok(i+3).glued {
		return ratio{}, i
	}
	if d := b.value.num; (d == 2 || d == 3 || d == 4 || d == 5 || d == 6 || d == 10) && a.value.num < d && a.value.num > 0 {
		return ratio{a.value.num, d}, i + 3
	}
	return ratio{}, i
}

var fractions = map[string]int64{"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5, "fifths": 5, "tenth": 10, "tenths": 10}

// fraction reads a part in words: "a half", "half", "three quarters", "two tenths".
func (r *reading) fraction(i int) (v ratio, next int) {
	if v, j := r.slash(i); j > i {
		return v, j
	}
	n, j := int64(1), i
	if r.tok(i).is("a", "an") {
		j++
	} else if c, after := r.cardinal(i); after > i && c < 60 {
		n, j = c, after
		if r.tok(j).is("-") && r.tok(j).glued {
			j++
		}
	}
	d, ok := fractions[r.tok(j).low]
	if !ok || j == i && d != 2 && d != 4 || j == i && r.tok(j).low != "half" && r.tok(j).low != "quarter" || n >= d && d != 10 {
		return ratio{}, i
	}
	return ratio{n, d}, j + 1
}
