package loopback_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"
	"testing/fstest"

	"go.uber.org/goleak"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/desktop/loopback"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("net/http.(*persistConn).writeLoop"), goleak.IgnoreAnyFunction("net/http.(*persistConn).readLoop"))
}

type view struct {
	Day     string `json:"day"`
	Minutes int    `json:"minutes"`
}

type bound struct{ accepted string }

func (*bound) Today() string { return "2026-11-19" }
func (*bound) Day(day string) (view, error) {
	if day == "" {
		return view{}, &billing.Error{Kind: billing.Invalid, Msg: "That is not a day.", Err: errors.New("secret cause")}
	}
	return view{Day: day, Minutes: 72}, nil
}
func (b *bound) Accept(id string) error { b.accepted = id; return nil }
func (*bound) Set(id string, minutes int, private bool) error {
	if minutes < 0 {
		panic("negative")
	}
	return nil
}

// open starts a server and a browser that has been to its address.
func open(t *testing.T) (browser *http.Client, base string, b *bound, stale func(string)) {
	t.Helper()
	b = &bound{}
	subscribed := make(chan func(string), 1)
	server, err := loopback.Listen(t.Context(), loopback.Config{
		Bind:   b,
		Assets: fstest.MapFS{"index.html": {Data: []byte("<title>Tenths</title>")}, "a.js": {Data: []byte("1")}},
		Subscribe: func(f func(string)) func() {
			subscribed <- f
			return func() {}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- server.Serve(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("serving ended with %v", err)
		}
	})
	jar, _ := cookiejar.New(nil)
	browser = &http.Client{Jar: jar}
	t.Cleanup(browser.CloseIdleConnections)
	resp, err := browser.Get(server.URL())
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(resp.Body)
	resp.Body.Close()
	if string(body) != "<title>Tenths</title>" || resp.Request.URL.RawQuery != "" {
		t.Fatalf("the address opened %q at %v", body, resp.Request.URL)
	}
	base, _, _ = strings.Cut(server.URL(), "/?")
	return browser, base, b, <-subscribed
}

func post(t *testing.T, browser *http.Client, url, body string) (int, string) {
	t.Helper()
	resp, err := browser.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, strings.TrimSpace(string(answer))
}

func TestCalls(t *testing.T) {
	browser, base, b, _ := open(t)
	for _, c := range []struct {
		method, body string
		status       int
		answer       string
	}{
		{"Today", `[]`, 200, `"2026-11-19"`},
		{"Day", `["2026-11-19"]`, 200, `{"day":"2026-11-19","minutes":72}`},
		{"Day", `[""]`, 422, `{"message":"That is not a day."}`},
		{"Accept", `["d1"]`, 200, `null`},
		{"Set", `["d1",6,true]`, 200, `null`},
		{"Set", `["d1",6]`, 400, `{"message":"Set takes 3 arguments, not 2"}`},
		{"Set", `["d1","six",true]`, 400, `{"message":"argument 2 of Set is not a int"}`},
		{"Set", `{}`, 400, `{"message":"the arguments are not a JSON array"}`},
		{"Set", `["d1",-1,true]`, 422, `{"message":"Set: negative"}`},
		{"accepted", `[]`, 404, `{"message":"the page asked for something that is not there"}`},
	} {
		status, answer := post(t, browser, base+"/call/"+c.method, c.body)
		if status != c.status || answer != c.answer {
			t.Errorf("%s%s answered %d %s, want %d %s", c.method, c.body, status, answer, c.status, c.answer)
		}
	}
	if b.accepted != "d1" {
		t.Errorf("Accept reached the bound value with %q", b.accepted)
	}
}

func TestStaleTopicsReachThePage(t *testing.T) {
	browser, base, _, stale := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	req, _ := http.NewRequestWithContext(ctx, http.MethodGet, base+"/events", http.NoBody)
	resp, err := browser.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	stale("drafts")
	lines := bufio.NewScanner(resp.Body)
	if !lines.Scan() || lines.Text() != "data: drafts" {
		t.Errorf("the page heard %q", lines.Text())
	}
}

// Nobody calls without the token, from another page, or by another name.
func TestStrangersAreTurnedAway(t *testing.T) {
	browser, base, b, _ := open(t)
	status, _ := post(t, &http.Client{}, base+"/call/Accept", `["x"]`)
	if status != http.StatusForbidden {
		t.Errorf("without the token: %d", status)
	}
	resp, err := http.Get(base + "/?token=AAAA")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("with a wrong token: %d", resp.StatusCode)
	}
	for header, status := range map[string]int{"Host": http.StatusMisdirectedRequest, "Origin": http.StatusForbidden} {
		req, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/call/Accept", strings.NewReader(`["x"]`))
		if header == "Host" {
			req.Host = "evil.example"
		} else {
			req.Header.Set(header, "http://evil.example")
		}
		resp, err := browser.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != status {
			t.Errorf("with another's %s: %d", header, resp.StatusCode)
		}
	}
	if b.accepted != "" {
		t.Error("a stranger's call was carried out")
	}
}

func TestPageIsConfined(t *testing.T) {
	browser, base, _, _ := open(t)
	resp, err := browser.Get(base + "/a.js")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK || !strings.Contains(resp.Header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("%d %v", resp.StatusCode, resp.Header)
	}
}
