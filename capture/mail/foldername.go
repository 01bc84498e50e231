package mail

import (
	"bytes"
	"encoding/hex"
	"strings"
	"unicode/utf8"
)

// Servers are met that name folders in other ways than modified UTF-7 (RFC 3501
// section 5.1.3): with a bare "&", in UTF-8 or Latin-1, or encoding what needs
// no encoding. The client library refuses such a name, or would ask for it by
// another. It is given an alias to work with, which says what bytes the server
// used: these alone lead to the folder.

// aliasMark begins an alias. A folder that is really called so gets an alias too,
// so that no two folders share one.
const aliasMark = "wire:"

const plainInAlias = " /._-"

// aliasOf returns the name by which the client library knows the folder that the
// server calls wire, and whether that is an alias.
func aliasOf(wire []byte) (string, bool) {
	name := string(wire)
	if !strings.HasPrefix(name, aliasMark) && isPrintable(wire) && encodeFolderName(decodeFolderName(name)) == name {
		return name, false
	}
	out := []byte(aliasMark)
	for _, c := range wire {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte(plainInAlias, c) >= 0:
			out = append(out, c)
		default:
			out = append(out, '%')
			out = hex.AppendEncode(out, []byte{c})
		}
	}
	return string(out), true
}

// wireOf undoes [aliasOf]; false says that name is no alias.
func wireOf(name string) ([]byte, bool) {
	rest, ok := strings.CutPrefix(name, aliasMark)
	if !ok {
		return nil, false
	}
	var out []byte
	for i := 0; i < len(rest); i++ {
		if rest[i] != '%' {
			out = append(out, rest[i])
			continue
		}
		if i+3 > len(rest) {
			return nil, false
		}
		c, err := hex.DecodeString(rest[i+1 : i+3])
		if err != nil {
			return nil, false
		}
		out = append(out, c...)
		i += 2
	}
	return out, true
}

// readable returns what a person calls the folder that the client library calls
// name.
func readable(name string) string {
	wire, ok := wireOf(name)
	if !ok {
		return name
	}
	if !utf8.Valid(wire) { // Latin-1, in which every byte is a character
		runes := make([]rune, len(wire))
		for i, c := range wire {
			runes[i] = rune(c)
		}
		return decodeFolderName(string(runes))
	}
	return decodeFolderName(string(wire))
}

func isPrintable(b []byte) bool {
	return bytes.IndexFunc(b, func(r rune) bool { return r < ' ' || r > '~' }) < 0
}

// unaliased returns a command of the client library's with the bytes by which the
// server knows the folder that it names.
func unaliased(line []byte) []byte {
	s := &scan{b: line}
	s.word("")
	s.blanks()
	switch string(s.word("")) {
	case "STATUS", "EXAMINE", "SELECT":
	default:
		return line
	}
	s.blanks()
	start := s.at
	if s.next() != '"' {
		return line
	}
	name := s.quoted()
	wire, ok := wireOf(string(name))
	if !ok {
		if isPrintable(name) {
			return line
		}
		// To a server of IMAP4rev2 the library writes UTF-8 before that is agreed on
		// (RFC 9051 section 6.3.1); what needs that is in modified UTF-7 where it came from.
		wire = []byte(encodeFolderName(decodeFolderName(string(name))))
	}
	return append(appendQuoted(bytes.Clone(line[:start]), wire), line[s.at:]...)
}
