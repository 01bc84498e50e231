package store

import (
	"context"
	"time"

	"github.com/tenths/tenths/billing"
)

// RateRecord is a rate as it was recorded.
type RateRecord struct {
	billing.Rate
	At time.Time // zero for what was known before rates had days
}

// AddRate records a rate. What was recorded before stays; of several of one
// matter from one day the last counts.
func (tx *Tx) AddRate(ctx context.Context, r billing.Rate) error {
	var matter any // NULL for every matter
	if r.Matter != "" {
		matter = string(r.Matter)
	}
	from := ""
	if !r.From.IsZero() {
		from = r.From.String()
	}
	_, err := tx.exec(ctx, `INSERT INTO rate (matter, cents, currency, from_day, at) VALUES (?,?,?,?,?)`,
		matter, r.Price.Cents, r.Price.Currency, from, unix(tx.Now()))
	tx.stale(TopicMatters)
	tx.stale(TopicSettings)
	return err
}

// Rates returns all rates in the order in which they were recorded.
func (tx *Tx) Rates(ctx context.Context) ([]RateRecord, error) {
	return collect(ctx, tx, scanRate, `SELECT coalesce(matter, ''), cents, currency, from_day, at FROM rate ORDER BY id`)
}

func scanRate(r row) (out RateRecord, err error) {
	var from string
	var at int64
	if err := r.Scan(&out.Matter, &out.Price.Cents, &out.Price.Currency, &from, &at); err != nil {
		return out, err
	}
	out.At = instant(at)
	if from != "" {
		out.From, err = billing.ParseDay(from)
	}
	return out, err
}
