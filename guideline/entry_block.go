package guideline

import (
	"fmt"

	"github.com/tenths/tenths/guideline/language"
)

// checkBlock finds entries of several tasks. What counts is whether tasks are
// independent, not how they are joined: bills that auditors passed are full of
// semicolons, and those that they cut for block billing have none.
func checkBlock(r *Reading, rule Rule) []Finding {
	t := &r.Text
	if limit := rule.Params.Minutes("de_minimis"); r.Entry.Minutes > 0 && r.Entry.Minutes <= limit {
		return nil
	}
	if i := travelJoined(t); i >= 0 {
		c := &t.Clauses[i]
		f := Finding{
			Message: "Travel stands together with other work; give it an entry of its own.",
			From:    c.From, To: c.To,
			Fix: r.splitTravel(),
		}
		if f.Fix == nil {
			f.Question = "How much of the time was travel?"
		}
		return []Finding{f}
	}
	if len(t.Clauses) < 2 {
		return append(eventsJoined(t), papersJoined(t)...)
	}
	of, n := t.Tasks()
	if n < 2 {
		return papersJoined(t)
	}
	second, substantive := -1, 0
	for i := range t.Clauses {
		if of[i] >= 1 && second < 0 {
			second = i
		}
		if isTask(&t.Clauses[i]) {
			substantive++
		}
	}
	f := Finding{
		Message: fmt.Sprintf("%s independent tasks share one time; give each its own entry.", countWord(n)),
		From:    t.Clauses[second].From, To: t.Clauses[second].To,
		Fix: r.splitTasks(of, n),
	}
	if f.Fix == nil {
		f.Question = whereTime
	}
	if substantive < 2 {
		f.Severity = Note // clerical bits beside one task are the clerical check's
	}
	return []Finding{f}
}

// isTask reports whether a clause is work of its own rather than a stray
// phrase or a clerical step.
func isTask(c *language.Clause) bool {
	switch c.Class() {
	case language.NoClass, language.Clerical, language.File:
		return false
	}
	return true
}

func countWord(n int) string {
	words := [...]string{2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}
	if n < len(words) {
		return words[n]
	}
	return fmt.Sprint(n)
}

// travelJoined returns the clause in which travel stands together with work, or
// that stands beside travel; -1 when there is none.
func travelJoined(t *language.Text) int {
	travel, other := -1, -1
	for i := range t.Clauses {
		c := &t.Clauses[i]
		switch {
		case c.Has(language.Travel):
			for k := range c.Verbs {
				if class := c.Verbs[k].Class; class != language.Travel {
					return i
				}
			}
			travel = i
		case isTask(c):
			other = i
			if mentionsTravel(t, c) {
				return i
			}
		}
	}
	if travel >= 0 && other >= 0 {
		return travel
	}
	return -1
}

// mentionsTravel reports whether a clause of other work says that travel is in
// its time: "attend inspection, including travel".
func mentionsTravel(t *language.Text, c *language.Clause) bool {
	for i := range c.Objects {
		ph := &c.Objects[i]
		if ph.Head >= 0 && t.Tokens[ph.Head].Kinds&language.Travelling != 0 && (i > 0 || c.Class() == language.Appear) {
			return true
		}
	}
	for i := c.First; i+1 < c.Last; i++ {
		if w := &t.Tokens[i+1]; w.Kinds&language.Travelling != 0 && w.Kinds&language.Schedule == 0 {
			switch lowered(t.Source[t.Tokens[i].From:t.Tokens[i].To]) {
			case "including", "includes", "include", "plus", "with", "and":
				return c.Class() == language.Appear || c.Class() == language.Confer
			}
		}
	}
	return false
}

// eventsJoined finds two events in one clause, "attend deposition of Holt and
// mediation": one verb, but two occasions.
func eventsJoined(t *language.Text) []Finding {
	for i := range t.Clauses {
		c := &t.Clauses[i]
		if c.Class() != language.Appear || len(c.Objects) < 2 {
			continue
		}
		first := &c.Objects[0]
		for k := 1; k < len(c.Objects); k++ {
			ph := &c.Objects[k]
			if first.HeadKinds&language.Event == 0 || ph.HeadKinds&language.Event == 0 || t.Tokens[first.Head].Stem == t.Tokens[ph.Head].Stem {
				continue
			}
			return []Finding{{
				Severity: Note,
				Message:  "Two events share one time; give each its own entry.",
				From:     ph.From, To: ph.To,
			}}
		}
	}
	return nil
}
