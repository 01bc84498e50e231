package mail

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// list writes a folder of a LIST response: its attributes, the separator and the
// name, without what else there may be.
func (m *mender) list(s *scan) bool {
	m.out = append(m.out, "LIST ("...)
	m.attributes(s)
	m.out = append(m.out, ' ')
	m.delimiter(s)
	m.out = append(m.out, ' ')
	return m.mailbox(s, s.listedName)
}

// attributes writes the list of a folder's attributes, as far as it is one.
func (m *mender) attributes(s *scan) {
	s.blanks()
	if i := bytes.IndexAny(s.b[s.at:], `("`); i > 0 && s.b[s.at+i] == '(' && !bytes.HasPrefix(bytes.ToUpper(s.b[s.at:]), []byte("NIL")) {
		s.at += i // something stands before the list
	}
	if s.next() != '(' {
		if at := s.at; !bytes.EqualFold(s.word(`("`), []byte("NIL")) || s.lastWords() {
			s.at = at
		}
		m.out = append(m.out, ')')
		return
	}
	start := len(m.out)
	for s.at++; !s.done(); {
		s.blanks()
		at, word := s.at, []byte(nil)
		switch s.next() {
		case ')':
		case '(':
			s.at++
			continue
		case '"':
			if word = s.quoted(); len(word) < 2 { // it is the separator, and the list was not closed
				s.at = at
			}
		default:
			if word = s.word(`()"`); bytes.EqualFold(word, []byte("NIL")) {
				s.at, word = at, nil
			}
		}
		if s.at == at {
			break
		}
		if validAtom(bytes.TrimPrefix(word, []byte(`\`))) {
			m.out = append(append(m.out, ' '), word...)
		}
	}
	if len(m.out) > start {
		m.out = append(m.out[:start], m.out[start+1:]...)
	}
	for s.blanks(); s.next() == ')'; s.blanks() {
		s.at++
	}
	m.out = append(m.out, ')')
}

// lastWords reports whether the line has nothing more.
func (s *scan) lastWords() bool { return len(s.rest()) == 0 }

// delimiter writes what separates the names of folders within folders.
func (m *mender) delimiter(s *scan) {
	s.blanks()
	at := s.at
	var delim []byte
	if s.next() == '"' {
		delim = s.quoted()
	} else {
		delim = s.word("")
		switch nothing := bytes.EqualFold(delim, []byte("NIL")); {
		case len(delim) == 1 && !s.lastWords():
		case nothing && !s.lastWords():
			delim = nil
		default: // it is the name
			s.at, delim = at, nil
		}
	}
	if len(delim) > 1 && s.lastWords() { // it is the name too
		s.at = at
	}
	if len(delim) != 1 || delim[0] >= utf8.RuneSelf || blank(delim[0]) {
		m.out = append(m.out, "NIL"...)
		return
	}
	m.out = appendQuoted(m.out, delim)
}

// mailbox writes the folder's name that read reads, and reports whether there is
// one that a command can hold.
func (m *mender) mailbox(s *scan, read func() []byte) bool {
	s.blanks()
	start := s.at
	name := read()
	if len(name) == 0 {
		return false
	}
	if bytes.ContainsAny(name, "\r\n\x00") {
		m.odd++
		return false
	}
	alias, changed := aliasOf(name)
	switch token := s.b[start:s.at]; {
	case bytes.EqualFold(name, []byte(inbox)):
		m.out = append(m.out, inbox...)
	case !changed && (validAtom(token) || isQuotedAs(token, name) || isLiteralAs(token, name)):
		m.out = append(m.out, token...) // as it came
	default:
		m.out = appendQuoted(m.out, []byte(alias))
	}
	return true
}

func isQuotedAs(token, name []byte) bool { return bytes.Equal(token, appendQuoted(nil, name)) }

func isLiteralAs(token, name []byte) bool {
	return string(token) == fmt.Sprintf("{%d}\r\n%s", len(name), name)
}

// listedName reads the name that ends a LIST response. It is all that is left,
// also where it should have been quoted, but for a list after it.
func (s *scan) listedName() []byte {
	switch s.next() {
	case '{':
		if name, ok := s.literal(); ok {
			return name
		}
	case '"':
		at := s.at
		name := s.quoted()
		if rest := s.rest(); len(rest) == 0 || rest[0] == '(' {
			return name
		}
		if last := bytes.LastIndexByte(s.b, '"'); last > at { // it has quotes in it that are not escaped
			s.at = last + 1
			return s.b[at+1 : last]
		}
	}
	name := s.rest()
	if i := bytes.Index(name, []byte(` ("`)); i > 0 {
		name = bytes.TrimRight(name[:i], " \t")
	}
	s.at += len(name)
	return name
}

// mailboxStatus writes what a STATUS response tells that can be read.
func (m *mender) mailboxStatus(s *scan) bool {
	m.out = append(m.out, "STATUS "...)
	if !m.mailbox(s, s.statusName) {
		return false
	}
	m.out = append(m.out, " ("...)
	start := len(m.out)
	words := bytes.FieldsFunc(s.rest(), func(r rune) bool { return r <= ' ' || r == '(' || r == ')' || r == 0x7f })
	for i := 0; i+1 < len(words); i++ {
		name := bytes.ToUpper(words[i])
		n, err := strconv.ParseUint(string(words[i+1]), 10, 32)
		switch string(name) {
		case "UIDVALIDITY":
			n, err = uint64(validityOf(words[i+1])), nil
		case "MESSAGES", "UNSEEN", "RECENT":
		case "UIDNEXT":
			if n == 0 {
				continue
			}
		default:
			continue
		}
		if err == nil {
			m.out = append(append(append(m.out, ' '), name...), ' ')
			m.out = strconv.AppendUint(m.out, n, 10)
			i++
		}
	}
	if len(m.out) > start {
		m.out = append(m.out[:start], m.out[start+1:]...)
	}
	m.out = append(m.out, ')')
	return true
}

// statusName reads the name in a STATUS response: up to its list, or up to the
// first blank where it has none.
func (s *scan) statusName() []byte {
	switch s.next() {
	case '{':
		if name, ok := s.literal(); ok {
			return name
		}
	case '"':
		at := s.at
		name := s.quoted()
		if rest := s.rest(); len(rest) == 0 || rest[0] == '(' {
			return name
		}
		s.at = at
	}
	rest := s.b[s.at:]
	end := bytes.LastIndexByte(rest, '(')
	if end < 0 {
		return s.word("")
	}
	name := bytes.TrimRight(rest[:end], " \t")
	s.at += len(name)
	if len(name) > 1 && name[0] == '"' && name[len(name)-1] == '"' {
		name = name[1 : len(name)-1]
	}
	return name
}
