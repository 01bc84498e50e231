package narrate

import "strings"

// Dates in names of documents are left out: the entry has its own.

// dateAtEnd returns how many of the last words of ws are a date, 0 for none.
func dateAtEnd(ws []string) int {
	for n := min(3, len(ws)); n > 0; n-- {
		if isDate(ws[len(ws)-n:]) {
			return n
		}
	}
	return 0
}

// dateAtStart returns how many of the first words of ws are a date, 0 for none.
func dateAtStart(ws []string) int {
	for n := min(3, len(ws)-1); n > 0; n-- {
		if isDate(ws[:n]) {
			return n
		}
	}
	return 0
}

// isDate reports whether the words, of which there are at most three, are one
// date: "2026-11-19", "20261119", "11.19.26", "2026 11 19", "19 Nov 2026".
func isDate(ws []string) bool {
	if len(ws) == 1 {
		w := bare(ws[0])
		if len(w) < 6 || digitsIn(w) < 2 {
			return false
		}
		if i := strings.IndexAny(w, "-./"); i > 0 && len(w) <= 20 {
			if j := strings.IndexAny(w[i+1:], "-./"); j > 0 {
				return threeParts(w[:i], w[i+1:i+1+j], w[i+j+2:])
			}
			return false
		}
		return date(w) > 0
	}
	if len(ws) != 3 || digitsIn(ws[2]) == 0 || digitsIn(ws[0]) == 0 && digitsIn(ws[1]) == 0 { // only one of the first two is a name
		return false
	}
	return threeParts(bare(ws[0]), bare(ws[1]), bare(ws[2]))
}

// date reports with a positive number whether w is a date written as one number:
// YYYYMMDD, MMDDYYYY.
func date(w string) int {
	if len(w) != 8 || !allDigits(w) {
		return 0
	}
	if year(w[:4]) && between(w[4:6], 12) && between(w[6:], 31) || year(w[4:]) && between(w[:2], 12) && between(w[2:4], 31) {
		return 1
	}
	return 0
}

func threeParts(a, b, c string) bool {
	switch {
	case year(a) && len(a) == 4:
		return (between(b, 12) || month(b)) && between(c, 31)
	case month(a):
		return between(b, 31) && year(c)
	case month(b):
		return between(a, 31) && year(c)
	}
	// month and day in either order; years of two digits only where all are numbers
	return between(a, 31) && between(b, 31) && (between(a, 12) || between(b, 12)) && (year(c) || len(c) == 2 && allDigits(c))
}

// year reports whether w is a year of this century or the last, "'26" included.
func year(w string) bool {
	return len(w) == 4 && allDigits(w) && (strings.HasPrefix(w, "19") || strings.HasPrefix(w, "20"))
}

// between reports whether w is a number from 1 to most, of at most two digits.
func between(w string, most int) bool {
	if w == "" || len(w) > 2 || !allDigits(w) {
		return false
	}
	n := 0
	for i := range len(w) {
		n = n*10 + int(w[i]-'0')
	}
	return n >= 1 && n <= most
}

const monthNames = "january   february  march     april     may       june      july      august    september october   november  december"

// month reports whether w is a month's name, or its first three letters or more.
func month(w string) bool {
	if len(w) < 3 || len(w) > 9 || isDigit(w[0]) {
		return false
	}
	for i := 0; i+len(w) <= len(monthNames); i += 10 {
		if strings.EqualFold(monthNames[i:i+len(w)], w) {
			return true
		}
	}
	return false
}
