package guideline

import (
	"fmt"
	"slices"

	"github.com/tenths/tenths/guideline/language"
)

func checkCodes(r *Reading, rule Rule) []Finding {
	var out []Finding
	add := func(format string, args ...any) { out = append(out, Finding{Message: fmt.Sprintf(format, args...)}) }
	codes := [...]struct {
		name, value, need string
		column            Column
	}{{"task code", r.Entry.TaskCode, "task", ColumnTask}, {"activity code", r.Entry.ActivityCode, "activity", ColumnActivity}}
	for _, code := range codes {
		switch {
		case r.Setting != nil && r.Setting.Lacks[code.column]:
		case code.value == "":
			if rule.Params.Bool(code.need) {
				add("There is no %s.", code.name)
				out[len(out)-1].Question = "Which " + code.name + "?"
			}
		case slices.Contains(rule.Params.Strings("forbidden"), code.value):
			add("The client does not pay for the %s %s.", code.name, code.value)
		case r.Setting != nil && len(r.Setting.Codes) > 0 && !r.Setting.Codes[code.value]:
			add("The %s %s is not in force.", code.name, code.value)
		}
	}
	return out
}

// activities are the activity codes (UTBMS A101 to A111) that fit a class of
// work, the most fitting first. A111 is for what fits nowhere.
var activities = map[language.Class][]string{
	language.Ready:       {"A101"},
	language.Strategize:  {"A101", "A104", "A105"},
	language.Research:    {"A102", "A104"},
	language.Draft:       {"A103", "A101"},
	language.Review:      {"A104"},
	language.Analyze:     {"A104", "A102"},
	language.Communicate: {"A106", "A107", "A108", "A105"},
	language.Confer:      {"A106", "A107", "A108", "A105", "A109"},
	language.Appear:      {"A109", "A101", "A106", "A107", "A108", "A105"},
	language.Organize:    {"A110", "A101"},
	language.Clerical:    {"A110"},
	language.File:        {"A110", "A103"},
	language.Gather:      {"A110", "A104", "A102"},
}

// checkCodeNarrative finds codes that the words contradict. A code that any
// part of the entry bears out is right, and words of no certain class contradict
// nothing. Which side a talk was with is not the point of a code: any of A105 to
// A108 fits talk.
func checkCodeNarrative(r *Reading, _ Rule) []Finding {
	var out []Finding
	if f, wrong := activityWrong(r); wrong {
		out = append(out, f)
	}
	if f, wrong := taskWrong(r); wrong {
		out = append(out, f)
	}
	return out
}

func activityWrong(r *Reading) (Finding, bool) {
	code := r.Entry.ActivityCode
	if len(code) != 4 || code[:2] != "A1" || code >= "A111" || len(r.Text.Clauses) == 0 {
		return Finding{}, false
	}
	for i := range r.Text.Clauses {
		c := &r.Text.Clauses[i]
		if len(c.Verbs) == 0 {
			return Finding{}, false
		}
		for k := range c.Verbs {
			fits, known := activities[c.Verbs[k].Class]
			if !known || slices.Contains(fits, code) {
				return Finding{}, false
			}
		}
		if isMessage(&r.Text, c) && (code >= "A105" && code <= "A108" || code == "A103") {
			return Finding{}, false
		}
	}
	c := &r.Text.Clauses[0]
	right := activities[c.Class()][0]
	if c.Class() == language.Communicate || c.Class() == language.Confer {
		right = talkCode(c)
	}
	return Finding{
		Message: fmt.Sprintf("The activity code %s does not say what the narrative says; %s would.", code, right),
		From:    c.From, To: c.To,
		Fix: r.code(r.Entry.TaskCode, right),
	}, true
}

// talkCode is the activity code of talk by who it was with.
func talkCode(c *language.Clause) string {
	switch {
	case hasKind(c.With, language.Outside|language.Opponent):
		return "A107"
	case hasKind(c.With, language.Inside):
		return "A105"
	case hasKind(c.With, language.Party):
		return "A106"
	}
	return "A108"
}

var stemDeposition, stemDepo = language.StemOf("deposition"), language.StemOf("depo")

// taskWrong finds a deposition that was attended under another task code of the
// litigation set's discovery phase than L330.
func taskWrong(r *Reading) (Finding, bool) {
	switch r.Entry.TaskCode {
	case "L310", "L320", "L340", "L350", "L390", "L210", "L250", "L160":
	default:
		return Finding{}, false
	}
	if len(r.Text.Clauses) != 1 {
		return Finding{}, false
	}
	c := &r.Text.Clauses[0]
	if c.Class() != language.Appear || hasKind(c.Objects, language.Expert) {
		return Finding{}, false
	}
	for i := range c.Objects {
		if h := c.Objects[i].Head; h >= 0 && (r.Text.Tokens[h].Stem == stemDeposition || r.Text.Tokens[h].Stem == stemDepo) {
			return Finding{
				Message: fmt.Sprintf("A deposition under the task code %s; L330 is for depositions.", r.Entry.TaskCode),
				From:    c.From, To: c.To,
				Fix: r.code("L330", r.Entry.ActivityCode),
			}, true
		}
	}
	return Finding{}, false
}

// code builds a fix that sets both codes; one of them is as it was.
func (r *Reading) code(task, activity string) *Fix {
	label := "Change the activity code to " + activity
	if task != r.Entry.TaskCode {
		label = "Change the task code to " + task
	}
	return &Fix{
		Kind: FixCode, Label: label, TaskCode: task, ActivityCode: activity,
		Parts: []Part{{Narrative: r.Entry.Narrative, Minutes: r.Entry.Minutes}},
	}
}
