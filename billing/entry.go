package billing

import (
	"slices"
	"strings"
	"time"
)

// EntryState is where an entry stands on its way to the bill.
type EntryState string

// The entry states.
const (
	StateDrafted   EntryState = "drafted"
	StateApproved  EntryState = "approved"  // frozen
	StatePosted    EntryState = "posted"    // frozen, and the practice management system has it
	StateDiscarded EntryState = "discarded" // will not be billed; kept so that it does not come back
)

// Entry is one line of time. While it is drafted it may be changed; approval
// freezes it for good.
type Entry struct {
	ID       EntryID
	WorkDate Day
	Zone     string   // IANA zone in which WorkDate was counted
	Matter   MatterID // "" while nobody knows
	Spans    []Span   // the seconds this entry owns; disjoint, by start
	Worked   int64    // whole seconds, never rounded
	Billed   int64    // whole minutes
	BilledBy BilledBy // whose word Billed is
	Rounding RoundingPolicy

	Narrative    Privileged
	Phrases      []Phrase // the narrative's parts with what each rests on; empty once it was edited
	TaskCode     string   // UTBMS
	ActivityCode string   // UTBMS
	NonBillable  bool     // while drafted and touched: a person's own word; see [Entry.Settled]
	Private      bool     // the person's own: never billed, never leaves the machine
	Estimated    bool     // some of Worked was estimated rather than seen

	Confidence float64 // 0 to 1, that Matter is right
	Reasons    []string
	Candidates []Candidate // the likely matters, best first
	Evidence   []ObservationID
	Asks       []Ask // what only a person can say about it; accepting answers all

	State    EntryState
	Touched  bool  // a person changed or accepted it: re-drafting leaves it alone
	Accepted bool  // a person looked and agreed
	Rate     Money // per hour; frozen at approval

	ApprovedAt time.Time // zero until approved
	Revision   int64     // counts changes, for detecting stale writes
}

// BilledBy says where billed minutes are from, and so what may change them. The
// later outweighs the earlier where they meet.
type BilledBy string

// Where billed minutes are from.
const (
	ByPolicy BilledBy = ""       // rounded from the seconds worked
	ByPart   BilledBy = "part"   // a part of such minutes, as a person divided them
	ByPerson BilledBy = "person" // typed
)

// Quantity returns the hours that the entry bills; none when it is not billed.
func (e Entry) Quantity() Quantity {
	if e.NonBillable || e.Private {
		return 0
	}
	return QuantityOf(e.Billed)
}

// Settled returns e as it stands for t's work on m, its matter: at the rate of
// its work date, and not to be billed where the matter is the firm's own or a
// person said so. Everything that shows, adds up or freezes a draft settles it
// first, so that all of them say the same. What is frozen stays as it is.
func (e Entry) Settled(m Matter, t Timekeeper) Entry {
	if e.State == StateApproved || e.State == StatePosted {
		return e
	}
	e.Rate = Money{}
	if e.Matter != "" {
		e.Rate = t.RateOn(m, e.WorkDate)
	}
	e.NonBillable = e.NonBillable || m.Internal
	return e
}

// Amount returns what the entry comes to at its rate; zero when it is not billed.
func (e Entry) Amount() Money {
	if e.NonBillable || e.Private {
		return Money{Currency: e.Rate.Currency}
	}
	return LineAmount(e.Billed, e.Rate)
}

// Missing says what an entry still lacks before it can be approved, an answer
// to what it asks included, in words for the person, or "" when nothing.
func (e Entry) Missing() string {
	switch {
	case e.Matter == "":
		return "it has no matter"
	case e.Billed <= 0:
		return "it has no minutes"
	case e.Narrative == "":
		return "it has no narrative"
	}
	return e.Open()
}

// Open returns the questions that a person has not answered, or "" when there
// are none.
func (e Entry) Open() string {
	if e.Accepted {
		return ""
	}
	texts := make([]string, len(e.Asks))
	for i, a := range e.Asks {
		texts[i] = a.Text
	}
	return strings.Join(texts, "; ")
}

// Answer closes the questions about one thing: the person has said it.
func (e *Entry) Answer(about AskAbout) {
	e.Asks = slices.DeleteFunc(slices.Clone(e.Asks), func(a Ask) bool { return a.About == about })
}

// Asked returns the question about one thing that is open, if there is one.
func (e Entry) Asked(about AskAbout) (Ask, bool) {
	if i := slices.IndexFunc(e.Asks, func(a Ask) bool { return a.About == about }); i >= 0 && !e.Accepted {
		return e.Asks[i], true
	}
	return Ask{}, false
}

// Ask is a question that is open about an entry, in words for the person.
type Ask struct {
	About AskAbout `json:"about"`
	Text  string   `json:"text"`
	// Day is the day that is proposed under AskDay, and Span when it was then, where
	// the time of day is known.
	Day  Day   `json:"day,omitzero"`
	Span *Span `json:"span,omitempty"`
}

// AskAbout says what a question is about, and so what answers it.
type AskAbout string

// What questions are about.
const (
	AskTime  AskAbout = "time"  // how long it was: minutes of the person's answer it
	AskWords AskAbout = "words" // what was done, or with whom: a narrative of the person's answers it
	AskWork  AskAbout = "work"  // whether it was the person's work at all: accepting alone answers it
	AskDay   AskAbout = "day"   // on which day it was: taking that day answers it, and accepting says that it was not
)

// Phrase is a part of a narrative, and the observations that it rests on.
type Phrase struct {
	Text     Privileged      `json:"text"`
	Evidence []ObservationID `json:"evidence,omitempty"`
}

// Candidate is a matter that an observation or draft may belong to.
type Candidate struct {
	Matter     MatterID `json:"matter"`
	Confidence float64  `json:"confidence"` // 0 to 1
	Reasons    []string `json:"reasons"`    // for the person, strongest first
}
