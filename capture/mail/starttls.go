package mail

import (
	"bytes"
	"fmt"
	"io"
	"net"

	"github.com/emersion/go-imap/v2"
)

// askForTLS waits for a server's greeting and has it change to TLS (RFC 9051
// section 6.2.1), so that the handshake can begin. It reads no byte beyond the
// answer: whatever someone on the way put after it is taken for the handshake,
// and breaks it, rather than for something that the server said under TLS.
//
// A refusal is an [*imap.Error]. So is a greeting that leaves no room for TLS.
func askForTLS(conn net.Conn) error {
	const tag = "S1"
	var in oneByOne
	greeting, err := in.line(conn)
	if err != nil {
		return err
	}
	if status := statusIn(greeting, "*"); status != imap.StatusResponseTypeOK {
		var said mender
		said.untagged(greeting)
		return &imap.Error{Type: status, Code: said.last.Code, Text: said.last.Text} // BYE, or PREAUTH (RFC 9051 section 11.1)
	}
	if _, err := fmt.Fprintf(conn, "%s STARTTLS\r\n", tag); err != nil {
		return err
	}
	for range 100 {
		line, err := in.line(conn)
		if err != nil {
			return err
		}
		switch status := statusIn(line, tag); {
		case status == imap.StatusResponseTypeOK:
			return nil
		case status != "":
			return &imap.Error{Type: status}
		case statusIn(line, "*") == imap.StatusResponseTypeBye:
			return &imap.Error{Type: imap.StatusResponseTypeBye}
		}
	}
	return errAnswer
}

// statusIn returns the status in a line with the tag, "" in others.
func statusIn(line []byte, tag string) imap.StatusResponseType {
	s := &scan{b: line}
	if string(s.word("")) != tag {
		return ""
	}
	s.blanks()
	return imap.StatusResponseType(bytes.ToUpper(s.word("[")))
}

// oneByOne reads lines without reading ahead.
type oneByOne struct{ buf []byte }

// line returns the next line without its end, good until the next call.
func (o *oneByOne) line(r io.Reader) ([]byte, error) {
	var b [1]byte
	for o.buf = o.buf[:0]; len(o.buf) < 8<<10; o.buf = append(o.buf, b[0]) {
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return nil, err
		}
		if b[0] == '\n' {
			return bytes.TrimSuffix(o.buf, []byte("\r")), nil
		}
	}
	return nil, errTooMuch
}
