package app

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// BenchmarkPurge has observations expire in a large store while others write
// and read a little, and reports the longest that one of these waited.
// TENTHS_PURGE_ROWS is how many observations there are, and TENTHS_PURGE_AGED
// how many of them expire.
func BenchmarkPurge(b *testing.B) {
	rows, aged := fromEnv(b, "TENTHS_PURGE_ROWS", 20_000), fromEnv(b, "TENTHS_PURGE_AGED", 2_000)
	for b.Loop() {
		b.StopTimer()
		now := time.Date(2026, 11, 19, 23, 0, 0, 0, time.UTC)
		clock := now.AddDate(-1, 0, 0)
		p, err := Open(b.Context(), Config{Dir: b.TempDir(), Zone: "UTC", Now: func() time.Time { return clock }})
		if err != nil {
			b.Fatal(err)
		}
		fillRaw(b, p.store, "aged", clock.AddDate(0, 0, -1), aged)
		clock = now
		fillRaw(b, p.store, "kept", now.AddDate(0, 0, -1), rows-aged)
		b.StartTimer()
		waited := beside(p.store, func() {
			done, err := Retention{p}.Purge(b.Context())
			if err != nil || done.Purged != aged || done.Pending != "" {
				b.Fatalf("%+v, %v", done, err)
			}
		})
		b.StopTimer()
		b.ReportMetric(float64(waited.write.Microseconds())/1000, "ms-write-waited")
		b.ReportMetric(float64(waited.read.Microseconds())/1000, "ms-read-waited")
		b.ReportMetric(float64(waited.writes), "writes")
		if err := p.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

func fromEnv(b *testing.B, name string, otherwise int) int {
	n, err := strconv.Atoi(cmp.Or(os.Getenv(name), strconv.Itoa(otherwise)))
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// fillRaw records n messages of which no draft is made, 200 a day, back from
// the instant given.
func fillRaw(b *testing.B, s *store.Store, prefix string, last time.Time, n int) {
	ctx := context.WithoutCancel(b.Context())
	for at := 0; at < n; at += 20_000 {
		batch := make([]billing.Observation, min(20_000, n-at))
		for i := range batch {
			start := last.AddDate(0, 0, -(at+i)/200).Add(-time.Duration(i%200) * time.Minute)
			batch[i] = billing.Observation{ExternalID: fmt.Sprintf("%s-%d", prefix, at+i), Revision: "1", Kind: billing.KindMailReceived,
				Ignored: "list", Span: billing.Span{Start: start, End: start}, Zone: "America/New_York",
				Subject: "Re: Rivera lease: motion to compel", Thread: fmt.Sprintf("%s-t%d", prefix, (at+i)/4), Words: 120,
				With: []billing.Party{{Name: "Dana Reed", Address: "dana@reed.example", Role: billing.RoleTo}}}
		}
		if err := s.Update(ctx, func(tx *store.Tx) error { _, err := tx.Record(ctx, store.NotesSource, "", batch); return err }); err != nil {
			b.Fatal(err)
		}
	}
}

// waits are the longest that a small write and a small read took.
type waits struct {
	write, read time.Duration
	writes      int
}

// beside runs work while others write and read all the time.
func beside(s *store.Store, work func()) (longest waits) {
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	again := func(most *time.Duration, do func() error) {
		for ctx.Err() == nil {
			start := time.Now()
			if err := do(); err == nil {
				*most = max(*most, time.Since(start))
			}
			time.Sleep(2 * time.Millisecond)
		}
	}
	all.Go(func() {
		again(&longest.write, func() error {
			longest.writes++
			return s.Update(ctx, func(tx *store.Tx) error { return tx.SetSetting(ctx, "beside", longest.writes) })
		})
	})
	all.Go(func() {
		again(&longest.read, func() error {
			var n int
			return s.View(ctx, func(tx *store.Tx) error { _, err := tx.Setting(ctx, "beside", &n); return err })
		})
	})
	work()
	cancel()
	all.Wait()
	return longest
}
