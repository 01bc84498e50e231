package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
)

// noon is when all tests happen unless they say otherwise.
var noon = time.Date(2026, 11, 19, 12, 0, 0, 0, time.UTC)

func atNoon() time.Time { return noon }

// newStore opens a store in a new directory and closes it with the test.
func newStore(t testing.TB) *Store {
	t.Helper()
	return openStore(t, filepath.Join(t.TempDir(), "data"))
}

func openStore(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(context.Background(), dir, atNoon)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// update runs fn and fails the test when it or the commit fails.
func update(t testing.TB, s *Store, fn func(ctx context.Context, tx *Tx) error) {
	t.Helper()
	if err := tryUpdate(s, fn); err != nil {
		t.Fatal(err)
	}
}

func tryUpdate(s *Store, fn func(ctx context.Context, tx *Tx) error) error {
	ctx := context.Background()
	return s.Update(ctx, func(tx *Tx) error { return fn(ctx, tx) })
}

func view(t testing.TB, s *Store, fn func(ctx context.Context, tx *Tx) error) {
	t.Helper()
	ctx := context.Background()
	if err := s.View(ctx, func(tx *Tx) error { return fn(ctx, tx) }); err != nil {
		t.Fatal(err)
	}
}

// wantKind fails the test unless err is a billing.Error of that kind with a
// message.
func wantKind(t testing.TB, err error, kind billing.Kind) {
	t.Helper()
	e, ok := errors.AsType[*billing.Error](err)
	if !ok || e.Kind != kind || e.Msg == "" {
		t.Fatalf("got error %v of kind %q, want kind %q", err, billing.KindOf(err), kind)
	}
}

func TestUpdateKeepsAllOrNothing(t *testing.T) {
	s := newStore(t)
	boom := errors.New("boom")
	err := tryUpdate(s, func(ctx context.Context, tx *Tx) error {
		if err := tx.SetSetting(ctx, "zone", "Europe/London"); err != nil {
			return err
		}
		return boom
	})
	if !errors.Is(err, boom) {
		t.Fatalf("got %v", err)
	}
	func() {
		defer func() { _ = recover() }()
		_ = tryUpdate(s, func(ctx context.Context, tx *Tx) error {
			_ = tx.SetSetting(ctx, "zone", "Europe/Paris")
			panic("boom")
		})
	}()
	view(t, s, func(ctx context.Context, tx *Tx) error {
		var zone string
		if ok, err := tx.Setting(ctx, "zone", &zone); err != nil || ok {
			t.Errorf("a failed transaction left the setting %q (%v)", zone, err)
		}
		return nil
	})
}

func TestViewIsASnapshotThatCannotWrite(t *testing.T) {
	s := newStore(t)
	update(t, s, func(ctx context.Context, tx *Tx) error { return tx.SetSetting(ctx, "n", 1) })
	view(t, s, func(ctx context.Context, tx *Tx) error {
		var before, after int
		if _, err := tx.Setting(ctx, "n", &before); err != nil {
			return err
		}
		update(t, s, func(ctx context.Context, tx *Tx) error { return tx.SetSetting(ctx, "n", 2) })
		if _, err := tx.Setting(ctx, "n", &after); err != nil {
			return err
		}
		if before != 1 || after != 1 {
			t.Errorf("a snapshot moved from %d to %d", before, after)
		}
		if err := tx.SetSetting(ctx, "n", 3); err == nil {
			t.Error("a view was written to")
		}
		return nil
	})
}

func TestOnCommitTellsWhatWentStale(t *testing.T) {
	s := newStore(t)
	var told [][]string
	s.OnCommit(func(topics []string) {
		view(t, s, func(ctx context.Context, tx *Tx) error { // the commit is visible already
			_, err := tx.MatterByNumber(ctx, "2024-0113")
			return err
		})
		told = append(told, topics)
	})
	update(t, s, func(ctx context.Context, tx *Tx) error {
		if err := tx.SetSetting(ctx, "n", 1); err != nil {
			return err
		}
		return tx.PutMatter(ctx, &billing.Matter{Number: "2024-0113"})
	})
	update(t, s, func(ctx context.Context, tx *Tx) error { return nil })
	_ = tryUpdate(s, func(ctx context.Context, tx *Tx) error {
		_ = tx.SetSetting(ctx, "n", 2)
		return errors.New("no")
	})
	if want := [][]string{{TopicMatters, TopicSettings}}; !reflect.DeepEqual(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
}

func TestOneClockReadingPerTransaction(t *testing.T) {
	ticks := 0
	s, err := Open(context.Background(), t.TempDir(), func() time.Time { ticks++; return noon.Add(time.Duration(ticks) * time.Second) })
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	update(t, s, func(_ context.Context, tx *Tx) error {
		if a, b := tx.Now(), tx.Now(); !a.Equal(b) || a.Location() != time.UTC {
			t.Errorf("now is %v and then %v", a, b)
		}
		return nil
	})
}

func TestSettings(t *testing.T) {
	s := newStore(t)
	want := billing.Timekeeper{Name: "Dana Reed", Addresses: []billing.Privileged{"dana@reed.example"}, Zone: "America/New_York", Rate: billing.Money{Cents: 35000, Currency: "USD"}}
	update(t, s, func(ctx context.Context, tx *Tx) error {
		if err := tx.SetSetting(ctx, "timekeeper", "first"); err != nil {
			return err
		}
		return tx.SetSetting(ctx, "timekeeper", want)
	})
	view(t, s, func(ctx context.Context, tx *Tx) error {
		var got billing.Timekeeper
		ok, err := tx.Setting(ctx, "timekeeper", &got)
		if !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("the setting came back wrong")
		}
		var n int
		if _, err := tx.Setting(ctx, "timekeeper", &n); err == nil {
			t.Error("a timekeeper was read as a number")
		}
		return err
	})
}

func TestMatters(t *testing.T) {
	s := newStore(t)
	m := billing.Matter{Number: "2024-0113", Name: "Rivera v. Okafor", Client: "Rivera", Folder: "/m/rivera",
		Contacts: []billing.Contact{{Name: "Dana Reed", Address: "dana@reed.example", Role: billing.ContactOpposingCounsel}},
		Keywords: []billing.Privileged{"lease"}}
	again := billing.Matter{Number: "2024-0113", Name: "Rivera v. Okafor et al.", Keywords: []billing.Privileged{"deposit"}, Closed: true}
	update(t, s, func(ctx context.Context, tx *Tx) error {
		if err := tx.PutMatter(ctx, &m); err != nil {
			return err
		}
		if got, err := tx.Matter(ctx, m.ID); err != nil || !reflect.DeepEqual(got, m) {
			t.Errorf("the matter came back as %#v (%v)", got, err)
		}
		return tx.PutMatter(ctx, &again)
	})
	if again.ID != m.ID || len(m.ID) != 26 {
		t.Errorf("ids %q and %q", m.ID, again.ID)
	}
	view(t, s, func(ctx context.Context, tx *Tx) error {
		all, err := tx.Matters(ctx)
		if len(all) != 1 || !reflect.DeepEqual(all[0], again) {
			t.Errorf("%d matters", len(all))
		}
		_, missing := tx.Matter(ctx, "nope")
		wantKind(t, missing, billing.NotFound)
		_, missing = tx.MatterByNumber(ctx, "nope")
		wantKind(t, missing, billing.NotFound)
		return err
	})
	wantKind(t, tryUpdate(s, func(ctx context.Context, tx *Tx) error { return tx.PutMatter(ctx, &billing.Matter{}) }), billing.Invalid)
}

func TestSources(t *testing.T) {
	s := newStore(t)
	add := func(kind billing.SourceKind, where billing.Privileged) (billing.SourceID, error) {
		src := billing.SourceConfig{Kind: kind, Where: where}
		err := tryUpdate(s, func(ctx context.Context, tx *Tx) error { return tx.AddSource(ctx, &src) })
		return src.ID, err
	}
	for _, c := range []struct {
		kind  billing.SourceKind
		where billing.Privileged
		want  billing.SourceID
	}{
		{billing.SourceCalendar, "/a.ics", "calendar-1"}, {billing.SourceCalendar, "/b.ics", "calendar-2"}, {billing.SourceIMAP, "imap://x", "imap-1"},
	} {
		if id, err := add(c.kind, c.where); err != nil || id != c.want {
			t.Errorf("added %q, want %q (%v)", id, c.want, err)
		}
	}
	_, err := add(billing.SourceCalendar, "/a.ics")
	wantKind(t, err, billing.Conflict)
	_, err = add(billing.SourceNotes, "")
	wantKind(t, err, billing.Invalid)

	update(t, s, func(ctx context.Context, tx *Tx) error {
		if _, err := tx.Record(ctx, "calendar-2", "seen", []billing.Observation{meeting("m", "1", noon, time.Hour)}); err != nil {
			return err
		}
		return tx.RemoveSource(ctx, "calendar-2")
	})
	if id, err := add(billing.SourceCalendar, "/c.ics"); err != nil || id != "calendar-3" {
		t.Errorf("a removed source's id went to another: %q (%v)", id, err)
	}
	view(t, s, func(ctx context.Context, tx *Tx) error {
		all, err := tx.Sources(ctx)
		if len(all) != 4 || all[0].ID != NotesSource || all[0].Kind != billing.SourceNotes {
			t.Errorf("sources %v", all)
		}
		if got, err := tx.ObservationsBetween(ctx, day19); err != nil || len(got) != 1 {
			t.Errorf("removing a source left %d of its observations (%v)", len(got), err)
		}
		_, gone := tx.Source(ctx, "calendar-2")
		wantKind(t, gone, billing.NotFound)
		return err
	})
	wantKind(t, tryUpdate(s, func(ctx context.Context, tx *Tx) error { _, err := tx.Record(ctx, "calendar-2", "", nil); return err }), billing.NotFound)
	wantKind(t, tryUpdate(s, func(ctx context.Context, tx *Tx) error { return tx.RemoveSource(ctx, NotesSource) }), billing.Invalid)

	if id, err := add(billing.SourceCalendar, "/b.ics"); err != nil || id != "calendar-2" {
		t.Errorf("a source that came back is %q (%v)", id, err)
	}
	view(t, s, func(ctx context.Context, tx *Tx) error {
		cursor, err := tx.Cursor(ctx, "calendar-2")
		if cursor != "" {
			t.Errorf("a source that came back starts at %q", cursor)
		}
		return err
	})
}

func TestRemoteIDs(t *testing.T) {
	s := newStore(t)
	update(t, s, func(ctx context.Context, tx *Tx) error {
		if err := tx.SetRemote(ctx, "clio", "matter", "M1", "77", "e0"); err != nil {
			return err
		}
		return tx.SetRemote(ctx, "clio", "matter", "M1", "78", "e1")
	})
	wantKind(t, tryUpdate(s, func(ctx context.Context, tx *Tx) error { return tx.SetRemote(ctx, "clio", "matter", "M2", "78", "") }), billing.Conflict)
	view(t, s, func(ctx context.Context, tx *Tx) error {
		remote, ok, err := tx.Remote(ctx, "clio", "matter", "M1")
		local, ok2, _ := tx.LocalOf(ctx, "clio", "matter", "78")
		etag, _, _ := tx.RemoteETag(ctx, "clio", "matter", "M1")
		_, ok3, _ := tx.LocalOf(ctx, "clio", "user", "78")
		if remote != "78" || !ok || local != "M1" || !ok2 || etag != "e1" || ok3 {
			t.Errorf("got %q %v %q %v %q %v", remote, ok, local, ok2, etag, ok3)
		}
		return err
	})
}

func TestBackupAndCheck(t *testing.T) {
	s := newStore(t)
	ctx := context.Background()
	update(t, s, func(ctx context.Context, tx *Tx) error { return tx.SetSetting(ctx, "n", 7) })
	dir := filepath.Join(t.TempDir(), "restored")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(dir, fileName)
	if err := s.Backup(ctx, copied); err != nil {
		t.Fatal(err)
	}
	wantKind(t, s.Backup(ctx, copied), billing.Conflict)
	restored := openStore(t, dir)
	view(t, restored, func(ctx context.Context, tx *Tx) error {
		var n int
		_, err := tx.Setting(ctx, "n", &n)
		if n != 7 {
			t.Errorf("the backup has %d", n)
		}
		return err
	})
	if err := restored.Check(ctx); err != nil {
		t.Error(err)
	}
	if _, err := restored.writer.Exec(`PRAGMA foreign_keys = OFF; INSERT INTO receipt VALUES ('ghost', 'clio', '1', '', 0, 1)`); err != nil {
		t.Fatal(err)
	}
	wantKind(t, restored.Check(ctx), billing.Invalid)
}

func TestIDsAscend(t *testing.T) {
	var m idMaker
	last := ""
	for i := range 10_000 {
		at := noon.Add(time.Duration(i%7-3) * time.Millisecond) // a clock that wavers
		id := m.next(at)
		if len(id) != 26 || id <= last {
			t.Fatalf("%q follows %q", id, last)
		}
		last = id
	}
	m = idMaker{ms: uint64(noon.UnixMilli()), tail: [10]byte{255, 255, 255, 255, 255, 255, 255, 255, 255, 255}}
	full := m.next(noon.Add(-time.Second))
	if next := m.next(noon); next <= full {
		t.Errorf("after the last of a millisecond: %q follows %q", next, full)
	}
	if got := encodeID([16]byte{255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255}); got != "7ZZZZZZZZZZZZZZZZZZZZZZZZZ" {
		t.Errorf("the greatest id is %q", got) // as the ULID specification says
	}
}
