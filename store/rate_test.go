package store

import (
	"context"
	"io/fs"
	"reflect"
	"testing"
	"testing/fstest"
	"time"

	"github.com/tenths/tenths/billing"
)

// before returns the migrations without those from number on.
func before(t *testing.T, number string) fs.FS {
	t.Helper()
	names, err := fs.Glob(migrations(), "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	out := fstest.MapFS{}
	for _, name := range names {
		if name >= number {
			continue
		}
		text, err := fs.ReadFile(migrations(), name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = &fstest.MapFile{Data: text}
	}
	return out
}

// The rates of a store from before rates had days hold from the beginning, in
// the units of their currencies, and the currency of the timekeeper's is the
// firm's.
func TestRatesWithoutDaysHoldFromTheBeginning(t *testing.T) {
	dir := t.TempDir()
	s, err := open(context.Background(), dir, atNoon, before(t, "0011"))
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`INSERT INTO setting (key, value) VALUES ('timekeeper', '{"name":"Jo","addresses":null,"zone":"UTC","rate":{"Cents":31000,"Currency":"EUR"}}')`,
		`INSERT INTO matter VALUES ('m1', '1', 'one', '', '[]', '[]', '', 25050, 'USD', 0, 0)`,
		`INSERT INTO matter VALUES ('m2', '2', 'two', '', '[]', '[]', '', 0, '', 0, 1)`,
		`INSERT INTO matter VALUES ('m3', '3', 'three', '', '[]', '[]', '', 0, 'USD', 0, 0)`,
		`INSERT INTO matter VALUES ('m4', '4', 'four', '', '[]', '[]', '', 4000000, 'JPY', 0, 0)`,
		`INSERT INTO matter VALUES ('m5', '5', 'five', '', '[]', '[]', '', 12050, 'KWD', 0, 0)`,
		`INSERT INTO entry (id, work_date, zone, matter, worked, billed, rounding, narrative, phrases, task_code, activity_code, non_billable, private,
			estimated, confidence, reasons, candidates, state, touched, accepted, rate_cents, rate_currency, approved_at, revision)
			VALUES ('e4', '2026-11-19', 'UTC', 'm4', 3600, 60, '{}', 'x', '[]', '', '', 0, 0, 0, 1, '[]', '[]', 'approved', 1, 1, 4000000, 'JPY', 1, 1)`,
	} {
		if _, err := s.writer.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	view(t, openStore(t, dir), func(ctx context.Context, tx *Tx) error {
		got, err := tx.Rates(ctx)
		want := []RateRecord{
			{Rate: billing.Rate{Price: billing.Money{Cents: 31000, Currency: "EUR"}}},
			{Rate: billing.Rate{Matter: "m1", Price: billing.Money{Cents: 25050, Currency: "USD"}}},
			{Rate: billing.Rate{Matter: "m3", Price: billing.Money{Currency: "USD"}}},
			{Rate: billing.Rate{Matter: "m4", Price: billing.Money{Cents: 40000, Currency: "JPY"}}}, // yen have no hundredths
			{Rate: billing.Rate{Matter: "m5", Price: billing.Money{Cents: 120500, Currency: "KWD"}}},
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("the rates are %+v", got)
		}
		var keeper billing.Timekeeper
		if _, err := tx.Setting(ctx, "timekeeper", &keeper); err != nil || keeper.Currency != "EUR" || !keeper.Rate.IsZero() || keeper.Name != "Jo" {
			t.Errorf("the timekeeper is %+v, %v", keeper, err)
		}
		matters, err2 := tx.Matters(ctx)
		if len(matters) != 5 || !matters[1].Closed || err2 != nil {
			t.Errorf("the matters are %+v, %v", matters, err2)
		}
		if e, err := tx.Entry(ctx, "e4"); err != nil || e.Amount() != (billing.Money{Cents: 40000, Currency: "JPY"}) {
			t.Errorf("the approved entry comes to %v, %v", e.Amount(), err)
		}
		return err
	})
	if _, err := openStore(t, dir).writer.Exec(`UPDATE entry SET rate_cents = 1`); err == nil {
		t.Error("an approved entry is no longer frozen")
	}
}

// A store that nobody told a rate has none.
func TestAStoreWithoutRatesHasNone(t *testing.T) {
	dir := t.TempDir()
	s, err := open(context.Background(), dir, atNoon, before(t, "0011"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.writer.Exec(`INSERT INTO setting (key, value) VALUES ('timekeeper', '{"name":"Jo"}')`); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	view(t, openStore(t, dir), func(ctx context.Context, tx *Tx) error {
		got, err := tx.Rates(ctx)
		if len(got) != 0 {
			t.Errorf("the rates are %+v", got)
		}
		return err
	})
}

// What was recorded of rates stays, in the order in which it came.
func TestRatesAreKept(t *testing.T) {
	s := newStore(t)
	m := billing.Matter{Number: "1", Name: "one"}
	dollars := billing.Money{Cents: 35000, Currency: "USD"}
	list := []billing.Rate{
		{Price: dollars, From: billing.Day{Year: 2026, Month: time.March, Day: 1}}, {Price: dollars},
		{Matter: "", Price: billing.Money{}, From: billing.Day{Year: 2026, Month: time.March, Day: 1}},
	}
	update(t, s, func(ctx context.Context, tx *Tx) error {
		if err := tx.PutMatter(ctx, &m); err != nil {
			return err
		}
		list = append(list, billing.Rate{Matter: m.ID, Price: dollars})
		for _, r := range list {
			if err := tx.AddRate(ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
	view(t, s, func(ctx context.Context, tx *Tx) error {
		got, err := tx.Rates(ctx)
		if len(got) != len(list) {
			t.Fatalf("%d rates", len(got))
		}
		for i, r := range got {
			if r.Rate != list[i] || !r.At.Equal(noon) {
				t.Errorf("%+v, want %+v", r, list[i])
			}
		}
		return err
	})
	for _, statement := range []string{
		`UPDATE rate SET cents = 1`, `DELETE FROM rate`, `INSERT OR REPLACE INTO rate SELECT id, matter, 1, currency, from_day, at FROM rate`,
		`INSERT INTO rate (matter, cents, currency, from_day, at) VALUES ('nobody', 1, 'USD', '', 0)`,
		`INSERT INTO rate (matter, cents, currency, from_day, at) VALUES (NULL, 1, '', '', 0)`,
		`INSERT INTO rate (matter, cents, currency, from_day, at) VALUES (NULL, 1, 'USD', 'today', 0)`,
	} {
		if _, err := s.writer.Exec(statement); err == nil {
			t.Errorf("%s was taken", statement)
		}
	}
}
