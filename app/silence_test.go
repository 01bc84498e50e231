package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

// comings are the ways in which half an hour on 2024-0113 comes to be a draft.
var comings = map[string]func(t *testing.T, o *office){
	"observed": func(_ *testing.T, o *office) {
		o.saw("memo", "Rivera", 9, 30)
		o.capture()
	},
	"noted": func(t *testing.T, o *office) {
		_, err := app.Notes{Practice: o.Practice}.Take(t.Context(), "30 min draft memo on 2024-0113", billing.Day{})
		o.check(err)
	},
	"timed": func(t *testing.T, o *office) {
		_, err := app.Timers{Practice: o.Practice}.Start(t.Context(), "memo", "2024-0113")
		o.check(err)
		o.now = o.now.Add(30 * time.Minute)
		_, err = app.Timers{Practice: o.Practice}.Stop(t.Context(), 0)
		o.check(err)
	},
	"explained": func(t *testing.T, o *office) {
		o.check(o.review().Explain(t.Context(), billing.Span{Start: o.now.Add(-30 * time.Minute), End: o.now}, "Draft memo", "2024-0113"))
	},
	"filed by hand": func(t *testing.T, o *office) {
		o.saw("memo", "Downloads", 9, 30)
		o.capture()
		o.check(o.review().Edit(t.Context(), o.id("memo"), editMatter("2024-0113")))
	},
	"split and merged": func(t *testing.T, o *office) {
		o.saw("memo", "Rivera", 9, 30)
		o.capture()
		ids, err := o.review().Split(t.Context(), o.id("memo"), []app.PartEdit{{Minutes: 12}, {Minutes: 18}})
		o.check(err)
		o.check(o.review().Merge(t.Context(), ids))
	},
}

// Whatever way it came, and whatever a person said of it before: an entry on a
// matter that was closed, made internal or blacked out meanwhile is not frozen in
// silence. What was agreed to before is not what would be frozen; what is closed
// stays behind, what is blacked out asks once more, and what is internal is not
// billed.
func TestNothingIsFrozenInSilence(t *testing.T) {
	for name, come := range comings {
		for _, accepted := range []bool{false, true} {
			for _, meanwhile := range []string{"closed", "internal", "blacked out"} {
				t.Run(fmt.Sprintf("%s, accepted %v, %s", name, accepted, meanwhile), func(t *testing.T) {
					o := open(t)
					o.now = o.now.Add(-time.Hour)
					come(t, o)
					d, _ := billing.ParseDay(day)
					r := o.review()
					id := o.id("emo")
					if accepted {
						o.check(r.Accept(t.Context(), id))
					}
					agreed := o.preview()
					if agreed.Count != 1 || agreed.Amount != "$175.00" {
						t.Fatalf("%+v", agreed)
					}
					o.now = o.now.Add(time.Minute)
					happen(t, o, meanwhile)
					_, err := r.Approve(t.Context(), d, nil, agreed.Digest)
					wantKind(t, err, billing.Conflict)
					v := o.preview()
					if meanwhile == "internal" {
						if v.Count != 1 || v.Amount != "" || v.BilledMinutes != 0 || !v.Groups[0].Drafts[0].NonBillable {
							t.Fatalf("%+v", v)
						}
						_, err = r.Approve(t.Context(), d, nil, v.Digest)
						o.check(err)
						if s := o.day(); s.Posting.Waiting != 0 {
							t.Errorf("the firm's own time is on its way: %+v", s.Posting)
						}
						return
					}
					// What nobody touched is drafted anew: a closed matter is none to it.
					if v.Count != 0 || len(v.Behind) != 1 || !strings.Contains(v.Behind[0].Why, meanwhile) && v.Behind[0].Why != "it has no matter" {
						t.Fatalf("%+v", v)
					}
					_, err = r.Approve(t.Context(), d, []billing.EntryID{id}, "")
					wantKind(t, err, billing.Invalid)
					if meanwhile == "blacked out" {
						o.check(r.Accept(t.Context(), id))
						if v := o.preview(); v.Count != 1 {
							t.Errorf("a person's word is not heard: %+v", v)
						}
						_, err := r.Undo(t.Context())
						o.check(err)
						if v := o.preview(); v.Count != 0 {
							t.Errorf("it is heard after it was taken back: %+v", v)
						}
					}
				})
			}
		}
	}
}

func happen(t *testing.T, o *office, what string) {
	t.Helper()
	switch what {
	case "closed":
		o.matters("2024-0113,Rivera v. Acme,Rivera,,,yes\n")
	case "internal":
		o.matters("2024-0113,Rivera v. Acme,Rivera,,yes,\n")
	default:
		_, err := app.Discretion{Practice: o.Practice}.Blacken(t.Context(), app.BlackoutMatter, "2024-0113", true)
		o.check(err)
	}
}
