package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

// first returns the number of the draft's first candidate and why, both "" when
// there is none.
func (o *office) first(narrative string) (number, why string) {
	o.t.Helper()
	e, err := o.review().Entry(o.t.Context(), o.id(narrative))
	o.check(err)
	if len(e.Candidates) == 0 {
		return "", ""
	}
	return e.Candidates[0].Matter, strings.Join(e.Candidates[0].Reasons, "; ")
}

// Decisions teach at once, undo takes the lesson back, a restart keeps it, and
// forgetting forgets it.
func TestDecisionsTeach(t *testing.T) {
	o := open(t)
	o.saw("boiler inspection north", "Inbox", 9, 30)
	o.saw("boiler inspection south", "Inbox", 10, 30)
	o.saw("boiler inspection east", "Inbox", 11, 30)
	o.saw("quarterly picnic", "Inbox", 12, 30)
	o.capture()
	if n, _ := o.first("south"); n != "" {
		t.Fatalf("before any decision the first candidate is %s", n)
	}
	o.check(o.review().Edit(t.Context(), o.id("north"), editMatter("2025-0042")))
	if n, why := o.first("south"); n != "2025-0042" || why == "" {
		t.Fatalf("after a decision the first candidate is %q (%s)", n, why)
	}
	if d := o.day(); len(d.Needs) != 3 {
		t.Errorf("one decision left %d drafts to decide, want 3: nothing is guessed", len(d.Needs))
	}
	_, err := o.review().Undo(t.Context())
	o.check(err)
	if n, _ := o.first("south"); n != "" {
		t.Errorf("undone, and the first candidate is still %s", n)
	}
	o.check(o.review().Edit(t.Context(), o.id("north"), editMatter("2025-0042")))
	o.check(o.review().Edit(t.Context(), o.id("east"), editMatter("2025-0042")))

	again, err := app.Open(t.Context(), o.Config)
	o.check(err)
	defer again.Close()
	status, err := app.Learning{Practice: again}.Status(t.Context())
	o.check(err)
	if status.Lessons != 2 {
		t.Errorf("another opening knows %d lessons, want 2", status.Lessons)
	}
	o.check(app.Learning{Practice: again}.Forget(t.Context(), "2025-0042"))
	if n, _ := o.first("south"); n != "" {
		t.Errorf("forgotten, and the first candidate is still %s", n)
	}
}

// What is settled is absorbed, and does not need its observations any more.
func TestLessonsOutliveTheirObservations(t *testing.T) {
	o := open(t)
	for i, side := range []string{"north", "east", "west"} {
		o.saw("boiler inspection "+side, "Inbox", 9+i, 30)
	}
	o.capture()
	for _, side := range []string{"north", "east", "west"} {
		o.check(o.review().Edit(t.Context(), o.id(side), editMatter("2025-0042")))
	}
	d, err := billing.ParseDay(day)
	o.check(err)
	_, err = o.review().Approve(t.Context(), d, nil, "")
	o.check(err)
	o.now = o.now.Add(100 * 24 * time.Hour)
	for range 2 { // absorbing twice is absorbing once
		_, err = app.Retention{Practice: o.Practice}.Purge(t.Context())
		o.check(err)
	}
	status, err := app.Learning{Practice: o.Practice}.Status(t.Context())
	o.check(err)
	if status.Lessons != 3 {
		t.Errorf("%d lessons are known, want 3", status.Lessons)
	}
}

// How a person puts an entry is how the next is put.
func TestWordingIsLearned(t *testing.T) {
	o := open(t)
	o.saw("inventory", "Lin", 9, 30)
	o.saw("petition", "Lin", 10, 30)
	o.saw("accounting", "Lin", 11, 30)
	o.capture()
	o.check(o.review().Edit(t.Context(), o.id("inventory"), editNarrative("Prepare inventory")))
	o.check(o.review().Edit(t.Context(), o.id("petition"), editNarrative("Prepare petition")))
	o.want("two were put otherwise",
		"0.5 2025-0042 Prepare inventory drafted",
		"0.5 2025-0042 Prepare petition drafted",
		"0.5 2025-0042 Prepare accounting drafted")
	activity := "A101"
	o.check(o.review().Edit(t.Context(), o.id("inventory"), app.Edit{Activity: &activity}))
	e, err := o.review().Entry(t.Context(), o.id("inventory"))
	o.check(err)
	if e.ActivityCode != "A101" {
		t.Errorf("the activity is %s", e.ActivityCode)
	}
	o.check(app.Learning{Practice: o.Practice}.Forget(t.Context(), ""))
	o.want("forgotten",
		"0.5 2025-0042 Prepare inventory drafted",
		"0.5 2025-0042 Prepare petition drafted",
		"0.5 2025-0042 Draft and revise accounting drafted")
}
