package mail

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"time"
)

// splitter cuts an mbox into messages without holding more of one than a line.
type splitter struct {
	r      *bufio.Reader
	offset int64 // in the file, of the next byte to be read
	taken  int64 // up to where messages were accepted

	item    *mboxMessage
	blank   bool // the last line was empty, or there was none
	opened  bool // the last line was a "From " line between messages
	midLine bool
	begun   bool
}

// newSplitter returns a splitter over r, which starts at offset in the file and
// at the start of a message, or within one that has grown.
func newSplitter(r io.Reader, offset int64) *splitter {
	return &splitter{r: bufio.NewReaderSize(r, 64<<10), offset: offset, taken: offset, blank: true}
}

// next returns the next message, to be read to its end before it is called
// again, or [io.EOF]. Text before the first "From " line is passed over when the
// file was read from before, and is a message when it was not.
func (s *splitter) next() (*mboxMessage, error) {
	if s.item != nil && s.item.last {
		return nil, io.EOF
	}
	if !s.begun {
		s.begun = true
		if err := s.begin(); err != nil {
			return nil, err
		}
	} else {
		s.item = &mboxMessage{s: s, stored: s.item.following}
	}
	return s.item, nil
}

// begin finds the first message.
func (s *splitter) begin() error {
	resumed := s.offset > 0
	for {
		peek, err := s.r.Peek(1)
		if len(peek) == 0 {
			if !errors.Is(err, io.EOF) {
				return err
			}
			s.taken = s.offset // what followed the last message was part of it
			return io.EOF
		}
		if start, _ := s.r.Peek(len(fromLine)); s.separates() || s.offset == 0 && string(start) == fromLine {
			line, _, err := s.line()
			s.opened = true
			s.item = &mboxMessage{s: s, stored: separatorTime(line)}
			return ignoreEOF(err)
		}
		if empty := peek[0] == '\n' || peek[0] == '\r'; !resumed && !empty {
			s.item = &mboxMessage{s: s}
			return nil
		}
		_, _, err = s.line()
		if err := ignoreEOF(err); err != nil {
			return err
		}
	}
}

// accept says that the message just read was kept.
func (s *splitter) accept() { s.taken = s.item.end }

// line reads a line, or a piece of one that is too long.
func (s *splitter) line() (line []byte, whole bool, err error) {
	line, err = s.r.ReadSlice('\n')
	s.offset += int64(len(line))
	whole = !s.midLine
	s.midLine = errors.Is(err, bufio.ErrBufferFull)
	s.opened = false
	s.blank = whole && len(bytes.TrimRight(line, "\r\n")) == 0
	if s.midLine {
		err = nil
	}
	return line, whole, err
}

// separates reports whether what comes next is a "From " line between messages.
// That is told by what follows it, which is the header of a message; prose that
// begins with "From ", with a date in it too, is followed by something else. The
// less the line itself looks like an envelope, the surer the header must be. A
// second such line below the first belongs to it.
func (s *splitter) separates() bool {
	if s.midLine || s.opened {
		return false
	}
	if start, _ := s.r.Peek(len(fromLine)); string(start) != fromLine {
		return false
	}
	ahead, _ := s.r.Peek(lookAhead)
	line, rest := cutLine(ahead)
	words := bytes.Fields(line)
	addressed := len(words) > 1 && (string(words[1]) == "-" || bytes.IndexByte(words[1], '@') >= 0 || bytes.EqualFold(words[1], []byte("mailer-daemon")))
	sent := envelope.Match(line)
	below := topOf(rest, sent && addressed)
	switch {
	case sent && addressed && s.blank:
		return below.fields > 0
	case sent && addressed: // a message that is quoted within another may begin so, with less of a header
		return below.usual > 0 && (below.traced || below.dated)
	case sent, s.blank && (addressed || len(words) <= 2 || dateAtEnd.Match(line)): // "From " and "From dana@reed.example" too
		return below.whole && below.usual > 1 && below.traced
	}
	return false
}

const (
	fromLine  = "From "
	lookAhead = 4096 // of what follows a "From " line
)

// An envelope is a sender and a date, and nothing else; a sender may be missing.
// dateAtEnd is what programs write who think that a sender may have spaces.
var (
	separatorDate = regexp.MustCompile(`(?i)` + envelopeDate)
	envelope      = regexp.MustCompile(`(?i)^From +(\S+ +)?` + envelopeDate + `( +remote from \S+)?\s*$`)
	dateAtEnd     = regexp.MustCompile(`(?i) ` + envelopeDate + `\s*$`)
)

const envelopeDate = `((mon|tue|wed|thu|fri|sat|sun)\w*,? +)?([a-z]{3} +\d{1,2}( +\d{4})? +\d\d:\d\d(:\d\d)?( +[a-z]{1,5}| +[+-]\d{4})*( +\d{4})?|\d{1,2} +[a-z]{3},? +\d{4} +\d\d:\d\d(:\d\d)?)( +[+-]\d{4}| +[a-z]{1,5})?`

// top is what the lines below a "From " line are.
type top struct {
	fields int  // header fields
	usual  int  // those among them that mail has
	whole  bool // there is nothing else, up to an empty line or as far as is seen
	traced bool // one is of those that people do not copy when they quote a message
	dated  bool // one is the date, without which no message is sent
}

// topOf looks at the lines at the start of b, which may begin with a second
// "From " line; with one that is not quoted below a true one alone.
func topOf(b []byte, second bool) (t top) {
	for t.whole = true; len(b) > 0; {
		var line []byte
		var ended bool
		line, b, ended = bytes.Cut(b, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		name, ok := fieldName(string(line))
		switch {
		case len(line) == 0:
			return t
		case ok:
			name = lowerName(name)
			t.fields++
			if usualFields[name] || strings.HasPrefix(name, "x-") {
				t.usual++
			}
			t.traced = t.traced || tracing[name] || strings.HasPrefix(name, "x-")
			t.dated = t.dated || name == "date"
		case t.fields > 0 && (line[0] == ' ' || line[0] == '\t'):
		case t.fields == 0 && (quotedFrom(line) || second && bytes.HasPrefix(line, []byte(fromLine))):
		case !ended && len(b) == 0:
			return t // it goes on beyond what is seen
		default:
			t.whole = false
			return t
		}
	}
	return t
}

// Fields with which a message begins, and those among them that people leave out
// when they quote one.
var (
	tracing = wordSet("message-id received return-path mime-version delivered-to envelope-to dkim-signature status content-type content-transfer-encoding " +
		"authentication-results arc-seal received-spf references in-reply-to")
	usualFields = wordSet("from to cc bcc date subject sender reply-to resent-from resent-date resent-to list-id precedence user-agent importance " +
		"auto-submitted content-length lines organization thread-topic thread-index message-id received return-path mime-version delivered-to envelope-to " +
		"dkim-signature status content-type content-transfer-encoding authentication-results arc-seal received-spf references in-reply-to")
)

// separatorTime returns the time of delivery that a "From " line gives, which
// is in UTC (RFC 4155 appendix A), or zero.
func separatorTime(line []byte) time.Time {
	m, _ := parseDate(string(separatorDate.Find(line)), time.UTC)
	return m.at
}

func ignoreEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// mboxMessage reads one message of an mbox, unquoted.
type mboxMessage struct {
	s         *splitter
	stored    time.Time // from its "From " line
	following time.Time // from the next one's
	end       int64     // offset in the file of what follows the message
	last      bool      // it ended at the end of the file
	done      bool
	rest      []byte
	tail      [4]byte // the last bytes of it
}

// finished reports whether the message ends as a writer leaves it: with an
// empty line.
func (m *mboxMessage) finished() bool {
	return bytes.HasSuffix(m.tail[:], []byte("\n\n")) || bytes.HasSuffix(m.tail[:], []byte("\r\n\r\n"))
}

// Read implements [io.Reader].
func (m *mboxMessage) Read(p []byte) (int, error) {
	for len(m.rest) == 0 {
		if m.done {
			return 0, io.EOF
		}
		if err := m.advance(); err != nil {
			return 0, err
		}
	}
	n := copy(p, m.rest)
	m.rest = m.rest[n:]
	return n, nil
}

// advance reads the next line of the message, or finds its end.
func (m *mboxMessage) advance() error {
	if m.s.separates() {
		m.end, m.done = m.s.offset, true
		line, _, err := m.s.line()
		m.s.opened = true
		m.following = separatorTime(line)
		return ignoreEOF(err)
	}
	line, whole, err := m.s.line()
	if errors.Is(err, io.EOF) {
		m.end, m.done, m.last = m.s.offset, true, true
	} else if err != nil {
		return err
	}
	for _, c := range line {
		copy(m.tail[:], m.tail[1:])
		m.tail[3] = c
	}
	if whole && quotedFrom(line) {
		line = line[1:]
	}
	m.rest = line
	return nil
}

// quotedFrom reports whether the line is a "From " that was quoted: any number
// of ">" before it, of which the first is to go (mboxrd). mboxo quotes only
// once, so that a ">From " of the author's own loses its sign, which is harmless.
func quotedFrom(line []byte) bool {
	return len(line) > 0 && line[0] == '>' && bytes.HasPrefix(bytes.TrimLeft(line, ">"), []byte("From "))
}
