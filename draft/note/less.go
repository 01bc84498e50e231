package note

import "slices"

// less reads what was taken off a time: "10 to 3:30 less an hour for lunch", "9-5
// (1 hr lunch)", "3.4, less 0.4 for an interruption".
func (r *reading) less() {
	for i := 1; i < len(r.whens); i++ {
		w, off := &r.whens[i-1], r.whens[i]
		j := w.to
		for r.tok(j).is(",", "(", ";") {
			j++
		}
		next := j + 1
		for r.tok(next).is("a", "an", "about", "the", "of") {
			next++
		}
		if !off.has || off.clock || off.from > next || !r.takesOff(*w, j, off) {
			continue
		}
		if w.ranged {
			w.off = off.seconds
		} else {
			w.seconds -= off.seconds
		}
		w.to = off.to
		for r.tok(w.to).is("for", "a", "an", "the", "break", "lunch", "breaks", "interruption", "interruptions") {
			w.to++
		}
		if r.tok(j-1).is("(") && r.tok(w.to).is(")") {
			w.to++
		}
		r.whens = slices.Delete(r.whens, i, i+1)
	}
}

// takesOff reports whether the words at j take the time off from w.
func (r *reading) takesOff(w when, j int, off when) bool {
	less := r.tok(j).is("less", "minus", "excluding", "except")
	if w.has {
		return less && !w.clock && off.seconds < w.seconds
	}
	rest := r.tok(off.to).is("break", "lunch", "for")
	return w.ranged && (less || r.tok(j).is("with", "w/") && (rest || r.tok(off.to).is("recess")) || r.tok(j).is("including", "incl") && rest ||
		j == off.from && j > w.to && r.tok(off.to).is("break", "lunch"))
}
