package draft

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
)

// Reasons for which an observation is not time, by what is known of all.
const (
	ignoredCopy     = "seen elsewhere too"
	ignoredMoved    = "another calendar has it at another time"
	ignoredDeclined = "declined"
	ignoredEndless  = "lasts more than a month"
)

// endless is the length from which a calendar entry is no work of any day: a
// hold, a leave, an end that stands for none.
const endless = 31 * 24 * time.Hour

// Sift returns the observations of a day, marked with what only all of them
// together show: of the copies of one event one counts, and what never ends is
// no work. Copies that lie elsewhere, on other days, tell which one counts; those
// that were taken back are passed over. The observations given stay as they are.
func Sift(day, elsewhere []billing.Observation) []billing.Observation {
	s := sieve{out: day}
	s.endless()
	s.copies(elsewhere)
	return s.out
}

// sieve marks observations, in a copy of the list as soon as it has to.
type sieve struct {
	out   []billing.Observation
	owned bool
}

// at returns the i-th observation, to be changed.
func (s *sieve) at(i int) *billing.Observation {
	if !s.owned {
		s.out, s.owned = slices.Clone(s.out), true
	}
	return &s.out[i]
}

func (s *sieve) endless() {
	for i := range s.out {
		if o := &s.out[i]; o.Kind == billing.KindMeeting && o.Ignored == "" && o.Span.End.Sub(o.Span.Start) > endless {
			s.at(i).Ignored = ignoredEndless
		}
	}
}

// seen is one copy of an event: of the day, at that position, or elsewhere.
type seen struct {
	*billing.Observation
	index int // -1 elsewhere
}

// copies has one observation of each event count.
func (s *sieve) copies(elsewhere []billing.Observation) {
	byName := make(map[string][]seen)
	several := false
	add := func(o *billing.Observation, i int) {
		if o.Same == "" || o.Removed {
			return
		}
		byName[o.Same] = append(byName[o.Same], seen{o, i})
		several = several || len(byName[o.Same]) > 1
	}
	for i := range s.out {
		add(&s.out[i], i)
	}
	for i := range elsewhere {
		add(&elsewhere[i], -1)
	}
	if !several {
		return
	}
	for _, all := range byName {
		if len(all) > 1 {
			s.settle(all)
		}
	}
}

// settle marks the copies of one event that do not count, and gives the one
// that does what the others know of it.
func (s *sieve) settle(all []seen) {
	slices.SortFunc(all, func(a, b seen) int { return counts(a.Observation, b.Observation) })
	best := all[0]
	for _, c := range all[1:] {
		switch {
		case c.index < 0 || c.Ignored != "":
		case best.index < 0:
			s.at(c.index).Ignored = ignoredMoved
		default:
			s.at(c.index).Ignored = ignoredCopy
		}
	}
	if best.index < 0 || best.Ignored != "" {
		return
	}
	private, doubt := best.Private, best.Doubt
	for _, c := range all[1:] {
		private, doubt = private || c.Private, cmp.Or(doubt, c.Doubt)
	}
	if private != best.Private || doubt != best.Doubt {
		s.at(best.index).Private, s.at(best.index).Doubt = private, doubt
	}
	if answer(all) == "declined" {
		s.at(best.index).Ignored, s.at(best.index).Status = ignoredDeclined, "declined"
	}
}

// counts orders the copies of one event, the one that counts first. Of a
// calendar event it is the one with the higher SEQUENCE, then the one changed
// later (RFC 5545 section 3.8.4.7), then the one that the person answered; of a
// message the one that may be time, and was sent rather than received.
func counts(a, b *billing.Observation) int {
	if a.Kind == billing.KindMeeting && b.Kind == billing.KindMeeting {
		return cmp.Or(
			newer(a, b),
			cmp.Compare(btoi(b.Copy.Answer != ""), btoi(a.Copy.Answer != "")),
			cmp.Compare(btoi(setAside(b)), btoi(setAside(a))), // said to be no work is the safer
			strings.Compare(string(a.ID), string(b.ID)))
	}
	return cmp.Or(
		cmp.Compare(btoi(b.Ignored == ""), btoi(a.Ignored == "")),
		cmp.Compare(rank(b.Kind), rank(a.Kind)),
		cmp.Compare(btoi(a.Estimated), btoi(b.Estimated)),
		strings.Compare(string(a.ID), string(b.ID)))
}

// setAside reports whether the source of o said that it is not work, rather than
// Sift that another copy counts.
func setAside(o *billing.Observation) bool {
	return o.Ignored != "" && o.Ignored != ignoredCopy && o.Ignored != ignoredMoved
}

// newer orders copies of a calendar event by their version, the latest first.
func newer(a, b *billing.Observation) int {
	return cmp.Or(cmp.Compare(b.Copy.Sequence, a.Copy.Sequence), b.Copy.Stamp.Compare(a.Copy.Stamp))
}

// answer returns the person's latest answer in any copy; of answers to one
// version, that they declined.
func answer(all []seen) string {
	var latest *billing.Observation
	for _, c := range all {
		if c.Copy.Answer == "" {
			continue
		}
		if latest == nil || newer(c.Observation, latest) < 0 || newer(c.Observation, latest) == 0 && c.Copy.Answer == "declined" {
			latest = c.Observation
		}
	}
	if latest == nil {
		return ""
	}
	return latest.Copy.Answer
}
