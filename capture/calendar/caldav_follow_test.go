package calendar

import (
	"net/url"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/calendar/internal/dav"
)

// The password goes where the account leads only within one domain, over https.
func TestFollow(t *testing.T) {
	for _, c := range []struct{ base, href, want string }{
		{"https://dav.firm.example/p/", "/home/alice%40firm/", "https://dav.firm.example/home/alice%40firm/"},
		{"https://dav.firm.example/p/", "home/", "https://dav.firm.example/p/home/"},
		{"https://dav.firm.example/p/", "http://dav.firm.example:8080/home/", "https://dav.firm.example/home/"},
		{"https://caldav.firm.com/", "https://p12-caldav.firm.com:443/1/", "https://p12-caldav.firm.com:443/1/"},
		{"https://caldav.firm.com/", "http://p12-caldav.firm.com/1/", ""},
		{"https://caldav.firm.com/", "https://caldav.other.com/1/", ""},
		{"https://a.co.uk/", "https://b.co.uk/", ""},
		{"http://127.0.0.1:5232/", "https://firm.com/", ""},
		{"https://firm.com/", "%zz", ""},
	} {
		base, _ := url.Parse(c.base)
		got := ""
		if u, err := follow(base, c.href); err == nil {
			got = u.String()
		}
		if got != c.want {
			t.Errorf("%s from %s: got %q, want %q", c.href, c.base, got, c.want)
		}
	}
}

func TestMemberNames(t *testing.T) {
	u, _ := url.Parse("https://firm.example/al%40ice/work/")
	c := &collection{URL: u.String(), url: u}
	for href, want := range map[string]string{
		"/al@ice/work/a.ics": "a.ics", "/al%40ice/work/%61.ics": "a.ics", "https://inside:8080/al%40ice/work/a%20b.ics": "a%20b.ics",
		"/al%40ice/work/a%2Fb.ics": "a%2Fb.ics", "/al%40ice/work/": "", "/al%40ice/work/sub/": "", "/al%40ice/work/sub/a.ics": "",
		"/other/a.ics": "", "../work/a.ics": "a.ics", "": "", "/al%40ice/work/../secret/a.ics": "",
	} {
		if got, ok := c.name(href); ok != (want != "") || ok && got != want {
			t.Errorf("%s: got %q, %v, want %q", href, got, ok, want)
		}
	}
}

func TestExplained(t *testing.T) {
	for _, c := range []struct {
		err  error
		kind billing.Kind
		wait time.Duration
	}{
		{&dav.StatusError{Code: 401}, billing.Unauthorized, 5 * time.Second},
		{&dav.StatusError{Code: 503, RetryAfter: "77"}, billing.Unreachable, 77 * time.Second},
		{&dav.StatusError{Code: 404}, billing.NotFound, 5 * time.Second},
		{dav.ErrElsewhere, billing.Invalid, 5 * time.Second},
		{dav.ErrMalformed, billing.Unreachable, 5 * time.Second},
		{&url.Error{Op: "Get", URL: "https://secret", Err: dav.ErrTooLarge}, billing.Unreachable, 5 * time.Second},
	} {
		err := explained(t.Context(), c.err)
		wait, next := backoff(err, 5*time.Second, time.Hour)
		if billing.KindOf(err) != c.kind || wait != c.wait || next != 10*time.Second {
			t.Errorf("%v: kind %s, wait %v, then %v", c.err, billing.KindOf(err), wait, next)
		}
	}
}
