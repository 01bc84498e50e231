package sync

import "github.com/tenths/tenths/billing"

// outcome is where one posting was left.
type outcome string

const (
	leftPosted   outcome = "posted"
	leftTwin     outcome = "posted, one of several alike"
	leftWaiting  outcome = "waiting"
	leftUnknown  outcome = "unknown"
	leftNeedsYou outcome = "needs you"
)

// tally keeps where each posting was left last.
type tally map[billing.EntryID]outcome

func (t tally) report() Report {
	var r Report
	for _, was := range t {
		switch was {
		case leftTwin:
			r.Twins++
			r.Posted++
		case leftPosted:
			r.Posted++
		case leftWaiting:
			r.Waiting++
		case leftUnknown:
			r.Unknown++
		case leftNeedsYou:
			r.NeedsYou++
		}
	}
	return r
}
