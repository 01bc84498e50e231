package mail

import (
	"bytes"
	"strings"
)

// Octets of text that make a word, with the space after it; HTML is mostly not
// text.
const (
	octetsPerWord     = 6
	octetsPerHTMLWord = 30
)

// outline takes words, attachments and invitations from a message's
// BODYSTRUCTURE, which is the i-th value of a.
func (m *message) outline(a *answer, i int) error {
	var o outliner
	if a.values[i].kind != isNil {
		if err := o.part(a, i, &enclosing{}); err != nil {
			return err
		}
	}
	m.words, m.beside, m.invitation, m.attachments, m.report = o.plain/octetsPerWord, o.beside, o.invitation, o.attachments, o.report
	if o.plain == 0 {
		m.words = o.html / octetsPerHTMLWord
	}
	return nil
}

// outliner sums up the parts of a message.
type outliner struct {
	message
	plain, html int64
}

// part adds the part that the i-th value is, and the parts in it (RFC 9051
// section 7.5.2, "body").
func (o *outliner) part(a *answer, i int, in *enclosing) error {
	if a.values[i].kind != isList || a.values[i].next == i+1 {
		return errAnswer
	}
	in.parts++
	if a.values[i+1].kind != isList {
		return o.single(a, i, in)
	}
	at, end := i+1, a.values[i].next
	for at < end && a.values[at].kind == isList {
		at = a.values[at].next
	}
	if at == end { // it has no subtype
		return errAnswer
	}
	inside := in.enter(strings.ToLower(a.values[at].string()))
	for child := i + 1; child < at; child = a.values[child].next {
		if err := o.part(a, child, inside); err != nil {
			return err
		}
	}
	return nil
}

// The fields of a part without parts of its own, in their order.
const (
	partType = iota
	partSubtype
	partParams
	partID
	partDescription
	partEncoding
	partOctets
	partMore // lines, an attached message, a checksum, a disposition…
)

// single adds a part without parts of its own.
func (o *outliner) single(a *answer, i int, in *enclosing) error {
	var f [partMore + 6]int
	n := a.children(i, f[:])
	if n < partMore || a.values[f[partType]].kind == isNil {
		return errAnswer
	}
	l := leaf{
		kind:    mediaType{strings.ToLower(a.values[f[partType]].string() + "/" + a.values[f[partSubtype]].string()), a.params(f[partParams])},
		id:      a.values[f[partID]].string(),
		related: in.kind == "related",
	}
	more := partMore
	switch { // servers are met that leave these out
	case strings.HasPrefix(l.kind.value, "text/") && n > more && a.values[f[more]].kind == isAtom:
		more++ // lines
	case (l.kind.value == "message/rfc822" || l.kind.value == "message/global") && n > more && a.values[f[more]].kind == isList:
		var envelope [2]int // date, subject
		if a.children(f[more], envelope[:]) == len(envelope) {
			l.fallback = decodeText(a.values[envelope[1]].string(), "")
		}
		more += 3 // envelope, structure, lines
	}
	if more+1 < n { // after the checksum
		var disposition [2]int
		if a.children(f[more+1], disposition[:]) > 0 {
			l.disposition = mediaType{strings.ToLower(a.values[disposition[0]].string()), a.params(disposition[1])}
		}
	}
	octets := a.values[f[partOctets]].number()
	if bytes.EqualFold(a.values[f[partEncoding]].text, []byte("base64")) {
		octets = octets / 4 * 3
	}
	o.leaf(l, octets, in)
	return nil
}

// leaf adds a part of a known size.
func (o *outliner) leaf(l leaf, octets int64, in *enclosing) {
	if l.beside(in) {
		o.beside++
	}
	if reason := reportIn(l.kind.value, in); reason != "" {
		o.report = reason
	}
	switch {
	case l.calendar() && invites(l.kind.params["method"]):
		o.invitation = true
	case l.text() && l.kind.value == "text/plain":
		o.plain += octets
	case l.text():
		o.html += octets
	default:
		if name, ok := l.attachment(); ok {
			o.attachments = append(o.attachments, name)
		}
	}
}

// params returns the parameters in the list i, by lower-case name.
func (a *answer) params(i int) map[string]string {
	if i == 0 || a.values[i].kind != isList || a.values[i].next == i+1 {
		return nil
	}
	out := map[string]string{}
	for end, at := a.values[i].next, i+1; at < end; {
		text := a.values[at].next
		if name := strings.ToLower(a.values[at].string()); text < end && name != "" {
			out[name] = a.values[text].string()
		}
		if text >= end {
			break
		}
		at = a.values[text].next
	}
	return joinContinuations(out)
}
