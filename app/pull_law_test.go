package app

import (
	"context"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// Whatever is renamed, renumbered, swapped, closed or numbered twice over there,
// a pull succeeds, a matter's binding follows its id and not its number, ours has
// the number that it has there, and no matter of ours is lost.
func TestPullFollowsIDs(t *testing.T) {
	s, err := store.Open(t.Context(), t.TempDir(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	runs := 0
	rapid.Check(t, func(t *rapid.T) {
		runs++
		system := fmt.Sprintf("system-%d", runs)
		number := rapid.Map(rapid.IntRange(1, 5), func(n int) string { return fmt.Sprintf("%s-%d", system, n) })
		for _, n := range rapid.SliceOfNDistinct(number, 0, 3, rapid.ID).Draw(t, "ours before") {
			update(t, s, func(ctx context.Context, tx *store.Tx) error {
				return tx.PutMatter(ctx, &billing.Matter{Number: n, Name: "ours"})
			})
		}
		bound := map[string]string{}
		for round := range rapid.IntRange(1, 4).Draw(t, "pulls") {
			ids := rapid.SliceOfNDistinct(rapid.IntRange(1, 5), 0, 5, rapid.ID).Draw(t, "ids")
			var list []billing.RemoteMatter
			for _, id := range ids {
				list = append(list, billing.RemoteMatter{RemoteID: fmt.Sprint(id), ETag: fmt.Sprint(round, id),
					Number: number.Draw(t, "number"), Name: billing.Privileged(fmt.Sprintf("matter %d, %d", id, round))})
			}
			update(t, s, func(ctx context.Context, tx *store.Tx) error { return pullHolds(ctx, t, tx, system, list, bound) })
		}
	})
}

func pullHolds(ctx context.Context, t *rapid.T, tx *store.Tx, system string, list []billing.RemoteMatter, bound map[string]string) error {
	before, err := tx.Matters(ctx)
	if err != nil {
		return err
	}
	for id := range bound { // another may have taken a closed one's number and binding
		if bound[id], _, err = tx.LocalOf(ctx, system, remoteMatter, id); err != nil {
			return err
		}
	}
	got, err := pull(ctx, tx, system, list)
	if err != nil {
		return err
	}
	after, err := tx.Matters(ctx)
	if err != nil {
		return err
	}
	if len(after) != len(before)+got.added || got.linked+got.added != len(list) {
		t.Fatalf("%d matters before, %d after; %+v of %d", len(before), len(after), got, len(list))
	}
	first, ours := map[string]bool{}, map[string]bool{}
	for _, rm := range list {
		local, ok, err := tx.LocalOf(ctx, system, remoteMatter, rm.RemoteID)
		if err != nil {
			return err
		}
		if was := bound[rm.RemoteID]; !ok || ours[local] || (was != "" && was != local) {
			t.Fatalf("%s was bound to %q and is to %q", rm.RemoteID, was, local)
		}
		m, err := tx.Matter(ctx, billing.MatterID(local))
		if err != nil {
			return err
		}
		if !first[rm.Number] && m.Number != rm.Number {
			t.Fatalf("%s is %q there and %q here", rm.RemoteID, rm.Number, m.Number)
		}
		if bound[rm.RemoteID] != "" && m.Name != rm.Name {
			t.Fatalf("%s is called %q there and %q here", rm.RemoteID, rm.Name.Reveal(), m.Name.Reveal())
		}
		first[rm.Number], ours[local], bound[rm.RemoteID] = true, true, local
	}
	return nil
}

func update(t *rapid.T, s *store.Store, fn func(context.Context, *store.Tx) error) {
	t.Helper()
	ctx := context.Background()
	if err := s.Update(ctx, func(tx *store.Tx) error { return fn(ctx, tx) }); err != nil {
		t.Fatal(err)
	}
}
