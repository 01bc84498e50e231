package draft_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
)

// bare are matters of which nothing but the number is known.
var bareMatters = []billing.Matter{{ID: "a", Number: "2026-0001"}, {ID: "b", Number: "2026-0002"}, {ID: "c", Number: "2026-0003"}}

// letter is a message that came in from somebody, about words.
func letter(id, from string, words ...uint32) billing.Observation {
	at := time.Date(2026, 11, 19, 10, 0, 0, 0, time.UTC)
	return billing.Observation{ID: billing.ObservationID(id), Kind: billing.KindMailReceived, Span: billing.Span{Start: at, End: at}, Words: 100,
		Subject: billing.Privileged("note " + id), Terms: words, With: []billing.Party{{Address: billing.Privileged(from), Role: billing.RoleFrom}}}
}

func proposed(m *draft.Learned, o billing.Observation) billing.Entry {
	day, _ := billing.ParseDay("2026-11-19")
	in := draft.Input{Day: day, Zone: time.UTC, Policy: draft.DefaultPolicy, Matters: bareMatters, Timekeeper: me, Learned: m, Observations: []billing.Observation{o}}
	return draft.Propose(in).Drafts[0]
}

// What resembles nothing that was decided is not guessed, however little or
// much was.
func TestWhatIsNewIsNotGuessed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, m := draft.NewDrafter(bareMatters, me), draft.NewLearned()
		for i := range rapid.IntRange(1, 40).Draw(t, "lessons") {
			k := rapid.IntRange(0, 2).Draw(t, "matter")
			words := []uint32{uint32(100*k + rapid.IntRange(1, 9).Draw(t, "word")), uint32(100*k + 50), uint32(1000 + i)}
			d.Learn(m, nil, draft.Lesson{Observation: letter(fmt.Sprint("l", i), fmt.Sprintf("p%d@firm%d.example", i%3, k), words...), Matter: bareMatters[k].ID})
		}
		e := proposed(m, letter("strange", "someone@elsewhere.example", 7001, 7002, 7003))
		if e.Matter != "" {
			t.Fatalf("a stranger's letter went to %s with %.2f: %v", e.Matter, e.Confidence, e.Reasons)
		}
	})
}

// What has seen one matter alone takes nothing for it.
func TestOneDecisionAssignsNothing(t *testing.T) {
	d, m := draft.NewDrafter(bareMatters, me), draft.NewLearned()
	for i := range 3 {
		d.Learn(m, nil, draft.Lesson{Observation: letter(fmt.Sprint("l", i), "dana@reed.example", 11, 12, 13, uint32(i)), Matter: "a"})
	}
	for _, words := range [][]uint32{{11}, {11, 12, 99}, {7001, 7002}, nil} {
		if e := proposed(m, letter("strange", "someone@elsewhere.example", words...)); e.Matter != "" {
			t.Errorf("a stranger's letter went to %s with %.2f: %v", e.Matter, e.Confidence, e.Reasons)
		}
	}
	if e := proposed(m, letter("strange", "someone@elsewhere.example", 7001, 7002)); len(e.Candidates) != 0 {
		t.Errorf("with nothing in common there are candidates %v", e.Candidates)
	}
}

// A decision shows at once: the next letter of the same person has the matter
// first. It is assigned once enough was decided to tell that this is right.
func TestADecisionTeachesAtOnce(t *testing.T) {
	d, m := draft.NewDrafter(bareMatters, me), draft.NewLearned()
	assigned := 0
	for i := range 40 {
		words := []uint32{11, 12, 13, uint32(500 + i)}
		e := proposed(m, letter(fmt.Sprint("next", i), "dana@reed.example", words...))
		if i > 0 && (len(e.Candidates) == 0 || e.Candidates[0].Matter != "a") {
			t.Errorf("after %d decisions the candidates are %v", i, e.Candidates)
		}
		if e.Matter == "a" && assigned == 0 {
			assigned = 2 * i
		}
		d.Learn(m, nil, draft.Lesson{Observation: letter(fmt.Sprint("l", i), "dana@reed.example", words...), Matter: "a"})
		other := []uint32{21, 22, 23, uint32(600 + i)}
		d.Learn(m, nil, draft.Lesson{Observation: letter(fmt.Sprint("o", i), "sam@cole.example", other...), Matter: "b"})
	}
	if assigned < 40 || assigned > 70 {
		t.Errorf("assigned after %d decisions alike, want about 60", assigned)
	}
}
