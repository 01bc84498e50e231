package narrate_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/draft/narrate"
)

// The narrative itself is always faithful, however the facts are worded.
func TestANarrativeIsFaithfulToItself(t *testing.T) {
	for name := range work {
		f, phrases := words(t, name)
		for _, answer := range []string{string(narrate.Text(phrases)), string(narrate.Text(phrases)) + "."} {
			if fault := narrate.Faithful(f, phrases, answer); fault != "" {
				t.Errorf("%s: %q: %s", name, answer, fault)
			}
		}
	}
}

// Words that the timekeeper chose are not reworded by anybody.
func TestWhatAPersonSaidStands(t *testing.T) {
	f := narrate.Facts{Clauses: []narrate.Clause{{Act: narrate.Said, Objects: on("call with Rivera"), Evidence: ids}}}
	phrases := narrate.New(nil, me).Phrases(f)
	if _, ok := narrate.OutlineOf(f, phrases); ok {
		t.Error("a note may be reworded")
	}
	if narrate.Faithful(f, phrases, "Call with Rivera") == "" {
		t.Error("a note was reworded")
	}
}

// Whatever of these classes is put anywhere into a faithful answer, it is
// refused: names, numbers, dates, verbs, documents, sides, praise, denials.
func TestNothingFromOutsideGetsIn(t *testing.T) {
	foreign := []string{"Alvarez", "Ms.", "Acme", "7", "$500", "12/03/2026", "March", "Tuesday", "three", "negotiate", "filed", "argued", "served",
		"settled", "finalized", "affidavit", "subpoena", "deposed", "trial", "plaintiff", "mediator", "extensive", "complex", "thoroughly", "not", "never",
		"without", "denied", "won", "granted", "I", "our", "urgent", "x", "Priya-Nair", "hearing", "jury", "invoice", "emergency"}
	names := slices.Sorted(func(yield func(string) bool) {
		for n := range work {
			if !yield(n) {
				return
			}
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		f := work[rapid.SampledFrom(names).Draw(t, "work")]
		phrases := narrate.New(nil, me).Phrases(f)
		text := string(narrate.Text(phrases))
		word := rapid.OneOf(rapid.SampledFrom(foreign), rapid.StringMatching(`[A-Z][a-z]{2,8}`), rapid.StringMatching(`[0-9]{1,6}`)).Draw(t, "word")
		if slices.Contains(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), strings.ToLower(strings.Trim(word, "."))) {
			return
		}
		w := strings.Fields(text)
		at := rapid.IntRange(0, len(w)).Draw(t, "at")
		answer := strings.Join(slices.Insert(slices.Clone(w), at, word), " ")
		if narrate.Faithful(f, phrases, answer) == "" {
			t.Fatalf("%q was kept for %q", answer, text)
		}
		if len(w) > at { // in the place of a word
			w[at] = word
			if answer = strings.Join(w, " "); narrate.Faithful(f, phrases, answer) == "" {
				t.Fatalf("%q was kept for %q", answer, text)
			}
		}
	})
}

// Two words that change places change the sense, unless they are equals in a
// list or plain nouns of a subject.
func TestWordsDoNotChangePlaces(t *testing.T) {
	may := []string{"deposition schedule", "damages model", "trust accounting", "settlement offer", "discovery responses", "scope of production"}
	for name := range work {
		f, phrases := words(t, name)
		w := strings.Fields(string(narrate.Text(phrases)))
		for i := range w {
			for j := i + 1; j < len(w); j++ {
				x := slices.Clone(w)
				x[i], x[j] = x[j], x[i]
				answer := strings.Join(x, " ")
				noun := slices.ContainsFunc(may, func(s string) bool {
					run := strings.Fields(s)
					return slices.Contains(run, w[i]) && slices.Contains(run, w[j])
				})
				if w[i] != w[j] && !noun && narrate.Faithful(f, phrases, answer) == "" {
					t.Errorf("%q was kept", answer)
				}
			}
		}
	}
}

// A model is told the acts, what they were on, with whom and about what; it is
// not told addresses, matters, times or evidence.
func TestAModelIsToldOnlyTheFacts(t *testing.T) {
	f := work["received"]
	f.Matter = "matter-secret"
	f.Clauses[0].With[0].Address = "marisol@rivera.example"
	o, ok := narrate.OutlineOf(f, narrate.New(nil, me).Phrases(f))
	if !ok {
		t.Fatal("it cannot be reworded")
	}
	told := o.Told().Reveal()
	for _, secret := range []string{"matter-secret", "@", "Marisol", "Rivera", "o1"} {
		if strings.Contains(told, secret) {
			t.Errorf("%q is told in %s", secret, told)
		}
	}
	var got struct{ Clauses []map[string]any }
	if err := json.Unmarshal([]byte(told), &got); err != nil || len(got.Clauses) != 1 || got.Clauses[0]["direction"] != "from" || got.Clauses[0]["act"] != "received" {
		t.Errorf("%v: %s", err, told)
	}
}

func FuzzFaithful(f *testing.F) {
	for name := range work {
		f.Add(name, grammarSays[name])
	}
	f.Add("call", "(((((,,,,,;;;; and and and ’s 's")
	f.Fuzz(func(t *testing.T, name, answer string) {
		facts, ok := work[name]
		if !ok {
			return
		}
		phrases := narrate.New(nil, me).Phrases(facts)
		if narrate.Faithful(facts, phrases, answer) != "" {
			return
		}
		// What is kept has no capital and no digit of its own, and is one line.
		text := string(narrate.Text(phrases))
		for i, w := range strings.Fields(answer) {
			w = strings.Trim(w, "().,;:")
			if i > 0 && strings.ContainsFunc(w, unicode.IsUpper) && !strings.Contains(text, strings.TrimSuffix(w, "'s")) {
				t.Errorf("%q names %q", answer, w)
			}
			if strings.ContainsFunc(w, unicode.IsDigit) && !strings.Contains(text, w) {
				t.Errorf("%q counts %q", answer, w)
			}
		}
		if strings.ContainsAny(strings.TrimSpace(answer), "\n\r\t") || len([]rune(answer)) > 2*len([]rune(text))+60 {
			t.Errorf("%q is no line", answer)
		}
	})
}

// Whatever was observed, its narrative is read back as itself.
func TestEveryObservedNarrativeIsReadBack(t *testing.T) {
	n := narrate.New(matters(), me)
	for _, c := range cases(t) {
		f := n.Facts(c.matter, c.seen)
		said := slices.ContainsFunc(f.Clauses, func(c narrate.Clause) bool { return c.Act == narrate.Said })
		o, ok := narrate.OutlineOf(f, n.Phrases(f))
		if ok == said {
			t.Errorf("line %d: %q: taken apart: %v", c.line, c.narrative, ok)
		}
		if ok && o.Fault(c.narrative) != "" {
			t.Errorf("line %d: %q: %s", c.line, c.narrative, o.Fault(c.narrative))
		}
	}
}
