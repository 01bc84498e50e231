package draft

import (
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/associate"
	"github.com/tenths/tenths/draft/narrate"
	"github.com/tenths/tenths/draft/people"
)

// Drafter drafts days for one timekeeper and one list of matters, which it
// looks through once. Any number of goroutines may use it at once.
type Drafter struct {
	timekeeper billing.Timekeeper
	matters    map[billing.MatterID]billing.Matter
	index      *associate.Index
	narrator   narrate.Narrator
	own        map[string]bool // domains of the timekeeper's firm
}

// NewDrafter returns a drafter for t's work on matters.
func NewDrafter(matters []billing.Matter, t billing.Timekeeper) *Drafter {
	d := &Drafter{
		timekeeper: t,
		matters:    make(map[billing.MatterID]billing.Matter, len(matters)),
		index:      associate.New(matters, t),
		narrator:   narrate.New(matters, t),
		own:        people.OwnHosts(matters, t),
	}
	for _, m := range matters {
		d.matters[m.ID] = m
	}
	return d
}

// Lesson is what a person decided about one observation, see
// [associate.Lesson].
type Lesson = associate.Lesson

// Learn takes lessons that were decided together into m. Filed tells under
// which matter a conversation was filed before them.
func (d *Drafter) Learn(m *Learned, filed map[string]billing.MatterID, lessons ...Lesson) {
	d.index.Learn(m, filed, lessons...)
}

// Learned is what was learned from a person's decisions, see
// [associate.Model].
type Learned = associate.Model

// NewLearned returns what is learned of nothing.
func NewLearned() *Learned { return associate.NewModel() }

// Propose drafts one day, with a drafter of its own.
func Propose(in Input) Proposal { return NewDrafter(in.Matters, in.Timekeeper).Propose(in) }

// Threshold returns the confidence from which a matter is assigned: what was
// right often enough lately or, while too little was decided to tell, the
// policy's.
func Threshold(learned *Learned, policy Policy) float64 {
	if learned == nil {
		return policy.Threshold
	}
	return max(learned.Threshold(precision, policy.Threshold), 0.5)
}
