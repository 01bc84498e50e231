package note

import (
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
)

// parts reads each chunk of the line.
func (r *reading) parts() []Part {
	var out []Part
	var before, people *Part // the part before, and the latest that was with somebody
	var taken *when
	var last time.Time
	var early []chunk
	topic, lists := r.offTopic, lister{reading: r}
	series := r.series()
	chunks, together := []chunk(nil), false
	if series != nil {
		chunks, together = r.apart(series)
	}
	if !together {
		chunks = r.split()
	}
	if !together {
		r.unspent(chunks)
	}
	for k, c := range chunks {
		if k > 0 && chunks[k-1].right {
			out = lend(out)
		}
		w := r.whenOf(c)
		if w != nil && r.isPrivate(c) {
			continue
		}
		if together {
			w = &series[k]
		}
		if each := r.onlyEach(); each != nil && w != nil && w.clock && !w.ranged && !w.has {
			w.has, w.seconds, w.est = true, each.seconds, each.est // "both took fifteen minutes"
		}
		if w == nil && len(r.whens) == 1 && r.whens[0].each && len(chunks) > 1 {
			w = &r.whens[0] // "the clerk and then the bailiff, point one each"
		}
		if c.drop && len(out) > 0 {
			out = out[:len(out)-1]
			if w == nil {
				w = taken
			}
		}
		if n, _ := r.contents(c); n == 0 && (w == nil || !w.wrong) {
			if w != nil && (w.has || w.ranged) && (len(out) == 0 || r.onOther(c, out[len(out)-1])) && r.revive(c) {
				p := r.part(c, nil)
				r.timed(&p, w, &last)
				r.ask(&p, c)
				out = append(out, p)
				continue
			}
			if len(out) == 0 && w != nil && (w.has || w.ranged) {
				early = append(early, c) // "from 9 to 10 and 11 to 12 drafting"
				continue
			}
			if p, ok := r.again(out, c, w, &last); ok {
				out = append(out, p)
			}
			continue
		}
		taken = w
		lead := r.sameAct(c, chunks[:k])
		again := lead != nil
		if !again {
			lead = lists.lead(c, k > 0 && chunks[k-1].right)
		}
		for _, p := range r.shared(c, w, lead) {
			resolve(&p, topic)
			if again {
				alsoAbout(&p, topic)
			}
			if t := topicOf(p); t != "" {
				topic = t
			}
			for _, e := range early {
				q, t := p, r.whenOf(e)
				q.Spans = r.sources(e.from, e.to)
				r.timed(&q, t, &last)
				r.ask(&q, c)
				out = append(out, q)
			}
			early = nil
			if before != nil && p.Matter == "" && r.carries(c) {
				p.Matter = before.Matter
			}
			if people != nil && p.refers {
				p.With = people.With
				if p.ActivityCode == "" {
					p.ActivityCode = people.ActivityCode
				}
				if p.Matter == "" {
					p.Matter = people.Matter
				}
			}
			if p.Matter == "" {
				p.Matter = r.all
			}
			r.propose(&p, c)
			r.timed(&p, w, &last)
			r.ask(&p, c)
			r.charged(&p, c)
			q, split := r.uncharged(&p, w)
			out = append(out, p)
			if split {
				out = append(out, q)
			}
			before = &p
			if len(p.With) > 0 {
				people = &p
			}
		}
	}
	return r.disputed(lend(out))
}

// unspent asks about the times of a chunk that has one already: none is passed
// over in silence.
func (r *reading) unspent(chunks []chunk) {
	for _, c := range chunks {
		var first *when
		for i := range r.whens {
			w := &r.whens[i]
			switch {
			case w.from < c.from || w.to > c.to || !w.has && !w.ranged:
			case first == nil:
				first = w
			case r.conflict != "" || first.clock != w.clock && (first.ranged || w.ranged) && r.clockSeconds(*first, *w):
			default:
				r.conflict = "You said " + string(r.said(first.from, first.to)) + " and " + string(r.said(w.from, w.to)) + " of this. How long did it take?"
			}
		}
	}
}

// clockSeconds reports whether one of a and b is by the clock, and the other is as
// long as that.
func (r *reading) clockSeconds(a, b when) bool {
	if b.clock {
		a, b = b, a
	}
	start, end, ok := r.instants(a, time.Time{})
	return ok && a.ranged && b.has && int64(end.Sub(start)/time.Second)-a.off == b.seconds
}

// disputed asks what holds where the times that were said do not agree.
func (r *reading) disputed(parts []Part) []Part {
	if n := len(parts); n > 0 && r.conflict != "" {
		parts[n-1].Asks = append(parts[n-1].Asks, Ask{"total", billing.Privileged(r.conflict)})
	}
	return parts
}

// again reads a time without work, after a part, as more of the same work:
// "drafted the brief 9-10:30 and 1-2".
func (r *reading) again(before []Part, c chunk, w *when, last *time.Time) (Part, bool) {
	if len(before) == 0 || w == nil || !w.has && !w.ranged {
		return Part{}, false
	}
	p := before[len(before)-1]
	p.Spans, p.Worked, p.Estimated, p.Start, p.End = r.sources(c.from, c.to), nil, false, time.Time{}, time.Time{}
	r.timed(&p, w, last)
	r.charged(&p, c)
	p.Asks = slices.DeleteFunc(slices.Clone(p.Asks), func(a Ask) bool { return a.Key == "worked" })
	return p, p.Worked != nil
}

// whenOf returns the time of c, nil when none was said. A start and a duration
// that stand apart are one.
func (r *reading) whenOf(c chunk) *when {
	var best *when
	for i := range r.whens {
		w := r.whens[i]
		switch {
		case w.from < c.from || w.to > c.to:
		case best == nil:
			best = &w
		case best.clock && !best.has && w.has && !w.clock:
			best.has, best.seconds, best.est = true, w.seconds, w.est
		case w.clock && !best.clock:
			best.clock, best.begin, best.end, best.ranged, best.off = true, w.begin, w.end, w.ranged, w.off
		case best.wrong || !best.has && !best.clock:
			best = &w
		}
	}
	return best
}

// timed gives p what was said of its time.
func (r *reading) timed(p *Part, w *when, last *time.Time) {
	if w == nil {
		return
	}
	if w.has && p.Worked == nil {
		seconds := w.seconds
		p.Worked, p.Estimated = &seconds, w.est
	}
	if w.wrong {
		p.Wrong = r.said(w.from, w.to)
	}
	if !w.clock {
		return
	}
	start, end, ok := r.instants(*w, *last)
	if ok && (r.skipped(start, w.begin) || w.ranged && r.skipped(end, w.end)) {
		r.conflict = string(r.said(w.from, w.to)) + ": the clocks went forward then, and there was no such time. How long did it take?"
		return
	}
	if !ok {
		p.Wrong = r.said(w.from, w.to)
		return
	}
	p.Start, p.End = start, end
	if !end.IsZero() {
		*last = end
		if p.Worked == nil {
			seconds := int64(end.Sub(start)/time.Second) - w.off
			if seconds <= 0 {
				p.Wrong = r.said(w.from, w.to)
				return
			}
			p.Worked, p.Estimated = &seconds, w.est
		}
	}
}
