package recur_test

import (
	"bufio"
	"errors"
	"strings"
	"testing"

	"github.com/tenths/tenths/capture/calendar/internal/civil"
	"github.com/tenths/tenths/capture/calendar/internal/ical"
	"github.com/tenths/tenths/capture/calendar/internal/recur"
	"github.com/tenths/tenths/internal/peer"
)

// The recurrence rules that libical tests itself with, with the instances that
// it and its contributors hold to be right.
func TestLibical(t *testing.T) {
	for _, name := range []string{"libical__icalrecur_test.txt", "libical__icalrecur_test_rscale.txt"} {
		agree, total := 0, 0
		for _, c := range libicalCases(t, name) {
			if strings.Contains(c.instances, "UNIMPLEMENTED") {
				continue // what libical itself leaves open
			}
			total++
			got := expand(t, c)
			if got == c.instances {
				agree++
				continue
			}
			t.Errorf("%s\nRRULE:%s\nDTSTART:%s\ngot  %s\nwant %s", c.title, c.rule, c.start, got, c.instances)
		}
		if total == 0 {
			t.Errorf("%s holds no rules", name)
		}
		t.Logf("%s: %d of %d rules agree", name, agree, total)
	}
}

func expand(t *testing.T, c libicalCase) string {
	t.Helper()
	rule, err := recur.Parse(c.rule)
	if errors.Is(err, recur.ErrScale) {
		return "not Gregorian"
	}
	if err != nil {
		return "*** MALFORMEDDATA: An input string was not correctly formed or a component has missing or extra properties"
	}
	start, err := ical.ParseStamp(c.start)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for at := range rule.Expand(recur.Expansion{Start: start.Time, Date: start.Date, Seek: start.Time, End: civil.Of(2200, 1, 1, 0, 0, 0)}) {
		s := strings.NewReplacer("-", "", ":", "").Replace(at.String())
		if start.Date {
			s = s[:8]
		} else if start.UTC {
			s += "Z"
		}
		if out = append(out, s); len(out) > 5000 {
			t.Fatalf("%s never ends", c.rule)
		}
	}
	return strings.Join(out, ",")
}

type libicalCase struct{ title, rule, start, instances string }

func libicalCases(t *testing.T, name string) (cases []libicalCase) {
	t.Helper()
	var c libicalCase
	lines := bufio.NewScanner(strings.NewReader(member(t, "expected/"+name)))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		key, value, _ := strings.Cut(line, ":")
		switch {
		case strings.HasPrefix(line, "#"):
			c.title = line
		case key == "RRULE":
			c.rule = value
		case key == "DTSTART":
			c.start = value
		case key == "INSTANCES":
			c.instances = value
			cases = append(cases, c)
			c = libicalCase{}
		}
	}
	return cases
}

// member returns one file of the archive of calendars.
func member(t *testing.T, name string) string {
	t.Helper()
	for found, data := range peer.Archive(t, "data", "calendars", "calendars.tar.gz") {
		if found == name {
			return string(data)
		}
	}
	t.Fatalf("the archive has no %s", name)
	return ""
}
