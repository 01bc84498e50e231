package associate_test

import (
	"os"
	"sync"
	"testing"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/associate"
)

// large is 2,000 matters and 100,000 observations learned; with TENTHS_HEAVY
// unset a twentieth of that.
var large = sync.OnceValues(func() (*office, *associate.Model) {
	n := 5_000
	if os.Getenv("TENTHS_HEAVY") != "" {
		n = 100_000
	}
	work, _, m := taught(9, 2_000, n)
	return work, m
})

func BenchmarkLearn(b *testing.B) {
	work, m := large()
	ix := associate.New(work.matters, billing.Timekeeper{})
	b.ReportAllocs()
	for b.Loop() {
		i := work.IntN(len(work.matters))
		ix.Learn(m, nil, associate.Lesson{Observation: work.about(i), Matter: work.matters[i].ID})
	}
}

func BenchmarkRank(b *testing.B) {
	work, m := large()
	ix := associate.New(work.matters, billing.Timekeeper{})
	var some []billing.Observation
	for range 200 {
		some = append(some, work.about(work.IntN(len(work.matters))))
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		judge(ix, m, some[n%len(some)])
		n++
	}
}

// BenchmarkRules ranks a day of 500 observations among 200 matters with nothing
// learned.
func BenchmarkRules(b *testing.B) {
	work := newOffice(5, 200)
	var day []billing.Observation
	for range 500 {
		day = append(day, work.about(work.IntN(200)))
	}
	b.ReportAllocs()
	b.Run("with-index", func(b *testing.B) {
		for b.Loop() {
			associate.New(work.matters, billing.Timekeeper{}).Rank(day, nil, threshold, nil)
		}
	})
	b.Run("index-kept", func(b *testing.B) {
		ix := associate.New(work.matters, billing.Timekeeper{})
		for b.Loop() {
			ix.Rank(day, nil, threshold, nil)
		}
	})
}

func TestSizeStaysBounded(t *testing.T) {
	if os.Getenv("TENTHS_HEAVY") == "" {
		t.Skip("TENTHS_HEAVY is not set: it learns 100,000 observations")
	}
	_, m := large()
	if size := len(saved(t, m)); size > 20_000_000 {
		t.Errorf("100,000 lessons on 2,000 matters take %d bytes", size)
	} else {
		t.Logf("%d bytes", size)
	}
}
