package app_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/wake"
)

// machine is a computer whose clocks the test sets. Its zero boot tells nothing
// of itself, like Windows and macOS.
type machine struct {
	now   time.Time
	boot  string
	up    time.Duration
	awake time.Duration
}

func (m *machine) clock() time.Time { return m.now }

func (m *machine) uptime() app.Uptime {
	if m.boot == "" {
		return app.Uptime{}
	}
	return app.Uptime{Boot: m.boot, Up: m.up, Awake: m.awake}
}

func (m *machine) work(d time.Duration) { m.sleep(d); m.awake += d }

func (m *machine) sleep(d time.Duration) { m.now, m.up = m.now.Add(d), m.up+d }

// restart takes d, and begins a new run of the system.
func (m *machine) restart(d time.Duration) {
	m.now = m.now.Add(d)
	m.boot, m.up, m.awake = m.boot+"'", 10*time.Second, 10*time.Second
}

// bench is a practice on such a machine.
type bench struct {
	*app.Practice
	*machine
	t testing.TB
}

// on opens a practice at an instant such as "2026-11-19 09:00" in a zone.
func on(t testing.TB, boot, zone, when string) *bench {
	t.Helper()
	return until(t, t.Cleanup, boot, zone, when)
}

// until does what on does; clean is told what to do at the end.
func until(t testing.TB, clean func(func()), boot, zone, when string) *bench {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", when, loc)
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, machine: &machine{now: at, boot: boot, up: time.Hour, awake: time.Hour}}
	dir, err := os.MkdirTemp("", "tenths-timer")
	b.check(err)
	b.Practice, err = app.Open(t.Context(), app.Config{Dir: dir, Zone: zone, Now: b.clock, Uptime: b.uptime})
	b.check(err)
	clean(func() { b.check(errors.Join(b.Practice.Close(), os.RemoveAll(dir))) })
	_, err = app.Matters{Practice: b.Practice}.Import(t.Context(), strings.NewReader("number,name,closed\n2024-0113,Rivera v. Acme,\n2025-0042,Estate of Lin,\n2020-0001,Old v. Gone,yes\n"))
	b.check(err)
	return b
}

func (b *bench) check(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) timers() app.Timers { return app.Timers{Practice: b.Practice} }

func (b *bench) start(label, matter string) app.TimerView {
	b.t.Helper()
	v, err := b.timers().Start(b.t.Context(), label, matter)
	b.check(err)
	return v
}

func (b *bench) stop(id int64) app.TimerView {
	b.t.Helper()
	v, err := b.timers().Stop(b.t.Context(), id)
	b.check(err)
	return v
}

// drafts returns a day's drafts in short.
func (b *bench) drafts(day string) string {
	b.t.Helper()
	d, err := billing.ParseDay(day)
	b.check(err)
	list, err := app.Review{Practice: b.Practice}.Drafts(b.t.Context(), d)
	b.check(err)
	var out []string
	for _, e := range list {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%ds %s %s|%s", e.WorkedSeconds, e.Hours, e.Matter, e.Narrative)))
	}
	return strings.Join(out, "; ")
}

func (b *bench) want(day, want string) {
	b.t.Helper()
	if got := b.drafts(day); got != want {
		b.t.Fatalf("the drafts of %s are\n  %s\nwant\n  %s", day, got, want)
	}
}

// says are what a timer left out, in words.
func says(v app.TimerView) string {
	var out []string
	for _, a := range v.Asleep {
		out = append(out, a.Says)
	}
	return strings.Join(out, "; ")
}

func TestTimersTakeTurns(t *testing.T) {
	b := on(t, "b", "UTC", "2026-11-19 09:00")
	lin := b.start("call with opposing counsel re discovery", "2025-0042")
	b.work(18 * time.Minute)
	riv := b.start("research standing", "2024-0113")
	b.work(30 * time.Minute)
	_, err := b.timers().Switch(t.Context(), lin.ID)
	b.check(err)
	b.work(12 * time.Minute)
	b.want("2026-11-19", "1800s 0.5 2025-0042|Call with opposing counsel re discovery; 1800s 0.5 2024-0113|Research standing")
	if v := b.stop(0); v.ID != lin.ID || v.Seconds != 1800 || len(v.Segments) != 2 {
		t.Fatalf("stopped %+v", v)
	}
	_, err = b.timers().Stop(t.Context(), 0)
	wantKind(t, err, billing.Conflict)
	_, err = b.timers().Stop(t.Context(), lin.ID)
	wantKind(t, err, billing.Conflict)
	_, err = b.timers().Switch(t.Context(), lin.ID)
	wantKind(t, err, billing.Conflict)
	_, err = b.timers().Stop(t.Context(), 99)
	wantKind(t, err, billing.NotFound)
	b.stop(riv.ID)
	_, err = b.timers().Discard(t.Context(), riv.ID)
	b.check(err)
	b.want("2026-11-19", "1800s 0.5 2025-0042|Call with opposing counsel re discovery")
	_, err = b.timers().Discard(t.Context(), riv.ID)
	wantKind(t, err, billing.Conflict)
}

func TestTimerNeedsAnOpenMatter(t *testing.T) {
	b := on(t, "b", "UTC", "2026-11-19 09:00")
	_, err := b.timers().Start(t.Context(), "x", "2020-0001")
	wantKind(t, err, billing.Conflict)
	_, err = b.timers().Start(t.Context(), "x", "nope")
	wantKind(t, err, billing.NotFound)
	if list, err := b.timers().List(t.Context()); err != nil || len(list) != 0 {
		t.Fatalf("%v, %v", list, err)
	}
}

// A running timer is seen as it grows; what was approved of it stays, and the
// rest is drafted under the same matter.
func TestTimerGrows(t *testing.T) {
	b := on(t, "b", "UTC", "2026-11-19 09:00")
	b.start("research", "2024-0113")
	b.work(59 * time.Second)
	b.want("2026-11-19", "")
	b.work(time.Minute)
	b.want("2026-11-19", "119s 0.1 2024-0113|Research")
	b.work(30 * time.Second)
	b.want("2026-11-19", "119s 0.1 2024-0113|Research")
	b.work(time.Hour)
	b.want("2026-11-19", "3749s 1.0 2024-0113|Research")
	day, err := billing.ParseDay("2026-11-19")
	b.check(err)
	_, err = app.Review{Practice: b.Practice}.Approve(t.Context(), day, nil, "")
	b.check(err)
	b.work(10 * time.Minute)
	b.stop(0)
	b.want("2026-11-19", "3749s 1.0 2024-0113|Research; 600s 0.2 2024-0113|Research")
}

func TestTimerLeavesSleepOut(t *testing.T) {
	for name, c := range map[string]struct {
		pass   func(m *machine, look func())
		counts int64
		kept   int64 // after keep, -1 when there is nothing to keep
		says   string
	}{
		"nobody looked": {func(m *machine, _ func()) { m.work(2 * time.Hour) }, 7200, -1, ""},
		"asleep": {func(m *machine, look func()) {
			m.work(time.Hour)
			look()
			m.sleep(67 * time.Minute)
			m.work(5 * time.Second)
			look()
			m.work(time.Hour)
		}, 7200, 7200 + 67*60 + 5, "asleep 11:00–12:07, not counted"},
		"asleep, and nobody saw when": {func(m *machine, _ func()) {
			m.work(time.Hour)
			m.sleep(67 * time.Minute)
			m.work(time.Hour)
		}, 0, 187 * 60, "asleep for 1h07 between 10:00 and 13:07, nobody saw when, not counted"},
		"restarted": {func(m *machine, look func()) {
			m.work(time.Hour)
			look()
			m.restart(20 * time.Minute)
		}, 3600, 4800, "the computer was restarted between 11:00 and 11:20, not counted"},
		"clock set forward": {func(m *machine, look func()) {
			m.work(time.Hour)
			look()
			m.now = m.now.Add(time.Hour)
		}, 3600, 7200, "the clock was set between 11:00 and 12:00, not counted"},
		"clock set back": {func(m *machine, look func()) {
			m.work(time.Hour)
			look()
			m.now = m.now.Add(-30 * time.Minute)
			look()
			m.work(45 * time.Minute)
		}, 3600 + 15*60, -1, "the clock was set back from 11:00 to 10:30; that time came twice and is counted once"},
		"clock set back before the start": {func(m *machine, _ func()) {
			m.work(time.Minute)
			m.now = m.now.Add(-time.Hour)
		}, 0, -1, "the clock was set back from 10:00 to 09:01; that time came twice and is counted once"},
	} {
		t.Run(name, func(t *testing.T) {
			b := on(t, "b", "UTC", "2026-11-19 10:00")
			b.start("brief", "2024-0113")
			c.pass(b.machine, func() { b.drafts("2026-11-19") })
			v := b.stop(0)
			if v.Seconds != c.counts || says(v) != c.says {
				t.Fatalf("counted %d s and says %q, want %d and %q", v.Seconds, says(v), c.counts, c.says)
			}
			v, err := b.timers().Keep(t.Context(), v.ID)
			if c.kept < 0 {
				wantKind(t, err, billing.Conflict)
				return
			}
			b.check(err)
			if v.Seconds != c.kept {
				t.Fatalf("kept, it counts %d s, want %d", v.Seconds, c.kept)
			}
			b.want("2026-11-19", fmt.Sprintf("%ds %s 2024-0113|Brief", c.kept, billing.FormatTenths(billing.Tenths.Minutes(c.kept))))
			_, err = b.timers().Keep(t.Context(), v.ID)
			wantKind(t, err, billing.Conflict)
		})
	}
}

// Elapsed time comes from instants: the night in which clocks go back has an
// hour more, the one in which they go forward an hour less.
func TestTimerOverClockChangeAndMidnight(t *testing.T) {
	for when, want := range map[string][2]string{
		"2026-10-31 23:00": {"3600s 1.0 2024-0113|Trial", "10800s 3.0 2024-0113|Trial"}, // to 02:00 EST
		"2026-03-07 23:00": {"3600s 1.0 2024-0113|Trial", "10800s 3.0 2024-0113|Trial"}, // to 04:00 EDT
		"2026-11-19 23:00": {"3600s 1.0 2024-0113|Trial", "10800s 3.0 2024-0113|Trial"},
	} {
		b := on(t, "b", "America/New_York", when)
		b.start("trial", "2024-0113")
		first := b.now.Format(time.DateOnly)
		b.work(4 * time.Hour)
		second := b.now.Format(time.DateOnly)
		if v := b.stop(0); v.Seconds != 4*3600 {
			t.Errorf("%s: counted %d s", when, v.Seconds)
		}
		b.want(first, want[0])
		b.want(second, want[1])
	}
}

// Where the system tells nothing, whoever watches the clocks notices: here as
// it is wired in the program, under a clock that the test advances.
func TestWatchedTimer(t *testing.T) {
	for _, boot := range []string{"", "b"} {
		synctest.Test(t, func(t *testing.T) {
			var shift time.Duration
			begin := time.Now()
			now := func() time.Time { return time.Now().Add(shift) }
			p, err := app.Open(t.Context(), app.Config{
				Dir: t.TempDir(), Zone: "UTC", Now: now, Watch: wake.Watch,
				Uptime: func() app.Uptime {
					if boot == "" {
						return app.Uptime{}
					}
					return app.Uptime{Boot: boot, Up: now().Sub(begin), Awake: time.Since(begin)}
				},
			})
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan struct{})
			go func() {
				defer close(done)
				_, _ = app.Sources{Practice: p}.Capture(ctx, false)
			}()
			if _, err := (app.Timers{Practice: p}).Start(ctx, "deposition", ""); err != nil {
				t.Fatal(err)
			}
			time.Sleep(10*time.Minute + 7*time.Second) // the last tick was two or seven seconds ago
			shift = time.Hour
			time.Sleep(10 * time.Minute)
			v, err := app.Timers{Practice: p}.Stop(ctx, 0)
			cancel()
			<-done
			if err := errors.Join(err, p.Close()); err != nil {
				t.Fatal(err)
			}
			left := int64(0)
			for _, a := range v.Asleep {
				left += a.Seconds
			}
			if len(v.Asleep) != 1 || v.Asleep[0].Reason != "asleep" || left < 3600 || left > 3600+2*15+1 {
				t.Errorf("with boot %q it left out %+v", boot, v.Asleep)
			}
			if all := v.Seconds + left; all < 4806 || all > 4807 {
				t.Errorf("with boot %q %d s are counted and %d left out of 4807", boot, v.Seconds, left)
			}
		})
	}
}

// A program that dies takes nothing along: the start is stored before it says so.
func TestTimerSurvivesKill(t *testing.T) {
	if dir := os.Getenv("TENTHS_TEST_TIMER"); dir != "" {
		p, err := app.Open(t.Context(), app.Config{Dir: dir, Zone: "UTC", Now: time.Now})
		if err == nil {
			_, err = app.Timers{Practice: p}.Start(t.Context(), "killed", "")
		}
		if err != nil {
			t.Fatal(err)
		}
		self, _ := os.FindProcess(os.Getpid())
		_ = self.Kill()
		select {}
	}
	dir := t.TempDir()
	before := time.Now().Truncate(time.Second)
	cmd := exec.Command(os.Args[0], "-test.run=^TestTimerSurvivesKill$")
	cmd.Env = append(os.Environ(), "TENTHS_TEST_TIMER="+dir)
	if out, err := cmd.CombinedOutput(); err == nil || strings.Contains(string(out), "FAIL") {
		t.Fatalf("it was not killed: %v\n%s", err, out)
	}
	later := time.Now().Add(time.Hour)
	p, err := app.Open(t.Context(), app.Config{Dir: dir, Zone: "UTC", Now: func() time.Time { return later }})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	v, err := app.Timers{Practice: p}.Stop(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	start, _ := time.Parse(time.RFC3339, v.Start)
	if start.Before(before) || v.Label != "killed" || v.Seconds < 3600 || v.Seconds > 3660 {
		t.Fatalf("after the crash the timer is %+v", v)
	}
}

// A timer that is started in time that came twice counts from where that ends.
func TestTimerStartedInTimeThatCameTwice(t *testing.T) {
	for _, boot := range []string{"b", ""} {
		b := on(t, boot, "UTC", "2026-11-19 09:00")
		b.start("one", "2024-0113")
		b.work(time.Hour)
		b.stop(0)
		b.now = b.now.Add(-30 * time.Minute)
		b.start("two", "2025-0042")
		b.work(20 * time.Minute)
		b.want("2026-11-19", "") // the first one's end has not come yet, by this clock
		b.work(40 * time.Minute)
		b.stop(0)
		b.want("2026-11-19", "3600s 1.0 2024-0113|One; 1800s 0.5 2025-0042|Two")
	}
}

// What a person files elsewhere outweighs the matter that the timer was started
// for, also for what it runs afterwards; the label's words outweigh neither.
func TestTimerIsFiledElsewhere(t *testing.T) {
	b := on(t, "b", "UTC", "2026-11-19 09:00")
	b.start("Estate of Lin inventory, 2025-0042", "2024-0113")
	b.work(12 * time.Minute)
	b.want("2026-11-19", "720s 0.2 2024-0113|Estate of Lin inventory, 2025-0042")
	day := billing.Day{Year: 2026, Month: 11, Day: 19}
	r := app.Review{Practice: b.Practice}
	list, err := r.Drafts(t.Context(), day)
	b.check(err)
	id := billing.EntryID(list[0].ID)
	b.check(r.Edit(t.Context(), id, editMatter("2025-0042")))
	b.check(r.Accept(t.Context(), id))
	b.work(12 * time.Minute)
	b.stop(0)
	b.want("2026-11-19", "720s 0.2 2025-0042|Estate of Lin inventory; 720s 0.2 2025-0042|Estate of Lin inventory")
}

// Whatever happens to timers and to the machine: no second is in two segments,
// none is counted and left out, and for a timer that was always on the two add
// up to the time from its start to its stop.
func TestTimerLaws(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		boot := rapid.SampledFrom([]string{"b", ""}).Draw(rt, "boot")
		b := until(t, rt.Cleanup, boot, "America/New_York", "2026-10-31 20:00")
		first := b.start("first", "2024-0113")
		begin, always, back := b.now, true, false
		ids := []int64{first.ID}
		for range rapid.IntRange(0, 8).Draw(rt, "steps") {
			d := time.Duration(rapid.IntRange(0, 7200).Draw(rt, "seconds")) * time.Second
			switch rapid.SampledFrom([]string{"work", "sleep", "restart", "look", "look", "start", "switch", "keep", "forward", "back"}).Draw(rt, "what") {
			case "work":
				b.work(d)
			case "sleep":
				b.sleep(d)
			case "restart":
				if boot != "" {
					b.restart(d)
				}
			case "look":
				_, err := b.timers().List(t.Context())
				b.check(err)
			case "start":
				ids, always = append(ids, b.start("other", "").ID), false
			case "switch":
				if _, err := b.timers().Switch(t.Context(), rapid.SampledFrom(ids).Draw(rt, "id")); err == nil {
					always = false
				}
			case "keep":
				_, err := b.timers().Keep(t.Context(), rapid.SampledFrom(ids).Draw(rt, "id"))
				if err != nil && billing.KindOf(err) != billing.Conflict {
					b.check(err)
				}
			case "forward":
				b.now = b.now.Add(d)
			case "back":
				b.now, back = b.now.Add(-d), true
			}
		}
		var ran, all []billing.Span // in segments, and with what was left out
		for _, id := range ids {
			v := b.stop(id)
			var counted, left int64
			for _, s := range v.Segments {
				span := spanOf(b, s)
				ran, all = append(ran, span), append(all, span)
				counted += span.Seconds()
			}
			for _, a := range v.Asleep {
				if !a.Kept && a.Reason != "clock back" {
					left += a.Seconds
					all = append(all, spanOf(b, app.SpanView{Start: a.Start, End: a.End}))
				}
			}
			if counted != v.Seconds {
				rt.Fatalf("the segments of timer %d come to %d s, it says %d", id, counted, v.Seconds)
			}
			if wall := int64(b.now.Sub(begin) / time.Second); id == first.ID && always && !back && counted+left != wall {
				rt.Fatalf("%d s counted and %d left out of %d: %+v", counted, left, wall, v)
			}
		}
		if billing.TotalSeconds(ran) != billing.TotalSeconds(billing.Union(ran)) {
			rt.Fatalf("some second is in two segments: %v", ran)
		}
		if !back && billing.TotalSeconds(all) != billing.TotalSeconds(billing.Union(all)) {
			rt.Fatalf("some second is counted and left out: %v", all)
		}
		for day := range 2 {
			d, err := app.Review{Practice: b.Practice}.Day(t.Context(), billing.DayOf(begin, begin.Location()).Add(day))
			b.check(err)
			if d.Summary.DoubleBookedSeconds != 0 {
				rt.Fatalf("%d s of %s have two owners", d.Summary.DoubleBookedSeconds, d.Day)
			}
		}
	})
}

func spanOf(b *bench, s app.SpanView) billing.Span {
	b.t.Helper()
	start, err1 := time.Parse(time.RFC3339, s.Start)
	end, err2 := time.Parse(time.RFC3339, s.End)
	b.check(errors.Join(err1, err2))
	return billing.Span{Start: start, End: end}
}
