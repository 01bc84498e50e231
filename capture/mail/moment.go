package mail

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// moment is a date with a time of day, as a message has it.
type moment struct {
	at   time.Time // UTC
	sure bool      // it says by which clock, in one way only
	or   []time.Time
}

// Years that no mail can be from come from clocks that were never set.
const (
	firstYear = 1980
	lastYear  = 2200
)

// parseDate reads a date as mail programs write them: RFC 5322's form and those
// that occur beside it, in the languages of mail programs. What names no offset
// from UTC, or one that nobody knows, is read by the clock of zone; it is then
// not sure, and without a zone it is not read. A day or hour that does not exist
// is not moved to another.
func parseDate(s string, zone *time.Location) (moment, bool) {
	s = rawText(s, "")
	if strings.Contains(s, "=?") {
		s = decodeText(s, "")
	}
	plain := tidy(stripComments(s))
	if t, err := time.Parse("Mon, 2 Jan 2006 15:04:05 -0700", plain); err == nil { // nearly all are as they should be
		if _, offset := t.Zone(); isOffset(offset) && (offset != 0 || !strings.Contains(s, "(")) {
			return moment{at: t.UTC(), sure: true}, t.Year() >= firstYear && t.Year() <= lastYear
		}
	}
	plain = clockDots.ReplaceAllStringFunc(eastern.Replace(plain), func(clock string) string { return strings.ReplaceAll(clock, ".", ":") })
	plain = basicDate.ReplaceAllString(plain, "$1-$2-$3 $4:$5:$6 ")
	var c clockwork
	c.read(dateToken.FindAllStringIndex(plain, maxDateTokens), plain)
	c.note(commentsIn(s))
	return c.moment(zone)
}

// maxDateTokens bounds what is looked at of a field that may be of any length.
const maxDateTokens = 40

// dateToken finds the pieces of a date: a time of day, a date in numbers, an
// offset, a number, a word or the name of a zone.
var dateToken = regexp.MustCompile(`\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|[+-]\d{1,6}(?::\d{2})?|\d+|\pL[\pL\pM/_.']*`)

// eastern are signs that stand for others: minus, and the words between the
// numbers of a Chinese, Japanese or Korean date, with the spaces around them.
var eastern = strings.NewReplacer("−", "-", "–", "-", "年 ", "-", "年", "-", "月 ", "-", "月", "-", "日", " ", "년 ", "-", "년", "-", "월 ", "-", "월", "-", "일", " ",
	"時", ":", "分", ":", "秒", " ", "시 ", ":", "시", ":", "분 ", ":", "분", ":", "초", " ", "上午", " 上午 ", "下午", " 下午 ", "午前", " 上午 ", "午後", " 下午 ", "오전", " 上午 ", "오후", " 下午 ")

// basicDate is ISO 8601 without its signs; clockDots is a time of day behind a
// date, with full stops where others have colons.
var (
	basicDate = regexp.MustCompile(`\b(\d{4})(\d\d)(\d\d)[Tt](\d\d)(\d\d)(\d\d)`)
	clockDots = regexp.MustCompile(`\d{4}[ ,]+\d{1,2}\.\d\d(\.\d\d)?\b`)
)

// clockwork is what the pieces of a date say.
type clockwork struct {
	days       []day // as which its date can be read, likeliest first
	hour, min  int
	sec        int
	timed      bool
	half       string // "am", "pm" or ""
	offset     int    // seconds east
	hasOffset  bool
	zones      []string // words that stand where the name of a zone does
	commentary []string // the same in comments
}

type day struct{ year, month, day int }

// datePiece is a token, told apart.
type datePiece struct {
	text    string
	month   int  // what month the word names, or 0
	number  bool // digits alone
	touches bool // nothing is between it and the one before
}

// read takes what the tokens of s say.
func (c *clockwork) read(tokens [][]int, s string) {
	var pieces []datePiece
	end := -1
	for _, at := range tokens {
		text := s[at[0]:at[1]]
		p := datePiece{text: text, touches: at[0] == end}
		end = at[1]
		switch first := text[0]; {
		case strings.Contains(text, ":") && first != '+' && first != '-':
			c.time(text)
			continue
		case first == '+' || first == '-':
			if last := len(pieces) - 1; p.touches && last >= 0 && pieces[last].month > 0 { // 16-Nov-2026
				p.text, p.number = text[1:], true
				break
			}
			if c.timed && !c.hasOffset {
				c.offset, c.hasOffset = parseOffset(text)
			}
			continue
		case first < '0' || first > '9':
			p.text = plainWord(text)
			p.month = months()[p.text]
			if c.word(p) {
				continue
			}
		case strings.ContainsAny(text, "./-"):
			c.numeric(text)
			continue
		default:
			p.number = true
		}
		pieces = append(pieces, p)
	}
	if len(c.days) == 0 {
		c.named(pieces)
	}
}

// word takes a word that belongs to the time of day; it reports false for one
// that may belong to the date.
func (c *clockwork) word(p datePiece) bool {
	switch {
	case p.text == "am" || p.text == "上午":
		c.half = "am"
	case p.text == "pm" || p.text == "下午":
		c.half = "pm"
	case (p.text == "a" || p.text == "p") && c.timed && c.half == "":
		c.half = p.text // "a. m."
	case p.text == "m" && len(c.half) == 1:
		c.half += "m"
	case c.timed && p.month == 0 && !fillers[p.text]:
		c.zones = append(c.zones, p.text)
	case fillers[p.text]:
	default:
		return false
	}
	return true
}

// fillers are words that say nothing, plain.
var fillers = wordSet("t st nd rd th er de del di den do of at um a las le el o'clock uhr kl klo mon tue wed thu fri sat sun")

func wordSet(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}

// time takes a time of day.
func (c *clockwork) time(text string) {
	if c.timed {
		return
	}
	parts := strings.Split(text, ":")
	c.hour, _ = strconv.Atoi(parts[0]) // it is digits
	c.min, _ = strconv.Atoi(parts[1])
	if len(parts) > 2 {
		whole, _, _ := strings.Cut(strings.ReplaceAll(parts[2], ",", "."), ".")
		c.sec, _ = strconv.Atoi(whole)
	}
	c.timed = true
}

// numeric takes a date in numbers. With slashes the month is first, as in the
// United States, where the numbers allow it.
func (c *clockwork) numeric(text string) {
	sep := string(text[strings.IndexAny(text, "./-")])
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("./-", r) })
	if len(parts) != 3 || len(c.days) > 0 {
		return
	}
	a, _ := strconv.Atoi(parts[0])
	b, _ := strconv.Atoi(parts[1])
	if len(parts[0]) > 2 {
		d, _ := strconv.Atoi(parts[2])
		c.days = []day{{a, b, d}}
		return
	}
	year := fullYear(parts[2])
	dayFirst, monthFirst := day{year, b, a}, day{year, a, b}
	switch {
	case sep == "." || a > 12 || a == b:
		c.days = []day{dayFirst}
	case b > 12:
		c.days = []day{monthFirst}
	case sep == "/":
		c.days = []day{monthFirst, dayFirst}
	default:
		c.days = []day{dayFirst, monthFirst}
	}
}

// named takes a date whose month is a word.
func (c *clockwork) named(pieces []datePiece) {
	at := monthIn(pieces)
	if at < 0 {
		return
	}
	var after []string
	for _, p := range pieces[at+1:] {
		if p.number {
			after = append(after, p.text)
		}
	}
	before := ""
	if at > 0 && pieces[at-1].number {
		before = pieces[at-1].text
	}
	var d, y string
	switch {
	case len(before) > 2 && len(after) > 0:
		y, d = before, after[0]
	case before != "" && len(after) > 0:
		d, y = before, after[0]
	case len(after) > 1:
		d, y = after[0], after[1]
	default:
		return
	}
	number, err := strconv.Atoi(d)
	if err == nil {
		c.days = []day{{fullYear(y), pieces[at].month, number}}
	}
}

// monthIn returns which of the pieces is the month: the word after a number,
// or else before one, for some names of months are those of weekdays elsewhere.
func monthIn(pieces []datePiece) int {
	best := -1
	for i, p := range pieces {
		switch {
		case p.month == 0:
		case i > 0 && pieces[i-1].number:
			return i
		case best < 0 && i+1 < len(pieces) && pieces[i+1].number:
			best = i
		}
	}
	return best
}

// fullYear returns the year of two, three or four digits (RFC 5322 section 4.3).
func fullYear(digits string) int {
	n, err := strconv.Atoi(digits)
	switch {
	case err != nil:
		return 0
	case len(digits) == 2 && n < 50:
		return 2000 + n
	case len(digits) == 2 || len(digits) == 3:
		return 1900 + n
	}
	return n
}

// parseOffset reads "+0100", "+01:00", "-05", "-5" and "+530", in seconds.
func parseOffset(s string) (offset int, ok bool) {
	digits := strings.ReplaceAll(s[1:], ":", "")
	if len(digits) < 3 {
		digits += "00"
	}
	if len(digits) > 4 {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	offset = n/100*3600 + n%100*60
	if s[0] == '-' {
		offset = -offset
	}
	return offset, err == nil && n%100 < 60 && isOffset(offset)
}

// isOffset reports whether clocks anywhere have been that many seconds east.
func isOffset(seconds int) bool { return seconds >= -12*3600 && seconds <= 14*3600 }

// note takes what comments say of the zone.
func (c *clockwork) note(comments []string) {
	for _, comment := range comments {
		for w := range strings.FieldsSeq(tidy(comment)) {
			c.commentary = append(c.commentary, plainWord(w))
		}
	}
}

// moment returns what the pieces add up to.
func (c *clockwork) moment(zone *time.Location) (moment, bool) {
	if !c.timed || !c.halfDay() {
		return moment{}, false
	}
	var m moment
	for _, clock := range c.clocks(zone) {
		for _, d := range c.possible() {
			at := time.Date(d.year, time.Month(d.month), d.day, c.hour, c.min, c.sec, 0, clock).UTC()
			if m.at.IsZero() {
				m.at = at
			} else if !at.Equal(m.at) {
				m.or = append(m.or, at)
			}
		}
	}
	m.sure = len(m.or) == 0 && (c.hasOffset || c.zone() != nil)
	return m, !m.at.IsZero()
}

// halfDay puts the hour into the half of the day that is named, and reports
// whether there is such a time of day. A leap second is the first of the next
// minute.
func (c *clockwork) halfDay() bool {
	switch {
	case c.half == "am" && c.hour == 12:
		c.hour = 0
	case c.half == "pm" && c.hour < 12:
		c.hour += 12
	}
	midnight := c.hour == 24 && c.min == 0 && c.sec == 0
	return (c.hour < 24 || midnight) && c.min < 60 && c.sec <= 60
}

// possible returns the days that exist. A half of the day is named where the
// month comes first.
func (c *clockwork) possible() []day {
	var out []day
	for _, d := range c.days {
		t := time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
		if d.year >= firstYear && d.year <= lastYear && int(t.Month()) == d.month && t.Day() == d.day {
			out = append(out, d)
		}
	}
	if c.half != "" && len(out) > 1 {
		out = out[:1]
	}
	return out
}

// clocks returns those by which the time may be meant, likeliest first. An
// offset of zero beside the name of a zone that is elsewhere may be a program's
// that knew the name alone.
func (c *clockwork) clocks(zone *time.Location) []*time.Location {
	named := c.zone()
	switch {
	case c.hasOffset && c.offset == 0 && named != nil:
		return []*time.Location{time.UTC, named}
	case c.hasOffset:
		return []*time.Location{time.FixedZone("", c.offset)}
	case named != nil:
		return []*time.Location{named}
	case zone != nil:
		return []*time.Location{zone}
	}
	return nil
}

// zone returns the zone that is named, or nil.
func (c *clockwork) zone() *time.Location { return cmp.Or(zoneNamed(c.zones), zoneNamed(c.commentary)) }

// commentsIn returns what is in parentheses in s.
func commentsIn(s string) []string {
	var out []string
	for {
		_, after, ok := strings.Cut(s, "(")
		if !ok {
			return out
		}
		inner, rest, _ := strings.Cut(after, ")")
		out, s = append(out, inner), rest
	}
}
