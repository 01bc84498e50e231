package billing

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"
)

// ObservationKind says what was seen.
type ObservationKind string

// The kinds of observation.
const (
	KindMeeting      ObservationKind = "meeting"       // a calendar event; scheduled, not proof of attendance
	KindMailSent     ObservationKind = "mail_sent"     // a message the timekeeper sent
	KindMailReceived ObservationKind = "mail_received" // a message the timekeeper got
	KindEdit         ObservationKind = "edit"          // a document was edited: from first sign of it to the last save
	KindReview       ObservationKind = "review"        // a document was open and never saved
	KindExport       ObservationKind = "export"        // a document was exported, as to PDF
	KindTimer        ObservationKind = "timer"         // a timer ran
	KindNote         ObservationKind = "note"          // the timekeeper said what a stretch of time was
	KindResearch     ObservationKind = "research"      // pages of a legal database were open in a browser
)

// Observation is one piece of evidence of work: what a source saw, when, and
// with whom. It is append-only: when its origin changes, a new revision of it
// is recorded under the same external id and the latest recorded one counts.
type Observation struct {
	ID ObservationID // allotted by the store

	Source     SourceID
	ExternalID string // names the event within its source, for good
	Revision   string // differs whenever the content differs
	Removed    bool   // the origin took it back: a tombstone, never time

	Kind      ObservationKind
	Span      Span   // UTC instants; a point when only a moment is known
	Zone      string // IANA zone in which it happened, "" when unknown
	Estimated bool   // Span was worked out, not seen

	Subject     Privileged   // the meeting's title, the message's subject, the document's name
	With        []Party      // the others: never the timekeeper
	Thread      string       // what joins messages of one conversation
	Path        Privileged   // a document's path
	Words       int64        // words written or to read, 0 when unknown
	Attachments []Privileged // names
	Saves       int64        // saves seen in an edit session
	// Terms are keyed hashes of the most telling words of the subject and of
	// what the author wrote, sorted, at most 256; for learning alone.
	Terms []uint32
	// Quoted are hashes, like Terms, of the words of the earlier messages that a
	// message holds, without those in Terms; QuotedFrom are their authors, at
	// most four. For learning alone.
	Quoted     []uint32
	QuotedFrom []Party

	AllDay bool   // a calendar event without hours
	Status string // a calendar event's: confirmed, tentative, cancelled, declined
	Free   bool   // the calendar shows the time as free (transparent)
	// Ignored says why this will never be time ("cancelled", "declined",
	// "all day", "shown as free", "private", "an invitation"); empty when it may be.
	Ignored string
	Private bool // marked private or confidential by its owner
	// Doubt says why a person has to say what this was before it is time, in
	// words for them ("sent by Sam Secretary in your name"); empty when nothing
	// is in doubt. What certainly is not the timekeeper's work is Ignored.
	Doubt string
	// Bulk says why a message that was received seems sent to many or by a
	// machine, in words for the person ("from a mailing list"); empty otherwise.
	// It may be work all the same. List names the list, if it came over one.
	Bulk string
	List Privileged
	// Same names the event itself, in whatever source it is seen, see [SameAs];
	// empty when it has no name of its own. Observations with one Same are one
	// event, of which one counts.
	Same string
	Copy Copy // of a calendar event: which of its copies counts

	RecordedAt time.Time // when Tenths stored it, set by the store
}

// Copy tells the copies of one calendar event apart (RFC 5545 section 3.8.4.7):
// the higher Sequence counts, then the later Stamp, then the one that the
// timekeeper answered.
type Copy struct {
	Sequence int64     // SEQUENCE
	Stamp    time.Time // LAST-MODIFIED, else DTSTAMP; zero when neither is known
	Answer   string    // the timekeeper's own: "accepted", "declined", "tentative", or "" for none
}

// SameAs returns the [Observation.Same] of an event that is named by parts: a
// hash, so that nothing can be read in it.
func SameAs(parts ...string) string {
	b := make([]byte, 0, 128)
	for _, p := range parts {
		b = append(append(strconv.AppendInt(b, int64(len(p)), 10), ' '), p...)
		b = append(b, '\n')
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}

// PartyRole says how someone took part.
type PartyRole string

// The party roles.
const (
	RoleFrom      PartyRole = "from"
	RoleTo        PartyRole = "to"
	RoleCc        PartyRole = "cc"
	RoleOrganizer PartyRole = "organizer"
	RoleAttendee  PartyRole = "attendee"
)

// Party is someone who took part in what was observed.
type Party struct {
	Name    Privileged `json:"name,omitempty"`
	Address Privileged `json:"address,omitempty"` // lower-case mail address
	Role    PartyRole  `json:"role,omitempty"`
}

// Label returns the address of p or, without one, the name.
func (p Party) Label() string {
	if p.Address != "" {
		return string(p.Address)
	}
	return string(p.Name)
}

// SourceKind names a kind of source, as typed after "tenths source add".
type SourceKind string

// The kinds of source.
const (
	SourceCalendar SourceKind = "calendar"
	SourceIMAP     SourceKind = "imap"
	SourceMaildir  SourceKind = "maildir"
	SourceMbox     SourceKind = "mbox"
	SourceFolder   SourceKind = "folder"
	SourceResearch SourceKind = "research"
	SourceCalDAV   SourceKind = "caldav"
	SourceNotes    SourceKind = "notes" // what the timekeeper typed; always there
)

// SourceConfig is a place that is observed.
type SourceConfig struct {
	ID    SourceID
	Kind  SourceKind
	Where Privileged // path or URL, without any secret
	User  Privileged // account name; also one of the timekeeper's addresses when it is one
	Added time.Time
}
