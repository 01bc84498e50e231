package associate

import (
	"cmp"
	"math"
	"slices"
)

// What speaks for a candidate, in nats where that makes sense: where nothing was
// learned it is 0, and 0 changes nothing.
const (
	byRules = iota
	byLinear
	byNeighbours
	byNearest
	byBayes
	byTop1
	byTop5
	byTop15
	bySubjectWords
	byFrom
	byHost
	byPerson
	byAnyPerson
	byPeople
	bySubject
	byShape
	byFile
	byAuthor
	byThread
	byFolders
	byHour
	byNameWords
	byPrior
	byHeat5
	byHeat25
	byHeat150
	byMinutes
	byDays
	byLastFrom
	byLastSubject
	byTwin
	byStyle
	newMatter // features from here on are of "none of these"
	newRate
	newFar
	newSender
	newSubject
	newWords
	newLessons
	features
)

// vector is what is known of a candidate.
type vector [features]float32

// fieldWeight is how much a token of a field counts in the linear model and in
// comparing lessons.
var fieldWeight = [fields]float32{
	ofTerm: 1, ofQuoted: 0.5, ofWord: 1, ofPair: 0.5, ofFrom: 2, ofHost: 0.5, ofPerson: 2, ofPeople: 0.7,
	ofSubject: 1.3, ofShape: 1.2, ofFile: 1, ofAuthor: 0.8, ofThread: 1.5, ofFolder: 1, ofHour: 0.3, ofAddressName: 0.5, ofStyle: 1,
}

// lifted maps fields to the features that their tables give, -1 for none.
var lifted = [fields]int{
	ofTerm: -1, ofQuoted: -1, ofWord: bySubjectWords, ofPair: -1, ofFrom: byFrom, ofHost: byHost, ofPerson: byPerson, ofPeople: byPeople,
	ofSubject: bySubject, ofShape: byShape, ofFile: byFile, ofAuthor: byAuthor, ofThread: byThread, ofFolder: byFolders, ofHour: byHour,
	ofAddressName: byNameWords, ofStyle: byStyle,
}

// hit is a token of an observation that lessons showed before.
type hit struct {
	row *row
	x   float32 // its weight in the vector of the observation, which has length 1
	idf float32
}

// mostCandidates bounds those that the learned models bring.
const mostCandidates = 40

// score adds the best candidates of the learned models to w.cands and computes
// what speaks for each.
func (m *Model) score(w *work) {
	m.find(w)
	m.survey(w)
	m.choose(w)
	m.vectorize(w)
	m.freshVector(w)
}

// survey asks every model about all slots.
func (m *Model) survey(w *work) {
	n := len(m.slots)
	w.linear, w.bayes, w.votes, w.nearest = sized(w.linear, n), sized(w.bayes, n), sized(w.votes, n), sized(w.nearest, n)
	w.linearScores()
	w.logTotal = m.softmax(w.linear)
	m.bayesScores(w)
	m.near.vote(m, w)
}

// find looks up the tokens and weighs them.
func (m *Model) find(w *work) {
	w.found = w.found[:0]
	var sum float32
	w.logLessons = ln(float32(m.lessons) + 1)
	unseen := w.logLessons - lnHalf(0)
	for _, t := range w.sight.tokens {
		i, ok := m.byKey[t.key]
		if !ok {
			x := fieldWeight[t.field] * unseen
			sum += x * x
			continue
		}
		sum += w.hit(m, i)
	}
	w.norm = float32(math.Sqrt(float64(sum))) + 1e-6
	for i := range w.found {
		w.found[i].x /= w.norm
	}
}

// hit adds row i to w.found and returns the square of its weight.
func (w *work) hit(m *Model, i int32) float32 {
	r := &m.rows[i]
	idf := w.logLessons - lnHalf(r.n)
	x := fieldWeight[r.field] * idf
	w.found = append(w.found, hit{r, x, idf})
	return x * x
}

// bayesScores is complement naive Bayes (Rennie and others, 2003): how badly the
// terms fit all other matters together.
func (m *Model) bayesScores(w *work) {
	const a = bayesPrior
	var total, length float32
	for s := range m.slots {
		total += m.slots[s].terms
	}
	for _, h := range w.found {
		if h.row.field != ofTerm {
			continue
		}
		if h.row.common() {
			continue
		}
		length++
		base, share := lnCount(h.row.n), 1/(h.row.n+a)
		for i := range h.row.cells {
			switch c := &h.row.cells[i]; {
			case c.n <= 0:
			case c.n*16 < h.row.n: // -ln(1-x) is x, nearly
				w.bayes[c.slot] += c.n * share
			default:
				w.bayes[c.slot] += base - lnCount(h.row.n-c.n)
			}
		}
	}
	if length == 0 {
		return
	}
	vocabulary := float32(len(m.rows)) * a
	root := float32(math.Sqrt(float64(length)))
	for s := range m.slots {
		if m.slots[s].n > 0 {
			w.bayes[s] = (w.bayes[s] + length*lnRest(m.slots[s].terms/(total+vocabulary))) / root
		}
	}
}

const bayesPrior = 0.3

// lnRest returns the logarithm of 1-x.
func lnRest(x float32) float32 {
	if x < 0.03 {
		return -x * (1 + x/2)
	}
	return ln(1 - x)
}

// lnCounts are the logarithms of small counts with the prior added.
var lnCounts = func() (out [4096]float32) {
	for n := range out {
		out[n] = ln(float32(n) + bayesPrior)
	}
	return out
}()

func lnCount(n float32) float32 {
	if i := int(n); i >= 0 && i < len(lnCounts) {
		return lnCounts[i]
	}
	return ln(max(n, 0) + bayesPrior)
}

// lnHalves are the logarithms of small counts and a half.
var lnHalves = func() (out [4096]float32) {
	for n := range out {
		out[n] = ln(float32(n) + 0.5)
	}
	return out
}()

func lnHalf(n float32) float32 {
	if i := int(n); i >= 0 && i < len(lnHalves) {
		return lnHalves[i]
	}
	return ln(max(n, 0) + 0.5)
}

// choose picks the candidates: those for which signs speak are there already.
func (m *Model) choose(w *work) {
	w.at = slices.Grow(w.at[:0], len(m.slots))[:len(m.slots)]
	for i := range w.at {
		w.at[i] = -1
	}
	for i, c := range w.cands {
		if c.slot >= 0 {
			w.at[c.slot] = int32(i)
		}
	}
	w.rest = w.rest[:0]
	for s := range m.slots {
		if w.at[s] < 0 && m.slots[s].n > 0 && w.matterOf[s] >= 0 {
			w.consider(rough{int32(s), w.linear[s] + w.bayes[s] + 3*w.votes[s] + 0.3*m.heat(&m.slots[s], 1)})
		}
	}
	slices.SortFunc(w.rest, func(a, b rough) int { return cmp.Compare(a.slot, b.slot) })
	for _, r := range w.rest {
		w.at[r.slot] = int32(len(w.cands))
		w.cands = append(w.cands, candidate{matter: w.matterOf[r.slot], slot: r.slot})
	}
}

// rough is a slot with a first estimate.
type rough struct {
	slot  int32
	score float32
}

// consider keeps the best, in order.
func (w *work) consider(r rough) {
	switch {
	case len(w.rest) < mostCandidates:
		w.rest = append(w.rest, r)
	case w.rest[mostCandidates-1].score < r.score:
		w.rest[mostCandidates-1] = r
	default:
		return
	}
	for i := len(w.rest) - 1; i > 0 && w.rest[i].score > w.rest[i-1].score; i-- {
		w.rest[i], w.rest[i-1] = w.rest[i-1], w.rest[i]
	}
}

func ln(x float32) float32 { return float32(math.Log(float64(x))) }

func sized(v []float32, n int) []float32 {
	if cap(v) < n {
		return make([]float32, n, n+n/2)
	}
	v = v[:n]
	clear(v)
	return v
}
