package note

import "strings"

const (
	second = 1
	minute = 60
	hour   = 3600
)

var unitWords = map[string]int64{
	"h": hour, "hr": hour, "hrs": hour, "hour": hour, "hours": hour,
	"m": minute, "min": minute, "mins": minute, "minute": minute, "minutes": minute,
	"sec": second, "secs": second, "second": second, "seconds": second,
}

// unit returns the seconds of the unit at i, 0 when there is none. "second" is
// none where it may be an ordinal.
func (r *reading) unit(i int) int64 { return unitWords[r.tok(i).low] }

// pastUnit returns the token after the unit at i and its point.
func (r *reading) pastUnit(i int) int {
	i++
	if r.tok(i).is(".") && r.tok(i).glued && r.tok(i+1).kind != line && !r.tok(i+1).capital() && !r.inDay(i+1) && !r.endsTimed(i) {
		i++
	}
	return i
}

// hedges say that what follows was estimated. The longest is tried first.
var hedges = [][]string{
	{"a", "little", "over"}, {"a", "little", "under"}, {"a", "bit", "over"}, {"a", "bit", "under"}, {"a", "little", "more", "than"}, {"a", "little", "less", "than"},
	{"just", "over"}, {"just", "under"}, {"just", "about"}, {"more", "than"}, {"less", "than"}, {"at", "least"}, {"close", "to"}, {"somewhere", "around"},
	{"i", "think"}, {"i'd", "estimate"}, {"i", "estimate"}, {"estimate"}, {"estimated"}, {"est"}, {"i", "guess"}, {"i", "believe"}, {"or", "so"},
	{"about"}, {"around"}, {"roughly"}, {"approximately"}, {"approx"}, {"maybe"}, {"perhaps"}, {"probably"}, {"nearly"}, {"almost"}, {"circa"}, {"~"},
	{"over"}, {"under"},
}

// softened are the ways to say after a duration that it was estimated.
var softened = [][]string{{"or", "so"}, {"or", "thereabouts"}, {"give", "or", "take"}, {"and", "change"}, {"ish"}, {"-", "ish"}, {"tops"}, {"max"}, {"roughly"}, {"approximately"}, {"or", "thereabout"}}

// duration reads how long something took, at i.
func (r *reading) duration(i int) (w when, ok bool) {
	j, est := i, false
	for n := r.run(j, hedges); n > 0; n = r.run(j, hedges) {
		j, est = j+n, true
	}
	if r.tok(j).is("another", "additional") || r.tok(j).is("a") && r.tok(j+1).is("good", "full", "solid", "total") {
		j++
		if r.tok(j).is("good", "full", "solid") {
			j++
		}
		if r.unit(j) != 0 { // a good hour
			j--
		}
	}
	if w, ok = r.vague(j); ok {
		w.from = i
		return w, true
	}
	seconds, next, ok := r.exact(j)
	if !ok || named[r.tok(next).low] && r.tok(next).kind == word || r.tok(next).is("of") && recorded[r.tok(next+1).low] || r.lastsItself(i, next) {
		return w, false
	}
	next = r.pastWork(next)
	if n := r.run(next, softened); n > 0 {
		next, est = next+n, true
	}
	w = when{from: i, to: next, seconds: seconds, has: true, est: est}
	if seconds <= 0 || seconds > 24*hour {
		w.has, w.wrong = false, true
	}
	return w, true
}

// pastWork skips what may follow a duration without saying more: "of time",
// "even", "long".
func (r *reading) pastWork(i int) int {
	switch {
	case r.tok(i).is("of") && r.tok(i+1).is("time", "work"):
		return i + 2
	case r.tok(i).is("-") && r.tok(i+1).is("long"):
		return i + 2
	case r.tok(i).is("long", "even", "worth"):
		return i + 1
	}
	return i
}

// exact reads a duration without hedges.
func (r *reading) exact(i int) (seconds int64, next int, ok bool) {
	for _, form := range []func(int) (int64, int, bool){r.partOfHour, r.anHour, r.hoursColon, r.minutesColon, r.counted, r.tenths} {
		if seconds, next, ok = form(i); ok {
			return seconds, next, true
		}
	}
	return 0, i, false
}

// partOfHour reads "half an hour", "a half-hour", "three quarters of an hour".
func (r *reading) partOfHour(i int) (seconds int64, next int, ok bool) {
	v, j := r.fraction(i)
	if j == i {
		return 0, i, false
	}
	if r.tok(j).is("of") {
		j++
	}
	if r.tok(j).is("a", "an") {
		j++
	}
	if r.tok(j).is("-") {
		j++
	}
	if r.unit(j) != hour {
		return 0, i, false
	}
	return v.of(hour), r.pastUnit(j), true
}

// anHour reads "an hour", "hour and a half", "a minute", with what follows.
func (r *reading) anHour(i int) (seconds int64, next int, ok bool) {
	j := i
	if r.tok(j).is("a", "an") {
		j++
	}
	if !r.tok(j).is("hour", "minute") || j == i && !r.hourAlone(j) {
		return 0, i, false
	}
	u := r.unit(j)
	if u == minute {
		return minute, j + 1, true
	}
	more, next := r.more(j + 1)
	return hour + more, next, true
}

// hourAlone reports whether "hour" at j is a duration without its article: "hour
// and a half", "hour-long".
func (r *reading) hourAlone(j int) bool {
	if r.tok(j-1).is("the", "that", "this", "per", "each", "happy", "rush", "lunch", "office", "business") {
		return false
	}
	_, next := r.more(j + 1)
	return next > j+1 || r.tok(j+1).is("long") || r.tok(j+1).is("-") && r.tok(j+2).is("long") || r.tok(j-1).is("good", "full", "solid", "another")
}

// more reads what may follow hours: "and a half", "and ten minutes", "ten", "15
// min", "30".
func (r *reading) more(i int) (seconds int64, next int) {
	j, joined := i, false
	if r.tok(j).is("and", ",", "&") {
		j, joined = j+1, true
	}
	if r.tok(i).is("and") {
		if v, k := r.fraction(j); k > j {
			if r.unit(k) == hour {
				k = r.pastUnit(k)
			} else if r.tok(k).is("of") && r.tok(k+1).is("an") && r.unit(k+2) == hour {
				k = r.pastUnit(k + 2)
			}
			return v.of(hour), k
		}
	}
	n, k := r.cardinal(j)
	if k == j || n > 59 {
		return 0, i
	}
	if r.tok(k).is("-") && r.unit(k+1) == minute {
		k++
	}
	if r.unit(k) == minute && (!r.tok(k).is("m") || r.tok(k).glued) {
		return n * minute, r.pastUnit(k)
	}
	ends := r.tok(k).kind != word && !r.tok(k).glued && k >= len(r.toks) || r.tok(k).is(",", ";", ")", ".") && !r.tok(k+1).glued
	if !joined && r.tok(j).kind == number && n >= 5 && (n%5 == 0 || r.tok(i-1).is("hr", "hrs", "h")) && ends { // an hour 10, 1 hr 12
		return n * minute, k
	}
	bare := r.tok(i).is("and") && r.tok(j).kind == word && n >= 5 && n%5 == 0 && (r.tok(k).kind != word || prepositions[r.tok(k).low] || strings.HasSuffix(r.tok(k).low, "ing") && r.starts(k)) || !joined && (r.tok(j).glued && r.tok(j).kind == number && k == j+1 || r.tok(j).kind == word && n >= 5 && n%5 == 0)
	if bare && r.unit(k) == 0 && !r.tok(k).is("point", "tenths") {
		return n * minute, k
	}
	return 0, i
}

// hoursColon reads 1:30 as an hour and a half: a short number of hours, not a
// time of day.
func (r *reading) hoursColon(i int) (seconds int64, next int, ok bool) {
	h, m, next, ok := r.colon(i)
	if !ok || h > 5 || r.meridiem(next) != "" || r.guarded(i, next) || r.tok(i-1).is("at", "since", "until", "till") || r.tok(i-1).is("by") && !r.tok(i-2).is("followed") || len(r.tok(i).text) > 1 && h > 0 {
		return 0, i, false
	}
	if r.tok(i-1).is("the", "our", "my") || prepositions[r.tok(i-1).low] && r.tok(i-1).kind == word && r.tok(next).is("hearing", "call", "meeting", "deposition", "depo", "conference", "trial", "mediation", "appointment", "closing") { // the 2:00 hearing
		return 0, i, false
	}
	if r.unit(next) == hour {
		next = r.pastUnit(next)
	}
	return int64(h)*hour + int64(m)*minute, next, true
}

// minutesColon reads :20 as twenty minutes.
func (r *reading) minutesColon(i int) (seconds int64, next int, ok bool) {
	c, m := r.tok(i), r.tok(i+1)
	if !c.is(":") || c.glued || !m.glued || m.kind != number || m.point || len(m.text) != 2 || m.value.num > 59 || r.tok(i+2).glued && r.tok(i+2).kind != mark {
		return 0, i, false
	}
	return m.value.num * minute, i + 2, true
}

// counted reads a number with its unit: "20 min", "1h30", "two and a half
// hours", "1.2", "one point two".
func (r *reading) counted(i int) (seconds int64, next int, ok bool) {
	if r.tok(i-1).is("-", ".", "/", ":") && r.tok(i).glued && r.tok(i-1).glued && r.tok(i-2).kind != line && !r.bulletBefore(i-1) {
		return 0, i, false // 2024-1.5
	}
	v, j, exact := r.quantity(i)
	if j == i {
		return 0, i, false
	}
	k := j
	if r.tok(k).is("-") && (r.unit(k+1) != 0) {
		k++
	}
	if exact && r.tok(j).is("of") && r.tok(j+1).is("a", "an") && r.unit(j+2) == hour {
		return v.of(hour), r.pastUnit(j + 2), true
	}
	u := r.unit(k)
	if u == 0 && r.sixths(i, k) {
		return v.of(unitOfSix), k + 1, true
	}
	switch {
	case u != 0 && r.tok(k).low == "m" && (!r.tok(k).glued || exact):
		u = 0
	case u == second && (exact || r.tok(k).is("second") && v.of(1) == 1):
		u = 0
	}
	if u == 0 {
		return r.bareHours(i, j, v, exact)
	}
	next = r.pastUnit(k)
	if u != hour {
		return v.of(u), next, true
	}
	if r.tok(next).kind == number && r.tok(next).glued && r.tok(next).value.of(1) > 59 && !exact {
		return 25 * hour, next + 1, true // 1h75 is no time
	}
	more, after := r.more(next)
	if exact && after > next && !r.tok(next).is("and") {
		return v.of(hour), next, true
	}
	return v.of(hour) + more, after, true
}

// unitOfSix is a unit as solicitors and barristers count them: six minutes.
const unitOfSix = 6 * minute

// longestBare is the longest time that a number without a unit may be; one
// above is no time, and how long it took is asked for.
const longestBare = 12 * hour

// ofAll reports whether the number in [i, j) is said to be that of all the work.
func (r *reading) ofAll(i, j int) bool {
	return r.tok(i-1).is("total", "=", "altogether") || r.tok(j).is("total", "altogether", "overall") || r.tok(j).is("in") && r.tok(j+1).is("total", "all")
}

// sixths reports whether units of six minutes are counted at [i, k], rather than
// something else that has units: they begin or end what they are said of.
func (r *reading) sixths(i, k int) bool {
	if !r.tok(k).is("unit", "units") || r.tok(k).glued {
		return false
	}
	before, after := r.tok(i-1), r.tok(k+1)
	if (r.freeAt(i) || r.namedBefore(i)) && (r.works(k+1) || after.kind != word || after.is("on", "for", "re", "each", "and", "then")) {
		return true
	}
	ends := after.kind == line || after.is(",", ";", ")", ".") || after.is("and", "then", "each") && r.starts(k+2)
	return ends && (before.kind != word || !prepositions[before.low] && !determiners[before.low] && !r.starts(i-1) && !before.is("and", "or"))
}

// bareHours takes a number without a unit for hours where it is written as
// timekeepers write them: with a point, or in halves.
func (r *reading) bareHours(i, j int, v ratio, exact bool) (int64, int, bool) {
	t := r.tok(i)
	halves := r.tok(j-1).is("half", "quarter", "quarters")
	exact = exact || r.decimalComma(i, j)
	if !exact && !halves || r.tok(j).glued && r.tok(j).kind == word || r.tok(j).glued && r.tok(j).kind == number || r.guarded(i, j) {
		return 0, i, false
	}
	switch {
	case r.tok(j-1).is("tenths", "tenth"):
		return v.of(hour), j, true
	case t.kind == number && t.point && len(t.text) > 5, v.den == 0, v.of(hour) > longestBare && !r.ofAll(i, j):
		return 0, i, false
	case r.tok(i+1).is("/") && r.tok(i+1).glued: // 1/2 of what?
		return 0, i, false
	}
	return v.of(hour), j, true
}

// decimalComma reports whether the number in [i, j) is hours with a comma for
// the point: below one, or where a time begins or ends what it is said of.
func (r *reading) decimalComma(i, j int) bool {
	t := r.tok(i)
	if t.kind != number || t.point || t.value.den < 10 || j != i+1 {
		return false
	}
	after := r.tok(j)
	if strings.HasPrefix(t.text, "0") {
		return true
	}
	ends := after.kind == line || after.is(";", ".", ")") || after.is("and", "then") && r.starts(j+1)
	return r.freeAt(i) && (r.starts(j) || ends || after.is("on", "for")) || ends && r.tok(i-1).kind == word && !prepositions[r.tok(i-1).low] && !strings.HasSuffix(r.tok(i-1).low, "s")
}

// tenths reads "two tenths", "a tenth", "three tenths of an hour".
func (r *reading) tenths(i int) (seconds int64, next int, ok bool) {
	v, j := r.fraction(i)
	if j == i || v.den != 10 || r.tok(j-1).is("tenth") && !r.tok(i).is("a", "one", "1") {
		return 0, i, false
	}
	if r.tok(j-1).is("tenth") && r.tok(j).kind == word && !prepositions[r.tok(j).low] && !r.starts(j) {
		return 0, i, false // a tenth request
	}
	return v.of(hour), j, true
}

// vague reads what says that time passed and not how much: "a few minutes", "20
// to 30 minutes", "all morning".
func (r *reading) vague(i int) (w when, ok bool) {
	for _, v := range vagueTimes {
		if n := r.match(i, v); n > 0 {
			next := i + n
			if r.tok(next).is("of") && r.unit(next+1) != 0 {
				next++
			}
			if last := v[len(v)-1]; last == "few" || last == "couple" || last == "several" || last == "some" || last == "odd" {
				if r.unit(next) == 0 || r.tok(next).is("m", "h") {
					continue
				}
				next = r.pastUnit(next)
			}
			return when{from: i, to: next, est: true}, true
		}
	}
	a, j, _ := r.quantity(i)
	if j == i || !r.tok(j).is("to", "or", "-") || r.namesThing(i, j) || r.tok(i).glued && r.tok(i-1).is("-") && r.tok(i-1).glued || r.tok(i-1).is(",", "and", "&") && r.listedName(i, j) {
		return w, false
	}
	b, k, _ := r.quantity(j + 1)
	if k == j+1 || r.unit(k) == 0 || a.of(1000) >= b.of(1000) || r.tok(k).is("m") && !r.tok(k).glued {
		return w, false
	}
	return when{from: i, to: r.pastUnit(k), est: true}, true
}

var vagueTimes = [][]string{
	{"a", "minute", "or", "two"}, {"an", "hour", "or", "two"}, {"a", "minute", "or", "so"}, {"an", "hour", "or", "more"},
	{"a", "couple"}, {"couple"}, {"a", "few"}, {"several"}, {"some"},
	{"quite", "a", "while"}, {"a", "little", "while"}, {"a", "good", "while"}, {"a", "while"}, {"a", "little", "bit"}, {"a", "bit"}, {"some", "time"},
	{"a", "moment"}, {"all", "day"}, {"a", "day"}, {"a", "full", "day"}, {"all", "morning"}, {"all", "afternoon"}, {"all", "evening"}, {"half", "the", "day"}, {"half", "a", "day"}, {"half", "the", "morning"},
	{"most", "of", "the", "day"}, {"most", "of", "the", "morning"}, {"most", "of", "the", "afternoon"}, {"the", "whole", "day"}, {"the", "whole", "morning"}, {"the", "whole", "afternoon"},
	{"the", "rest", "of", "the", "morning"}, {"the", "rest", "of", "the", "day"}, {"the", "rest", "of", "the", "afternoon"}, {"hours", "and", "hours"}, {"forever"},
}
