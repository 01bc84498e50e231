package note_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/note"
)

var small = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
var tensOf = strings.Fields("_ _ twenty thirty forty fifty sixty seventy eighty ninety")

// inWords writes a number below a hundred as it is said.
func inWords(n int64, joint string) string {
	switch {
	case n < 20:
		return small[n]
	case n%10 == 0:
		return tensOf[n/10]
	}
	return tensOf[n/10] + joint + small[n%10]
}

// ways returns ways to say a duration of whole minutes.
func ways(minutes int64) []string {
	h, m := minutes/60, minutes%60
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if minutes < 100 {
		add("%d min", minutes)
		add("%d mins", minutes)
		add("%dm", minutes)
		add("%s minutes", inWords(minutes, "-"))
		add("%s minutes", inWords(minutes, " "))
	}
	add("%d minutes", minutes)
	if minutes%6 == 0 {
		add("%d.%d", h, m/6)
		add("%d.%dh", h, m/6)
		add("%d.%d hrs", h, m/6)
		add("%s point %s", inWords(h, " "), small[m/6])
		if h == 0 {
			add(".%d", m/6)
			add("point %s", small[m/6])
			if m > 6 {
				add("%s tenths", small[m/6])
				add("%s tenths of an hour", small[m/6])
			}
		}
		if h == 1 && m > 6 {
			add("one and %s tenths hours", small[m/6])
		}
	}
	if minutes%3 == 0 {
		add("%d.%02d", h, m*100/60)
		add("%d.%02d hours", h, m*100/60)
	}
	if h > 0 && m > 0 {
		add("%dh%02d", h, m)
		add("%dh %dm", h, m)
		add("%d hr %d min", h, m)
		add("%s hours and %s minutes", inWords(h, " "), inWords(m, " "))
		if h <= 5 {
			add("%d:%02d", h, m)
		}
		if h == 1 {
			add("an hour and %s minutes", inWords(m, "-"))
		}
	}
	if m == 0 && h > 0 {
		add("%d hours", h)
		add("%s hours", inWords(h, " "))
		add("%dh", h)
	}
	for part, said := range map[int64]string{15: "quarter", 30: "half"} {
		if m == part && h > 1 {
			add("%s and a %s hours", inWords(h, " "), said)
			add("%s hours and a %s", inWords(h, " "), said)
		}
		if m == part && h == 1 {
			add("an hour and a %s", said)
			add("hour and a %s", said)
		}
	}
	switch minutes {
	case 15:
		out = append(out, "a quarter of an hour", "quarter of an hour", "a quarter hour", "¼ hour")
	case 30:
		out = append(out, "half an hour", "a half hour", "a half-hour", "half hour", "½ hour", "1/2 hour")
	case 45:
		out = append(out, "three quarters of an hour", "¾ of an hour", "three-quarters of an hour")
	case 90:
		out = append(out, "1½ hours", "1 1/2 hours", "one and a half hours")
	}
	return out
}

// sayings are places where a duration may stand.
var sayings = []string{
	"%s drafting the reply brief", "%s, drafting the reply brief", "drafted the reply brief %s", "drafted the reply brief for %s", "Drafted the reply brief (%s).",
	"I spent %s drafting the reply brief", "drafted the reply brief, %s", "draft reply brief - %s", "spent %s on the reply brief", "call with the client %s", "%s call with the client", "call with opposing counsel about Rule 26 for %s",
}

// Every duration reads back exactly, however it is said and wherever it stands.
func TestDurationsReadBack(t *testing.T) {
	in := office(t)
	rapid.Check(t, func(t *rapid.T) {
		minutes := rapid.Int64Range(1, 9*60).Draw(t, "minutes")
		line := fmt.Sprintf(rapid.SampledFrom(sayings).Draw(t, "saying"), rapid.SampledFrom(ways(minutes)).Draw(t, "way"))
		if rapid.Bool().Draw(t, "loud") {
			line = strings.ToUpper(line)
		}
		parts := note.Read(line, in)
		if len(parts) != 1 || parts[0].Worked == nil || *parts[0].Worked != minutes*60 {
			t.Fatalf("%q: %s", line, written(in, parts))
		}
	})
}

// So do two, joined in any way.
func TestTwoDurationsReadBack(t *testing.T) {
	in := office(t)
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) (int64, string) {
			minutes := rapid.Int64Range(1, 9*60).Draw(t, name)
			return minutes, rapid.SampledFrom(ways(minutes)).Draw(t, name+" said")
		}
		a, first := draw("first")
		b, other := draw("other")
		joint := rapid.SampledFrom([]string{", then ", " then ", "; ", ". Then ", ", and ", " and then ", "\n", ", ", " followed by "}).Draw(t, "joint")
		line := first + " reviewing the lease" + joint + other + " drafting the guaranty"
		if rapid.Bool().Draw(t, "after") {
			line = "reviewed the lease " + first + joint + "drafted the guaranty " + other
		}
		parts := note.Read(line, in)
		if len(parts) != 2 || parts[0].Worked == nil || parts[1].Worked == nil || *parts[0].Worked != a*60 || *parts[1].Worked != b*60 {
			t.Fatalf("%q: %s", line, written(in, parts))
		}
	})
}

// What is shared sums to what was said.
func TestSharesSumToTheWhole(t *testing.T) {
	in := office(t)
	rapid.Check(t, func(t *rapid.T) {
		minutes := rapid.Int64Range(1, 9*60).Draw(t, "minutes")
		parts := note.Read(rapid.SampledFrom(ways(minutes)).Draw(t, "way")+" split between the lease, the guaranty and the estoppel", in)
		sum := int64(0)
		for _, p := range parts {
			if p.Worked != nil {
				sum += *p.Worked
			}
		}
		if len(parts) != 3 || sum != minutes*60 {
			t.Fatalf("%d min became %s", minutes, written(in, parts))
		}
	})
}

// A clock time lies on the day, also on days whose clocks change.
func TestClockTimesOfDaysOnWhichClocksChange(t *testing.T) {
	in := office(t)
	in.Now = time.Time{}
	for day, want := range map[billing.Day]int64{{Year: 2026, Month: 3, Day: 8}: 2 * 3600, {Year: 2026, Month: 11, Day: 1}: 4 * 3600, {Year: 2026, Month: 11, Day: 2}: 3 * 3600} {
		in.Day = day
		parts := note.Read("drafted the brief from 1 am to 4 am", in)
		if len(parts) != 1 || parts[0].Worked == nil || *parts[0].Worked != want || billing.DayOf(parts[0].Start, in.Zone) != day {
			t.Errorf("%s: %s", day, written(in, parts))
		}
	}
}

// What a narrative says reads as the same narrative.
func TestNarrativesReadAsThemselves(t *testing.T) {
	in := office(t)
	for _, v := range vectors(t, "testdata/vectors.txt") {
		for _, p := range note.Read(v.line, in) {
			again := note.Read(string(p.Narrative), in)
			if len(again) == 1 && again[0].Worked == nil && !strings.EqualFold(string(again[0].Narrative), string(p.Narrative)) {
				t.Errorf("%q reads as %q", string(p.Narrative), string(again[0].Narrative))
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, file := range vectorFiles {
		for _, v := range vectors(f, file) {
			f.Add(v.line)
		}
	}
	for _, file := range fieldFiles {
		for _, v := range vectors(f, file) {
			f.Add(v.line)
		}
	}
	for _, s := range []string{"", "0.3", "1:", "from to", "half past", "each 0.5 on", "total of 2 hours: the rest", "scratch that", "no, no, 0.4", "for Rivera:", "all on Lin", "½½", "1h1h1h", "9:99-10", "point point", "\xff 0.2", "w/w/o/w/"} {
		f.Add(s)
	}
	in := office(f)
	f.Fuzz(func(t *testing.T, line string) {
		parts := note.Read(line, in)
		if len(parts) > (len(line)+1)/2 {
			t.Fatalf("%q has %d parts", line, len(parts))
		}
		end := 0
		for _, p := range parts {
			if p.Worked != nil && (*p.Worked <= 0 || *p.Worked > 25*3600) {
				t.Fatalf("%q took %d s", line, *p.Worked)
			}
			if p.Narrative == "" && p.Wrong == "" && len(p.Asks) == 0 {
				t.Fatalf("%q has a part that says nothing", line)
			}
			for _, s := range p.Spans {
				if s.Start < end || s.End <= s.Start || s.End > len(line) {
					t.Fatalf("%q: source %v after %d", line, s, end)
				}
				end = s.End
			}
			if !utf8.ValidString(string(p.Narrative)) && utf8.ValidString(line) {
				t.Fatalf("%q became %q", line, string(p.Narrative))
			}
			if p.Worked == nil && p.Wrong == "" && !slices.ContainsFunc(p.Asks, func(a note.Ask) bool { return a.Key == "worked" }) {
				t.Fatalf("%q does not ask how long", line)
			}
			if !p.End.IsZero() && p.End.Before(p.Start) {
				t.Fatalf("%q ends before it starts", line)
			}
		}
	})
}
