package calendar_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
)

// script is a server of one calendar, /c/, that misbehaves as told.
type script struct {
	events map[string]string // iCalendar by name
	ctag   string

	syncStatus int    // answered to a sync with a token, when not 0
	syncBody   string // answered to it, when not ""
	listBody   string // answered to a PROPFIND of depth 1, when not ""
	noSync     bool   // there are no tokens
	pages      bool   // a sync tells of one event at a time
	hidden     string // left out of a multiget's answer
	missing    string // 404 in it, and by itself
	raw        bool   // nothing is escaped in a multiget's answer
	weak       bool   // ETags are weak when many are asked for
	status     int    // answered to everything, when not 0
	absolute   string // put before every href
	got        int    // GETs
}

const (
	opened = `<?xml version="1.0"?><multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/">`
	closed = `</multistatus>`
)

func (s *script) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.status != 0 {
		w.Header().Set("Retry-After", "77")
		w.WriteHeader(s.status)
		return
	}
	b, _ := io.ReadAll(r.Body)
	body := string(b)
	name := strings.TrimPrefix(r.URL.Path, "/c/")
	var answer string
	switch {
	case r.Method == http.MethodGet:
		s.got++
		if s.events[name] == "" || name == s.missing {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.Header().Set("ETag", s.etag(name))
		_, _ = io.WriteString(w, s.events[name])
		return
	case strings.Contains(body, "sync-collection"):
		since := between(body, "sync-token>", "<")
		if s.noSync || s.syncStatus != 0 && since != "" {
			w.WriteHeader(max(s.syncStatus, 400*(1-min(1, s.syncStatus))))
			return
		}
		if answer = s.sync(since); s.syncBody != "" && since != "" {
			answer = s.syncBody
		}
	case strings.Contains(body, "multiget"):
		answer = s.multiget(body)
	case r.Header.Get("Depth") == "1":
		if answer = opened + s.self() + s.list() + closed; s.listBody != "" {
			answer = s.listBody
		}
	default:
		answer = opened + s.self() + closed
	}
	w.WriteHeader(http.StatusMultiStatus)
	_, _ = io.WriteString(w, answer)
}

func between(s, from, to string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, to)
	return s
}

func (s *script) etag(name string) string { return fmt.Sprintf("%q", fmt.Sprint(len(s.events[name]))) }

func (s *script) self() string {
	token := "<sync-token>t" + s.ctag + "</sync-token>"
	if s.noSync {
		token = ""
	}
	return "<response><href>" + s.absolute + "/c/</href><propstat><prop><resourcetype><collection/><C:calendar/></resourcetype>" + token +
		"<S:getctag>" + s.ctag + "</S:getctag></prop><status>HTTP/1.1 200 OK</status></propstat></response>"
}

func (s *script) one(name, data string) string {
	etag := s.etag(name)
	if s.weak && data == "" {
		etag = "W/" + etag
	}
	return "<response><href>" + s.absolute + "/c/" + name + "</href><propstat><prop><getetag>" + etag + "</getetag>" + data +
		"</prop><status>HTTP/1.1 200 OK</status></propstat></response>"
}

func (s *script) list() (out string) {
	for _, name := range slices.Sorted(maps.Keys(s.events)) {
		out += s.one(name, "")
	}
	return out
}

func (s *script) sync(since string) string {
	names := slices.Sorted(maps.Keys(s.events))
	if since == "t"+s.ctag {
		names = nil
	}
	if !s.pages || len(names) == 0 {
		list := ""
		if names != nil {
			list = s.list()
		}
		return opened + list + "<sync-token>t" + s.ctag + "</sync-token>" + closed
	}
	i := 0
	if strings.HasPrefix(since, "page") {
		_, _ = fmt.Sscanf(since, "page%d", &i)
	}
	if i >= len(names)-1 {
		return opened + s.one(names[i], "") + "<sync-token>t" + s.ctag + "</sync-token>" + closed
	}
	return opened + s.one(names[i], "") + "<response><href>/c/</href><status>HTTP/1.1 507 Insufficient Storage</status></response>" +
		fmt.Sprintf("<sync-token>page%d</sync-token>", i+1) + closed
}

func (s *script) multiget(body string) string {
	out := opened
	for _, part := range strings.Split(body, "<d:href>")[1:] {
		name := strings.TrimPrefix(between(part, "", "</d:href>"), "/c/")
		switch data := s.events[name]; {
		case name == s.hidden:
		case data == "" || name == s.missing:
			out += "<response><href>/c/" + name + "</href><status>HTTP/1.1 404 Not Found</status></response>"
		case s.raw:
			out += s.one(name, "<C:calendar-data>"+data+"</C:calendar-data>")
		default:
			out += s.one(name, "<C:calendar-data><![CDATA["+data+"]]></C:calendar-data>")
		}
	}
	return out + closed
}

// scripted starts s with three events.
func scripted(t *testing.T, s *script) *account {
	s.events, s.ctag = map[string]string{}, "1"
	for i, name := range []string{"a", "b", "c"} {
		s.events[name+".ics"] = calendarOf(single(name, fmt.Sprintf("202603%dT090000Z", 19+i)))
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return newAccount(t, server.URL+"/c/", "", "")
}

const three = "a 0319T0900, b 0320T0900, c 0321T0900"

// Whatever a server says of a token, nothing is lost, doubled or taken back.
func TestCalDAVTokenRefused(t *testing.T) {
	for _, status := range []int{400, 403, 405, 409, 410, 412, 500, 501, 507} {
		s := &script{}
		a := scripted(t, s)
		a.expect("first", three)
		kept := len(a.all)
		s.syncStatus, s.ctag = status, "2"
		a.expect(fmt.Sprint(status), three)
		if len(a.all) != kept {
			t.Errorf("%d recorded %d more", status, len(a.all)-kept)
		}
		delete(s.events, "b.ics")
		s.events["a.ics"] = calendarOf(single("a", "20260319T100000Z"), single("a2", "20260319T120000Z"))
		s.ctag = "3"
		a.expect(fmt.Sprint(status), "a 0319T1000, a2 0319T1200, c 0321T0900")
		s.syncStatus = 0
		a.quiet(1)
	}
}

// An answer that breaks off, or is none, changes nothing.
func TestCalDAVMalformed(t *testing.T) {
	whole := opened + "<response><href>/c/a.ics</href></response>" + closed
	for _, bad := range []string{"x", "<html/>", opened, whole[:len(whole)-5], opened + closed, whole} {
		s := &script{}
		a := scripted(t, s)
		a.expect("first", three)
		before, records := a.at, a.calls
		s.syncBody, s.listBody = bad, bad // without a token, and without the calendar itself
		if err := a.source().Once(t.Context(), a.at, &a.book); billing.KindOf(err) != billing.Unreachable {
			t.Errorf("%q: %v", bad, err)
		}
		if a.current() != three || a.at != before || a.calls != records {
			t.Errorf("%q changed what was recorded: %s", bad, a.current())
		}
		s.listBody = "" // the listing works
		a.expect("listing", three)
	}
}

func TestCalDAVMissing(t *testing.T) {
	s := &script{missing: "b.ics"}
	a := scripted(t, s)
	a.expect("one is not there", "a 0319T0900, c 0321T0900")
	s.missing, s.hidden = "", "c.ics"
	a = scripted(t, s)
	a.expect("one is left out of the answer", three)
	if s.got != 2 { // the one that is not there, and the one that was left out
		t.Errorf("%d were asked for by themselves, want 2", s.got)
	}
	s.hidden, s.raw = "", true
	a = scripted(t, s)
	s.events["b.ics"] = strings.ReplaceAll(s.events["b.ics"], "SUMMARY:x", "SUMMARY:x\v<&")
	a.expect("one breaks the answer", three)
	s.raw = false
	s.events["b.ics"], s.ctag = "no calendar", "2"
	a.expect("one is no calendar", three)
	s.events["b.ics"], s.ctag = strings.TrimSuffix(calendarOf(single("z", "20260320T120000Z")), "END:VCALENDAR\r\n"), "3"
	a.expect("one breaks off", three+", z 0320T1200")
	s.events["b.ics"], s.ctag = calendarOf(single("z", "20260320T120000Z")), "4"
	a.expect("and is whole again", "a 0319T0900, c 0321T0900, z 0320T1200")
	a.quiet(1)
}

func TestCalDAVPages(t *testing.T) {
	s := &script{pages: true}
	a := scripted(t, s)
	a.expect("in parts", three)
	a.quiet(1)
}

func TestCalDAVWeakAndAbsolute(t *testing.T) {
	s := &script{weak: true, absolute: "http://behind.example.com:8080"}
	a := scripted(t, s)
	a.expect("first", three)
	s.ctag = "2" // the server names all of them again
	a.requests.taken()
	a.expect("again", three)
	if got := a.requests.taken(); got != "REPORT sync" {
		t.Errorf("weak ETags made it ask %s", got)
	}
}

func TestCalDAVWithoutSync(t *testing.T) {
	s := &script{noSync: true}
	a := scripted(t, s)
	a.expect("first", three)
	a.requests.taken()
	calls := a.calls
	a.look()
	if got := a.requests.taken(); got != "PROPFIND 0" || a.calls != calls {
		t.Errorf("when nothing changed: asked %s, %d records", got, a.calls-calls)
	}
	delete(s.events, "a.ics")
	s.ctag = "2"
	a.expect("deleted", "b 0320T0900, c 0321T0900")
}

func TestCalDAVBusy(t *testing.T) {
	s := &script{}
	a := scripted(t, s)
	a.expect("first", three)
	for _, status := range []int{429, 502, 503, 504} {
		s.status = status
		a.requests.taken()
		err := a.source().Once(t.Context(), a.at, &a.book)
		if got := a.requests.taken(); billing.KindOf(err) != billing.Unreachable || got != "REPORT sync" {
			t.Errorf("%d: %v after %s", status, err, got)
		}
	}
	s.status = 404
	if err := a.source().Once(t.Context(), a.at, &a.book); billing.KindOf(err) != billing.NotFound {
		t.Errorf("404: %v", err)
	}
	s.status = 0
	a.failures = 1
	s.events["d.ics"], s.ctag = calendarOf(single("d", "20260322T090000Z")), "2"
	if err := a.source().Once(t.Context(), a.at, &a.book); !errors.Is(err, errDisk) {
		t.Errorf("the sink refused: %v", err)
	}
	a.expect("and then not", three+", d 0322T0900")
}

// A server that takes a request and never answers does not hold Run back.
func TestCalDAVHangs(t *testing.T) {
	arrived, release := make(chan struct{}, 1), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		arrived <- struct{}{}
		<-release
	}))
	defer server.Close()
	defer close(release)
	a := newAccount(t, server.URL+"/c/", "", "")
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- a.source().Run(ctx, "", &a.book) }()
	<-arrived
	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(time.Second):
		t.Error("Run did not return within a second")
	}
}
