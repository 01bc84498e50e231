package billing

import (
	"slices"
	"time"
)

// Span is the half-open stretch of time [Start, End). A Span whose Start
// equals its End is a point: something happened then, and lasted an unknown
// time.
type Span struct {
	Start time.Time
	End   time.Time
}

// Seconds returns the elapsed whole seconds of s, which are independent of any
// zone: a night in which clocks go back is an hour longer.
func (s Span) Seconds() int64 { return int64(s.End.Sub(s.Start) / time.Second) }

// Empty reports whether s holds no time; a point is empty.
func (s Span) Empty() bool { return !s.End.After(s.Start) }

// Intersect returns what s and t share; the result may be empty.
func (s Span) Intersect(t Span) Span {
	if t.Start.After(s.Start) {
		s.Start = t.Start
	}
	if t.End.Before(s.End) {
		s.End = t.End
	}
	if s.End.Before(s.Start) {
		s.End = s.Start
	}
	return s
}

// Contains reports whether the instant t lies within s.
func (s Span) Contains(t time.Time) bool { return !t.Before(s.Start) && t.Before(s.End) }

// TotalSeconds returns the sum of the spans' seconds. Each span counts in full:
// the sum is a duration of work only where the spans do not overlap.
func TotalSeconds(spans []Span) int64 {
	var n int64
	for _, s := range spans {
		n += s.Seconds()
	}
	return n
}

// Union returns spans sorted by start, without empty ones, with those that
// touch or overlap joined. It leaves its argument alone.
func Union(spans []Span) []Span {
	sorted := slices.DeleteFunc(slices.Clone(spans), Span.Empty)
	slices.SortFunc(sorted, func(a, b Span) int { return a.Start.Compare(b.Start) })
	var out []Span
	for _, s := range sorted {
		if n := len(out); n > 0 && !s.Start.After(out[n-1].End) {
			if s.End.After(out[n-1].End) {
				out[n-1].End = s.End
			}
			continue
		}
		out = append(out, s)
	}
	return out
}

// Subtract returns the parts of s that none of taken covers. taken must be
// sorted and disjoint, as [Union] leaves it.
func Subtract(s Span, taken []Span) []Span {
	var out []Span
	for _, t := range taken {
		if !t.End.After(s.Start) {
			continue
		}
		if !t.Start.Before(s.End) {
			break
		}
		if t.Start.After(s.Start) {
			out = append(out, Span{s.Start, t.Start})
		}
		s.Start = t.End
	}
	if !s.Empty() {
		out = append(out, s)
	}
	return out
}
