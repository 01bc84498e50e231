package note

import "time"

// when is a time that was said: how long, or by the clock, or both.
type when struct {
	from, to int   // tokens
	seconds  int64 // how long, if has
	has      bool
	est      bool // estimated; without has nothing is known but that it took time
	wrong    bool // it cannot be: no time at all, or more than a day

	clock      bool
	begin, end clock // end where ranged
	ranged     bool

	tail  bool  // "that was", "took": it ends what it is said of
	each  bool  // it counts for each of several objects
	split bool  // several objects share it
	total bool  // what follows divides it
	part  ratio // a share of the total
	off   int64 // seconds that were taken off a range
	rest  bool  // what is left of the total

	shares []int64 // what each of several took, said together; has and seconds are their sum

	free   int64 // seconds more that are not charged
	freeAt int   // the token where that is said
}

// times finds the times of the line, in order. Later ones that correct earlier
// ones have taken their place.
func (r *reading) times() {
	r.divided = r.restSaid()
	for i := 0; i < len(r.toks); {
		if r.inDay(i) {
			i++
			continue
		}
		w, ok := r.timeAt(i)
		if !ok || w.wrong && i > 0 { // "48 hours" within the work is what it was about
			i++
			continue
		}
		r.whens = append(r.whens, r.around(w))
		i = r.whens[len(r.whens)-1].to
	}
	r.less()
	r.ends()
	r.vagueFirst()
	r.freeInside()
	r.within()
	r.bracketed()
	r.totals()
	r.corrections()
	r.over = make([]int, len(r.toks))
	for k, w := range r.whens {
		for i := w.from; i < w.to && i < len(r.over); i++ {
			r.over[i] = k + 1
		}
	}
}

// timeAt returns the longest time that is said at i.
func (r *reading) timeAt(i int) (best when, ok bool) {
	for _, form := range []func(int) (when, bool){r.clockRange, r.duration, r.clockStart, r.share, r.untilFrom, r.bareRange, r.dotted, r.fromLater, r.aroundHour, r.bareMinutes} {
		if w, found := form(i); found && (!ok || w.to > best.to) {
			best, ok = w, true
		}
	}
	return best, ok
}

// around widens w to the words that only lead to it or follow from it.
func (r *reading) around(w when) when {
	for _, run := range [][]string{{"split"}, {"divided"}} {
		for _, lead := range []int{0, 1} {
			if lead == 1 && !r.tok(w.to).is(",") {
				continue
			}
			n := r.match(w.to+lead, run)
			if n == 0 {
				continue
			}
			n += lead
			for r.tok(w.to+n).is("evenly", "equally", "even", "up") {
				n++
			}
			if r.tok(w.to+n).is("between", "among", "across") {
				w.to, w.split = w.to+n+1, true
			}
		}
	}
	if r.tok(w.from-1).is("split", "divided", "splitting", "dividing") && !w.split { // split an hour between
		to := w.to
		for r.tok(to).is("evenly", "equally", "up") {
			to++
		}
		if r.tok(to).is("between", "among", "across") {
			w.from, w.to, w.split = w.from-1, to+1, true
		}
	}
	for _, run := range [][]string{{"each"}, {"apiece"}, {"per"}} {
		if n := r.match(w.to, run); n > 0 && !r.tok(w.to).is("per") {
			w.to, w.each = w.to+n, true
		}
	}
	for _, run := range [][]string{{"in", "total"}, {"total", "time"}, {"total"}, {"altogether"}, {"all", "told"}, {"in", "all"}, {"all", "in"}, {"overall"}} {
		if n := r.match(w.to, run); n > 0 {
			if _, next := r.duration(w.to + n); next || r.tok(w.to+n).is(":", "=", "of") {
				break // it is of the time after
			}
			w.to, w.total = w.to+n, true
			break
		}
	}
	first := 0
	if len(r.whens) > 0 {
		first = r.whens[len(r.whens)-1].to
	}
	for w.from > first {
		n := r.leadBefore(w.from, first)
		if n == 0 || n == 1 && r.tok(w.from-1).is("bill", "charge", "billed", "like", "time") && r.nounBefore(w.from-1) {
			break
		}
		w.total = w.total || r.tok(w.from-n).is("total", "=") || r.tok(w.from-n+1).is("total") && n > 1 || r.tok(w.from-n+2).is("total") && n > 2
		w.each = w.each || n == 2 && r.tok(w.from-n).is("both", "each")
		w.from -= n
		w.tail = w.tail || w.from > 0 && r.tok(w.from).is("that", "which", "totaling", "totalling", "lasting", "lasted") && !r.tok(w.from-1).is(".", ";")
	}
	return w
}

// leadBefore returns how many tokens before i only lead to a time.
func (r *reading) leadBefore(i, first int) int {
	for _, run := range [][]string{
		{"that", "was"}, {"which", "was"}, {"it", "was"}, {"totaling"}, {"totalling"}, {"lasting"}, {"that", "ran"}, {"ran"}, {"that", "lasted"}, {"it", "took", "me"}, {"that", "took", "me"}, {"which", "took", "me"}, {"both", "took"}, {"each", "took"}, {"both", "lasted"}, {"each", "lasted"}, {"which", "took"}, {"that", "took"}, {"it", "took"}, {"took", "me"}, {"took"}, {"lasted"}, {"which", "lasted"},
		{"for", "a", "total", "of"}, {"a", "total", "of"}, {"total", "of"}, {"total", ":"}, {"total", "time"}, {"total"}, {"="}, {"for", "about"}, {"for"}, {"spent"}, {"billed"}, {"bill"}, {"charge"}, {"time", ":"}, {"duration", ":"},
		{"make", "it"}, {"call", "it"}, {"i'm", "going", "to", "say"}, {"going", "to", "say"}, {"i'd", "say"}, {"say"}, {"like"}, {"just"}, {"another"}, {"the", "first"},
	} {
		if i-len(run) >= first && r.match(i-len(run), run) > 0 {
			return len(run)
		}
	}
	return 0
}

// share reads a part of a total: "half on", "the rest".
func (r *reading) share(i int) (w when, ok bool) {
	if r.totalAt() < 0 {
		return w, false
	}
	for _, run := range [][]string{{"the", "rest"}, {"the", "remainder"}, {"the", "balance"}, {"the", "other", "half"}, {"the", "remaining", "time"}, {"rest"}, {"remainder"}} {
		n := r.match(i, run)
		if n == 0 {
			continue
		}
		w = when{from: i, to: i + n, rest: true}
	}
	if v, j := r.fraction(i); w.to == 0 && j > i && v.den != 10 && r.unit(j) == 0 && !r.tok(j).is("-", "hour") && (r.tok(j).is("on", "of", "for", ",") || r.starts(j)) {
		w = when{from: i, to: j, part: v}
	}
	if n, j := r.cardinal(i); w.to == 0 && j > i && n > 0 && n <= 24 && r.tok(j).is("on") && r.tok(i-1).kind != word { // 1 on research, the rest …
		return when{from: i, to: j, seconds: n * hour, has: true}, true
	}
	if w.to == 0 {
		return w, false
	}
	if n := r.match(w.to, []string{"of", "it"}); n > 0 {
		w.to += n
	} else if n := r.match(w.to, []string{"of", "that"}); n > 0 {
		w.to += n
	} else if n := r.match(w.to, []string{"of", "the", "time"}); n > 0 {
		w.to += n
	}
	return w, true
}

// totalAt returns the position in whens of the time that may be divided, -1
// when there is none.
func (r *reading) totalAt() int {
	for i, w := range r.whens {
		if w.has && w.total {
			return i
		}
	}
	if len(r.whens) > 0 && r.whens[0].has && r.divided {
		return 0
	}
	return -1
}

func (r *reading) restSaid() bool {
	shares := 0
	for i := range r.toks {
		if _, j := r.fraction(i); j > i && r.freeAt(i) && r.unit(j) == 0 && !(r.tok(i-1).is("and") && r.tok(i-2).kind == word && r.tok(i).is("a")) && r.tok(j).is("on") {
			if shares++; shares > 1 {
				return true
			}
		}
		for _, run := range [][]string{{"the", "rest"}, {"the", "remainder"}, {"the", "balance"}, {"the", "other", "half"}} {
			if n := r.match(i, run); n > 0 && (r.tok(i+n).is("on", "for") || r.tok(i+n).is("of") && r.tok(i+n+1).is("it", "that") || r.starts(i+n)) {
				return true
			}
		}
	}
	return false
}

// instants places clock times on the day: the half of the day that people mean
// is the one in working hours, after what was said before, and not ahead of
// now. ok is false where no such time exists.
func (r *reading) instants(w when, after time.Time) (start, end time.Time, ok bool) {
	if w.begin.minutes < 0 || w.ranged && w.end.minutes < 0 {
		return start, end, false
	}
	best := -1
	for _, a := range w.begin.readings() {
		ends := []int{a}
		if w.ranged {
			ends = w.end.readings()
		}
		for _, b := range ends {
			if w.ranged && b <= a {
				b += 24 * 60
			}
			s, e := r.at(a), r.at(b)
			if cost := r.unlikely(a, b, s, e, after); best < 0 || cost < best {
				best, start, end = cost, s, e
			}
		}
	}
	if !w.ranged {
		end = time.Time{}
	}
	if !w.ranged && w.has {
		end = start.Add(time.Duration(w.seconds) * time.Second)
	}
	if w.ranged && (!end.After(start) || end.Sub(start) > 24*time.Hour || w.begin.minutes == w.end.minutes && w.begin.half == w.end.half) {
		return start, end, false
	}
	return start, end, true
}

// readings returns the minutes since midnight that c may be.
func (c clock) readings() []int {
	switch c.half {
	case "am":
		return []int{c.minutes}
	case "pm":
		return []int{c.minutes + 720}
	case "24":
		return []int{c.minutes}
	}
	return []int{c.minutes, c.minutes + 720}
}

// at returns the instant minutes after midnight by the clock on the wall.
func (r *reading) at(minutes int) time.Time {
	d := r.in.Day
	return time.Date(d.Year, d.Month, d.Day, 0, minutes, 0, 0, r.in.Zone)
}

// unlikely weighs how odd it would be to mean these times.
func (r *reading) unlikely(a, b int, start, end, after time.Time) int {
	cost := (b - a) / 60
	if !r.in.Now.IsZero() && end.After(r.in.Now) {
		cost += 1000
	}
	if !after.IsZero() && start.Before(after) {
		cost += 20
	}
	switch {
	case a < 6*60:
		cost += 60
	case a < 7*60:
		cost += 40
	case a >= 19*60:
		cost += 30
	}
	if b-a > 12*60 {
		cost += 100
	}
	return cost
}

// skipped reports whether the clock never showed c on the day, since it went
// forward over it: t is what was made of it.
func (r *reading) skipped(t time.Time, c clock) bool {
	local := t.In(r.in.Zone)
	return (local.Hour()*60+local.Minute())%720 != c.minutes%720
}
