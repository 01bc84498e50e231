package narrate

import "strings"

// form is one way to say an act: its verb, and the preposition that leads to the
// counterpart. A form that needs a counterpart cannot stand without.
type form struct {
	text  string
	prep  string
	needs bool
}

// verbs has the forms of each act, first the one that is used unless a person
// prefers another. Nothing else in a narrative produces a verb, so what is not
// shown by the evidence of an act cannot be said. No form claims more than its
// act: none says "finalize", "file" or "extensive".
var verbs = map[Act][]form{
	Drafted: forms("", "draft and revise", "draft", "prepare", "prepare and revise", "revise", "edit", "edit and revise", "draft and edit",
		"work on", "compose", "compose and revise"),
	Revised:   forms("", "revise", "edit", "edit and revise", "revise and edit", "update", "work on"),
	SavedOnce: forms("", "save", "retain"),
	Reviewed:  forms("", "review", "review and analyze", "analyze", "read", "examine", "study", "read and analyze", "review and consider"),
	Exported:  forms("", "prepare PDF of", "create PDF of", "generate PDF of", "make PDF of"),
	Sent: forms("to", "draft correspondence", "correspondence", "draft email", "draft e-mail", "email", "e-mail", "send email", "send e-mail",
		"send correspondence", "prepare correspondence", "prepare email", "write", "draft and send correspondence", "draft and send email", "compose email"),
	Received: forms("from", "review correspondence", "review email", "review e-mail", "read correspondence", "read email", "read e-mail",
		"receive and review correspondence", "receive and review email", "receipt and review of correspondence", "receipt and review of email",
		"review and analyze correspondence", "analyze correspondence", "analyze email"),
	Replied: append(forms("from", "review and respond to correspondence", "review and respond to email", "review and reply to correspondence",
		"review and reply to email", "review and answer correspondence", "respond to correspondence", "respond to email", "reply to correspondence",
		"reply to email", "read and respond to correspondence", "read and respond to email"),
		forms("with", "correspondence", "correspond", "exchange correspondence", "exchange emails", "email exchange", "emails")...),
	Exchanged: forms("with", "exchange correspondence", "correspondence", "correspond", "exchange emails", "exchange e-mails", "email exchange",
		"e-mail exchange", "emails", "e-mails", "email", "e-mail", "communicate", "communications", "email correspondence"),
	Attended:    forms("with", "attend", "appear at", "appear for", "participate in", "attend and participate in", "appearance at", "attendance at"),
	PreparedFor: forms("with", "prepare for", "preparation for", "plan and prepare for", "prep for"),
	ConferredPhone: forms("with", "telephone conference", "telephone call", "telephone conversation", "phone call", "phone conference", "call",
		"conference call", "teleconference", "confer by telephone", "confer by phone", "tc", "t/c", "telcon", "confer", "conference"),
	ConferredVideo: forms("with", "video conference", "videoconference", "video call", "confer by video", "virtual conference", "virtual meeting",
		"confer", "conference", "meeting"),
	Conferred:  forms("with", "conference", "confer", "meeting", "meet"),
	Traveled:   forms("", "travel"),
	Researched: forms("", "legal research", "research", "conduct legal research", "perform legal research", "conduct research"),
}

func forms(prep string, list ...string) []form {
	out := make([]form, len(list))
	for i, text := range list {
		out[i] = form{text: text, prep: prep, needs: text == "write" || text == "email" || text == "e-mail" || text == "meet" || text == "confer"}
		switch text {
		case "email", "e-mail": // email client, not email to
			out[i].prep = ""
		}
	}
	return out
}

// formOf returns the longest form of act that begins text, and what follows it;
// ok is false where none does.
func formOf(act Act, text string) (f form, rest string, ok bool) {
	for _, x := range verbs[act] {
		if after, cut := cutPrefixFold(text, x.text); cut && len(x.text) > len(f.text) && (after == "" || after[0] == ' ') {
			f, rest, ok = x, strings.TrimLeft(after, " "), true
		}
	}
	return f, rest, ok
}

// formNamed returns the form of act with that text; ok is false where act has none.
func formNamed(act Act, text string) (form, bool) {
	for _, x := range verbs[act] {
		if x.text == text {
			return x, true
		}
	}
	return form{}, false
}

// verbWords are the words that say that something was done: no name that a
// person gives to a party or a document may bring one in.
var verbWords = func() map[string]bool {
	out := map[string]bool{}
	for _, list := range verbs {
		for _, f := range list {
			for _, w := range wordsIn(f.text) {
				switch w.lower {
				case "and", "to", "of", "by", "at", "in", "on", "for", "pdf", "legal", "video", "virtual", "telephone", "phone",
					"correspondence", "email", "emails", "mail", "mails", "e", "t", "c":
				default:
					out[w.lower] = true
				}
			}
		}
	}
	for w := range strings.FieldsSeq(`drafted drafting revised revising reviewed reviewing attended attending prepared preparing filed file filing
		finalize finalized negotiate negotiated argue argued serve served analyzed analyzing conferred conferring called calling met researched
		researching discussed discuss edited editing wrote writing read reading signed strategize strategized interview interviewed`) {
		out[w] = true
	}
	return out
}()

// connectives lead to what something is about.
var connectives = []string{"regarding", "re:", "re", "concerning", "about", "with regard to", "in connection with", "relating to", "related to", "in regard to", "with respect to"}

// Opens reports whether word, in any case, begins some act's form: a narrative
// that begins with it begins with no name.
func Opens(word string) bool {
	word = strings.ToLower(word)
	for _, list := range verbs {
		for _, f := range list {
			if first, _, _ := strings.Cut(f.text, " "); first == word {
				return true
			}
		}
	}
	return false
}
