// Package guideline checks time entries against layered rules: the firm's, the
// client's outside counsel guidelines, the court's.
//
// Rules are data, one TOML file a guideline; checks are code, and a rule names
// the check that it wants with its parameters. Every finding says what is wrong
// and where, cites the clause that it breaks, and carries the mended text where
// that follows from what is known. It must not know where entries come from,
// and it never invents a fact: what the evidence lacks becomes a question.
package guideline

import "github.com/tenths/tenths/billing"

// Severity says how bad a finding is.
type Severity string

// The severities. A reviewer stops at errors and warnings; notes are only shown.
const (
	Error   Severity = "error"   // this will be cut, or must not go out
	Warning Severity = "warning" // this is likely to be cut
	Note    Severity = "note"    // worth a look
)

// Guideline is a set of rules from one source, in force for a while, for some
// clients or matters or for all.
type Guideline struct {
	ID      string // "us-trustee"
	Title   string
	Source  string      // the document that the rules are taken from
	From    billing.Day // first work date it holds for; zero: always did
	Until   billing.Day // last work date it holds for; zero: still does
	Clients []string    // names; with Matters empty: every client
	Matters []string    // numbers
	Builtin bool        // shipped with the program
	Rules   []Rule

	// Optional is for a shipped guideline that holds only where another one
	// includes it: not every client is a debtor in bankruptcy.
	Optional bool
	// Include names guidelines whose rules hold wherever this one does, with
	// their own clauses.
	Include []string
	// Off are rules of wider guidelines that do not hold where this one does: a
	// client's or matter's may switch off any, one for all work only shipped ones.
	Off []Exception
}

// Exception switches a rule off for the clients or matters of the guideline
// that holds it.
type Exception struct {
	Rule   string // "block-billing", or "general/block-billing" for that of one guideline
	Reason string // why, for whoever wonders later
	Line   int
}

// Rule is one demand of a guideline.
type Rule struct {
	ID       string // unique within its guideline, "block-billing"
	Check    string // the check that tests it, see [Checks]
	Clause   string // where the source says so, "28 CFR 58 App. A (b)(4)(v)"
	Quote    string // the source's words, short; may be empty
	Severity Severity
	Params   Params // the check's parameters
	Line     int    // in the guideline's file, from 1

	prepared any // what the check's prepare made of Params
}

// Entry is a time entry as the checks see it.
type Entry struct {
	ID         string
	Date       billing.Day // work date
	Timekeeper billing.Privileged
	Level      Level // what kind of timekeeper
	Bill       string
	Client     billing.Privileged
	Matter     string        // number
	Minutes    int64         // as billed
	Rest       int64         // seconds that Minutes is short of what a file says, negative where it is long
	Rate       billing.Money // per hour, zero when not known
	Narrative  billing.Privileged

	TaskCode     string
	ActivityCode string
	NonBillable  bool
	Spans        []billing.Span // when the work was, where that is known
	Entered      billing.Day    // when the entry was made, zero when not known

	Facts Facts
}

// Facts are what the evidence of an entry shows, for mending its narrative.
type Facts struct {
	Known     bool     // there is evidence; without, facts are unknown rather than absent
	With      []string // counterparts as a narrative names them: "opposing counsel"
	Topics    []string // what it was about: "deposition schedule"
	Documents []string // titles: "motion to compel (v3)"
}

// Level is a kind of timekeeper, from the lowest to the highest rate.
type Level int

// The levels.
const (
	LevelUnknown Level = iota
	LevelStaff         // secretary, clerk, docketing
	LevelParalegal
	LevelAssociate
	LevelCounsel
	LevelPartner
)

// Setting is what the checks know besides the entries.
type Setting struct {
	Today billing.Day
	// Parties are the names that belong to each matter, by number: an entry
	// that names another matter's party may be filed wrongly or tell a secret.
	Parties map[string][]string
	// Codes are the task and activity codes in force; empty: any.
	Codes map[string]bool
	// Lacks are the columns that the entries come without: what needs one of
	// them is left alone rather than found missing in every entry.
	Lacks map[Column]bool
	// Usual is how long work of each kind took before, see [UsualOf].
	Usual map[string]Usual

	names nameIndex // of Parties, made once by [New]
}

// Finding is one thing wrong with an entry.
type Finding struct {
	Entry     string   // its id
	Others    []string // ids of the other entries it is wrong together with
	Guideline string
	Rule      string
	Check     string
	Severity  Severity
	Clause    string   // of the guideline's source, with its title
	Also      []string // clauses of other guidelines that the same breaks
	Message   string   // for the person: what is wrong and what to do
	From, To  int      // bytes of the narrative, From == To when it is not about its text
	Fix       *Fix
	Question  string // what only the person can answer, where a fix needs it
}

// FixKind says what a fix changes.
type FixKind string

// The kinds of fix. None changes how much time there is.
const (
	FixText        FixKind = "text"         // another narrative
	FixSplit       FixKind = "split"        // several entries whose minutes sum to this one's
	FixNonBillable FixKind = "non-billable" // move the time to non-billable
	FixCode        FixKind = "code"         // another task or activity code
)

// Fix is a typed edit that one key applies.
type Fix struct {
	Kind         FixKind
	Label        string // "Split into two entries"
	Parts        []Part // the entry afterwards; one unless it is split
	NonBillable  bool
	TaskCode     string
	ActivityCode string
}

// Part is an entry that a fix leaves.
type Part struct {
	Narrative billing.Privileged
	Minutes   int64 // parts sum to the entry's minutes
	Estimated bool  // the share of this part was divided, not known

	NonBillable bool // this part alone is moved to non-billable time
}
