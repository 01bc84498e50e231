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

// letter has the mailbox of this office receive a message at that minute of the day.
func (o *office) letter(id, from, bulk string, minute int) {
	at := time.Date(2026, 11, 19, 8, minute, 0, 0, time.UTC)
	o.feed.observations = append(o.feed.observations, billing.Observation{
		ExternalID: "mail " + id, Revision: "1", Kind: billing.KindMailReceived, Subject: billing.Privileged("Letter " + id), Words: 100, Thread: id,
		Bulk: bulk, Span: billing.Span{Start: at, End: at}, With: []billing.Party{{Address: billing.Privileged(from), Role: billing.RoleFrom}}})
}

// message returns the id of the message with that subject.
func message(d app.DayView, subject string) billing.ObservationID {
	for _, o := range d.Observed {
		if o.Subject == subject {
			return billing.ObservationID(o.ID)
		}
	}
	return ""
}

// foldedOf returns the subjects of what is folded, in order.
func foldedOf(d app.DayView) []string {
	out := []string{}
	for _, f := range d.Folded {
		for _, id := range f.Observations {
			i := slices.IndexFunc(d.Observed, func(o app.ObservationView) bool { return o.ID == id })
			out = append(out, d.Observed[i].Subject)
		}
	}
	slices.Sort(out)
	return out
}

func (o *office) wantFolded(why string, want ...string) {
	o.t.Helper()
	d := o.day()
	if got := foldedOf(d); !slices.Equal(got, append([]string{}, want...)) || d.Summary.FoldedCount != len(want) {
		o.t.Errorf("%s: folded is %v (%d), want %v", why, got, d.Summary.FoldedCount, want)
	}
}

func TestFold(t *testing.T) {
	o := open(t)
	o.letter("a", "news@press.example", "can be unsubscribed from", 1)
	o.letter("b", "news@press.example", "can be unsubscribed from", 2)
	o.letter("c", "ana@offices.example", "", 3)
	o.saw("brief", "Rivera", 10, 30)
	o.capture()
	o.wantFolded("bulk mail", "Letter a", "Letter b")
	d := o.day()
	if f := d.Folded[0]; f.Count != 2 || f.Sender != "news@press.example" || f.Reason != "can be unsubscribed from" || len(d.Folded) != 1 {
		t.Errorf("the row is %+v", d.Folded)
	}
	ctx, a, c := t.Context(), message(d, "Letter a"), message(d, "Letter c")

	o.check(o.review().Unfold(ctx, a))
	o.wantFolded("kept: and what else its sender sends is not folded")
	for _, x := range o.day().Observed {
		if x.Draft == "" {
			t.Errorf("%s is in no draft", x.Subject)
		}
	}
	o.check(o.review().Fold(ctx, a))
	o.wantFolded("folded again", "Letter a", "Letter b")
	for range 2 {
		_, err := o.review().Undo(ctx)
		o.check(err)
	}
	o.wantFolded("undone", "Letter a", "Letter b")

	o.check(o.review().Fold(ctx, c))
	o.wantFolded("by hand", "Letter a", "Letter b", "Letter c")
	_, err := o.review().Undo(ctx)
	o.check(err)
	o.check(o.review().Discard(ctx, o.id("letter c")))
	wantKind(t, o.review().Fold(ctx, c), billing.Conflict)
	wantKind(t, o.review().Unfold(ctx, c), billing.Conflict)
	wantKind(t, o.review().Unfold(ctx, "nobody"), billing.NotFound)
	wantKind(t, o.review().Unfold(ctx), billing.NotFound)
	paper := d.Observed[slices.IndexFunc(d.Observed, func(x app.ObservationView) bool { return x.Kind == "edit" })]
	wantKind(t, o.review().Fold(ctx, billing.ObservationID(paper.ID)), billing.Invalid)
}

// TestKeptAndApproved: once the entry that a kept message became is approved,
// nothing takes the keeping back.
func TestKeptAndApproved(t *testing.T) {
	o := open(t)
	o.letter("a", "news@press.example", "sent in bulk", 1)
	o.capture()
	o.check(o.review().Unfold(t.Context(), message(o.day(), "Letter a")))
	o.check(o.review().Edit(t.Context(), o.id("letter a"), editMatter("2024-0113")))
	_, err := o.review().Approve(t.Context(), o.theDay(), nil, "")
	o.check(err)
	if _, err := o.review().Undo(t.Context()); err == nil {
		t.Error("undo took back what an approved entry rests on")
	}
	o.wantFolded("approved")
}

func (o *office) theDay() billing.Day {
	d, err := billing.ParseDay(day)
	o.check(err)
	return d
}

// TestWrittenToIsNotFolded: whoever the timekeeper wrote to, however long ago, is
// not folded, also once that mail is gone.
func TestWrittenToIsNotFolded(t *testing.T) {
	o := open(t)
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	o.now = at.Add(24 * time.Hour)
	o.feed.observations = append(o.feed.observations, billing.Observation{ExternalID: "sent", Revision: "1", Kind: billing.KindMailSent, Words: 20,
		Subject: "2024-0113", Span: billing.Span{Start: at, End: at}, With: []billing.Party{{Address: "pat@press.example", Role: billing.RoleTo}}})
	o.capture()
	sent := billing.DayOf(at, time.UTC)
	d, err := o.review().Day(t.Context(), sent)
	o.check(err)
	o.check(o.review().Discard(t.Context(), billing.EntryID(d.Ready[0].Drafts[0].ID)))
	o.now = time.Date(2026, 11, 19, 23, 0, 0, 0, time.UTC)
	o.feed.observations = nil
	o.letter("a", "pat@press.example", "sent in bulk", 1)
	o.letter("b", "other@press.example", "sent in bulk", 2)
	o.capture()
	o.wantFolded("a correspondent writes in bulk", "Letter b")
	o.purge() // unless capturing did already
	d, err = o.review().Day(t.Context(), sent)
	o.check(err)
	if len(d.Observed) != 0 {
		t.Fatalf("%d observations left", len(d.Observed))
	}
	o.wantFolded("after a purge", "Letter b")
}

// anyAct does something that one press of undo takes back.
func (o *office) anyAct(t *rapid.T) bool {
	d, ctx := o.day(), o.t.Context()
	var letters []billing.ObservationID
	for _, x := range d.Observed {
		if x.Kind == "mail_received" {
			letters = append(letters, billing.ObservationID(x.ID))
		}
	}
	switch rapid.SampledFrom([]string{"fold", "keep", "discard", "file", "private"}).Draw(t, "act") {
	case "fold":
		return o.review().Fold(ctx, rapid.SliceOfNDistinct(rapid.SampledFrom(letters), 1, 3, rapid.ID).Draw(t, "which")...) == nil
	case "keep":
		return o.review().Unfold(ctx, rapid.SliceOfNDistinct(rapid.SampledFrom(letters), 1, 3, rapid.ID).Draw(t, "which")...) == nil
	case "discard":
		return len(d.Needs) > 0 && o.review().Discard(ctx, billing.EntryID(rapid.SampledFrom(d.Needs).Draw(t, "draft").ID)) == nil
	case "private":
		return len(d.Needs) > 0 && o.review().Keep(ctx, billing.EntryID(rapid.SampledFrom(d.Needs).Draw(t, "draft").ID), true) == nil
	}
	return len(d.Needs) > 0 && o.review().Edit(ctx, billing.EntryID(rapid.SampledFrom(d.Needs).Draw(t, "draft").ID), editMatter("2024-0113")) == nil
}

// shape is what a person sees of the day, without the ids of drafts, which come
// and go with what is folded.
func shape(d app.DayView) map[string]any {
	lines := []string{}
	for _, list := range [][]app.DraftView{d.Needs, d.Done} {
		for _, x := range list {
			lines = append(lines, fmt.Sprint(x.State, x.Matter, x.Narrative, x.Spans, x.BilledMinutes, x.Evidence))
		}
	}
	for _, g := range d.Ready {
		for _, x := range g.Drafts {
			lines = append(lines, fmt.Sprint(x.State, x.Matter, x.Narrative, x.Spans, x.BilledMinutes, x.Evidence))
		}
	}
	slices.Sort(lines)
	return map[string]any{"drafts": lines, "folded": d.Folded, "sum": d.Summary.ObservedSeconds}
}

// TestFoldingAndUndoingChangesNothing: whatever was folded, kept, set aside or
// filed, undo comes back through every day that was, and no message is ever
// out of sight.
func TestFoldingAndUndoingChangesNothing(t *testing.T) {
	runs := 0
	rapid.Check(t, func(rt *rapid.T) {
		if runs++; runs > 25 { // each opens a practice
			return
		}
		o := open(t)
		senders := []string{"news@press.example", "ana@offices.example", "noreply@courts.example"}
		n := rapid.IntRange(3, 7).Draw(rt, "letters")
		for i := range n {
			o.letter(fmt.Sprint(i), rapid.SampledFrom(senders).Draw(rt, "from"), rapid.SampledFrom([]string{"", "sent in bulk"}).Draw(rt, "bulk"), 5*i)
		}
		o.capture()
		before := []map[string]any{shape(o.day())}
		for range rapid.IntRange(1, 6).Draw(rt, "acts") {
			if o.anyAct(rt) {
				before = append(before, shape(o.day()))
			}
			seen := map[string]int{}
			for _, x := range o.day().Observed {
				if x.Draft != "" {
					seen[x.ID]++
				}
				if x.Folded != "" {
					seen[x.ID]++
				}
				if seen[x.ID] != 1 {
					rt.Fatalf("%s is in %d places", x.Subject, seen[x.ID])
				}
			}
		}
		for len(before) > 1 {
			before = before[:len(before)-1]
			if _, err := o.review().Undo(t.Context()); err != nil {
				rt.Fatal(err)
			}
			if now := shape(o.day()); !reflect.DeepEqual(now, before[len(before)-1]) {
				rt.Fatalf("after undo:\n%v\nbefore:\n%v", now, before[len(before)-1])
			}
		}
	})
}

// TestOneWay: who sent five messages on three days that took nothing up, and was
// never written to, is folded, from the day on which that is so; and so is a list.
// A mailbox whose sent mail nobody sees shows nobody to be one-way.
func TestOneWay(t *testing.T) {
	o := open(t)
	at := func(days, minute int) billing.Span {
		t := time.Date(2026, 11, 19, 8, minute, 0, 0, time.UTC).AddDate(0, 0, -days)
		return billing.Span{Start: t, End: t}
	}
	mail := func(kind billing.ObservationKind, id, person string, list billing.Privileged, span billing.Span) {
		role := billing.RoleFrom
		if kind == billing.KindMailSent {
			role = billing.RoleTo
		}
		o.feed.observations = append(o.feed.observations, billing.Observation{ExternalID: id, Revision: "1", Kind: kind, Words: 50, Thread: id,
			Subject: billing.Privileged("Letter " + id), List: list, Span: span, With: []billing.Party{{Address: billing.Privileged(person), Role: role}}})
	}
	for i, ago := range []int{2, 2, 1, 0, 0} {
		mail(billing.KindMailReceived, fmt.Sprint("n", i), "notices@agency.example", "", at(ago, i))
		mail(billing.KindMailReceived, fmt.Sprint("l", i), fmt.Sprintf("p%d@agency.example", i), "all.agency.example", at(ago, 10+i))
		mail(billing.KindMailReceived, fmt.Sprint("w", i), "friend@agency.example", "", at(ago, 20+i))
	}
	o.capture()
	o.wantFolded("nobody is seen to write")
	for i := range 9 {
		mail(billing.KindMailSent, fmt.Sprint("s", i), fmt.Sprintf("p%d@people.example", i), "", at(9, i))
	}
	mail(billing.KindMailSent, "sf", "friend@agency.example", "", at(9, 30))
	o.capture()
	o.wantFolded("one-way", "Letter l3", "Letter l4", "Letter n3", "Letter n4")
	d, err := o.review().Day(t.Context(), o.theDay().Add(-1))
	o.check(err)
	if len(d.Folded) != 0 {
		t.Errorf("the day before has %v folded by what came after", foldedOf(d))
	}
}

// TestBlackoutOfAList: nothing is stored of a list whose domain is blacked out.
func TestBlackoutOfAList(t *testing.T) {
	o := open(t)
	_, err := app.Discretion{Practice: o.Practice}.Blacken(t.Context(), app.BlackoutSender, "secret.example", false)
	o.check(err)
	o.letter("a", "ana@offices.example", "from a mailing list", 1)
	o.feed.observations[0].List = "deal.lists.secret.example"
	o.letter("b", "ana@offices.example", "from a mailing list", 2)
	o.capture()
	o.wantFolded("a list of a domain that is blacked out", "Letter b")
}
