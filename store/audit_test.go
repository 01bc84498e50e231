package store

import (
	"context"
	"strings"
	"testing"

	"github.com/tenths/tenths/billing"
)

func audited(t *testing.T) *Store {
	t.Helper()
	s := newStore(t)
	for _, what := range []string{"approve", "post", "correct"} {
		update(t, s, func(ctx context.Context, tx *Tx) error {
			return tx.Audit(ctx, what, "E1", map[string]any{"narrative": billing.Privileged("<Rivera> & co"), "minutes": 6})
		})
	}
	update(t, s, func(ctx context.Context, tx *Tx) error { return tx.Audit(ctx, "export", "", nil) })
	return s
}

func verify(s *Store) error {
	ctx := context.Background()
	return s.View(ctx, func(tx *Tx) error { return tx.VerifyAudit(ctx) })
}

func TestAuditTrail(t *testing.T) {
	s := audited(t)
	if err := verify(s); err != nil {
		t.Fatal(err)
	}
	view(t, s, func(ctx context.Context, tx *Tx) error {
		of, err := tx.AuditTrail(ctx, "E1")
		all, _ := tx.AuditTrail(ctx, "")
		if len(of) != 3 || len(all) != 4 || of[1].What != "post" || of[1].Who == "" || !of[1].At.Equal(noon) ||
			string(of[1].Detail) != `{"minutes":6,"narrative":"\u003cRivera\u003e \u0026 co"}` || of[1].Prev != of[0].Hash {
			t.Errorf("the trail is %+v", of)
		}
		return err
	})
	for _, q := range []string{
		`UPDATE audit SET what = 'x'`, `DELETE FROM audit`, `INSERT OR REPLACE INTO audit SELECT seq, at, 'x', what, entry, detail, prev_hash, hash FROM audit`,
	} {
		if _, err := s.writer.Exec(q); err == nil {
			t.Errorf("%s was allowed", q)
		}
	}
}

// Whoever drops the triggers first is found out.
func TestAlteredAuditTrailIsFound(t *testing.T) {
	for _, c := range []struct{ name, sql, record string }{
		{"changed word", `UPDATE audit SET what = 'x' WHERE seq = 2`, "record 2 "},
		{"changed time", `UPDATE audit SET at = at + 1 WHERE seq = 3`, "record 3 "},
		{"changed detail", `UPDATE audit SET detail = replace(detail, '6', '60') WHERE seq = 1`, "record 1 "},
		{"taken out", `DELETE FROM audit WHERE seq = 2`, "record 3 "},
		{"taken off the front", `DELETE FROM audit WHERE seq = 1`, "record 2 "},
		{"swapped", `UPDATE audit SET seq = CASE seq WHEN 2 THEN -3 ELSE -2 END WHERE seq IN (2, 3); UPDATE audit SET seq = -seq WHERE seq < 0`, "record 2 "},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := audited(t)
			if _, err := s.writer.Exec(`DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; ` + c.sql); err != nil {
				t.Fatal(err)
			}
			err := verify(s)
			wantKind(t, err, billing.Conflict)
			if !strings.Contains(billing.Message(err), c.record) {
				t.Errorf("%q does not name %s", billing.Message(err), c.record)
			}
		})
	}
}
