package app_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// BenchmarkNote reads a note in a practice of 100,000 matters, as a window does
// while it is typed, and takes it.
func BenchmarkNote(b *testing.B) {
	dir := b.TempDir()
	now := func() time.Time { return time.Date(2026, 11, 19, 17, 0, 0, 0, time.UTC) }
	fillMatters(b, dir, now, 100_000)
	p, err := app.Open(b.Context(), app.Config{Dir: dir, Zone: "UTC", Now: now})
	if err != nil {
		b.Fatal(err)
	}
	defer p.Close()
	n := app.Notes{Practice: p}
	const line = "0.3 call with client on 2024-00113 re discovery; 0.5 draft answer"
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if parts, err := n.Read(b.Context(), line, billing.Day{}); err != nil || parts[0].Matter == "" {
				b.Fatal(parts, err)
			}
		}
	})
	b.Run("take", func(b *testing.B) {
		for b.Loop() {
			if _, err := n.Take(b.Context(), line, billing.Day{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// fillMatters writes matters into the data directory.
func fillMatters(b *testing.B, dir string, now func() time.Time, n int) {
	s, err := store.Open(b.Context(), dir, now)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	err = s.Update(b.Context(), func(tx *store.Tx) error {
		for i := range n {
			m := billing.Matter{Number: fmt.Sprintf("2024-%05d", i), Name: billing.Privileged(fmt.Sprintf("Party%d v. Other%d", i, i*7)), Client: billing.Privileged(fmt.Sprintf("Client%d Person", i)),
				Contacts: []billing.Contact{billing.ParseContact(fmt.Sprintf("Name%d Counsel <c%d@firm.example> (opposing counsel)", i, i))}}
			if err := tx.PutMatter(context.WithoutCancel(b.Context()), &m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}
