package mail

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
)

// answer is a server's FETCH response (RFC 9051 section 7.5.2), read into a flat
// list of its values: parentheses nest in it, and a list says where it ends.
// The values point into the response. An answer can be used again.
type answer struct {
	of     []byte
	at     int
	open   bool // the list of what is told was not closed
	values []value
}

// value is an atom, a string, a list or NIL.
type value struct {
	kind valueKind
	text []byte // of an atom or string, as it came
	next int    // the index of the value after this one and all within it
}

type valueKind byte

const (
	isNil valueKind = iota
	isAtom
	isString
	isQuoted // a string with escapes in it
	isList
)

// itemNames begin what a response can tell of a message, in upper case.
var itemNames = [][]byte{[]byte("UID "), []byte("FLAGS "), []byte("INTERNALDATE "), []byte("RFC822.SIZE "), []byte("BODYSTRUCTURE "), []byte("BODY["), []byte("MODSEQ ")}

var errAnswer = errors.New("the server's account of a message could not be read")

// maxNesting bounds how deep lists nest in an answer.
const maxNesting = 200

// read reads the response, of which the values are then in a. The first is the
// list of what is told of the message.
func (a *answer) read(response []byte) error {
	a.of, a.at, a.values = response, bytes.IndexByte(response, '('), a.values[:0]
	if a.at < 0 {
		return errAnswer
	}
	if err := a.value(0); err != nil {
		return err
	}
	if a.open && a.uid() == 0 { // nobody knows of which message it was to tell
		return errAnswer
	}
	return nil
}

// value reads one value.
func (a *answer) value(depth int) error {
	if depth > maxNesting || a.at >= len(a.of) {
		return errAnswer
	}
	i := len(a.values)
	a.values = append(a.values, value{next: i + 1})
	switch v := &a.values[i]; a.of[a.at] {
	case '(':
		return a.list(i, depth)
	case '"':
		return a.quoted(v)
	case '{':
		return a.literalString(v)
	case '~': // RFC 3516
		if a.at++; a.at < len(a.of) && a.of[a.at] == '{' {
			return a.literalString(v)
		}
		return errAnswer
	default:
		return a.atom(v)
	}
}

func (a *answer) list(i, depth int) error {
	a.values[i].kind = isList
	for a.at++; ; {
		a.blanks()
		switch {
		case depth == 0 && a.ended():
			a.open = a.at >= len(a.of) || a.of[a.at] != ')'
			a.at = len(a.of)
			a.values[i].next = len(a.values)
			return nil
		case depth == 0 && a.of[a.at] == ')': // it is one too many
			a.at++
			continue
		case a.at < len(a.of) && a.of[a.at] == ')':
			a.at++
			a.values[i].next = len(a.values)
			return nil
		}
		if err := a.value(depth + 1); err != nil {
			return err
		}
		if last := a.values[len(a.values)-1]; depth == 0 && last.kind == isAtom && bytes.EqualFold(last.text, nameFlags) {
			a.flags()
		}
	}
}

func (a *answer) blanks() {
	for a.at < len(a.of) && (a.of[a.at] == ' ' || a.of[a.at] == '\t') {
		a.at++
	}
}

// ended reports whether nothing is left but the end of the response.
func (a *answer) ended() bool {
	return len(bytes.TrimRight(bytes.TrimPrefix(a.of[min(a.at, len(a.of)):], []byte(")")), " \t\r\n")) == 0
}

// flags reads the list of flags, in which servers have keywords that no grammar
// allows. Whatever is between blanks is one, and the list ends with the first
// closing parenthesis or before the next thing told.
func (a *answer) flags() {
	a.blanks()
	if a.at >= len(a.of) || a.of[a.at] != '(' {
		return // NIL
	}
	list := len(a.values)
	a.values = append(a.values, value{kind: isList})
	for a.at++; a.at < len(a.of); {
		a.blanks()
		start := a.at
		if a.startsItem() {
			break
		}
		for a.at < len(a.of) && bytes.IndexByte([]byte(" \t\r\n)"), a.of[a.at]) < 0 {
			a.at++
		}
		if a.at > start {
			a.values = append(a.values, value{isAtom, a.of[start:a.at], len(a.values) + 1})
		}
		if a.at >= len(a.of) || a.of[a.at] == '\r' || a.of[a.at] == '\n' {
			break
		}
		if a.of[a.at] == ')' {
			a.at++
			break
		}
	}
	a.values[list].next = len(a.values)
}

func (a *answer) startsItem() bool {
	for _, name := range itemNames {
		if rest := a.of[a.at:]; len(rest) >= len(name) && bytes.EqualFold(rest[:len(name)], name) {
			return true
		}
	}
	return false
}

func (a *answer) quoted(v *value) error {
	v.kind = isString
	start := a.at + 1
	for a.at = start; a.at < len(a.of); a.at++ {
		switch a.of[a.at] {
		case '\\':
			v.kind = isQuoted
			a.at++
		case '"':
			v.text = a.of[start:a.at]
			a.at++
			return nil
		case '\r', '\n':
			return errAnswer
		}
	}
	return errAnswer
}

func (a *answer) literalString(v *value) error {
	line, rest, _ := bytes.Cut(a.of[a.at:], []byte("\n"))
	n, ok := literalAfter(append(line[:len(line):len(line)], '\n'))
	if !ok || bytes.IndexByte(line, '}') != len(bytes.TrimRight(line, "\r"))-1 || n > int64(len(rest)) {
		return errAnswer
	}
	v.kind, v.text = isString, rest[:n]
	a.at += len(line) + 1 + int(n)
	return nil
}

// atom reads an atom, or the name of a section, which has spaces between its
// brackets.
func (a *answer) atom(v *value) error {
	start, bracket := a.at, false
	for ; a.at < len(a.of); a.at++ {
		c := a.of[a.at]
		switch c {
		case '[':
			bracket = true
		case ']':
			bracket = false
		}
		if c == '\r' || c == '\n' || !bracket && (c == ' ' || c == '\t' || c == '(' || c == ')') {
			break
		}
	}
	if v.text = a.of[start:a.at]; len(v.text) == 0 || bracket {
		return errAnswer
	}
	if v.kind = isAtom; len(v.text) == 3 && bytes.EqualFold(v.text, []byte("NIL")) {
		v.kind, v.text = isNil, nil
	}
	return nil
}

// string returns an atom or string, "" for anything else.
func (v value) string() string {
	if v.kind == isQuoted {
		return unquote(`"` + string(v.text) + `"`)
	}
	return string(v.text)
}

// maxNumber keeps sums of sizes from running over.
const maxNumber = 1 << 40

// number returns what a number says, 0 where there is none.
func (v value) number() int64 {
	n, err := strconv.ParseInt(string(v.text), 10, 64)
	if err != nil {
		return 0
	}
	return min(max(0, n), maxNumber)
}

// children puts the indexes of the values in the list i into the slice, as many
// as it has room for, and returns how many. There are none in what is no list.
func (a *answer) children(i int, into []int) (n int) {
	if a.values[i].kind != isList {
		return 0
	}
	for at := i + 1; at < a.values[i].next && n < len(into); at = a.values[at].next {
		into[n] = at
		n++
	}
	return n
}

// account is what a server told of a message, in one response or several.
type account struct {
	fetched
	draft, told, headed, structured bool
}

// tells reports whether the account holds what was asked for.
func (c *account) tells(d detail) bool {
	return c.told && (d >= withoutHeader || c.headed) && (d >= withoutParts || c.structured)
}

// The names of what is told of a message, in any case.
var (
	nameUID       = []byte("UID")
	nameFlags     = []byte("FLAGS")
	nameDate      = []byte("INTERNALDATE")
	nameSize      = []byte("RFC822.SIZE")
	nameStructure = []byte("BODYSTRUCTURE")
	nameHeader    = []byte("BODY[HEADER") // .FIELDS (…)]
)

// uid returns the UID of the message that a tells of, 0 for none.
func (a *answer) uid() imap.UID {
	if len(a.values) == 0 {
		return 0
	}
	for name, v := range a.items {
		if bytes.EqualFold(name, nameUID) {
			return imap.UID(a.values[v].number())
		}
	}
	return 0
}

// items yields the names of what is told and the index of each value.
func (a *answer) items(yield func([]byte, int) bool) {
	end := a.values[0].next
	for i := 1; i+1 < end; i = a.values[i+1].next {
		if a.values[i].kind != isAtom || !yield(a.values[i].text, i+1) {
			return
		}
	}
}

// into adds to c what a tells.
func (a *answer) into(c *account) error {
	for name, i := range a.items {
		v := a.values[i]
		switch {
		case bytes.EqualFold(name, nameFlags):
			c.draft = a.marks(i, string(imap.FlagDraft))
		case bytes.EqualFold(name, nameDate):
			c.stored, _ = time.Parse("_2-Jan-2006 15:04:05 -0700", v.string())
		case bytes.EqualFold(name, nameSize):
			c.size = v.number()
		case bytes.EqualFold(name, nameStructure):
			if err := c.outline(a, i); err != nil {
				return err
			}
			c.structured = true
		case len(name) > len(nameHeader) && bytes.EqualFold(name[:len(nameHeader)], nameHeader):
			c.header, c.headed = parseHeader(v.text), true
			if v.kind == isQuoted {
				c.header = parseHeader([]byte(v.string()))
			}
		}
	}
	c.told = true
	return nil
}

// marks reports whether the list of flags has the one.
func (a *answer) marks(list int, flag string) bool {
	for i := list + 1; i < a.values[list].next; i = a.values[i].next {
		if said := strings.ReplaceAll(strings.Trim(string(a.values[i].text), `"`), `\\`, `\`); strings.EqualFold(said, flag) {
			return true
		}
	}
	return false
}
