package note

import "slices"

var correctors = [][]string{
	{"no", ",", "make", "that"}, {"no", "make", "that"}, {"no", ",", "wait"}, {"no", "wait"}, {"wait", ",", "no"}, {"wait", "no"}, {"no", ",", "sorry"}, {"no", "sorry"}, {"actually", "no"}, {"no", "actually"},
	{"make", "that"}, {"make", "it"}, {"i", "mean"}, {"i", "meant"}, {"or", "rather"}, {"or", "actually"}, {"more", "like"}, {"scratch", "that"}, {"strike", "that"}, {"correction"}, {"sorry"}, {"actually"}, {"rather"}, {"no"}, {"wait"}, {"well"}, {"that", "should", "be"}, {"should", "be"}, {"should", "have", "been"}, {"s", "/", "b"},
	{"-", ">"}, {"=", ">"}, {"→"}, {"⇒"}, {"changed", "to"}, {"corrected", "to"}, {"written", "down", "to"}, {"write", "down", "to"}, {"marked", "down", "to"}, {"discounted", "to"}, {"reduced", "to"}, {"cut", "to"}, {"down", "to"},
}

// corrections lets a time that was put right give way to the one said after.
func (r *reading) corrections() {
	r.denials()
	for i := 1; i < len(r.whens); i++ {
		from := r.correctorBefore(r.whens[i].from)
		if at := r.whens[i].from; from < 0 && r.whens[i].has && r.whens[i-1].has && r.tok(at).is("maybe", "perhaps", "probably") && r.tok(at-1).is(",") && at-1 == r.whens[i-1].to {
			from = at - 1 // an hour, maybe an hour ten
		}
		if from < 0 || from < r.whens[i-1].to {
			continue
		}
		now, old := r.whens[i], r.whens[i-1]
		now.each, now.split = now.each || old.each, now.split || old.split
		if from <= old.to+1 { // side by side: one time
			now.from = old.from
		} else { // what lies between stays with the old place
			r.dead = append(r.dead, [2]int{from, now.to})
			now.from, now.to = old.from, old.to
		}
		r.whens = append(r.whens[:i-1:i-1], r.whens[i:]...)
		i--
		r.whens[i] = now
	}
}

// correctorBefore returns where the words begin that correct what was said
// before the time at i, -1 when none do.
func (r *reading) correctorBefore(i int) int {
	end := i
	for r.tok(end-1).is(",", "-", ":", "to") && r.run(end-2, loweredTo) == 0 && r.run(end-3, loweredTo) == 0 {
		end--
	}
	for _, run := range correctors {
		if n := len(run); end-n >= 0 && r.match(end-n, run) > 0 {
			if n == 1 && run[0] == "wait" && end == i { // a hearing, and the wait for it
				continue
			}
			from := end - n
			for r.tok(from-1).is(",", "-", ";", ".") || r.match(from-1, []string{"no"}) > 0 || r.match(from-1, []string{"wait"}) > 0 {
				from--
			}
			return from
		}
	}
	return -1
}

// loweredTo are those of correctors that end in "to".
var loweredTo = [][]string{{"changed", "to"}, {"corrected", "to"}, {"reduced", "to"}, {"cut", "to"}, {"down", "to"}, {"discounted", "to"}}

// denied are the words before a time that was not it.
var denied = [][]string{{"not"}, {"instead", "of"}, {"rather", "than"}, {"(", "was"}, {"[", "was"}, {"down", "from"}, {"reduced", "from"}, {"cut", "from"}, {"originally"}}

// denials takes out times that are said not to hold: "0.4, not 0.3", "not 0.7,
// make that 0.9". The time that is put in their place takes that of what it
// corrects.
func (r *reading) denials() {
	for i := 0; i < len(r.whens); i++ {
		w := r.whens[i]
		from := r.deniedFrom(w.from)
		if from < 0 || i > 0 && from < r.whens[i-1].to {
			continue
		}
		end, instead := w.to, false
		if r.tok(end-1).is(".") && r.tok(end).kind == word { // 0.3h. drafted
			end--
		}
		if i+1 < len(r.whens) && r.onlyCorrects(w.to, r.whens[i+1].from) && !(r.onlyMarks(w.to, r.whens[i+1].from) && r.worksAfter(r.whens[i+1].to)) {
			end, instead = r.whens[i+1].from, true
		}
		r.dead = append(r.dead, [2]int{from, end})
		r.whens = slices.Delete(r.whens, i, i+1)
		if instead && i > 0 {
			now := r.whens[i]
			r.dead = append(r.dead, [2]int{now.from, now.to})
			now.from, now.to = r.whens[i-1].from, r.whens[i-1].to
			now.each, now.split = now.each || r.whens[i-1].each, now.split || r.whens[i-1].split
			r.whens[i-1] = now
			r.whens = slices.Delete(r.whens, i, i+1)
		}
		i--
	}
}

// deniedFrom returns where the words begin that deny the time at i, -1 when none
// do.
func (r *reading) deniedFrom(i int) int {
	if r.tok(i).is("more", "less", "over", "quite", "just") {
		return -1 // not more than an hour
	}
	for _, run := range denied {
		from := i - len(run)
		if from < 0 || r.match(from, run) == 0 || r.tok(from-1).is("did", "do", "does", "could", "can", "may", "will") {
			continue
		}
		for r.tok(from-1).is(",", "-", "(", ";") || r.tok(from-1).is("was", "is", "it", "that") && r.tok(from).is("not", "was", "is") {
			from--
		}
		return max(from, 0)
	}
	return -1
}

// worksAfter reports whether the piece that i stands in goes on with work.
func (r *reading) worksAfter(i int) bool {
	for end := r.pieceEnd(i); i < end; i++ {
		if r.works(i) && !r.aside(i) {
			return true
		}
	}
	return false
}

// works reports whether work begins at i, if only by a word that describes
// elsewhere, as "revised" does.
func (r *reading) works(i int) bool {
	a, _ := r.verbAt(i)
	return a != nil || r.starts(i)
}

// onlyMarks reports whether no word stands in [from, to).
func (r *reading) onlyMarks(from, to int) bool {
	for i := from; i < to; i++ {
		if r.tok(i).kind == word {
			return false
		}
	}
	return true
}

// onlyCorrects reports whether nothing but the words of a correction stands in
// [from, to).
func (r *reading) onlyCorrects(from, to int) bool {
	for i := from; i < to; {
		n := max(r.run(i, correctors), 1)
		if n == 1 && r.run(i, correctors) == 0 && !r.tok(i).is(",", ";", "-", "but", ".", "it", "was", "is", "that", "to", ")") {
			return false
		}
		i += n
	}
	return true
}
