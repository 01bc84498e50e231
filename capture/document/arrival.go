package document

import (
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
)

// Documents pour in when an archive is unpacked, a folder is copied, or a cloud
// program catches up. Nobody edits so many by hand.
const (
	// pouring is how many documents must appear in one tree within
	// pouringWithin, none of them open, for them to be no work: more than 20.
	pouring       = 20
	pouringWithin = 10 * time.Second
	// trickling is how many make it wise to wait for more before judging the
	// first: more than 2. Below that a save is told at once.
	trickling = 2
)

// tree returns the tree that the slash path p belongs to: the first folder
// below the observed one, which for the files right in it is ".".
func tree(p string) string {
	top, _, ok := strings.Cut(p, "/")
	if !ok {
		return "."
	}
	return top
}

// arrivals are the moments at which documents appeared lately, by tree, each
// list in order.
type arrivals map[string][]time.Time

// add notes that a document appeared in the tree, and forgets what is too long
// ago to matter.
func (a arrivals) add(tree string, at time.Time) {
	for t, list := range a {
		if at.Sub(list[len(list)-1]) > 3*pouringWithin {
			delete(a, t)
		}
	}
	list := a[tree]
	for len(list) > 0 && at.Sub(list[0]) > 3*pouringWithin {
		list = list[1:]
	}
	a[tree] = append(list, at)
}

// among reports whether the document that appeared in the tree at the time
// given was one of more than n within pouringWithin.
func (a arrivals) among(tree string, at time.Time, n int) bool {
	return within(a[tree], at, n)
}

// within reports whether some stretch of pouringWithin that contains at holds
// more than n of the ordered times.
func within(times []time.Time, at time.Time, n int) bool {
	here, _ := slices.BinarySearchFunc(times, at, time.Time.Compare)
	for i := max(0, here-n); i <= here && i+n < len(times); i++ {
		if !times[i+n].Before(at) && times[i+n].Sub(times[i]) <= pouringWithin {
			return true
		}
	}
	return false
}

// appears reports whether the first event of a burst makes the document
// appear. One that goes on pouring in has not stopped to.
func (f *Fold) appears(d *state, e Event) bool {
	if d.poured && e.Time.Sub(d.at) <= f.rules.Quiet {
		return true
	}
	isNew := (e.Op == Create || e.New) && !e.gone() && d.session == nil && (d.gone || d.known == stamp{})
	if isNew && (d.appeared.IsZero() || e.Time.Sub(d.appeared) > pouringWithin) {
		d.appeared = e.Time
		f.arrivals.add(tree(d.key), e.Time)
	}
	return isNew
}

// pours reports whether the burst that made the document appear was one of
// many, or a sync program's that brings a version from elsewhere. A document
// that was open by then is being worked on.
func (f *Fold) pours(d *state, b burst) bool {
	if !b.fresh || !d.poured && !isConflict(d.path) && !f.arrivals.among(tree(d.key), b.first, pouring) {
		return false
	}
	f.adopt(d)
	return !d.locked || d.opened.since.After(b.first)
}

// judgeAt returns when to judge the document's burst.
func (f *Fold) judgeAt(d *state) time.Time {
	if at, ok := f.hold(d); ok {
		return at
	}
	b := d.burst
	quiet, longest := b.last.Add(f.rules.Quiet), b.first.Add(f.rules.Longest)
	if longest.Before(quiet) {
		return longest
	}
	return quiet
}

// hold returns until when to wait with judging the burst, for others like it.
func (f *Fold) hold(d *state) (time.Time, bool) {
	b := d.burst
	if !b.fresh || d.locked || !f.arrivals.among(tree(d.key), b.first, trickling) {
		return time.Time{}, false
	}
	return b.first.Add(pouringWithin), true
}

// withoutPoured leaves out of what a look found the documents that poured in:
// more than pouring of one tree with times so close together that nobody saved
// them by hand. The points are in order of time.
func withoutPoured(points []billing.Observation, treeOf func(billing.Observation) string) []billing.Observation {
	times := map[string][]time.Time{}
	for _, p := range points {
		t := treeOf(p)
		times[t] = append(times[t], p.Span.End)
	}
	return slices.DeleteFunc(points, func(p billing.Observation) bool { return within(times[treeOf(p)], p.Span.End, pouring) })
}
