package app_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

// got adds a message from a stranger that came in at hour:minute.
func (o *office) got(id, from string, hour, minute int) {
	at := billing.DayOf(o.now, time.UTC).Span(time.UTC).Start.Add(time.Duration(60*hour+minute) * time.Minute)
	o.feed.observations = append(o.feed.observations, billing.Observation{ExternalID: id, Revision: "1", Kind: billing.KindMailReceived,
		Subject: billing.Privileged(id), Thread: id, Words: 50, Span: billing.Span{Start: at, End: at},
		With: []billing.Party{{Address: billing.Privileged(from), Role: billing.RoleFrom}}})
}

// today is the day of the office's clock.
func (o *office) today() app.DayView {
	o.t.Helper()
	v, err := o.review().Day(o.t.Context(), billing.DayOf(o.now, time.UTC))
	o.check(err)
	return v
}

// shown is today without ids of drafts, and without what undo would take back.
func (o *office) shown() app.DayView {
	v := o.today()
	v.CanUndo = ""
	for i := range v.Needs {
		v.Needs[i].ID = ""
	}
	for i := range v.Observed {
		v.Observed[i].Draft = ""
	}
	return v
}

// Deciding about a row or some of it, and undoing that, changes nothing; and
// however many decisions a matter's small mail takes, it is rounded once.
func TestDecidingAboutRowsUndoesItself(t *testing.T) {
	o := open(t)
	run := 0
	rapid.Check(t, func(t *rapid.T) {
		o.feed.observations, o.now = nil, o.now.AddDate(0, 0, 1)
		for i := range rapid.IntRange(1, 14).Draw(t, "messages") {
			run++
			o.got(fmt.Sprintf("thing %d", run), fmt.Sprintf("p%d@oak.example", rapid.IntRange(0, 5).Draw(t, "person")), 8+i%10, i*2%60)
		}
		o.capture()
		decided := 0
		for range rapid.IntRange(1, 4).Draw(t, "decisions") {
			v := o.today()
			if len(v.Needs) == 0 {
				break
			}
			row := rapid.SampledFrom(v.Needs).Draw(t, "row")
			var taken []billing.ObservationID
			for _, id := range rapid.Permutation(row.Evidence).Draw(t, "order")[:rapid.IntRange(1, len(row.Evidence)).Draw(t, "taken")] {
				taken = append(taken, billing.ObservationID(id))
			}
			to := rapid.SampledFrom([]app.Destination{{Matter: "2024-0113"}, {Matter: "2025-0042"}, {Aside: true}, {Private: true}}).Draw(t, "to")
			before := o.shown()
			_, err := o.review().TakeOut(t.Context(), billing.EntryID(row.ID), taken, to)
			o.check(err)
			once(t, o.today())
			if rapid.Bool().Draw(t, "undo") {
				_, err := o.review().Undo(t.Context())
				o.check(err)
				if after := o.shown(); !reflect.DeepEqual(before, after) {
					t.Fatalf("undone, and the day is another:\n%+v\n%+v", before, after)
				}
				continue
			}
			decided++
		}
		for range decided {
			_, err := o.review().Undo(t.Context())
			o.check(err)
		}
	})
}

// once fails where a matter's small mail that a person put there is in more than
// one draft.
func once(t *rapid.T, v app.DayView) {
	for _, g := range v.Ready {
		var by []app.DraftView
		for _, d := range g.Drafts {
			if slices.Contains(d.Reasons, "chosen by you") {
				by = append(by, d)
			}
		}
		if len(by) > 1 {
			t.Fatalf("%s has %d drafts of small mail: %+v", g.Matter.Number, len(by), by)
		}
	}
}

func TestTakeOutIsRefused(t *testing.T) {
	o := open(t)
	o.got("boilers", "ann@oak.example", 9, 0)
	o.got("picnic", "ben@elm.example", 9, 30)
	o.capture()
	row := o.day().Needs[0]
	id := billing.EntryID(row.ID)
	one := []billing.ObservationID{billing.ObservationID(row.Evidence[0])}
	for _, to := range []app.Destination{{}, {Aside: true, Private: true}, {Matter: "2024-0113", Aside: true}} {
		_, err := o.review().TakeOut(t.Context(), id, one, to)
		wantKind(t, err, billing.Invalid)
	}
	_, err := o.review().TakeOut(t.Context(), id, nil, app.Destination{Aside: true})
	wantKind(t, err, billing.Invalid)
	_, err = o.review().TakeOut(t.Context(), id, []billing.ObservationID{"X"}, app.Destination{Aside: true})
	wantKind(t, err, billing.NotFound)
	_, err = o.review().TakeOut(t.Context(), id, one, app.Destination{Matter: "2020-0001"}) // closed
	wantKind(t, err, billing.Conflict)
	minutes := int64(12)
	o.check(o.review().Edit(t.Context(), id, app.Edit{Minutes: &minutes}))
	_, err = o.review().TakeOut(t.Context(), id, one, app.Destination{Aside: true})
	wantKind(t, err, billing.Conflict)
	if v := o.day(); len(v.Needs) != 1 || !slices.Equal(v.Needs[0].Evidence, row.Evidence) {
		t.Errorf("what was refused changed the day: %+v", v.Needs)
	}
}

// Whatever is taken out, the row that it was taken out of stays the same draft:
// who opened it in a window goes on there.
func TestARowKeepsItsID(t *testing.T) {
	for taken := 1; taken < 4; taken++ {
		o := open(t)
		for i, who := range []string{"ann@oak.example", "ben@elm.example", "cy@ash.example", "dee@fir.example"} {
			o.got(fmt.Sprint("thing ", i), who, 9, 10*i)
		}
		o.capture()
		row := o.day().Needs[0]
		var out []billing.ObservationID
		for _, id := range row.Evidence[:taken] {
			out = append(out, billing.ObservationID(id))
		}
		got, err := o.review().TakeOut(t.Context(), billing.EntryID(row.ID), out, app.Destination{Aside: true})
		o.check(err)
		if v := o.day(); len(v.Needs) != 1 || v.Needs[0].ID != row.ID || got == billing.EntryID(row.ID) {
			t.Errorf("%d taken out: the row %s became %+v, and %s is what was taken out", taken, row.ID, v.Needs, got)
		}
	}
}
