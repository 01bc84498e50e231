package app

import (
	"context"
	"io"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/store"
)

// Seed is a whole practice to start a data directory with: the sample's.
type Seed struct {
	Timekeeper billing.Timekeeper
	Matters    io.Reader // a matter list
	Sources    []SeedSource
}

// SeedSource is a place to observe, with what was recorded of it earlier.
type SeedSource struct {
	Kind     billing.SourceKind
	Where    string
	Recorded []billing.Observation
}

// Plant fills an empty data directory from seed and observes its places once. A
// directory that has matters already is refused.
func (p *Practice) Plant(ctx context.Context, seed Seed) error {
	matters, err := Matters{p}.List(ctx)
	if err != nil {
		return err
	}
	if len(matters) > 0 {
		return &billing.Error{Kind: billing.Conflict, Msg: "this data directory is in use already; give an empty one"}
	}
	if err := p.SetTimekeeper(ctx, seed.Timekeeper); err != nil {
		return err
	}
	if _, err := (Matters{p}).Import(ctx, seed.Matters); err != nil {
		return err
	}
	for _, src := range seed.Sources {
		if err := p.plantSource(ctx, src); err != nil {
			return err
		}
	}
	captured, err := Sources{p}.Capture(ctx, true)
	if err != nil {
		return err
	}
	for _, c := range captured {
		if c.Error != "" {
			return &billing.Error{Kind: billing.Internal, Msg: c.Source + ": " + c.Error}
		}
	}
	return nil
}

// plantSource adds a place. What was recorded of it stands for what observing
// it would find now: the source's cursor moves past that.
func (p *Practice) plantSource(ctx context.Context, src SeedSource) error {
	cfg, err := Sources{p}.config(src.Kind, src.Where, "")
	if err != nil {
		return err
	}
	if err := p.store.Update(ctx, func(tx *store.Tx) error { return tx.AddSource(ctx, &cfg) }); err != nil || src.Recorded == nil {
		return err
	}
	source, err := Sources{p}.open(ctx, cfg)
	if err != nil {
		return err
	}
	var past lastCursor
	if err := source.Once(ctx, "", &past); err != nil {
		return err
	}
	return p.store.Update(ctx, func(tx *store.Tx) error {
		_, err := tx.Record(ctx, cfg.ID, string(past), src.Recorded)
		return err
	})
}

// lastCursor is a [capture.Sink] that keeps the cursor alone.
type lastCursor capture.Cursor

// Record implements [capture.Sink].
func (c *lastCursor) Record(_ context.Context, _ []billing.Observation, cursor capture.Cursor) error {
	*c = lastCursor(cursor)
	return nil
}
