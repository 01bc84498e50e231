package mail

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"sync"

	"github.com/emersion/go-imap/v2"
)

// tap is a connection to an IMAP server of which the client library reads all
// but the answers to FETCH. These are kept as they come, for whoever sends that
// command through the tap; see [tap.drain]. What moves them is the library's
// reader, in [tap.Read], which waits for nobody else. All that the library reads
// is mended first; see [mender].
type tap struct {
	net.Conn
	in       *bufio.Reader
	response []byte // for the library, as far as it came
	passing  []byte // the library's, not read by it yet
	line     []byte // a command of the library's, as far as it was written

	// Where in the server's answers in is.
	kind    responseKind
	literal int64 // octets of a literal that are still to come
	skip    int64 // how many of them, the last, are too many to keep

	mu      sync.Mutex
	tags    int
	pending []*request
	open    []string // tags of the library's commands

	asked    bool  // its last command is to sign in
	answered bool  // and that said all at once (RFC 4959)
	invited  bool  // the library waits to be told to go on (RFC 9051 section 7.6)
	ended    error // why there is nothing to come
	kept     answers
	mender   mender
}

// request is a FETCH under way.
type request struct {
	tag  string
	done chan error // has room for one: that it ended, and how
}

// answers are responses to FETCH, one after another.
type answers struct {
	data []byte
	ends []int // where in data each ends
}

// each yields the responses.
func (a *answers) each(yield func([]byte) bool) {
	start := 0
	for _, end := range a.ends {
		if !yield(a.data[start:end]) {
			return
		}
		start = end
	}
}

// responseKind says what becomes of a response (RFC 9051 section 7).
type responseKind int

const (
	between     responseKind = iota // the last has ended
	passingData                     // for the library
	passingText                     // for the library; what looks like a literal in it is none
	answering                       // a message's FETCH
	unasked                         // the same, though nobody asked: news of flags
	completing                      // the end of a request
)

const (
	maxAnswers = 64 << 20 // bytes that are kept at a time
	tapBuffer  = 64 << 10
)

var errTooMuch = errors.New("the server's answer is far too long")

func newTap(conn net.Conn) *tap { return &tap{Conn: conn, in: bufio.NewReaderSize(conn, tapBuffer)} }

// Read implements [net.Conn] for the client library.
func (t *tap) Read(p []byte) (int, error) {
	for len(t.passing) == 0 {
		if err := t.step(); err != nil {
			t.end(err)
			return 0, err
		}
	}
	n := copy(p, t.passing)
	t.passing = t.passing[n:]
	return n, nil
}

// Close implements [net.Conn]. Whoever waits for an answer is told.
func (t *tap) Close() error {
	err := t.Conn.Close()
	t.end(net.ErrClosed)
	return err
}

// step moves a line, or a piece of one or of a literal, to whom it is for.
func (t *tap) step() error {
	if t.literal > 0 {
		if _, err := t.in.Peek(1); err != nil {
			return err
		}
		b, _ := t.in.Peek(int(min(t.literal, int64(t.in.Buffered()))))
		_, _ = t.in.Discard(len(b)) // they are there
		t.literal -= int64(len(b))
		over := min(max(0, t.skip-t.literal), int64(len(b)))
		return t.give(b, b[:int64(len(b))-over])
	}
	line, err := t.in.ReadSlice('\n')
	if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
		return err
	}
	if t.kind == between {
		t.begin(line)
	}
	if err := t.give(line, line); err != nil || line[len(line)-1] != '\n' {
		return err
	}
	if n, ok := literalAfter(line); ok && t.mayHaveLiteral(n) {
		t.literal, t.skip = n, 0
		if t.kind == answering && n > maxHeader {
			t.shorten()
		}
		return nil
	}
	t.finish()
	return nil
}

// maxNameLiteral bounds a literal that is not in an answer to FETCH: a name.
const maxNameLiteral = 8 << 10

func (t *tap) mayHaveLiteral(n int64) bool {
	switch t.kind {
	case answering, unasked:
		return true
	case passingData:
		return n <= maxNameLiteral
	}
	return false
}

// finish is called when a response is there as a whole.
func (t *tap) finish() {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch t.kind {
	case answering:
		t.kept.ends = append(t.kept.ends, len(t.kept.data))
	case unasked:
		t.passing = t.mender.greeting()
	case passingData, passingText:
		t.passing = t.mend(t.response)
	case completing:
		t.complete(t.response)
	}
	t.kind, t.response = between, t.response[:0]
}

// give hands on b: all of it to the library, or what is to be kept of it.
func (t *tap) give(b, kept []byte) error {
	switch t.kind {
	case passingData, passingText, completing:
		if len(t.response)+len(b) > maxAnswers {
			return errTooMuch
		}
		t.response = append(t.response, b...)
	case answering:
		t.mu.Lock()
		defer t.mu.Unlock()
		if len(t.kept.data)+len(kept) > maxAnswers {
			return errTooMuch
		}
		t.kept.data = append(t.kept.data, kept...)
	}
	return nil
}

// shorten has what is kept announce as much of the literal to come as will be
// kept of it.
func (t *tap) shorten() {
	t.skip = t.literal - maxHeader
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept.data = fmt.Appendf(t.kept.data[:bytes.LastIndexByte(t.kept.data, '{')], "{%d}\r\n", maxHeader)
}

// begin takes note of what the response is that starts with line.
func (t *tap) begin(line []byte) {
	t.kind = passingText
	s := &scan{b: line}
	if s.next() != '*' {
		if t.requested(s.word("")) >= 0 {
			t.kind = completing
		}
		return
	}
	s.at++
	s.blanks()
	word := s.word("([")
	if isNumber(word) {
		s.blanks()
		word = s.word("([")
	}
	if bytes.EqualFold(word, []byte("FETCH")) {
		t.kind = unasked
		t.mu.Lock()
		defer t.mu.Unlock()
		if len(t.pending) > 0 {
			t.kind = answering
		}
		return
	}
	switch string(bytes.ToUpper(word)) {
	case "OK", "NO", "BAD", "BYE", "PREAUTH", "EXISTS", "RECENT", "EXPUNGE", "FLAGS", "SEARCH", "ESEARCH", "CAPABILITY":
	default:
		t.kind = passingData
	}
}

// requested returns which of the requests has the tag, -1 for none.
func (t *tap) requested(tag []byte) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.request(tag)
}

func (t *tap) request(tag []byte) int {
	return slices.IndexFunc(t.pending, func(r *request) bool { return r.tag == string(tag) })
}

// mend returns what the library is to read of a response: nothing of what it
// does not wait for, which would end the connection.
func (t *tap) mend(response []byte) []byte {
	tag, _, _ := bytes.Cut(response, []byte(" "))
	switch i := slices.Index(t.open, string(bytes.TrimRight(tag, "\r\n\t"))); {
	case i >= 0:
		t.open = slices.Delete(t.open, i, i+1)
		return t.mender.tagged(response)
	case response[0] == '*':
		return t.mender.untagged(response)
	case response[0] == '+' && t.asked && !isChallenge(response):
		if t.answered {
			break // the library has said all that it was to be asked for
		}
		t.invited = false
		return []byte("+ \r\n")
	case response[0] == '+' && t.invited:
		t.invited = false
		return t.mender.invitation(response)
	}
	return t.mender.stray()
}

// isChallenge reports whether what a server says while it is signed in to is what
// a mechanism of that makes, in Base64 (RFC 9051 section 6.2.2).
func isChallenge(response []byte) bool {
	text := bytes.TrimSpace(response[1:])
	_, err := base64.StdEncoding.DecodeString(string(text))
	return err == nil
}

// complete ends the request whose tag the response begins with.
func (t *tap) complete(response []byte) {
	i := t.request((&scan{b: response}).word(""))
	if i < 0 {
		return
	}
	t.mender.tagged(response)
	var err error
	if status := t.mender.last; status.Type != imap.StatusResponseTypeOK {
		err = &status
	}
	t.pending[i].done <- err
	t.pending = slices.Delete(t.pending, i, i+1)
}

// end tells all who wait that nothing more will come.
func (t *tap) end(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ended == nil {
		t.ended = err
	}
	for _, r := range t.pending {
		r.done <- t.ended
	}
	t.pending = nil
}

// fetch sends UID FETCH. Other commands may be sent before it is answered, also
// through the library, from the same goroutine.
func (t *tap) fetch(uids, items string) *request {
	r := t.newRequest()
	if _, err := fmt.Fprintf(t.Conn, "%s UID FETCH %s %s\r\n", r.tag, uids, items); err != nil {
		t.end(err)
	}
	return r
}

// newRequest returns a new request, which waits for its answer or has failed.
func (t *tap) newRequest() *request {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tags++
	r := &request{"F" + strconv.Itoa(t.tags), make(chan error, 1)} // the library's tags begin with T
	if t.ended != nil {
		r.done <- t.ended
		return r
	}
	t.pending = append(t.pending, r)
	return r
}

// drain exchanges what was kept since the last time for a, whose memory is used
// again. When a request is done all that answers it is there, and something of
// others may be: servers answer several before they end the first.
func (t *tap) drain(a *answers) {
	t.mu.Lock()
	defer t.mu.Unlock()
	whole := 0
	if n := len(t.kept.ends); n > 0 {
		whole = t.kept.ends[n-1]
	}
	next := answers{append(a.data[:0], t.kept.data[whole:]...), a.ends[:0]}
	*a, t.kept = answers{t.kept.data[:whole], t.kept.ends}, next
}

// literalAfter returns how long a literal (RFC 9051 section 4.3) follows the
// line, and whether one does. Servers are met that mark it as clients do that do
// not wait (RFC 7888).
func literalAfter(line []byte) (int64, bool) {
	line = bytes.TrimRight(line, "\r\n")
	if len(line) < 3 || line[len(line)-1] != '}' {
		return 0, false
	}
	digits := line[bytes.LastIndexByte(line, '{')+1 : len(line)-1]
	n, err := strconv.ParseUint(string(bytes.TrimSuffix(digits, []byte("+"))), 10, 63)
	return int64(n), err == nil && len(digits) < len(line)-1
}
