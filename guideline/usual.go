package guideline

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"github.com/tenths/tenths/guideline/language"
)

//go:embed usual.toml
var usualFile string

// usualKind is how long work of one kind usually takes.
type usualKind struct {
	ID     string   `toml:"id"`
	Name   string   `toml:"name"`
	Work   string   `toml:"work"`
	Words  []string `toml:"words"`
	Least  float64  `toml:"least"` // hours; 0: never too little
	Most   float64  `toml:"most"`
	Reason string   `toml:"reason"`
}

// usualKinds are the kinds of the shipped table; a mistake in it is ours, and a
// test finds it.
var usualKinds = sync.OnceValue(func() []usualKind {
	var file struct {
		Kind []usualKind `toml:"kind"`
	}
	if _, err := toml.Decode(usualFile, &file); err != nil {
		panic("guideline: " + err.Error())
	}
	return file.Kind
})

// Usual is how long work of a kind took before: the middle and the spread of
// what was approved, in logarithms of seconds, since the double is as far from
// usual as the half.
type Usual struct {
	Count  int
	Middle float64 // median
	Spread float64 // median distance from it, as a standard deviation
}

// UsualOf returns what is usual of durations in seconds, by kind. Neither one
// day's mistake nor some of them move it: it rests on medians.
func UsualOf(took map[string][]int64) map[string]Usual {
	out := make(map[string]Usual, len(took))
	for kind, all := range took {
		logs := make([]float64, 0, len(all))
		for _, s := range all {
			if s > 0 {
				logs = append(logs, math.Log(float64(s)))
			}
		}
		if len(logs) == 0 {
			continue
		}
		u := Usual{Count: len(logs), Middle: median(logs)}
		for i := range logs {
			logs[i] = math.Abs(logs[i] - u.Middle)
		}
		u.Spread = 1.4826 * median(logs) // of a normal distribution
		out[kind] = u
	}
	return out
}

func median(all []float64) float64 {
	slices.Sort(all)
	n := len(all)
	return (all[(n-1)/2] + all[n/2]) / 2
}

// Far from usual is more than farSpread standard deviations away, and more than
// three times or less than a third of the middle: those who always bill the same
// are not asked about every other duration.
const farSpread = 3.5

// farLeast is the least distance, in logarithms.
var farLeast = math.Log(3)

// bounds returns the seconds between which a duration is not far from usual.
func (u Usual) bounds() (least, most int64) {
	d := max(farSpread*u.Spread, farLeast)
	return int64(math.Floor(math.Exp(u.Middle - d))), int64(math.Ceil(math.Exp(u.Middle + d)))
}

// KindOfWork returns the kind of work that a narrative tells, as the table of
// usual durations has it; "" where it tells several, or none of them.
func KindOfWork(narrative string) string {
	t := language.Parse(narrative)
	if k := kindOfWork(&t); k != nil {
		return k.ID
	}
	return ""
}

func kindOfWork(t *language.Text) *usualKind {
	var kind *usualKind
	for i := range t.Clauses {
		k := kindOfClause(t, &t.Clauses[i])
		if k == nil || kind != nil && k != kind {
			return nil
		}
		kind = k
	}
	return kind
}

func kindOfClause(t *language.Text, c *language.Clause) *usualKind {
	work := workOf(t, c)
	if work == "" {
		return nil
	}
	kinds := usualKinds()
	for i := range kinds {
		k := &kinds[i]
		if k.Work == work && (len(k.Words) == 0 || calledBy(t, c, k.Words)) {
			return k
		}
	}
	return nil
}

// workOf is what a clause's verbs say, in the table's words.
func workOf(t *language.Text, c *language.Clause) string {
	if len(c.Verbs) == 0 {
		return ""
	}
	if kind, _ := eventOf(t, c); kind != "" && (kind != eventConference || c.Class() != language.Communicate) {
		if kind == eventConference && says(t, c, callWords) {
			return "call"
		}
		return string(kind)
	}
	switch c.Class() {
	case language.Communicate:
		if says(t, c, callWords) {
			return "call"
		}
		return "message"
	case language.Review, language.Analyze:
		return "review"
	case language.Draft:
		return "draft"
	case language.Research:
		return "research"
	case language.Travel:
		return "travel"
	}
	return ""
}

var (
	callWords     = wordSet("call calls called calling telephone telephoned phone phoned teleconference teleconferences")
	revisingWords = wordSet("revise revised revising edit edited editing finalize finalized finalizing finish complete completed update updated updating " +
		"proofread correct corrected supplement sign execute amend amended begin began continue")
)

// says reports whether the words of a clause hold one of some, before what it is
// about.
func says(t *language.Text, c *language.Clause, words map[string]bool) bool {
	for k := c.First; k < c.Last; k++ {
		if len(c.About) > 0 && k >= c.About[0].First {
			return false
		}
		for w := range strings.FieldsSeq(strings.ToLower(t.Source[t.Tokens[k].From:t.Tokens[k].To])) {
			if words[w] {
				return true
			}
		}
	}
	return false
}

// calledBy reports whether an object of a clause, or its event, is called by one of
// some words.
func calledBy(t *language.Text, c *language.Clause, words []string) bool {
	for i := range c.Objects {
		if h := c.Objects[i].Head; h >= 0 {
			for w := range strings.FieldsSeq(strings.ToLower(t.Source[t.Tokens[h].From:t.Tokens[h].To])) {
				if slices.Contains(words, w) {
					return true
				}
			}
		}
	}
	return false
}

// checkUsual notes a duration far from what is usual for its kind of work: what
// the timekeeper's own entries show, once there are enough, and else the table.
func checkUsual(r *Reading, rule Rule) []Finding {
	k := kindOfWork(&r.Text)
	seconds := r.Entry.seconds()
	if k == nil || seconds <= 0 {
		return nil
	}
	least, most := int64(3600*k.Least), int64(3600*k.Most)
	whose := "such work takes by the table of usual durations"
	if r.Setting != nil {
		if own := r.Setting.Usual[k.ID]; own.Count >= int(rule.Params.Int("entries")) {
			least, most = own.bounds()
			whose = fmt.Sprintf("%d of your own entries took", own.Count)
		}
	}
	switch {
	case seconds > most:
		return []Finding{{Severity: Note, Message: fmt.Sprintf("%s hours are long for %s: it is more than the %s h that %s at most. If it is right, say what took so long.", r.Entry.hours(), k.Name, inHours(most), whose)}}
	case seconds < least && !revising(&r.Text):
		return []Finding{{Severity: Note, Message: fmt.Sprintf("%s hours are short for %s: it is less than the %s h that %s at least. If more time was spent, enter it.", r.Entry.hours(), k.Name, inHours(least), whose)}}
	}
	return nil
}

// revising reports whether a text tells of a part of the work only, for which
// nothing is too short.
func revising(t *language.Text) bool {
	for i := range t.Clauses {
		if says(t, &t.Clauses[i], revisingWords) {
			return true
		}
	}
	return false
}
