package associate

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/people"
	"github.com/tenths/tenths/draft/prose"
)

// field says what a token is of: the same word tells different things as a term
// of the text and as a sender.
type field uint8

const (
	ofTerm        field = iota // a hashed word of the subject or the text
	ofQuoted                   // a hashed word of an earlier message within it
	ofWord                     // a word of the subject, or of a document's name
	ofPair                     // two of them that follow each other
	ofFrom                     // the sender; of mail sent, everyone it went to
	ofHost                     // the sender's domain
	ofPerson                   // anyone's address
	ofPeople                   // all of them together
	ofSubject                  // the subject without what marks answers
	ofShape                    // the same, with every number alike
	ofFile                     // an attachment's name, with every number alike
	ofAuthor                   // the author of an earlier message within it
	ofThread                   // the conversation, or the document's line of versions
	ofFolder                   // an element of a path
	ofHour                     // the kind of observation and the quarter of the day
	ofAddressName              // a word of the sender's name or address
	ofStyle                    // how it is written: an answer, to many, long, from outside
	fields
)

// token is one thing that an observation shows.
type token struct {
	key   uint32 // hash of the field and what it holds
	field field
}

// sight is what an observation shows, ready to be compared with lessons.
type sight struct {
	tokens []token // sorted, each once
	at     int64   // Unix seconds
}

// Bounds on what is looked at of one observation.
const (
	maxTerms    = 256
	maxQuoted   = 128
	maxPeople   = 12 // addresses
	maxSubject  = 24 // words
	maxFolders  = 12 // elements of a path
	maxAttached = 6
	maxAuthors  = 4
)

// fewTerms are so few of a message's own that what it quotes or forwards is
// what it is about.
const fewTerms = 30

// see makes s what o shows.
func (s *sight) see(o *billing.Observation) {
	s.tokens = s.tokens[:0]
	s.at = o.Span.Start.Unix()
	for _, t := range o.Terms[:min(len(o.Terms), maxTerms)] {
		s.tokens = append(s.tokens, token{spread(t, ofTerm), ofTerm})
	}
	quoted := ofQuoted
	if len(o.Terms) < fewTerms {
		quoted = ofTerm
	}
	for _, t := range o.Quoted[:min(len(o.Quoted), maxQuoted)] {
		s.tokens = append(s.tokens, token{spread(t, quoted), quoted})
	}
	words := prose.Words(string(o.Subject))
	s.subject(plain(words))
	s.people(o)
	s.files(o)
	s.style(o, words)
	if o.Thread != "" {
		s.add(ofThread, o.Thread)
	}
	s.add(ofHour, string(o.Kind)+string(rune('0'+o.Span.Start.Hour()/6)))
	slices.SortFunc(s.tokens, func(a, b token) int {
		return cmp.Or(cmp.Compare(a.field, b.field), cmp.Compare(a.key, b.key))
	})
	s.tokens = slices.Compact(s.tokens)
}

func (s *sight) add(f field, text string) {
	s.tokens = append(s.tokens, token{hashText(f, text), f})
}

// subject adds the subject's words, pairs of them, and the whole.
func (s *sight) subject(words []string) {
	words = words[:min(len(words), maxSubject)]
	last := ""
	for _, w := range words {
		if last != "" {
			s.add(ofPair, last+" "+w)
		}
		s.add(ofWord, w)
		last = w
	}
	if len(words) > 0 {
		whole := strings.Join(words, " ")
		s.add(ofSubject, whole)
		s.add(ofShape, shape(whole))
	}
}

// plain takes the words that mark answers and forwards from the front.
func plain(words []string) []string {
	for len(words) > 0 && answerMark(words[0]) != "" {
		words = words[1:]
	}
	return words
}

func answerMark(word string) string {
	switch word {
	case "re", "aw", "sv", "antw":
		return "answer"
	case "fw", "fwd", "wg":
		return "forward"
	}
	return ""
}

// shape replaces every run of digits by one sign.
func shape(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	digits := false
	for i := range len(s) {
		c := s[i]
		if digit := c >= '0' && c <= '9'; !digit {
			b.WriteByte(c)
			digits = false
		} else if !digits {
			b.WriteByte('#')
			digits = true
		}
	}
	return b.String()
}

func (s *sight) people(o *billing.Observation) {
	var all uint32
	for i, p := range o.With {
		label := p.Label()
		if label == "" {
			continue
		}
		key := hashText(ofPerson, label)
		all += key * 2654435761 // whatever the order
		if i >= maxPeople {
			continue
		}
		s.tokens = append(s.tokens, token{key, ofPerson})
		if p.Role == billing.RoleFrom || p.Role == billing.RoleOrganizer || o.Kind == billing.KindMailSent {
			s.add(ofFrom, label)
			if h := people.Host(string(p.Address)); h != "" {
				s.add(ofHost, h)
			}
			for _, w := range prose.Words(label) {
				s.add(ofAddressName, w)
			}
		}
	}
	if all != 0 {
		s.tokens = append(s.tokens, token{spread(all, ofPeople), ofPeople})
	}
	for _, p := range o.QuotedFrom[:min(len(o.QuotedFrom), maxAuthors)] {
		s.add(ofAuthor, strings.ToLower(p.Label()))
	}
}

func (s *sight) files(o *billing.Observation) {
	for _, a := range o.Attachments[:min(len(o.Attachments), maxAttached)] {
		s.add(ofFile, shape(strings.ToLower(string(a))))
	}
	if o.Path == "" {
		return
	}
	elements := strings.Split(strings.ToLower(prose.Slashed(string(o.Path))), "/")
	folders := elements[:len(elements)-1]
	for _, e := range folders[max(0, len(folders)-maxFolders):] {
		s.add(ofFolder, e)
	}
}

// style adds how a message is written, whatever it is about.
func (s *sight) style(o *billing.Observation, subject []string) {
	mark := "none"
	if len(subject) > 0 {
		mark = "first" + answerMark(subject[0])
	}
	s.add(ofStyle, mark)
	s.add(ofStyle, "with "+magnitude(int64(len(o.With))))
	s.add(ofStyle, "words "+magnitude(o.Words))
	s.add(ofStyle, "quoted "+magnitude(int64(len(o.Quoted))/8))
	if len(o.With) == 0 {
		return
	}
	host := people.Host(string(o.With[0].Address))
	kind := "host alone"
	if people.Anyones[host] {
		kind = "host of anyone"
	} else if slices.ContainsFunc(o.With[1:], func(p billing.Party) bool { return people.Host(string(p.Address)) == host }) {
		kind = "host shared"
	}
	s.add(ofStyle, kind)
	s.add(ofStyle, "under "+host[strings.LastIndexByte(host, '.')+1:])
}

// magnitude is the number of binary digits of n, as a letter.
func magnitude(n int64) string {
	digits := 0
	for ; n > 0; n >>= 1 {
		digits++
	}
	return string(rune('a' + digits))
}

// hashText returns a hash of what a field holds (FNV-1a, then spread).
func hashText(f field, text string) uint32 {
	h := uint32(2166136261)
	for i := range len(text) {
		h = (h ^ uint32(text[i])) * 16777619
	}
	return spread(h, f)
}

// spread mixes a field into a hash (the finalizer of MurmurHash3).
func spread(h uint32, f field) uint32 {
	h ^= uint32(f+1) * 0x9e3779b9
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}
