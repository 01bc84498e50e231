package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/build/sample"
	"github.com/tenths/tenths/capture/document"
	"github.com/tenths/tenths/cli"
)

// writeSample writes the sample practice under dir, with a data directory that
// has observed it. The zero day is the last working day that is over.
func writeSample(ctx context.Context, dir string, day billing.Day) (cli.Sample, error) {
	var out cli.Sample
	dir, err := filepath.Abs(dir)
	if err != nil {
		return out, err
	}
	if day.IsZero() {
		zone, err := time.LoadLocation(sample.Zone)
		if err != nil {
			return out, err
		}
		day = billing.DayOf(time.Now(), zone).Add(-1)
	}
	out.Dir, out.Data = dir, filepath.Join(dir, "data")
	if _, err := os.Stat(out.Data); err == nil {
		return out, &billing.Error{Kind: billing.Conflict, Msg: out.Data + " is there already; give another folder, or remove it"}
	}
	written, err := sample.Write(dir, day)
	if err != nil {
		return out, err
	}
	out.Day = written.Day.String()
	practice, err := open(ctx, out.Data, func() time.Time { return written.Now })
	if err != nil {
		return out, err
	}
	return out, errors.Join(plant(ctx, practice, written), practice.Close())
}

// plant fills the data directory from what was written.
func plant(ctx context.Context, practice *app.Practice, written *sample.Practice) error {
	matters, err := os.Open(written.Matters)
	if err != nil {
		return err
	}
	defer matters.Close()
	trail, err := os.Open(written.Trail)
	if err != nil {
		return err
	}
	defer trail.Close()
	sessions, err := document.Replay(trail, written.Documents, "")
	if err != nil {
		return err
	}
	return practice.Plant(ctx, app.Seed{
		Timekeeper: written.Timekeeper, Matters: matters,
		Sources: []app.SeedSource{
			{Kind: billing.SourceCalendar, Where: written.Calendar},
			{Kind: billing.SourceMaildir, Where: written.Mail},
			{Kind: billing.SourceFolder, Where: written.Documents, Recorded: sessions},
		},
	})
}
