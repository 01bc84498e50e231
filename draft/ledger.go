package draft

import (
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
)

// ledger is the time that somebody owns: disjoint spans by start.
type ledger []billing.Span

// free returns the parts of s that nobody owns.
func (l ledger) free(s billing.Span) []billing.Span {
	from := l.after(s)
	to := from
	for to < len(l) && l[to].Start.Before(s.End) {
		to++
	}
	return billing.Subtract(s, l[from:to])
}

// take enters spans, which nobody owned.
func (l *ledger) take(spans []billing.Span) {
	for _, s := range spans {
		if s.Empty() {
			continue
		}
		at := l.after(s)
		before := at > 0 && (*l)[at-1].End.Equal(s.Start)
		behind := at < len(*l) && (*l)[at].Start.Equal(s.End)
		switch {
		case before && behind:
			(*l)[at-1].End = (*l)[at].End
			*l = slices.Delete(*l, at, at+1)
		case before:
			(*l)[at-1].End = s.End
		case behind:
			(*l)[at].Start = s.Start
		default:
			*l = slices.Insert(*l, at, s)
		}
	}
}

// after returns the position of the first span that ends after s starts.
func (l ledger) after(s billing.Span) int {
	at, _ := slices.BinarySearchFunc(l, s, func(x, s billing.Span) int {
		if x.End.After(s.Start) {
			return 1
		}
		return -1
	})
	return at
}

// freeAfter returns the first free stretch of at most need after arrival, and
// within the workday where the message came before its end.
func (l ledger) freeAfter(arrived time.Time, atWork, day billing.Span, need time.Duration) []billing.Span {
	window := billing.Span{Start: arrived, End: day.End}
	if atWork.End.After(arrived) {
		window.End = atWork.End
		if atWork.Start.After(arrived) {
			window.Start = atWork.Start
		}
	}
	for at := l.after(window); !window.Empty(); at++ {
		free := window
		if at < len(l) && l[at].Start.Before(free.End) {
			free.End = l[at].Start
			window.Start = l[at].End
		} else {
			window.Start = window.End
		}
		if free.End.Sub(free.Start) > need {
			free.End = free.Start.Add(need)
		}
		if free.Seconds() > 0 {
			return []billing.Span{free}
		}
	}
	return nil
}

// freeBefore returns the last free stretch of window, of at most need.
func (l ledger) freeBefore(window billing.Span, need time.Duration) []billing.Span {
	if window.Empty() {
		return nil
	}
	at, _ := slices.BinarySearchFunc(l, window.End, func(x billing.Span, end time.Time) int { return x.Start.Compare(end) })
	for at--; at >= 0 && !l[at].End.Before(window.End); at-- { // what reaches to its end
		window.End = l[at].Start
	}
	if at >= 0 && l[at].End.After(window.Start) {
		window.Start = l[at].End
	}
	if window.Empty() {
		return nil
	}
	if window.End.Sub(window.Start) > need {
		window.Start = window.End.Add(-need)
	}
	return []billing.Span{window}
}
