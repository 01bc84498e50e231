package app_test

import (
	"testing"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

func (o *office) purge() app.RetentionView {
	o.t.Helper()
	v, err := app.Retention{Practice: o.Practice}.Purge(o.t.Context())
	o.check(err)
	return v
}

func TestObservationsExpire(t *testing.T) {
	o := open(t)
	o.saw("ledger", "Rivera", 8, 30)
	o.saw("doodle", "nowhere", 10, 30)
	o.feed.observations = append(o.feed.observations, billing.Observation{ExternalID: "c", Revision: "1", Kind: billing.KindMeeting,
		Subject: "Holiday party", Ignored: "cancelled", Span: billing.Span{Start: at(12, 0), End: at(13, 0)}})
	o.capture()
	d, _ := billing.ParseDay(day)

	o.now = o.now.AddDate(1, 0, 0) // nobody looked at the day for a year
	if v := o.purge(); v.Purged != 0 {
		t.Fatalf("%d observations of an undecided day are gone", v.Purged)
	}
	_, err := o.review().Approve(t.Context(), d, []billing.EntryID{o.id("ledger")}, "")
	o.check(err)
	o.now = o.now.AddDate(0, 0, 91)
	if v := o.purge(); v.Purged != 0 {
		t.Fatalf("%d observations of a day with a draft left are gone", v.Purged)
	}
	o.check(o.review().Discard(t.Context(), o.id("doodle")))
	if v := o.purge(); v.Purged != 2 || v.Pending != "" {
		t.Fatalf("purging did %+v, want the discarded and the cancelled one gone", v)
	}
	o.wantStretches("08:00-08:30 ledger")
	if o.onDisk("Holiday party") {
		t.Error("what has expired is still in the files")
	}
	o.capture()
	o.wantStretches("08:00-08:30 ledger") // nothing comes back
	o.want("the entries are told as before", o.drafts()...)
	if got := o.drafts(); len(got) != 2 {
		t.Errorf("the day has %q", got)
	}
	if v := o.purge(); v.Purged != 0 {
		t.Errorf("%d more are gone", v.Purged)
	}
}

func TestExpiryWaitsForItsTime(t *testing.T) {
	o := open(t)
	o.saw("ledger", "Rivera", 8, 30)
	o.saw("doodle", "nowhere", 10, 30)
	o.capture()
	d, _ := billing.ParseDay(day)
	o.check(o.review().Discard(t.Context(), o.id("doodle")))
	o.now = o.now.AddDate(0, 0, 30)
	_, err := o.review().Approve(t.Context(), d, nil, "")
	o.check(err)
	keep := app.Retention{Practice: o.Practice}
	o.now = o.now.AddDate(0, 0, 89) // after the approval; the day is 119 days past
	if v := o.purge(); v.Purged != 0 || v.Days != 90 {
		t.Fatalf("purging did %+v", v)
	}
	_, err = keep.Keep(t.Context(), 0)
	o.check(err)
	o.now = o.now.AddDate(2, 0, 0)
	if v := o.purge(); v.Purged != 0 || v.Days != 0 {
		t.Fatalf("purging did %+v", v)
	}
	_, err = keep.Keep(t.Context(), -1)
	wantKind(t, err, billing.Invalid)
	_, err = keep.Keep(t.Context(), 30)
	o.check(err)
	o.capture() // not due: it was looked for today
	o.wantStretches("08:00-08:30 ledger", "10:00-10:30 doodle")
	o.now = o.now.Add(25 * time.Hour)
	o.capture()
	o.wantStretches("08:00-08:30 ledger")
}

// History that a first sync imported and nobody decided about expires as long
// after it was recorded as it was old by then; what a person decided anything
// about, or was recorded in time, does not.
func TestUnwantedHistoryExpires(t *testing.T) {
	for name, test := range map[string]struct {
		late, wait int // days after the day that it is recorded, and then
		decide     bool
		gone       bool
	}{
		"history":                 {late: 400, wait: 91, gone: true},
		"history of a little ago": {late: 91, wait: 91, gone: true},
		"not history":             {late: 89, wait: 2000},
		"not yet":                 {late: 400, wait: 89},
		"decided and undone":      {late: 400, wait: 300, decide: true},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			o.now = o.now.AddDate(0, 0, test.late)
			o.saw("ledger", "Rivera", 8, 30)
			o.capture()
			if len(o.drafts()) != 1 {
				t.Fatalf("drafts %q", o.drafts())
			}
			if test.decide {
				o.check(o.review().Discard(t.Context(), o.id("ledger")))
				_, err := o.review().Undo(t.Context())
				o.check(err)
			}
			o.now = o.now.AddDate(0, 0, test.wait)
			v := o.purge()
			if gone := v.Purged == 1 && v.History == 1 && v.Drafts == 1; gone != test.gone || !gone && v.Purged+v.Drafts != 0 {
				t.Fatalf("purging did %+v", v)
			}
			if got := o.drafts(); (len(got) == 0) != test.gone {
				t.Errorf("drafts %q", got)
			}
			if test.gone && o.onDisk("ledger") {
				t.Error("what has expired is still in the files")
			}
		})
	}
}
