package mail

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"mime/quotedprintable"
	"strings"
)

// Limits on what is held of a message in memory. What is beyond them is read
// past: an attachment may be as large as it likes.
const (
	maxHeader = 256 << 10 // and as much again of the fields that matter most

	maxEssential = 64 << 10 // of one of these
	maxText      = 1 << 20
	maxDepth     = 32
	maxParts     = 1000
)

// message is what was read of a message: its header, and of its body only what
// an observation needs.
type message struct {
	header      header
	words       int64
	attachments []string
	beside      int    // parts listed beside the text; see [leaf.beside]
	invitation  bool   // it carries an iTIP request, reply or the like
	report      string // why it is no person's, if a report is within it
	size        int64  // bytes
	own         string // what the author wrote, at most maxOwnText bytes; never kept
	quoted      string // what it holds of earlier messages, likewise
}

// parseMessage reads a whole message from r. It returns an error only when
// reading does; whatever the bytes are, something of them is returned.
func parseMessage(r io.Reader) (message, error) {
	w := &walker{r: bufio.NewReaderSize(r, 16<<10)}
	h, _ := w.readHeader(nil)
	w.msg.header = h
	w.part(h, nil, 0, &enclosing{})
	w.msg.words, w.msg.own, w.msg.quoted = w.plain, w.plainText.own.String(), w.plainText.quoted.String()
	if w.plainParts == 0 {
		w.msg.words, w.msg.own, w.msg.quoted = w.html, w.htmlText.own.String(), w.htmlText.quoted.String()
	}
	w.msg.size = w.size
	return w.msg, w.err
}

// walker reads a message line by line, knowing the boundaries that it is in.
type walker struct {
	r     *bufio.Reader
	msg   message
	size  int64
	parts int
	err   error // of reading, other than its end

	midLine    bool // the last piece returned did not end its line
	plain      int64
	plainParts int
	html       int64

	plainText, htmlText bodyText
}

// bodyText is the text of a message, at most maxOwnText bytes of either kind.
type bodyText struct{ own, quoted strings.Builder }

// next returns the next line with its end, or a piece of one that is too long.
func (w *walker) next() (line []byte, whole, ok bool) {
	line, err := w.r.ReadSlice('\n')
	w.size += int64(len(line))
	if err != nil && !errors.Is(err, bufio.ErrBufferFull) && !errors.Is(err, io.EOF) {
		w.err = err
	}
	whole = !w.midLine
	w.midLine = errors.Is(err, bufio.ErrBufferFull)
	return line, whole, len(line) > 0
}

// readHeader reads up to and with the empty line that ends a header. Of one that
// is too long it keeps what an observation rests on. It also ends at a boundary
// of the parts around it, whose number it then returns, or -1: programs that
// write no empty line are met.
func (w *walker) readHeader(boundaries []string) (header, int) {
	var block []byte
	field := 0 // where in it the last one starts
	for {
		line, whole, ok := w.next()
		if !ok {
			return parseHeader(block), -1
		}
		if whole && len(bytes.TrimRight(line, "\r\n")) == 0 {
			if len(block) == 0 && boundaries == nil {
				continue // empty lines before a message
			}
			return parseHeader(block), -1
		}
		if n, _ := boundaryOf(line, whole, boundaries); n >= 0 {
			return parseHeader(block), n
		}
		starts := whole && line[0] != ' ' && line[0] != '\t'
		if starts {
			if n := len(block); n > 0 && block[n-1] != '\n' {
				block = append(block, '\n') // the end of a line was left out
			}
			field = len(block)
		}
		begun := starts || len(block) > field // its first line is there
		if len(block) < maxHeader || begun && len(block) < 2*maxHeader && len(block)-field < maxEssential && essential(block[field:], line) {
			block = append(block, line...)
		}
	}
}

// essential reports whether the line is kept of a header of which not all can
// be: it is, or goes on, a field that is asked for, but for traces and lists of
// people.
func essential(field, line []byte) bool {
	if len(field) == 0 {
		field = line
	}
	name, ok := fieldName(string(field[:min(len(field), longestName)]))
	return ok && isEssential[lowerName(name)]
}

// longestName bounds the name of a field with its colon.
const longestName = 80

// isEssential are the fields that are kept of a header of any length.
var isEssential = wordSet("date from sender subject message-id in-reply-to content-type content-transfer-encoding auto-submitted return-path list-id precedence " +
	"list-post list-unsubscribe feedback-id reply-to")

// boundaryOf says which of the boundaries a line is a delimiter of, innermost
// first, and whether it closes it (RFC 2046 section 5.1.1); -1 for none.
func boundaryOf(line []byte, whole bool, boundaries []string) (n int, closes bool) {
	if !whole || len(boundaries) == 0 || !bytes.HasPrefix(line, []byte("--")) {
		return -1, false
	}
	line = bytes.TrimRight(line[2:], " \t\r\n")
	for i := len(boundaries) - 1; i >= 0; i-- {
		rest, ok := bytes.CutPrefix(line, []byte(boundaries[i]))
		if ok && len(rest) == 0 {
			return i, false
		}
		if ok && string(rest) == "--" {
			return i, true
		}
	}
	return -1, false
}

// part reads the body that follows a header h, up to a delimiter of one of the
// boundaries. It returns which one that was, or -1 at the end of the message.
func (w *walker) part(h header, boundaries []string, depth int, in *enclosing) (ended int, closes bool) {
	w.parts++
	in.parts++
	kind := parseMediaType(h.get("content-type"))
	if kind.value == "" {
		kind.value = "text/plain" // RFC 2045 section 5.2
		if in.kind == "digest" {
			kind.value = "message/rfc822" // RFC 2046 section 5.1.5
		}
	}
	boundary := strings.TrimRight(kind.params["boundary"], " \t")
	if !strings.HasPrefix(kind.value, "multipart/") || boundary == "" || depth >= maxDepth || w.parts > maxParts {
		return w.leaf(h, kind, boundaries, in)
	}
	inside := in.enter(strings.TrimPrefix(kind.value, "multipart/"))
	inner := append(boundaries[:len(boundaries):len(boundaries)], boundary)
	mine := len(inner) - 1
	ended, closes = w.skip(inner) // the preamble
	for ended == mine && !closes {
		var ph header
		if ph, ended = w.readHeader(inner); ended >= 0 {
			closes = false
			continue
		}
		ended, closes = w.part(ph, inner, depth+1, inside)
	}
	if ended == mine { // closed: the epilogue belongs to nobody
		return w.skip(boundaries)
	}
	return ended, closes
}

// skip reads up to a delimiter.
func (w *walker) skip(boundaries []string) (ended int, closes bool) {
	return w.collect(boundaries, nil, 0)
}

// collect reads up to a delimiter into buf, at most limit bytes of it.
func (w *walker) collect(boundaries []string, buf *bytes.Buffer, limit int) (ended int, closes bool) {
	for {
		line, whole, ok := w.next()
		if !ok {
			return -1, false
		}
		if n, closes := boundaryOf(line, whole, boundaries); n >= 0 {
			return n, closes
		}
		if buf != nil && buf.Len() < limit {
			buf.Write(line)
		}
	}
}

// leaf reads a part that has no parts of its own and notes what it is.
func (w *walker) leaf(h header, kind mediaType, boundaries []string, in *enclosing) (ended int, closes bool) {
	l := leaf{kind: kind, disposition: parseMediaType(h.get("content-disposition")), id: h.get("content-id"), related: in.kind == "related"}
	var buf *bytes.Buffer
	if l.text() || l.calendar() || l.kind.value == "message/rfc822" {
		buf = new(bytes.Buffer)
	}
	ended, closes = w.collect(boundaries, buf, maxText)
	if l.beside(in) {
		w.msg.beside++
	}
	if reason := reportIn(kind.value, in); reason != "" {
		w.msg.report = reason
	}
	switch {
	case l.calendar():
		body := decodeBody(h.get("content-transfer-encoding"), buf.Bytes())
		if invites(kind.params["method"]) || invites(methodOf(body)) {
			w.msg.invitation = true
			return ended, closes
		}
	case l.text() && buf.Len() == 0 && boundaries == nil:
		return ended, closes // a message without a body
	case l.text():
		w.count(l, decodeBody(h.get("content-transfer-encoding"), buf.Bytes()))
		return ended, closes
	case l.kind.value == "message/rfc822" && l.name() == "":
		l.fallback = decodeText(parseHeader(buf.Bytes()).get("subject"), "")
	}
	if name, ok := l.attachment(); ok {
		w.msg.attachments = append(w.msg.attachments, name)
	}
	return ended, closes
}

// count adds the words of a text part.
func (w *walker) count(l leaf, body []byte) {
	text := toUTF8(body, l.kind.params["charset"])
	if l.kind.value == "text/html" {
		w.html += w.read(&w.htmlText, textOfHTML(text))
		return
	}
	w.plain += w.read(&w.plainText, text)
	w.plainParts++
}

// read counts the words that the author wrote, and keeps them and what they
// quote apart in to.
func (w *walker) read(to *bodyText, text string) (words int64) {
	for line, old := range lines(text) {
		into := &to.own
		if old {
			into = &to.quoted
		} else {
			words += wordsIn(line)
		}
		if into.Len()+len(line) < maxOwnText {
			into.WriteString(line)
			into.WriteByte('\n')
		}
	}
	return words
}

// decodeBody undoes a Content-Transfer-Encoding as far as that goes.
func decodeBody(encoding string, body []byte) []byte {
	switch strings.ToLower(strings.TrimSpace(stripComments(encoding))) {
	case "base64":
		return decodeBase64(body)
	case "quoted-printable":
		out, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(body)))
		if err != nil && len(out) < len(body)/2 {
			return body
		}
		return out
	}
	return body
}

// invites reports whether an iTIP method (RFC 5546) is about taking part in a
// meeting. PUBLISH only tells of one.
func invites(method string) bool {
	switch strings.ToUpper(strings.TrimSpace(method)) {
	case "REQUEST", "REPLY", "CANCEL", "ADD", "REFRESH", "COUNTER", "DECLINECOUNTER":
		return true
	}
	return false
}

// methodOf returns the METHOD of a calendar, or "".
func methodOf(calendar []byte) string {
	for len(calendar) > 0 {
		var line []byte
		line, calendar = cutLine(calendar)
		if name, value, ok := strings.Cut(string(line), ":"); ok && strings.EqualFold(strings.TrimSpace(name), "method") {
			return value
		}
	}
	return ""
}
