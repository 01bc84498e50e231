package mail

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds on the terms of a message.
const (
	maxTerms   = 256
	maxOwnText = 64 << 10 // bytes of text that terms are taken from
	maxTerm    = 40       // bytes; what is longer is no word
)

// terms returns hashes of the most telling words of a message's subject and of
// the text that its author wrote, sorted, so that their order tells nothing; nil
// without a key. They are for learning which words go with which matter.
//
// The hash is keyed because a plain one is undone by hashing a dictionary. Who
// has the key can still guess: terms are as private as the store's other rows.
func terms(key []byte, subject, text string) []uint32 {
	if len(key) == 0 {
		return nil
	}
	count := map[string]int{}
	plain, _ := plainSubject(subject)
	for _, w := range telling(plain) {
		count[w] += 1000 // the subject goes first
	}
	for _, w := range telling(text) {
		count[w]++
	}
	return hashed(key, count)
}

// quotedTerms returns hashes of the most telling words of the earlier messages
// that one holds, as [terms] does, without those that are among its own.
func quotedTerms(key []byte, text string, own []uint32) []uint32 {
	if len(key) == 0 || text == "" {
		return nil
	}
	count := map[string]int{}
	for _, w := range telling(text) {
		count[w]++
	}
	return slices.DeleteFunc(hashed(key, count), func(t uint32) bool {
		_, mine := slices.BinarySearch(own, t)
		return mine
	})
}

// hashed returns the keyed hashes of the words that count the most, sorted.
func hashed(key []byte, count map[string]int) []uint32 {
	words := make([]string, 0, len(count))
	for w := range count {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(len(b), len(a)), strings.Compare(a, b))
	})
	var out []uint32
	mac := hmac.New(sha256.New, key)
	var sum [sha256.Size]byte
	for _, w := range words[:min(len(words), maxTerms)] {
		mac.Reset()
		mac.Write([]byte("term\x00" + w))
		out = append(out, binary.BigEndian.Uint32(mac.Sum(sum[:0])))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// telling returns the words of s that can tell one matter from another, in lower
// case and without the ends that number and case give them. Scripts without
// spaces give every two characters that follow each other.
func telling(s string) []string {
	var out []string
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }) {
		first, _ := utf8.DecodeRuneInString(w)
		if unicode.In(first, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) {
			runes := []rune(w)
			for i := range len(runes) - 1 {
				out = append(out, string(runes[i:i+2]))
			}
			continue
		}
		if w = stem(w); utf8.RuneCountInString(w) >= 3 && len(w) <= maxTerm && !commonWords[w] {
			out = append(out, w)
		}
	}
	return out
}

// stem takes the plural from an English word, and little from any other: Harman's
// "S" stemmer, which never joins words of different sense.
func stem(w string) string {
	ends := func(suffix string, but ...string) bool {
		return strings.HasSuffix(w, suffix) && len(w) > len(suffix)+1 &&
			!slices.ContainsFunc(but, func(b string) bool { return strings.HasSuffix(w, b) })
	}
	switch {
	case ends("ies", "eies", "aies"):
		return strings.TrimSuffix(w, "ies") + "y"
	case ends("es", "aes", "ees", "oes"), ends("s", "us", "ss", "es"):
		return strings.TrimSuffix(w, "s")
	}
	return w
}

// commonWords are in mail about anything, stemmed.
var commonWords = setOf(`the and for you your our that thi with from have has had are was were will would can could shall should may might must
	not but all any been being they them their there here what when where which who whom how than then just about into over under out also only
	please thank thanks regard best dear hello sincerely kind very much more most some such sent mail email message attached attachment
	let know see get got one two new let's don it's i'm we're http https www com org net html
	der die das und ist nicht mit von für auf ein eine einen wir sie ich den dem des zu im bitte danke grüße freundlichen
	les des une est pas pour dans avec vous nous que qui sur par merci bonjour cordialement los las una por para con que gracia saludo`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}
