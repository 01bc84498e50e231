package mail

import (
	"bytes"
	"hash/fnv"
	"math"
	"strconv"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// mender rewrites a server's responses so that the client library, which ends the
// connection at whatever it cannot read, reads them: what is odd in a response
// costs that much of it. A response that the library reads means the same after
// it, and one that is as the RFCs have it stays byte for byte as it is.
//
// Out come only responses to what is asked here: news of other sorts tell
// nothing of mail.
type mender struct {
	out []byte
	odd int // responses of which something was lost that may matter

	alerts []string   // what the server says must be shown (RFC 9051 section 7.1)
	bye    string     // its last words
	last   imap.Error // the last status

	greeted bool

	exists  uint64 // messages in the selected folder, where
	counted bool   // the server says so in a way that can be read
}

// untagged returns what the library is to read for an untagged response; it is
// good until the next call.
func (m *mender) untagged(response []byte) []byte {
	out := m.news(response)
	if out == nil {
		return m.greeting()
	}
	m.greeted = true
	return out
}

// isNumber reports whether the word is meant as a number.
func isNumber(word []byte) bool {
	return len(word) > 0 && (word[0] == '-' || word[0] == '+' || word[0] >= '0' && word[0] <= '9')
}

// stray returns what the library is to read for a line that is no response.
func (m *mender) stray() []byte {
	m.odd++
	return m.greeting()
}

// greeting returns one where none was read yet: what comes first is meant as that.
func (m *mender) greeting() []byte {
	if m.greeted {
		return nil
	}
	m.greeted = true
	return []byte("* OK\r\n")
}

func (m *mender) news(response []byte) []byte {
	m.out = append(m.out[:0], "* "...)
	s := &scan{b: response, at: 1}
	s.blanks()
	word := bytes.ToUpper(s.word("(["))
	number := word
	counted := isNumber(word)
	if counted {
		s.blanks()
		word = bytes.ToUpper(s.word("(["))
	}
	known := false
	switch string(word) {
	case "OK", "NO", "BAD", "BYE", "PREAUTH":
		m.status(word, s)
		return m.out
	case "EXISTS", "RECENT", "EXPUNGE":
		known = m.count(word, number, counted)
	case "CAPABILITY":
		m.out = append(m.out, word...)
		known = true
		m.atoms(s.rest(), validAtom)
	case "FLAGS":
		m.out = append(m.out, "FLAGS ("...)
		m.flags(s.rest())
		known = true
	case "SEARCH":
		known = m.search(s)
	case "ESEARCH":
		known = m.extendedSearch(s)
	case "LIST", "LSUB", "XLIST": // LIST alone is asked for
		known = m.list(s)
	case "STATUS":
		known = m.mailboxStatus(s)
	default:
		m.odd++
	}
	if !known {
		return nil
	}
	m.out = append(m.out, "\r\n"...)
	return m.out
}

// tagged returns what the library is to read for the end of its command.
func (m *mender) tagged(response []byte) []byte {
	s := &scan{b: response}
	m.out = append(append(m.out[:0], s.word("")...), ' ')
	s.blanks()
	switch word := bytes.ToUpper(s.word("[")); string(word) {
	case "OK", "NO", "BAD":
		m.status(word, s)
	default: // it has ended; what it was to tell has come or is missed below
		m.odd++
		m.status([]byte("OK"), s)
	}
	return m.out
}

// count writes a number of messages. One that cannot be read is some number.
func (m *mender) count(word, number []byte, counted bool) bool {
	n, err := strconv.ParseUint(string(number), 10, 32)
	switch {
	case counted && err == nil && (n > 0 || string(word) != "EXPUNGE"):
		if string(word) == "EXISTS" {
			m.exists, m.counted = n, true
		}
	case string(word) == "EXISTS":
		n = 1
		m.odd++
	default:
		return false
	}
	m.out = strconv.AppendUint(m.out, n, 10)
	m.out = append(append(m.out, ' '), word...)
	return true
}

// status writes a status, its code and its text (RFC 9051 section 7.1).
func (m *mender) status(word []byte, s *scan) {
	m.out = append(m.out, word...)
	s.blanks()
	var code []byte
	if s.next() == '[' {
		s.at++
		code = m.code(s)
	}
	text := s.rest()
	if len(text) > 0 {
		m.out = append(m.out, ' ')
		if text[0] == '[' && len(code) == 0 {
			m.out = append(m.out, '(') // it is none that could be read
			text = text[1:]
		}
		m.out = appendClean(m.out, text)
	}
	m.out = append(m.out, "\r\n"...)
	words := cleanWords(string(text))
	m.last = imap.Error{Type: imap.StatusResponseType(word), Code: imap.ResponseCode(code), Text: words}
	if string(word) == "BYE" {
		m.bye = words
	}
	if string(code) == "ALERT" && words != "" && len(m.alerts) < maxAlerts {
		m.alerts = append(m.alerts, words)
	}
}

const maxAlerts = 10

// code writes a response code, whose bracket was read, if it can be, and returns
// its name.
func (m *mender) code(s *scan) []byte {
	s.blanks()
	name := bytes.ToUpper(s.word("](["))
	start := len(m.out)
	m.out = append(append(m.out, " ["...), name...)
	args, ok := codeArguments(string(name), s)
	if !validAtom(name) {
		ok = false
	}
	switch string(name) {
	case "CAPABILITY":
		before := len(m.out)
		m.atoms(args, validAtom)
		ok = ok && len(m.out) > before
	case "PERMANENTFLAGS":
		m.out = append(m.out, " ("...)
		m.flags(args)
	case "UIDNEXT":
		n, err := strconv.ParseUint(string(args), 10, 32)
		ok = ok && err == nil && n > 0
		m.out = strconv.AppendUint(append(m.out, ' '), n, 10)
	case "UIDVALIDITY":
		m.out = strconv.AppendUint(append(m.out, ' '), uint64(validityOf(args)), 10)
	case "HIGHESTMODSEQ":
		n, err := strconv.ParseUint(string(args), 10, 64)
		ok = ok && err == nil
		m.out = strconv.AppendUint(append(m.out, ' '), n, 10)
	case "APPENDUID", "COPYUID": // nothing is ever put there
		ok = false
	default:
		if len(args) > 0 {
			m.out = appendClean(append(m.out, ' '), args)
		}
	}
	if !ok {
		m.out = m.out[:start]
		return nil
	}
	m.out = append(m.out, ']')
	return name
}

// codeArguments reads what follows the name of a code, and its bracket. One that
// is never closed ends where its sort of arguments does.
func codeArguments(name string, s *scan) (args []byte, ok bool) {
	rest := s.b[s.at:]
	end := bytes.IndexByte(rest, ']')
	if name == "PERMANENTFLAGS" { // a keyword may have brackets
		for i := end; i >= 0 && i < len(rest); i++ {
			if rest[i] == ']' && bytes.HasSuffix(bytes.TrimRight(rest[:i], " \t"), []byte(")")) {
				end = i
				break
			}
		}
	}
	if end >= 0 {
		s.at += end + 1
		return (&scan{b: rest[:end]}).rest(), true
	}
	s.blanks()
	switch name {
	case "UIDNEXT", "UIDVALIDITY", "HIGHESTMODSEQ":
		args = s.word("")
	case "CAPABILITY":
		args = s.rest()
		s.at = len(s.b)
	case "PERMANENTFLAGS":
		if i := bytes.IndexByte(s.b[s.at:], ')'); i >= 0 {
			args = s.b[s.at : s.at+i+1]
			s.at += i + 1
		}
	}
	return args, true
}

// validityOf returns a UIDVALIDITY of 32 bits, whatever the server has for one:
// all that matters is that another becomes another. None is zero, which says that
// the server told of none.
func validityOf(text []byte) uint32 {
	text = bytes.TrimSpace(text)
	if n, err := strconv.ParseUint(string(text), 10, 32); err == nil {
		return uint32(n)
	}
	if len(text) == 0 {
		return 0
	}
	h := fnv.New32a()
	_, _ = h.Write(text)
	return max(1, h.Sum32())
}

// atoms writes those of the words that are valid.
func (m *mender) atoms(words []byte, valid func([]byte) bool) {
	for word := range bytes.FieldsFuncSeq(words, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		if valid(word) {
			m.out = append(append(m.out, ' '), word...)
		}
	}
}

// flags writes the flags that can be read, and the closing parenthesis. Nothing
// rests on them.
func (m *mender) flags(list []byte) {
	start := len(m.out)
	m.atoms(bytes.TrimSuffix(bytes.TrimPrefix(list, []byte("(")), []byte(")")), func(b []byte) bool {
		return string(b) == `\*` || validAtom(bytes.TrimPrefix(b, []byte(`\`))) && !bytes.EqualFold(b, []byte("NIL"))
	})
	if len(m.out) > start {
		m.out = append(m.out[:start], m.out[start+1:]...) // the first blank
	}
	m.out = append(m.out, ')')
}

// search writes the numbers found.
func (m *mender) search(s *scan) bool {
	m.out = append(m.out, "SEARCH"...)
	words := s.rest()
	if i := bytes.Index(bytes.ToUpper(words), []byte("(MODSEQ")); i >= 0 { // which nobody asks for
		words = words[:i]
	}
	m.numbers(words)
	return true
}

// extendedSearch writes the numbers found as the plain response to SEARCH: that
// is what was asked for.
func (m *mender) extendedSearch(s *scan) bool {
	rest := s.rest()
	at := bytes.Index(bytes.ToUpper(rest), []byte("ALL"))
	m.out = append(m.out, "SEARCH"...)
	if at >= 0 {
		all := &scan{b: rest, at: at + len("ALL")}
		all.blanks()
		m.numbers(all.word(""))
	}
	return true
}

// maxFound bounds how many numbers a range stands for.
const maxFound = 1 << 22

// numbers writes the numbers in a list or set.
func (m *mender) numbers(words []byte) {
	found := 0
	for word := range bytes.FieldsFuncSeq(words, func(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune(",()", r) }) {
		from, to, ranged := bytes.Cut(word, []byte(":"))
		first, err := strconv.ParseUint(string(from), 10, 32)
		last := first
		if ranged && err == nil {
			last, err = strconv.ParseUint(string(to), 10, 32)
		}
		first, last = min(first, last), max(first, last)
		if err != nil || first == 0 || last > math.MaxUint32 || last-first >= maxFound {
			m.odd++
			continue
		}
		for n := first; n <= last && found < maxFound; n++ {
			m.out = strconv.AppendUint(append(m.out, ' '), n, 10)
			found++
		}
	}
}

// invitation returns what the library is to read where the server says to go on.
func (m *mender) invitation(response []byte) []byte {
	m.out = append(m.out[:0], '+')
	if text := (&scan{b: response, at: 1}).rest(); len(text) > 0 {
		m.out = appendClean(append(m.out, ' '), text)
	}
	m.out = append(m.out, "\r\n"...)
	return m.out
}
