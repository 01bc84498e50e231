package mail

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

// reading turns messages into observations. It is shared by the sources and
// safe for use by several goroutines.
type reading struct {
	source billing.SourceID
	own    map[string]bool // lower-case addresses of the timekeeper
	now    func() time.Time
	zone   *time.Location // the timekeeper's, for dates that name none

	threads *threads
	names   *names
	termKey []byte

	mu       sync.Mutex
	problems []capture.Unread
}

// maxProblems bounds what is remembered while the program runs.
const maxProblems = 100

func newReading(cfg capture.Config, now func() time.Time) *reading {
	r := &reading{source: cfg.ID, own: map[string]bool{}, now: now, zone: cmp.Or(cfg.Zone, time.UTC), threads: newThreads(keyOf(cfg)), names: newNames(), termKey: cfg.TermKey}
	for _, a := range cfg.Own {
		r.own[strings.ToLower(strings.TrimSpace(a))] = true
	}
	if user := strings.ToLower(cfg.User.Reveal()); strings.Contains(user, "@") {
		r.own[user] = true
	}
	return r
}

// keyOf returns the key of the hashes in cursors. Without a secret one they are
// only told apart by source, and a guess at a subject could be verified.
func keyOf(cfg capture.Config) []byte {
	if len(cfg.TermKey) > 0 {
		return cfg.TermKey
	}
	return []byte(cfg.ID)
}

// origin is what is known of a message from where it is kept.
type origin struct {
	stored time.Time // when the mailbox got it; zero when unknown
	sent   bool      // it is in a folder of sent mail
}

// observation returns what the message is evidence of: a point in time, since
// nobody saw how long writing or reading took.
func (r *reading) observation(m message, from origin) billing.Observation {
	h := m.header
	media := parseMediaType(h.get("content-type"))
	fallback := media.params["charset"]
	at, seen, known := h.sentAt(from.stored, r.zone)
	if !known {
		at = r.now().UTC()
		r.problem("a message says nowhere when it was sent; the time at which it was found stands for that")
	}
	if len(h) == 0 {
		r.problem("a message has no readable header; only the time of it could be kept")
	}
	from.sent = from.sent || h.shelf().sent
	authors := parseAddresses(h.get("from"), fallback)
	act := r.act(h, authors, from, fallback)
	o := billing.Observation{
		Source:    r.source,
		Revision:  "1",
		Kind:      act.kind,
		Span:      billing.Span{Start: at, End: at},
		Estimated: !seen,
		Subject:   billing.Privileged(decodeText(h.get("subject"), fallback)),
		With:      h.parties(r.own, fallback),
		Words:     m.words,
	}
	if act.passed {
		o.Words = 0 // another wrote them
	}
	for _, name := range m.attachments {
		o.Attachments = append(o.Attachments, billing.Privileged(name))
	}
	id := messageID(h.get("message-id"))
	o.ExternalID = string(o.Kind) + " <" + id + ">"
	if id == "" {
		o.ExternalID = string(o.Kind) + " #" + fingerprint(h, m.size)
	}
	o.Same = same(h, authors, id, o.Subject.Reveal(), fallback)
	if o.Ignored = cmp.Or(m.ignored(media, o.Kind), act.ignored); o.Ignored == "" {
		o.Doubt = cmp.Or(act.doubt, h.doubtful())
		o.Terms = terms(r.termKey, o.Subject.Reveal(), m.own)
		o.Quoted = quotedTerms(r.termKey, m.quoted, o.Terms)
		o.QuotedFrom = quotedAuthors(m.quoted, r.own)
	}
	h.mark(&o, authors)
	o.Thread = r.threads.join(letter{
		id: id, references: messageIDs(strings.Join(h.all("references"), " ")), answers: messageIDs(h.get("in-reply-to")),
		subject: o.Subject.Reveal(), at: at, with: o.With, passing: slices.Contains(unanswered, o.Ignored) || o.Bulk != "" && o.List == "",
	})
	return o
}

// problem notes, for the person, what went wrong with some message that was
// observed all the same. It never holds anything of the message.
func (r *reading) problem(what string) { r.tell(capture.Unread{What: what}) }

// leftOut notes what no observation came of.
func (r *reading) leftOut(what string) { r.tell(capture.Unread{What: what, LeftOut: true}) }

func (r *reading) tell(u capture.Unread) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.problems) < maxProblems {
		r.problems = append(r.problems, u)
	}
}

// Unread implements [capture.Teller].
func (r *reading) Unread() []capture.Unread {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]capture.Unread(nil), r.problems...)
}

// Problems returns what could not be read as it should be since the source was
// made, at most 100 lines, without anything privileged.
func (r *reading) Problems() []string {
	list := r.Unread()
	out := make([]string, len(list))
	for i, u := range list {
		out[i] = u.What
	}
	return out
}

// fingerprint names a message that has no Message-ID, by what does not change
// when it is moved.
func fingerprint(h header, size int64) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s\n%d", h.get("date"), h.get("from"), h.get("subject"), size))
	return hex.EncodeToString(sum[:16])
}

// messageID returns the first message id in s, without angle brackets, or "".
func messageID(s string) string {
	if ids := messageIDs(s); len(ids) > 0 {
		return ids[0]
	}
	return ""
}

// messageIDs returns the ids in a Message-ID, In-Reply-To or References field,
// without angle brackets. Old programs put phrases between them (RFC 5322
// section 4.5.4) and some leave the brackets out.
func messageIDs(s string) []string {
	var out []string
	s = tidy(rawText(s, ""))
	for rest := s; ; {
		_, after, ok := strings.Cut(rest, "<")
		if !ok {
			break
		}
		inner, after2, ok := strings.Cut(after, ">")
		if !ok {
			break
		}
		if id := strings.Join(strings.Fields(inner), ""); id != "" {
			out = append(out, id)
		}
		rest = after2
	}
	if len(out) > 0 {
		return out
	}
	for word := range strings.FieldsSeq(strings.NewReplacer(",", " ", "<", " ", ">", " ").Replace(s)) {
		if strings.Contains(word, "@") {
			out = append(out, word)
		}
	}
	return out
}
