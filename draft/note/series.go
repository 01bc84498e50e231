package note

// series takes times that are said together at the end for those of the work
// before them, in its order: "draft the MSA; call Sam. 1.4 / 0.3".
func (r *reading) series() []when {
	n := len(r.whens)
	if n < 2 || r.workBetween(r.whens[n-1].to, len(r.toks)) || !r.tok(r.whens[0].from-1).is(",", ".", ";", "-", ":", "(") {
		return nil
	}
	for i, w := range r.whens {
		if !w.has || w.clock || w.total || w.each || w.split {
			return nil
		}
		if i == 0 {
			continue
		}
		for j := r.whens[i-1].to; j < w.from; j++ {
			if !r.tok(j).is(",", "and", "/", "&", ";") {
				return nil
			}
		}
	}
	return r.whens
}

// apart splits the line as if it had no times; each part has one of series. ok
// is false where there are not as many.
func (r *reading) apart(series []when) (chunks []chunk, ok bool) {
	whens, over, dead := r.whens, r.over, r.dead
	r.whens, r.over = nil, make([]int, len(r.toks))
	r.dead = append(r.dead[:len(r.dead):len(r.dead)], [2]int{series[0].from, len(r.toks)})
	for _, c := range r.split() {
		if n, _ := r.contents(c); n > 0 {
			chunks = append(chunks, c)
		}
	}
	if len(chunks) == len(series) {
		return chunks, true
	}
	r.whens, r.over, r.dead, r.masked = whens, over, dead, 0
	several := false
	if len(chunks) == 1 {
		list, _, _ := r.matterList(chunks[0])
		several = len(list) == len(series)
	}
	if several {
		for _, w := range series {
			whens[0].shares = append(whens[0].shares, w.seconds)
		}
	}
	if several || len(chunks) == 1 && r.howOften(chunks[0], whens[0]) == int64(len(series)) { // two calls, 15 and 20 minutes
		whens[0].seconds, whens[0].to = r.sum(series), series[len(series)-1].to
		r.whens = whens[:1]
		for i := whens[0].from; i < whens[0].to; i++ {
			r.over[i] = 1
		}
	}
	return nil, false
}
