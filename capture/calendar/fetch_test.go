package calendar_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/calendar"
)

// A server that answers conditional requests is not asked for the whole
// calendar again, except once a day, when instances may have come closer.
func TestConditionalGet(t *testing.T) {
	full, cheap := 0, 0
	text, etag := calendarOf("UID:e\nDTSTART:20260301T090000Z\nRRULE:FREQ=DAILY"), `"1"`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == etag {
			cheap++
			w.WriteHeader(http.StatusNotModified)
			return
		}
		full++
		w.Header().Set("ETag", etag)
		w.Write([]byte(text))
	}))
	defer server.Close()
	now := today
	var b book
	look := func() {
		t.Helper()
		if err := source(t, server.URL, func() time.Time { return now }).Once(t.Context(), b.at, &b); err != nil {
			t.Fatal(err)
		}
	}
	look()
	first := len(b.all)
	now = now.Add(time.Hour)
	look()
	if full != 1 || cheap != 1 {
		t.Errorf("%d full and %d cheap answers, want 1 and 1", full, cheap)
	}
	now = now.Add(24 * time.Hour)
	look()
	if full != 2 || len(b.all) != first+1 {
		t.Errorf("%d full answers and %d new instances a day later", full, len(b.all)-first)
	}
	text, etag = calendarOf(), `"2"`
	look()
	if b.current() != "" {
		t.Error("events that were deleted are still there")
	}
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		answer http.HandlerFunc
		kind   billing.Kind
	}{
		{func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) }, billing.Unauthorized},
		{func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) }, billing.NotFound},
		{func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }, billing.Unreachable},
		{func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("<html>")) }, billing.Invalid},
		{func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			w.Write([]byte("BEGIN:VCALENDAR\r\n"))
		}, billing.Unreachable}, // cut off
		{func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }, billing.Unreachable},
	} {
		server := httptest.NewServer(c.answer)
		var b book
		err := source(t, server.URL+"/private-token/basic.ics", nil).Once(t.Context(), "", &b)
		server.Close()
		if billing.KindOf(err) != c.kind || strings.Contains(err.Error(), "private-token") || b.calls > 0 {
			t.Errorf("got %v, want a %s error without the address", err, c.kind)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	for _, where := range []string{"", " ", "ftp://x.example/a.ics", "https://me:secret@x.example/a.ics", "https://"} {
		_, err := calendar.New(capture.Config{SourceConfig: billing.SourceConfig{Where: billing.Privileged(where)}}, time.Now)
		if billing.KindOf(err) != billing.Invalid || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v", where, err)
		}
	}
	cfg := capture.Config{SourceConfig: billing.SourceConfig{Where: "http://calendar.example/a.ics", User: "me"},
		Password: func(context.Context) (string, error) { return "secret", nil }}
	s, err := calendar.New(cfg, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Once(t.Context(), "", &book{}); billing.KindOf(err) != billing.Invalid {
		t.Errorf("a password over http: %v", err)
	}
}

// roundTrip is a server inside the bubble of a test with its own time.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// Run waits longer after each failure, obeys Retry-After, and gives up on a
// password that is refused.
func TestRunBacksOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var began = time.Now()
		var asked []time.Duration
		var status atomic.Int32
		status.Store(503)
		s := source(t, "https://calendar.example/a.ics", time.Now)
		calendar.SetTransport(s, roundTrip(func(r *http.Request) (*http.Response, error) {
			asked = append(asked, time.Since(began))
			w := httptest.NewRecorder()
			if len(asked) == 4 {
				w.Header().Set("Retry-After", "3600")
			}
			w.WriteHeader(int(status.Load()))
			return w.Result(), nil
		}))
		done := make(chan error, 1)
		go func() { done <- s.Run(t.Context(), "", &book{}) }()
		time.Sleep(50 * time.Minute)
		synctest.Wait()
		if len(asked) != 4 {
			t.Fatalf("asked at %v", asked)
		}
		for i := 2; i < len(asked); i++ {
			if asked[i]-asked[i-1] <= asked[i-1]-asked[i-2] {
				t.Errorf("the waits do not grow: %v", asked)
			}
		}
		status.Store(401)
		time.Sleep(30 * time.Minute)
		if err := <-done; billing.KindOf(err) != billing.Unauthorized {
			t.Errorf("got %v", err)
		}
	})
}
