//go:build linux

package cost

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/calendar"
	"github.com/tenths/tenths/internal/peer"
)

// meetings is how many a calendar holds that is observed for the first time.
const meetings = 5000

// BenchmarkFirstCalendar observes a calendar for the first time, and again when
// nothing changed: the source alone, and the program with its store. Beside
// them the server answers the very same requests to a client that throws the
// answers away, and vdirsyncer copies the calendar. All find the server's caches
// made.
func BenchmarkFirstCalendar(b *testing.B) {
	vdirsyncer := peer.Need(b, "vdirsyncer", "vdirsyncer")
	r := peer.StartRadicale(b)
	fill(b, r, meetings)
	at := newDesk(b)
	tape := record(b, r)
	cursor := observeCalendar(b, tape.server.URL+strings.TrimPrefix(r.URL, tape.root), r, "", meetings)
	first := tape.take()
	observeCalendar(b, tape.server.URL+strings.TrimPrefix(r.URL, tape.root), r, cursor, 0)
	again := tape.take()
	load(b)
	var raw, source, program, peerTimes, rawQuiet, quiet, programQuiet, peerQuiet []time.Duration
	var peaks []int64
	for range b.N {
		for range rounds {
			raw = append(raw, timed(func() { first.replay(b, r) }))
			source = append(source, timed(func() { observeCalendar(b, r.URL, r, "", meetings) }))
			rawQuiet = append(rawQuiet, timed(func() { again.replay(b, r) }))
			quiet = append(quiet, timed(func() { observeCalendar(b, r.URL, r, cursor, 0) }))
			at.data = filepath.Join(b.TempDir(), "data")
			at.do(b, r.Password, "source", "add", "caldav", r.URL, "--user", r.User, "--password-stdin")
			program = append(program, timed(func() { peaks = append(peaks, at.do(b, "", "capture", "--once")) }))
			programQuiet = append(programQuiet, timed(func() { at.do(b, "", "capture", "--once") }))
			sync := vdirsync(b, vdirsyncer, r)
			peerTimes = append(peerTimes, timed(sync))
			peerQuiet = append(peerQuiet, timed(sync))
		}
	}
	load(b)
	b.Logf("the server %v, the source %v, the program %v, vdirsyncer %v", raw, source, program, peerTimes)
	b.Logf("nothing new: the server %v, the source %v, the program %v, vdirsyncer %v", rawQuiet, quiet, programQuiet, peerQuiet)
	b.Logf("first %s; nothing new %s", first, again)
	b.ReportMetric(0, "ns/op")
	report(b, raw, "server")
	report(b, source, "source")
	report(b, program, "program")
	report(b, peerTimes, "vdirsyncer")
	ratio(b, source, raw, "source/server")
	ratio(b, program, peerTimes, "program/vdirsyncer")
	report(b, quiet, "nothing-new")
	report(b, peerQuiet, "vdirsyncer-nothing-new")
	ratio(b, quiet, rawQuiet, "nothing-new/server")
	b.ReportMetric(float64(len(again.asked)), "requests/nothing-new")
	b.ReportMetric(float64(again.bytes), "bytes/nothing-new")
	b.ReportMetric(float64(median(peaks))/1e6, "peak-MB")
}

// observeCalendar runs the source from the cursor and returns the next.
func observeCalendar(b *testing.B, where string, r *peer.Radicale, from capture.Cursor, want int) capture.Cursor {
	b.Helper()
	s, err := calendar.NewCalDAV(capture.Config{
		SourceConfig: billing.SourceConfig{ID: "caldav", Kind: billing.SourceCalDAV, Where: billing.Privileged(where), User: billing.Privileged(r.User)},
		Own:          []string{"ana@firm.example"},
		Password:     func(context.Context) (string, error) { return r.Password, nil },
	}, time.Now)
	if err != nil {
		b.Fatal(err)
	}
	var sink counter
	if err := s.Once(b.Context(), from, &sink); err != nil {
		b.Fatal(err)
	}
	if sink.seen != want {
		b.Fatalf("%d observations, want %d", sink.seen, want)
	}
	return sink.cursor
}

// asked is a request as it was sent.
type asked struct {
	method, path, depth, body string
}

// tape stands before the server and keeps what is asked of it.
type tape struct {
	server *httptest.Server
	root   string // of the server behind

	mu  sync.Mutex
	now talk
}

// talk is what was asked and how much was answered.
type talk struct {
	asked []asked
	bytes int64 // of the answers' bodies
}

// String counts.
func (t talk) String() string {
	how := map[string]int{}
	for _, a := range t.asked {
		how[a.method]++
	}
	return fmt.Sprintf("%d requests %v, %d bytes", len(t.asked), how, t.bytes)
}

// record starts a tape before the server.
func record(b *testing.B, r *peer.Radicale) *tape {
	b.Helper()
	u, err := url.Parse(r.URL)
	if err != nil {
		b.Fatal(err)
	}
	behind := &url.URL{Scheme: u.Scheme, Host: u.Host}
	t := &tape{root: behind.String()}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(p *httputil.ProxyRequest) { p.SetURL(behind) },
		ModifyResponse: func(res *http.Response) error {
			res.Body = &counted{res.Body, t}
			return nil
		},
	}
	t.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, _ := io.ReadAll(req.Body)
		req.Body = io.NopCloser(strings.NewReader(string(body)))
		t.mu.Lock()
		t.now.asked = append(t.now.asked, asked{req.Method, req.URL.RequestURI(), req.Header.Get("Depth"), string(body)})
		t.mu.Unlock()
		proxy.ServeHTTP(w, req)
	}))
	b.Cleanup(t.server.Close)
	return t
}

// take returns what was asked since the last time.
func (t *tape) take() talk {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := t.now
	t.now = talk{}
	return out
}

// counted counts what is read.
type counted struct {
	io.ReadCloser
	on *tape
}

// Read implements [io.Reader].
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.on.mu.Lock()
	c.on.now.bytes += int64(n)
	c.on.mu.Unlock()
	return n, err
}

// replay asks the same again, one after the other over one connection, and
// makes nothing of the answers.
func (t talk) replay(b *testing.B, r *peer.Radicale) {
	b.Helper()
	u, err := url.Parse(r.URL)
	if err != nil {
		b.Fatal(err)
	}
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: 5 * time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, a := range t.asked {
		req, err := http.NewRequestWithContext(b.Context(), a.method, u.Scheme+"://"+u.Host+a.path, strings.NewReader(a.body))
		if err != nil {
			b.Fatal(err)
		}
		req.SetBasicAuth(r.User, r.Password)
		req.Header.Set("Content-Type", "application/xml; charset=utf-8")
		if a.depth != "" {
			req.Header.Set("Depth", a.depth)
		}
		res, err := client.Do(req)
		if err != nil {
			b.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, res.Body)
		res.Body.Close()
	}
}

// vdirsync returns a run of vdirsyncer between the calendar and a folder that
// is empty at first.
func vdirsync(b *testing.B, program string, r *peer.Radicale) func() {
	b.Helper()
	dir := b.TempDir()
	events := filepath.Join(dir, "events")
	if err := os.Mkdir(events, 0o700); err != nil {
		b.Fatal(err)
	}
	file := filepath.Join(dir, "config")
	config := fmt.Sprintf("[general]\nstatus_path = %q\n[pair p]\na = \"near\"\nb = \"far\"\ncollections = null\n"+
		"[storage near]\ntype = \"filesystem\"\npath = %q\nfileext = \".ics\"\n"+
		"[storage far]\ntype = \"caldav\"\nurl = %q\nusername = %q\npassword = %q\n", filepath.Join(dir, "status"), events, r.URL, r.User, r.Password)
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		b.Fatal(err)
	}
	run := func(args ...string) {
		cmd := exec.CommandContext(b.Context(), program, append([]string{"-c", file}, args...)...)
		cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "HOME="+dir)
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("vdirsyncer: %v\n%s", err, out)
		}
	}
	run("discover", "p")
	return func() {
		run("sync", "p")
		if list, err := os.ReadDir(events); err != nil || len(list) != meetings {
			b.Fatalf("vdirsyncer copied %d events, want %d: %v", len(list), meetings, err)
		}
	}
}
