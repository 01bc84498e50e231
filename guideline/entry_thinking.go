package guideline

import "github.com/tenths/tenths/guideline/language"

// thinks reports whether a clause is thinking without a product: planning,
// weighing or coordinating that is about an event, a stage or a bare topic, and
// names neither a paper, a decision nor somebody with whom it was done. What a
// person thought about an event nobody can judge; what a paper says, whether to
// remove, or what was settled with co-counsel, one can.
func thinks(t *language.Text, c *language.Clause) bool {
	if len(c.Verbs) == 0 || len(c.With) > 0 || c.Same {
		return false
	}
	v := &c.Verbs[len(c.Verbs)-1]
	plans := v.Class == language.Supervise
	if v.Class == language.Draft && len(c.Objects) > 0 && headsAll(c.Objects, language.Abstract) && !decides(t, c) && !withSomeone(t, c) {
		paper, topics := product(t, c) // "generate plan for deposition of Smith"
		return !paper && topics == 0 && len(c.About) == 0 && occasioned(c.Objects, c.Purpose)
	}
	for i := range c.Verbs {
		switch c.Verbs[i].Class {
		case language.Strategize:
			plans = true
		case language.Draft, language.Review, language.Research:
			return false
		case language.Ready:
			plans = plans || c.Verbs[i].Stem == stemPlan
		}
	}
	if !plans && !weighing[v.Stem] || decides(t, c) || withSomeone(t, c) {
		return false
	}
	if !plans && isBareTopic(t, c) {
		return true
	}
	paper, topics := product(t, c)
	switch {
	case paper:
		return false
	case plans:
		return topics < 2
	}
	if topics > 0 {
		return false
	}
	return hasHead(c.Objects, language.Event|language.Phase) || len(c.Objects) > 0 && headsAll(c.Objects, language.Abstract|language.Generic) && occasioned(c.Objects, c.About)
}

// isBareTopic reports whether a claim, an issue or a risk is weighed of which no more
// than one word is said: "consider PAGA claims", "evaluate exposure".
func isBareTopic(t *language.Text, c *language.Clause) bool {
	if len(c.Objects) != 1 || len(c.About)+len(c.Purpose) > 0 || c.Objects[0].Head < 0 {
		return false
	}
	ph, words := &c.Objects[0], 0
	for k := ph.First; k < ph.Last; k++ {
		switch w := &t.Tokens[k]; {
		case w.Func == language.Preposition || w.Kind == language.PlaceholderToken || w.Kinds&(language.Proper|language.Person) != 0:
			return false
		case w.Func == language.NoFunc && w.Detail >= language.Concrete:
			words++
		}
	}
	if ph.HeadKinds&language.Count != 0 {
		return words <= 1 && ph.Last-ph.First == 1
	}
	const general = language.Generic | language.Abstract | language.Phase
	return words <= 1 && ph.HeadKinds&general != 0 && ph.HeadKinds&(language.Document|language.Filing|language.Data) == 0
}

// occasioned reports whether phrases name an event or a stage.
func occasioned(lists ...[]language.Phrase) bool {
	for _, phrases := range lists {
		if hasKind(phrases, language.Event|language.Phase) {
			return true
		}
	}
	return false
}

var (
	numbered = stems("rule|section|code|§")
	stemPlan = language.StemOf("plan")

	// weighing are verbs of thought that read no paper: an event that is analysed
	// or reviewed is its transcript, one that is considered is only in the mind.
	weighing = stems("consider|evaluate|assess|weigh|contemplate|ponder|explore|coordinate")
)

// choices are what one decides on: "need for further depositions".
var choices = stems("need|necessity|viability|feasibility|advisability|merits|likelihood|grounds|ground|timing|admissibility|scope")

// withSomeone reports whether the clause says with whom, of those outside the firm.
func withSomeone(t *language.Text, c *language.Clause) bool {
	for i := c.First; i < c.Last; i++ {
		if w := &t.Tokens[i]; w.Func != language.Preposition || w.Rel != language.ToWith {
			continue
		}
		for k := i + 1; k < c.Last && k <= i+4; k++ {
			w := &t.Tokens[k]
			if w.Func == language.Preposition || w.Kinds&(language.Filing|language.Document) != 0 {
				break
			}
			if w.Kinds&(whoKinds&^language.Inside) != 0 {
				return true
			}
		}
	}
	return false
}

// decides reports whether the clause says between what it was to choose: "whether
// to remove", "which counts to plead".
func decides(t *language.Text, c *language.Clause) bool {
	for i := c.First; i+1 < c.Last; i++ {
		if w := &t.Tokens[i]; w.Func == language.Relative {
			switch lowered(t.Source[w.From:w.To]) {
			case "whether", "which", "if":
				return true
			}
		} else if choices[w.Stem] {
			return true
		}
	}
	return false
}

// product looks for what thought came to or was about: a paper that is named, and
// how many words of the matter itself. Events, stages, people and their names
// say only on what occasion.
func product(t *language.Text, c *language.Clause) (paper bool, topics int) {
	const occasion = language.Event | language.Phase | language.Meeting | language.Person | language.Party | language.Inside | language.Outside |
		language.Opponent | language.Proper | language.Placeholder | language.Abstract | language.Generic | language.Schedule | language.Place
	const product = language.Filing | language.Document | language.Law | language.Data | language.Exhibit | language.Model | language.Expert | language.Count
	ofEvent := hasHead(c.Objects, language.Event)
	for _, phrases := range [...][]language.Phrase{c.Objects, c.About, c.Purpose} {
		for i := range phrases {
			ph := &phrases[i]
			occasioned := ph.Kinds&(language.Event|language.Phase) != 0
			for k := ph.First; k < ph.Last; k++ {
				w := &t.Tokens[k]
				switch {
				case w.Func != language.NoFunc || w.Kind == language.NumberToken || w.Kind == language.PunctToken || w.Detail < language.Concrete:
					if (occasioned || ofEvent) && w.Detail == language.Broad && w.Kinds&language.Filing != 0 {
						topics++ // the sort of paper that the event is on
					}
					paper = paper || w.Detail == language.Broad && w.Kinds&language.Filing != 0 && !occasioned && ph.Kinds&language.Proper != 0
				case ph.Kinds&language.Event != 0 && (numbered[w.Stem] || w.To-w.From == 1): // "Rule 30(b)(6) depositions"
				case w.Kinds&product != 0:
					paper = true
				case w.Kinds&occasion != 0 && (occasioned || w.Kinds&(language.Proper|language.Placeholder) == 0), w.Kinds == 0 && w.Detail == language.Exact:
				case w.Forms != 0 && w.Kinds == 0:
				default:
					topics++
				}
			}
		}
	}
	return paper, topics
}
