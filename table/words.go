package table

import (
	"fmt"
	"regexp"
	"strings"
)

// total are cells that say that a row sums others up.
var total = regexp.MustCompile(`(?i)^((grand|sub|page|invoice|bill|report|overall|running|net|matter|timekeeper|client)[ -]?)*totals?` +
	`(:|( |$)(hours?|hrs|time|fees?|amount|due|expenses?|costs?|disbursements?|billed|billable|this|page|invoice|bill|matter|services|charges|for .{1,60}|of .{1,60}| |:)*)$|` +
	`^(sum|summe|gesamt|gesamtsumme|balance due|amount due)( .{1,20})?:?$`)

// totals reports whether a row sums others up: it says so, and all else in it
// are numbers.
func totals(cells []string) bool {
	says := false
	for _, c := range cells {
		switch c = strings.TrimSpace(c); {
		case c == "" || numeric(c):
		case len(c) < 90 && sums(c) && total.MatchString(c):
			says = true
		default:
			return false
		}
	}
	return says
}

// sums reports whether a cell holds a word that could be of a total: a look
// before the expression, which is slow.
func sums(c string) bool {
	low := strings.ToLower(c)
	return strings.Contains(low, "total") || strings.Contains(low, "sum") || strings.Contains(low, "gesamt") || strings.Contains(low, "due")
}

// numeric reports whether a cell is written like a number, an amount or a time.
func numeric(s string) bool {
	digits := strings.ContainsAny(s, "0123456789")
	return digits && strings.Trim(s, "0123456789.,:'()-+$€£% ") == "" || digits && len(s) < 24 && amountWord(s)
}

func amountWord(s string) bool {
	s = strings.TrimSpace(strings.Trim(s, "0123456789.,:'()-+$€£% "))
	switch strings.ToLower(s) {
	case "usd", "eur", "gbp", "cad", "aud", "chf", "h", "hrs", "hours", "hrs.":
		return true
	}
	return false
}

// mostNamed is how many lines or names a sentence lists.
const mostNamed = 12

// Lines names lines: "line 3", "lines 3, 4 and 9". Of many it names the first.
func Lines(lines []int) string {
	names := make([]string, 0, mostNamed)
	for _, n := range lines[:min(len(lines), mostNamed)] {
		names = append(names, fmt.Sprint(n))
	}
	if more := len(lines) - len(names); more > 0 {
		return fmt.Sprintf("lines %s and %d more", strings.Join(names, ", "), more)
	}
	if len(names) == 1 {
		return "line " + names[0]
	}
	last := len(names) - 1
	return "lines " + strings.Join(names[:last], ", ") + " and " + names[last]
}

// list names columns.
func list(names []string) string {
	out := make([]string, 0, mostNamed)
	for _, n := range names {
		if len(n) > 40 {
			n = strings.ToValidUTF8(n[:40], "") + "…"
		}
		if n != "" && len(out) < mostNamed {
			out = append(out, n)
		}
	}
	if len(out) == 0 {
		return "without names"
	}
	return strings.Join(out, ", ")
}
