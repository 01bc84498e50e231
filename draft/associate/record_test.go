package associate

import (
	"testing"

	"pgregory.net/rapid"
)

// How sure the learner wants to be is the policy's matter until errors say
// otherwise, and then it wants no more than keeps them out.
func TestThresholdRisesOnErrorsAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := NewModel()
		policy := rapid.Float64Range(0.5, 1).Draw(t, "policy")
		least := rapid.Float32Range(0, 1).Draw(t, "least")
		surest := float32(0) // error
		for range rapid.IntRange(0, 2*remembered).Draw(t, "sure") {
			m.past.note(outcome{1, true, 0}, false)
		}
		last := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) outcome {
			return outcome{rapid.Float32Range(least, 1).Draw(t, "p"), rapid.IntRange(0, 9).Draw(t, "wrong") > 0, rapid.Uint32Range(1, 40).Draw(t, "draft")}
		}), 0, remembered).Draw(t, "last")
		for _, o := range last {
			m.past.note(o, false)
			if !o.right {
				surest = max(surest, o.p)
			}
		}
		got := m.Threshold(0.95, policy)
		if surest == 0 && got > policy {
			t.Fatalf("asks for %v where nothing was wrong and the policy asks for %v", got, policy)
		}
		if got > max(policy, float64(surest)+1e-6) {
			t.Fatalf("asks for %v; the surest error had %v and the policy asks for %v", got, surest, policy)
		}
		if len(m.past.outcomes) < 60 {
			return
		}
		of, wrong := map[uint32][2]float64{}, 0.0
		for _, o := range m.past.outcomes {
			if float64(o.p) >= got {
				d := of[o.draft]
				d[0]++
				if !o.right {
					d[1]++
				}
				of[o.draft] = d
			}
		}
		for _, d := range of {
			wrong += d[1] / d[0]
		}
		if wrong > 0.05*float64(len(of))+1e-9 {
			t.Fatalf("from %v on, %.2f of %d drafts were wrong", got, wrong, len(of))
		}
	})
}
