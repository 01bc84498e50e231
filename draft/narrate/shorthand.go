package narrate

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// shorthand is what lawyers write short. It is spelled out only as a whole word
// and only where the context leaves one meaning: an MTC is a motion to compel
// where there are motions, and a PI is a person elsewhere.
type shorthand struct {
	full    string
	context context
	next    string // words of which one must follow, "" for any
}

// context is where a shorthand has the meaning that the table gives it.
type context uint8

const (
	always    context = iota
	atCourt           // matters before a court
	inDeals           // transactions
	inSpeech          // notes and calendars, where people write as they speak
	inTitles          // names of documents
	inNotes           // as inSpeech, in words that stand as they were typed
	capitals  = 0x10  // only in capitals, whatever the place
	placeBits = 0x0f
)

var shorthands = map[string]shorthand{
	"mtc": {full: "motion to compel", context: atCourt | capitals}, "mtcs": {full: "motions to compel", context: atCourt},
	"msj":  {full: "motion for summary judgment", context: atCourt | capitals},
	"xmsj": {full: "cross-motion for summary judgment", context: atCourt | capitals},
	"mtd":  {full: "motion to dismiss", context: atCourt | capitals},
	"mil":  {full: "motion in limine", context: atCourt | capitals}, "mils": {full: "motions in limine", context: atCourt},
	"rog": {full: "interrogatory", context: atCourt}, "rogs": {full: "interrogatories", context: atCourt},
	"srogs": {full: "special interrogatories", context: atCourt}, "frogs": {full: "form interrogatories", context: atCourt},
	"rfp": {full: "request for production", context: atCourt | capitals}, "rfps": {full: "requests for production", context: atCourt},
	"rfa": {full: "request for admission", context: atCourt | capitals}, "rfas": {full: "requests for admission", context: atCourt},
	"depo": {full: "deposition"}, "depos": {full: "depositions"}, "dep": {full: "deposition", context: atCourt, next: "outline transcript notice of exhibits"},
	"opp": {full: "opposition", context: atCourt}, "opp'n": {full: "opposition", context: atCourt},
	"sof":  {full: "statement of facts", context: atCourt | capitals},
	"ltr":  {full: "letter"},
	"agmt": {full: "agreement"}, "agrmt": {full: "agreement"}, "agmts": {full: "agreements"},
	"stip": {full: "stipulation"}, "stips": {full: "stipulations"},
	"decl": {full: "declaration"}, "decls": {full: "declarations"},
	"aff": {full: "affidavit", context: inTitles}, "affs": {full: "affidavits", context: inTitles},
	"nda": {full: "nondisclosure agreement", context: always | capitals}, "ndas": {full: "nondisclosure agreements"},
	"loi": {full: "letter of intent", context: always | capitals},
	"mou": {full: "memorandum of understanding", context: always | capitals},
	"spa": {full: "stock purchase agreement", context: inDeals | capitals},
	"apa": {full: "asset purchase agreement", context: inDeals | capitals},
	"dd":  {full: "due diligence", context: inDeals | capitals},
	"tro": {full: "temporary restraining order", context: atCourt | capitals},
	"pi":  {full: "preliminary injunction", context: atCourt | capitals, next: "motion brief hearing order opposition opp reply papers"},
	"poa": {full: "power of attorney", context: always | capitals},
	"cmc": {full: "case management conference", context: atCourt | capitals},
	"msc": {full: "mandatory settlement conference", context: atCourt | capitals},
	"oc":  {full: "opposing counsel", context: atCourt | capitals},
	"iso": {full: "in support of", context: atCourt | capitals},
	"ito": {full: "in opposition to", context: atCourt | capitals},
	"ntc": {full: "notice", context: atCourt}, "mot": {full: "motion", context: atCourt}, "mtn": {full: "motion", context: atCourt},
	"resp": {full: "responses", context: atCourt}, "resps": {full: "responses", context: atCourt},
	"obj": {full: "objections", context: atCourt}, "objs": {full: "objections", context: atCourt},
	"supp": {full: "supplemental", context: atCourt}, "exh": {full: "exhibit", context: inTitles},
	"reqs": {full: "requests", context: atCourt},
	"pltf": {full: "Plaintiff", context: atCourt}, "pltfs": {full: "Plaintiffs", context: atCourt}, "plf": {full: "Plaintiff", context: atCourt},
	"def": {full: "Defendant", context: atCourt}, "defs": {full: "Defendants", context: atCourt},
	"deft": {full: "Defendant", context: atCourt}, "dft": {full: "Defendant", context: atCourt},
	"w/": {full: "with"}, "w/o": {full: "without"}, "b/w": {full: "between"},
	"cmts": {full: "comments"}, "rl": {full: "redline", context: inTitles}, "amdt": {full: "amendment"}, "mtg": {full: "meeting"},
	"jt": {full: "joint", context: atCourt}, "prop": {full: "proposed", context: atCourt, next: "order judgment findings stipulation stip decree"},
	"ext": {full: "extension", context: inTitles, next: "of"}, "cert": {full: "certificate", context: inTitles, next: "of"},
	"rpt": {full: "report", context: inTitles}, "am": {full: "amended", context: atCourt, next: "compl complaint answer petition notice"},
	"compl": {full: "complaint", context: atCourt}, "mpa": {full: "memorandum of points and authorities", context: atCourt | capitals},
	"subp": {full: "subpoena", context: inTitles}, "osc": {full: "order to show cause", context: atCourt | capitals},
	"qs": {full: "questions", context: inTitles}, "mem": {full: "memorandum", context: inTitles, next: "of in"},
	"disc": {full: "discovery", context: atCourt}, "sched": {full: "scheduling", context: atCourt, next: "order conf conference"},
	"corr": {full: "correspondence", context: inTitles}, "docs": {full: "documents"}, "stmt": {full: "statement", context: inTitles},
	"addl": {full: "additional"}, "atty": {full: "attorney"}, "mgmt": {full: "management"}, "amd": {full: "amended", context: inTitles},
	"re":  {full: "regarding", context: inTitles},
	"t/c": {full: "telephone conference", context: inSpeech}, "tc": {full: "telephone conference", context: inSpeech},
}

// shortBy has, for each first letter in lower case, a bit for each length that
// some shorthand has: most words are none, and need not be looked up.
var shortBy = func() (by [256]uint8) {
	for w := range shorthands {
		by[w[0]] |= 1 << len(w)
	}
	by['e'] |= 1 << 2 // ex. 12
	return by
}()

// expand spells out the shorthand in text, which was written at place, about a
// matter before a court or not.
func (v *view) expand(text string, place context) string {
	var b strings.Builder // stays empty while nothing changed
	from := 0             // what precedes it was written
	for i := 0; i < len(text); {
		for i < len(text) && text[i] == ' ' {
			i++
		}
		end := i
		for end < len(text) && text[end] != ' ' {
			end++
		}
		lo, hi := core(text, i, end)
		if full := v.spell(text, lo, hi, place); full != "" {
			if b.Len() == 0 {
				b.Grow(len(text) + 24)
			}
			b.WriteString(text[from:lo])
			b.WriteString(full)
			if hi < len(text) && text[hi] == '.' {
				hi++ // "Decl. of"
			}
			from = hi
			if hi < end && text[hi-1] == '/' { // w/Reed
				b.WriteByte(' ')
				end = hi // Reed may be short for something too
			}
		}
		i = end
	}
	if b.Len() == 0 {
		return text
	}
	b.WriteString(text[from:])
	return b.String()
}

// core narrows text[lo:hi] to its letters and digits, with the slash that some
// shorthand has.
func core(text string, lo, hi int) (int, int) {
	for lo < hi {
		r, n := utf8.DecodeRuneInString(text[lo:hi])
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			break
		}
		lo += n
	}
	if hi-lo >= 2 && (text[lo] == 'w' || text[lo] == 'W') && text[lo+1] == '/' && !strings.EqualFold(text[lo:hi], "w/o") {
		return lo, lo + 2
	}
	for lo < hi {
		r, n := utf8.DecodeLastRuneInString(text[lo:hi])
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			break
		}
		hi -= n
	}
	return lo, hi
}

// spell returns the full form of text[lo:hi], "" where it has none there.
func (v *view) spell(text string, lo, hi int, place context) string {
	if hi-lo < 2 || hi-lo > 7 {
		if hi-lo == 1 && text[lo] == 'w' && place != always && lo > 0 && hi < len(text) && text[hi] == ' ' {
			return "with"
		}
		return ""
	}
	if first := text[lo] | 0x20; shortBy[first]&(1<<(hi-lo)) == 0 && (hi-lo < 3 || text[hi-1] != 's') {
		return ""
	}
	var buf [8]byte
	low := buf[:0]
	upper := 0
	for i := lo; i < hi; i++ {
		c := text[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
			upper++
		}
		low = append(low, c)
	}
	own := ""
	if n := len(low); n > 2 && low[n-1] == 's' && low[n-2] == '\'' {
		own, low = "'s", low[:n-2]
	}
	if len(low) == 1 && own != "" && upper == 1 && v.practice == litigation { // P's, D's
		switch low[0] {
		case 'p':
			return "Plaintiff's"
		case 'd':
			return "Defendant's"
		}
	}
	switch {
	case len(low) == 2 && string(low) == "ex" && place != always && numbered(text[hi:]):
		return "exhibit"
	case string(low) == "resp" && v.contested() && !several(text[:lo], text[hi:]):
		return "response"
	}
	s, ok := shorthands[string(low)]
	if !ok || s.context&capitals != 0 && upper < len(low) {
		return ""
	}
	switch s.context & placeBits {
	case atCourt:
		ok = v.contested()
	case inDeals:
		ok = v.practice == project
	case inSpeech:
		ok = place == inSpeech || place == inNotes
	case inTitles:
		ok = place != always && !(place == inNotes && string(low) == "re")
	}
	switch {
	case !ok, s.next != "" && !followed(text[hi:], s.next),
		string(low) == "re" && (lo == 0 || strings.TrimSpace(text[hi:]) == "" || lo > 0 && text[lo-1] != ' '),
		string(low) == "iso" && strings.TrimLeft(text[hi:], " 0123456789") != strings.TrimLeft(text[hi:], " "):
		return ""
	}
	return s.full + own
}

// numbered reports whether what follows is a number or a letter: "Ex. 12", "Ex A".
func numbered(rest string) bool {
	start, end := nextWord(rest, 0)
	return start <= 2 && end > start && (allDigits(rest[start:end]) || end-start == 1)
}

// several reports whether a response is one of many: to requests, or with
// objections.
func several(before, after string) bool {
	if followed(after, "to and & set") {
		return true
	}
	before = before[max(0, len(before)-24):]
	last := ""
	for start, end := nextWord(before, 0); start < end; start, end = nextWord(before, end) {
		last = before[start:end]
	}
	switch strings.ToLower(last) {
	case "rog", "rogs", "rfp", "rfps", "rfa", "rfas", "disc", "discovery", "obj", "objs", "objections", "and", "interrogatory", "supp":
		return true
	}
	return strings.HasSuffix(before, "& ")
}

// followed reports whether one of the words in list comes next in rest.
func followed(rest, list string) bool {
	w := wordsIn(rest[:min(len(rest), 24)])
	if len(w) == 0 {
		return false
	}
	for x := range strings.FieldsSeq(list) {
		if w[0].lower == x {
			return true
		}
	}
	return false
}
