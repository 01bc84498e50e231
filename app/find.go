package app

import (
	"context"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// FoundPlace is a place on this machine that could be observed.
type FoundPlace struct {
	billing.SourceConfig
	Name   billing.Privileged // as the program that keeps it calls it
	Cached bool               // a copy of what a server has: observing that sees everything
}

// FoundView is a place on this machine that could be observed.
type FoundView struct {
	Kind     string `json:"kind"`
	Where    string `json:"where"`
	User     string `json:"user"`
	Name     string `json:"name"`
	Cached   bool   `json:"cached"`   // only a copy of what a server has
	Observed bool   `json:"observed"` // already
}

// Find looks for places on this machine that could be observed. It opens none
// of them.
func (s Sources) Find(ctx context.Context) ([]FoundView, error) {
	known := map[string]bool{}
	err := s.store.View(ctx, func(tx *store.Tx) error {
		list, err := tx.Sources(ctx)
		for _, src := range list {
			known[string(src.Kind)+" "+string(src.Where)] = true
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	views := []FoundView{}
	for _, f := range s.Practice.Find() {
		views = append(views, FoundView{Kind: string(f.Kind), Where: string(f.Where), User: string(f.User), Name: string(f.Name),
			Cached: f.Cached, Observed: known[string(f.Kind)+" "+string(f.Where)]})
	}
	return views, nil
}
