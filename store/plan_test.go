package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/tenths/tenths/billing"
)

// scanned returns the plans of the statements that tx ran so far which read all
// of the table observation.
func scanned(t *testing.T, tx *Tx) (all []string, statements int) {
	t.Helper()
	for query := range tx.stmts {
		if !strings.Contains(query, "observation") {
			continue
		}
		statements++
		args := make([]any, 60)
		for i := range args {
			args[i] = "[]"
		}
		n := strings.Count(query, "?")
		for i := 1; i <= 9; i++ { // numbered ones may stand twice
			if strings.Contains(query, "?"+string(rune('0'+i))) {
				n = i
			}
		}
		rows, err := tx.sql.QueryContext(t.Context(), `EXPLAIN QUERY PLAN `+query, args[:n]...)
		if err != nil {
			t.Fatalf("%v: %s", err, query)
		}
		for rows.Next() {
			var id, parent, unused int
			var detail sql.NullString
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{"observation", "o", "r", "v", "e", "entry", "entry_evidence"} {
				if detail.String == "SCAN "+name || strings.HasPrefix(detail.String, "SCAN "+name+" ") {
					all = append(all, detail.String+" in "+query)
				}
			}
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return all, statements
}

// However many observations there are, no statement reads them all: not to
// record, to look some up, to page through them, to purge or to release them.
func TestNoStatementScansTheObservations(t *testing.T) {
	s := newStore(t)
	record(t, s, named("a", "Zweigelt", noon), named("b", "Rivera", noon))
	list := between(t, s, day19)
	ids := []billing.ObservationID{list[0].ID}
	update(t, s, func(ctx context.Context, tx *Tx) error {
		check := func(what string, err error) {
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
		}
		_, err := tx.Record(ctx, NotesSource, "", []billing.Observation{named("a", "Zweigelt", noon), named("c", "Lin", noon)})
		check("record", err)
		_, err = tx.Observation(ctx, ids...)
		check("observation", err)
		_, err = tx.Revisions(ctx, "", 10)
		check("revisions", err)
		_, _, _, err = tx.Aged(ctx, noon, Place{}, 10)
		check("aged", err)
		_, err = tx.StillAged(ctx, noon, ids)
		check("still aged", err)
		_, err = tx.Imported(ctx, day19, noon, noon)
		check("imported", err)
		_, err = tx.ReceivedFrom(ctx, []string{"a@x.example"}, day19)
		check("received from", err)
		_, err = tx.Answered(ctx, []string{"t"})
		check("answered", err)
		_, _, err = tx.WrittenTo(ctx, 0, 10)
		check("written to", err)
		_, err = tx.EvidenceApproved(ctx, ids)
		check("evidence", err)
		_, err = tx.Withdraw(ctx, ids)
		check("withdraw", err)
		_, err = tx.Release(ctx, ids)
		check("release", err)
		_, err = tx.Known(ctx, NotesSource, []string{"a"})
		check("known", err)
		_, err = tx.KnownLike(ctx, NotesSource, "part ")
		check("known like", err)
		_, err = tx.Purge(ctx, ids)
		check("purge", err)
		scans, statements := scanned(t, tx)
		if statements < 12 {
			t.Errorf("%d statements were looked at", statements)
		}
		for _, plan := range scans {
			t.Error(plan)
		}
		return nil
	})
}

// What a trigger does when an observation goes is no statement of its own; it
// is found by the same index.
func TestTriggersFindRevisionsByIndex(t *testing.T) {
	s := newStore(t)
	view(t, s, func(ctx context.Context, tx *Tx) error {
		plan, err := collect(ctx, tx, func(r row) (detail string, err error) {
			var id, parent, unused int
			return detail, r.Scan(&id, &parent, &unused, &detail)
		}, `EXPLAIN QUERY PLAN SELECT EXISTS (SELECT 1 FROM observation WHERE id = 'x')`)
		if !slices.ContainsFunc(plan, func(d string) bool { return strings.Contains(d, "USING COVERING INDEX observation_id") }) {
			t.Errorf("the plan is %q", plan)
		}
		return err
	})
}
