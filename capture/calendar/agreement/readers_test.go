package agreement_test

import (
	_ "embed"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/capture/calendar"
	"github.com/tenths/tenths/internal/peer"
)

// instance is when an instance begins and ends, as Unix times. Dates, and times
// without a zone, are counted in UTC by everyone.
type instance struct{ start, end int64 }

// set is the instances of one series.
type set map[instance]bool

// series names one UID of one file; events without a UID go by "".
type series struct{ file, uid string }

// found is what one reader finds.
type found struct {
	sets   map[series]set
	unread map[series]string // with the reason; for a whole file the UID is "*"
}

func newFound() found { return found{map[series]set{}, map[series]string{}} }

func (f found) add(s series, i instance) {
	if f.sets[s] == nil {
		f.sets[s] = set{}
	}
	f.sets[s][i] = true
}

// read reports whether the reader could read s.
func (f found) read(s series) bool {
	return f.unread[s] == "" && f.unread[series{s.file, "*"}] == ""
}

// file is a calendar and the years that are compared.
type file struct {
	name     string
	data     []byte
	from, to int // the first year, and the first no longer compared
}

func year(n int) time.Time { return time.Date(n, 1, 1, 0, 0, 0, 0, time.UTC) }

// ours is what Tenths finds. It is asked year by year, because of one event it
// keeps no more than calendar.Limit instances before the end.
func ours(t *testing.T, files []file) found {
	out := newFound()
	for _, f := range files {
		c, _ := calendar.Parse(f.data)
		for y := f.from; y < f.to; y++ {
			for _, o := range c.Instances(year(y), year(y+1), calendar.View{Zone: time.UTC, Own: []string{"nobody@tenths.example"}}) {
				if start := o.Span.Start; !start.Before(year(y)) && start.Before(year(y+1)) {
					out.add(series{f.name, uidOf(o.ExternalID)}, instance{start.Unix(), o.Span.End.Unix()})
				}
			}
		}
	}
	return out
}

// keyed is the end of an external id that names one instance of a series, or
// one of two events that share a UID.
var keyed = regexp.MustCompile(`(/\d{4}-\d\d-\d\dT[\d:]{8})?(/\d{8}(T\d{6}Z?)?)?$`)

// uidOf returns the UID in an external id.
func uidOf(id string) string {
	if strings.HasPrefix(id, "no-uid-") {
		return ""
	}
	return strings.TrimSpace(keyed.ReplaceAllString(id, ""))
}

//go:embed testdata/libical.c
var libicalProgram string

// libical is what libical finds, with the overrides put in their places here:
// libical leaves that to its callers.
func libical(t *testing.T, files []file) found {
	cc := peer.Need(t, "cc", "gcc libc6-dev")
	dir := t.TempDir()
	program := filepath.Join(dir, "reader")
	if err := os.WriteFile(program+".c", []byte(libicalProgram), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(cc, "-O1", "-o", program, program+".c", "-lical").CombinedOutput(); err != nil {
		if strings.Contains(string(out), "libical/ical.h") || strings.Contains(string(out), "-lical") {
			peer.Missing(t, "libical is not installed: apt-get install libical-dev")
		}
		t.Fatalf("%v\n%s", err, out)
	}
	out := newFound()
	all, years := map[series]*versions{}, map[string]file{}
	run(t, files, exec.Command(program), func(name string, words []string) {
		if words[0] == "X" {
			out.unread[series{name, "*"}] = "gave up"
			return
		}
		s := series{name, unhex(t, words[2])}
		if all[s] == nil {
			all[s] = &versions{masters: map[int64]version{}, overrides: map[int64]version{}}
		}
		n := make([]int64, len(words))
		for i := 3; i < len(words); i++ {
			n[i], _ = strconv.ParseInt(words[i], 10, 64)
		}
		all[s].add(words[0] == "O", n[3:])
	})
	for _, f := range files {
		years[f.name] = f
	}
	for s, v := range all {
		from, to := year(years[s.file].from).Unix(), year(years[s.file].to).Unix()
		for i := range v.merged(s.uid == "") {
			if i.start >= from && i.start < to {
				out.add(s, i)
			}
		}
	}
	return out
}

// versions are the events of one UID as libical gives them.
type versions struct {
	masters   map[int64]version // by the event's number in the file
	overrides map[int64]version // by the instance that is replaced, less the older of two
}

type version struct {
	sequence, changed int64
	set               set
}

// olderThan is the order of RFC 5546 section 2.1.5.
func (v version) olderThan(w version) bool {
	if v.sequence != w.sequence {
		return v.sequence < w.sequence
	}
	return v.changed < w.changed
}

func (v *versions) add(override bool, n []int64) {
	number, one := n[0], version{n[1], n[2], set{{n[3], n[4]}: true}}
	if override {
		if old, ok := v.overrides[n[5]]; !ok || !one.olderThan(old) {
			v.overrides[n[5]] = one
		}
		return
	}
	if old, ok := v.masters[number]; ok {
		maps.Copy(old.set, one.set)
		return
	}
	v.masters[number] = one
}

// merged returns the instances of the newest masters with the overrides in
// their places. Masters of which none is newer all count, and so do all events
// without a UID.
func (v *versions) merged(nameless bool) set {
	out := set{}
	for _, m := range v.masters {
		replaced := false
		for _, other := range v.masters {
			replaced = replaced || m.olderThan(other)
		}
		if !replaced || nameless {
			maps.Copy(out, m.set)
		}
	}
	for at := range v.overrides {
		maps.DeleteFunc(out, func(i instance, _ bool) bool { return i.start == at })
	}
	for _, o := range v.overrides {
		maps.Copy(out, o.set)
	}
	return out
}

//go:embed testdata/recurring.py
var recurringProgram string

// recurring is what Python's recurring_ical_events finds.
func recurring(t *testing.T, files []file) found {
	python := "/usr/bin/python3" // Debian's, which has Debian's modules
	if err := exec.Command(python, "-c", "import recurring_ical_events").Run(); err != nil {
		peer.Missing(t, "recurring_ical_events is not installed: apt-get install python3-recurring-ical-events")
	}
	out := newFound()
	run(t, files, exec.Command(python, "-c", recurringProgram), func(name string, words []string) {
		switch words[0] {
		case "X":
			out.unread[series{name, "*"}] = "the file cannot be read"
		case "T":
			out.unread[series{name, strings.TrimSpace(unhex(t, words[2]))}] = words[3]
		default:
			start, _ := strconv.ParseInt(words[3], 10, 64)
			end, _ := strconv.ParseInt(words[4], 10, 64)
			out.add(series{name, strings.TrimSpace(unhex(t, words[2]))}, instance{start, end})
		}
	})
	return out
}

// run gives the files to a reader and its lines to do.
func run(t *testing.T, files []file, reader *exec.Cmd, do func(name string, words []string)) {
	t.Helper()
	dir := t.TempDir()
	var list strings.Builder
	names := map[string]string{}
	for i, f := range files {
		path := filepath.Join(dir, strconv.Itoa(i)+".ics")
		names[path] = f.name
		if err := os.WriteFile(path, f.data, 0o600); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&list, "%s\t%d\t%d\n", path, year(f.from).Unix(), year(f.to).Unix())
	}
	reader.Stdin = strings.NewReader(list.String())
	var said strings.Builder
	reader.Stderr = &said
	out, err := reader.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, said.String())
	}
	for line := range strings.Lines(string(out)) {
		words := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(words) < 2 || names[words[1]] == "" {
			t.Fatalf("the reader said %q", line)
		}
		do(names[words[1]], words)
	}
}

func unhex(t *testing.T, s string) string {
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
