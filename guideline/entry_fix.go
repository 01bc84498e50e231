package guideline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/guideline/language"
)

// A fix never changes how much time there is, and its narratives hold no word
// that is not in the entry's own narrative, in its facts, among the written-out
// abbreviations or one of joinWords.
var joinWords = []string{"with", "regarding", "concerning", "to", "and"}

// split builds a fix that gives each narrative an entry. The minutes are shared
// by weight in whole increments; nobody measured the shares, so they are
// estimates. It is nil where a part would have less than an increment: then only
// the timekeeper can say where the time belongs.
func (r *Reading) split(label string, narratives []string, weights []int) *Fix {
	minutes := divide(r.Entry.Minutes, weights, r.step)
	if minutes == nil || len(narratives) < 2 {
		return nil
	}
	fix := &Fix{Kind: FixSplit, Label: label}
	for i, n := range narratives {
		fix.Parts = append(fix.Parts, Part{Narrative: billing.Privileged(sentence(n)), Minutes: minutes[i], Estimated: true})
	}
	return fix
}

// whereTime is asked where an entry of several things is too short to be split.
const whereTime = "Which of these took the time? The others need an entry with time of their own, or none."

// increment is the tenth of an hour in minutes, which splits keep to where no
// guideline sets another.
const increment = 6

// divide shares total by weights in whole steps, at least one each, with what is
// no whole step in the last; nil where it cannot.
func divide(total int64, weights []int, step int64) []int64 {
	units, sum := total/step, int64(0)
	if units < int64(len(weights)) || units > 1<<40 {
		return nil
	}
	for _, w := range weights {
		sum += int64(max(w, 1))
	}
	// Cumulative shares, so that the parts sum exactly; each has a unit at least.
	seen, given := int64(0), int64(0)
	out := make([]int64, len(weights))
	for i, w := range weights {
		seen += int64(max(w, 1))
		upTo := min(max(units*seen/sum, given+1), units-int64(len(weights)-1-i))
		out[i] = (upTo - given) * step
		given = upTo
	}
	out[len(out)-1] += total % step
	return out
}

// splitTasks gives each task an entry; of numbers the clauses' tasks.
func (r *Reading) splitTasks(of []int, n int) *Fix {
	narratives, weights := make([]string, n), make([]int, n)
	for i := range r.Text.Clauses {
		k := of[i]
		if narratives[k] != "" {
			narratives[k] += "; "
		}
		narratives[k] += clauseText(&r.Text, i)
		weights[k]++
	}
	return r.split("Split into "+strings.ToLower(countWord(n))+" entries", narratives, weights)
}

// splitClerical gives the clauses that are clerical a non-billable entry beside
// what is left of the work.
func (r *Reading) splitClerical(clerical []bool) *Fix {
	var parts [2]string // the work, the clerical
	var weights [2]int
	for i := range r.Text.Clauses {
		k := 0
		if clerical[i] {
			k = 1
		}
		if i > 0 && r.Text.Clauses[i].Same && clerical[i] != clerical[i-1] {
			return nil // "same" would lose what it stands for
		}
		if parts[k] != "" {
			parts[k] += "; "
		}
		parts[k] += clauseText(&r.Text, i)
		weights[k]++
	}
	fix := r.split("Move the clerical part to non-billable", parts[:], weights[:])
	if fix != nil {
		fix.Parts[1].NonBillable = true
	}
	return fix
}

// clauseText is the clause as a narrative of its own.
func clauseText(t *language.Text, i int) string {
	c := &t.Clauses[i]
	text := t.Source[c.From:c.To]
	if c.Inherited && len(c.Verbs) > 0 {
		v := c.Verbs[0]
		return t.Source[v.From:v.To] + " " + text
	}
	return text
}

// splitTravel gives travel an entry of its own. It is nil where the words do
// not show which belong to travel.
func (r *Reading) splitTravel() *Fix {
	t := &r.Text
	var travel, other string
	add := func(to *string, s string) {
		if *to != "" {
			*to += "; "
		}
		*to += s
	}
	for i := range t.Clauses {
		c := &t.Clauses[i]
		if !c.Has(language.Travel) {
			if mentionsTravel(t, c) {
				return nil
			}
			add(&other, clauseText(t, i))
			continue
		}
		if len(c.Verbs) == 1 {
			add(&travel, clauseText(t, i))
			continue
		}
		// "Travel to and attend mediation": the verbs share what follows.
		rest := t.Source[c.Verbs[len(c.Verbs)-1].To:c.To]
		for k := range c.Verbs {
			v := &c.Verbs[k]
			if v.Class == language.Travel {
				add(&travel, t.Source[v.From:v.To]+" to"+rest)
			} else {
				add(&other, t.Source[v.From:v.To]+rest)
			}
		}
	}
	if travel == "" || other == "" {
		return nil
	}
	return r.split("Give travel its own entry", []string{travel, other}, []int{1, 1})
}

// text builds a fix that changes the narrative alone.
func (r *Reading) text(label, narrative string) *Fix {
	return &Fix{Kind: FixText, Label: label, Parts: []Part{{Narrative: billing.Privileged(narrative), Minutes: r.Entry.Minutes}}}
}

// nonBillable builds a fix that moves the whole entry to non-billable time.
func (r *Reading) nonBillable() *Fix {
	return &Fix{
		Kind: FixNonBillable, Label: "Move to non-billable", NonBillable: true,
		Parts: []Part{{Narrative: r.Entry.Narrative, Minutes: r.Entry.Minutes}},
	}
}

// insert returns the narrative with words put in at a byte.
func (r *Reading) insert(at int, words string) string {
	s := r.Text.Source
	before, after := strings.TrimRight(s[:at], " "), s[at:]
	if after != "" && !strings.ContainsAny(after[:1], " ;,.:)") {
		after = " " + after
	}
	return before + " " + words + after
}

// about puts what a clause was about at its end. Where the clause has a subject
// already that says little, this one explains it.
func (r *Reading) about(c *language.Clause, what []string) string {
	if len(c.About) > 0 {
		return r.insert(c.To, "concerning "+listing(what))
	}
	return r.insert(c.To, "regarding "+listing(what))
}

// listing joins names as a narrative does: "A, B and C".
func listing(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// sentence returns s with a capital first and without what joined it.
func sentence(s string) string {
	s = strings.Trim(s, " ;,\n\t")
	r, size := utf8.DecodeRuneInString(s)
	if !unicode.IsLower(r) {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}
