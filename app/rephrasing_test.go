package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

// writer is a language model whose answers the test decides.
type writer struct {
	url  string
	mu   sync.Mutex
	told []string // the facts of each question
	done int      // questions that have ended
}

// newWriter starts one. answer is given the facts, as JSON.
func newWriter(t testing.TB, answer func(r *http.Request, facts string) (string, int)) *writer {
	w := &writer{}
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		var q struct{ Messages []struct{ Content string } }
		if err := json.NewDecoder(r.Body).Decode(&q); err != nil || len(q.Messages) != 2 {
			t.Errorf("asked %d turns, %v", len(q.Messages), err)
			return
		}
		_, _ = io.Copy(io.Discard, r.Body)
		facts := q.Messages[1].Content
		w.mu.Lock()
		w.told = append(w.told, facts)
		w.mu.Unlock()
		text, status := answer(r, facts)
		w.mu.Lock()
		w.done++
		w.mu.Unlock()
		out.WriteHeader(status)
		_ = json.NewEncoder(out).Encode(map[string]any{"choices": []any{map[string]any{"message": map[string]string{"content": text}, "finish_reason": "stop"}}})
	}))
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	w.url = server.URL + "/v1"
	return w
}

func (w *writer) asked() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.told)
}

func (w *writer) answered() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.done
}

// honest says what it was told in other words, of drafts of documents.
func honest(_ *http.Request, facts string) (string, int) {
	var f struct{ Clauses []struct{ On []string } }
	_ = json.Unmarshal([]byte(facts), &f)
	return "Drafted and revised the " + f.Clauses[0].On[0] + ".", http.StatusOK
}

// silent takes the question and never answers.
func silent(r *http.Request, _ string) (string, int) {
	<-r.Context().Done()
	return "", http.StatusOK
}

func (o *office) rephrasing() app.Rephrasing { return app.Rephrasing{Practice: o.Practice} }

// use has the office use a model and runs the work behind, until the function it
// returns is called, which waits for its end.
func (o *office) use(w *writer) (stop func()) {
	o.t.Helper()
	_, err := o.rephrasing().Configure(o.t.Context(), w.url, "m", "", false)
	o.check(err)
	return o.rephrase()
}

func (o *office) rephrase() (stop func()) {
	ctx, cancel := context.WithCancel(o.t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		o.rephrasing().Run(ctx)
	}()
	stop = func() {
		cancel()
		<-done
	}
	o.t.Cleanup(stop)
	return stop
}

func eventually(t testing.TB, what string, fn func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if fn() {
			return
		}
	}
	t.Fatalf("not in time: %s", what)
}

func (o *office) says(narrative string) func() bool {
	return func() bool {
		return slices.ContainsFunc(o.drafts(), func(d string) bool { return strings.Contains(d, narrative) })
	}
}

func TestNoModelUnlessOneIsWanted(t *testing.T) {
	o := open(t)
	w := newWriter(t, honest)
	o.saw("motion", "Rivera", 9, 30)
	o.capture()
	stop := o.rephrase()
	time.Sleep(100 * time.Millisecond)
	stop()
	v, err := o.rephrasing().Status(t.Context())
	o.check(err)
	if v.On || w.asked() != 0 {
		t.Errorf("on: %v, asked %d times", v.On, w.asked())
	}
	if _, err = o.rephrasing().Try(t.Context(), billing.Day{}); billing.KindOf(err) != billing.Conflict {
		t.Errorf("tried without a model: %v", err)
	}
	o.want("as drafted", "0.5 2024-0113 Draft and revise motion drafted")
}

func TestAModelWordsWhatNobodyTouched(t *testing.T) {
	o := open(t)
	var lie sync.Map
	w := newWriter(t, func(r *http.Request, facts string) (string, int) {
		if strings.Contains(facts, "inventory") {
			lie.Store("told", true)
			return "Drafted and revised inventory for Judge Alvarez", http.StatusOK
		}
		return honest(r, facts)
	})
	o.saw("motion", "Rivera", 9, 30)
	o.saw("inventory", "Lin", 11, 30)
	o.saw("letter", "Rivera", 13, 30)
	o.capture()
	o.day() // drafts it
	o.check(o.review().Edit(t.Context(), o.id("letter"), editMinutes(12)))
	stop := o.use(w)
	time.Sleep(100 * time.Millisecond)
	if w.asked() != 0 {
		t.Error("the words of drafts change while they are reviewed")
	}
	stop()
	o.now = o.now.Add(5 * time.Minute)
	stop = o.rephrase()
	eventually(t, "the wording is there", o.says("Drafted and revised the motion"))
	eventually(t, "both were asked about", func() bool { v, _ := o.rephrasing().Status(t.Context()); return v.Kept == 1 && len(v.Refused) == 1 })
	o.want("worded", "0.5 2024-0113 Drafted and revised the motion drafted", "0.5 2025-0042 Draft and revise inventory drafted",
		"0.2 2024-0113 Draft and revise letter drafted")
	if _, told := lie.Load("told"); !told || w.asked() != 2 {
		t.Errorf("asked %d times", w.asked())
	}

	// What is known is not asked again; more evidence that says the same keeps the wording.
	o.saw("motion", "Rivera", 9, 36)
	o.capture()
	time.Sleep(1500 * time.Millisecond)
	o.want("more of the same", "0.6 2024-0113 Drafted and revised the motion drafted", "0.5 2025-0042 Draft and revise inventory drafted",
		"0.2 2024-0113 Draft and revise letter drafted")
	if w.asked() != 2 {
		t.Errorf("asked %d times", w.asked())
	}

	// Off brings the grammar's text back, but for what was approved.
	d, _ := billing.ParseDay(day)
	_, err := o.review().Approve(t.Context(), d, []billing.EntryID{o.id("motion")}, "")
	o.check(err)
	stop()
	o.now = o.now.Add(5 * time.Minute)
	o.saw("brief", "Rivera", 15, 30)
	o.capture()
	o.rephrase()
	eventually(t, "the brief is worded", o.says("Drafted and revised the brief"))
	o.check(o.rephrasing().Off(t.Context()))
	o.want("off", "0.6 2024-0113 Drafted and revised the motion approved", "0.5 2025-0042 Draft and revise inventory drafted",
		"0.2 2024-0113 Draft and revise letter drafted", "0.5 2024-0113 Draft and revise brief drafted")
	if v, err := o.rephrasing().Status(t.Context()); err != nil || v.On || v.Kept != 0 {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestTryStoresNothing(t *testing.T) {
	o := open(t)
	w := newWriter(t, func(r *http.Request, facts string) (string, int) {
		if strings.Contains(facts, "inventory") {
			return "Reviewed inventory", http.StatusOK
		}
		return honest(r, facts)
	})
	o.saw("motion", "Rivera", 9, 30)
	o.saw("inventory", "Lin", 11, 30)
	o.capture()
	_, err := o.rephrasing().Configure(t.Context(), w.url, "m", "", false)
	o.check(err)
	d, _ := billing.ParseDay(day)
	got, err := o.rephrasing().Try(t.Context(), d)
	o.check(err)
	slices.SortFunc(got, func(a, b app.TryView) int { return strings.Compare(a.Narrative, b.Narrative) })
	if len(got) != 2 || got[0].Kept || got[0].Why == "" || !got[1].Kept || got[1].Answer != "Drafted and revised the motion." || !strings.Contains(got[1].Told, "motion") {
		t.Errorf("%+v", got)
	}
	o.want("as it was", "0.5 2024-0113 Draft and revise motion drafted", "0.5 2025-0042 Draft and revise inventory drafted")
}

// A model that takes every question and answers none holds up nothing: drafting,
// deciding and approving go on while it is being asked, and the end is at once.
func TestASilentModelDelaysNothing(t *testing.T) {
	o := open(t)
	o.saw("motion", "Rivera", 9, 30)
	o.saw("inventory", "Lin", 11, 30)
	o.capture()
	w := newWriter(t, silent)
	stop := o.use(w)
	eventually(t, "it is being asked", func() bool { return w.asked() == 1 })
	o.saw("letter", "Rivera", 13, 30)
	o.capture()
	o.want("drafted", "0.5 2024-0113 Draft and revise motion drafted", "0.5 2025-0042 Draft and revise inventory drafted",
		"0.5 2024-0113 Draft and revise letter drafted")
	o.check(o.review().Edit(t.Context(), o.id("letter"), editMinutes(12)))
	d, _ := billing.ParseDay(day)
	_, err := o.review().Approve(t.Context(), d, nil, "")
	o.check(err)
	o.want("approved", "0.5 2024-0113 Draft and revise motion approved", "0.5 2025-0042 Draft and revise inventory approved",
		"0.2 2024-0113 Draft and revise letter approved")
	if w.asked() != 1 || w.answered() != 0 {
		t.Errorf("asked %d times, of which %d have ended: somebody waited for the model", w.asked(), w.answered())
	}
	stop() // though the question is open
}

func TestADeadModelIsLeftAlone(t *testing.T) {
	o := open(t)
	var log bytes.Buffer
	o.Log = slog.New(slog.NewTextHandler(&log, nil))
	w := newWriter(t, func(*http.Request, string) (string, int) { return "", http.StatusInternalServerError })
	o.saw("Zweigelt motion", "Rivera", 9, 30)
	o.saw("inventory", "Lin", 11, 30)
	o.capture()
	stop := o.use(w)
	eventually(t, "its failure is known", func() bool { v, _ := o.rephrasing().Status(t.Context()); return v.Error != "" })
	o.saw("letter", "Rivera", 13, 30)
	o.capture()
	o.day()
	time.Sleep(1500 * time.Millisecond)
	stop()
	if w.asked() != 1 {
		t.Errorf("asked %d times", w.asked())
	}
	if text := log.String(); text == "" || strings.Contains(text, "Zweigelt") || strings.Contains(text, "motion") {
		t.Errorf("logged %q", text)
	}
	findings, err := o.Examine(t.Context())
	o.check(err)
	if !slices.ContainsFunc(findings, func(f app.Finding) bool { return f.What == "language model" && !f.OK && f.Remedy != "" }) {
		t.Error("doctor does not know")
	}
}

// An answer that comes after the person began to review the day, blacked out what
// it is about, or turned the model off, is not kept.
func TestALateAnswerIsNotKept(t *testing.T) {
	for name, meanwhile := range map[string]func(*office) error{
		"review": func(o *office) error { return o.review().Edit(o.t.Context(), o.id("letter"), editMinutes(12)) },
		"off":    func(o *office) error { return o.rephrasing().Off(o.t.Context()) },
		"another model": func(o *office) error {
			o.now = o.now.Add(time.Minute)
			_, err := o.rephrasing().Configure(o.t.Context(), "http://127.0.0.1:1/v1", "other", "", false)
			return err
		},
		"blackout": func(o *office) error {
			_, err := (app.Discretion{Practice: o.Practice}).Blacken(o.t.Context(), "matter", "2024-0113", false)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			asked, answer := make(chan struct{}, 9), make(chan struct{})
			w := newWriter(t, func(r *http.Request, facts string) (string, int) {
				asked <- struct{}{}
				<-answer
				return honest(r, facts)
			})
			o.saw("motion", "Rivera", 9, 30)
			o.saw("letter", "Rivera", 13, 30)
			o.capture()
			o.day()
			stop := o.use(w)
			<-asked
			o.check(meanwhile(o))
			close(answer)
			time.Sleep(200 * time.Millisecond)
			stop()
			if v, err := o.rephrasing().Status(t.Context()); err != nil || v.Kept != 0 {
				t.Errorf("%+v, %v", v, err)
			}
			if o.says("Drafted and revised")() {
				t.Error("it is in a draft")
			}
		})
	}
}

func TestAModelElsewhereNeedsConsent(t *testing.T) {
	o := open(t)
	const elsewhere = "https://api.models.example/v1"
	_, err := o.rephrasing().Configure(t.Context(), elsewhere, "m", "", false)
	if billing.KindOf(err) != billing.Invalid || !strings.Contains(billing.Message(err), "api.models.example") || !strings.Contains(billing.Message(err), "--remote") {
		t.Fatalf("%v", err)
	}
	if v, _ := o.rephrasing().Status(t.Context()); v.On {
		t.Fatal("it is in use")
	}
	if peers, err := o.Egress(t.Context()); err != nil || len(peers) != 0 {
		t.Fatalf("%v, %v", peers, err)
	}
	v, err := o.rephrasing().Configure(t.Context(), elsewhere, "m", "", true)
	o.check(err)
	if !v.On || !v.Remote || len(v.Sends) == 0 {
		t.Errorf("%+v", v)
	}
	peers, err := o.Egress(t.Context())
	o.check(err)
	if len(peers) != 1 || peers[0].Host != "api.models.example" || peers[0].Port != "443" || peers[0].From != "model" || !strings.Contains(peers[0].Why, "typed facts") {
		t.Errorf("%+v", peers)
	}
	o.check(o.rephrasing().Off(t.Context()))
	if peers, err := o.Egress(t.Context()); err != nil || len(peers) != 0 {
		t.Errorf("%v, %v", peers, err)
	}
}
