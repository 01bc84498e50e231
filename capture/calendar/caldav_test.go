package calendar_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/calendar"
	"github.com/tenths/tenths/internal/peer"
)

// counter notes the requests that go through it: "REPORT sync" and the like.
type counter struct {
	next http.RoundTripper
	mu   sync.Mutex
	list []string
}

func (c *counter) RoundTrip(r *http.Request) (*http.Response, error) {
	what := r.Method
	if r.Body != nil {
		b, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		body := string(b)
		for mark, name := range map[string]string{"sync-collection": " sync", "multiget": " multiget"} {
			if strings.Contains(body, mark) {
				what += name
			}
		}
		if r.Method == "PROPFIND" {
			what += " " + r.Header.Get("Depth")
		}
		r = r.Clone(r.Context())
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	}
	c.mu.Lock()
	c.list = append(c.list, what)
	c.mu.Unlock()
	return c.next.RoundTrip(r)
}

// taken returns the requests since the last call, joined.
func (c *counter) taken() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := strings.Join(c.list, ", ")
	c.list = nil
	return out
}

// account is a CalDAV account under test with what was recorded of it.
type account struct {
	book
	t        testing.TB
	where    string
	user     string
	password string
	now      time.Time
	zone     *time.Location
	requests counter
}

func newAccount(t testing.TB, where, user, password string) *account {
	return &account{t: t, where: where, user: user, password: password, now: today}
}

func (a *account) source() *calendar.CalDAV {
	a.t.Helper()
	s, err := calendar.NewCalDAV(capture.Config{
		SourceConfig: billing.SourceConfig{ID: "dav", Where: billing.Privileged(a.where), User: billing.Privileged(a.user)},
		Password:     func(context.Context) (string, error) { return a.password, nil },
		Zone:         a.zone,
	}, func() time.Time { return a.now })
	if err != nil {
		a.t.Fatal(err)
	}
	calendar.SetAccountTransport(s, func(rt http.RoundTripper) http.RoundTripper { a.requests.next = rt; return closing{&a.requests, rt} })
	return s
}

// closing passes on CloseIdleConnections.
type closing struct {
	http.RoundTripper
	under http.RoundTripper
}

func (c closing) CloseIdleConnections() {
	if u, ok := c.under.(interface{ CloseIdleConnections() }); ok {
		u.CloseIdleConnections()
	}
}

// look looks with a new source, as after a restart.
func (a *account) look() {
	a.t.Helper()
	if err := a.source().Once(a.t.Context(), a.at, &a.book); err != nil {
		a.t.Fatal(err)
	}
}

// expect looks and compares what counts then.
func (a *account) expect(step, want string) {
	a.t.Helper()
	a.look()
	if got := a.current(); got != want {
		a.t.Errorf("%s: got %q, want %q", step, got, want)
	}
}

// quiet looks again and expects it to cost one small question a calendar.
func (a *account) quiet(calendars int) {
	a.t.Helper()
	a.requests.taken()
	calls := a.calls
	a.look()
	want := strings.Join(slices.Repeat([]string{"REPORT sync"}, calendars), ", ")
	if got := a.requests.taken(); got != want || a.calls != calls {
		a.t.Errorf("when nothing changed: asked %q, want %q; %d records", got, want, a.calls-calls)
	}
}

func (a *account) ask(method, url, body string, want ...int) string {
	a.t.Helper()
	req, err := http.NewRequestWithContext(a.t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		a.t.Fatal(err)
	}
	if a.user != "" {
		req.SetBasicAuth(a.user, a.password)
	}
	if body != "" {
		req.Header.Set("Content-Type", "text/calendar; charset=utf-8")
	}
	res, err := (&http.Client{Timeout: time.Minute}).Do(req)
	if err != nil {
		a.t.Fatal(err)
	}
	defer res.Body.Close()
	text, _ := io.ReadAll(res.Body)
	if !slices.Contains(want, res.StatusCode) {
		a.t.Fatalf("%s: status %d, want %d: %s", method, res.StatusCode, want, text)
	}
	return string(text)
}

func (a *account) put(url string, events ...string) {
	a.t.Helper()
	a.ask(http.MethodPut, url, calendarOf(events...), 200, 201, 204)
}

func (a *account) remove(url string) {
	a.t.Helper()
	a.ask(http.MethodDelete, url, "", 200, 204)
}

// damage changes every sync token in the cursor to one the server never gave.
func (a *account) damage() {
	a.t.Helper()
	var c map[string]any
	if err := json.Unmarshal([]byte(a.at), &c); err != nil {
		a.t.Fatal(err)
	}
	for _, c := range c["collections"].([]any) {
		c.(map[string]any)["token"] = "http://example.com/never"
	}
	b, _ := json.Marshal(c)
	a.at = capture.Cursor(b)
}

// server is a CalDAV server that the same scenario runs against.
type server struct {
	root, home, first, second string // addresses; first exists, second does not
	user, password            string
}

func radicaleServer(t testing.TB) (server, *peer.Radicale) {
	r := peer.StartRadicale(t)
	root := r.URL[:strings.Index(r.URL, "/"+r.User)]
	return server{root: root, home: root + "/alice/", first: r.URL, second: root + "/alice/family/", user: r.User, password: r.Password}, r
}

func TestCalDAVRadicale(t *testing.T) {
	s, _ := radicaleServer(t)
	s.scenario(t)
}

// scenario goes through what happens to calendars.
func (s server) scenario(t *testing.T) {
	one := newAccount(t, s.home, s.user, s.password)
	one.ask("MKCALENDAR", s.second, "", 201)
	one.put(s.first+"a.ics", single("a", "20260319T090000Z"))
	one.put(s.first+"b.ics", single("b", "20260320T090000Z"))
	one.put(s.second+"other%20name.ics", single("c", "20260321T090000Z"))
	one.expect("first", "a 0319T0900, b 0320T0900, c 0321T0900")
	one.quiet(2)

	one.put(s.first+"a.ics", single("a", "20260319T100000Z"))
	one.put(s.first+"d@x.ics", single("d@x", "20260322T090000Z"))
	one.expect("changed and added", "a 0319T1000, b 0320T0900, c 0321T0900, d@x 0322T0900")
	if got := one.requests.taken(); got != "REPORT sync, REPORT sync, REPORT multiget" {
		t.Errorf("a change cost %s", got)
	}
	one.quiet(2)
	one.remove(s.first + "b.ics")
	one.expect("deleted", "a 0319T1000, c 0321T0900, d@x 0322T0900")
	one.quiet(2)

	kept := len(one.all)
	one.remove(s.first + "a.ics")
	one.put(s.second+"a.ics", single("a", "20260319T100000Z"))
	one.expect("moved", "a 0319T1000, c 0321T0900, d@x 0322T0900")
	if len(one.all) != kept {
		t.Errorf("a move between calendars recorded %+v", one.all[kept:])
	}
	one.quiet(2)

	one.put(s.second+"r.ics", daily)
	one.expect("recurring", "a 0319T1000, c 0321T0900, d/20260318T090000Z 0318T0900, d/20260319T090000Z 0319T0900, d/20260320T090000Z 0320T0900, d@x 0322T0900")
	one.put(s.second+"r.ics", daily, "UID:d\nRECURRENCE-ID:20260319T090000Z\nDTSTART:20260319T150000Z\nDURATION:PT1H")
	one.expect("override", "a 0319T1000, c 0321T0900, d/20260318T090000Z 0318T0900, d/20260319T090000Z 0319T1500, d/20260320T090000Z 0320T0900, d@x 0322T0900")
	one.put(s.second+"r.ics", daily+"EXDATE:20260318T090000Z")
	const final = "a 0319T1000, c 0321T0900, d/20260319T090000Z 0319T0900, d/20260320T090000Z 0320T0900, d@x 0322T0900"
	one.expect("excluded", final)

	kept = len(one.all)
	one.damage()
	one.expect("bad token", final)
	if len(one.all) != kept {
		t.Errorf("a bad token recorded %d more", len(one.all)-kept)
	}
	one.quiet(2)
	one.damage()
	one.remove(s.second + "r.ics")
	one.put(s.first+"d@x.ics", single("d@x", "20260322T110000Z"))
	one.expect("changes behind a bad token", "a 0319T1000, c 0321T0900, d@x 0322T1100")

	for name, where := range map[string]string{"server": s.root, "one calendar": s.first} {
		two := newAccount(t, where, s.user, s.password)
		want := map[string]string{"server": "a 0319T1000, c 0321T0900, d@x 0322T1100", "one calendar": "d@x 0322T1100"}[name]
		two.expect(name, want)
	}
	limited := newAccount(t, s.home, s.user, s.password)
	source := limited.source()
	source.Within(today, today.AddDate(0, 0, 3))
	if err := source.Once(t.Context(), "untouched", &limited.book); err != nil {
		t.Fatal(err, limited.requests.taken())
	}
	if got := limited.current(); got != "c 0321T0900, d@x 0322T1100" || limited.at != "untouched" {
		t.Errorf("within: %s, cursor %s", got, limited.at)
	}

	one.remove(s.second) // a whole calendar
	one.expect("calendar deleted", "d@x 0322T1100")
	one.quiet(1)
	one.ask("MKCALENDAR", s.second, "", 201)
	one.put(s.second+"n.ics", single("n", "20260323T090000Z"))
	one.now = one.now.Add(2 * time.Hour)
	one.expect("calendar added", "d@x 0322T1100, n 0323T0900")
}

func TestCalDAVSameEventTwice(t *testing.T) {
	s, _ := radicaleServer(t)
	a := newAccount(t, s.home, s.user, s.password)
	a.ask("MKCALENDAR", s.second, "", 201)
	a.put(s.first+"a.ics", single("a", "20260319T090000Z")+"\nSEQUENCE:1")
	a.put(s.second+"copy.ics", single("a", "20260319T100000Z")+"\nSEQUENCE:2")
	a.expect("newest counts", "a 0319T1000")
	a.quiet(2)
	a.put(s.first+"a.ics", single("a", "20260319T110000Z")+"\nSEQUENCE:3")
	a.expect("changed in one", "a 0319T1100")
	a.remove(s.first + "a.ics")
	a.expect("deleted in one", "a 0319T1000")
	a.remove(s.second + "copy.ics")
	a.expect("deleted in both", "")

	// Neither is newer and they begin at different times: two meetings.
	const stamp = "\nDTSTAMP:20260301T000000Z" // or the server writes the time of each put
	a.put(s.first+"a.ics", single("a", "20260319T090000Z")+stamp)
	a.put(s.second+"copy.ics", single("a", "20260319T100000Z")+stamp)
	a.look()
	if got := a.current(); strings.Count(got, "0319T") != 2 {
		t.Errorf("two meetings of one UID: %s", got)
	}
	a.quiet(2)
	a.remove(s.second + "copy.ics")
	a.expect("one of them deleted", "a 0319T0900")
	a.remove(s.first + "a.ics")
	a.expect("and the other", "")
}

// What recurs without end is read again once a day, and nothing else is.
func TestCalDAVHorizonMoves(t *testing.T) {
	s, _ := radicaleServer(t)
	a := newAccount(t, s.first, s.user, s.password)
	a.put(s.first+"w.ics", "UID:w\nDTSTART:20260304T090000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY")
	a.put(s.first+"past.ics", daily)
	a.look()
	before := strings.Count(a.current(), "w/")
	a.now = a.now.Add(8 * 24 * time.Hour)
	a.requests.taken()
	a.look()
	if after := strings.Count(a.current(), "w/"); before != 4+1 || after != before+1 {
		t.Errorf("%d instances, then %d", before, after)
	}
	if got := a.requests.taken(); !strings.HasSuffix(got, "REPORT sync, REPORT multiget") {
		t.Errorf("asked %s", got)
	}
	a.quiet(1)
}

func TestCalDAVRefusals(t *testing.T) {
	s, r := radicaleServer(t)
	wrong := newAccount(t, s.home, s.user, "wrong")
	if err := wrong.source().Once(t.Context(), "", &wrong.book); billing.KindOf(err) != billing.Unauthorized || strings.Contains(err.Error(), "alice") {
		t.Errorf("a wrong password: %v", err)
	}
	done := make(chan error, 1)
	go func() { done <- wrong.source().Run(t.Context(), "", &wrong.book) }()
	select {
	case err := <-done:
		if billing.KindOf(err) != billing.Unauthorized {
			t.Errorf("Run ended with %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("Run goes on with a wrong password")
	}
	gone := newAccount(t, s.second, s.user, s.password)
	if err := gone.source().Once(t.Context(), "", &gone.book); billing.KindOf(err) != billing.NotFound {
		t.Errorf("no such calendar: %v", err)
	}
	a := newAccount(t, s.home, s.user, s.password)
	a.put(s.first+"a.ics", single("a", "20260319T090000Z"))
	a.look()
	r.Kill()
	if err := a.source().Once(t.Context(), a.at, &a.book); billing.KindOf(err) != billing.Unreachable {
		t.Errorf("a dead server: %v", err)
	}
	r.Restart(t)
	a.put(s.first+"b.ics", single("b", "20260319T100000Z"))
	a.expect("after a restart", "a 0319T0900, b 0319T1000")
	for _, where := range []string{"", "calendar", "http://calendar.example.com/", "https://alice:pw@calendar.example.com/", "ftp://x/"} {
		if _, err := calendar.NewCalDAV(capture.Config{SourceConfig: billing.SourceConfig{Where: billing.Privileged(where)}}, time.Now); billing.KindOf(err) != billing.Invalid {
			t.Errorf("%q: %v", where, err)
		}
	}
}
