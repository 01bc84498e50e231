package document

import (
	"cmp"
	"container/heap"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
)

// Rules are the spans of time that decide how events fold. The zero value of
// each stands for its default.
type Rules struct {
	// Gap is the pause between two saves that ends a session: 15 minutes.
	Gap time.Duration
	// Quiet is how long nothing must happen to a document before what happened
	// counts: 1 second. A lock that comes back within it was never gone.
	Quiet time.Duration
	// Longest bounds the wait for quiet: 5 seconds.
	Longest time.Duration
	// Slack is how much older than the event a file's modification time may be
	// for the event to be a save, which covers a file server whose clock is
	// slow: 10 minutes. Older files were moved here, copied, or fetched from
	// the cloud.
	Slack time.Duration
	// IgnoreCase says that names differing in case are one file.
	IgnoreCase bool
}

// exportGap joins the exports of one document: repeating one is not a stretch
// of work.
const exportGap = time.Minute

// freshLock is the age beyond which a lock that was merely found, not seen to
// come, may have been left by a crash, and says nothing about when the
// document was opened.
const freshLock = time.Minute

func (r Rules) withDefaults() Rules {
	r.Gap = cmp.Or(r.Gap, 15*time.Minute)
	r.Quiet = cmp.Or(r.Quiet, time.Second)
	r.Longest = cmp.Or(r.Longest, 5*time.Second)
	r.Slack = cmp.Or(r.Slack, 10*time.Minute)
	return r
}

// Fold turns raw events into activities. It has no clock: time passes with the
// events and with [Fold.Advance]. How calls are grouped makes no difference.
// It keeps something for each document of the last while only. It is not safe
// for concurrent use.
type Fold struct {
	rules    Rules
	now      time.Time
	docs     map[string]*state            // by key
	opened   map[string]map[*state]bool   // documents with a lock, by folder key
	owners   map[string]map[string]opened // owner files whose document is unknown: folder key, rest of name
	stamps   map[stamp]map[*state]bool    // documents by what is known of them
	arrivals arrivals
	due      deadlines
	changed  []*Activity
}

// opened says since when a document is open.
type opened struct {
	since     time.Time
	inherited bool   // it was open before anyone looked
	path      string // of the lock
}

// NewFold returns a Fold that has seen nothing.
func NewFold(rules Rules) *Fold {
	return &Fold{
		rules:    rules.withDefaults(),
		docs:     map[string]*state{},
		opened:   map[string]map[*state]bool{},
		owners:   map[string]map[string]opened{},
		stamps:   map[stamp]map[*state]bool{},
		arrivals: arrivals{},
	}
}

// Add folds in one event, after letting time pass until it. Events must come
// in order of time; one that is a little early counts as of now.
func (f *Fold) Add(e Event) {
	f.Advance(e.Time)
	e.Time = f.now
	if e.Dir {
		if e.gone() {
			f.closeBelow(e.Path)
		}
		return
	}
	switch kind, of := classify(e.Path); kind {
	case document:
		f.touch(e)
	case lock:
		f.lock(f.doc(of), e)
	case owner:
		f.owner(e, of)
	}
}

// Advance lets time pass until t. A clock that was set back by more than a
// minute ends whatever was going on.
func (f *Fold) Advance(t time.Time) {
	if t.Before(f.now.Add(-time.Minute)) {
		f.Finish()
		f.now = t
		clear(f.arrivals)
	}
	for len(f.due) > 0 && !f.due[0].at.After(t) {
		d := heap.Pop(&f.due).(deadline)
		if f.docs[d.doc.key] == d.doc && d.doc.next.Equal(d.at) {
			f.now = later(f.now, d.at)
			f.step(d.doc)
		}
	}
	f.now = later(f.now, t)
}

// Next returns when Advance will next make a difference; zero for never.
func (f *Fold) Next() time.Time {
	if len(f.due) == 0 {
		return time.Time{}
	}
	return f.due[0].at
}

// Take returns the activities that are new or have grown since the last Take,
// the oldest first.
func (f *Fold) Take() []Activity {
	out := make([]Activity, 0, len(f.changed))
	seen := map[*Activity]bool{}
	for _, a := range f.changed {
		if !seen[a] {
			seen[a] = true
			out = append(out, *a)
		}
	}
	f.changed = nil
	slices.SortStableFunc(out, func(a, b Activity) int {
		return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.Path, b.Path))
	})
	return out
}

// Finish ends everything that is going on as of the last event, without
// waiting for quiet. A document still open and not saved gives a review up to
// now. Locks stay, as those of documents open for an unknown time.
func (f *Fold) Finish() {
	for _, d := range f.sorted() {
		f.settle(d)
		f.finish(d)
		if still := d.unlocked.IsZero(); d.locked {
			f.unlock(d, cmp.Or(d.unlocked, f.now))
			if still {
				d.open(f, opened{inherited: true, path: d.opened.path})
			}
		}
		f.schedule(d)
	}
}

func (f *Fold) sorted() []*state {
	all := make([]*state, 0, len(f.docs))
	for _, d := range f.docs {
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b *state) int { return strings.Compare(a.key, b.key) })
	return all
}

// key returns what p is known by.
func (f *Fold) key(p string) string {
	if f.rules.IgnoreCase {
		return strings.ToLower(p)
	}
	return p
}

// doc returns the state of the document at p, which may be new.
func (f *Fold) doc(p string) *state {
	k := f.key(p)
	d := f.docs[k]
	if d == nil {
		d = &state{key: k, dir: path.Dir(k), path: p}
		f.docs[k] = d
	}
	return d
}

// known returns the last stamp of each document that changed lately.
func (f *Fold) known(yield func(key string, s stamp) bool) {
	for k, d := range f.docs {
		if d.known.modified != 0 && !yield(k, d.known) {
			return
		}
	}
}

// learn notes that the document at p is as s says, and that this is no news.
func (f *Fold) learn(p string, s stamp) {
	d := f.doc(p)
	f.setKnown(d, s)
	f.schedule(d)
}

// locks returns the lock files that are believed to be there, below dir.
func (f *Fold) locks(dir string) []string {
	var out []string
	for k, docs := range f.opened {
		for d := range docs {
			if d.unlocked.IsZero() && f.below(k, dir) {
				out = append(out, d.opened.path)
			}
		}
	}
	slices.Sort(out)
	return out
}

// active returns the documents something is going on with.
func (f *Fold) active() []string {
	var out []string
	for _, d := range f.docs {
		if d.session != nil || !d.burst.first.IsZero() {
			out = append(out, d.path)
		}
	}
	slices.Sort(out)
	return out
}

// below reports whether the folder with key k is dir or below it.
func (f *Fold) below(k, dir string) bool {
	return dir == "." || k == f.key(dir) || strings.HasPrefix(k, f.key(dir)+"/")
}

// closeBelow takes the removal of a folder as the closing of all below it.
func (f *Fold) closeBelow(dir string) {
	for k, docs := range f.opened {
		if !f.below(k, dir) {
			continue
		}
		for d := range docs {
			if d.unlocked.IsZero() {
				d.unlocked = f.now
				f.schedule(d)
			}
		}
	}
	for k := range f.owners {
		if f.below(k, dir) {
			delete(f.owners, k)
		}
	}
}

// isExport reports whether the document is a PDF made from another one: its
// folder has a document open that is not a PDF, or one of its name is being
// edited there.
func (f *Fold) isExport(d *state) bool {
	if extension(d.key) != "pdf" {
		return false
	}
	for o := range f.opened[d.dir] {
		if extension(o.key) != "pdf" {
			return true
		}
	}
	for ext := range extensions {
		name := strings.TrimSuffix(d.key, path.Ext(d.key))
		for _, k := range [2]string{name, name + "." + ext} {
			if o := f.docs[k]; o != nil && o != d && o.session != nil && o.session.Kind == billing.KindEdit {
				return true
			}
		}
	}
	return false
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
