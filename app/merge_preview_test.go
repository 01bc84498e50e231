package app_test

import (
	"testing"

	"github.com/tenths/tenths/billing"
)

// What merging would make is what it then makes, and looking at it changes
// nothing.
func TestMergingIsShownBeforeItIsDone(t *testing.T) {
	o := open(t)
	o.saw("motion to compel", "Rivera", 9, 62)
	o.saw("privilege log", "Rivera", 11, 20)
	o.saw("inventory of the estate", "Lin", 13, 30)
	o.capture()
	before := o.drafts()
	ids := []billing.EntryID{o.id("motion"), o.id("privilege")}
	shown, err := o.review().PreviewMerge(t.Context(), ids)
	o.check(err)
	o.want("only looked at", before...)

	_, err = o.review().PreviewMerge(t.Context(), []billing.EntryID{ids[0], o.id("inventory")})
	wantKind(t, err, billing.Invalid)

	o.check(o.review().Merge(t.Context(), ids))
	made, err := o.review().Entry(t.Context(), ids[0])
	o.check(err)
	if shown.ID != made.ID || shown.BilledMinutes != made.BilledMinutes || shown.WorkedSeconds != made.WorkedSeconds || shown.Narrative != made.Narrative {
		t.Errorf("shown %s %q, made %s %q", shown.Hours, shown.Narrative, made.Hours, made.Narrative)
	}
}
