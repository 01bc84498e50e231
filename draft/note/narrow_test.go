package note

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

// A matter whose names are not looked at could not have been named: reading with
// the few that a line may name is reading with all.
func TestWhatIsLeftOutCouldNotBeNamed(t *testing.T) {
	words := []string{"Rivera", "rivera's", "Żurek", "zurek", "Quill-Marsh", "O'Brien", "U.S.", "Steel", "First", "American", "trust", "O-1", "v.", "the", "Estate of", "3M", "2026-0113", "Ann", "RB", "call", "draft", "0.3", "re", "with", ",", "II"}
	some := rapid.SliceOfN(rapid.SampledFrom(words), 1, 4)
	said := func(t *rapid.T, name string) billing.Privileged {
		out := ""
		for _, w := range some.Draw(t, name) {
			out += " " + w
		}
		return billing.Privileged(out[1:])
	}
	rapid.Check(t, func(t *rapid.T) {
		var matters []billing.Matter
		for range rapid.IntRange(1, 4).Draw(t, "matters") {
			matters = append(matters, billing.Matter{
				Number: string(said(t, "number")), Name: said(t, "name"), Client: said(t, "client"), Folder: said(t, "folder"), Keywords: []billing.Privileged{said(t, "keyword")},
				Contacts: []billing.Contact{{Name: said(t, "contact")}}, Closed: rapid.Bool().Draw(t, "closed"), Internal: rapid.Bool().Draw(t, "internal"),
			})
		}
		line := ""
		for _, w := range rapid.SliceOfN(rapid.SampledFrom(words), 1, 10).Draw(t, "line") {
			line += w + " "
		}
		var open, shut []int
		for i, m := range matters {
			if m.Closed {
				shut = append(shut, i)
			} else {
				open = append(open, i)
			}
		}
		all := namesOf(matters, open)
		all.shut = namesOf(matters, shut)
		in := Context{Matters: matters}
		few := &reading{toks: tokens(line), names: newNames(in, line)}
		in.Roster = NewRoster(matters)
		kept := &reading{toks: tokens(line), names: newNames(in, line)}
		whole := &reading{toks: tokens(line), names: all}
		for i := range few.toks {
			a, found := few.mentionAt(i)
			b, wanted := whole.mentionAt(i)
			if c, again := kept.mentionAt(i); again != found || !reflect.DeepEqual(c, a) {
				t.Fatalf("%q at %d: a roster gives %+v, and a look at all %+v, of %+v", line, i, c, a, matters)
			}
			if found != wanted || !reflect.DeepEqual(a, b) {
				t.Fatalf("%q at %d: %+v, want %+v, of %+v", line, i, a, b, matters)
			}
			fullA, codeA, okA := few.initialsAt(i)
			fullB, codeB, okB := whole.initialsAt(i)
			if fullA != fullB || codeA != codeB || okA != okB {
				t.Fatalf("%q at %d: initials of %q, want %q, of %+v", line, i, fullA, fullB, matters)
			}
		}
	})
}
