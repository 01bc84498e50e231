package sample

import (
	"fmt"
	"path"
	"strings"
	"time"
)

// thread is a conversation: its first message and the answers, in order.
type thread struct {
	slug     string // names it for good
	subject  string
	listID   string // set for mail from a list
	fields   string // further header fields, as "Name: value" lines
	messages []message
}

// message is one of a thread's.
type message struct {
	day      int    // working days from the day to look at
	at       string // New York time
	from     person
	to, cc   []person
	text     string // what is new in it; the rest is added
	attach   string // path of a document
	invite   string // slug of the event it invites to
	html     bool   // has an HTML alternative
	unread   bool
	flagged  bool
	unquoted bool // an answer that quotes nothing
}

// letter is a message ready to be put into a folder.
type letter struct {
	message
	id      string // without angle brackets
	refs    []string
	subject string
	listID  string
	fields  string
	sent    time.Time
	body    string // plain text, lines ended by \n
	replied bool   // the timekeeper answered it
	parts   []attachment
}

// attachment is a file or an invitation carried by a letter.
type attachment struct {
	name, contentType string
	data              []byte
	inline            bool // an alternative to the text rather than a file
}

func people(p ...person) []person { return p }

// composeMail writes out every thread.
func composeMail(w week, l *library) []letter {
	var all []letter
	for _, group := range [][]thread{litigationMail, disputeMail, officeMail, strayMail} {
		for _, t := range group {
			all = append(all, compose(w, l, t)...)
		}
	}
	return all
}

// compose writes out one thread: identifiers, quotations, signatures.
func compose(w week, l *library, t thread) []letter {
	var out []letter
	for i, m := range t.messages {
		sent := w.clock(m.day, m.at).Add(time.Duration(w.dice(55, t.slug, i)) * time.Second)
		_, domain, _ := strings.Cut(m.from.address, "@")
		c := letter{
			message: m, subject: w.text(t.subject), listID: t.listID, fields: t.fields, sent: sent,
			id: fmt.Sprintf("%s.%s.%d@%s", sent.UTC().Format("20060102150405"), t.slug, w.dice(1e6, t.slug, i, "id"), domain),
		}
		c.body = w.text(m.text) + signed(m.from)
		if i > 0 {
			prev := &out[i-1]
			c.refs = append(append(c.refs, prev.refs...), prev.id)
			c.subject = "Re: " + c.subject
			if !m.unquoted {
				c.body += "\n" + quoted(w, *prev)
			}
			prev.replied = m.from == nora && prev.from != nora
		}
		if m.attach != "" {
			c.parts = append(c.parts, attachment{name: path.Base(m.attach), contentType: mediaType(m.attach), data: l.file(m.attach).data})
		}
		if m.invite != "" {
			c.parts = append(c.parts, attachment{
				contentType: `text/calendar; charset=utf-8; method=REQUEST`, data: invitationICS(w, eventNamed(m.invite)), inline: true,
			})
		}
		out = append(out, c)
	}
	return out
}

// signed returns the block under a message: the given name, then the lines of
// the signature after the separator that mail programs know (RFC 3676, 4.3).
func signed(p person) string {
	if p.signature == "" {
		return "\n" + p.name + "\n"
	}
	given, _, _ := strings.Cut(p.name, " ")
	if given == "Dr." {
		given = p.name
	}
	return "\n" + given + "\n\n-- \n" + p.name + "\n" + p.signature + "\n"
}

// quoted returns the letter as an answer to it quotes it, with what it quoted
// itself; anything older is left out, as people do.
func quoted(w week, c letter) string {
	var out strings.Builder
	fmt.Fprintf(&out, "On %s, %s wrote:\n", c.sent.In(w.loc).Format("Mon, Jan 2, 2006 at 3:04 PM"), c.from.plain())
	for line := range strings.Lines(c.body) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, ">>"), strings.HasPrefix(line, "> On ") && strings.HasSuffix(line, " wrote:"):
			continue
		case strings.HasPrefix(line, ">"):
			out.WriteString(">" + line + "\n")
		case line == "":
			out.WriteString(">\n")
		default:
			out.WriteString("> " + line + "\n")
		}
	}
	return out.String()
}

// mediaType returns the media type for a document's name.
func mediaType(name string) string {
	return map[string]string{
		".pdf":  "application/pdf",
		".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		".odt":  "application/vnd.oasis.opendocument.text",
	}[path.Ext(name)]
}
