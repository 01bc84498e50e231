package calendar

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func drawStates(t *rapid.T) []state {
	list := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) state {
		s := state{
			key:     key{form(rapid.IntRange(int(single), int(date)).Draw(t, "form")), rapid.Int64Range(-1e10, 1e10).Draw(t, "at")},
			start:   rapid.Int64Range(-1e10, 1e10).Draw(t, "start"),
			changes: rapid.Uint64Range(0, 1e6).Draw(t, "changes"),
			removed: rapid.Bool().Draw(t, "removed"),
		}
		s.end = s.start + rapid.Int64Range(0, 1e6).Draw(t, "length")
		copy(s.digest[:], rapid.SliceOfN(rapid.Byte(), 6, 6).Draw(t, "digest"))
		return s
	}), 0, 20).Draw(t, "states")
	slices.SortFunc(list, func(a, b state) int { return a.key.compare(b.key) })
	return list
}

func TestPackLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawStates(t)
		got, err := unpack(pack(want))
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("got %v, %v, want %v", got, err, want)
		}
	})
}

func FuzzUnpack(f *testing.F) {
	f.Add("")
	f.Add(pack([]state{{key: key{utc, 1}, start: 1, end: 2, changes: 3}}))
	f.Fuzz(func(t *testing.T, s string) {
		if list, err := unpack(s); err == nil {
			again, err := unpack(pack(list))
			if err != nil || !slices.Equal(again, list) {
				t.Fatalf("%q does not come back", s)
			}
		}
	})
}
