package dav

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"
)

const sample = `<?xml version="1.0"?>
<ns0:multistatus xmlns:ns0="DAV:" xmlns:ns1="urn:ietf:params:xml:ns:caldav" xmlns:cs="http://calendarserver.org/ns/">
<ns0:response><ns0:href> /c/ </ns0:href><ns0:propstat><ns0:prop><ns0:resourcetype><ns0:collection/><ns1:calendar/></ns0:resourcetype>
<ns1:supported-calendar-component-set><ns1:comp name="vevent"/></ns1:supported-calendar-component-set><cs:getctag>7</cs:getctag></ns0:prop>
<ns0:status>HTTP/1.1 200 OK</ns0:status></ns0:propstat><ns0:propstat><ns0:prop><ns0:getetag>not this</ns0:getetag></ns0:prop>
<ns0:status>HTTP/1.1 404 Not Found</ns0:status></ns0:propstat></ns0:response>
<ns0:response><ns0:href>/c/a.ics</ns0:href><ns0:href>/c/b.ics</ns0:href><ns0:status>HTTP/1.1 404 Not Found</ns0:status></ns0:response>
<ns0:response><ns0:href>/c/d.ics</ns0:href><ns0:propstat><ns0:prop><ns0:getetag>W/"1"</ns0:getetag>
<ns1:calendar-data>BEGIN:VCALENDAR&#13;
A&lt;B</ns1:calendar-data></ns0:prop><ns0:status>HTTP/1.1 200 OK</ns0:status></ns0:propstat></ns0:response>
<ns0:sync-token> t1 </ns0:sync-token></ns0:multistatus>`

func TestParse(t *testing.T) {
	got, err := Parse(strings.NewReader(sample), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	want := &Answer{SyncToken: "t1", Responses: []Response{
		{Href: "/c/", CTag: "7", Calendar: true, Collection: true, Components: []string{"VEVENT"}},
		{Href: "/c/a.ics", Status: 404}, {Href: "/c/b.ics", Status: 404},
		{Href: "/c/d.ics", ETag: `W/"1"`, Data: "BEGIN:VCALENDAR\r\nA<B", HasData: true},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

// No prefix of an answer is an answer that says less.
func TestParseNeverHalf(t *testing.T) {
	for n := range len(sample) {
		if a, err := Parse(strings.NewReader(sample[:n]), 1<<20); !errors.Is(err, ErrMalformed) {
			t.Fatalf("the first %d bytes give %+v, %v", n, a, err)
		}
	}
	if _, err := Parse(strings.NewReader(sample), int64(len(sample)-1)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("an answer beyond the limit: %v", err)
	}
	broken := io.MultiReader(strings.NewReader(sample[:300]), failing{})
	if _, err := Parse(broken, 1<<20); !errors.Is(err, errCut) {
		t.Errorf("a broken connection: %v", err)
	}
}

var errCut = errors.New("the line was cut")

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errCut }

func FuzzParse(f *testing.F) {
	f.Add(sample)
	f.Add(`<multistatus xmlns="DAV:"/>`)
	f.Add(`<multistatus xmlns="DAV:"><response><status>HTTP/1.1 x</status></response></multistatus>`)
	f.Add(`<!DOCTYPE m [<!ENTITY a "aaaa">]><multistatus xmlns="DAV:"><sync-token>&a;</sync-token></multistatus>`)
	f.Fuzz(func(t *testing.T, s string) {
		a, err := Parse(strings.NewReader(s), 1<<16)
		if (a == nil) == (err == nil) {
			t.Fatalf("answer %v with error %v", a, err)
		}
		if a == nil {
			return
		}
		for i := range a.Responses {
			if r := &a.Responses[i]; r.Status != 0 && (r.Status < 100 || r.Status > 999) || !r.HasData && r.Data != "" {
				t.Fatalf("nonsense: %+v", r)
			}
		}
	})
}

func TestRedirects(t *testing.T) {
	const ok = `<multistatus xmlns="DAV:"><sync-token>here</sync-token></multistatus>`
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the other host was asked") }))
	defer other.Close()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, _, _ := r.BasicAuth(); r.Method != "PROPFIND" || r.Header.Get("Depth") != "0" || user != "alice" {
			t.Errorf("%s of %s with depth %q by %q", r.Method, r.URL, r.Header.Get("Depth"), user)
		}
		switch r.URL.Path {
		case "/away":
			http.Redirect(w, r, other.URL, http.StatusFound)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusMovedPermanently)
		case "/start":
			http.Redirect(w, r, "/end", http.StatusMovedPermanently)
		case "/end":
			w.WriteHeader(http.StatusMultiStatus)
			_, _ = io.WriteString(w, ok)
		case "/page":
			_, _ = io.WriteString(w, "<html>welcome</html>")
		}
	}))
	defer server.Close()
	c := &Client{User: "alice", Patience: 5 * time.Second, Limit: 1 << 20, HTTP: &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	for path, want := range map[string]error{"/start": nil, "/away": ErrElsewhere, "/round": errors.New("too many redirects"), "/page": ErrMalformed} {
		u, _ := url.Parse(server.URL + path)
		a, at, err := c.Propfind(t.Context(), u, "0", Type)
		if (err == nil) != (want == nil) || err != nil && !errors.Is(err, want) && err.Error() != want.Error() {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
		if err == nil && (a.SyncToken != "here" || at.Path != "/end") {
			t.Errorf("%s: %+v from %s", path, a, at)
		}
	}
}
