package table

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

const (
	utf8Mark  = "\xef\xbb\xbf"
	utf16Less = "\xff\xfe" // little-endian
	utf16More = "\xfe\xff"
)

// decode returns data as UTF-8 and notes what was assumed. In a file that is
// UTF-8 but for some bytes those stay as they are, so that they cost no more
// than the rows they stand in.
func (t *Table) decode(data string) string {
	switch {
	case strings.HasPrefix(data, utf8Mark):
		t.Encoding = "UTF-8"
		data = data[len(utf8Mark):]
		t.spoilt = !utf8.ValidString(data)
		return data
	case strings.HasPrefix(data, utf16Less), strings.HasPrefix(data, utf16More):
		t.Encoding = "UTF-16"
		t.note("The file was read as UTF-16, as it says.")
		return t.fromUTF16(data[2:], data[0] == utf16More[0])
	}
	if big, ok := unmarkedUTF16(data); ok {
		t.Encoding = "UTF-16"
		t.note("The file does not say its encoding; it was read as UTF-16.")
		return t.fromUTF16(data, big)
	}
	letters, broken := count8(data)
	if broken == 0 || letters > broken {
		t.Encoding, t.spoilt = "UTF-8", broken > 0
		return data
	}
	t.Encoding = "Windows-1252"
	t.note("The file is not UTF-8; it was read as Windows-1252. Where letters with accents look wrong, save it as CSV UTF-8.")
	text, err := charmap.Windows1252.NewDecoder().String(data)
	if err != nil { // every byte has a meaning there
		t.spoilt = true
		return data
	}
	return text
}

// count8 returns how many letters beyond ASCII of data are well-formed UTF-8,
// and how many bytes are none.
func count8(data string) (letters, broken int) {
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(data[i:])
		if r == utf8.RuneError && n == 1 {
			broken++
		} else {
			letters++
		}
		i += n
	}
	return letters, broken
}

// unmarkedUTF16 reports whether data without a mark is UTF-16, which text in
// Latin letters shows: every other byte is zero.
func unmarkedUTF16(data string) (big, ok bool) {
	head := data[:min(len(data), 1000)/2*2]
	var even, odd int
	for i := 0; i < len(head); i += 2 {
		if head[i] == 0 {
			even++
		}
		if head[i+1] == 0 {
			odd++
		}
	}
	most := len(head) / 2 * 3 / 4
	return even > most, head != "" && (even > most) != (odd > most)
}

// fromUTF16 returns data as UTF-8; half a pair and half a unit become a byte
// that is none.
func (t *Table) fromUTF16(data string, big bool) string {
	unit := func(i int) uint16 {
		if big {
			return uint16(data[i])<<8 | uint16(data[i+1])
		}
		return uint16(data[i+1])<<8 | uint16(data[i])
	}
	var b strings.Builder
	b.Grow(len(data)/2 + len(data)/16)
	i := 0
	for ; i+1 < len(data); i += 2 {
		r := rune(unit(i))
		if utf16.IsSurrogate(r) {
			pair := rune(utf8.RuneError)
			if i+3 < len(data) {
				pair = utf16.DecodeRune(r, rune(unit(i+2)))
			}
			if pair == utf8.RuneError {
				t.spoilt = true
				b.WriteByte(0xff)
				continue
			}
			r, i = pair, i+2
		}
		b.WriteRune(r)
	}
	if i < len(data) {
		t.spoilt = true
		b.WriteByte(0xff)
	}
	return b.String()
}
