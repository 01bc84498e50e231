package guideline

import "github.com/tenths/tenths/guideline/language"

var (
	stemFor    = language.StemOf("for")
	formal     = stems("proofread|proof-read|bluebook|format|reformat|paginate|spellcheck|spell-check")
	looking    = stems("check|verify|correct|fix|review|conform|edit|revise|update|adjust")
	forms      = stems("formatting|typo|typos|pagination|page number|page numbers|citation form|citation format|table of contents|font|margins|line spacing|spelling")
	readying   = stems("finalize|finalise|ready")
	againReady = stems("prepare|prep|finalize|finalise")
	goingOut   = stems("filing|e-filing|efiling|electronic filing|mailing|service|filing and service|printing|copying|scanning|uploading")
	affixing   = stems("apply|affix|add|put|place|attach|insert|create|print")
	marks      = stems("label|labels|bates label|bates labels|stamp|bates stamp|bates number|bates numbers|exhibit label|exhibit sticker|sticker|tab|tabs|slip sheet|slip sheets|slipsheets|exhibit tabs")
)

// onlyForm reports whether the clause sees to how a paper looks and to its way
// out of the house, and not to what it says: "proofread brief", "finalize motion
// for filing", "apply labels to production".
func onlyForm(t *language.Text, c *language.Clause, level Level) bool {
	if len(c.Verbs) == 0 || c.Form == language.NounForm {
		return false
	}
	if level <= LevelParalegal && allOf(c, formal) {
		return true // a lawyer who proofreads reads
	}
	return headIn(t, c.Objects, marks) && allOf(c, affixing) ||
		headIn(t, c.Objects, forms) && allOf(c, looking) ||
		readiesToGo(t, c)
}

// readiesToGo reports whether a paper that was written before was only made ready
// to be filed or sent. To prepare a paper is to write it, but "prepare same".
func readiesToGo(t *language.Text, c *language.Clause) bool {
	if last := c.Last - 1; last < c.First+2 || !goingOut[folded(t, last)] || folded(t, last-1) != stemFor {
		return false
	}
	if allOf(c, readying) {
		return true
	}
	return allOf(c, againReady) && (len(c.Objects) == 0 || c.Objects[0].Head < 0)
}

// allOf reports whether all verbs of the clause are among those.
func allOf(c *language.Clause, among map[uint32]bool) bool {
	for i := range c.Verbs {
		if !among[c.Verbs[i].Stem] {
			return false
		}
	}
	return len(c.Verbs) > 0
}

// headIn reports whether the first of the phrases is headed by one of the words.
func headIn(t *language.Text, phrases []language.Phrase, among map[uint32]bool) bool {
	return len(phrases) > 0 && phrases[0].Head >= 0 && among[t.Tokens[phrases[0].Head].Stem]
}
