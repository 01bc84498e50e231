package associate

import "math"

// trust is how much each kind of evidence is worth, the same for all matters: a
// softmax over the candidates and "none of these". It starts with the weights
// shipped and is drawn back to them.
type trust struct {
	w [features]float32
	h [features][features]float64 // curvature of the loss so far, lower half

	without [features]bool // see [Model.Disregard]
}

const (
	firmness      = 30    // of the weights shipped, as curvature
	pull          = 0.02  // back to the weights shipped, a lesson
	keepCurvature = 0.999 // a lesson: what was learned long ago counts less
)

// leastOdds are those of a matter for which no sign speaks.
const leastOdds = 0.02

// baseline is the score of "none of these" where nothing was learned, so that
// signs alone divide one unit of probability by their odds.
var baseline = float32(math.Log(ofNothing / leastOdds))

// judge turns vectors into probabilities, in w.scores: one a candidate, and
// "none of these" last.
func (t *trust) judge(w *work) {
	n := len(w.cands)
	w.scores = sized(w.scores, n+1)
	if t.without != [features]bool{} {
		t.mute(&w.fresh)
		for i := range w.vectors {
			t.mute(&w.vectors[i])
		}
	}
	w.scores[n] = baseline + dot(&t.w, &w.fresh)
	top := w.scores[n]
	for i := range n {
		w.scores[i] = dot(&t.w, &w.vectors[i])
		top = max(top, w.scores[i])
	}
	var total float32
	for i := range w.scores {
		w.scores[i] = float32(math.Exp(float64(w.scores[i] - top)))
		total += w.scores[i]
	}
	for i := range w.scores {
		w.scores[i] /= total
	}
}

func dot(a *[features]float32, b *vector) (sum float32) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// learn moves the weights towards what would have judged w right: target is a
// candidate's position, or that of "none of these". The lesson counts by its
// weight. It is a Newton step on the
// loss so far (Hazan and others, 2007), whose curvature is kept in h: evidence
// that says the same twice shares the credit.
func (t *trust) learn(w *work, target int, weight float64) {
	var mean, grad [features]float64
	for i, p := range w.scores {
		v := w.vectorOf(i)
		for k := range mean {
			mean[k] += float64(p * v[k])
		}
	}
	v := w.vectorOf(target)
	for k := range grad {
		grad[k] = weight*(mean[k]-float64(v[k])) + pull*float64(t.w[k]-shipped[k])
	}
	t.bend(w, &mean, weight)
	for k, step := range solve(&t.h, firmness, grad) {
		t.w[k] -= float32(step)
	}
}

// bend adds the curvature of the loss at w, whose mean vector and weight are
// given.
func (t *trust) bend(w *work, mean *[features]float64, weight float64) {
	for a := range features {
		for b := range a + 1 {
			t.h[a][b] *= keepCurvature
		}
	}
	for i, p := range w.scores {
		if p < 1e-3 {
			continue
		}
		v := w.vectorOf(i)
		var d [features]float64
		for k := range d {
			d[k] = float64(v[k]) - mean[k]
		}
		for a := range features {
			x := weight * float64(p) * d[a]
			if x == 0 {
				continue
			}
			for b := range a + 1 {
				t.h[a][b] += x * d[b]
			}
		}
	}
}

func (w *work) vectorOf(i int) *vector {
	if i < len(w.cands) {
		return &w.vectors[i]
	}
	return &w.fresh
}

// solve returns x of (h + ridge) x = y by Cholesky's decomposition; of h the
// lower half is given.
func solve(h *[features][features]float64, ridge float64, y [features]float64) [features]float64 {
	var l [features][features]float64
	for i := range features {
		for j := range i + 1 {
			sum := h[i][j]
			if i == j {
				sum += ridge
			}
			for k := range j {
				sum -= l[i][k] * l[j][k]
			}
			if i == j {
				l[i][i] = math.Sqrt(max(sum, ridge/2))
			} else {
				l[i][j] = sum / l[j][j]
			}
		}
	}
	for i := range features {
		for k := range i {
			y[i] -= l[i][k] * y[k]
		}
		y[i] /= l[i][i]
	}
	for i := features - 1; i >= 0; i-- {
		for k := i + 1; k < features; k++ {
			y[i] -= l[k][i] * y[k]
		}
		y[i] /= l[i][i]
	}
	return y
}
