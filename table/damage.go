package table

import (
	"regexp"
	"strings"
)

var (
	// shortened are dates as Excel shows what was typed as 1-24 or 24-1.
	shortened = regexp.MustCompile(`(?i)^(\d{1,2}[-. /]+(jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zä]*\.?|(jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zä]*\.?[-/ ]\d{2,4})$`)
	rounded   = regexp.MustCompile(`^-?\d(?:[.,]\d+)?[eE]\+\d{1,3}$`)
	floating  = regexp.MustCompile(`^\d+\.0$`)
	asDate    = regexp.MustCompile(`^(\d{1,2}[/.]\d{1,2}[/.](\d{4}|\d{2})|\d{4}-\d{2}-\d{2}[ T]00:00:00)$`)
	broken    = regexp.MustCompile(`^#(REF!|NAME\?|VALUE!|N/A|NUM!|NULL!|DIV/0!|#+)$`)
	digits    = regexp.MustCompile(`^\d+$`)
)

// Identifiers tells the identifiers of a column that a spreadsheet damaged.
type Identifiers struct {
	dates bool // dates are in order: most of the column are dates
	width int  // of all that begin with a zero, 0 where there are none or of several widths
}

// Identifiers looks at all of a column.
func (t *Table) Identifiers(column string) Identifiers {
	var id Identifiers
	all, dates, width, several := 0, 0, 0, false
	for r := range t.Rows() {
		c := r.Identifier(column)
		if c == "" || r.Kind != Data {
			continue
		}
		all++
		switch {
		case asDate.MatchString(c):
			dates++
		case c[0] == '0' && len(c) > 1 && digits.MatchString(c):
			several = several || width != 0 && width != len(c)
			width = len(c)
		}
	}
	id.dates = 2*dates > all
	if !several {
		id.width = width
	}
	return id
}

// Damage says what a spreadsheet did to an identifier and what to do about it,
// "" where it is as it was written. What it was cannot be told: Jan-24 may have
// been 1-24 or 24-1.
func (id Identifiers) Damage(s string) string {
	const again = " Format the column as text, enter it as it was and save the file again"
	switch {
	case rounded.MatchString(s):
		return quoted(s) + " is a number that Excel shortened: its last digits are lost." + again
	case shortened.MatchString(s):
		return quoted(s) + " is a date that Excel made of something else, such as 1-24." + again
	case !id.dates && asDate.MatchString(s):
		return quoted(s) + " looks like a date that Excel made of something else, such as 1-24-26." + again
	case broken.MatchString(s):
		return quoted(s) + " is what Excel shows where it has no value." + again
	case floating.MatchString(s):
		return quoted(s) + " was taken for a decimal number, and zeros may be lost." + again
	case len(s) > 15 && digits.MatchString(s) && strings.Trim(s[15:], "0") == "":
		return quoted(s) + " has more than 15 digits, of which Excel keeps 15: the others are lost." + again
	case len(s) < id.width && digits.MatchString(s):
		return quoted(s) + " has lost the zeros in front that the others of the column have." + again
	}
	return ""
}

func quoted(s string) string { return `"` + short(s) + `"` }
