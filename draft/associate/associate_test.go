package associate_test

import (
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/associate"
)

const threshold = 0.75

// judge returns what ix and m think of o alone.
func judge(ix *associate.Index, m *associate.Model, o billing.Observation) associate.Judgement {
	return ix.Rank([]billing.Observation{o}, nil, threshold, m)[0]
}

// A new matter has its number, parties, contacts and folder from the start. Of
// its first ten observations at least eight are right, beside other matters that
// much was learned of; each is learned after it was judged.
func TestANewMatterWorksAtOnce(t *testing.T) {
	t.Parallel()
	all := 0
	defer func() { t.Logf("%d of 240 right", all) }()
	for seed := range uint64(4) {
		work := newOffice(seed, 40)
		m := associate.NewModel()
		ix := associate.New(work.matters, billing.Timekeeper{})
		for range 1200 {
			i := work.IntN(len(work.matters))
			ix.Learn(m, nil, associate.Lesson{Observation: work.about(i), Matter: work.matters[i].ID})
		}
		for range 6 {
			fresh := work.open()
			ix = associate.New(work.matters, billing.Timekeeper{})
			right := 0
			for range 10 {
				for range 2 { // life goes on elsewhere
					i := work.IntN(fresh)
					ix.Learn(m, nil, associate.Lesson{Observation: work.about(i), Matter: work.matters[i].ID})
				}
				o := work.about(fresh)
				j := judge(ix, m, o)
				if best, ok := j.Best(); ok && best.Matter == work.matters[fresh].ID {
					right++
				}
				ix.Learn(m, nil, associate.Lesson{Observation: o, Matter: work.matters[fresh].ID})
			}
			all += right
			if right < 8 {
				t.Errorf("seed %d: %d of the first ten of %s were right", seed, right, work.matters[fresh].Number)
			}
		}
	}
}

// twoSuits are two matters with one opposing counsel.
func twoSuits() []billing.Matter {
	dana := billing.Contact{Name: "Dana Reed", Address: "dana@reed.example", Role: billing.ContactOpposingCounsel}
	return []billing.Matter{
		{ID: "a", Number: "2026-0001", Name: "Rivera v. Acme", Contacts: []billing.Contact{dana}},
		{ID: "b", Number: "2026-0002", Name: "Lin v. Ortega", Contacts: []billing.Contact{dana}},
	}
}

func letter(from, subject string, words ...string) billing.Observation {
	o := billing.Observation{Kind: billing.KindMailReceived, Subject: billing.Privileged(subject),
		With: []billing.Party{{Address: billing.Privileged(from), Role: billing.RoleFrom}}, Words: 80}
	for _, w := range append(words, strings.Fields(subject)...) {
		o.Terms = append(o.Terms, term(w))
	}
	return o
}

func TestMailBetweenLawyersDoesNotFollowTheAddressAlone(t *testing.T) {
	t.Parallel()
	ix, m := associate.New(twoSuits(), billing.Timekeeper{}), associate.NewModel()
	bare := letter("dana@reed.example", "tomorrow")
	if j := judge(ix, nil, bare); j.Candidates[0].Confidence >= threshold {
		t.Errorf("an address on two matters decides: %+v", j)
	}
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	learn := func(o billing.Observation, matter billing.MatterID) {
		at = at.Add(3 * time.Hour)
		o.Span = billing.Span{Start: at, End: at}
		ix.Learn(m, nil, associate.Lesson{Observation: o, Matter: matter})
	}
	for range 12 { // she wrote about one of them far more often
		learn(letter("dana@reed.example", "deposition notice", "brake", "truck", "collision"), "a")
		learn(letter("dana@reed.example", "inspection of the truck", "collision", "driver"), "a")
		learn(letter("dana@reed.example", "lease hearing", "tenant", "eviction", "rent"), "b")
	}
	at = at.Add(100 * time.Hour)
	for _, c := range []struct {
		o    billing.Observation
		want billing.MatterID
	}{
		{letter("dana@reed.example", "2026-0002 call"), "b"},
		{letter("dana@reed.example", "Ortega"), "b"},
		{letter("dana@reed.example", "hearing", "tenant", "rent"), "b"},
		{letter("dana@reed.example", "collision", "truck", "brake"), "a"},
	} {
		c.o.Span = billing.Span{Start: at, End: at}
		j := judge(ix, m, c.o)
		if j.Candidates[0].Matter != c.want {
			t.Errorf("%q goes to %+v, want %s", string(c.o.Subject), j.Candidates, c.want)
		}
	}
	for range 30 {
		learn(letter("dana@reed.example", "first pleading", "brake"), "a")
		learn(letter("dana@reed.example", "second pleading", "rent"), "b")
	}
	bare.Span = billing.Span{Start: at.Add(90 * 24 * time.Hour), End: at.Add(90 * 24 * time.Hour)}
	if j := judge(ix, m, bare); j.Candidates[0].Confidence >= threshold {
		t.Errorf("the address alone decides after it was seen on both: %+v", j)
	}
}

func TestReasonsSayWhatWasLearned(t *testing.T) {
	t.Parallel()
	ix, m := associate.New(twoSuits(), billing.Timekeeper{}), associate.NewModel()
	for range 9 {
		ix.Learn(m, nil, associate.Lesson{Observation: letter("pat@clerk.example", "calendar", "docket", "collision"), Matter: "a"})
	}
	ix.Learn(m, nil, associate.Lesson{Observation: letter("pat@clerk.example", "rent", "eviction"), Matter: "b"})
	j := judge(ix, m, letter("pat@clerk.example", "calendar", "docket", "collision"))
	got := strings.Join(j.Candidates[0].Reasons, "; ")
	for _, want := range []string{"with pat@clerk.example: filed under 2026-0001 9 of 10 times", "words as in 9 observations of 2026-0001"} {
		if j.Candidates[0].Matter != "a" || !strings.Contains(got, want) {
			t.Errorf("%s because %q, want %q", j.Candidates[0].Matter, got, want)
		}
	}
}

// What was learned is used after the first lesson, and no longer once it is
// forgotten.
func TestLearningAndForgetting(t *testing.T) {
	t.Parallel()
	ix, m := associate.New(twoSuits(), billing.Timekeeper{}), associate.NewModel()
	seen := letter("sam@surveyor.example", "boundary plan", "acre", "fence", "hedge")
	if j := judge(ix, m, seen); len(j.Candidates) != 0 || j.New < 0.99 {
		t.Fatalf("nothing is known, but %+v", j)
	}
	ix.Learn(m, nil, associate.Lesson{Observation: seen, Matter: "b"})
	if j := judge(ix, m, seen); len(j.Candidates) == 0 || j.Candidates[0].Matter != "b" {
		t.Fatalf("after one lesson %+v", j)
	}
	for range 3 {
		ix.Learn(m, nil, associate.Lesson{Observation: seen, Matter: "b"})
	}
	if best, ok := judge(ix, m, seen).Best(); !ok || best.Matter != "b" {
		t.Fatalf("after four lessons %+v", judge(ix, m, seen))
	}
	m.Forget("b")
	if j := judge(ix, m, seen); len(j.Candidates) > 0 && j.Candidates[0].Confidence > 0.2 {
		t.Errorf("forgotten, but %+v", j)
	}
	saved, _ := m.MarshalBinary()
	if strings.Contains(string(saved), "surveyor") || strings.Contains(string(saved), "boundary") {
		t.Error("the model holds text")
	}
}

// A candidate that is turned down again and again comes to be doubted.
func TestRejectionIsLearned(t *testing.T) {
	t.Parallel()
	matters := twoSuits()
	matters[0].Keywords = []billing.Privileged{"parking"}
	ix, m := associate.New(matters, billing.Timekeeper{}), associate.NewModel()
	o := letter("all@us.example", "parking")
	before := judge(ix, m, o).Candidates[0].Confidence
	if before < threshold {
		t.Fatalf("a keyword and no other matter: %.2f", before)
	}
	for range 12 {
		ix.Learn(m, nil, associate.Lesson{Observation: o, Not: "a"})
	}
	after := judge(ix, m, o)
	if best, ok := after.Best(); ok {
		t.Errorf("%.2f at first, turned down twelve times, still %+v", before, best)
	}
}

// A sign that keeps being wrong is believed less, also where it is strong.
func TestASignThatMisleadsIsBelievedLess(t *testing.T) {
	t.Parallel()
	matters := twoSuits()
	matters[0].Folder = "Scans"
	ix, m := associate.New(matters, billing.Timekeeper{}), associate.NewModel()
	scan := billing.Observation{Kind: billing.KindEdit, Subject: "page.pdf", Path: "/home/jo/Scans/page.pdf"}
	if judge(ix, m, scan).Candidates[0].Matter != "a" {
		t.Fatal("the folder says nothing")
	}
	for range 20 {
		ix.Learn(m, nil, associate.Lesson{Observation: scan, Matter: "b"})
	}
	if best, _ := judge(ix, m, scan).Best(); best.Matter != "b" {
		t.Errorf("filed elsewhere twenty times: %+v", judge(ix, m, scan))
	}
}

func TestClosedMattersAreNoCandidates(t *testing.T) {
	t.Parallel()
	matters := twoSuits()
	ix, m := associate.New(matters, billing.Timekeeper{}), associate.NewModel()
	o := letter("dana@reed.example", "lease hearing", "tenant")
	for range 5 {
		ix.Learn(m, nil, associate.Lesson{Observation: o, Matter: "b"})
	}
	closed := twoSuits()
	closed[1].Closed = true
	for _, c := range judge(associate.New(closed, billing.Timekeeper{}), m, o).Candidates {
		if c.Matter == "b" {
			t.Error("a closed matter is a candidate")
		}
	}
}

func TestThreshold(t *testing.T) {
	t.Parallel()
	m := associate.NewModel()
	if got := m.Threshold(0.95, 0.75); got != 0.75 {
		t.Errorf("with no history the threshold is %v, want the policy's", got)
	}
	work := newOffice(3, 30)
	ix := associate.New(work.matters, billing.Timekeeper{})
	var assigned, right float64
	for n := range 1500 {
		i := work.IntN(len(work.matters))
		o := work.about(i)
		j, least := judge(ix, m, o), m.Threshold(0.95, 0.75)
		if best, ok := j.Best(); ok && n > 300 && best.Confidence >= least {
			assigned++
			if best.Matter == work.matters[i].ID {
				right++
			}
		}
		ix.Learn(m, nil, associate.Lesson{Observation: o, Matter: work.matters[i].ID})
	}
	if right/assigned < 0.93 || assigned < 600 {
		t.Errorf("assigned %.0f of 1200, of which right %.1f %%", assigned, 100*right/assigned)
	}
}

func TestManyRankAtOnce(t *testing.T) {
	t.Parallel()
	work, ix, m := taught(6, 20, 120)
	var day []billing.Observation
	for range 40 {
		day = append(day, work.about(work.IntN(20)))
	}
	want := ix.Rank(day, nil, threshold, m)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if got := ix.Rank(day, nil, threshold, m); !reflect.DeepEqual(got, want) {
				t.Error("ranked beside others, the answer is another")
			}
		})
	}
	all.Wait()
}

// A conversation's messages speak for each other, with a model as without.
func TestSiblings(t *testing.T) {
	t.Parallel()
	ix := associate.New(twoSuits(), billing.Timekeeper{})
	one, two := letter("x@y.example", "2026-0001 status"), letter("x@y.example", "thanks")
	one.Thread, two.Thread, two.ID = "t", "t", "two"
	_, _, m := taught(7, 5, 0)
	for _, model := range []*associate.Model{nil, m} {
		got := ix.Rank([]billing.Observation{one, two}, nil, threshold, model)
		if best, ok := got[1].Best(); !ok || best.Matter != "a" || !strings.HasPrefix(best.Reasons[0], "same conversation: matter number 2026-0001") {
			t.Errorf("the answer alone says %+v", got[1])
		}
	}
}

// A party's name in the sender's address speaks for the matter, and says so.
func TestTheSendersNameSpeaks(t *testing.T) {
	t.Parallel()
	ix := associate.New(twoSuits(), billing.Timekeeper{})
	j := judge(ix, nil, letter("jo.ortega@mail.example", "tomorrow"))
	if len(j.Candidates) != 1 || j.Candidates[0].Matter != "b" || j.Candidates[0].Confidence >= threshold {
		t.Fatalf("from jo.ortega: %+v", j)
	}
	if got := strings.Join(j.Candidates[0].Reasons, "; "); got != "party “ortega” in the sender’s name" {
		t.Errorf("because %q", got)
	}
	// The firm's own domain names the firm, whoever writes from it.
	us := billing.Timekeeper{Addresses: []billing.Privileged{"me@ortega.example"}}
	if j := judge(associate.New(twoSuits(), us), nil, letter("jo@ortega.example", "tomorrow")); len(j.Candidates) != 0 {
		t.Errorf("from a colleague at ortega.example: %+v", j)
	}
}

// What a message forwards is what it is about where it says little itself.
func TestAForwardIsAboutWhatItQuotes(t *testing.T) {
	t.Parallel()
	ix, m := associate.New(twoSuits(), billing.Timekeeper{}), associate.NewModel()
	for range 6 {
		ix.Learn(m, nil, associate.Lesson{Observation: letter("x@one.example", "note", "brake", "truck", "collision"), Matter: "a"},
			associate.Lesson{Observation: letter("y@two.example", "note", "rent", "tenant", "eviction"), Matter: "b"})
	}
	o := letter("z@three.example", "fw")
	o.Quoted = []uint32{term("rent"), term("tenant"), term("eviction")}
	if j := judge(ix, m, o); len(j.Candidates) == 0 || j.Candidates[0].Matter != "b" {
		t.Errorf("a forward goes to %+v", j)
	}
}
