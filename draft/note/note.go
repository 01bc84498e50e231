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
//	lead     what only leads to the work, or says its charge, is passed over
//	day      days beside the one that is told of are found, to be asked about
//	when     durations and times of day are found; span has those that are times
//	         only where they stand, guard what is a number and no time
//	less     what was taken off a time is
//	within   what is part of the time before is taken out of it
//	free     what of a time is not charged is parted from it, and the time of
//	         others is left out
//	sums     a total gives way to its parts
//	correct  times that were put right give way to those said after
//	header   what is said of all parts is taken out of them
//	heading  what heads parts is taken out of them
//	matter   the matters that are named are found
//	split    the line is split where that makes the least odd parts
//	series   times that were said together go to their parts
//	list     a verb that leads a list of people leads each of them
//	say      each part becomes a narrative, with its activity: talk, act, thing
//	same     what "same" stands for takes its place
//	who      the people of a part are named
//	propose  a part that names no matter is put on the only one of the line
//	lend     a verb without an object takes that of the part after
//	ask      what was not said is asked for
package note

import (
	"time"

	"github.com/tenths/tenths/billing"
)

// Context is what a line is read against.
type Context struct {
	Day        billing.Day    // the day that is told of
	Now        time.Time      // when it is told; zero when times may lie anywhere
	Zone       *time.Location // of Day and of clock times; nil is UTC
	Matters    []billing.Matter
	Roster     *Roster // of Matters, where many lines are read against them; may be nil
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
	// Proposed says that Matter was named elsewhere in the line, and not of this part.
	Proposed bool
	// NonBillable says that the work was said not to be charged.
	NonBillable bool
	// Day is the day that was named beside the one that is told of, as "yesterday"
	// does; the zero day when none was. It is asked for under "day", and Start, End
	// and Worked are as if it had not been named.
	Day billing.Day
	// Wrong is a time that was said and cannot be, as said; "" when there is none.
	Wrong billing.Privileged

	lacks  bool   // its verb has no object: "drafted (1.2) and reviewed (0.3) the brief"
	object string // of its verb
	label  bool   // a name heads it that no matter has
	refers bool   // it was with whom the part before was with: "emailed her"
}

// Source is a stretch of the line, in bytes.
type Source struct{ Start, End int }

// Ask is something that was not said.
type Ask struct {
	Key  string // "worked", "matter", "with", "what", "day", or "total" where times that were said do not agree
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
	r := &reading{in: in, toks: quiet(tokens(text)), names: newNames(in, text)}
	r.casing()
	r.deny()
	r.others()
	if n := r.listed(0); n > 0 {
		r.dead = append(r.dead, [2]int{0, n})
	}
	if n := r.run(0, [][]string{{"scratch", "that"}, {"strike", "that"}}); n > 0 {
		r.dead = append(r.dead, [2]int{0, n})
	}
	r.freeOfCharge()
	r.days()
	r.times()
	r.header()
	r.headings()
	r.topicOfAll()
	r.trailOfAll()
	r.findMatters()
	return r.parts()
}

// reading is one line being read.
type reading struct {
	in     Context
	toks   []token
	whens  []when // in order, disjoint
	over   []int  // for each token the position in whens of its time, from 1; 0 for none
	mask   []bool // of the first masked of dead, by token; see isDead
	masked int
	dead   [][2]int // tokens that say nothing more: corrections, totals, the matter of all parts

	names     *names
	mentions  []mention
	all       billing.MatterID // of every part that names none
	allSmall  bool             // no capital is to be relied on
	asides    []aside
	topic     []string // what parts are about that name nothing
	trail     []int    // tokens that are said of every part, and stand before all of them
	loud      bool     // all capitals
	divided   bool     // "the rest" of a time is spoken of
	inner     []inside // parts that are within the part before
	heads     []heading
	subject   string // what a heading says all parts were about
	offTopic  string // what was called off, which "same" may stand for
	otherDays []otherDay
	lone      *billing.MatterID // that a part which names none is proposed on, once it was looked for
	conflict  string            // what was said of the time and does not agree; asked of a person
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
		if i < len(toks) {
			toks[i].glued = false
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
