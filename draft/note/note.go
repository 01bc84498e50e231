// Package note reads what a timekeeper says in one line, typed or dictated, as
// the parts of a day's work: "half an hour with opposing counsel on the discovery
// letter, then one point two drafting the motion to compel".
//
// It is pure: what it is not told it asks for, and never makes up. It must not
// know how notes are kept, where the line came from, or what time it is.
//
// A line goes through these steps, a file for each:
//
//	token    the line is taken apart
//	deny     work that was not done is left out
//	when     durations and times of day are found; span has those that are times
//	         only where they stand, guard what is a number and no time
//	within   what is part of the time before is taken out of it
//	sums     a total gives way to its parts
//	correct  times that were put right give way to those said after
//	lead     what only leads to the work is passed over
//	matter   the matters that are named are found, and what is said of all parts
//	split    the line is split where that makes the least odd parts
//	series   times that were said together go to their parts
//	say      each part becomes a narrative, with its activity: talk, act, thing
//	lend     a verb without an object takes that of the part after
//	who      the people of a part are named
//	ask      what was not said is asked for
package note

import (
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
)

// Context is what a line is read against.
type Context struct {
	Day        billing.Day    // the day that is told of
	Now        time.Time      // when it is told; zero when times may lie anywhere
	Zone       *time.Location // of Day and of clock times; nil is UTC
	Matters    []billing.Matter
	Timekeeper billing.Timekeeper
}

// Part is one piece of work that was told of.
type Part struct {
	Spans     []Source           // what it was read from; bytes, disjoint, in order
	Narrative billing.Privileged // as a bill says it, made of what was said alone
	// Worked is whole seconds, nil when it was not said how long.
	Worked    *int64
	Estimated bool // Worked was said to be about right
	// Start and End are instants, zero when no time of day was said.
	Start, End   time.Time
	ActivityCode string           // UTBMS, "" when nothing shows it
	Matter       billing.MatterID // "" when none was named, or more than one may be meant
	With         []billing.Privileged
	Asks         []Ask
	// Wrong is a time that was said and cannot be, as said; "" when there is none.
	Wrong billing.Privileged

	lacks  bool   // its verb has no object: "drafted (1.2) and reviewed (0.3) the brief"
	object string // of its verb
	refers bool   // it was with whom the part before was with: "emailed her"
}

// Source is a stretch of the line, in bytes.
type Source struct{ Start, End int }

// Ask is something that was not said.
type Ask struct {
	Key  string // "worked", "matter", "with", "what" or "day"
	Text billing.Privileged
}

// Longest is the longest line that is read, in bytes; nobody says more at once.
const Longest = 4 << 10

// Read reads a line. A line that says nothing has no parts; of a line that is
// longer than [Longest] nothing is read.
func Read(text string, in Context) []Part {
	if in.Zone == nil {
		in.Zone = time.UTC
	}
	if len(text) > Longest {
		return nil
	}
	r := &reading{in: in, toks: quiet(tokens(text)), names: newNames(in.Matters)}
	r.casing()
	if n := r.listed(0); n > 0 {
		r.dead = append(r.dead, [2]int{0, n})
	}
	if n := r.run(0, [][]string{{"scratch", "that"}, {"strike", "that"}}); n > 0 {
		r.dead = append(r.dead, [2]int{0, n})
	}
	r.freeOfCharge()
	r.times()
	r.header()
	r.topicOfAll()
	r.findMatters()
	return r.parts()
}

// reading is one line being read.
type reading struct {
	in    Context
	toks  []token
	whens []when   // in order, disjoint
	over  []int    // for each token the position in whens of its time, from 1; 0 for none
	dead  [][2]int // tokens that say nothing more: corrections, totals, the matter of all parts

	names    *names
	mentions []mention
	all      billing.MatterID // of every part that names none
	allSmall bool             // no capital is to be relied on
	asides   []aside
	topic    []string // what parts are about that name nothing
	loud     bool     // all capitals
	divided  bool     // "the rest" of a time is spoken of
	inner    []inside // parts that are within the part before
	conflict string   // what was said of the time and does not agree; asked of a person
}

func (r *reading) tok(i int) token {
	if i < 0 || i >= len(r.toks) {
		return token{kind: line}
	}
	return r.toks[i]
}

// match returns the length of run where it stands at i, else 0.
func (r *reading) match(i int, run []string) int {
	for k, w := range run {
		if !r.tok(i + k).is(w) {
			return 0
		}
	}
	return len(run)
}

// run returns the length of the longest of runs that stands at i.
func (r *reading) run(i int, runs [][]string) int {
	best := 0
	for _, w := range runs {
		best = max(best, r.match(i, w))
	}
	return best
}

// noises are what people say while they think.
var noises = [][]string{{"um"}, {"uh"}, {"er"}, {"erm"}, {"ah"}, {"hmm"}, {"mm"}, {"uhm"}, {"umm"}, {"uhh"}, {"you", "know"}, {"let's", "see"}, {"lets", "see"}, {"let", "me", "see"},
	{"let", "me", "think"}, {"hi"}, {"hello"}, {"hey"}, {"basically"}, {"sort", "of"}, {"kind", "of"}, {"what", "else"}, {"i", "suppose"}, {`"`}}

// quiet leaves out noises and quotation marks.
func quiet(toks []token) []token {
	r := &reading{toks: toks}
	var out []token
	for i := 0; i < len(toks); {
		n := r.run(i, noises)
		if n == 0 {
			out = append(out, toks[i])
			i++
			continue
		}
		i += n
		if toks[i-1].kind == word && i < len(toks) && toks[i].is(",") {
			i++
		}
	}
	return out
}

// casing decides whether capitals say anything, and writes a line in capitals
// small.
func (r *reading) casing() {
	capitals, small := 0, 0
	for i := range r.toks {
		t := r.toks[i]
		switch {
		case t.kind != word:
		case t.text == t.low:
			small++
		case t.capital():
			capitals++
		}
	}
	r.allSmall = capitals == 0
	if r.loud = small == 0 && capitals > 2; !r.loud {
		return
	}
	for i := range r.toks {
		if r.toks[i].kind == word {
			r.toks[i].text = r.toks[i].low
		}
	}
}

// parts reads each chunk of the line.
func (r *reading) parts() []Part {
	var out []Part
	var before, people *Part // the part before, and the latest that was with somebody
	var taken *when
	var last time.Time
	var early []chunk
	series := r.series()
	chunks, together := []chunk(nil), false
	if series != nil {
		chunks, together = r.apart(series)
	}
	if !together {
		chunks = r.split()
	}
	for k, c := range chunks {
		if k > 0 && chunks[k-1].right {
			out = lend(out)
		}
		w := r.whenOf(c)
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
			if w != nil && (w.has || w.ranged) && len(out) == 0 && r.revive(c) {
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
		for _, p := range r.shared(c, w) {
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
			r.timed(&p, w, &last)
			r.ask(&p, c)
			r.charged(&p, c)
			out = append(out, p)
			before = &p
			if len(p.With) > 0 {
				people = &p
			}
		}
	}
	return r.disputed(lend(out))
}

// disputed asks what holds where the times that were said do not agree.
func (r *reading) disputed(parts []Part) []Part {
	if n := len(parts); n > 0 && r.conflict != "" {
		parts[n-1].Asks = append(parts[n-1].Asks, Ask{"worked", billing.Privileged(r.conflict)})
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

// said returns the words of the tokens in [from, to).
func (r *reading) said(from, to int) billing.Privileged {
	s := ""
	for i := from; i < to; i++ {
		if i > from && !r.tok(i).glued {
			s += " "
		}
		s += r.tok(i).text
	}
	return billing.Privileged(s)
}

// sources returns the bytes of the tokens in [from, to), without joining words
// at their ends.
func (r *reading) sources(from, to int) []Source {
	for to > from && (r.tok(to-1).is(",", ";", ":", "-", "and", "then") || r.tok(to-1).kind == line) {
		to--
	}
	if to <= from {
		return nil
	}
	return []Source{{r.tok(from).start, r.tok(to - 1).end}}
}
