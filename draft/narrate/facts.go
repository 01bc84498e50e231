package narrate

import (
	"slices"

	"github.com/tenths/tenths/billing"
)

// Facts are what a piece of work is known to be, without wording: what a
// narrative is made from, and all that anything else that words it is told.
type Facts struct {
	Matter   billing.MatterID `json:"matter,omitempty"`
	Clauses  []Clause         `json:"clauses"`
	Activity string           `json:"activity_code,omitempty"` // UTBMS
	Task     string           `json:"task_code,omitempty"`     // UTBMS
}

// Clause is one thing that was done, with whom and about what.
type Clause struct {
	Act      Act                     `json:"act"`
	Objects  []Object                `json:"objects,omitempty"` // documents, or the proceeding
	Sent     []Object                `json:"sent,omitempty"`    // documents that went with the correspondence
	With     []Counterpart           `json:"with,omitempty"`
	Topics   []Topic                 `json:"topics,omitempty"`
	Evidence []billing.ObservationID `json:"evidence"`

	title string // of an event, of which the narrative uses a part
}

// Object is a document or a proceeding.
type Object struct {
	Kind     Kind                    `json:"kind,omitempty"`
	Title    billing.Privileged      `json:"title,omitempty"` // without marks; "" when nothing names it
	Marks    []string                `json:"marks,omitempty"` // of version and stage: "v3", "final"
	Evidence []billing.ObservationID `json:"evidence"`
}

// Counterpart is someone that work was done with.
type Counterpart struct {
	Role     billing.ContactRole     `json:"role,omitempty"` // on the matter; "colleague" at the timekeeper's firm
	Name     billing.Privileged      `json:"name,omitempty"`
	Address  billing.Privileged      `json:"address,omitempty"`
	Evidence []billing.ObservationID `json:"evidence"`
}

// Topic is what a subject says that something is about.
type Topic struct {
	Text     billing.Privileged      `json:"text"`
	Evidence []billing.ObservationID `json:"evidence"`
}

// Act is what evidence shows that the timekeeper did. The set is closed, and so
// is the set of verbs for each: see [verbs].
type Act string

// The acts, each with the observations that show it.
const (
	Drafted        Act = "drafted"            // a document saved more than once
	Revised        Act = "revised"            // saved once, or saved as a redline or a signed copy
	SavedOnce      Act = "saved once"         // a PDF that appeared: nobody was seen to edit it
	Reviewed       Act = "reviewed"           // a document open and never saved; a notice received
	Exported       Act = "exported"           // a PDF made from a document
	Sent           Act = "sent"               // messages sent, none received
	Received       Act = "received"           // messages received, none sent
	Replied        Act = "replied"            // one received, then one sent, in one conversation
	Exchanged      Act = "exchanged"          // one sent, then one received
	Attended       Act = "attended"           // an event that is a proceeding
	PreparedFor    Act = "prepared for"       // an event set aside for preparing
	ConferredPhone Act = "conferred by phone" // an event that is a call
	ConferredVideo Act = "conferred by video" // one over a video service
	Conferred      Act = "conferred"          // any other with people
	Traveled       Act = "traveled"           // an event that says so
	Researched     Act = "researched"         // visits to a legal database
	Said           Act = "said"               // the timekeeper's own words stand
)

// colleague is the role of those at the timekeeper's own firm.
const colleague billing.ContactRole = "colleague"

// Facts returns what the observations show. They are one piece of work on m, the
// zero matter where nobody knows, in the order of the time it owns; what a person
// put together may be several things, which make a clause each.
func (n Narrator) Facts(m billing.Matter, seen []billing.Observation) Facts {
	f := Facts{Matter: m.ID}
	if len(seen) == 0 {
		return f
	}
	v := n.views.of(m)
	for i := 0; i < len(seen); {
		switch o := &seen[i]; {
		case isMail(o):
			f.join(n.mail(v, alike(seen, i, isMail)))
		case isDocument(o):
			f.join(documents(v, alike(seen, i, isDocument)))
		case o.Kind == billing.KindMeeting:
			f.join([]Clause{n.meeting(v, o)})
		case o.Kind == billing.KindResearch:
			f.join([]Clause{research(v, o)})
		default:
			if c := said(v, o); len(c.Objects) > 0 {
				f.join([]Clause{c})
			}
		}
		i = next(seen, i)
	}
	f.Activity, f.Task = activityOf(v, f.Clauses), taskOf(v, f.Clauses)
	if n.prior != nil && len(f.Clauses) > 0 {
		c := n.prior.Codes(f.Matter, f.Clauses[0].Act, f.Kind())
		if c.Activity != "" {
			f.Activity = c.Activity
		}
		if c.Task != "" {
			f.Task = c.Task
		}
	}
	return f
}

// Together returns the facts of several parts of one draft, in their order, those
// that say the same once. The codes are those of parts[lead], as where it took
// longest.
func Together(lead int, parts ...Facts) Facts {
	var f Facts
	for i, p := range parts {
		if i == 0 {
			f.Matter = p.Matter
		}
		f.join(slices.Clone(p.Clauses))
		if i == lead {
			f.Activity, f.Task = p.Activity, p.Task
		}
	}
	return f
}

// alike returns the observations from i on that are of one class: they are
// narrated together, wherever others stand between them.
func alike(seen []billing.Observation, i int, class func(*billing.Observation) bool) []billing.Observation {
	n := i
	for n < len(seen) && class(&seen[n]) {
		n++
	}
	if n == len(seen) {
		return seen[i:]
	}
	out := slices.Clone(seen[i:n])
	for k := range seen[n:] {
		if class(&seen[n+k]) {
			out = append(out, seen[n+k])
		}
	}
	return out
}

// next returns where the first observation after i stands whose class was not
// narrated with one before it.
func next(seen []billing.Observation, i int) int {
	mail, document := false, false
	for k := range seen[:i+1] {
		mail = mail || isMail(&seen[k])
		document = document || isDocument(&seen[k])
	}
	for i++; i < len(seen); i++ {
		if o := &seen[i]; !(mail && isMail(o)) && !(document && isDocument(o)) {
			return i
		}
	}
	return i
}

// join adds clauses, those that say the same once.
func (f *Facts) join(clauses []Clause) {
	if f.Clauses == nil {
		f.Clauses = clauses
		return
	}
	for _, c := range clauses {
		if i := slices.IndexFunc(f.Clauses, c.same); i >= 0 {
			f.Clauses[i].absorb(c)
		} else {
			f.Clauses = append(f.Clauses, c)
		}
	}
}

// same reports whether c and d say the same.
func (c Clause) same(d Clause) bool {
	return c.Act == d.Act && slices.EqualFunc(c.Objects, d.Objects, func(a, b Object) bool { return a.Kind == b.Kind && a.Title == b.Title }) &&
		slices.EqualFunc(c.With, d.With, Counterpart.equal) &&
		slices.EqualFunc(c.Topics, d.Topics, func(a, b Topic) bool { return a.Text == b.Text })
}

// absorb adds the evidence of d, which says the same.
func (c *Clause) absorb(d Clause) {
	c.Evidence = slices.Concat(c.Evidence, d.Evidence)
	c.Objects, c.Topics = slices.Clone(c.Objects), slices.Clone(c.Topics)
	for i := range c.Objects {
		c.Objects[i].Evidence = slices.Concat(c.Objects[i].Evidence, d.Objects[i].Evidence)
	}
	for i := range c.Topics {
		c.Topics[i].Evidence = slices.Concat(c.Topics[i].Evidence, d.Topics[i].Evidence)
	}
	c.With = together(slices.Clone(c.With), d.With...)
	for _, o := range d.Sent {
		if !slices.ContainsFunc(c.Sent, func(x Object) bool { return x.Title == o.Title }) {
			c.Sent = append(slices.Clone(c.Sent), o)
		}
	}
}

// Kind returns the kind of document or proceeding that the work was on, "" when
// nothing shows it.
func (f Facts) Kind() Kind {
	for _, c := range f.Clauses {
		for _, o := range slices.Concat(c.Objects, c.Sent) {
			if o.Kind != "" {
				return o.Kind
			}
		}
		for _, t := range c.Topics {
			if k := kindOf(wordsIn(string(t.Text))); k != "" {
				return k
			}
		}
	}
	return ""
}

func isMail(o *billing.Observation) bool {
	return o.Kind == billing.KindMailSent || o.Kind == billing.KindMailReceived
}

func isDocument(o *billing.Observation) bool {
	return o.Kind == billing.KindEdit || o.Kind == billing.KindReview || o.Kind == billing.KindExport
}
