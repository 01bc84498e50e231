package draft

import (
	"time"

	"github.com/tenths/tenths/billing"
)

// Policy is what a firm decides about drafting.
type Policy struct {
	Rounding billing.RoundingPolicy `json:"rounding"`

	// Threshold is the confidence from which a matter is assigned; under it
	// the draft stays unassigned.
	Threshold float64 `json:"threshold"`

	// Mail time is estimated from length: words a minute, and bounds for one
	// message. Without a known length the lower bound counts.
	ReadWords  int64         `json:"read_words_per_minute"`
	WriteWords int64         `json:"write_words_per_minute"`
	LeastRead  time.Duration `json:"least_read"`
	LeastWrite time.Duration `json:"least_write"`
	MostMail   time.Duration `json:"most_mail"`

	// SaveReach is how far back from it a save can vouch for work: an edit
	// session with n saves counts at most n times as much. A document left open
	// all morning and saved once was not worked on all morning.
	SaveReach time.Duration `json:"save_reach"`
	// MostReview is the most that a document counts that was open and never
	// saved: nothing shows that it was read for longer.
	MostReview time.Duration `json:"most_review"`

	// Alone is the worked time from which a conversation by mail has an entry
	// of its own; smaller ones on a matter share one.
	Alone time.Duration `json:"alone"`

	// Inside is the least measured work within a meeting that makes it doubtful
	// whether the meeting was attended.
	Inside time.Duration `json:"inside"`

	// Away is the length from which a stretch without any observation is time
	// away from work rather than unexplained time.
	Away time.Duration `json:"away"`

	// DayStart and DayEnd are the working hours of a day, since midnight by the
	// timekeeper's clocks. A calendar entry that is longer than they are, or
	// that lies over several days, is asked about.
	DayStart time.Duration `json:"day_start"`
	DayEnd   time.Duration `json:"day_end"`

	// MostDraft and MostDay are the most that one draft and one day come to
	// without a question, wherever the time is from.
	MostDraft time.Duration `json:"most_draft"`
	MostDay   time.Duration `json:"most_day"`
}

// DefaultPolicy is where Tenths starts. The reading speed is that of adults
// reading English silently (Brysbaert 2019: 238 words a minute), lowered for
// legal prose; the writing speed is that of composing, not copying.
var DefaultPolicy = Policy{
	Rounding:   billing.Tenths,
	Threshold:  0.75,
	ReadWords:  200,
	WriteWords: 25,
	LeastRead:  time.Minute,
	LeastWrite: 2 * time.Minute,
	MostMail:   30 * time.Minute,
	SaveReach:  15 * time.Minute,
	MostReview: 30 * time.Minute,
	Alone:      6 * time.Minute,
	Inside:     6 * time.Minute,
	Away:       90 * time.Minute,
	DayStart:   9 * time.Hour,
	DayEnd:     17 * time.Hour,
	MostDraft:  12 * time.Hour,
	MostDay:    16 * time.Hour,
}

// reach is the longest work that a number of saves can vouch for.
func (p Policy) reach(saves int64) time.Duration { return time.Duration(max(saves, 1)) * p.SaveReach }

// reading estimates the time to read o.
func (p Policy) reading(o *billing.Observation) time.Duration {
	return p.estimate(o.Words, p.ReadWords, p.LeastRead)
}

// writing estimates the time to write o.
func (p Policy) writing(o *billing.Observation) time.Duration {
	return p.estimate(o.Words, p.WriteWords, p.LeastWrite)
}

func (p Policy) estimate(words, perMinute int64, least time.Duration) time.Duration {
	if perMinute <= 0 {
		return least
	}
	return min(max(time.Duration(words*60/perMinute)*time.Second, least), p.MostMail)
}

// Validate reports what is wrong with the policy, if anything.
func (p Policy) Validate() error {
	switch err := p.Rounding.Validate(); {
	case err != nil:
		return err
	case p.Threshold < 0.5 || p.Threshold > 1:
		return invalid("a matter is assigned from a confidence of 0.5 to 1; a guess under 0.5 would be wrong more often than right")
	case p.ReadWords < 1 || p.WriteWords < 1:
		return invalid("reading and writing take a number of words a minute, at least 1")
	case min(p.LeastRead, p.LeastWrite, p.MostMail, p.SaveReach, p.MostReview, p.Alone, p.Inside, p.Away) < 0:
		return invalid("a length of time cannot be negative")
	case p.MostMail < max(p.LeastRead, p.LeastWrite):
		return invalid("the most that a message takes is less than the least")
	case p.DayStart < 0 || p.DayEnd > 24*time.Hour || p.DayEnd-p.DayStart < time.Hour:
		return invalid("the working day begins and ends between 00:00 and 24:00 and has at least an hour")
	case p.MostDraft < time.Hour || p.MostDay < p.MostDraft:
		return invalid("a draft may come to an hour at least without a question, and a day to no less than a draft")
	}
	return nil
}
