package guideline

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/guideline/language"
)

// line makes an entry of "id day timekeeper minutes narrative".
func line(t testing.TB, text string) Entry {
	t.Helper()
	f := strings.SplitN(text, " ", 5)
	var minutes int64
	if _, err := fmt.Sscan(f[3], &minutes); err != nil {
		t.Fatal(err)
	}
	return Entry{ID: f[0], Date: dayOf(t, "2026-03-"+f[1]), Timekeeper: billing.Privileged(f[2]), Matter: "1-1", Minutes: minutes, Narrative: billing.Privileged(f[4])}
}

func lines(t testing.TB, texts ...string) []Entry {
	t.Helper()
	var out []Entry
	for _, s := range texts {
		out = append(out, line(t, s))
	}
	return out
}

// found runs one check and prints its findings as "entry [others] severity".
func found(t testing.TB, check, params string, entries []Entry) string {
	t.Helper()
	g := load(t, fmt.Sprintf("id = \"g\"\n[[rule]]\nid = \"r\"\ncheck = %q\nseverity = \"warning\"\nclause = \"c\"\n[rule.params]\n%s\n", check, params))
	c, err := New(g, Setting{})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range c.Bill(entries) {
		s := f.Entry + fmt.Sprint(f.Others)
		if f.Severity != Warning {
			s += " " + string(f.Severity)
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

func TestBillChecks(t *testing.T) {
	for _, c := range []struct {
		name, check, params string
		entries             []string
		want                string
	}{
		{"a day of 24 hours", "day-limit", "", []string{"1 02 A 720 Trial", "2 02 A 720 Trial"}, ""},
		{"a day of more", "day-limit", "", []string{"1 02 A 720 Trial", "2 02 A 726 Trial", "3 02 B 600 Trial", "4 03 A 600 Trial"}, "2[1]"},
		{"the firm's limit", "day-limit", "limit = 10", []string{"1 02 A 300 Trial", "2 02 A 301 Trial"}, "2[1]"},

		{"entered twice", "duplicate", "", []string{"1 02 A 30 Review complaint of Acme", "2 02 A 30 Review complaint of Acme"}, "2[1]"},
		{"entered twice, other words", "duplicate", "", []string{
			"1 02 A 30 Review the complaint of Acme regarding defective valves and pumps supplied in March to plant",
			"2 02 A 48 Reviewed complaint of Acme regarding defective valves and pumps supplied in March to the plant."}, "2[1]"},
		{"other days", "duplicate", "", []string{"1 02 A 30 Review complaint of Acme", "2 03 A 30 Review complaint of Acme"}, ""},
		{"another object", "duplicate", "", []string{"1 02 A 30 Review complaint of Acme", "2 02 A 30 Review complaint of Bolt"}, ""},
		{"done twice", "duplicate", "", []string{"1 02 A 30 Review complaint of Acme", "2 02 B 60 Review complaint of Acme"}, "2[1]"},
		{"several at a call is another check's", "duplicate", "", []string{"1 02 A 30 Call with Acme board regarding merger price", "2 02 B 30 Call with Acme board regarding merger price"}, ""},
		{"too little said to compare", "duplicate", "", []string{"1 02 A 30 Research", "2 02 B 60 Research"}, ""},

		{"two lawyers at a call", "several-attendees", "", []string{
			"1 02 A 42 Confer with Reed regarding TCPA compliance and planned marketing campaign",
			"2 02 B 48 Prepare for and conference with Reed regarding proposed marketing campaign and TCPA compliance strategies"}, "2[1]"},
		{"two calls", "several-attendees", "", []string{
			"1 02 A 42 Call with Reed regarding marketing campaign", "2 02 B 48 Call with Lin regarding inventory of the estate"}, ""},
		{"two calls of one", "several-attendees", "", []string{
			"1 02 A 42 Call with Reed regarding marketing campaign", "2 02 A 48 Call with Reed regarding marketing campaign"}, ""},
		{"a hearing", "several-attendees", "", []string{"1 02 A 120 Attend hearing on motion to compel", "2 02 B 120 Appear at hearing on motion to compel", "3 02 C 60 Attended hearing on motion to compel"}, "2[1 3]"},
		{"two may", "several-attendees", "allowed = 2", []string{"1 02 A 120 Attend hearing on motion to compel", "2 02 B 120 Appear at hearing on motion to compel"}, ""},
		{"a reason", "several-attendees", "", []string{"1 02 A 120 Attend hearing on motion to compel", "2 02 B 120 Appear at hearing on motion to compel as second chair"}, ""},
		{"one prepared", "several-attendees", "", []string{"1 02 A 120 Attend hearing on motion to compel", "2 02 B 120 Prepare outline for hearing on motion to compel"}, ""},
		{"one wrote about it", "several-attendees", "", []string{"1 02 A 60 Take deposition of Lin", "2 02 B 30 Draft notice of deposition of Lin", "3 02 C 30 Review deposition transcript of Lin"}, ""},
		{"depositions of two", "several-attendees", "", []string{"1 02 A 60 Take deposition of Lin Wei", "2 02 B 30 Defend deposition of Marisol Rivera"}, ""},
		{"two hearings", "several-attendees", "", []string{"1 02 A 60 Attend settlement conference regarding spousal support", "2 02 B 90 Attend Markman hearing"}, ""},
		{"who it was is not told", "several-attendees", "", []string{"1 02 A 60 Take deposition of plaintiff", "2 02 B 60 Participate in deposition of [name]"}, "2[1]"},
		{"another day", "several-attendees", "", []string{"1 02 A 120 Attend hearing on motion to compel", "2 03 B 120 Attend hearing on motion to compel"}, ""},
		{"meet and confer letters", "several-attendees", "", []string{"1 02 A 60 Draft meet and confer letter to Reed", "2 02 B 60 Revise meet and confer letter to Reed"}, ""},
		{"kinds", "several-attendees", `kinds = ["deposition"]`, []string{"1 02 A 120 Attend hearing on motion to compel", "2 02 B 120 Attend hearing on motion to compel"}, ""},

		{"one increment apart", "conference-hours", "", []string{"1 02 A 42 Call with Reed regarding merger price", "2 02 B 48 Call with Reed regarding merger price"}, ""},
		{"two increments apart", "conference-hours", "", []string{"1 02 A 42 Call with Reed regarding merger price", "2 02 B 54 Call with Reed regarding merger price"}, "2[1]"},
		{"with other work", "conference-hours", "", []string{"1 02 A 42 Call with Reed regarding merger price", "2 02 B 90 Call with Reed regarding merger price; draft summary"}, ""},
		{"with preparation", "conference-hours", "", []string{"1 02 A 42 Call with Reed regarding merger price", "2 02 B 90 Prepare for and attend call with Reed regarding merger price"}, ""},

		{"copied day by day", "repeated-wording", "", []string{"1 02 A 60 Work on discovery", "2 03 A 60 Work on discovery", "3 04 A 60 Work on discovery"}, "3[1 2]"},
		{"twice is chance", "repeated-wording", "", []string{"1 02 A 60 Work on discovery", "2 03 A 60 Work on discovery"}, ""},
		{"several timekeepers", "repeated-wording", "", []string{"1 02 A 60 Work on discovery", "2 03 B 60 Work on discovery", "3 04 C 60 Work on discovery"}, ""},
		{"a weekly call", "repeated-wording", "", []string{"1 02 A 60 Weekly status call", "2 09 A 60 Weekly status call", "3 16 A 60 Weekly status call"}, ""},
		{"many weekly calls", "repeated-wording", "series = 3", []string{"1 02 A 60 Weekly status call", "2 09 A 60 Weekly status call", "3 16 A 60 Weekly status call"}, "3[1 2] note"},
		{"specific wording", "repeated-wording", "", []string{
			"1 02 A 60 Draft motion to compel production of records", "2 03 A 60 Draft motion to compel production of records", "3 04 A 60 Draft motion to compel production of records"}, ""},

		{"long on one motion", "task-total", `documents = { "motion to compel" = 15 }`, []string{
			"1 02 A 600 Draft and prepare motion to compel discovery", "2 03 B 360 Continue revising motion to compel", "3 04 A 120 Draft motion for summary judgment"}, "2[1]"},
		{"two motions", "task-total", "limit = 15", []string{"1 02 A 600 Draft motion to compel", "2 03 B 600 Draft motion for summary judgment"}, ""},
		{"no document of its own", "task-total", "limit = 1", []string{"1 02 A 600 Draft motion", "2 03 B 600 Draft motion"}, ""},

		{"many short calls", "small-items", "", []string{"1 02 A 6 Call with client", "2 02 A 6 Email to client", "3 02 A 6 Email from client", "4 02 A 6 Call with Reed"}, "4[1 2 3]"},
		{"few", "small-items", "", []string{"1 02 A 6 Call with client", "2 02 A 6 Email to client", "3 02 A 6 Email from client", "4 03 A 6 Call with Reed"}, ""},
		{"not calls", "small-items", "", []string{"1 02 A 6 Review order", "2 02 A 6 Review notice", "3 02 A 6 Review stipulation", "4 02 A 6 Call with Reed"}, ""},
	} {
		t.Run(c.check+"/"+c.name, func(t *testing.T) {
			if got := found(t, c.check, c.params, lines(t, c.entries...)); got != c.want {
				t.Errorf("found %q, want %q", got, c.want)
			}
		})
	}
}

func TestOverlap(t *testing.T) {
	at := func(e Entry, spans ...int) Entry { // minutes after nine
		for i := 0; i < len(spans); i += 2 {
			nine := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
			e.Spans = append(e.Spans, billing.Span{Start: nine.Add(time.Duration(spans[i]) * time.Minute), End: nine.Add(time.Duration(spans[i+1]) * time.Minute)})
		}
		return e
	}
	entries := lines(t, "1 02 A 60 Call", "2 02 A 60 Draft", "3 02 A 30 Review", "4 02 B 60 Call", "5 02 A 6 Email")
	entries[0] = at(entries[0], 0, 60)
	entries[1] = at(entries[1], 60, 90, 100, 130) // touches the first
	entries[2] = at(entries[2], 50, 55, 120, 140) // 5 minutes of the first, 10 of the second
	entries[3] = at(entries[3], 0, 60)            // another's
	if got := found(t, "overlap", "", entries); got != "3[1 2]" {
		t.Errorf("found %q", got)
	}
	if got := found(t, "overlap", "tolerance = 5", entries); got != "3[2]" {
		t.Errorf("found %q", got)
	}
	if got := found(t, "overlap", "tolerance = 10", entries); got != "" {
		t.Errorf("found %q", got)
	}
}

func TestBudget(t *testing.T) {
	entries := lines(t, "1 03 A 300 Draft", "2 02 A 300 Draft", "3 04 A 60 Draft", "4 05 A 60 Draft", "5 05 A 600 Draft", "6 06 A 600 Draft")
	for i, code := range []string{"L310", "L310", "L320", "L310", "L110", "L310"} {
		entries[i].TaskCode = code
		entries[i].Rate = billing.Money{Cents: 10000, Currency: "USD"}
	}
	entries[5].Matter = "1-2"
	for _, c := range []struct{ params, want string }{
		{`hours = { L3 = 10 }`, "3[], 4[3]"},             // by date: 2, 1, then 3 passes, and 4 is beyond
		{`hours = { L310 = 10 }`, "4[]"},                 // the other code does not count
		{`hours = { "" = 12 }`, "5[]"},                   // all of the matter
		{`hours = { L3 = 100 }`, ""},                     // enough
		{`fees = { L310 = "999.99" }`, "1[], 4[1], 6[]"}, // the other matter has its own
		{`fees = { L310 = "1000" }`, "4[]"},
	} {
		if got := found(t, "budget", c.params, entries); got != c.want {
			t.Errorf("%s: found %q, want %q", c.params, got, c.want)
		}
	}
	entries[2].NonBillable = true
	if got := found(t, "budget", `hours = { L3 = 10 }`, entries); got != "4[]" {
		t.Errorf("non-billable time counts: %q", got)
	}
}

func TestLateEntry(t *testing.T) {
	e := line(t, "1 02 A 60 Draft")
	for _, c := range []struct {
		entered billing.Day
		want    string
	}{{billing.Day{}, ""}, {dayOf(t, "2026-03-16"), ""}, {dayOf(t, "2026-03-17"), "1[]"}} {
		e.Entered = c.entered
		if got := found(t, "late-entry", "days = 14", []Entry{e}); got != c.want {
			t.Errorf("entered %s: found %q, want %q", c.entered, got, c.want)
		}
	}
}

// What the client does not pay is not held against the bill, and what is of
// another matter has nothing to do with it.
func TestBillChecksKeepApart(t *testing.T) {
	two := func(change func(*Entry)) []Entry {
		list := lines(t, "1 02 A 120 Attend hearing on motion to compel", "2 02 B 180 Attend hearing on motion to compel")
		change(&list[1])
		return list
	}
	for _, check := range []string{"several-attendees", "conference-hours"} {
		if got := found(t, check, "", two(func(*Entry) {})); got == "" {
			t.Errorf("%s: nothing found", check)
		}
		for name, change := range map[string]func(*Entry){
			"not billed":     func(e *Entry) { e.NonBillable = true },
			"another matter": func(e *Entry) { e.Matter = "1-2" },
			"no timekeeper":  func(e *Entry) { e.Timekeeper = "" },
			"no day":         func(e *Entry) { e.Date = billing.Day{} },
		} {
			if got := found(t, check, "", two(change)); got != "" {
				t.Errorf("%s, %s: found %q", check, name, got)
			}
		}
	}
}

func TestDocument(t *testing.T) {
	for text, want := range map[string]string{
		"Draft and prepare motion to compel discovery, and order":  "motion to compel",
		"Continue revising motion for summary judgment":            "motion for summary judgment",
		"Revise Motion to Compel":                                  "motion to compel",
		"Draft motion":                                             "",
		"Call with client":                                         "",
		"Attend hearing on motion to compel":                       "",
		"Revise declaration of Lin in support of motion to compel": "declaration of lin in support of motion to compel",
	} {
		x := language.Parse(text)
		if got := document(&x); got != want {
			t.Errorf("%q is about %q, want %q", text, got, want)
		}
	}
}

func TestEvents(t *testing.T) {
	for text, want := range map[string]eventKind{
		"Telephone conference with client":                              eventConference,
		"Attend case management conference":                             eventHearing,
		"Argue motion to compel":                                        eventHearing,
		"Defend Rivera at deposition":                                   eventDeposition,
		"Depose Lin":                                                    eventDeposition,
		"Emails with client regarding call":                             "",
		"Weekly status call":                                            eventConference,
		"Zoom meeting with team":                                        eventConference,
		"Review file and participate in deposition of Lin":              eventDeposition,
		"Draft brief; attend oral argument":                             eventHearing,
		"Meet and confer with counsel regarding discovery":              eventConference,
		"Prepare for mediation":                                         "",
		"Prepare for and attend mediation":                              eventMediation,
		"Review call notes":                                             "",
		"Schedule deposition of Lin":                                    "",
		"Draft questions for hearing":                                   "",
		"Conference preparation":                                        "",
		"Emails regarding hearing":                                      "",
		"Attend to emails":                                              "",
		"Attention to filing; conduct legal research for hearing brief": "",
	} {
		got := eventKind("")
		x := language.Parse(text)
		if e := eventIn(&x); e != nil {
			got = e.kind
		}
		if got != want {
			t.Errorf("%q tells of %q, want %q", text, got, want)
		}
	}
}
