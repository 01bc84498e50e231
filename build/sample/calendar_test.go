package sample

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/calendar"
)

// observedCalendar reads the calendar between two dates, the second excluded.
func observedCalendar(t *testing.T, p *Practice, from, to billing.Day) []billing.Observation {
	t.Helper()
	data, err := os.ReadFile(p.Calendar)
	if err != nil {
		t.Fatal(err)
	}
	parsed, problems := calendar.Parse(data)
	if len(problems) > 0 {
		t.Errorf("the calendar has %d problems, such as: %s", len(problems), problems[0])
	}
	zone := p.Now.Location()
	out := parsed.Instances(from.Span(zone).Start, to.Span(zone).Start, calendar.View{Own: config(p, billing.SourceCalendar, p.Calendar).Own, Zone: zone})
	for i := range out {
		out[i].ID = billing.ObservationID("calendar " + out[i].ExternalID)
	}
	return out
}

// TestDayAsMeant reads the day's meetings, in New York's time.
func TestDayAsMeant(t *testing.T) {
	want := `
		00:00-00:00 all day         Reply brief due: Estate of Hollis
		09:00-09:30                 Call with Elena Rivera re discovery status
		11:00-11:30                 Weekly call with Marcus Bell re motion to compel
		12:00-12:45         private Dentist
		12:15-13:30 declined        Bar Association luncheon
		13:00-15:00 shown as free   Keep clear: Hollis reply brief
		14:00-14:30 cancelled       Weekly call with Paul Desmond re Harbor Mutual coverage
		15:00-15:30                 Call with Susan Lindqvist re settlement
		16:15-16:45                 Firm meeting with June Park re billing and conflicts check`
	docket := "07:50-08:05                 Docket call (firm meeting)"
	for _, d := range days {
		p := written(t, d)
		want := strings.Fields(want)
		if p.Day.Weekday().String() == "Monday" { // second, after the whole day
			want = append(append(append([]string{}, want[:9]...), strings.Fields(docket)...), want[9:]...)
		}
		var got strings.Builder
		for _, o := range observedCalendar(t, p, p.Day, p.Day.Add(1)) {
			private := ""
			if o.Private {
				private = "private"
			}
			zone := p.Now.Location()
			fmt.Fprintln(&got, o.Span.Start.In(zone).Format("15:04-")+o.Span.End.In(zone).Format("15:04"), o.Ignored, private, o.Subject.Reveal())
		}
		if g, w := strings.Join(strings.Fields(got.String()), " "), strings.Join(want, " "); g != w {
			t.Errorf("%s: the day is\n%s\nwant\n%s", d, got.String(), w)
		}
	}
}

// TestFortnightAsMeant looks at what the day cannot show: the moved instance is
// gone from where it was, one was struck out, and every series keeps its hour.
func TestFortnightAsMeant(t *testing.T) {
	for _, d := range days {
		p := written(t, d)
		w, err := weekOf(p.Day)
		if err != nil {
			t.Fatal(err)
		}
		hours, offsets := map[string]string{}, map[string]map[int]bool{}
		on := map[string]bool{}
		for _, o := range observedCalendar(t, p, w.clocksChanged().Add(-28), p.Day.Add(8)) {
			local := o.Span.Start.In(w.loc)
			slug := o.ExternalID[:strings.Index(o.ExternalID, "-"+p.Day.String())]
			on[slug+" "+local.Format("2006-01-02")] = true
			if slug == "okafor-weekly" && billing.DayOf(local, w.loc) == p.Day && local.Format("15:04") == "15:00" {
				continue // the moved one
			}
			if hours[slug] == "" {
				hours[slug], offsets[slug] = local.Format("15:04"), map[int]bool{}
			}
			if hours[slug] != local.Format("15:04") {
				t.Errorf("%s: %s is at %s, not %s", d, slug, local.Format("15:04"), hours[slug])
			}
			_, offset := local.Zone()
			offsets[slug][offset] = true
		}
		for _, e := range events {
			if e.weekly && len(offsets[e.slug]) != 2 {
				t.Errorf("%s: %s does not cross a change of the clocks", d, e.slug)
			}
			if !e.weekly && !on[e.slug+" "+w.date(e.day).String()] && w.date(e.day).Compare(p.Day.Add(8)) < 0 {
				t.Errorf("%s: %s is missing", d, e.slug)
			}
		}
		for what, want := range map[string]bool{
			"rivera-cocounsel " + p.Day.Add(-7).String():  true,
			"rivera-cocounsel " + p.Day.Add(-14).String(): false,
			"okafor-weekly " + w.date(-1).String():        false,
			"okafor-weekly " + p.Day.String():             true,
		} {
			if on[what] != want {
				t.Errorf("%s: %s is there: %v, want %v", d, what, on[what], want)
			}
		}
	}
}
