package app_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

// desk is an office whose days a law can be tried on, one after another.
type desk struct {
	*office
	run   int
	today billing.Day
	last  *rapid.T
	taken map[string]int // decisions, by what they were
}

// decisions are all that a person can decide about a draft.
var decisions = []string{"accept", "minutes", "matter", "narrative", "codes", "safe", "discard", "private", "restore", "split", "merge", "explain", "note", "attend"}

var folders = map[string]string{"2024-0113": "Rivera", "2025-0042": "Lin", "9999-0001": "Firm"}

// begin starts a day with some work on some matters, at the terms that begin
// with.
func (d *desk) begin(t *rapid.T) {
	d.last, d.run = t, d.run+1
	d.now = time.Date(2026, 1, 5, 23, 0, 0, 0, time.UTC).AddDate(0, 0, d.run)
	d.today = billing.DayOf(d.now, time.UTC)
	d.do(d.SetTimekeeper(t.Context(), billing.Timekeeper{Name: "Jo", Rate: billing.Money{Cents: 35000, Currency: "USD"}}))
	d.terms(map[string]string{"2024-0113": ",", "2025-0042": "€300,", "9999-0001": ",yes"}, "")
	d.feed.observations = nil
	for i := range rapid.IntRange(1, 5).Draw(t, "pieces") {
		folder := rapid.SampledFrom([]string{"Rivera", "Lin", "Firm", "Downloads"}).Draw(t, "folder")
		d.seen(fmt.Sprintf("paper %c%d", 'a'+i, d.run), folder, 8+2*i, rapid.IntRange(1, 110).Draw(t, "minutes"))
	}
	if rapid.Bool().Draw(t, "meeting") {
		at := d.today.Span(time.UTC).Start.Add(9*time.Hour + 30*time.Minute)
		d.feed.observations = append(d.feed.observations, billing.Observation{
			ExternalID: fmt.Sprint("meeting", d.run), Revision: "1", Kind: billing.KindMeeting, Subject: "Strategy meeting", Status: "confirmed",
			Span: billing.Span{Start: at, End: at.Add(2 * time.Hour)}})
	}
	d.capture()
}

// seen is [office.saw] on the day of this run.
func (d *desk) seen(id, folder string, hour, minutes int) {
	d.saw(id, folder, hour, minutes)
	o := &d.feed.observations[len(d.feed.observations)-1]
	at := d.today.Span(time.UTC).Start.Add(time.Duration(hour) * time.Hour)
	o.Span = billing.Span{Start: at, End: at.Add(time.Duration(minutes) * time.Minute)}
}

func (d *desk) do(err error) {
	if err != nil {
		d.last.Helper()
		d.last.Fatal(err)
	}
}

// may reports whether a decision was taken; it may be refused, with a reason.
func (d *desk) may(err error) bool {
	if err != nil && (billing.KindOf(err) == billing.Internal || billing.KindOf(err) == "") {
		d.last.Helper()
		d.last.Fatal(err)
	}
	return err == nil
}

// terms has each matter at "rate,internal", and one of them closed.
func (d *desk) terms(of map[string]string, closed string) {
	list := "number,name,client,folder,rate,internal,closed\n"
	for _, number := range slices.Sorted(maps.Keys(of)) {
		yes := ""
		if number == closed {
			yes = "yes"
		}
		list += fmt.Sprintf("%s,Matter %s,Client %s,%s,%s,%s\n", number, number, number, folders[number], of[number], yes)
	}
	_, err := app.Matters{Practice: d.Practice}.Import(d.last.Context(), strings.NewReader(list))
	d.do(err)
}

func (d *desk) list() []app.DraftView {
	list, err := d.review().Drafts(d.last.Context(), d.today)
	d.do(err)
	return list
}

// pick draws one of the day's drafts.
func (d *desk) pick(t *rapid.T) app.DraftView {
	list := d.list()
	if len(list) == 0 {
		return app.DraftView{ID: "none"}
	}
	return list[rapid.IntRange(0, len(list)-1).Draw(t, "draft")]
}

// meanwhile does something that may change what approving would freeze.
func (d *desk) meanwhile(t *rapid.T) {
	d.happens(t, rapid.SampledFrom([]string{"rate", "terms", "decide", "decide", "blackout", "undo"}).Draw(t, "meanwhile"))
}

func (d *desk) happens(t *rapid.T, what string) {
	r, ctx := d.review(), t.Context()
	switch what {
	case "rate":
		rate := billing.Money{Cents: rapid.Int64Range(1, 90000).Draw(t, "rate"), Currency: "USD"}
		d.do(d.SetTimekeeper(ctx, billing.Timekeeper{Name: "Jo", Rate: rate}))
	case "terms":
		of := map[string]string{}
		for _, number := range slices.Sorted(maps.Keys(folders)) {
			of[number] = rapid.SampledFrom([]string{",", ",yes", "€300,", "$512.34,", "CHF 99.99,yes"}).Draw(t, number)
		}
		d.terms(of, rapid.SampledFrom([]string{"", "2024-0113", "2025-0042", "9999-0001"}).Draw(t, "closed"))
	case "decide":
		d.decide(t)
	case "blackout":
		done, err := app.Discretion{Practice: d.Practice}.Blacken(ctx, app.BlackoutMatter, rapid.SampledFrom(slices.Sorted(maps.Keys(folders))).Draw(t, "matter"), true)
		if d.may(err) && rapid.Bool().Draw(t, "over") {
			d.do(app.Discretion{Practice: d.Practice}.Unblacken(ctx, done.ID))
		}
	case "undo":
		_, err := r.Undo(ctx)
		d.may(err)
	}
}

// decide takes a person's decision about one or two drafts, and reports whether
// it was one.
func (d *desk) decide(t *rapid.T) bool {
	what := rapid.SampledFrom(decisions).Draw(t, "decision")
	if !d.decides(t, what) {
		return false
	}
	if d.taken == nil {
		d.taken = map[string]int{}
	}
	d.taken[what]++
	return true
}

func (d *desk) decides(t *rapid.T, what string) bool {
	r, ctx, e := d.review(), t.Context(), d.pick(t)
	if what == "attend" { // of a meeting, if there is one that asks
		for _, x := range d.list() {
			if x.Overlap != nil {
				e.ID = x.Overlap.Meeting
			}
		}
	}
	if what == "restore" { // what is set aside, if anything is
		for _, x := range d.list() {
			if x.State == "discarded" {
				e.ID = x.ID
			}
		}
	}
	id := billing.EntryID(e.ID)
	number := rapid.SampledFrom([]string{"2024-0113", "2025-0042", "9999-0001", ""}).Draw(t, "to")
	switch what {
	case "accept":
		return d.may(r.Accept(ctx, id))
	case "minutes":
		return d.may(r.Edit(ctx, id, editMinutes(rapid.Int64Range(1, 200).Draw(t, "minutes"))))
	case "matter":
		return d.may(r.Edit(ctx, id, editMatter(number)))
	case "narrative":
		return d.may(r.Edit(ctx, id, editNarrative(rapid.SampledFrom([]string{"Revise brief", "Draft order"}).Draw(t, "narrative"))))
	case "codes":
		return d.may(r.Edit(ctx, id, app.Edit{Task: text("l310"), Activity: text("a102")}))
	case "safe":
		return d.may(r.Safe(ctx, id))
	case "discard":
		return d.may(r.Discard(ctx, id))
	case "private":
		return d.may(r.Keep(ctx, id, true))
	case "restore":
		return d.may(r.Restore(ctx, id))
	case "split":
		half := e.BilledMinutes / 2
		_, err := r.Split(ctx, id, []app.PartEdit{
			{Minutes: half, NonBillable: rapid.Bool().Draw(t, "non-billable")}, {Minutes: e.BilledMinutes - half, Matter: number}})
		return d.may(err)
	case "merge":
		return d.may(r.Merge(ctx, []billing.EntryID{id, billing.EntryID(d.pick(t).ID)}))
	case "explain":
		at := d.today.Span(time.UTC).Start.Add(time.Duration(rapid.IntRange(0, 22*60).Draw(t, "at")) * time.Minute)
		span := billing.Span{Start: at, End: at.Add(time.Duration(rapid.IntRange(1, 90).Draw(t, "long")) * time.Minute)}
		return d.may(r.Explain(ctx, span, "Telephone conference with clerk", number))
	case "note":
		_, err := app.Notes{Practice: d.Practice}.Take(ctx, rapid.SampledFrom([]string{
			"0.3 call with client on 2024-0113", "7:00-7:45 draft motion; call with clerk", "20 min on 2025-0042 inventory"}).Draw(t, "line"), d.today)
		return d.may(err)
	}
	return d.may(r.Attend(ctx, id))
}
