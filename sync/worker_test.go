package sync_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	pms "github.com/tenths/tenths/sync"
	"github.com/tenths/tenths/sync/connectortest"
)

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

// newWorld returns a world with an approved entry for each of words.
func newWorld(p plan, words ...string) *world {
	w := &world{plan: p}
	for i, word := range words {
		w.rows = append(w.rows, &row{state: "queued", p: billing.Posting{
			Entry: billing.EntryID(fmt.Sprint("entry-", i)), Narrative: billing.Privileged(word)}})
	}
	return w
}

// Whatever the network and the power do, each approved entry is there exactly
// once in the end, and each has a receipt of its own.
func TestExactlyOnce(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		steps := rapid.Custom(func(rt *rapid.T) step {
			return step{
				rapid.SampledFrom([]string{does, dropsRequest, dropsReply, arrivesLate, slow, refuses, asksToWait, untyped, rejects}).Draw(rt, "does"),
				time.Duration(rapid.IntRange(0, 14_900).Draw(rt, "late")) * time.Millisecond,
			}
		})
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"call", "draft"}), 1, 6).Draw(rt, "words")
		p := plan{
			Posts: rapid.SliceOfN(steps, 0, 15).Draw(rt, "posts"),
			Finds: rapid.SliceOfN(rapid.Bool(), 0, 15).Draw(rt, "finds"),
			Dies:  rapid.SliceOfNDistinct(rapid.IntRange(1, 120), 0, 8, rapid.ID[int]).Draw(rt, "dies"),
		}
		slices.Sort(p.Dies)
		w := newWorld(p, words...)
		verdict := ""
		synctest.Test(t, func(t *testing.T) {
			w.live(t.Context(), 24*time.Hour)
			verdict = w.verdict()
		})
		if verdict != "" {
			rt.Fatal(verdict)
		}
	})
}

// once runs Once in a world with one entry, and returns its report and how long it took.
func once(t *testing.T, w *world) (report pms.Report, took time.Duration) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		var err error
		report, err = pms.NewWorker(pms.Config{Outbox: w, Connector: w, Log: quiet}).Once(t.Context())
		if err != nil {
			t.Error(err)
		}
		took = time.Since(began)
	})
	return report, took
}

func TestOnce(t *testing.T) {
	five := []bool{true, true, true, true, true}
	for name, c := range map[string]struct {
		p        plan
		want     pms.Report
		arrived  int
		min, max time.Duration
	}{
		"clean":                     {plan{}, pms.Report{Posted: 1}, 1, 0, time.Second},
		"the reply is lost":         {plan{Posts: []step{{dropsReply, 0}}}, pms.Report{Posted: 1}, 1, 0, time.Second},
		"the request is lost":       {plan{Posts: []step{{dropsRequest, 0}}}, pms.Report{Posted: 1}, 1, 15 * time.Second, 16 * time.Second},
		"the request comes late":    {plan{Posts: []step{{arrivesLate, 9 * time.Second}}}, pms.Report{Posted: 1}, 1, 15 * time.Second, 16 * time.Second},
		"the answer never comes":    {plan{Posts: []step{{slow, time.Second}}}, pms.Report{Posted: 1}, 1, 12 * time.Second, 13 * time.Second},
		"too many requests":         {plan{Posts: []step{{asksToWait, 30 * time.Second}}}, pms.Report{Waiting: 1}, 0, 0, time.Second},
		"offline":                   {plan{Posts: []step{{refuses, 0}}}, pms.Report{Waiting: 1}, 0, 0, time.Second},
		"rejected":                  {plan{Posts: []step{{rejects, 0}}}, pms.Report{NeedsYou: 1}, 0, 0, time.Second},
		"lost, and no search works": {plan{Posts: []step{{dropsRequest, 0}}, Finds: five}, pms.Report{Unknown: 1}, 0, 15 * time.Second, 2 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(c.p, "call")
			got, took := once(t, w)
			if got != c.want || len(w.there) != c.arrived {
				t.Errorf("reported %+v with %d there; want %+v with %d", got, len(w.there), c.want, c.arrived)
			}
			if took < c.min || took > c.max {
				t.Errorf("took %s, want %s to %s", took, c.min, c.max)
			}
		})
	}
}

// A process that dies between request and receipt leaves a row that says
// "sending". The next one asks before it sends.
func TestKilledBetweenRequestAndReceipt(t *testing.T) {
	for name, arrived := range map[string]bool{"arrived": true, "did not arrive": false} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(plan{}, "call")
			synctest.Test(t, func(t *testing.T) {
				w.rows[0].state, w.rows[0].began, w.rows[0].p.FirstSent = "sending", time.Now(), time.Now()
				if arrived {
					w.arrive("call", time.Now())
				}
				time.Sleep(2 * time.Second)
				began := time.Now()
				if _, err := pms.NewWorker(pms.Config{Outbox: w, Connector: w, Log: quiet}).Once(t.Context()); err != nil {
					t.Fatal(err)
				}
				// Adopted at once, or sent again once the rest of the 15 s is over.
				want := map[bool]time.Duration{true: 0, false: 13 * time.Second}[arrived]
				if took := time.Since(began).Truncate(time.Second); took != want {
					t.Errorf("took %s, want %s", took, want)
				}
			})
			if v := w.verdict(); v != "" {
				t.Error(v)
			}
		})
	}
}

func TestClockPutBackWhileDown(t *testing.T) {
	w := newWorld(plan{}, "call")
	synctest.Test(t, func(t *testing.T) {
		ahead := time.Now().Add(6 * time.Hour)
		w.rows[0].state, w.rows[0].began, w.rows[0].p.FirstSent = "sending", ahead, time.Now()
		if _, err := pms.NewWorker(pms.Config{Outbox: w, Connector: w, Log: quiet}).Once(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
	if v := w.verdict(); v != "" {
		t.Error(v)
	}
}

func TestSeveralMatchesAreSaid(t *testing.T) {
	w := newWorld(plan{}, "call")
	var report pms.Report
	synctest.Test(t, func(t *testing.T) {
		w.rows[0].state, w.rows[0].began, w.rows[0].p.FirstSent = "sending", time.Now(), time.Now()
		w.arrive("call", time.Now())
		w.arrive("call", time.Now())
		report, _ = pms.NewWorker(pms.Config{Outbox: w, Connector: w, Log: quiet}).Once(t.Context())
	})
	if want := (pms.Report{Posted: 1, Twins: 1}); report != want || w.rows[0].receipt != "0001" {
		t.Errorf("reported %+v, adopted %s; want the older of two, and that it is said", report, w.rows[0].receipt)
	}
}

// While Clio rests, the other postings are put off without asking it again.
func TestOneRefusalRestsAll(t *testing.T) {
	w := newWorld(plan{Posts: []step{{asksToWait, 30 * time.Second}}}, "a", "b", "c")
	report, _ := once(t, w)
	if want := (pms.Report{Waiting: 3}); report != want || len(w.there) != 0 {
		t.Errorf("reported %+v with %d there; want %+v", report, len(w.there), want)
	}
	for _, r := range w.rows {
		if r.why == "" {
			t.Errorf("%s does not say why it waits", r.p.Entry)
		}
	}
}

// Of two entries alike, the second waits while the first is unknown, and Once
// still finishes both.
func TestTwinsGoOneAfterTheOther(t *testing.T) {
	w := newWorld(plan{Posts: []step{{arrivesLate, 9 * time.Second}}}, "call", "call", "draft")
	report, took := once(t, w)
	if want := (pms.Report{Posted: 3}); report != want || len(w.there) != 3 {
		t.Errorf("reported %+v with %d there; want %+v", report, len(w.there), want)
	}
	if v := w.verdict(); v != "" {
		t.Error(v)
	}
	if took > 20*time.Second {
		t.Errorf("took %s", took)
	}
}

// scripted is a connector whose posts go as the test says, one after the other.
type scripted struct {
	steps chan step
	kept  atomic.Int32
}

func (*scripted) Name() string { return "scripted" }

func (s *scripted) Post(ctx context.Context, _ billing.Posting) (billing.Receipt, error) {
	switch st := <-s.steps; st.Does {
	case asksToWait:
		return billing.Receipt{}, outcome(billing.Retryable, st.Late)
	case slow:
		<-ctx.Done()
		return billing.Receipt{}, outcome(billing.Unknown, 0)
	}
	return billing.Receipt{RemoteID: fmt.Sprint(s.kept.Add(1))}, nil
}

func (*scripted) Find(context.Context, billing.Posting) ([]billing.Receipt, error) { return nil, nil }

func TestRunWakesRestsAndStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		outbox, there := &connectortest.Outbox{}, &scripted{steps: make(chan step, 9)}
		worker := pms.NewWorker(pms.Config{Outbox: outbox, Connector: there, Log: quiet})
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- worker.Run(ctx) }()
		synctest.Wait()
		approve := func(entry billing.EntryID, steps ...step) {
			for _, s := range steps {
				there.steps <- s
			}
			outbox.Add(billing.Posting{Entry: entry, Narrative: billing.Privileged(entry)})
			worker.Wake()
		}

		approve("first", step{does, 0})
		time.Sleep(time.Second)
		if there.kept.Load() != 1 {
			t.Error("a wake-up did not send the new entry")
		}

		approve("second", step{asksToWait, 30 * time.Second}, step{does, 0})
		time.Sleep(29 * time.Second)
		if there.kept.Load() != 1 {
			t.Error("sent before the pause that was asked for was over")
		}
		time.Sleep(2 * time.Second)
		if there.kept.Load() != 2 {
			t.Error("not sent after the pause")
		}

		// Told to stop in the middle of a post: the outcome is recorded.
		approve("third", step{slow, 0})
		time.Sleep(100 * time.Millisecond)
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Run: %v", err)
		}
		if state := outbox.Rows()[2].State; state != string(pms.StateUnknown) {
			t.Errorf("the entry under way was left %s, want unknown", state)
		}
	})
}
