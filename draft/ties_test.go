package draft

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

// The candidates of a draft are in one order, whatever the order of its evidence
// and of the list of matters: a key chooses the first, another the second.
func TestTiedCandidatesKeepTheirOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var matters []billing.Matter
		for i := range rapid.IntRange(2, 6).Draw(t, "matters") {
			matters = append(matters, billing.Matter{ID: billing.MatterID(fmt.Sprint("m", 9-i)), Number: fmt.Sprint("2026-", i)})
		}
		var pieces []piece
		for range rapid.IntRange(1, 4).Draw(t, "pieces") {
			p := piece{obs: &billing.Observation{Kind: billing.KindEdit}}
			for _, m := range rapid.Permutation(matters).Draw(t, "order") {
				p.candidates = append(p.candidates, billing.Candidate{Matter: m.ID, Reasons: []string{"contact"},
					Confidence: rapid.SampledFrom([]float64{0.2, 0.4}).Draw(t, "confidence")})
			}
			pieces = append(pieces, p)
		}
		d := NewDrafter(matters, billing.Timekeeper{})
		first := group{pieces: pieces}.candidates(d)
		again := group{pieces: rapid.Permutation(pieces).Draw(t, "again")}.candidates(NewDrafter(rapid.Permutation(matters).Draw(t, "listed"), billing.Timekeeper{}))
		if !reflect.DeepEqual(first, again) {
			t.Fatalf("%v, and then %v", first, again)
		}
		if !slices.IsSortedFunc(first, d.likelier) {
			t.Fatalf("%v are out of order", first)
		}
		for i := 1; i < len(first); i++ {
			a, b := first[i-1], first[i]
			if a.Confidence == b.Confidence && d.matters[a.Matter].Number >= d.matters[b.Matter].Number {
				t.Fatalf("%s stands before %s", d.matters[a.Matter].Number, d.matters[b.Matter].Number)
			}
		}
	})
}
