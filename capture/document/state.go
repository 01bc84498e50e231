package document

import (
	"container/heap"
	"path"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
)

// state is what a Fold knows of one document.
type state struct {
	key, dir, path string

	// burst is what has happened to it since it was last quiet.
	burst burst
	// known is its last content that was judged; zero when unknown.
	known stamp
	gone  bool
	at    time.Time // of its last event, for forgetting it

	appeared time.Time // when it last did, zero when that was not seen
	poured   bool      // it appeared with many others, and was not saved since

	locked   bool
	opened   opened
	unlocked time.Time // when the lock went, while it may still come back
	saved    bool      // since it was opened

	session *Activity // the edit or export that may go on
	free    time.Time // the end of its last activity: none may begin before

	next time.Time // its pending deadline, zero when there is none
}

// burst is a run of events without a quiet moment.
type burst struct {
	first, last time.Time // of the events
	stamp       stamp     // after the last of them
	gone, seen  bool
	fresh       bool // the document appeared with it
}

// touch takes in an event at the document's own path.
func (f *Fold) touch(e Event) {
	d := f.docs[f.key(e.Path)]
	if e.Op == Chmod {
		if d != nil && !d.burst.first.IsZero() {
			d.burst.stamp, d.burst.gone = e.stamp(), e.gone()
		}
		return
	}
	d = f.doc(e.Path)
	b := &d.burst
	if b.first.IsZero() {
		b.first, b.fresh = e.Time, f.appears(d, e)
	}
	b.last, b.stamp, b.gone, b.seen = e.Time, e.stamp(), e.gone(), e.Op == Seen
	d.at = e.Time
	f.schedule(d)
}

// settle judges the burst, if there is one: was it a save?
func (f *Fold) settle(d *state) {
	b := d.burst
	if b.first.IsZero() {
		return
	}
	d.burst = burst{}
	d.gone = b.gone
	if b.gone {
		return
	}
	before := d.known
	f.setKnown(d, b.stamp)
	if d.poured = f.pours(d, b); d.poured {
		return
	}
	if b.stamp.modified == 0 {
		f.save(d, b.first, b.last)
		return
	}
	at := time.Unix(0, b.stamp.modified)
	age := b.last.Sub(at)
	if b.stamp == before || age > f.rules.Slack || (b.seen || age > 2*f.rules.Quiet) && f.moved(d) {
		return
	}
	// The file's own time is exact, and what a later look at it finds. Only a
	// file server's clock may be off.
	began := at
	if !b.seen && age > f.rules.Longest+f.rules.Quiet {
		began, at = b.first, b.last
	} else if age < 0 {
		began, at = b.last, b.last
	}
	f.save(d, later(began, d.free), later(at, d.free))
}

// moved reports whether the document's content was already seen elsewhere,
// under the same name or in a file that is gone: it was moved or copied here.
// A file written this very moment was not, however much it looks like another.
func (f *Fold) moved(d *state) bool {
	for o := range f.stamps[d.known] {
		if o != d && (o.gone || path.Base(o.key) == path.Base(d.key)) {
			return true
		}
	}
	return false
}

// setKnown notes the document's content as judged.
func (f *Fold) setKnown(d *state, s stamp) {
	if delete(f.stamps[d.known], d); len(f.stamps[d.known]) == 0 {
		delete(f.stamps, d.known)
	}
	d.known = s
	if s.modified == 0 {
		return
	}
	if f.stamps[s] == nil {
		f.stamps[s] = map[*state]bool{}
	}
	f.stamps[s][d] = true
}

// save counts one save of the document.
func (f *Fold) save(d *state, began, at time.Time) {
	if d.session != nil {
		gap := f.rules.Gap
		if d.session.Kind == billing.KindExport {
			gap = exportGap
		}
		if began.Sub(d.session.End) >= gap {
			f.finish(d)
		}
	}
	if d.session == nil {
		kind := billing.KindEdit
		began = later(began, d.free)
		if f.isExport(d) {
			kind = billing.KindExport
		} else if since := f.adopt(d); !since.IsZero() && !since.Before(d.free) && since.Before(began) {
			began = since
		}
		d.session = &Activity{Kind: kind, Path: d.path, Start: began}
	}
	d.session.End = later(later(d.session.Start, d.session.End), at)
	d.session.Saves++
	d.saved = true
	d.free = d.session.End
	f.changed = append(f.changed, d.session)
}

// adopt returns since when the document is open, zero when that is unknown,
// after binding to it an owner file that fits.
func (f *Fold) adopt(d *state) time.Time {
	rests := f.owners[d.dir]
	if !d.locked && len(rests) > 0 {
		best, fit := "", 0
		for rest := range rests {
			if n := ownerFits(rest, path.Base(d.key)); n > fit || n == fit && n > 0 && rest < best {
				best, fit = rest, n
			}
		}
		if fit > 0 {
			d.open(f, rests[best])
			f.dropOwner(d.dir, best)
		}
	}
	if !d.locked || d.opened.inherited {
		return time.Time{}
	}
	return d.opened.since
}

// finish ends the session, if there is one.
func (f *Fold) finish(d *state) {
	if d.session == nil {
		return
	}
	d.session.Done = true
	f.changed = append(f.changed, d.session)
	d.session = nil
}

// lock takes in an event at the document's lock.
func (f *Fold) lock(d *state, e Event) {
	d.at = e.Time
	f.adopt(d)
	switch {
	case e.gone():
		if d.locked && d.unlocked.IsZero() {
			d.unlocked = e.Time
		}
	case d.locked:
		d.unlocked = time.Time{}
	case e.Op != Chmod:
		d.open(f, openedBy(e, d.free))
	}
	f.schedule(d)
}

// openedBy says what a lock that was seen or found tells.
func openedBy(e Event, free time.Time) opened {
	if e.Op != Seen {
		return opened{since: e.Time, path: e.Path}
	}
	if age := e.Time.Sub(e.ModTime); age > freshLock || e.ModTime.Before(free) {
		return opened{inherited: true, path: e.Path}
	}
	if e.ModTime.After(e.Time) {
		return opened{since: e.Time, path: e.Path}
	}
	return opened{since: e.ModTime, path: e.Path}
}

// owner takes in an event at an owner file that leaves rest of the name.
func (f *Fold) owner(e Event, rest string) {
	dir, base := path.Dir(f.key(rest)), path.Base(f.key(rest))
	name := f.key(e.Of)
	if name == "" {
		name = f.whose(dir, base)
	}
	switch {
	case name != "":
		f.dropOwner(dir, base)
		at := e.Of
		if at == "" {
			at = f.docs[name].path
		}
		f.lock(f.doc(at), e)
	case e.gone():
		f.dropOwner(dir, base)
	default:
		if f.owners[dir] == nil {
			f.owners[dir] = map[string]opened{}
		}
		if _, ok := f.owners[dir][base]; !ok {
			f.owners[dir][base] = openedBy(e, time.Time{})
		}
	}
}

// whose returns the key of the one document in dir that the rest of a name
// fits: among the open ones, else among all that are known.
func (f *Fold) whose(dir, rest string) string {
	var bases []string
	for d := range f.opened[dir] {
		bases = append(bases, path.Base(d.key))
	}
	name, ok := ownerOf(rest, bases)
	if !ok {
		bases = nil
		for _, d := range f.docs {
			if d.dir == dir && !d.gone {
				bases = append(bases, path.Base(d.key))
			}
		}
		name, ok = ownerOf(rest, bases)
	}
	if !ok {
		return ""
	}
	return strings.TrimPrefix(dir+"/"+name, "./")
}

func (f *Fold) dropOwner(dir, rest string) {
	delete(f.owners[dir], rest)
	if len(f.owners[dir]) == 0 {
		delete(f.owners, dir)
	}
}

func (d *state) open(f *Fold, o opened) {
	d.locked, d.opened, d.unlocked, d.saved = true, o, time.Time{}, false
	if f.opened[d.dir] == nil {
		f.opened[d.dir] = map[*state]bool{}
	}
	f.opened[d.dir][d] = true
}

// unlock takes the document as closed at the time given. Without a save since
// it was opened, it was reviewed.
func (f *Fold) unlock(d *state, at time.Time) {
	start := later(d.opened.since, d.free)
	if !d.saved && !d.opened.inherited && !start.After(at) {
		f.finish(d) // a later save begins anew: activities never overlap
		d.free = at
		f.changed = append(f.changed, &Activity{Kind: billing.KindReview, Path: d.path, Start: start, End: at, Done: true})
	}
	d.locked, d.unlocked = false, time.Time{}
	delete(f.opened[d.dir], d)
	if len(f.opened[d.dir]) == 0 {
		delete(f.opened, d.dir)
	}
}

// step does what is due for the document now.
func (f *Fold) step(d *state) {
	closing := !d.unlocked.IsZero() && !d.unlocked.Add(f.rules.Quiet).After(f.now)
	if b := d.burst; !b.first.IsZero() && (closing && !b.first.After(d.unlocked) || !f.judgeAt(d).After(f.now)) {
		f.settle(d)
	}
	if closing {
		f.unlock(d, d.unlocked)
	}
	if d.session != nil && d.burst.first.IsZero() && !f.endsAt(d.session).After(f.now) {
		f.finish(d)
	}
	if d.idle() && !f.forgetAt(d).After(f.now) {
		f.setKnown(d, stamp{})
		delete(f.docs, d.key)
		return
	}
	d.next = time.Time{}
	f.schedule(d)
}

// schedule sees to it that step is called when something is next due.
func (f *Fold) schedule(d *state) {
	var next time.Time
	earliest := func(t time.Time) {
		if next.IsZero() || t.Before(next) {
			next = t
		}
	}
	if !d.burst.first.IsZero() {
		earliest(f.judgeAt(d))
	}
	if !d.unlocked.IsZero() {
		earliest(d.unlocked.Add(f.rules.Quiet))
	}
	if d.session != nil && d.burst.first.IsZero() {
		earliest(f.endsAt(d.session))
	}
	if d.idle() {
		earliest(f.forgetAt(d))
	}
	if next.IsZero() || !d.next.IsZero() && !next.Before(d.next) {
		return // step asks again when the earlier one comes
	}
	d.next = next
	heap.Push(&f.due, deadline{next, d})
}

func (f *Fold) endsAt(a *Activity) time.Time {
	if a.Kind == billing.KindExport {
		return a.End.Add(exportGap)
	}
	return a.End.Add(f.rules.Gap)
}

// idle reports whether nothing is going on with the document.
func (d *state) idle() bool { return d.session == nil && !d.locked && d.burst.first.IsZero() }

// forgetAt returns when the document's stamp has become too old to matter.
func (f *Fold) forgetAt(d *state) time.Time {
	last := later(d.at, d.free)
	if d.known.modified != 0 {
		last = later(last, time.Unix(0, d.known.modified))
	}
	return last.Add(f.rules.Slack)
}

// deadline is when a document next needs attention.
type deadline struct {
	at  time.Time
	doc *state
}

// deadlines is a heap of them; those that their document no longer has as its
// next are void.
type deadlines []deadline

func (h deadlines) Len() int { return len(h) }
func (h deadlines) Less(i, j int) bool {
	if c := h[i].at.Compare(h[j].at); c != 0 {
		return c < 0
	}
	return h[i].doc.key < h[j].doc.key
}
func (h deadlines) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *deadlines) Push(x any)   { *h = append(*h, x.(deadline)) }
func (h *deadlines) Pop() any {
	old := *h
	d := old[len(old)-1]
	old[len(old)-1] = deadline{}
	*h = old[:len(old)-1]
	return d
}
