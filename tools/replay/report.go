package main

import (
	"fmt"
	"strings"
)

// report says what the days asked of their lawyer.
func (r *replay) report() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-10s %9s %12s %15s %13s %17s\n", "", "messages", "rows per 60", "decided per 60", "mended per 60", "assigned wrongly")
	var total sheet
	for i, s := range r.sheets {
		total.add(s)
		switch n := i + 1; n {
		case 1, 7, 30:
			b.WriteString(s.line(fmt.Sprintf("day %d", n)))
		}
	}
	if week := r.sheets[:min(5, len(r.sheets))]; len(r.sheets) > len(week) {
		var first, later sheet
		for i, s := range r.sheets {
			if i < len(week) {
				first.add(s)
			} else {
				later.add(s)
			}
		}
		b.WriteString(first.line("first 5"))
		b.WriteString(later.line("later"))
	}
	b.WriteString(total.line(fmt.Sprintf("all %d", len(r.sheets))))
	return b.String()
}

func (s *sheet) add(o sheet) {
	s.messages += o.messages
	s.rows += o.rows
	s.decisions += o.decisions
	s.mends += o.mends
	s.minutes.assigned += o.minutes.assigned
	s.minutes.wrong += o.minutes.wrong
}

// line is one line of the report.
func (s sheet) line(name string) string {
	per := 60 / float64(max(s.messages, 1))
	wrong := "none assigned"
	if s.minutes.assigned > 0 {
		wrong = fmt.Sprintf("%.1f of %.0f min", s.minutes.wrong, s.minutes.assigned)
	}
	return fmt.Sprintf("%-10s %9d %12.1f %15.1f %13.1f %17s\n", name, s.messages, per*float64(s.rows), per*float64(s.decisions), per*float64(s.mends), wrong)
}
