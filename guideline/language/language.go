// Package language takes the narrative of a time entry apart: what was done, to
// what, with whom, about what and for what. It reads the English of bills,
// where a clause is led by its verb ("Review and revise …", "Drafted …",
// "Telephone conference with …") and has no subject of its own.
//
// It knows words and their order, and must not know rules, time, money or who
// is asking: whether a text is good enough is for the guideline to say.
package language

// Text is a narrative taken apart. It shares memory with the narrative.
type Text struct {
	Source  string
	Tokens  []Token
	Clauses []Clause
}

// Token is a word, a phrase that acts as one word ("next steps"), a number, a
// placeholder in brackets or a mark of punctuation.
type Token struct {
	From, To int // bytes of the source
	Kind     TokenKind
	Cap      bool   // begins with a capital
	Owner    bool   // "plaintiff's"
	Stem     uint32 // the same for the forms of one word; 0 for marks
	*Word           // what the lexicon says of it; never nil
}

// TokenKind is a kind of token.
type TokenKind uint8

// The kinds of token.
const (
	WordToken TokenKind = iota
	NumberToken
	PlaceholderToken // "[name]": a redaction, which stands for something concrete
	PunctToken
)

// Clause is one thing that was done: verbs that share their object, the object
// and what belongs to it.
type Clause struct {
	From, To    int // bytes of the source, without the joining words around it
	First, Last int // tokens, half open
	Strong      bool
	Form        Form
	Verbs       []Verb
	Objects     []Phrase // coordinated objects, each with its complements
	With        []Phrase // counterparts
	About       []Phrase // subjects: "regarding …"
	Purpose     []Phrase // "to …", "for …", "in anticipation of …"
	Origin      []Phrase // of travel
	Destination []Phrase
	Inherited   bool // its verbs stand in the clause before it
	aspect      uint32
	noun        bool // led by a noun
	Same        bool // refers to what another clause named: "same", "thereof"
}

// Class returns the class of the clause's work: that of its last verb, since
// what comes before it prepares it ("prepare for and attend"). It is NoClass
// when the clause has no verb.
func (c *Clause) Class() Class {
	if len(c.Verbs) == 0 {
		return NoClass
	}
	return c.Verbs[len(c.Verbs)-1].Class
}

// Has reports whether one of the clause's verbs is of a class.
func (c *Clause) Has(class Class) bool {
	for i := range c.Verbs {
		if c.Verbs[i].Class == class {
			return true
		}
	}
	return false
}

// Began reports whether the clause's work is said by way of a verb of no content:
// "left message" by way of "leave", "attempted call" by way of "attempt".
func (c *Clause) Began(stem uint32) bool { return c.aspect == stem }

// Verb is a verb of a clause.
type Verb struct {
	From, To int // bytes of the source
	Class    Class
	Stem     uint32
	*Word
}

// Phrase is a noun phrase with its modifiers.
type Phrase struct {
	From, To    int // bytes of the source
	First, Last int // tokens, half open
	Head        int // token of the head noun; -1 when there is none
	Kinds       Kind
	HeadKinds   Kind
	Detail      Detail
}

// Form is the grammatical form of a clause's leading verb.
type Form uint8

// The forms.
const (
	NoForm     Form = iota
	BaseForm        // "Review"
	PastForm        // "Reviewed"
	GerundForm      // "Reviewing"
	NounForm        // "Review of", "Telephone conference with"
)

// Class is what kind of work a verb says.
type Class uint8

// The classes of verbs. Other is any verb that no class wants.
const (
	NoClass     Class = iota
	Other             // "execute", "settle"
	Draft             // "draft", "revise", "prepare"
	Review            // "review", "read"
	Analyze           // "analyze", "evaluate", "consider"
	Research          // "research"
	Communicate       // "email", "call", "correspond": with or to someone
	Confer            // "confer", "meet": talk between several
	Appear            // "attend", "argue", "depose"
	Ready             // "prepare for"
	Strategize        // "strategize", "brainstorm"
	Manage            // "work on", "attention to", "handle": says nothing of the work
	Supervise         // "supervise", "oversee", "delegate"
	Clerical          // "scan", "copy", "calendar"
	File              // "file", "serve": clerical where it is the whole of the work
	Organize          // "organize", "compile", "index": clerical or a paralegal's
	Gather            // "obtain", "locate", "identify"
	Travel            // "travel", "drive"
	Learn             // "familiarize", "learn": gets to know what one is paid for knowing
)

// Kind is a set of what nouns and phrases can be.
type Kind uint32

// The kinds of nouns.
const (
	Document    Kind = 1 << iota // "agreement", "memorandum"
	Filing                       // "complaint", "motion to compel"
	Message                      // "letter", "email", "call"
	Event                        // "hearing", "deposition"
	Person                       // "witness", "Mr. Rivera", "[name]"
	Party                        // "plaintiff", "client", "[company]"
	Inside                       // "associate", "team": of the firm
	Outside                      // "opposing counsel", "adjuster"
	Expert                       // "expert", "consultant", "investigator"
	Opponent                     // "plaintiff's", "opposing"
	Law                          // "case law", "statute", "Rule 23"
	Data                         // "data", "records"
	Abstract                     // "strategy", "approach", "next steps"
	Generic                      // "file", "matter", "issues", "documents"
	Phase                        // "discovery", "mediation": a stage of a case
	CaseFile                     // "file", "docket"
	Exhibit                      // "exhibits", "binder", "index": a paralegal's work
	Model                        // "damages model": an expert's work product
	Count                        // "damages", "assessment", "analysis": what is reckoned
	Anaphor                      // "same", "thereof"
	Travelling                   // "travel", "flight", "mileage"
	Placeholder                  // "[name]"
	Place                        // "courthouse", "office"
	Proper                       // a capitalised word inside a sentence
	Meeting                      // "conference", "meeting", "discussion"
	Schedule                     // "scheduling", "deadline", "calendar", "logistics"
	Approval                     // "approval", "authorization"
	Named                        // a document or event whose name says enough: "case management conference"
	Blank                        // "civil cover sheet", "summons": a paper that is filled in
	Carrier                      // "binder", "label": what holds papers together or marks them
	House                        // "conflict check", "pre-bill": the firm's own affairs
	Lesson                       // "up to speed", "webinar": what makes one know
)

// Detail says how much a word or phrase tells.
type Detail uint8

// The details, from telling nothing to telling which one.
const (
	Nothing  Detail = iota
	Vague           // "issues", "file", "various documents", the client's name
	Broad           // "discovery", "brief": a stage of a case or a sort of paper
	Concrete        // "complaint", "lease assignment", "meal periods"
	Exact           // a name, a date, a citation
)

// Word is what the lexicon says of a word or a phrase that acts as one.
type Word struct {
	Class   Class  // as a verb
	Nominal Class  // as a noun that leads a clause
	Forms   uint8  // bits 1<<Form in which it is a verb
	Task    bool   // as a verb it is a unit of work, not only a purpose: "draft", not "ensure"
	Weak    bool   // a verb whose form is more often a noun: "answer", "order"
	Aspect  bool   // "begin", "continue": the verb is what follows
	Adverb  bool   // may stand before a leading verb: "further", "brief"
	Kinds   Kind   // as a noun
	Detail  Detail // as a noun or adjective
	Func    Func
	Rel     Rel // which way a preposition leads
	noun    bool
	multi   bool   // of several words
	closed  bool   // "motion to compel": what follows is its complement
	base    uint32 // stem of the word's base form as a noun
	verb    uint32 // and as a verb
}

// Func is the grammatical function of a word that only joins.
type Func uint8

// The functions.
const (
	NoFunc      Func = iota
	Determiner       // "the", "all", "plaintiff's" is none
	Conjunction      // "and", "&", "then"
	Preposition
	Pronoun
	Infinitive // "to"
	Sequence   // "then", "thereafter", "followed by": what follows is another clause
	Auxiliary  // "was", "will"
	Relative   // "which", "that", "whether"
)

// Rel is where a preposition leads.
type Rel uint8

// The relations.
const (
	Within    Rel = iota // stays in the phrase: "of", "in"
	ToWith               // "with"
	ToAbout              // "regarding"
	ToFrom               // "from"
	ToTo                 // "to"
	ToFor                // "for"
	ToOn                 // "on": about, where people talk
	ToPurpose            // "in anticipation of"
	ToBy                 // "by", "per": who did or approved it
)
