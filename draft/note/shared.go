package note

import "github.com/tenths/tenths/billing"

// shared reads c, led by the tokens lead, as one part, or as several where one time was said to be for
// each, or to be split between them.
func (r *reading) shared(c chunk, w *when, lead []int) []Part {
	if parts := r.across(c, w); parts != nil {
		return parts
	}
	if lead != nil || w == nil || !w.has || !w.each && !w.split {
		return []Part{r.part(c, lead)}
	}
	verbs, objects := r.objects(c, *w)
	if len(objects) < 2 || w.each && r.howOften(c, *w) > 1 {
		p := r.part(c, nil)
		if w.each {
			seconds := w.seconds * r.howOften(c, *w)
			p.Worked, p.Estimated = &seconds, w.est
		}
		return []Part{p}
	}
	weights := make([]int64, len(objects))
	for i := range weights {
		weights[i] = 1
	}
	seconds := billing.LargestRemainder(w.seconds, weights)
	out := make([]Part, len(objects))
	for i, o := range objects {
		if w.each {
			seconds[i] = w.seconds
		}
		from := o[0]
		out[i] = r.part(chunk{from: from, to: o[1], object: len(verbs) == 0}, verbs)
		if i == 0 {
			out[i].Spans = r.sources(c.from, o[1])
		}
		if i == len(objects)-1 {
			out[i].Spans = r.sources(from, c.to)
		}
		out[i].Worked, out[i].Estimated = &seconds[i], w.est
	}
	return out
}

// objects finds what c shares its time between, and the words that lead them.
func (r *reading) objects(c chunk, w when) (lead []int, objects [][2]int) {
	var content []int
	for i := c.from; i < c.to; i++ {
		if _, timed := r.timeOver(i); !timed && !r.isDead(i) {
			content = append(content, i)
		}
	}
	begin := 0
	if len(content) > 0 {
		if _, next := r.verbAt(content[0]); next > content[0] {
			for begin < len(content) && content[begin] < next {
				lead = append(lead, content[begin])
				begin++
			}
		}
	}
	for begin < len(content) && r.tok(content[begin]).is("on", "for", "between", "to", ",", ":", "of", "in") {
		begin++
	}
	from := -1
	closeAt := func(end int) {
		if from >= 0 && end > from {
			objects = append(objects, [2]int{from, end})
		}
		from = -1
	}
	for _, i := range content[min(begin, len(content)):] {
		t := r.tok(i)
		if t.is("and", ",", "&") {
			closeAt(i)
			continue
		}
		if from < 0 {
			from = i
		}
	}
	if len(content) > 0 {
		closeAt(content[len(content)-1] + 1)
	}
	return lead, objects
}

// onlyEach returns the one duration of the line where it is for each of several
// parts, else nil.
func (r *reading) onlyEach() *when {
	var found *when
	for i := range r.whens {
		if w := &r.whens[i]; w.has {
			if found != nil || !w.each {
				return nil
			}
			found = w
		}
	}
	return found
}
