package guideline

import "github.com/tenths/tenths/guideline/language"

// checkClerical finds work that needs no lawyer and no paralegal. Beside
// substantive work on the same paper ("finalize and file") it is noted only.
func checkClerical(r *Reading, rule Rule) []Finding {
	if r.Entry.NonBillable {
		return nil // nobody pays for it
	}
	filing := rule.Params.Bool("filing")
	var out []Finding
	t := &r.Text
	clerical, first, n := make([]bool, len(t.Clauses)), -1, 0
	for i := range t.Clauses {
		c := &t.Clauses[i]
		degree := clericalDegree(t, c, filing, r.Entry.Level)
		if degree == notVague {
			continue
		}
		f := Finding{
			Message: "This is clerical work, which clients do not pay for at a professional's rate.",
			From:    c.From, To: c.To,
		}
		if degree == perhapsVague {
			f.Severity = Note
		} else {
			if n == 0 {
				first = len(out)
			}
			clerical[i] = true
			n++
		}
		out = append(out, f)
	}
	switch {
	case n == 0:
	case n == len(t.Clauses):
		out[first].Fix = r.nonBillable()
	default:
		if out[first].Fix = r.splitClerical(clerical); out[first].Fix == nil {
			out[first].Question = "Did the clerical part take any of the time?"
		}
	}
	return out
}

// clericalDegree judges a clause by its verbs and by what they act on.
func clericalDegree(t *language.Text, c *language.Clause, filing bool, level Level) vagueDegree {
	if degree := errand(t, c, level); degree != notVague {
		return degree
	}
	steps, filings, sorting, substance, managing := 0, 0, 0, 0, 0
	for i := range c.Verbs {
		switch c.Verbs[i].Class {
		case language.Clerical:
			steps++
		case language.File:
			filings++
		case language.Organize:
			sorting++
		case language.Manage:
			managing++
		case language.Communicate, language.Confer, language.Travel, language.NoClass:
			if isClericalTalk(t, c) {
				steps++
			} else {
				return notVague
			}
		default:
			if stem := c.Verbs[i].Stem; stem != stemReceive && stem != stemProofread { // "receive and file", "proofread and format"
				substance++
			}
		}
	}
	schedule := hasHead(c.Objects, language.Schedule) && hasNoOtherHead(c.Objects, language.Schedule) && !draftsSchedule(t, c) ||
		managing > 0 && hasHead(c.About, language.Schedule) && hasNoOtherHead(c.About, language.Schedule)
	told := t.TellsOf(c.Objects)
	switch {
	case managing > 0 && steps+substance == 0 && arranges(t, c):
		return clearlyVague
	case steps > 0 && (substance == 0 || told <= language.Vague && len(c.About) == 0 && hasKind(c.Objects, language.Message|language.Generic|language.Schedule)):
		return clearlyVague
	case steps > 0:
		return perhapsVague
	case substance > 0 && (c.Class() == language.Draft || c.Class() == language.Other) && headsAll(c.Objects, language.CaseFile) && len(c.Objects) > 0 && told <= language.Vague:
		return clearlyVague // "update case file"
	case filings > 0 && substance == 0 && sorting == 0:
		if filing {
			return clearlyVague
		}
		return perhapsVague
	case sorting > 0 && substance == 0:
		return sortingDegree(c, told, level)
	case schedule && managing+substance > 0 && c.Verbs[len(c.Verbs)-1].Task && c.Class() != language.Review && c.Class() != language.Analyze && c.Class() != language.Appear:
		return clearlyVague
	}
	return notVague
}

// arranges reports whether all that the clause is for is a clerical step:
// "coordinate with court reporter to reserve date".
func arranges(t *language.Text, c *language.Clause) bool {
	for i := range c.Purpose {
		if w := &t.Tokens[c.Purpose[i].First]; w.Class != language.Clerical || w.Forms&(1<<language.BaseForm) == 0 {
			return false
		}
	}
	return len(c.Purpose) > 0 && len(c.About) == 0
}

// draftsSchedule reports whether the clause writes a schedule, which is a paper:
// "prepare schedule of creditors".
func draftsSchedule(t *language.Text, c *language.Clause) bool {
	h := c.Objects[0].Head
	return c.Class() == language.Draft && h >= 0 && t.Tokens[h].Stem == stemSchedule
}

var stemReceive, stemProofread = language.StemOf("receive"), language.StemOf("proofread")

var stemSchedule = language.StemOf("schedule")

// sortingDegree judges organizing and compiling: of the file or of what has no
// name it is clerical; of papers that are named it is a paralegal's.
func sortingDegree(c *language.Clause, told language.Detail, level Level) vagueDegree {
	switch {
	case told <= language.Vague, headsAll(c.Objects, language.Generic) && len(c.About)+len(c.Purpose) == 0 && len(c.Objects) > 0 && isSorting(c), told == language.Broad && c.Has(language.File):
		return clearlyVague
	case hasKind(c.Objects, language.Exhibit) && (level == LevelUnknown || level <= LevelParalegal):
		return clearlyVague
	case level <= LevelParalegal && allOf(c, indexing) && len(c.About)+len(c.Purpose) == 0:
		return clearlyVague
	case level > LevelParalegal:
		return notVague // the level check's
	}
	return perhapsVague
}

// isSorting reports whether the clause only puts things in order, rather than
// gathering or summing them up.
func isSorting(c *language.Clause) bool {
	for i := range c.Verbs {
		if !sorting[c.Verbs[i].Stem] {
			return false
		}
	}
	return true
}

var indexing = stems("index|tab|catalog")

var sorting = stems("organize|organise|sort|maintain")

// hasNoOtherHead reports whether every phrase is headed by one of the kinds or by nothing.
func hasNoOtherHead(phrases []language.Phrase, k language.Kind) bool {
	for i := range phrases {
		if phrases[i].HeadKinds != 0 && phrases[i].HeadKinds&(k|language.Generic) == 0 {
			return false
		}
	}
	return true
}
