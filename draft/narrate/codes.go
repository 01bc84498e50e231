package narrate

import (
	"strings"

	"github.com/tenths/tenths/billing"
)

// Codes are UTBMS codes, "" where none is known.
type Codes struct {
	Task     string `json:"task,omitempty"`
	Activity string `json:"activity,omitempty"`
}

// Prior answers which codes a person gave to similar work: the same act on the
// same kind of document, for the matter. Empty codes leave the narrator's own.
type Prior interface {
	Codes(matter billing.MatterID, act Act, kind Kind) Codes
}

// activityOf returns the activity code of the first thing that was done, for
// correspondence and conferences by whom all of it was with; "" where nothing
// shows it. Codes: UTBMS activity set (ABA/ACCA 1995), which has none for travel:
// that is A111, other.
func activityOf(v *view, clauses []Clause) string {
	if len(clauses) == 0 {
		return ""
	}
	switch c := clauses[0]; c.Act {
	case Drafted, Revised:
		return "A103"
	case Reviewed:
		return "A104"
	case Exported, SavedOnce:
		return "A110"
	case Attended:
		return "A109"
	case PreparedFor:
		return "A101"
	case Researched:
		return "A102"
	case Traveled:
		return "A111"
	case Said:
		var buf few
		return saidActivity(v, appendWords(buf[:0], string(c.Objects[0].Title)))
	}
	return activityWith(clauses)
}

// activityWith returns the code for communicating with the sides of clauses: the
// client outranks other counsel, they outrank third parties, and those the
// firm's own; "" with nobody.
func activityWith(clauses []Clause) string {
	rank, best := 0, ""
	for _, c := range clauses {
		for _, p := range c.With {
			code := p.activity()
			if r := strings.Index("   A105 A108 A107 A106", code); r > rank {
				rank, best = r, code
			}
		}
	}
	return best
}

// spokenActivities are words of what a timekeeper says, with the code of each;
// the first group that has any decides.
var spokenActivities = []struct {
	code  string
	words runs
}{
	{"A102", newRuns("research", "researching", "researched")},
	{"A103", newRuns("draft", "drafting", "drafted", "revise", "revising", "revised", "edit", "editing", "redline", "write", "writing")},
	{"A109", newRuns("hearing", "attend", "attended", "attending", "appear", "appeared")},
	{"A101", newRuns("prepare", "preparing", "prep")},
	{"A104", newRuns("review", "reviewing", "reviewed", "analyze", "analyzing", "analyzed", "read", "reading")},
	{"A106", newRuns("client")},
	{"A107", newRuns("counsel")},
	{"A110", newRuns("organize", "organizing", "indexing", "scanning")},
	{"A111", newRuns("travel", "traveling", "traveled", "drive to", "flight to")},
}

// leadActs are verbs whose code a word later in the sentence must not change:
// a call about a hearing is no appearance.
var leadConference = newRuns("telephone", "call", "conference", "video", "phone", "teleconference", "confer", "meeting", "meet", "tc", "correspondence", "email")

func saidActivity(v *view, w []word) string {
	if len(w) == 0 {
		return ""
	}
	if _, n := leadConference.at(w); n > 0 {
		switch {
		case spokenActivities[5].words.has(w) || v.saysClient(w):
			return "A106"
		case spokenActivities[6].words.has(w):
			return "A107"
		case withAt(w) >= 0:
			return "A108"
		}
		return ""
	}
	for _, a := range spokenActivities { // the first word is the verb
		if _, n := a.words.at(w); n > 0 {
			return a.code
		}
	}
	for _, a := range spokenActivities {
		if a.words.has(w) {
			return a.code
		}
	}
	return ""
}

// saysClient reports whether words name the client of the matter.
func (v *view) saysClient(w []word) bool {
	at := withAt(w)
	if at < 0 {
		return false
	}
	for n := 1; n <= 3 && at+n < len(w); n++ {
		if c := v.contactNamed(w[at+1 : at+1+n]); c != nil && c.Role == billing.ContactClient {
			return true
		}
		if namesClient(w[at+1:at+1+n], v) {
			return true
		}
	}
	return false
}

// taskOf returns the UTBMS task code that the work shows, for a matter whose
// sort is known; "" where nothing shows it.
func taskOf(v *view, clauses []Clause) string {
	if len(clauses) == 0 {
		return ""
	}
	var buf few
	w := aboutWords(buf[:0], clauses)
	switch v.practice {
	case litigation:
		return litigationTask(v, clauses, w)
	case bankruptcy:
		if clauses[0].Act == Traveled {
			return "B195"
		}
		return bankruptcyTasks.code(w)
	case project:
		return projectTask(clauses, w)
	case counseling:
		return counselingTask(clauses)
	}
	return ""
}

// aboutWords appends to w the words of all that clauses are about.
func aboutWords(w []word, clauses []Clause) []word {
	if len(clauses) == 1 {
		switch c := &clauses[0]; {
		case c.title != "": // all the rest is in it
			return appendWords(w, c.title)
		case len(c.Objects) == 1 && len(c.Sent) == 0 && len(c.Topics) == 0:
			return appendWords(w, string(c.Objects[0].Title))
		case len(c.Objects) == 0 && len(c.Sent) == 0 && len(c.Topics) == 1:
			return appendWords(w, string(c.Topics[0].Text))
		}
	}
	var b strings.Builder
	for _, c := range clauses {
		if c.title != "" { // all the rest is in it
			b.WriteString(c.title)
			b.WriteString(" ; ")
			continue
		}
		for _, t := range c.Topics {
			b.WriteString(string(t.Text))
			b.WriteString(" ; ")
		}
		for _, o := range c.Objects {
			b.WriteString(string(o.Title))
			b.WriteString(" ; ")
		}
		for _, o := range c.Sent {
			b.WriteString(string(o.Title))
			b.WriteString(" ; ")
		}
	}
	return appendWords(w, b.String())
}

// taskRules give a code to work by the words about it, the more telling first.
type taskRules struct {
	runs  runs
	codes []string
}

// rules reads lines of a code and the runs of words that show it, set off by |.
func rules(text string) taskRules {
	t := taskRules{runs: runs{}}
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		code, list, _ := strings.Cut(strings.TrimSpace(line), " ")
		for run := range strings.SplitSeq(list, "|") {
			t.runs.add(len(t.codes), strings.ReplaceAll(run, "-", " "))
		}
		t.codes = append(t.codes, code)
	}
	return t
}

// code returns the code of the first rule whose words occur, "" for none. Of
// what begins at one word the longest counts: a request for production is none.
func (t taskRules) code(w []word) string {
	best := len(t.codes)
	for i := 0; i < len(w); {
		id, n := t.runs.at(w[i:])
		if n == 0 {
			i++
			continue
		}
		best = min(best, id)
		i += n
	}
	if best == len(t.codes) {
		return ""
	}
	return t.codes[best]
}
