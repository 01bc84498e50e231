package store

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

// day19 is the whole of noon's day, in UTC.
var day19 = billing.Span{Start: noon.Add(-12 * time.Hour), End: noon.Add(12 * time.Hour)}

func meeting(name, revision string, start time.Time, length time.Duration) billing.Observation {
	return billing.Observation{ExternalID: name, Revision: revision, Kind: billing.KindMeeting, Span: billing.Span{Start: start, End: start.Add(length)}}
}

func record(t testing.TB, s *Store, observations ...billing.Observation) (added int) {
	t.Helper()
	update(t, s, func(ctx context.Context, tx *Tx) (err error) {
		added, err = tx.Record(ctx, NotesSource, "", observations)
		return err
	})
	return added
}

func between(t testing.TB, s *Store, span billing.Span) (out []billing.Observation) {
	t.Helper()
	view(t, s, func(ctx context.Context, tx *Tx) (err error) {
		out, err = tx.ObservationsBetween(ctx, span)
		return err
	})
	return out
}

func TestObservationRoundTrip(t *testing.T) {
	s := newStore(t)
	want := billing.Observation{Source: NotesSource, ExternalID: "x", Revision: "r", Kind: billing.KindMailSent,
		Span: billing.Span{Start: noon, End: noon}, Zone: "Europe/Paris", Estimated: true, Subject: "Re: lease | <b>", Thread: "t1",
		With: []billing.Party{{Name: "Dana", Address: "dana@reed.example", Role: billing.RoleTo}}, Path: `C:\a"b`, Words: 12,
		Attachments: []billing.Privileged{"a.pdf", "ü.docx"}, Terms: []uint32{7, 1 << 31}, Quoted: []uint32{9}, QuotedFrom: []billing.Party{{Name: "Sam", Address: "sam@x.example"}}, Saves: 3, AllDay: true, Status: "confirmed", Free: true, Ignored: "all day", Private: true,
		RecordedAt: noon}
	record(t, s, want)
	got := between(t, s, day19)
	if len(got) != 1 || len(got[0].ID) != 26 {
		t.Fatalf("%d observations", len(got))
	}
	want.ID = got[0].ID
	if !reflect.DeepEqual(got[0], want) {
		t.Errorf("got %+v\nwant %+v", got[0], want)
	}
}

func TestOldRevisionCountsAgain(t *testing.T) {
	s := newStore(t)
	a, b := meeting("m", "A", noon, time.Hour), meeting("m", "B", noon.Add(time.Hour), time.Hour)
	for i, step := range []struct {
		o     billing.Observation
		added int
	}{{a, 1}, {a, 0}, {b, 1}, {a, 1}, {a, 0}, {b, 1}} {
		if got := record(t, s, step.o); got != step.added {
			t.Errorf("step %d added %d, want %d", i, got, step.added)
		}
		if got := between(t, s, day19); len(got) != 1 || got[0].Revision != step.o.Revision {
			t.Errorf("step %d: the latest are %v", i, got)
		}
	}
	gone := b
	gone.Revision, gone.Removed = "gone", true
	id := between(t, s, day19)[0].ID
	record(t, s, gone)
	if got := between(t, s, day19); len(got) != 0 {
		t.Error("a tombstone is time")
	}
	view(t, s, func(ctx context.Context, tx *Tx) error {
		got, err := tx.Observation(ctx, id, "nope")
		if len(got) != 1 || !got[0].Removed {
			t.Errorf("by id: %v", got)
		}
		return err
	})
	record(t, s, a)
	if got := between(t, s, day19); len(got) != 1 || got[0].ID != id {
		t.Error("what was taken back and came again is another observation")
	}
}

// A log of recordings, in whatever batches and however often repeated, leaves
// the last revision of each name, under one id for good.
func TestRecordLaws(t *testing.T) {
	s := newStore(t)
	run := 0
	rapid.Check(t, func(t *rapid.T) {
		run++
		log := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) billing.Observation {
			revision := rapid.SampledFrom([]string{"A", "B", "C"}).Draw(t, "revision")
			name := fmt.Sprintf("%d/%s", run, rapid.SampledFrom([]string{"m", "n"}).Draw(t, "name"))
			return meeting(name, revision, noon.AddDate(0, 0, run), time.Hour)
		}), 1, 12).Draw(t, "log")
		latest, changes := map[string]string{}, 0
		for _, o := range log {
			if latest[o.ExternalID] != o.Revision {
				changes++
			}
			latest[o.ExternalID] = o.Revision
		}
		cut := rapid.IntRange(0, len(log)).Draw(t, "cut")
		ids := map[string]billing.ObservationID{}
		for round, batch := range [][]billing.Observation{log[:cut], log[cut:], {log[len(log)-1]}} {
			var added int
			if err := tryUpdate(s, func(ctx context.Context, tx *Tx) (err error) {
				added, err = tx.Record(ctx, NotesSource, "", batch)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			if changes -= added; round == 2 && added != 0 {
				t.Fatal("the same again was added")
			}
			for _, o := range stored(t, s, run) {
				if id, ok := ids[o.ExternalID]; ok && id != o.ID {
					t.Fatal("the id changed with the revision")
				}
				ids[o.ExternalID] = o.ID
			}
		}
		got := map[string]string{}
		for _, o := range stored(t, s, run) {
			got[o.ExternalID] = o.Revision
		}
		if !reflect.DeepEqual(got, latest) || changes != 0 {
			t.Fatalf("latest are %v, want %v; %d changes uncounted", got, latest, changes)
		}
	})
}

func stored(t *rapid.T, s *Store, run int) (out []billing.Observation) {
	ctx := context.Background()
	at := noon.AddDate(0, 0, run)
	if err := s.View(ctx, func(tx *Tx) (err error) {
		out, err = tx.ObservationsBetween(ctx, billing.Span{Start: at, End: at.Add(time.Hour)})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestObservationsBetweenIsHalfOpen(t *testing.T) {
	s := newStore(t)
	span := billing.Span{Start: noon, End: noon.Add(time.Hour)}
	inside := []billing.Observation{
		meeting("a week around", "1", noon.AddDate(0, 0, -3), 7*24*time.Hour),
		meeting("from two days before", "1", noon.Add(-48*time.Hour+time.Second), 48*time.Hour),
		meeting("across the start", "1", noon.Add(-time.Second), 2*time.Second),
		meeting("a point at the start", "1", noon, 0),
		meeting("the whole", "1", noon, time.Hour),
		meeting("the last second", "1", noon.Add(time.Hour-time.Second), time.Hour),
	}
	outside := []billing.Observation{
		meeting("until the start", "1", noon.Add(-time.Hour), time.Hour),
		meeting("a point before", "1", noon.Add(-time.Second), 0),
		meeting("from the end", "1", noon.Add(time.Hour), time.Hour),
		meeting("a point at the end", "1", noon.Add(time.Hour), 0),
		meeting("a week before", "1", noon.AddDate(0, 0, -7), 7*24*time.Hour),
	}
	record(t, s, append(slices.Clone(outside), inside...)...)
	var got []string
	for _, o := range between(t, s, span) {
		got = append(got, o.ExternalID)
	}
	var want []string
	for _, o := range inside {
		want = append(want, o.ExternalID)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestObservationsAreAppendOnly(t *testing.T) {
	s := newStore(t)
	record(t, s, meeting("m", "A", noon, time.Hour))
	for _, q := range []string{
		`UPDATE observation SET start_at = start_at + 60`, `UPDATE observation SET subject = 'x'`, `UPDATE observation SET removed = 1`,
	} {
		if _, err := s.writer.Exec(q); err == nil {
			t.Errorf("%s was allowed", q)
		}
	}
	bad := meeting("m", "B", noon, -time.Hour)
	wantKind(t, tryUpdate(s, func(ctx context.Context, tx *Tx) error {
		_, err := tx.Record(ctx, NotesSource, "next", []billing.Observation{bad})
		return err
	}), billing.Internal)
}

func TestRecordMovesTheCursorWithTheObservations(t *testing.T) {
	s := newStore(t)
	update(t, s, func(ctx context.Context, tx *Tx) error {
		_, err := tx.Record(ctx, NotesSource, "one", nil)
		return err
	})
	_ = tryUpdate(s, func(ctx context.Context, tx *Tx) error {
		_, err := tx.Record(ctx, NotesSource, "two", []billing.Observation{meeting("", "A", noon, 0)})
		return err
	})
	view(t, s, func(ctx context.Context, tx *Tx) error {
		cursor, err := tx.Cursor(ctx, NotesSource)
		if cursor != "one" {
			t.Errorf("the cursor is at %q although nothing was kept", cursor)
		}
		return err
	})
}

// The bounded search must stay on its index: without it a day costs a read of
// everything ever seen.
func TestObservationsBetweenUsesTheIndex(t *testing.T) {
	s := newStore(t)
	rows, err := s.reader.Query(`EXPLAIN QUERY PLAN SELECT id FROM observation
		WHERE latest = 1 AND removed = 0 AND lasting = 0 AND start_at >= 1 AND start_at < 2 AND (end_at > 1 OR start_at >= 1)`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		if detail != "SEARCH observation USING INDEX observation_time (lasting=? AND start_at>? AND start_at<?)" {
			t.Errorf("the plan is %q", detail)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}
