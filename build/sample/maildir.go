package sample

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"mime"
	"mime/quotedprintable"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// writeMaildir puts the letters into a Maildir at root: what was received into
// the inbox, what was sent into the Maildir++ folder .Sent.
func writeMaildir(root string, letters []letter) error {
	for _, folder := range []string{root, filepath.Join(root, ".Sent")} {
		for _, part := range []string{"cur", "new", "tmp"} {
			if err := os.MkdirAll(filepath.Join(folder, part), 0o700); err != nil {
				return fmt.Errorf("make mail folder: %w", err)
			}
		}
	}
	if err := writeFile(filepath.Join(root, ".Sent", "maildirfolder"), nil, time.Time{}); err != nil {
		return err
	}
	for i, c := range letters {
		if err := writeFile(filepath.Join(root, maildirPath(i, c)), c.render(), c.sent); err != nil {
			return err
		}
	}
	return nil
}

// infoSeparator stands between a message's name and its flags. Windows allows
// no colon in a file name; programs that keep a Maildir there use a semicolon.
func infoSeparator() string {
	if runtime.GOOS == "windows" {
		return ";"
	}
	return ":"
}

// maildirPath returns where the i-th letter goes, relative to the Maildir.
func maildirPath(i int, c letter) string {
	name := fmt.Sprintf("%d.M%06dP%d.whitfield", c.sent.Unix(), i, 2000+i)
	if c.unread {
		return filepath.Join("new", name)
	}
	flags := ""
	if c.flagged {
		flags += "F"
	}
	if c.replied {
		flags += "R"
	}
	name += infoSeparator() + "2," + flags + "S" // in ASCII order, as Maildir asks
	if c.from == nora {
		return filepath.Join(".Sent", "cur", name)
	}
	return filepath.Join("cur", name)
}

// render returns the letter as RFC 5322 and MIME text with CRLF line ends.
func (c letter) render() []byte {
	out := &mimeWriter{}
	if c.from != nora {
		out.header("Return-Path", "<"+c.from.address+">")
		out.header("Delivered-To", nora.address)
	}
	out.header("Date", c.sent.Format(time.RFC1123Z))
	out.header("From", c.from.full())
	out.header("To", addresses(c.to))
	if len(c.cc) > 0 {
		out.header("Cc", addresses(c.cc))
	}
	out.header("Subject", mime.QEncoding.Encode("utf-8", c.subject))
	out.header("Message-ID", "<"+c.id+">")
	if n := len(c.refs); n > 0 {
		out.header("In-Reply-To", "<"+c.refs[n-1]+">")
		out.header("References", "<"+strings.Join(c.refs, "> <")+">")
	}
	if c.listID != "" {
		out.header("List-Id", c.listID)
		out.header("List-Unsubscribe", "<mailto:"+c.from.address+"?subject=unsubscribe>")
		out.header("Precedence", "bulk")
	}
	for line := range strings.Lines(c.fields) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		out.header(name, value)
	}
	out.header("MIME-Version", "1.0")
	c.content(out)
	return out.Bytes()
}

// content writes the body: plain text, or parts around it.
func (c letter) content(out *mimeWriter) {
	inline := slices.ContainsFunc(c.parts, func(a attachment) bool { return a.inline })
	switch {
	case c.html || inline:
		out.multipart("alternative", c.id, func(next func()) {
			next()
			out.text("plain", c.body)
			if c.html {
				next()
				out.text("html", asHTML(c.body))
			}
			for _, a := range c.parts {
				next()
				out.attachment(a)
			}
		})
	case len(c.parts) > 0:
		out.multipart("mixed", c.id, func(next func()) {
			next()
			out.text("plain", c.body)
			for _, a := range c.parts {
				next()
				out.attachment(a)
			}
		})
	default:
		out.text("plain", c.body)
	}
}

// mimeWriter writes headers and parts. A Buffer takes every write.
type mimeWriter struct{ bytes.Buffer }

// header writes a header, folded before 78 characters where it has spaces
// (RFC 5322, 2.2.3).
func (w *mimeWriter) header(name, value string) {
	line := name + ":"
	for word := range strings.FieldsSeq(value) {
		if len(line)+1+len(word) > 78 && line != name+":" {
			w.WriteString(line + "\r\n")
			line = ""
		}
		line += " " + word
	}
	w.WriteString(line + "\r\n")
}

// text writes a text part's headers and body.
func (w *mimeWriter) text(subtype, body string) {
	w.header("Content-Type", "text/"+subtype+"; charset=utf-8")
	w.header("Content-Transfer-Encoding", "quoted-printable")
	w.WriteString("\r\n")
	q := quotedprintable.NewWriter(w)
	_, _ = q.Write([]byte(strings.ReplaceAll(body, "\n", "\r\n")))
	_ = q.Close()
	w.WriteString("\r\n")
}

// multipart writes parts with a boundary made from the message's own name; each
// starts when it calls next.
func (w *mimeWriter) multipart(subtype, id string, parts func(next func())) {
	boundary := "part." + strings.NewReplacer("@", ".").Replace(id)
	w.header("Content-Type", fmt.Sprintf("multipart/%s; boundary=%q", subtype, boundary))
	w.WriteString("\r\n")
	parts(func() { w.WriteString("--" + boundary + "\r\n") })
	w.WriteString("--" + boundary + "--\r\n")
}

// attachment writes a file or an inline alternative in base64.
func (w *mimeWriter) attachment(a attachment) {
	if a.inline {
		w.header("Content-Type", a.contentType)
	} else {
		w.header("Content-Type", fmt.Sprintf("%s; name=%q", a.contentType, a.name))
		w.header("Content-Disposition", fmt.Sprintf("attachment; filename=%q", a.name))
	}
	w.header("Content-Transfer-Encoding", "base64")
	w.WriteString("\r\n")
	for rest := base64.StdEncoding.EncodeToString(a.data); rest != ""; {
		n := min(76, len(rest))
		w.WriteString(rest[:n] + "\r\n")
		rest = rest[n:]
	}
}

// addresses returns the people as in a To header.
func addresses(list []person) string {
	all := make([]string, len(list))
	for i, p := range list {
		all[i] = p.full()
	}
	return strings.Join(all, ", ")
}

// asHTML returns plain text as a page, a paragraph for each.
func asHTML(text string) string {
	var out strings.Builder
	out.WriteString("<!DOCTYPE html>\n<html><body>\n")
	for paragraph := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		out.WriteString("<p>" + strings.ReplaceAll(html.EscapeString(paragraph), "\n", "<br>\n") + "</p>\n")
	}
	out.WriteString("</body></html>\n")
	return out.String()
}
