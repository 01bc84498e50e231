package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/tools/internal/filed"
)

// The baseline: a linear support vector machine for each label against the
// rest, with squared hinge loss, by coordinate descent in the dual (Hsieh and
// others, 2008), on TF-IDF of words and people. It is what any program would do
// that knows nothing but the messages.

// sparse is a message as a vector of length 1.
type sparse struct {
	at []int32
	x  []float32
}

// svm is what it learned.
type svm struct {
	number map[string]int32 // of features
	seen   []float64        // messages with each
	labels []string
	w      [][]float32 // by label
}

const (
	svmCost   = 1
	svmEpochs = 12
)

// trainSVM learns all messages anew.
func trainSVM(messages []filed.Message) *svm {
	s := &svm{number: map[string]int32{}}
	var docs [][]int32
	for _, m := range messages {
		var d []int32
		for _, f := range featuresOf(m) {
			n, ok := s.number[f]
			if !ok {
				n = int32(len(s.number))
				s.number[f] = n
				s.seen = append(s.seen, 0)
			}
			s.seen[n]++
			d = append(d, n)
		}
		docs = append(docs, d)
		if !slices.Contains(s.labels, m.Label) {
			s.labels = append(s.labels, m.Label)
		}
	}
	vectors := make([]sparse, len(docs))
	for i, d := range docs {
		vectors[i] = s.weigh(d, float64(len(docs)))
	}
	for _, l := range s.labels {
		s.w = append(s.w, fit(vectors, messages, l, len(s.number)))
	}
	return s
}

func (s *svm) weigh(d []int32, all float64) sparse {
	v := sparse{at: d, x: make([]float32, len(d))}
	var length float64
	for i, n := range d {
		x := math.Log((all + 1) / (s.seen[n] + 1))
		v.x[i] = float32(x)
		length += x * x
	}
	for i := range v.x {
		v.x[i] /= float32(math.Sqrt(length) + 1e-6)
	}
	return v
}

// fit learns one label against the rest.
func fit(vectors []sparse, messages []filed.Message, label string, size int) []float32 {
	w, alpha := make([]float32, size+1), make([]float64, len(vectors)) // the last weight is the bias
	order := make([]int, len(vectors))
	for i := range order {
		order[i] = i
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range svmEpochs {
		r.Shuffle(len(order), func(i, k int) { order[i], order[k] = order[k], order[i] })
		for _, i := range order {
			y := float32(-1)
			if messages[i].Label == label {
				y = 1
			}
			g := float64(y*score(w, vectors[i])) - 1 + alpha[i]/(2*svmCost)
			next := max(alpha[i]-g/(2+1/(2.0*svmCost)), 0)
			if d := float32(next-alpha[i]) * y; d != 0 {
				for k, n := range vectors[i].at {
					w[n] += d * vectors[i].x[k]
				}
				w[size] += d
			}
			alpha[i] = next
		}
	}
	return w
}

func score(w []float32, v sparse) float32 {
	out := w[len(w)-1]
	for k, n := range v.at {
		out += w[n] * v.x[k]
	}
	return out
}

// predict returns the label whose machine is the surest.
func (s *svm) predict(m filed.Message, all int) string {
	var d []int32
	for _, f := range featuresOf(m) {
		if n, ok := s.number[f]; ok {
			d = append(d, n)
		}
	}
	v := s.weigh(d, float64(all))
	best, most := "", float32(math.Inf(-1))
	for i, l := range s.labels {
		if x := score(s.w[i], v); x > most {
			best, most = l, x
		}
	}
	return best
}

// featuresOf lists the words and people of a message, each once.
func featuresOf(m filed.Message) []string {
	var out []string
	for _, t := range m.Seen.Terms {
		out = append(out, fmt.Sprint("t", t))
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(string(m.Seen.Subject)), func(r rune) bool { return r < '0' || r > '9' && r < 'a' }) {
		out = append(out, "s"+w)
	}
	for _, p := range m.Seen.With {
		role := "p"
		if p.Role == billing.RoleFrom {
			role = "f"
		}
		out = append(out, role+p.Label())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// measureSVM learns and predicts in blocks; a label not seen before is an error.
func measureSVM(v variant) float64 {
	right, n := 0, 0
	for start := v.block; start < len(v.messages); start += v.block {
		s := trainSVM(v.messages[:start])
		for _, m := range v.messages[start:min(start+v.block, len(v.messages))] {
			n++
			if s.predict(m, start) == m.Label {
				right++
			}
		}
	}
	return 100 * float64(right) / float64(max(n, 1))
}
