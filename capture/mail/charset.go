package mail

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
)

// toUTF8 returns b, which is said to be in the charset named, as valid UTF-8.
// Where the name is unknown or wrong, bytes that are valid UTF-8 are taken as
// such and others as Windows-1252, which reads any byte.
func toUTF8(b []byte, charset string) string {
	if isUTF8(charset) || charset == "" || strings.EqualFold(charset, "us-ascii") {
		return repair(b)
	}
	if strings.EqualFold(charset, "utf-7") || strings.EqualFold(charset, "unicode-1-1-utf-7") {
		return decodeUTF7(repair(b), '+')
	}
	if e := lookupCharset(charset); e != nil {
		if out, err := e.NewDecoder().Bytes(b); err == nil {
			return strings.ToValidUTF8(string(out), "\ufffd")
		}
	}
	return repair(b)
}

// repair returns b as UTF-8 when it is that, else read as Windows-1252, the
// superset of Latin-1 that raw 8-bit headers mostly are.
func repair(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\ufffd")
	}
	return string(out)
}

func isUTF8(charset string) bool {
	return strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "utf8")
}

// lookupCharset returns the encoding called name, or nil. The index of the
// HTML standard comes first: it knows the names that mail programs really use,
// and what they mean by them ("gb2312" is GBK).
func lookupCharset(name string) encoding.Encoding {
	name = strings.ToLower(strings.Trim(name, " \"'"))
	if cp, ok := strings.CutPrefix(name, "cp12"); ok {
		name = "windows-12" + cp
	}
	if e, err := htmlindex.Get(name); err == nil && e != encoding.Replacement {
		return e
	}
	for _, index := range []*ianaindex.Index{ianaindex.MIME, ianaindex.IANA} {
		if e, err := index.Encoding(name); err == nil && e != nil {
			return e
		}
	}
	return nil
}
