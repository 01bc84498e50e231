package app

import (
	"cmp"
	"context"
	"fmt"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// pulled counts what a pull of matters found.
type pulled struct {
	linked, added int // known here, new here
	moved         int // numbers of ours that changed
}

// pull takes over the matters of the other system. Its id says which matter one
// is: one that is bound keeps its binding whatever its number is by now, and ours
// takes the number over, even where two have swapped theirs. Of the others those
// with the number of one of ours are bound to it, and the rest are added. Entries
// that waited for their matter to appear go on their way.
func pull(ctx context.Context, tx *store.Tx, system string, matters []billing.RemoteMatter) (p pulled, err error) {
	matters = numbered(matters)
	bound, rest, err := bindings(ctx, tx, system, matters)
	if err != nil {
		return p, err
	}
	p.linked = len(bound)
	if p.moved, err = renumber(ctx, tx, bound, matters); err != nil {
		return p, err
	}
	for _, b := range bound {
		if err := b.refresh(ctx, tx, system); err != nil {
			return p, err
		}
	}
	for _, rm := range rest {
		m, err := tx.MatterByNumber(ctx, rm.Number)
		switch {
		case err == nil:
			p.linked++
		case billing.KindOf(err) == billing.NotFound:
			m = billing.Matter{Number: rm.Number, Name: cmp.Or(rm.Name, billing.Privileged(rm.Number)), Client: rm.Client, Closed: rm.Closed}
			if err := tx.PutMatter(ctx, &m); err != nil {
				return p, err
			}
			p.added++
		default:
			return p, err
		}
		if err := tx.SetRemote(ctx, system, remoteMatter, string(m.ID), rm.RemoteID, rm.ETag); err != nil {
			return p, err
		}
	}
	return p, requeue(ctx, tx, system)
}

// numbered returns the matters that have a number. Where several have the same,
// all but the first get one that says so: ours are unique.
func numbered(matters []billing.RemoteMatter) []billing.RemoteMatter {
	theirs := make(map[string]bool, len(matters))
	for _, rm := range matters {
		theirs[rm.Number] = true
	}
	seen := map[string]bool{}
	var out []billing.RemoteMatter
	for _, rm := range matters {
		if rm.Number == "" {
			continue
		}
		if seen[rm.Number] {
			rm.Number = again(rm.Number, func(n string) bool { return theirs[n] || seen[n] })
		}
		seen[rm.Number] = true
		out = append(out, rm)
	}
	return out
}

// again returns number with the least count that makes it none that is taken.
func again(number string, taken func(string) bool) string {
	for n := 2; ; n++ {
		if next := fmt.Sprintf("%s (%d)", number, n); !taken(next) {
			return next
		}
	}
}

// binding is a matter of ours and what it is over there.
type binding struct {
	ours   billing.Matter
	theirs billing.RemoteMatter
}

// bindings tells the matters that are bound to one of ours from the rest.
func bindings(ctx context.Context, tx *store.Tx, system string, matters []billing.RemoteMatter) (bound []binding, rest []billing.RemoteMatter, err error) {
	for _, rm := range matters {
		id, ok, err := tx.LocalOf(ctx, system, remoteMatter, rm.RemoteID)
		if err != nil {
			return nil, nil, err
		}
		if !ok {
			rest = append(rest, rm)
			continue
		}
		m, err := tx.Matter(ctx, billing.MatterID(id))
		if err != nil {
			return nil, nil, err
		}
		bound = append(bound, binding{m, rm})
	}
	return bound, rest, nil
}

// renumber gives bound matters the numbers that they have over there. Another of
// ours that has such a number keeps it with a count behind it: it is not that
// matter.
func renumber(ctx context.Context, tx *store.Tx, bound []binding, matters []billing.RemoteMatter) (int, error) {
	taken := map[string]bool{}
	for _, rm := range matters {
		taken[rm.Number] = true
	}
	all, err := tx.Matters(ctx)
	if err != nil {
		return 0, err
	}
	holder := make(map[string]billing.MatterID, len(all))
	for _, m := range all {
		taken[m.Number], holder[m.Number] = true, m.ID
	}
	is := make(map[billing.MatterID]bool, len(bound))
	for _, b := range bound {
		is[b.ours.ID] = true
	}
	numbers := map[billing.MatterID]string{}
	for i := range bound {
		b := &bound[i]
		if b.ours.Number == b.theirs.Number {
			continue
		}
		b.ours.Number = b.theirs.Number
		numbers[b.ours.ID] = b.theirs.Number
		if other, held := holder[b.theirs.Number]; held && !is[other] {
			numbers[other] = again(b.theirs.Number, func(n string) bool { return taken[n] })
			taken[numbers[other]] = true
		}
	}
	return len(numbers), tx.RenumberMatters(ctx, numbers)
}

// refresh takes over what the matter is called over there, if it changed since
// it was seen last, and keeps what only we know.
func (b binding) refresh(ctx context.Context, tx *store.Tx, system string) error {
	seen, _, err := tx.RemoteETag(ctx, system, remoteMatter, string(b.ours.ID))
	if err != nil || seen == b.theirs.ETag {
		return err
	}
	b.ours.Name = cmp.Or(b.theirs.Name, b.ours.Name)
	b.ours.Client = cmp.Or(b.theirs.Client, b.ours.Client)
	if err := tx.PutMatter(ctx, &b.ours); err != nil {
		return err
	}
	return tx.SetRemote(ctx, system, remoteMatter, string(b.ours.ID), b.theirs.RemoteID, b.theirs.ETag)
}
