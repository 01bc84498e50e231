package note_test

import (
	"fmt"
	"testing"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/note"
)

// manyMatters returns matters of as many clients, in all ways that a name is made.
func manyMatters(n int) []billing.Matter {
	out := make([]billing.Matter, n)
	syllables := []string{"bar", "vel", "ton", "mer", "quin", "sal", "dor", "wick", "ham", "ley", "fen", "gor"}
	name := func(i int) string {
		s := ""
		for k := 0; k < 4; k++ {
			s += syllables[i%len(syllables)]
			i /= len(syllables)
		}
		return string(s[0]-32) + s[1:]
	}
	for i := range out {
		a, b := name(i), name(i+7919)
		out[i] = billing.Matter{
			ID: billing.MatterID(fmt.Sprint(i)), Number: fmt.Sprintf("%d-%05d", 2000+i%27, i), Name: billing.Privileged(a + " v. " + b),
			Client: billing.Privileged(name(i % 97)[:4] + " " + a), Closed: i%10 > 5, Folder: billing.Privileged("/matters/" + a),
			Contacts: []billing.Contact{{Name: billing.Privileged(name(i % 89)[:4] + " " + b), Role: billing.ContactOpposingCounsel}},
		}
	}
	return out
}

// BenchmarkMatters reads one line against more and more matters.
func BenchmarkMatters(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		in := parade(b)
		in.Matters = append(in.Matters, manyMatters(n)...)
		kept := in
		kept.Roster = note.NewRoster(in.Matters)
		b.Run(fmt.Sprint(n, " with a roster"), func(b *testing.B) {
			for b.Loop() {
				note.Read("0.3 tc w/ Sykes re depo dates in Brandvold; 1.2 draft MTC; emailed Barv re same 0.1", kept)
			}
		})
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				note.Read("0.3 tc w/ Sykes re depo dates in Brandvold; 1.2 draft MTC; emailed Barv re same 0.1", in)
			}
		})
	}
}

func BenchmarkNewRoster(b *testing.B) {
	matters := manyMatters(100_000)
	for b.Loop() {
		note.NewRoster(matters)
	}
}
