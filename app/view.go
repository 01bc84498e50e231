package app

// The types of this file are what a window or a terminal shows. They carry
// strings, booleans and safe integers only: instants are RFC 3339 with the
// zone's offset, days YYYY-MM-DD, durations whole numbers with their unit in
// the name, amounts ready to print.

// DayView is all that the review shows of one day.
type DayView struct {
	Day     string `json:"day"`
	Zone    string `json:"zone"`     // IANA zone in which the day is counted
	Start   string `json:"start"`    // first instant of the day
	End     string `json:"end"`      // first instant of the next day
	PrevDay string `json:"prev_day"` // nearest earlier day with anything in it, "" when none
	NextDay string `json:"next_day"`
	Today   string `json:"today"`

	Summary     SummaryView       `json:"summary"`
	Observed    []ObservationView `json:"observed"`     // by start; ignored ones included
	Folded      []FoldedView      `json:"folded"`       // mail that many got, or a machine sent: not work, by sender
	Gaps        []GapView         `json:"gaps"`         // unexplained stretches between observed ones
	Needs       []DraftView       `json:"needs"`        // drafts that want a person: no matter, no minutes, or in doubt
	Ready       []MatterGroup     `json:"ready"`        // the other drafts, by matter
	Done        []DraftView       `json:"done"`         // approved, posted and discarded
	Matters     []MatterView      `json:"matters"`      // open matters, for choosing one
	CanUndo     string            `json:"can_undo"`     // what undo would take back, "" when nothing
	Sources     int               `json:"sources"`      // how many places are observed
	PausedUntil string            `json:"paused_until"` // when observing goes on: an instant, "resumed" when only the person says so; "" when not paused
	Posting     PostingSummary    `json:"posting"`
}

// SummaryView is the header that adds up: ObservedSeconds is exactly the sum of
// the four parts, and the parts' minutes sum to ObservedMinutes.
type SummaryView struct {
	ObservedSeconds    int64 `json:"observed_seconds"`
	BillableSeconds    int64 `json:"billable_seconds"`    // worked on drafts and entries with a billable matter
	NonBillableSeconds int64 `json:"nonbillable_seconds"` // worked, but not to be billed
	PrivateSeconds     int64 `json:"private_seconds"`     // the timekeeper's own
	UnexplainedSeconds int64 `json:"unexplained_seconds"` // gaps, and drafts without a matter

	ObservedMinutes    int64 `json:"observed_minutes"` // the same, in minutes that add up as shown
	BillableMinutes    int64 `json:"billable_minutes"`
	NonBillableMinutes int64 `json:"nonbillable_minutes"`
	PrivateMinutes     int64 `json:"private_minutes"`
	UnexplainedMinutes int64 `json:"unexplained_minutes"`

	DoubleBookedSeconds int64  `json:"double_booked_seconds"` // seconds owned twice; a fault when not 0
	BilledMinutes       int64  `json:"billed_minutes"`        // after rounding: what the day's entries bill
	Hours               string `json:"hours"`                 // the same: the sum of the hours shown
	Amount              string `json:"amount"`                // "$2,380.00", "$1,200.00 and €300.00"; "" when no rate is known
	ReadyCount          int    `json:"ready_count"`           // drafts that approving the day would freeze
	NeedsCount          int    `json:"needs_count"`
	ApprovedCount       int    `json:"approved_count"` // approved or posted
	FoldedCount         int    `json:"folded_count"`   // messages that are folded
}

// ObservationView is one observation.
type ObservationView struct {
	ID        string   `json:"id"`
	Source    string   `json:"source"`
	Kind      string   `json:"kind"`
	Start     string   `json:"start"`
	End       string   `json:"end"` // same as Start for a moment
	Estimated bool     `json:"estimated"`
	Subject   string   `json:"subject"`
	With      []string `json:"with"`             // addresses, or names where there is none
	Who       string   `json:"who,omitempty"`    // of mail: who wrote, or was written to first, by name where one is known
	WhoAt     string   `json:"who_at,omitempty"` // the same person as With has them
	Thread    string   `json:"thread"`
	Path      string   `json:"path"`

	Saves       int64    `json:"saves,omitempty"`
	Words       int64    `json:"words,omitempty"`
	Attachments []string `json:"attachments,omitempty"`
	AllDay      bool     `json:"all_day"`
	Status      string   `json:"status,omitempty"` // of a calendar event: confirmed, tentative, cancelled, declined
	Busy        bool     `json:"busy"`
	Private     bool     `json:"private,omitempty"`
	Ignored     string   `json:"ignored,omitempty"` // why it will never be time
	Doubt       string   `json:"doubt,omitempty"`   // what a person has to say before it is time
	Bulk        string   `json:"bulk,omitempty"`    // why it seems sent to many or by a machine; it may be work all the same
	Folded      string   `json:"folded,omitempty"`  // why it is folded: no work, until a person says so
	Draft       string   `json:"draft,omitempty"`   // the draft or entry that it is evidence of
}

// FoldedView is messages of one sender or list that are folded for one reason.
// They are among what was observed.
type FoldedView struct {
	Sender       string   `json:"sender"` // a name, an address, or a list's name
	Reason       string   `json:"reason"`
	Count        int      `json:"count"`
	Observations []string `json:"observations"` // ids, by start
}

// GapView is a stretch of the day that nothing explains.
type GapView struct {
	Start   string `json:"start"`
	End     string `json:"end"`
	Seconds int64  `json:"seconds"`
}

// DraftView is a draft or an entry.
type DraftView struct {
	ID            string          `json:"id"`
	Day           string          `json:"day"`
	Matter        string          `json:"matter"` // number, "" while nobody knows
	MatterName    string          `json:"matter_name"`
	Client        string          `json:"client"`
	Start         string          `json:"start"` // of its first second
	End           string          `json:"end"`   // of its last
	Spans         []SpanView      `json:"spans"` // the seconds it owns
	WorkedSeconds int64           `json:"worked_seconds"`
	BilledMinutes int64           `json:"billed_minutes"`
	Hours         string          `json:"hours"` // BilledMinutes as "1.2"; times Rate it is Amount
	Narrative     string          `json:"narrative"`
	Phrases       []PhraseView    `json:"phrases"`
	TaskCode      string          `json:"task_code"`
	ActivityCode  string          `json:"activity_code"`
	NonBillable   bool            `json:"nonbillable"`
	Private       bool            `json:"private"`
	Estimated     bool            `json:"estimated"`
	Stated        bool            `json:"stated"`     // the person said how long it took: nothing of it was measured
	Confidence    float64         `json:"confidence"` // 0 to 1
	Reasons       []string        `json:"reasons"`
	Candidates    []CandidateView `json:"candidates"`
	Evidence      []string        `json:"evidence"` // observation ids
	State         string          `json:"state"`    // drafted, approved, posted, discarded
	Accepted      bool            `json:"accepted"`
	Edited        bool            `json:"edited"`
	Needs         string          `json:"needs,omitempty"`     // what it wants of a person, "" when ready
	Asks          []AskView       `json:"asks"`                // what accepting it would answer
	AskedDay      string          `json:"asked_day,omitempty"` // the day that its note names, which taking that day moves it to; "" when none is asked about
	Overlap       *OverlapView    `json:"overlap,omitempty"`   // other work within a meeting, this draft being either, until a person says which reading holds
	Rate          string          `json:"rate"`                // "$350.00", "" when unknown
	Amount        string          `json:"amount"`
	Posting       string          `json:"posting,omitempty"`   // waiting, sending, unknown, posted, needs_you
	RemoteID      string          `json:"remote_id,omitempty"` // in the practice management system
	Message       string          `json:"message,omitempty"`   // why posting needs a person
	Row           *RowView        `json:"row,omitempty"`       // of mail without a matter: what its messages have in common
}

// RowView says what the messages of a draft without a matter have in common.
type RowView struct {
	By       string `json:"by"`    // conversation, person, organization, likely, other
	Title    string `json:"title"` // "mail with Ann Lee", "other mail"
	Messages int    `json:"messages"`
}

// AskView is a question that is open about a draft.
type AskView struct {
	About string `json:"about"` // time, words, work or day: what else than accepting answers it
	Text  string `json:"text"`
}

// OverlapView is other work that was seen within a meeting, and what the two
// readings of that time come to.
type OverlapView struct {
	Meeting         string       `json:"meeting"` // the meeting's draft
	Narrative       string       `json:"narrative"`
	Seconds         int64        `json:"seconds"`          // of other work within the meeting
	WorkedMinutes   int64        `json:"worked_minutes"`   // the meeting bills, when the work took its time
	AttendedMinutes int64        `json:"attended_minutes"` // the meeting bills, when the person attended all of it
	Work            []WithinView `json:"work"`
}

// WithinView is a draft whose work was within a meeting.
type WithinView struct {
	Draft           string `json:"draft"`
	Matter          string `json:"matter"` // number
	Narrative       string `json:"narrative"`
	Seconds         int64  `json:"seconds"` // within the meeting
	WorkedMinutes   int64  `json:"worked_minutes"`
	AttendedMinutes int64  `json:"attended_minutes"` // 0: nothing would be left of it
}

// SpanView is a half-open stretch of time.
type SpanView struct {
	Start string `json:"start"`
	End   string `json:"end"`
}

// PhraseView is a part of a narrative and the observations it rests on.
type PhraseView struct {
	Text     string   `json:"text"`
	Evidence []string `json:"evidence"`
}

// CandidateView is a matter that a draft may belong to.
type CandidateView struct {
	Matter     string   `json:"matter"`
	Name       string   `json:"name"`
	Confidence float64  `json:"confidence"`
	Reasons    []string `json:"reasons"`
}

// MatterGroup is the ready drafts of one matter.
type MatterGroup struct {
	Matter        MatterView  `json:"matter"`
	BilledMinutes int64       `json:"billed_minutes"`
	Hours         string      `json:"hours"` // the sum of the drafts' hours
	Amount        string      `json:"amount"`
	Drafts        []DraftView `json:"drafts"`
}

// MatterView is a matter.
type MatterView struct {
	Number   string   `json:"number"`
	Name     string   `json:"name"`
	Client   string   `json:"client"`
	Contacts []string `json:"contacts"` // addresses
	Keywords []string `json:"keywords"`
	Folder   string   `json:"folder"`
	Rate     string   `json:"rate"`
	Internal bool     `json:"internal"`
	Closed   bool     `json:"closed"`
}

// ApprovalView is exactly what approving would freeze, and after the approval
// what it froze.
type ApprovalView struct {
	Day           string        `json:"day"`
	Digest        string        `json:"digest"` // names this very list; give it back to approve no other
	Count         int           `json:"count"`
	BilledMinutes int64         `json:"billed_minutes"`
	Hours         string        `json:"hours"`  // the sum of the hours shown
	Amount        string        `json:"amount"` // by currency, "$1,200.00 and €300.00"
	Groups        []MatterGroup `json:"groups"`
	Left          int           `json:"left"`   // drafts of the day that stay behind
	Behind        []LeftView    `json:"behind"` // which, and why
}

// LeftView is a draft that stays behind when its day is approved.
type LeftView struct {
	Draft string `json:"draft"`
	Why   string `json:"why"`
}

// PostingSummary says how the outbox stands.
type PostingSummary struct {
	Connector string        `json:"connector"` // "" while no system is connected
	Waiting   int           `json:"waiting"`
	Unknown   int           `json:"unknown"`
	NeedsYou  int           `json:"needs_you"`
	Posted    int           `json:"posted"`
	Rows      []PostingView `json:"rows"` // those not posted, and the last posted ones
}

// PostingView is one approved entry on its way.
type PostingView struct {
	Entry     string `json:"entry"`
	Day       string `json:"day"`
	Matter    string `json:"matter"`
	Narrative string `json:"narrative"`
	Hours     string `json:"hours"`
	Estimated bool   `json:"estimated"`
	State     string `json:"state"` // waiting, sending, unknown, posted, needs_you
	Attempts  int64  `json:"attempts"`
	RemoteID  string `json:"remote_id"`
	Message   string `json:"message"`
	NextAt    string `json:"next_at,omitempty"`
	PostedAt  string `json:"posted_at,omitempty"`
}

// SourceView is a place that is observed.
type SourceView struct {
	ID    string `json:"id"`
	Kind  string `json:"kind"`
	Where string `json:"where"`
	User  string `json:"user"`
	Added string `json:"added"`
	State string `json:"state"`           // ok, waiting, failed, never run
	Error string `json:"error,omitempty"` // for the person
}

// TimerView is a timer as it stands.
type TimerView struct {
	ID         int64        `json:"id"`
	Label      string       `json:"label"`
	Matter     string       `json:"matter"` // number, "" when none was named
	MatterName string       `json:"matter_name"`
	State      string       `json:"state"` // running, paused, stopped, discarded
	Start      string       `json:"start"`
	Seconds    int64        `json:"seconds"`  // counted so far
	Segments   []SpanView   `json:"segments"` // when it ran; the end is "" while it runs
	Asleep     []AsleepView `json:"asleep"`   // what it left out, or counts because it was kept
}

// AsleepView is a stretch of a running timer in which the machine slept, was
// restarted, or had its clock set.
type AsleepView struct {
	Start   string `json:"start"`
	End     string `json:"end"`
	Seconds int64  `json:"seconds"`
	Reason  string `json:"reason"`   // asleep, restart, clock, clock back
	Kept    bool   `json:"kept"`     // counted after all
	CanKeep bool   `json:"can_keep"` // and could be
	Says    string `json:"says"`     // for the person
}

// NoteView is a note that was taken.
type NoteView struct {
	Text    string `json:"text"`
	Day     string `json:"day"`
	Start   string `json:"start"`
	End     string `json:"end"`             // same as Start for a moment
	Seconds int64  `json:"seconds"`         // that were said, 0 when none were
	Draft   string `json:"draft"`           // the draft that it became
	Matter  string `json:"matter"`          // of the draft, "" while nobody knows
	Needs   string `json:"needs,omitempty"` // what the draft wants of a person
}

// NotePartView is one piece of work that a typed line tells of, as it was
// understood.
type NotePartView struct {
	Text          string   `json:"text"` // the words that tell of it
	Narrative     string   `json:"narrative"`
	WorkedSeconds int64    `json:"worked_seconds"` // 0 when it was not said how long
	Day           string   `json:"day"`
	Start         string   `json:"start"` // "" when no time of day was said
	End           string   `json:"end"`
	ActivityCode  string   `json:"activity_code"`
	Matter        string   `json:"matter"` // number, "" while nobody knows
	Estimated     bool     `json:"estimated"`
	Asks          []string `json:"asks"`                // questions for the person
	NamedDay      string   `json:"named_day,omitempty"` // the day that the words name, where it is another; the draft asks for it
	Draft         string   `json:"draft"`               // that it became, "" while it is only being typed
	Needs         string   `json:"needs"`               // what that draft wants of a person, "" when nothing
}

// DayFindings is what the guidelines say of a day's drafts and entries.
type DayFindings struct {
	Findings   []DraftFinding    `json:"findings"`   // by draft, then by place in its narrative
	Guidelines []GuidelineInView `json:"guidelines"` // what is checked against
	Problems   []string          `json:"problems"`   // guidelines that could not be used, and why
}

// DraftFinding is one thing wrong with a draft, as the review shows it.
type DraftFinding struct {
	Draft     string    `json:"draft"`
	Guideline string    `json:"guideline"`
	Rule      string    `json:"rule"`
	Place     int       `json:"place"`    // with the guideline and the rule it names the finding, for mending it
	Severity  string    `json:"severity"` // error, warning or note
	From      int       `json:"from"`     // where in the narrative, in UTF-16 code units, as a page counts
	To        int       `json:"to"`       // same as From when it is not about the text
	Message   string    `json:"message"`
	Clause    string    `json:"clause"`
	Also      []string  `json:"also"`     // clauses that the same breaks
	Question  string    `json:"question"` // what only the person can answer, "" when nothing
	Fix       *DraftFix `json:"fix,omitempty"`
}

// DraftFix is an edit that mends a finding. It never changes how much time
// there is.
type DraftFix struct {
	Kind  string         `json:"kind"` // text, split, non-billable or code
	Label string         `json:"label"`
	Parts []DraftFixPart `json:"parts"` // the drafts that it leaves, when it changes the narrative
}

// DraftFixPart is a draft that a fix leaves.
type DraftFixPart struct {
	Narrative string `json:"narrative"`
	Minutes   int64  `json:"minutes"`
	Estimated bool   `json:"estimated"` // its share was divided, not known
	// this part alone is moved to non-billable time
	NonBillable bool       `json:"nonbillable"`
	Pieces      []FixPiece `json:"pieces"` // how the narrative differs from the draft's
}

// FixPiece is a run of words that both narratives have (same), only the draft's
// (gone) or only the mended one (new).
type FixPiece struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

// GuidelineInView is a guideline that drafts are checked against.
type GuidelineInView struct {
	Title   string   `json:"title"`
	Clients []string `json:"clients"` // for whose work it holds; for all when there are neither
	Matters []string `json:"matters"` // numbers
	From    string   `json:"from"`    // first work date, "" when always
	Until   string   `json:"until"`
}
