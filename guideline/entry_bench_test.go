package guideline

import (
	"testing"

	"github.com/tenths/tenths/guideline/language"
)

// BenchmarkEntryChecks is one entry with every check on it, which is done at
// each key while a narrative is typed.
func BenchmarkEntryChecks(b *testing.B) {
	c, all := strictChecker(b), readNarratives(b, "litigation")
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		c.Entry(all[i%len(all)].entry)
		i++
	}
}

func BenchmarkParse(b *testing.B) {
	all := readNarratives(b, "litigation")
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		language.Parse(string(all[i%len(all)].entry.Narrative))
		i++
	}
}
