package clio

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

// However the requests come, no 60 seconds hold more than Clio allows, and
// whoever waits as long as free says gets through.
func TestNoMinuteHoldsMoreThanAllowed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		allowed := rapid.IntRange(2, 80).Draw(t, "allowed")
		var l limits
		l.init(allowed)
		now := time.Unix(1_800_000_000, 0)
		var sent []time.Time
		for range 300 {
			if rapid.Bool().Draw(t, "waits") {
				now = now.Add(l.free(now))
				if wait := l.take(now); wait > 0 {
					t.Fatalf("waited as long as it takes, and there are %s more", wait)
				}
			} else {
				now = now.Add(time.Duration(rapid.IntRange(0, 3000).Draw(t, "ms")) * time.Millisecond)
				if l.take(now) > 0 {
					continue
				}
			}
			sent = append(sent, now)
			if n := len(sent) - allowed - 1; n >= 0 && now.Sub(sent[n]) < time.Minute {
				t.Fatalf("%d requests in %s, %d are allowed in a minute", allowed+1, now.Sub(sent[n]), allowed)
			}
		}
	})
}

func TestResume(t *testing.T) {
	now := time.Date(2026, 11, 19, 12, 0, 0, 0, time.UTC)
	there := now.Add(time.Hour) // Clio's clock
	for _, c := range []struct {
		header, value string
		want          time.Duration
	}{
		{"Retry-After", "7", 7 * time.Second},
		{"Retry-After", "-7", 0},
		{"Retry-After", "99999999", time.Hour},
		{"Retry-After", there.Add(20 * time.Second).Format(http.TimeFormat), 20 * time.Second},
		{"Retry-After", "soon", 0},
		{"X-RateLimit-Reset", strconv.FormatInt(there.Add(30*time.Second).Unix(), 10), 30 * time.Second},
		{"X-RateLimit-Reset", "1", 0},
		{"X-RateLimit-Reset", "9223372036854775807", time.Hour},
	} {
		res := &http.Response{Header: http.Header{"Date": {there.Format(http.TimeFormat)}}}
		res.Header.Set(c.header, c.value)
		if got := new(limits).resume(res, now); got != c.want {
			t.Errorf("%s: %s means %s, want %s", c.header, c.value, got, c.want)
		}
	}
}

func FuzzResume(f *testing.F) {
	f.Add("7", "1795089600", "Thu, 19 Nov 2026 12:00:00 GMT")
	f.Add("Thu, 19 Nov 2026 12:00:00 GMT", "x", "")
	f.Fuzz(func(t *testing.T, after, reset, date string) {
		res := &http.Response{Header: http.Header{"Date": {date}, "Retry-After": {after}, "X-Ratelimit-Reset": {reset}}}
		if d := new(limits).resume(res, time.Unix(1_800_000_000, 0)); d < 0 || d > time.Hour {
			t.Errorf("%s", d)
		}
	})
}

func FuzzParseURL(f *testing.F) {
	for _, s := range []string{"us", "https://app.clio.com", "http://127.0.0.1:4011/", "https://APP.CLIO.COM./x", "http://[::1]:80/%2f"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, err := ParseURL(s)
		if err != nil {
			if billing.KindOf(err) != billing.Invalid {
				t.Errorf("%q: %v", s, err)
			}
			return
		}
		again, err := ParseURL(u.String())
		if err != nil || again.String() != u.String() {
			t.Errorf("%q became %s and then %v, %v", s, u, again, err)
		}
	})
}

// The price that is sent is the rate to the cent, whatever a float would make of it.
func TestPrice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cents := rapid.Int64Range(0, 1_000_000_00).Draw(t, "cents")
		got := price(billing.Money{Cents: cents, Currency: "USD"})
		back, err := billing.ParseMoney(got.String(), "USD")
		if err != nil || back.Cents != cents {
			t.Errorf("%d cents became %s", cents, got)
		}
	})
	if got := price(billing.Money{}); got != "" {
		t.Errorf("no rate became %q", got)
	}
}
