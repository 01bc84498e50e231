package mail

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// detail is how much of a message is asked for.
type detail int

const (
	everythingOf  detail = iota
	withoutParts         // for a message whose structure the server cannot tell
	withoutHeader        // size and date alone
)

// headerFields are what an observation rests on.
var headerFields = []string{
	"Date", "From", "To", "Cc", "Bcc", "Subject", "Message-ID", "In-Reply-To", "References", "Received",
	"Content-Type", "List-Id", "Precedence", "Auto-Submitted",
}

func (d detail) options() *imap.FetchOptions {
	o := &imap.FetchOptions{UID: true, Flags: true, InternalDate: true, RFC822Size: true}
	if d < withoutParts {
		o.BodyStructure = &imap.FetchItemBodyStructure{Extended: true}
	}
	if d < withoutHeader {
		o.BodySection = []*imap.FetchItemBodySection{{Specifier: imap.PartSpecifierHeader, HeaderFields: headerFields, Peek: true}}
	}
	return o
}

// fetched is a message as the server tells of it.
type fetched struct {
	message
	stored time.Time
}

// part is what came of asking for some of a folder's messages.
type part struct {
	uids    []imap.UID
	buffers []*imapclient.FetchMessageBuffer
	err     error // the last part has it, if any
}

// parts asks for the messages some at a time, and for the next ones while the
// caller works on the last: so the server does not wait for us, nor we for it.
// Meanwhile the session is not the caller's to use.
func (v *visit) parts(ctx context.Context, box string, uids []imap.UID) iter.Seq[part] {
	return func(yield func(part) bool) {
		var last part
		for batch := range slices.Chunk(uids, v.source.settings.batch) {
			coming := make(chan part, 1)
			go func() {
				buffers, err := v.fetch(ctx, box, batch, everythingOf)
				coming <- part{batch, buffers, err}
			}()
			more := last.uids == nil || yield(last)
			last = <-coming
			if !more {
				return
			}
			if last.err != nil {
				break
			}
		}
		if last.uids != nil {
			yield(last)
		}
	}
}

// fetch asks for the messages; those that are gone are left out.
//
// One message that the server or the client library cannot cope with makes the
// whole answer unreadable. When a server that is well does that, the messages
// are asked for in halves, and the one that is left with less detail: it is
// known less of, but not lost, and keeps no other from being seen.
func (v *visit) fetch(ctx context.Context, box string, uids []imap.UID, d detail) ([]*imapclient.FetchMessageBuffer, error) {
	buffers, err := v.ask(uids, d)
	if err == nil {
		return buffers, nil
	}
	if ctx.Err() != nil || errors.Is(err, errSilent) || d == withoutHeader {
		return nil, unreachable(wire(err))
	}
	if v.reopen(ctx, box) != nil {
		return nil, unreachable(wire(err))
	}
	if len(uids) == 1 {
		v.source.problem("the server's account of a message could not be read; less is known of it")
		return v.fetch(ctx, box, uids, d+1)
	}
	half := len(uids) / 2
	first, err := v.fetch(ctx, box, uids[:half], d)
	if err != nil {
		return nil, err
	}
	second, err := v.fetch(ctx, box, uids[half:], d)
	return append(first, second...), err
}

func (v *visit) ask(uids []imap.UID, d detail) (buffers []*imapclient.FetchMessageBuffer, err error) {
	err = v.session.within(4*v.session.timeout, func() (err error) {
		buffers, err = v.session.client.Fetch(imap.UIDSetNum(uids...), d.options()).Collect()
		return err
	})
	return buffers, err
}

// understand returns the messages, in order, without drafts.
func (v *visit) understand(buffers []*imapclient.FetchMessageBuffer) []fetched {
	slices.SortFunc(buffers, func(a, b *imapclient.FetchMessageBuffer) int { return int(a.UID) - int(b.UID) })
	var out []fetched
	for _, b := range buffers {
		if b.UID == 0 || slices.Contains(b.Flags, imap.FlagDraft) || b.InternalDate.Before(v.source.settings.since) && !b.InternalDate.IsZero() {
			continue // news of flags, a draft, or older than asked for
		}
		f := fetched{stored: b.InternalDate}
		for _, section := range b.BodySection {
			f.header = parseHeader(section.Bytes)
		}
		f.size = b.RFC822Size
		if b.BodyStructure != nil {
			f.outline(b.BodyStructure)
		}
		out = append(out, f)
	}
	return out
}

// Octets of text that make a word, with the space after it; HTML is mostly not
// text.
const (
	octetsPerWord     = 6
	octetsPerHTMLWord = 30
)

// outline takes words, attachments and invitations from a message's structure.
func (m *message) outline(structure imap.BodyStructure) {
	var plain, html int64
	visitParts(structure, &enclosing{}, func(part *imap.BodyStructureSinglePart, l leaf, in *enclosing) {
		if l.beside(in) {
			m.beside++
		}
		octets := int64(part.Size)
		if strings.EqualFold(part.Encoding, "base64") {
			octets = octets * 3 / 4
		}
		switch {
		case l.calendar() && invites(l.kind.params["method"]):
			m.invitation = true
		case l.text() && l.kind.value == "text/plain":
			plain += octets
		case l.text():
			html += octets
		default:
			if name, ok := l.attachment(); ok {
				m.attachments = append(m.attachments, name)
			}
		}
	})
	m.words = plain / octetsPerWord
	if plain == 0 {
		m.words = html / octetsPerHTMLWord
	}
}

// visitParts calls f for each part without parts of its own.
func visitParts(structure imap.BodyStructure, in *enclosing, f func(*imap.BodyStructureSinglePart, leaf, *enclosing)) {
	in.parts++
	switch part := structure.(type) {
	case *imap.BodyStructureMultiPart:
		inside := in.enter(strings.ToLower(part.Subtype))
		for _, child := range part.Children {
			visitParts(child, inside, f)
		}
	case *imap.BodyStructureSinglePart:
		f(part, leafOf(part, in.kind), in)
	}
}

func leafOf(part *imap.BodyStructureSinglePart, within string) leaf {
	l := leaf{
		kind:    mediaType{part.MediaType(), joinContinuations(lowerKeys(part.Params))},
		id:      part.ID,
		related: within == "related",
	}
	if d := part.Disposition(); d != nil {
		l.disposition = mediaType{strings.ToLower(d.Value), joinContinuations(lowerKeys(d.Params))}
	}
	if part.MessageRFC822 != nil && part.MessageRFC822.Envelope != nil {
		l.fallback = decodeText(part.MessageRFC822.Envelope.Subject, "")
	}
	return l
}

func lowerKeys(params map[string]string) map[string]string {
	out := make(map[string]string, len(params))
	for name, value := range params {
		out[strings.ToLower(name)] = value
	}
	return out
}
