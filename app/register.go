package app

import (
	"context"
	"reflect"
	"sync"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
	"github.com/tenths/tenths/draft/note"
	"github.com/tenths/tenths/store"
)

// register is the list of matters as the store had it under one version, with
// what is made of it once: among many matters that takes longer than anything
// that is asked of it. Whoever has one may read it at any time, and nobody
// changes what it holds.
type register struct {
	version string
	matters []billing.Matter // by number
	byID    map[billing.MatterID]billing.Matter
	roster  func() *note.Roster // made when the first note is read

	mu      sync.Mutex
	drafter *draft.Drafter // of the timekeeper it was asked for last
	keeper  billing.Timekeeper
}

// registers keeps the latest register.
type registers struct {
	mu   sync.Mutex
	last *register
}

// register returns the list of matters as tx sees it. It is read anew only where
// somebody changed it, in this process or another.
func (p *Practice) register(ctx context.Context, tx *store.Tx) (*register, error) {
	version, err := tx.MattersVersion(ctx)
	if err != nil {
		return nil, err
	}
	p.registers.mu.Lock()
	defer p.registers.mu.Unlock()
	if r := p.registers.last; r != nil && r.version == version {
		return r, nil
	}
	matters, err := tx.Matters(ctx)
	if err != nil {
		return nil, err
	}
	r := &register{
		version: version, matters: matters, byID: make(map[billing.MatterID]billing.Matter, len(matters)),
		roster: sync.OnceValue(func() *note.Roster { return note.NewRoster(matters) }),
	}
	for _, m := range matters {
		r.byID[m.ID] = m
	}
	p.registers.last = r
	return r, nil
}

// drafterFor returns the drafter of t's work.
func (r *register) drafterFor(t billing.Timekeeper) *draft.Drafter {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.drafter == nil || !reflect.DeepEqual(r.keeper, t) {
		r.drafter, r.keeper = draft.NewDrafter(r.matters, t), t
	}
	return r.drafter
}

// renderer shows what is of the register's matters.
func (r *register) renderer(zone *time.Location) renderer {
	return renderer{zone: zone, matters: r.byID}
}

// drafter returns the drafter of the practice as tx sees it.
func (p *Practice) drafter(ctx context.Context, tx *store.Tx) (*draft.Drafter, error) {
	t, err := timekeeper(ctx, tx)
	if err != nil {
		return nil, err
	}
	r, err := p.register(ctx, tx)
	if err != nil {
		return nil, err
	}
	v, err := voice(ctx, tx)
	return r.drafterFor(t).With(&v), err
}
