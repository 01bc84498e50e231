// Package agreement_test holds what Tenths reads in calendars against what two
// readers that nobody here wrote find in the same files: libical, and Python's
// recurring_ical_events. It knows package calendar and its recurrence rules
// only by what they give.
package agreement_test

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/internal/peer"
)

// Of every series both readers find what we find, or the exceptions say why
// not; an exception that is no longer one fails too.
func TestAgreement(t *testing.T) {
	peer.Heavy(t)
	compare(t, corpus(t, func(string, []byte) bool { return true }), true)
}

// The same for the small calendars of one collection.
func TestAgreementSmall(t *testing.T) {
	compare(t, corpus(t, func(name string, data []byte) bool {
		return strings.Contains(name, "events__test__calendars__issue_") && len(data) < 1500
	}), false)
}

func compare(t *testing.T, files []file, whole bool) {
	started := time.Now()
	us := ours(t, files)
	took := time.Since(started)
	python, libical := recurring(t, files), libical(t, files)
	var n tally
	used := map[named]bool{}
	for _, s := range seriesOf(us, python, libical) {
		mine := us.sets[s]
		differs := who(python.read(s) && !maps.Equal(mine, python.sets[s]), libical.read(s) && !maps.Equal(mine, libical.sets[s]))
		n.add(mine, python.sets[s], libical.sets[s], python.read(s), libical.read(s), differs)
		if differs == "" {
			continue
		}
		if one, ok := excepted(s, differs); ok {
			used[one] = true
		} else {
			t.Errorf("%s, UID %q: %s\n%s", s.file, s.uid, differs, difference(mine, python, libical, s))
		}
	}
	for _, e := range exceptions {
		for _, one := range e.series {
			if whole && !used[named{e.differs, one}] {
				t.Errorf("%s, UID %q: %s agrees; take the exception away", one.file, one.uid, e.differs)
			}
		}
	}
	t.Logf("%d calendars, read by Tenths in %v, for a year at a time\n%s", len(files), took.Round(time.Millisecond), n)
}

// who names the readers that differ, as exceptions do.
func who(python, libical bool) string {
	switch {
	case python && libical:
		return "both"
	case python:
		return "python"
	case libical:
		return "libical"
	}
	return ""
}

// tally counts how often readers agree.
type tally struct {
	series, same, alone, withPython, withLibical, three, one, oneSame, none int
	agreed, found, extra                                                    int // instances
}

func (n *tally) add(us, python, libical set, pythonRead, libicalRead bool, differs string) {
	n.series++
	switch {
	case !pythonRead && !libicalRead:
		n.none++
		return
	case !pythonRead || !libicalRead:
		n.one++
		if differs == "" {
			n.oneSame++
		}
		return
	case differs == "":
		n.same++
	case differs == "libical":
		n.withPython++
	case differs == "python":
		n.withLibical++
	case maps.Equal(python, libical):
		n.alone++
	default:
		n.three++
	}
	for i := range python {
		if libical[i] {
			n.agreed++
			if us[i] {
				n.found++
			}
		}
	}
	for i := range us {
		if !python[i] && !libical[i] {
			n.extra++
		}
	}
}

func (n tally) String() string {
	return fmt.Sprintf("of %d series all three agree on %d; Tenths and Python against libical %d, Tenths and libical against Python %d, "+
		"both against Tenths %d, all differ %d; only one reader could read %d and agrees with Tenths on %d of them, none %d\n"+
		"of %d instances that both readers find Tenths finds %d, and %d that neither finds",
		n.series, n.same, n.withPython, n.withLibical, n.alone, n.three, n.one, n.oneSame, n.none, n.agreed, n.found, n.extra)
}

// seriesOf returns the series that any reader finds, in order.
func seriesOf(readers ...found) []series {
	all := map[series]bool{}
	for _, f := range readers {
		for s := range f.sets {
			all[s] = true
		}
	}
	return slices.SortedFunc(maps.Keys(all), func(a, b series) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.uid, b.uid))
	})
}

// difference writes what the readers have less (-) and more (+) than us.
func difference(us set, python, libical found, s series) string {
	var b strings.Builder
	for name, f := range map[string]found{"python": python, "libical": libical} {
		fmt.Fprintf(&b, "  %s %d, us %d:", name, len(f.sets[s]), len(us))
		if !f.read(s) {
			b.WriteString(" unread\n")
			continue
		}
		for _, one := range []struct {
			sign      string
			has, less set
		}{{"-", us, f.sets[s]}, {"+", f.sets[s], us}} {
			var list []string
			for i := range one.has {
				if !one.less[i] {
					const layout = "20060102T150405"
					list = append(list, one.sign+time.Unix(i.start, 0).UTC().Format(layout)+"/"+time.Unix(i.end, 0).UTC().Format(layout))
				}
			}
			slices.Sort(list)
			fmt.Fprintf(&b, " %v", list[:min(len(list), 4)])
		}
		b.WriteString("\n")
	}
	return b.String()
}

var (
	dated     = regexp.MustCompile(`(?mi)^(?:DTSTART|RECURRENCE-ID|RDATE)\b[^\r\n]*?[:,]((?:19|20)\d\d)\d{4}`)
	timezones = regexp.MustCompile(`(?s)BEGIN:VTIMEZONE.*?END:VTIMEZONE`)
)

// corpus returns the calendars to compare. The years begin with the first that
// a file names for an event and end three after the last, but no more than
// forty of them and none after 2037, where 32 bits end.
func corpus(t *testing.T, keep func(name string, data []byte) bool) (files []file) {
	t.Helper()
	for name, data := range peer.Archive(t, "data", "calendars", "calendars.tar.gz") {
		if path.Ext(name) != ".ics" || !keep(name, data) {
			continue
		}
		f := file{name: name, data: data, from: 2037}
		last := 0
		for _, m := range dated.FindAllSubmatch(timezones.ReplaceAll(data, nil), -1) {
			y, _ := strconv.Atoi(string(m[1]))
			f.from, last = min(f.from, y), max(last, y)
		}
		f.to = max(f.from+1, min(last+3, f.from+40, 2037))
		files = append(files, f)
	}
	if len(files) == 0 {
		t.Fatal("no calendars")
	}
	return files
}
