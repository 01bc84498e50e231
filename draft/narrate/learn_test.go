package narrate_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/narrate"
)

// office is a timekeeper whose edits teach a phrasing.
type office struct {
	t        *testing.T
	phrasing narrate.Phrasing
	habits   narrate.Habits
}

func (o *office) facts(matter string, lines ...string) narrate.Facts {
	o.t.Helper()
	var seen []billing.Observation
	for i, line := range lines {
		x, err := observation(line, i)
		if err != nil {
			o.t.Fatal(err)
		}
		seen = append(seen, x)
	}
	return narrate.New(matters(), me).With(nil, &o.habits).Facts(practice[matter], seen)
}

// drafts checks what is drafted for work now.
func (o *office) drafts(want, matter string, lines ...string) {
	o.t.Helper()
	f := o.facts(matter, lines...)
	kept, err := json.Marshal(o.phrasing)
	if err != nil {
		o.t.Fatal(err)
	}
	var back narrate.Phrasing
	if err := json.Unmarshal(kept, &back); err != nil {
		o.t.Fatal(err)
	}
	if got := string(narrate.Text(narrate.New(matters(), me).With(&back, nil).Phrases(f))); got != want {
		o.t.Errorf("got  %s\nwant %s", got, want)
	}
}

// writes has the person put a narrative in place of the draft.
func (o *office) writes(edited, matter string, lines ...string) {
	o.t.Helper()
	o.phrasing.Learn(o.facts(matter, lines...), billing.Privileged(edited))
}

func TestAVerbIsLearnedFromTheSecondTimeOn(t *testing.T) {
	o := &office{t: t}
	o.writes("Prepare motion to compel", "rivera", "edit*6 Motion to Compel")
	o.drafts("Draft and revise motion to compel", "rivera", "edit*6 Motion to Compel")
	o.writes("prepare reply brief", "rivera", "edit*6 Reply brief")
	o.drafts("Prepare motion to compel", "rivera", "edit*6 Motion to Compel")
	o.drafts("Prepare will", "lin", "edit*6 Will")
	o.drafts("Revise will", "lin", "edit*1 Will")
	o.drafts("Draft correspondence to client regarding will execution", "lin", "sent Will execution | with=wei")

	o.writes("Draft and revise will", "lin", "edit*6 Will") // contradicted
	o.drafts("Draft and revise trust agreement", "lin", "edit*6 Trust agreement")
	o.drafts("Prepare motion to compel", "rivera", "edit*6 Motion to Compel") // the matter's own way stays
}

func TestAnotherChoiceBetweenResetsTheCount(t *testing.T) {
	o := &office{t: t}
	o.writes("Prepare motion to compel", "rivera", "edit*6 Motion to Compel")
	o.writes("Edit motion to compel", "rivera", "edit*6 Motion to Compel")
	o.writes("Prepare motion to compel", "rivera", "edit*6 Motion to Compel")
	o.drafts("Draft and revise motion to compel", "rivera", "edit*6 Motion to Compel")
}

func TestAVerbOfAnotherActIsNotLearned(t *testing.T) {
	o := &office{t: t}
	for range 3 {
		o.writes("Finalize and file motion to compel", "rivera", "edit*6 Motion to Compel")
		o.writes("Attend telephone conference with opposing counsel regarding discovery", "rivera", "received Discovery | with=reed")
		o.writes("Review and respond to correspondence from opposing counsel regarding discovery", "rivera", "received Discovery | with=reed")
	}
	o.drafts("Draft and revise motion to compel", "rivera", "edit*6 Motion to Compel")
	o.drafts("Review correspondence from opposing counsel regarding discovery", "rivera", "received Discovery | with=reed")
}

func TestANameIsLearnedAtOnceForItsMatterAlone(t *testing.T) {
	o := &office{t: t}
	o.writes("Telephone conference with Attorney Reed regarding deposition schedule", "rivera", "meeting Call re deposition schedule | with=reed")
	o.drafts("Review correspondence from Attorney Reed regarding privilege log", "rivera", "received Privilege log | with=reed")
	o.drafts("Review correspondence from opposing counsel regarding privilege log", "rivera", "received Privilege log | with=Sam Cole <scole@reedcole.example>")
	o.drafts("Review correspondence from opposing counsel regarding lease", "beta", "received Lease | with=fox")
	o.writes("Draft correspondence to Attorney Reed and Ms. Rivera regarding trial", "rivera", "sent Trial | with=reed,marisol")
	o.drafts("Draft correspondence to Ms. Rivera regarding trial", "rivera", "sent Trial | with=marisol")
	o.writes("Draft correspondence to client regarding trial", "rivera", "sent Trial | with=marisol") // taken back
	o.drafts("Draft correspondence to client regarding hearing", "rivera", "sent Hearing | with=marisol")
	o.writes("Draft correspondence to 12 reviewers of the file regarding trial", "rivera", "sent Trial | with=marisol") // no name
	o.drafts("Draft correspondence to client regarding hearing", "rivera", "sent Hearing | with=marisol")
}

func TestADocumentsNameIsLearned(t *testing.T) {
	o := &office{t: t}
	o.writes("Draft and revise Plaintiff's motion to compel (v3)", "rivera", "edit*6 motion to compel production v3")
	o.drafts("Draft and revise Plaintiff's motion to compel (v4)", "rivera", "edit*6 motion to compel production v4")
	o.drafts("Review Plaintiff's motion to compel (v4)", "rivera", "review motion to compel production v4")
	o.drafts("Draft and revise motion to compel deposition", "rivera", "edit*6 motion to compel deposition")
	o.writes("Draft and revise for hearing", "rivera", "edit*6 motion to compel deposition") // another thing altogether
	o.drafts("Draft and revise motion to compel deposition", "rivera", "edit*6 motion to compel deposition")
}

func TestTheWordBeforeSubjectsAndWhatIsLeftOutAreLearned(t *testing.T) {
	o := &office{t: t}
	for range 2 {
		o.writes("Review correspondence from opposing counsel re discovery", "rivera", "received Discovery | with=reed")
		o.writes("Draft and revise motion to compel", "rivera", "edit*6 Motion to compel v3")
		o.writes("Exchange emails with client", "rivera", "sent Lunch on Friday | with=marisol | thread=t", "received Lunch on Friday | with=marisol | thread=t")
	}
	o.drafts("Telephone conference with opposing counsel re deposition schedule", "rivera", "meeting Call re deposition schedule | with=reed")
	o.drafts("Draft and revise reply brief", "rivera", "edit*6 Reply brief v2")
	o.drafts("Exchange emails with client", "rivera", "sent Settlement | with=marisol | thread=t", "received Settlement | with=marisol | thread=t")
	o.writes("Draft and revise reply brief (v2)", "rivera", "edit*6 Reply brief v2")
	o.drafts("Draft and revise reply brief (v2)", "rivera", "edit*6 Reply brief v2")
}

func TestOtherThingsTeachNothing(t *testing.T) {
	o := &office{t: t}
	for _, edited := range []string{"", ";", "x", "Draft and revise motion to compel; call client", "Strategy for appeal", strings.Repeat("a ", 9000)} {
		if o.phrasing.Learn(o.facts("rivera", "edit*6 Motion to compel"), billing.Privileged(edited)) {
			t.Errorf("%q taught something", edited)
		}
	}
	if o.phrasing.Learn(narrate.Facts{}, "Draft motion") {
		t.Error("no facts taught something")
	}
}

func TestAPhrasingDoesNotPrint(t *testing.T) {
	o := &office{t: t}
	o.writes("Telephone conference with Attorney Reed regarding deposition schedule", "rivera", "meeting Call re deposition schedule | with=reed")
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		if text := fmt.Sprintf(format, *o.phrasing.Matters["rivera"]); strings.Contains(text, "Reed") || strings.Contains(text, "dreed") {
			t.Errorf("%s prints %s", format, text)
		}
	}
}

func TestHabitsOfCoding(t *testing.T) {
	o := &office{t: t}
	work := o.facts("rivera", "edit*6 Privilege log v2")
	if work.Task != "L320" || work.Activity != "A103" {
		t.Fatalf("codes %s %s before anything was chosen", work.Task, work.Activity)
	}
	o.habits.Choose(work, narrate.Codes{Task: "L310", Activity: "A110"})
	if f := o.facts("rivera", "edit*3 Privilege log v3"); f.Task != "L310" || f.Activity != "A110" {
		t.Errorf("the matter's choice counts at once: got %s %s", f.Task, f.Activity)
	}
	if f := o.facts("lin", "edit*3 Privilege log"); f.Task != "" || f.Activity != "A103" {
		t.Errorf("once, elsewhere: got %s %s", f.Task, f.Activity)
	}
	o.habits.Choose(work, narrate.Codes{Task: "L310", Activity: "A110"})
	if f := o.facts("lin", "edit*3 Privilege log"); f.Task != "" || f.Activity != "A110" {
		t.Errorf("twice, elsewhere: got %s %s", f.Task, f.Activity)
	}
	if f := o.facts("rivera", "edit*3 Motion to compel"); f.Task != "L350" || f.Activity != "A103" {
		t.Errorf("other work: got %s %s", f.Task, f.Activity)
	}
}
