package mail

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
	"time"
)

// splitter cuts an mbox into messages without holding more of one than a line.
type splitter struct {
	r      *bufio.Reader
	offset int64 // in the file, of the next byte to be read
	taken  int64 // up to where messages were accepted

	item    *mboxMessage
	blank   bool // the last line was empty, or there was none
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
		if s.separates() {
			line, _, err := s.line()
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
	s.blank = whole && len(bytes.TrimRight(line, "\r\n")) == 0
	if s.midLine {
		err = nil
	}
	return line, whole, err
}

// separates reports whether what comes next is a "From " line between messages:
// after an empty line, and either with a date or with a header field below. So
// prose that begins with "From " and was not quoted stays in its message.
func (s *splitter) separates() bool {
	if !s.blank || s.midLine {
		return false
	}
	if start, _ := s.r.Peek(5); string(start) != "From " {
		return false
	}
	ahead, _ := s.r.Peek(1024)
	line, rest := cutLine(ahead)
	if separatorDate.Match(line) {
		return true
	}
	below, _ := cutLine(rest)
	_, ok := fieldName(string(below))
	return ok
}

var separatorDate = regexp.MustCompile(`(?i)((?:mon|tue|wed|thu|fri|sat|sun)\w*,?\s+)?([a-z]{3}\s+\d{1,2}\s+\d\d:\d\d(:\d\d)?\s.*\d{4}|\d{1,2}\s+[a-z]{3}\s+\d{4}\s+\d\d:\d\d(:\d\d)?)`)

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
